"""A second statement of the access policy, by hand from the design notes and the issues.

It imports nothing from the policy. `statement.txt` is its table; this says who stands in which
column, what is locked, and what somebody is told. Each rule names its source: (b) and (h) are
sections of `domain.md`, i4.3 is point 3 of issue 4.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from tests.policy.case import Case, Note, Tie

NORWAY = ZoneInfo("Europe/Oslo")


def _table() -> tuple[Mapping[str, Mapping[str, str]], Mapping[str, str]]:
    """Read the table: each right's cell by column, and whose matter each right is."""
    lines = (Path(__file__).parent / "statement.txt").read_text("utf-8").splitlines()
    rows = [line.split() for line in lines if line and not line.startswith("#")]
    columns = rows[0][1:-2]
    width = len(columns)
    cells = {row[0]: dict(zip(columns, row[1 : width + 1], strict=True)) for row in rows[1:]}
    return cells, {row[0]: row[width + 1] for row in rows[1:]}


TABLE, WHOSE = _table()
RIGHTS = tuple(TABLE)

OWN = ("P16", "Y", "P0")
PARENTS = ("F", "F12", "F16", "FBV")
MANDATES = ("V", "FM", "RAD")
PATIENT_SIDE = (*OWN, *PARENTS, *MANDATES, "BV", "NOK")
PERSONNEL = ("KO", "BEH", "STU", "AK")
BY_SHARE = ("MOT", "LEV")

# What an operation asks for; each has a row of the table (issue 3's operations in issue 4's words).
ASKS = {
    "READ": "SEE_PATIENT",
    "EXPORT": "EXPORT",
    "SEND_REPORT": "REPORT",
    "REGISTER_MEASUREMENTS": "MEASURE",
    "CORRECT_ENTRY": "CHANGE_ENTRY",
    "WITHDRAW_ENTRY": "CHANGE_ENTRY",
    "MOVE_REPORT": "MOVE_REPORT",
    "MARK_SEEN": "RECEIVE_REPORT",
    "MARK_ACTED_ON": "RECEIVE_REPORT",
    "COMMENT": "COMMENT",
    "ANSWER_COMMENT": "COMMENT",
    "WITHDRAW_COMMENT": "COMMENT",
    "PARK_COMMENT": "SETTLE_COMMENT",
    "REOPEN_COMMENT": "SETTLE_COMMENT",
    "SUGGEST": "SUGGEST",
    "WITHDRAW_SUGGESTION": "SUGGEST",
    "DECIDE_SUGGESTION": "DECIDE_SUGGESTION",
    "AGREE": "AGREE",
    "START_DRAFT": "WRITE_DRAFT",
    "SAVE_DRAFT": "WRITE_DRAFT",
    "DISCARD_DRAFT": "WRITE_DRAFT",
    "REQUEST_APPROVAL": "WRITE_DRAFT",
    "DECIDE_APPROVAL": "APPROVE",
    "ACTIVATE": "ACTIVATE",
    "HOLD": "END",
    "RESUME": "END",
    "COMPLETE": "END",
    "REVOKE": "END",
    "ENTER_IN_ERROR": "END",
    "ADD_TEAM_MEMBER": "EDIT_TEAM",
    "CHANGE_TEAM_MEMBER": "EDIT_TEAM",
    "END_TEAM_MEMBERSHIP": "EDIT_TEAM",
    "HOLD_REVIEW": "REVIEW",
    "SET_REVIEW_DUE": "REVIEW",
    "TAKE_TASK": "TAKE_TASK",
    "RELEASE_TASK": "TAKE_TASK",
    "OPEN_HANDOVER": "HAND_OVER",
    "ACCEPT_HANDOVER": "ANSWER_HANDOVER",
    "DECLINE_HANDOVER": "ANSWER_HANDOVER",
    "WITHDRAW_HANDOVER": "ANSWER_HANDOVER",
    "REGISTER_MOVE": "ANSWER_HANDOVER",
    "SHARE": "SHARE",
    "CHANGE_SHARE": "SHARE",
    "WITHDRAW_SHARE": "SHARE",
    "MAKE_SHARE_CODE": "SHARE",
    "GIVE_CONSENT": "CONSENT",
    "WITHDRAW_CONSENT": "CONSENT",
    "RESERVE": "RESERVE",
    "UNDO_RESERVATION": "RESERVE",
    "ASK_CORRECTION": "ASK_CORRECTION",
    "DECIDE_CORRECTION": "DECIDE_CORRECTION",
    "ASK_ABOUT_LOG": "ASK_ABOUT_LOG",
    "ANSWER_ABOUT_LOG": "ANSWER_ABOUT_LOG",
}

