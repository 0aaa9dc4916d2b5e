"""What somebody should be answered, by the second statement and what the issue says of hiding."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from domain import ids
from domain.access.rule import RuleKind
from tests.policy.case import Case
from tests.policy.people import INGRID, WARD
from tests.policy.place import Place, place
from tests.policy.statement import Ask, answer, asked, left_out, sees_others_reports
from tests.policy.table import PATIENT_SIDE, PERSONNEL

SEEN, UNKNOWN = "seen", "as unknown"

# Who is nothing to the patient learns nothing (i4.6); who belongs to them is told why.
_TOLD_LITTLE = ("citizen", "code", "case")
_BELONG = frozenset(
    {"PARENT_12_16", "OVER_16", "CARE_TAKEN_OVER", "NO_OWN_ACCESS", "PARENT_ADDRESS"}
)
# i4.5, i4.7: the privacy officer's, whatever they are to the patient.
_OVERSIGHT = frozenset({"REVIEW_EMERGENCY", "ANSWER_ABOUT_LOG"})


def of_nobody(case: Case, told: str | None) -> str:
    """Say what is answered about a patient to somebody who is nothing to them."""
    if case.asker.kind in _TOLD_LITTLE and told not in _BELONG:
        return UNKNOWN
    return told or "ROLE"


def reading(case: Case, right: str) -> str:
    """Say what is answered to somebody who would read what a right gives."""
    where = place(case)
    if where.column is None:
        return of_nobody(case, where.told)
    return answer(case, where, "SEE_PATIENT") or answer(case, where, right) or SEEN


def seeing(case: Case, kind: str, right: str) -> str:
    """Say what is answered to somebody who would read one thing of a kind."""
    found = reading(case, right)
    return found if found != SEEN or sees(case, place(case), kind) else UNKNOWN


def writing(case: Case, operation: str, kinds: frozenset[str]) -> frozenset[str]:
    """Say what may be answered to an operation on things of some kinds.

    What is hidden is as unknown; of what merely isn't theirs, either may come first: that there is
    no such thing, or that they could not do it.
    """
    where = _where(case, operation)
    if where.column is None:
        return frozenset({of_nobody(case, where.told)})
    told = asked(case, where, _ask(case), operation)
    if told in ("RESERVED", "BLOCKED") and answer(case, where, "SEE_PATIENT") == told:
        return frozenset({told})
    if is_hidden(case, where) and kinds & OF_THE_PART:
        return frozenset({UNKNOWN, told or UNKNOWN} if kinds - OF_THE_PART else {UNKNOWN})
    if not all(sees(case, where, kind) for kind in kinds):
        return frozenset({UNKNOWN, told or UNKNOWN})
    return frozenset({told or SEEN})


def _where(case: Case, operation: str) -> Place:
    if operation not in _OVERSIGHT:
        return place(case)
    return Place("PVO") if case.asker.kind == "controller" else Place(None, told="ROLE")


def _ask(case: Case) -> Ask:
    """Say what somebody is to the part, for which Ingrid at the ward answers."""
    is_theirs = case.asker.hpr == INGRID or case.asker.unit == WARD
    is_whole = any(tie.kind == "SHARE" and tie.is_whole for tie in case.ties)
    return Ask(answers_for=is_theirs, has_whole_share=is_whole)


# What is said and done about the part, and goes with it when it is hidden.
OF_THE_PART = frozenset(
    {
        *(ids.PART, ids.COMMENT, ids.SHARE, ids.SUGGESTION, ids.REPORT, ids.MEASUREMENT),
        ids.LOG_LINE,
    }
)


def is_hidden(case: Case, where: Place) -> bool:
    """Tell whether the part is hidden from somebody."""
    return "prt_1" in left_out(case, where)[1]


def sees(case: Case, where: Place, kind: str) -> bool:
    """Tell whether somebody may know of a thing of a kind, as far as that is not everybody."""
    if kind in OF_THE_PART and is_hidden(case, where):
        return False
    return _SEES.get(kind, lambda _case, _where: True)(case, where)


def _drafts(case: Case, where: Place) -> bool:
    """Where a lock is on all that the plan says, it is told of, and not of what it closes."""
    told = answer(case, where, "READ_DRAFTS")
    is_all = told in ("RESTRICTED", "NO_CONSENT") and told == answer(case, where, "READ_ZONES")
    return told is None or is_all


def _said_to_personnel(_case: Case, where: Place) -> bool:
    return where.column in PERSONNEL


def _of_own_unit(case: Case, where: Place) -> bool:
    return where.column in PERSONNEL and case.asker.unit == WARD


def _log(case: Case, where: Place) -> bool:
    """The patient's side reads all of it but what is hidden; personnel what they did (m ³⁹)."""
    return where.column in PATIENT_SIDE and answer(case, where, "READ_LOG") is None


def _of_patient_side(_case: Case, where: Place) -> bool:
    return where.column in PATIENT_SIDE


def _their_consent(case: Case, where: Place) -> bool:
    """What was opened on consent is closed by whose access it is, or who decides (i4.3)."""
    return where.column in PATIENT_SIDE and answer(case, where, "LOCK") is None


_SEES: Mapping[str, Callable[[Case, Place], bool]] = {
    ids.DRAFT: _drafts,
    ids.COMMENT: _said_to_personnel,  # what a parent says is said to personnel, unless they choose
    ids.REPORT: sees_others_reports,
    ids.MEASUREMENT: sees_others_reports,
    ids.TASK: _of_own_unit,
    ids.LOG_LINE: _log,
    RuleKind.BLOCK.name: _of_patient_side,  # or the unit that wrote it down
    RuleKind.OPENED.name: _their_consent,
}
