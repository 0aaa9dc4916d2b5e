"""What somebody has set about access to one patient's plan: locks, hiding, what others keep.

One noun for all of them: each says about whom and what it is, who set it on whose word and why, and
from when until when it holds.
"""

from __future__ import annotations

from datetime import datetime
from enum import Enum

from msgspec.structs import replace

from domain.access.right import Right
from domain.author import Author
from domain.given_word import GivenWord
from domain.noun import Noun


class RuleKind(Enum):
    """What a rule does.

    RESTRICTION closes until it is opened by consent or emergency (sperring), BLOCK closes to one
    person for good (blokkering). HIDDEN_FROM_PARENTS and OWN_ACCESS_REFUSED (pbrl. § 5-1) hide that
    there is anything. KEPT_BY_PARENTS says what parents see of a child over 12, SUITABLE_FOR_YOUTH
    what a youth sees, OWN_ACCESS that parents have agreed to the youth's own login.
    WITHOUT_CAPACITY says that the patient can't consent (pbrl. §§ 4-5, 4-6), CARE_TAKEN_OVER that
    the child welfare service stands in the parents' place. OPENED is access to what is restricted,
    on the patient's consent, EMERGENCY is emergency access; both are of one person in one
    organisation.
    """

    RESTRICTION = "RESTRICTION"
    BLOCK = "BLOCK"
    HIDDEN_FROM_PARENTS = "HIDDEN_FROM_PARENTS"
    OWN_ACCESS_REFUSED = "OWN_ACCESS_REFUSED"
    KEPT_BY_PARENTS = "KEPT_BY_PARENTS"
    SUITABLE_FOR_YOUTH = "SUITABLE_FOR_YOUTH"
    OWN_ACCESS = "OWN_ACCESS"
    WITHOUT_CAPACITY = "WITHOUT_CAPACITY"
    CARE_TAKEN_OVER = "CARE_TAKEN_OVER"
    OPENED = "OPENED"
    EMERGENCY = "EMERGENCY"


class EmergencyFinding(Enum):
    """What came of the review of an emergency access (etterkontroll)."""

    JUSTIFIED = "JUSTIFIED"
    NOT_JUSTIFIED = "NOT_JUSTIFIED"


class RulePosition(Noun):
    """A rule's place in a list, newest first."""

    at: datetime
    id: str


class AccessRule(Noun):
    """One rule that stands, or stood, about one patient.

    `rights` is what it is about; a restriction with none is of everything. Whom it is
    about is `hpr_number` of personnel or `person_number` of a parent (None: all of them), and
    `person_name` is what they are called. `organisation` is where opened access belongs, or the
    child welfare service; `legal_entity` is whose privacy officer reviews it. `word` is the
    patient's, given or written down for them, `ended_word` the one that it was lifted on; `set_by`
    is whoever set it here.
    """

    id: str
    patient_id: str
    version: int
    kind: RuleKind
    set_by: Author
    since: datetime
    until: datetime | None = None
    rights: frozenset[Right] = frozenset()
    part_id: str | None = None
    line_id: str | None = None
    hpr_number: str | None = None
    person_number: str | None = None
    person_name: str | None = None
    organisation: str | None = None
    legal_entity: str | None = None
    reason: str | None = None
    word: GivenWord | None = None
    ended_at: datetime | None = None
    ended_by: Author | None = None
    ended_word: GivenWord | None = None
    reviewed_at: datetime | None = None
    reviewed_by: Author | None = None
    finding: EmergencyFinding | None = None
    review: str | None = None

    @property
    def position(self) -> RulePosition:
        """The rule's place in a list."""
        return RulePosition(at=self.since, id=self.id)

    @property
    def is_emergency(self) -> bool:
        """Tell whether it is emergency access."""
        return self.kind is RuleKind.EMERGENCY

    def holds(self, now: datetime) -> bool:
        """Tell whether it holds at a time."""
        is_over = self.ended_at is not None and self.ended_at <= now
        return self.since <= now and not is_over and (self.until is None or now < self.until)

    @property
    def hides(self) -> bool:
        """Tell whether it leaves something out without a word."""
        return self.kind in (RuleKind.HIDDEN_FROM_PARENTS, RuleKind.OWN_ACCESS_REFUSED)

    def restricts(self, right: Right) -> bool:
        """Tell whether a restriction is of a right."""
        return not self.rights or right in self.rights

    def __repr__(self) -> str:
        return f"AccessRule({self.kind.name})"


def ended(rule: AccessRule, now: datetime, by: Author, word: GivenWord | None = None) -> AccessRule:
    """Return a rule that somebody ends, on whose word if on anybody's."""
    return replace(rule, version=rule.version + 1, ended_at=now, ended_by=by, ended_word=word)


def reviewed(
    rule: AccessRule, finding: EmergencyFinding, words: str, now: datetime, by: Author
) -> AccessRule:
    """Return an emergency access with what its review found, in words for the patient."""
    return replace(
        rule,
        version=rule.version + 1,
        finding=finding,
        review=words,
        reviewed_at=now,
        reviewed_by=by,
    )