# Whose lock is whose. Kjernejournal's sections fall with the plan; other sources have their own
# locks (h4, i4.3).
OF_OTHER_SOURCES = frozenset(
    {"READ_MEDICINES", "READ_APPOINTMENTS", "READ_DOCUMENTS", "READ_CARE_TEAM"}
)
WHAT_THE_PLAN_SAYS = frozenset({"READ_ZONES", "READ_PLAN", "READ_DRAFTS", "READ_REPORTS"})
# Being somebody, taking one's choice back, and what is logged and kept about oneself, outlive a
# reservation (i3.7: undone for 30 days, the log stays).
AFTER_RESERVING = frozenset({"SEE_PATIENT", "RESERVE", "READ_LOG", "ASK_ABOUT_LOG", "EXPORT"})
AFTER_DEATH = frozenset(
    {"SEE_PATIENT", "EXPORT", "ASK_ABOUT_LOG", "ANSWER_ABOUT_LOG", "REVIEW_EMERGENCY"}
)


@dataclass(frozen=True)
class Place:
    """In which column somebody stands, and what has been opened for them there.

    `given` are rights by mandate, kept or found suitable; `is_in_pieces` tells of shares without
    any whole part. Without a column they are nobody, and `told` says why.
    """

    column: str | None
    given: frozenset[str] = frozenset()
    is_in_pieces: bool = False
    told: str | None = None


def nobody(told: str) -> Place:
    """Return the place of somebody who is nothing to the patient."""
    return Place(None, told=told)


def age(case: Case) -> int:
    """Count years on the patient's local date, never from the number; 29 February waits (i4.4)."""
    today, born = case.now.astimezone(NORWAY).date(), case.born
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def notes(case: Case, kind: str) -> list[Note]:
    """Return the rules of a kind that count now; nothing counts outside its period."""
    return [note for note in case.notes if note.kind == kind and note.span.counts(case.now)]


def ties(case: Case, *kinds: str) -> list[Tie]:
    """Return the ties of some kinds that count now."""
    return [tie for tie in case.ties if tie.kind in kinds and tie.span.counts(case.now)]


def place(case: Case) -> Place:
    """Say in which column somebody stands (gates 3 to 5)."""
    asker = case.asker
    if asker.kind == "controller":
        return nobody("ROLE")  # (b) matrix: PVO has the log only, which is asked for another way
    if asker.kind == "personnel":
        found = _personnel(case)
        is_final = found.told in ("ROLE", "PURPOSE", "NO_SUPERVISOR")
        return found if found.column or is_final else _by_share(case) or found
    if asker.kind == "citizen":
        found = _citizen(case)
    elif asker.kind == "case":
        found = _child_welfare(case)
    else:
        found = nobody("NO_CARE_RELATION")
    return found if found.column else _by_share(case) or found


def _by_share(case: Case) -> Place | None:
    """A share opens its parts (i3.1), and ends at once with a reservation (gate 6)."""
    mine = [tie for tie in ties(case, "SHARE") if _is_with(case, tie)]
    if case.is_reserved or not mine:
        return None
    column = "LEV" if case.asker.kind == "machine" else "MOT"
    return Place(column, is_in_pieces=not any(tie.is_whole for tie in mine))


def _is_with(case: Case, tie: Tie) -> bool:
    mine = {"code": case.asker.share, "citizen": case.asker.person}
    known = mine.get(case.asker.kind, case.asker.unit)
    theirs = {"code": tie.share, "citizen": tie.of_person}.get(case.asker.kind, tie.of_unit)
    return known is not None and known == theirs


def _personnel(case: Case) -> Place:
    """Personnel have what their unit has, for a stated purpose (i4.2); nothing follows a person."""
    asker = case.asker
    if asker.is_student and asker.supervisor is None:
        return nobody("NO_SUPERVISOR")  # i4.2 under a named supervisor
    if not asker.is_student and asker.hpr is None:
        return nobody("ROLE")  # (b) token: health personnel have an HPR number
    if asker.purpose not in (None, "TREAT", "ETREAT", "COC", "BTG"):
        return nobody("PURPOSE")  # (b) purpose of use
    if asker.unit is not None and (_has_care_relation(case) or _is_attested(case)):
        return Place("STU" if asker.is_student else "BEH")
    if not asker.is_student and _mine(case, "EMERGENCY"):
        return Place("AK")  # i4.5; an emergency is opened with a reason, never by a token's word
    return nobody("NO_CARE_RELATION")


