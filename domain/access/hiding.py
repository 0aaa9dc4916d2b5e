"""What is left out of somebody's view without a word, so that nobody learns that it is there.

Whoever represents a patient is always told the same: that they see what they may see, and that
there may be more. So a hidden item leaves no gap, no count and no reason behind.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from domain.access.facts import AccessFacts
from domain.access.right import Right
from domain.access.rule import AccessRule, RuleKind
from domain.access.stance import Stance
from domain.access.standing import OWN, PARENTS, REPRESENTATIVES, Standing
from domain.noun import Noun


class Hidden(Noun):
    """What somebody is not to know of: whole rights, plan parts, and lines by part and line id."""

    rights: frozenset[Right] = frozenset()
    parts: frozenset[str] = frozenset()
    lines: frozenset[tuple[str, str]] = frozenset()

    def __bool__(self) -> bool:
        """Tell whether anything is hidden."""
        return bool(self.rights or self.parts or self.lines)

    def lines_of(self, part_id: str) -> frozenset[str]:
        """Return the ids of the hidden lines of a part."""
        return frozenset(line for part, line in self.lines if part == part_id)


NOTHING_HIDDEN = Hidden()


def hidden_from(stance: Stance, facts: AccessFacts, now: datetime) -> Hidden:
    """Return what is hidden from somebody on the patient's side."""
    if not facts.rules:
        return NOTHING_HIDDEN
    rules = list(_rules(stance, facts, now))
    if not rules:
        return NOTHING_HIDDEN
    return Hidden(
        rights=frozenset(right for rule in rules for right in rule.rights),
        parts=frozenset(
            rule.part_id for rule in rules if rule.part_id is not None and rule.line_id is None
        ),
        lines=frozenset(
            (rule.part_id, rule.line_id)
            for rule in rules
            if rule.part_id is not None and rule.line_id is not None
        ),
    )


def _rules(stance: Stance, facts: AccessFacts, now: datetime) -> Iterator[AccessRule]:
    """Yield the rules that hide something: from parents, and from all but whom a refusal spares."""
    if stance.standing in PARENTS or stance.was_parent:
        yield from facts.hidden_from_parent(stance.relation.person_number, now)
    is_refused = stance.standing in OWN | REPRESENTATIVES and stance.standing not in _SPARED
    if is_refused:
        yield from facts.holding(RuleKind.OWN_ACCESS_REFUSED, now)


# A doctor or lawyer may see it for the patient (pbrl. § 5-1); parents see it unless hidden from
# them.
_SPARED = PARENTS | {Standing.ADVISER, Standing.CHILD_WELFARE, Standing.NEXT_OF_KIN}
