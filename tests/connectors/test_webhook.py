"""What is connected to, and what is not, whatever names lead to."""

from __future__ import annotations

import socket
from collections.abc import AsyncIterator

import pytest
from aiohttp.abc import AbstractResolver, ResolveResult
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from connectors.webhook import Outcome, WebhookClient
from domain.live.address import Reach
from domain.live.webhook import Failure
from tests.gateway.serving import serving

ANYWHERE = Reach(plain=True, private=True)
PLAIN = Reach(plain=True)


class Names(AbstractResolver):
    """Leads every name to addresses that a test may change, and counts how often it is asked."""

    def __init__(self, *addresses: str) -> None:
        self.addresses = list(addresses)
        self.asked = 0

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        self.asked += 1
        return [
            ResolveResult(
                hostname=host,
                host=each,
                port=port,
                family=socket.AF_INET6 if ":" in each else socket.AF_INET,
                proto=0,
                flags=socket.AI_NUMERICHOST,
            )
            for each in self.addresses
        ]

    async def close(self) -> None:
        pass


class Server:
    def __init__(self) -> None:
        self.url, self.hosts = "", list[str]()
        paths = {"/hook": self.hook, "/away": self.away, "/long": self.long}
        self.app = Starlette(
            routes=[Route(path, of, methods=["POST"]) for path, of in paths.items()]
        )

    async def hook(self, request: Request) -> Response:
        self.hosts.append(request.headers["host"])
        return Response(b"said", status_code=200)

    async def away(self, request: Request) -> Response:
        return RedirectResponse("/hook", status_code=307)

    async def long(self, request: Request) -> Response:
        return Response(b"x" * 10_000)

    @property
    def port(self) -> str:
        return self.url.rpartition(":")[2]


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    server = Server()
    async with serving(server.app) as server.url:
        yield server


async def sent(url: str, reach: Reach, names: Names | None = None, times: int = 1) -> Outcome:
    client = WebhookClient(reach, names, total_seconds=2)
    try:
        for _ in range(times):
            outcome = await client.send(url, {}, b"{}", reads=True)
    finally:
        await client.close()
    return outcome


async def test_a_name_is_looked_up_at_each_request_and_its_own_name_is_asked_for(
    server: Server,
) -> None:
    names = Names("127.0.0.1")
    outcome = await sent(f"http://vendor.example:{server.port}/hook", ANYWHERE, names, times=2)
    assert outcome == Outcome(None, b"said")
    assert names.asked == 2
    assert server.hosts == [f"vendor.example:{server.port}"] * 2


@pytest.mark.parametrize(
    "addresses",
    [
        ("127.0.0.1",),
        ("10.0.0.1",),
        ("169.254.169.254",),
        ("::1",),
        ("::ffff:127.0.0.1",),
        ("fe80::1%lo",),
        ("8.8.8.8", "127.0.0.1"),
    ],
)
async def test_a_name_that_leads_to_a_special_address_is_refused(
    server: Server, addresses: tuple[str, ...]
) -> None:
    names = Names(*addresses)
    url = f"http://vendor.example:{server.port}/hook"
    assert await sent(url, PLAIN, names) == Outcome(Failure.ADDRESS_REFUSED)
    assert server.hosts == []


async def test_a_name_that_leads_elsewhere_the_second_time_is_refused_then(server: Server) -> None:
    names = Names("127.0.0.1")
    url = f"http://vendor.example:{server.port}/hook"
    client = WebhookClient(ANYWHERE, names, total_seconds=2)
    assert (await client.send(url, {}, b"{}")).failure is None
    names.addresses = ["169.254.169.254"]
    assert (await client.send(url, {}, b"{}")).failure is Failure.ADDRESS_REFUSED
    await client.close()


@pytest.mark.parametrize("host", ["127.0.0.1", "127.1", "2130706433", "[::ffff:127.0.0.1]"])
async def test_an_address_in_the_place_of_a_name_is_refused(server: Server, host: str) -> None:
    assert await sent(f"http://{host}:{server.port}/hook", PLAIN) == Outcome(
        Failure.ADDRESS_REFUSED
    )
    assert server.hosts == []


@pytest.mark.parametrize("host", ["localhost", "0x7f.0.0.1"])
async def test_names_of_this_machine_are_refused_as_the_machine_resolves_them(
    server: Server, host: str
) -> None:
    outcome = await sent(f"http://{host}:{server.port}/hook", PLAIN)
    assert outcome.failure in (Failure.ADDRESS_REFUSED, Failure.UNREACHABLE)
    assert server.hosts == []


async def test_plain_http_is_refused_in_production(server: Server) -> None:
    private = Reach(private=True)
    assert await sent(f"{server.url}/hook", private) == Outcome(Failure.ADDRESS_REFUSED)


async def test_a_redirect_is_not_followed(server: Server) -> None:
    assert await sent(f"{server.url}/away", ANYWHERE) == Outcome(Failure.REDIRECT)
    assert server.hosts == []


async def test_too_long_an_answer_is_not_read(server: Server) -> None:
    assert await sent(f"{server.url}/long", ANYWHERE) == Outcome(Failure.INVALID_ANSWER)


async def test_what_is_not_there_or_has_no_certificate_is_said_so(server: Server) -> None:
    assert await sent("http://127.0.0.1:1/hook", ANYWHERE) == Outcome(Failure.UNREACHABLE)
    encrypted = server.url.replace("http://", "https://")
    outcome = await sent(f"{encrypted}/hook", ANYWHERE)
    assert outcome.failure in (Failure.CERTIFICATE, Failure.UNREACHABLE)
