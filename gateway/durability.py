"""No production on a database that could lose what it has accepted."""

from __future__ import annotations

import logging

from sqlalchemy.ext.asyncio import AsyncEngine

from gateway.health import Check, NotReady
from store.durability import switched_off

log = logging.getLogger("dbep.gateway")


class NotDurable(NotReady):
    """The database runs with settings under which an accepted write can be lost."""

    def __init__(self, settings: list[str]) -> None:
        names = ", ".join(settings)
        super().__init__(f"PostgreSQL has {names} off, so an accepted write could be lost.")


def check(database: AsyncEngine) -> Check:
    """Return the check that the database is still one that keeps what it has accepted."""

    async def is_durable() -> None:
        off = await switched_off(database)
        if off:
            raise NotDurable(off)

    return Check("durability", is_durable)


async def require(durable: Check) -> None:
    """Raise NotDurable where the check finds it so.

    A database that can't be asked now does not stop the start: until it answers, readiness says no.
    """
    try:
        await durable.run()
    except NotDurable:
        raise
    except Exception as error:  # noqa: BLE001  # drivers have many words for "not there"
        log.warning("The database can't be asked yet: %s", type(error).__qualname__)
