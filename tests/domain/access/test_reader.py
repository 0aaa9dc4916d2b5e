from __future__ import annotations

from datetime import date

from domain.access.decision import decide
from domain.access.patient import Patient
from domain.access.reader import reader_of
from domain.access.subject import Gender
from domain.access.viewer import Viewer
from tests.builders import (
    CHILD_NUMBER,
    NOW,
    PARENT_NUMBER,
    a_citizen,
    a_clinician,
    a_number,
    a_recipient,
    a_relation,
    facts,
)

FORMER = "80822983379"
NORA = Patient(
    id="pat_1",
    given_name="Nora",
    family_name="Fjell",
    birth_date=NOW.date(),
    gender=Gender.FEMALE,
    identity_numbers=(a_number(), a_number(FORMER)),
)


def _reader(viewer: Viewer) -> tuple[bool, str | None, set[str]]:
    grown = facts(a_relation(), born=date(2010, 1, 20))
    reader = reader_of(viewer, decide(viewer, grown, NOW), NORA)
    return reader.is_personnel, reader.number, set(reader.numbers)


def test_patients_are_known_by_every_number_they_have_had() -> None:
    assert _reader(a_citizen(CHILD_NUMBER)) == (False, CHILD_NUMBER, {CHILD_NUMBER, FORMER})


def test_others_are_known_by_their_own_number_only() -> None:
    assert _reader(a_citizen()) == (False, PARENT_NUMBER, {PARENT_NUMBER})


def test_personnel_read_as_personnel_and_nobody_else_does() -> None:
    assert _reader(a_clinician()) == (True, None, set())
    assert _reader(a_recipient("shr_1")) == (False, None, set())


def test_no_text_form_shows_a_number() -> None:
    viewer = a_citizen(CHILD_NUMBER)
    assert CHILD_NUMBER not in repr(reader_of(viewer, decide(viewer, facts(), NOW), NORA))
