"""The caller."""

from __future__ import annotations

from domain.access.viewer import Viewer
from resolvers.context import Context


async def current(ctx: Context) -> Viewer:
    """Return who is asking."""
    return ctx.viewer
