"""What somebody is told who was not first: what others changed, and whether it can be merged."""

from __future__ import annotations

from domain.content.plan_content import PlanContent
from domain.revision.difference import differences
from domain.revision.merge import Merged, merge
from domain.writing.rejection import VersionConflict


def conflict(
    current_version: int,
    before: PlanContent | None,
    now: PlanContent | None,
    sent: PlanContent | None = None,
) -> VersionConflict:
    """Return the conflict between what a writer saw before, has sent, and what there is now.

    A version that nobody can have seen differs in nothing that could be told.
    """
    if before is None or now is None:
        return VersionConflict(current_version=current_version)
    merged = merge(before, sent, now) if sent else Merged(content=None)
    return VersionConflict(
        current_version=current_version,
        differences=differences(before, now),
        clashes=merged.clashes,
        merged=merged.content,
    )
