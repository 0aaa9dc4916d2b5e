"""A client, its machine and its users, and how they register and ask."""

from __future__ import annotations

import asyncio
from typing import Any
from uuid import uuid4

import msgspec

from domain.registered_operation import id_of
from tests.gateway.serving import CITIZEN, Gateway

SUPPLIER = "helseid://claims/client/claims/orgnr_supplier"


class Client:
    """An OAuth client of its own, as every gateway's issuer knows it."""

    def __init__(self, id: str | None = None) -> None:
        self.id = id or f"client-{uuid4()}"

    def machine(self, gateway: Gateway) -> str:
        """Sign the token of the client itself."""
        nobody = dict.fromkeys(CITIZEN)
        return gateway.issuer.token(**nobody | {"client_id": self.id, SUPPLIER: "999000900"})

    def user(self, gateway: Gateway) -> str:
        """Sign the token of a citizen who has logged in through the client."""
        return gateway.issuer.token(client_id=self.id)

    async def register(
        self, gateway: Gateway, text: str | bytes, id: str | None = None, **headers: str
    ) -> tuple[int, dict[str, Any]]:
        """Register a document under its id, or under another."""
        body = text.encode() if isinstance(text, str) else text
        headers = {"content_type": "application/graphql", **headers}
        path = f"/operations/{id or id_of(body)}"
        return await gateway.send("PUT", body, token=self.machine(gateway), path=path, **headers)

    async def retire(self, gateway: Gateway, id: str) -> tuple[int, dict[str, Any]]:
        """Retire a document."""
        path = f"/operations/{id}"
        return await gateway.send("DELETE", token=self.machine(gateway), path=path)

    async def list(self, gateway: Gateway) -> list[dict[str, Any]]:
        """Return what the client has registered."""
        status, body = await gateway.send("GET", token=self.machine(gateway), path="/operations")
        assert status == 200, body
        return list(body["operations"])

    async def ask(self, gateway: Gateway, **parameters: Any) -> tuple[int, dict[str, Any]]:
        """Ask as a user of the client, by POST."""
        return await post(gateway, self.user(gateway), **parameters)


async def post(
    gateway: Gateway, token: str | None = "valid", **parameters: Any
) -> tuple[int, dict[str, Any]]:
    """Post the parameters of a request."""
    return await gateway.send("POST", msgspec.json.encode(parameters), token=token)


async def get(
    gateway: Gateway, token: str | None = "valid", **parameters: Any
) -> tuple[int, dict[str, Any]]:
    """Get with the parameters of a request in the URL."""
    params = {
        name: value if isinstance(value, str) else msgspec.json.encode(value).decode()
        for name, value in parameters.items()
    }
    return await gateway.send("GET", token=token, params=params)


async def soon(client: Client, gateway: Gateway, id: str, wanted: object) -> None:
    """Wait until the gateway answers a user so; seconds are enough."""
    async with asyncio.timeout(10):
        while (await client.ask(gateway, documentId=id))[1].get("data") != wanted:  # noqa: ASYNC110  # no event
            await asyncio.sleep(0.1)
