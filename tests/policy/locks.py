"""What is locked by the second statement: gates 6 to 9 of `domain.md` (b), (h)4 and issue 4.3."""

from __future__ import annotations

from datetime import timedelta

from tests.policy.case import Case, Note
from tests.policy.place import NORWAY, mine, notes
from tests.policy.table import PATIENT_SIDE, PERSONNEL, RIGHTS, TABLE, WHOSE

# Other sources have their own locks; kjernejournal's section falls with the plan (h4, i4.3).
OF_OTHER_SOURCES = frozenset(
    {"READ_MEDICINES", "READ_APPOINTMENTS", "READ_DOCUMENTS", "READ_CARE_TEAM"}
)
WHAT_THE_PLAN_SAYS = frozenset({"READ_ZONES", "READ_PLAN", "READ_DRAFTS", "READ_REPORTS"})
# The log stays (i3.7), and so does looking after it.
LOG = frozenset({"READ_LOG", "ASK_ABOUT_LOG", "ANSWER_ABOUT_LOG", "REVIEW_EMERGENCY"})
# What is seen can still be seen once somebody has died, and the next of kin let in (i3.7, (c)9).
AT_WORK = (*PERSONNEL, "SYS")
SEEN = frozenset(right for right in RIGHTS if WHOSE[right] == "seen")
AFTER_DEATH = LOG | SEEN | {"READ_DRAFTS", "PREVIEW", "INFORM_KIN"}
# Being somebody, and what is about oneself, outlive one's own reservation.
OWN_AFTER_RESERVING = LOG | OF_OTHER_SOURCES | {"SEE_PATIENT", "RESERVE", "EXPORT"}
OF_KJERNEJOURNAL = "READ_CRITICAL_INFO"


def locked(case: Case, column: str, right: str) -> str | None:
    """Say which lock is closed, in the gates' order."""
    for lock in (_dead, _reserved, _without_consent, _blocked, _restricted):
        told = lock(case, column, right)
        if told is not None:
            return told
    return None


def _dead(case: Case, column: str, right: str) -> str | None:
    """A plan is closed by death; personnel read it for as many days as the controller chose."""
    if case.died is None:
        return None
    last = case.died + timedelta(days=case.read_after_death)
    is_over = case.now.astimezone(NORWAY).date() >= last
    left = LOG | {"INFORM_KIN"} if is_over and column in AT_WORK else AFTER_DEATH
    return None if right in left else "DECEASED"


def _reserved(case: Case, column: str, right: str) -> str | None:
    """Reservation hides everything at once (i3.7); others may write down that it is undone."""
    if not case.is_reserved or column not in PATIENT_SIDE + AT_WORK:
        return None
    left = OWN_AFTER_RESERVING if column in PATIENT_SIDE else LOG | {"RESERVE"}
    return None if right in left else "RESERVED"


def _without_consent(case: Case, column: str, right: str) -> str | None:
    """Withdrawn consent ends the use of what the plan says (i3.7), for all but the patient."""
    if case.has_consent is not False or column in PATIENT_SIDE:
        return None
    return "NO_CONSENT" if right in WHAT_THE_PLAN_SAYS | {"SUBSCRIBE"} else None


def _blocked(case: Case, column: str, right: str) -> str | None:
    """A named person never, not even in emergency: the plan and kjernejournal (h4, i4.3).

    They know that there is a plan, and why they don't see it; they take nothing out, and write
    down no word of the patient's, or they would lift their own block ((f)13: only the patient).
    A machine can't tell who reads behind it, but may send in.
    """
    against = notes(case, "BLOCK")
    if column == "LEV" and against:
        reads = WHAT_THE_PLAN_SAYS | {OF_KJERNEJOURNAL, "SUBSCRIBE"}
        return "BLOCKED" if right in reads else None
    if right in OF_OTHER_SOURCES | LOG | {"SEE_PATIENT", "PLAN_STATUS"}:
        return None
    return "BLOCKED" if any(_is_named(case, column, note) for note in against) else None


def _is_named(case: Case, column: str, note: Note) -> bool:
    """Tell whether a block names who asks, or the supervisor a student works for."""
    asker = case.asker
    named = {asker.hpr, asker.supervisor if asker.is_student else None} - {None}
    return column in (*PERSONNEL, "MOT") and note.hpr in named


def _restricted(case: Case, column: str, right: str) -> str | None:
    """Closed to others' eyes until opened by consent or in an emergency (i4.3, (b) gate 9)."""
    reads = WHAT_THE_PLAN_SAYS | {OF_KJERNEJOURNAL, "SUBSCRIBE"}
    if column in PATIENT_SIDE or right not in reads:
        return None
    if mine(case, "EMERGENCY") and TABLE[right]["AK"] != ".":
        return None
    opens = [note.span.since for note in mine(case, "OPENED") if _is_about(note, right)]
    closes = [note.span.since for note in notes(case, "RESTRICTION") if _is_about(note, right)]
    # A consent opens what was restricted when it was given, nothing that is restricted after it.
    is_open = not closes or (opens and max(closes) <= max(opens))
    return None if is_open else "RESTRICTED"


def _is_about(note: Note, right: str) -> bool:
    return not note.about or right in note.about