def _has_care_relation(case: Case) -> bool:
    """It belongs to the unit chosen at login, and ends at a set time (h8, i4.2)."""
    of_unit = [tie for tie in ties(case, "CARE_TEAM", "HANDOVER", "SHARE") if tie.is_whole]
    return any(tie.of_unit == case.asker.unit for tie in of_unit)


def _is_attested(case: Case) -> bool:
    """An attest is of one patient, by any number they have had; it is no breaking of glass."""
    asker = case.asker
    if asker.attests not in case.numbers or asker.attested is None:
        return False
    return asker.purpose != "BTG" and asker.attested.counts(case.now)


def _mine(case: Case, kind: str) -> list[Note]:
    """What is opened for one person in one organisation is for no other (i4.5, i4.2)."""
    asker = case.asker
    both = asker.hpr is not None and asker.unit is not None
    return [n for n in notes(case, kind) if both and (n.hpr, n.unit) == (asker.hpr, asker.unit)]


def _child_welfare(case: Case) -> Place:
    """Whoever has taken over the care stands in the parents' place (h1), until 16 (§ 4-4)."""
    unit = case.asker.unit
    if unit is None or unit not in [note.unit for note in notes(case, "CARE_TAKEN_OVER")]:
        return nobody("NO_CARE_RELATION")
    return nobody("OVER_16") if age(case) >= 16 else Place("BV")


def _citizen(case: Case) -> Place:
    """Oneself first; then the widest of what one may be for another (gates 4 and 5)."""
    if case.asker.person is None:
        return nobody("NOT_REPRESENTATIVE")
    if case.asker.person in case.numbers:
        return _own(case)
    found = [_mandated(case, tie) for tie in _of_asker(case)]
    standing = [each for each in found if each.column]
    order = ("F", "V", "FM", "RAD", "NOK", "F12", "F16", "FBV")
    first = min(standing, key=lambda each: order.index(each.column or ""), default=None)
    against = [each for each in found if each.told]
    return first or next(iter(against), nobody("NOT_REPRESENTATIVE"))


def _of_asker(case: Case) -> list[Tie]:
    kinds = ("GUARDIAN", "LASTING_POWER", "POWER_OF_ATTORNEY", "ADVISER", "NEXT_OF_KIN")
    return [tie for tie in ties(case, "PARENT", *kinds) if tie.of_person == case.asker.person]


def _own(case: Case) -> Place:
    years = age(case)
    if years >= 16:  # (b) legally competent; h1: or without capacity to consent
        return Place("P0" if notes(case, "WITHOUT_CAPACITY") else "P16")
    if years < case.own_access_from or not notes(case, "OWN_ACCESS"):
        return nobody("NO_OWN_ACCESS")  # (b) 13 to 15: own login with parental consent
    suitable = [note.about for note in notes(case, "SUITABLE_FOR_YOUTH")]
    return Place("Y", frozenset().union(*suitable))  # footnote ¹


def _mandated(case: Case, tie: Tie) -> Place:
    if case.is_protected or tie.is_protected:
        return nobody("ADDRESS_PROTECTED")  # gate 4: neither represent nor be represented
    if tie.kind == "PARENT":
        return _parent(case, tie)
    if tie.kind in ("GUARDIAN", "LASTING_POWER"):
        return Place("V", tie.covers)  # i4.4 each with scope and end
    if tie.kind == "POWER_OF_ATTORNEY":  # footnote ³: whoever gives it is 16
        return Place("FM", tie.covers) if age(case) >= 16 else nobody("NOT_REPRESENTATIVE")
    if tie.kind == "ADVISER":  # h5: for a patient who is refused
        is_refused = notes(case, "OWN_ACCESS_REFUSED")
        return Place("RAD", tie.covers) if is_refused else nobody("NOT_REPRESENTATIVE")
    informed = notes(case, "WITHOUT_CAPACITY") and age(case) >= 16  # h1
    return Place("NOK") if informed else nobody("NOT_REPRESENTATIVE")


def _parent(case: Case, tie: Tie) -> Place:
    """Law and product rule for parents, by the child's age ((b) Children, h1, h2, i4.4)."""
    years = age(case)
    if years >= 18:
        return nobody("OVER_16")
    if notes(case, "CARE_TAKEN_OVER"):
        return _keeping("FBV", _kept(case, tie) or frozenset(), "CARE_TAKEN_OVER")
    if years >= 16:
        return _keeping("F16", _kept(case, tie) or frozenset(), "OVER_16")
    if not _address_allows(case, tie):
        return nobody("PARENT_ADDRESS")
    if years < 12:
        return Place("F")
    kept = _kept(case, tie)  # h2: the default until a clinician has decided
    return _keeping("F12", case.kept_by_default if kept is None else kept, "PARENT_12_16")


