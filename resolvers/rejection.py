"""Why a write was not done, in words."""

from __future__ import annotations

from domain.plan.mandatory import Missing
from domain.wording import mandatory as mandatory_wording
from domain.wording import reason as wording
from domain.wording import validation as validation_wording
from domain.wording.rejection import sentence as words
from domain.writing.fault import Fault
from domain.writing.rejection import NotAllowed, Rejection
from resolvers.context import Context


def sentence(ctx: Context, rejection: Rejection) -> str:
    """Return the rejection in words; a refusal says which rule stands against it."""
    said = words(rejection, ctx.language)
    if isinstance(rejection, NotAllowed):
        return f"{said} {wording.sentence(rejection.reason, ctx.language)}"
    return said


def fault_sentence(ctx: Context, fault: Fault) -> str:
    """Return what is wrong with an input in words."""
    return validation_wording.fault_sentence(fault, ctx.language)


def missing_sentence(ctx: Context, missing: Missing) -> str:
    """Return what a part still needs in words."""
    return mandatory_wording.missing_sentence(missing, ctx.language)
