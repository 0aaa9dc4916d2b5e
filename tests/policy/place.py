"""Who stands in which column of the second statement: gates 3 to 5 of `domain.md` (b).

By hand from the design notes and the issues, with nothing of the policy's. Each rule names its
source: (b) and (h) are sections of `domain.md`, i4.3 is point 3 of issue 4.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from tests.policy.case import Case, Note, Tie

NORWAY = ZoneInfo("Europe/Oslo")


@dataclass(frozen=True)
class Place:
    """In which column somebody stands, and what has been opened for them there.

    `given` are rights by mandate, kept, found suitable or of who is heard; `is_in_pieces` tells of
    shares without any whole part. Without a column they are nobody, and `told` says why.
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
    return years_on(case.born, case.now)


def years_on(born: date, moment: datetime) -> int:
    """Count whole years by the calendar of Norway."""
    day = moment.astimezone(NORWAY).date()
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def notes(case: Case, kind: str) -> list[Note]:
    """Return the rules of a kind that count now."""
    return [note for note in case.counting if note.kind == kind]


def ties(case: Case, *kinds: str) -> list[Tie]:
    """Return the ties of some kinds that count now."""
    found = [tie for tie in case.ties if tie.kind in kinds and tie.span.counts(case.now)]
    # Mandates and parental responsibility end with the patient, and so do shares ((c)9); personnel
    # go on for a time, and the next of kin may be let in (pbrl. § 5-1).
    outlives = ("CARE_TEAM", "HANDOVER", "NEXT_OF_KIN")
    return [tie for tie in found if case.died is None or tie.kind in outlives]


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
    elif asker.kind == "machine":
        return _by_share(case) or _system(case)
    else:
        found = nobody("NO_CARE_RELATION")
    return found if found.column else _by_share(case) or found


def _by_share(case: Case) -> Place | None:
    """A share opens its parts (i3.1), and ends at once with a reservation (gate 6)."""
    found = shared(case)
    if case.is_reserved or not found:
        return None
    column = "LEV" if case.asker.kind == "machine" else "MOT"
    return Place(column, is_in_pieces=not any(tie.is_whole for tie in found))


def shared(case: Case) -> list[Tie]:
    """Return the shares that give somebody something."""
    with_them = [tie for tie in ties(case, "SHARE") if _is_with(case, tie)]
    return [tie for tie in with_them if not _is_hidden(case, tie)]


def hidden_from_sharer(case: Case, tie: Tie) -> list[Note]:
    """Return what is hidden from the parent who made a share, who can't hand it over (i4.6)."""
    parents = [each.of_person for each in case.ties if each.kind == "PARENT"]
    if tie.kind != "SHARE" or tie.shared_by is None or tie.shared_by not in parents:
        return []
    hiding = notes(case, "HIDDEN_FROM_PARENTS")
    return [note for note in hiding if note.person in (None, tie.shared_by)]


def _is_hidden(case: Case, tie: Tie) -> bool:
    return any(n.part == tie.part and n.line is None for n in hidden_from_sharer(case, tie))


def _is_with(case: Case, tie: Tie) -> bool:
    own = {"code": case.asker.share, "citizen": case.asker.person}
    known = own.get(case.asker.kind, case.asker.unit)
    theirs = {"code": tie.share, "citizen": tie.of_person}.get(case.asker.kind, tie.of_unit)
    return known is not None and known == theirs


def _personnel(case: Case) -> Place:
    """Personnel have what their unit has, for a stated purpose (i4.2); nothing follows a person."""
    asker = case.asker
    if asker.hpr is None:
        return nobody("ROLE")  # (b) token: health personnel have an HPR number
    if asker.purpose not in (None, "TREAT", "ETREAT", "COC", "BTG"):
        return nobody("PURPOSE")  # (b) purpose of use
    if asker.is_student and asker.supervisor is None:
        return nobody("NO_SUPERVISOR")  # i4.2 under a named supervisor
    if asker.unit is not None and (_has_care_relation(case) or _is_attested(case)):
        return Place("STU") if asker.is_student else Place("BEH", _heard(case))
    if not asker.is_student and mine(case, "EMERGENCY"):
        return Place("AK")  # i4.5; an emergency is opened with a reason, never by a token's word
    return nobody("NO_CARE_RELATION")


def _heard(case: Case) -> frozenset[str]:
    """From 12 to 15 child and parents are heard, and their agreement written down (h1, i4.4)."""
    return frozenset({"AGREE"}) if 12 <= age(case) < 16 else frozenset()


def _has_care_relation(case: Case) -> bool:
    """It belongs to the unit chosen at login, and ends at a set time (h8, i4.2)."""
    of_unit = [tie for tie in ties(case, "CARE_TEAM", "HANDOVER", "SHARE") if tie.is_whole]
    # It opens the whole plan, which a parent who doesn't see all of it can't give (i4.6).
    of_unit = [tie for tie in of_unit if not hidden_from_sharer(case, tie)]
    return any(tie.of_unit == case.asker.unit for tie in of_unit)


