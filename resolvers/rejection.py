"""Why a write was not done, in words."""

from __future__ import annotations

from domain import wording
from domain.rejection import NotAllowed, Rejection
from domain.rejection_wording import sentence as words
from resolvers.context import Context


def sentence(ctx: Context, rejection: Rejection) -> str:
    """Return the rejection in words; a refusal says which rule stands against it."""
    said = words(rejection, ctx.language)
    if isinstance(rejection, NotAllowed):
        return f"{said} {wording.sentence(rejection.reason, ctx.language)}"
    return said