def _keeping(column: str, kept: frozenset[str], told: str) -> Place:
    return Place(column, kept) if kept else nobody(told)


def _kept(case: Case, tie: Tie) -> frozenset[str] | None:
    """What a clinician has decided that this parent keeps; a word about one goes before all's.

    From 16 nothing follows from what was decided for a child: it is decided anew ((b): at 16
    parental access ends; h1: information for parental responsibility only).
    """
    decided = [note for note in notes(case, "KEPT_BY_PARENTS") if _is_of_this_age(case, note)]
    named = [note.about for note in decided if note.person == tie.of_person]
    about_all = [note.about for note in decided if note.person is None]
    found = named or about_all
    return frozenset().union(*found) if found else None


def _is_of_this_age(case: Case, note: Note) -> bool:
    if age(case) < 16:
        return True
    since = note.span.since.astimezone(NORWAY).date()
    born = case.born
    return since.year - born.year - ((since.month, since.day) < (born.month, born.day)) >= 16


def _address_allows(case: Case, tie: Tie) -> bool:
    """(b) Children: the sources disagree, so it is a setting (i4.4)."""
    if case.address_rule == "ONLY_THAT":
        return tie.lives_with
    return any(each.lives_with for each in ties(case, "PARENT"))


def locked(case: Case, column: str, right: str) -> str | None:
    """Say which lock is closed, in the gates' order 6 to 9."""
    for lock in (_reserved, _without_consent, _blocked, _restricted):
        told = lock(case, column, right)
        if told is not None:
            return told
    return None


def _reserved(case: Case, column: str, right: str) -> str | None:
    """Reservation hides everything at once (i3.7); what other sources keep is theirs (h4, h6)."""
    if not case.is_reserved or column not in PATIENT_SIDE + PERSONNEL:
        return None
    own = AFTER_RESERVING | OF_OTHER_SOURCES
    left = own if column in PATIENT_SIDE else {"RESERVE", "READ_LOG"}
    return None if right in left else "RESERVED"


def _without_consent(case: Case, column: str, right: str) -> str | None:
    """Withdrawn consent ends the use of what the plan says (i3.7), for all but the patient."""
    if case.has_consent is not False or column in PATIENT_SIDE:
        return None
    return "NO_CONSENT" if right in WHAT_THE_PLAN_SAYS else None


def _blocked(case: Case, column: str, right: str) -> str | None:
    """A named person never, not even in emergency: the plan and kjernejournal (h4, i4.3).

    A machine can't tell who reads behind it; a student reads with the supervisor.
    """
    against = [note for note in notes(case, "BLOCK") if _is_named(case, column, note)]
    if not against or right in OF_OTHER_SOURCES or right in ("SEE_PATIENT", "READ_LOG"):
        return None
    wide = not all(note.about for note in against)
    return "BLOCKED" if wide or any(right in note.about for note in against) else None


def _is_named(case: Case, column: str, note: Note) -> bool:
    if column == "LEV":
        return True
    mine = {case.asker.hpr} | ({case.asker.supervisor} if case.asker.is_student else set())
    return column in (*PERSONNEL, "MOT") and note.hpr is not None and note.hpr in mine


def _restricted(case: Case, column: str, right: str) -> str | None:
    """Closed to others until it is opened by consent or in an emergency (i4.3, (b) gate 9).

    Written down on the patient's word: consent to open, locks, consent, reservation. A whole
    restriction is of the plan and kjernejournal; a source's own section only where it is named.
    """
    if column in PATIENT_SIDE or right in ("SEE_PATIENT", "PLAN_STATUS", "READ_LOG"):
        return None
    if right in ("OPEN_RESTRICTION", "LOCK", "CONSENT", "RESERVE"):
        return None
    against = [note for note in notes(case, "RESTRICTION") if _is_about(note, right)]
    if not against or _is_opened(case, column, right):
        return None
    return "RESTRICTED"


def _is_about(note: Note, right: str) -> bool:
    return right in note.about or not (note.about or right in OF_OTHER_SOURCES)


def _is_opened(case: Case, column: str, right: str) -> bool:
    if column not in PERSONNEL:
        return False
    if any(not note.about or right in note.about for note in _mine(case, "OPENED")):
        return True
    return bool(_mine(case, "EMERGENCY")) and TABLE[right]["AK"] != "."


def tabled(where: Place, right: str) -> str | None:
    """Say why the table gives somebody no right; what depends on a part is asked apart."""
    column = where.column or ""
    cell = TABLE[right][column]
    if cell in "skm" and right not in where.given:
        return why_not(column, cell, right)
    if cell == "w" and right == "READ_PLAN" and where.is_in_pieces:
        return "NOT_SHARED"
    return why_not(column, cell, right) if cell == "." else None


