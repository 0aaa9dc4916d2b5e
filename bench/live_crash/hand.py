"""Writes single mutations until they are answered, whatever breaks meanwhile."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from random import Random
from typing import Any
from uuid import uuid4

import aiohttp

from bench.crash.door import Misunderstood

_OURS = frozenset({"INTERNAL_ERROR", "TIMEOUT", "UNAVAILABLE", "LOG_UNAVAILABLE"})
_WAIT_SECONDS = 0.1


class Hand:
    """Who writes at whichever gateway answers."""

    def __init__(
        self,
        session: aiohttp.ClientSession,
        urls: list[str],
        token: Callable[[str], str],
        random: Random,
    ) -> None:
        self._session, self._urls, self._token, self._random = session, urls, token, random

    async def do(self, person: str, field: str, more: str = "", **given: Any) -> dict[str, Any]:
        """Do a mutation; `more` is selected of what it did. Raises Misunderstood if rejected."""
        query = (
            f"mutation ($input: {field[0].upper()}{field[1:]}Input!) {{ {field}(input: $input) {{"
            f" ... on Payload {{ receipt {{ version }} }} {more}"
            " ... on Rejection { code sentence } } }"
        )
        variables = {"input": {"idempotencyKey": str(uuid4()), **given}}
        done: dict[str, Any] = (await self.ask(person, query, variables))[field]
        if "code" in done:
            raise Misunderstood(f"{field} of {person}: {done}")
        return done

    async def ask(self, person: str, query: str, variables: dict[str, Any]) -> dict[str, Any]:
        """Ask until there is an answer, and return its data."""
        while True:
            try:
                return await self._asked(person, query, variables)
            except (aiohttp.ClientError, OSError, TimeoutError, ValueError):
                await asyncio.sleep(_WAIT_SECONDS)

    async def _asked(self, person: str, query: str, variables: dict[str, Any]) -> dict[str, Any]:
        headers = {"authorization": f"Bearer {self._token(person)}"}
        body = {"query": query, "variables": variables}
        url = self._random.choice(self._urls)
        async with self._session.post(url, json=body, headers=headers) as answer:
            said = await answer.json(content_type=None)
        errors = said.get("errors", ())
        if any(error["extensions"]["code"] in _OURS for error in errors):
            raise ValueError(errors)
        if errors:
            raise Misunderstood(f"{person}: {errors}")
        data: dict[str, Any] = said["data"]
        return data
