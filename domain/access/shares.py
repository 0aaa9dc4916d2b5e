"""What shares open to those who have no other tie: some parts, or pieces of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from domain.access.facts import AccessFacts
from domain.access.relation import Basis, Relation
from domain.access.viewer import Viewer, ViewerRole
from domain.plan.shared_content import widest
from domain.plan.sharing import WHOLE, Portion, ShareScope


def portions(
    viewer: Viewer, facts: AccessFacts, now: datetime
) -> tuple[Relation, Mapping[str, Portion]] | None:
    """Return a tie that opens something and how much of each part is open; None without a share."""
    ties = [tie for tie in facts.ties(now) if _is_with(viewer, tie)]
    if not ties:
        return None
    by_part: dict[str, list[Portion]] = {}
    for tie in ties:
        if tie.part_id is not None:
            by_part.setdefault(tie.part_id, []).append(_portion(tie, facts))
    return ties[0], {part: widest(found) for part, found in by_part.items()}


def _is_with(viewer: Viewer, tie: Relation) -> bool:
    if tie.basis is not Basis.SHARE:
        return False
    if viewer.role is ViewerRole.RECIPIENT:
        return viewer.share_id is not None and tie.share_id == viewer.share_id
    if viewer.role is ViewerRole.CITIZEN:
        number = viewer.identity_number
        return number is not None and tie.person_number == number.value
    return viewer.organisation is not None and tie.organisation == viewer.organisation


def _portion(share: Relation, facts: AccessFacts) -> Portion:
    """Return what a share shows; the numbers of parents other than who shared are left out."""
    if ShareScope.WHOLE_PART in share.scopes:
        return WHOLE
    others = frozenset(
        tie.person_name
        for tie in facts.relations
        if tie.basis is Basis.PARENT
        and tie.person_name
        and tie.person_number != share.shared_by_number
    )
    return dict.fromkeys(share.scopes, others)
