"""What shares open to those who have no other tie: some parts, or pieces of them.

Of what is hidden from the parent who shared, nothing is; of several shares, each opens its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from domain.access.facts import AccessFacts
from domain.access.hiding import NOTHING_HIDDEN, Hidden
from domain.access.relation import Basis, Relation
from domain.access.viewer import Viewer, ViewerRole
from domain.noun import Noun
from domain.plan.shared_content import widest
from domain.plan.sharing import WHOLE, Portion, ShareScope


class Opened(Noun):
    """What shares open: a tie, how much of each part, and what is left out of it."""

    tie: Relation
    parts: Mapping[str, Portion]
    hidden: Hidden = NOTHING_HIDDEN


def opened_by_shares(viewer: Viewer, facts: AccessFacts, now: datetime) -> Opened | None:
    """Return what shares open to somebody; None without a share that does."""
    with_them = (tie for tie in facts.ties(now) if _is_with(viewer, tie))
    ties = [tie for tie in with_them if not _is_hidden(tie, facts, now)]
    if not ties:
        return None
    by_part: dict[str, list[Portion]] = {}
    for tie in ties:
        if tie.part_id is not None:
            by_part.setdefault(tie.part_id, []).append(_portion(tie, facts))
    parts = {part: widest(found) for part, found in by_part.items()}
    lines = frozenset(_hidden_lines(ties, facts, now)) if facts.rules else frozenset()
    hidden = Hidden(lines=lines) if lines else NOTHING_HIDDEN
    return Opened(tie=ties[0], parts=parts, hidden=hidden)


def _is_with(viewer: Viewer, tie: Relation) -> bool:
    if tie.basis is not Basis.SHARE:
        return False
    if viewer.role is ViewerRole.RECIPIENT:
        return viewer.share_id is not None and tie.share_id == viewer.share_id
    if viewer.role is ViewerRole.CITIZEN:
        number = viewer.identity_number
        return number is not None and tie.person_number == number.value
    return viewer.organisation is not None and tie.organisation == viewer.organisation


def _is_hidden(share: Relation, facts: AccessFacts, now: datetime) -> bool:
    """Tell whether the part is hidden from the parent who shared it."""
    rules = facts.hidden_from_sharer(share, now)
    return any(rule.part_id == share.part_id and rule.line_id is None for rule in rules)


def _hidden_lines(
    shares: Sequence[Relation], facts: AccessFacts, now: datetime
) -> Iterator[tuple[str, str]]:
    """Yield the lines that are hidden in a share, and that no other opens as widely."""
    left_out = [(share, _lines(share, facts, now)) for share in shares]
    for share, lines in left_out:
        for line in lines:
            others = (other for other, hidden in left_out if line not in hidden)
            if not any(_opens_as_much(other, share) for other in others):
                yield line


def _lines(share: Relation, facts: AccessFacts, now: datetime) -> frozenset[tuple[str, str]]:
    return frozenset(
        (rule.part_id, rule.line_id)
        for rule in facts.hidden_from_sharer(share, now)
        if rule.part_id is not None and rule.part_id == share.part_id and rule.line_id is not None
    )


def _opens_as_much(one: Relation, other: Relation) -> bool:
    is_whole = ShareScope.WHOLE_PART in one.scopes
    return one.part_id == other.part_id and (is_whole or set(other.scopes) <= set(one.scopes))


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