def _is_attested(case: Case) -> bool:
    """An attest is of one patient, by any number they have had; it is no breaking of glass."""
    asker = case.asker
    if asker.attests not in case.numbers or asker.attested is None:
        return False
    ahead = timedelta(minutes=1)  # two clocks are never the same
    starts = asker.attested.since <= case.now + ahead
    ends = asker.attested.until
    return asker.purpose != "BTG" and starts and (ends is None or case.now < ends)


def mine(case: Case, kind: str) -> list[Note]:
    """Return what is opened for one person in one organisation, and for no other (i4.5, i4.2)."""
    asker = case.asker
    both = asker.hpr is not None and asker.unit is not None
    return [n for n in notes(case, kind) if both and (n.hpr, n.unit) == (asker.hpr, asker.unit)]


def _system(case: Case) -> Place:
    """A record system asks for its unit before anybody has logged in; an attest is a person's."""
    of_units = {tie.of_unit for tie in ties(case, "CARE_TEAM", "HANDOVER")} - {None}
    return Place("SYS") if case.asker.unit in of_units else nobody("NO_CARE_RELATION")


def _child_welfare(case: Case) -> Place:
    """Whoever has taken over the care stands in the parents' place (h1), until 16 (§ 4-4)."""
    unit = case.asker.unit
    if unit is None or unit not in [note.unit for note in notes(case, "CARE_TAKEN_OVER")]:
        return nobody("NO_CARE_RELATION")
    if case.died and age(case) < 16:
        return nobody("DECEASED")  # the care ends with the child
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
    may = years >= 16 or (years >= case.own_access_from and notes(case, "OWN_ACCESS"))
    if case.died and may:
        return nobody("DECEASED")  # nobody logs in as the dead
    if years >= 16:  # (b) legally competent; h1: or without capacity to consent
        return Place("P0" if notes(case, "WITHOUT_CAPACITY") else "P16")
    if years < case.own_access_from or not notes(case, "OWN_ACCESS"):
        return nobody("NO_OWN_ACCESS")  # (b) 13 to 15: own login with parental consent
    return Place("Y", newest(notes(case, "SUITABLE_FOR_YOUTH")) or frozenset())  # footnote ¹


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
        return Place("RAD") if is_refused else nobody("NOT_REPRESENTATIVE")
    informed = case.died or (notes(case, "WITHOUT_CAPACITY") and age(case) >= 16)  # h1, § 5-1
    return Place("NOK") if informed else nobody("NOT_REPRESENTATIVE")


def _parent(case: Case, tie: Tie) -> Place:
    """Law and product rule for parents, by the child's age ((b) Children, h1, h2, i4.4)."""
    years = age(case)
    if years >= 18:
        return nobody("OVER_16")
    taken_over = notes(case, "CARE_TAKEN_OVER")
    if taken_over:
        since = max(note.span.since for note in taken_over)
        return _keeping("FBV", _kept(case, tie, since) or frozenset(), "CARE_TAKEN_OVER")
    if years >= 16:
        return _keeping("F16", _kept(case, tie) or frozenset(), "OVER_16")
    if not _address_allows(case, tie):
        return nobody("PARENT_ADDRESS")
    if years < 12:
        return Place("F")
    kept = _kept(case, tie)  # h2: the default until a clinician has decided
    return _keeping("F12", case.kept_by_default if kept is None else kept, "PARENT_12_16")


def _keeping(column: str, kept: frozenset[str], told: str) -> Place:
    """Whoever keeps anything knows that there is a patient and a plan; of nothing, nothing."""
    return Place(column, kept | {"SEE_PATIENT", "PLAN_STATUS"}) if kept else nobody(told)


def _kept(case: Case, tie: Tie, since: datetime | None = None) -> frozenset[str] | None:
    """What a clinician has decided that this parent keeps; a word about one goes before all's.

    What was decided before the care was taken over was about another situation, and so was what
    was decided for a child once the child is 16 ((b): at 16 parental access ends; h1: information
    for parental responsibility only).
    """
    decided = [note for note in notes(case, "KEPT_BY_PARENTS") if _is_of_now(case, note, since)]
    named = [note for note in decided if note.person == tie.of_person]
    return newest(named or [note for note in decided if note.person is None])


def newest(decided: Iterable[Note]) -> frozenset[str] | None:
    """Return what the newest decision is about."""
    last = max(decided, key=lambda note: note.span.since, default=None)
    return None if last is None else last.about


def _is_of_now(case: Case, note: Note, since: datetime | None) -> bool:
    if since is not None and note.span.since < since:
        return False
    return age(case) < 16 or years_on(case.born, note.span.since) >= 16


def _address_allows(case: Case, tie: Tie) -> bool:
    """(b) Children: the sources disagree, so it is a setting (i4.4)."""
    if case.address_rule == "ONLY_THAT":
        return tie.lives_with
    return any(each.lives_with for each in ties(case, "PARENT"))
