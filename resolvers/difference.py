"""What differs between versions, in words."""

from __future__ import annotations

from domain.content.plan_content import PlanContent
from domain.errors import BadInput
from domain.plan.draft import Draft
from domain.plan.part import PlanPart
from domain.plan.version import PlanVersion
from domain.revision.clash import Clash
from domain.revision.difference import Difference, differences
from domain.revision.field_change import FieldChange
from domain.wording import clash as clash_wording
from domain.wording import difference as difference_wording
from resolvers import plan
from resolvers.context import Context

_NOTHING = PlanContent(title="")


async def of_part(
    ctx: Context, part: PlanPart, since: int | None = None, until: int | None = None
) -> tuple[Difference, ...]:
    """Return what differs between two content versions of a part; by default the two newest."""
    versions = {version.number: version for version in await plan.versions(ctx, part)}
    newest = part.content_version if until is None else until
    older = newest - 1 if since is None else since
    return differences(_said(versions, older), _said(versions, newest))


async def of_draft(ctx: Context, draft: Draft) -> tuple[Difference, ...]:
    """Return what a draft would change in what its part says now."""
    part = await plan.part_by_id(ctx, draft.part_id)
    return differences(part.content or _NOTHING, draft.content)


def _said(versions: dict[int, PlanVersion], number: int) -> PlanContent:
    """Return what a version said; before the first, nothing was said."""
    if number == 0:
        return _NOTHING
    if number not in versions:
        raise BadInput("`since` and `until` must be content versions of the part.")
    return versions[number].content


def sentence(ctx: Context, difference: Difference) -> str:
    """Return a difference as a sentence."""
    return difference_wording.sentence(difference, ctx.language)


def label(ctx: Context, difference: Difference) -> str:
    """Return what a line is called."""
    return difference.label.to(ctx.language)


def field_name(ctx: Context, change: FieldChange) -> str:
    """Return what a field is called."""
    return change.name.to(ctx.language)


def before(ctx: Context, change: FieldChange) -> list[str]:
    """Return what a field said."""
    return [words.to(ctx.language) for words in change.before]


def after(ctx: Context, change: FieldChange) -> list[str]:
    """Return what a field says."""
    return [words.to(ctx.language) for words in change.after]


def clash_sentence(ctx: Context, clash: Clash) -> str:
    """Return a clash as a sentence."""
    return clash_wording.sentence(clash, ctx.language)


def clash_label(ctx: Context, clash: Clash) -> str:
    """Return what a clashing line is called."""
    return clash.label.to(ctx.language)
