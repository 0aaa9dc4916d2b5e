"""What the viewer has chosen to be sent outside the app; theirs alone."""

from __future__ import annotations

from domain.access.viewer import Viewer, ViewerRole
from domain.cooperation.notice_choice import NoticeChoice
from resolvers.context import Context


async def of_viewer(ctx: Context, viewer: Viewer) -> NoticeChoice | None:
    """Return a citizen's choice; None for others, and for whoever wants nothing sent."""
    number = viewer.identity_number
    if viewer.role is not ViewerRole.CITIZEN or number is None:
        return None
    return await ctx.store.notice_choice.of_person(number.value)
