"""Looks names up, and gives no address that may not be reached: the connection has no other."""

from __future__ import annotations

import socket

from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.resolver import ThreadedResolver

from domain.live.address import Reach, may_reach


class AddressRefused(OSError):
    """A name leads, among others, to an address that may not be reached."""


class PublicResolver(AbstractResolver):
    """Resolves for a connector, which connects to nothing but what this returns."""

    def __init__(self, reach: Reach, names: AbstractResolver | None = None) -> None:
        """`names` is what is asked of names; the machine's own resolver unless told otherwise."""
        self._reach = reach
        self._names = names or ThreadedResolver()

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """Return all addresses of a name; raise AddressRefused when one may not be reached."""
        found = await self._names.resolve(host, port, family)
        if not all(may_reach(each["host"], self._reach) for each in found):
            raise AddressRefused
        return found

    async def close(self) -> None:
        """Close what names are asked of."""
        await self._names.close()