_PERSONNEL_LACK = {"said": "PATIENT_ONLY", "give": "NOT_ANSWERING", "doctor": "NOT_DOCTOR"}
_MISSING = {
    "P0": "NO_CAPACITY",
    "Y": "UNDER_16",
    "V": "PROXY_SCOPE",
    "FM": "PROXY_SCOPE",
    "RAD": "PROXY_SCOPE",
    "NOK": "PATIENT_ONLY",
    "F12": "PARENT_12_16",
    "F16": "OVER_16",
    "FBV": "CARE_TAKEN_OVER",
    "MOT": "NOT_SHARED",
}


def why_not(column: str, cell: str, right: str) -> str:
    """Say what somebody without a right is told: what would change it for them (i4.6)."""
    whose = WHOSE[right]
    if column in PATIENT_SIDE:
        if whose in ("care", "lead", "give", "doctor", "watch") or column in ("P16", "F", "BV"):
            return "ROLE"
        return "NOT_SUITABLE" if cell == "s" else _MISSING[column]
    if column == "MOT":
        return "NOT_SHARED"
    if column == "PVO" or whose == "watch":
        return "ROLE"
    if column == "LEV":
        is_of_share = cell == "w" or (whose == "seen" and right not in ("EXPORT", "READ_LOG"))
        return "NOT_SHARED" if is_of_share else "PATIENT_ONLY" if whose == "said" else "ROLE"
    if whose == "said":
        return "PATIENT_ONLY"
    if column in ("STU", "AK"):
        return {"STU": "STUDENT", "AK": "EMERGENCY_ONLY"}[column]
    return _PERSONNEL_LACK.get(whose, "NOT_RESPONSIBLE")


def answer(case: Case, where: Place, right: str) -> str | None:
    """Say why somebody may not read or do something, None when they may (gates 6 to 11)."""
    if where.column is None:
        return where.told
    locks, table = locked(case, where.column, right), tabled(where, right)
    told = (table or locks) if where.column in BY_SHARE else (locks or table)
    if told is None and right == "READ_CRITICAL_INFO" and case.asker.level < 4:
        return "SECURITY_LEVEL"  # (b) kjernejournal accepts only 4; it opens nothing that is closed
    return told


@dataclass(frozen=True)
class Ask:
    """One operation on one part: what the asker is to it, and whether the patient lives."""

    operation: str
    answers_for: bool = False
    coordinates: bool = False
    has_whole_share: bool = False
    is_dead: bool = False


def asked(case: Case, where: Place, ask: Ask) -> str | None:
    """Say why an operation may not be done."""
    right = ASKS.get(ask.operation)
    if where.column is None or right is None:
        return where.told or "ROLE"  # what has no row is nobody's
    column = where.column
    if column == "BEH" and (ask.answers_for or ask.coordinates):
        column = "KO"
    there = Place(column, where.given, where.is_in_pieces)
    told = locked(case, column, right)
    if column in BY_SHARE:
        told = tabled(there, right) or told
    if told is None and ask.is_dead and right not in AFTER_DEATH:
        told = "DECEASED"  # i3.7 closes the plan read-only
    return told or answer(case, there, right) or _of_part(case, column, right, ask)


def _of_part(case: Case, column: str, right: str, ask: Ask) -> str | None:
    cell = TABLE[right][column]
    met = {
        "p": case.asker.profession in ("LE", "PS"),  # footnote ⁷, a setting in time
        "l": case.asker.profession == "LE",
        "u": ask.answers_for,
        "w": ask.has_whole_share,
    }.get(cell, True)
    return None if met else why_not(column, cell, right)


def left_out(case: Case, where: Place) -> tuple[set[str], set[str], set[str]]:
    """Return the rights, parts and lines that somebody isn't to know of (gate 11, i4.4, i4.6)."""
    hiding = list(_hiding(case, where))
    rights = {right for note in hiding for right in note.about}
    parts = {note.part for note in hiding if note.part and not note.line}
    lines = {note.line for note in hiding if note.line}
    return rights, parts, lines


def _hiding(case: Case, where: Place) -> Iterable[Note]:
    if where.column in PARENTS:
        for note in notes(case, "HIDDEN_FROM_PARENTS"):
            if note.person in (None, case.asker.person):
                yield note
    # h5, footnote ³: never more than the giver sees; a doctor or lawyer may get it for them.
    if where.column in (*OWN, "FM", "V"):
        yield from notes(case, "OWN_ACCESS_REFUSED")
