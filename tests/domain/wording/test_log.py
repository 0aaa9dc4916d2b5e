from __future__ import annotations

from typing import Any

import pytest

from domain.access.audit import Outcome
from domain.access.log_line import LogLine
from domain.access.relation import Basis
from domain.access.viewer import ViewerRole
from domain.author import Author
from domain.operation import Operation
from domain.refusal import Refusal
from domain.wording.log import sentence
from domain.wording.log_words import DID, GROUNDS, STOPPED, THINGS, UNSAID
from tests.builders import NOW

INGRID = Author(name="Ingrid Haugen", role="Sykepleier", organisation="Barneavdelingen")
TUVA = Author(name="Tuva Lien", role="Lege", organisation_number="999000150")


def said(language: str = "nb", *, is_own: bool = False, **changes: Any) -> str:
    known: dict[str, Any] = {
        "patient_id": "pat_1",
        "id": "log_1",
        "at": NOW,
        "first_at": NOW,
        "count": 1,
        "operation": Operation.READ,
        "subject_id": "pat_1",
        "by": INGRID,
        "role": ViewerRole.CLINICIAN,
        "basis": Basis.CARE_TEAM,
        "outcomes": (Outcome(shown=("age", "plan", "medications")),),
    }
    return sentence(LogLine(**known | changes), is_own=is_own, language=language)


def test_a_reading_is_told_with_who_from_where_what_and_why() -> None:
    assert said(purpose_of_use="TREAT") == (
        "Ingrid Haugen, sykepleier ved Barneavdelingen, så planen og legemidlene. "
        "Grunnlag: behandlingsteam. Formål: helsehjelp."
    )


def test_many_readings_of_a_day_are_one_sentence_with_their_number() -> None:
    first, second = Outcome(shown=("plan",)), Outcome(shown=("plan", "documents", "log"))
    assert said(count=40, outcomes=(first, second), basis=None) == (
        "Ingrid Haugen, sykepleier ved Barneavdelingen, så planen, dokumentene og loggen, "
        "40 ganger denne dagen."
    )


def test_a_reading_that_showed_nothing_more_is_told_as_a_look_up() -> None:
    assert said(outcomes=(), basis=None).endswith("slo opp navnet.")


def test_a_refused_attempt_says_so_and_why() -> None:
    assert said(by=TUVA, refusal=Refusal.NO_CARE_RELATION, basis=None, outcomes=()) == (
        "Tuva Lien, lege ved virksomhet 999000150, prøvde, men ble stoppet: ville se planen. "
        "Årsak: virksomheten har ingen behandlingsrelasjon."
    )


def test_what_one_did_oneself_is_told_as_you() -> None:
    assert said("nb", is_own=True, basis=Basis.OWN) == "Du så planen og legemidlene."


def test_a_parent_acts_for_the_child() -> None:
    kari = Author(name="Kari Fjell", role="Forelder")
    assert said(by=kari, basis=Basis.PARENT, on_behalf_of="pat_1").startswith(
        "Kari Fjell, forelder, så planen og legemidlene for barnet."
    )


def test_a_write_is_told_in_english_too() -> None:
    assert said("en", operation=Operation.SAVE_DRAFT, outcomes=()) == (
        "Ingrid Haugen, sykepleier at Barneavdelingen, saved a draft. Ground: care team."
    )


def test_every_operation_ground_and_refusal_has_words() -> None:
    assert set(DID) == set(Operation) - {Operation.READ}
    assert set(GROUNDS) == set(Basis)
    assert set(STOPPED) == set(Refusal)


@pytest.mark.parametrize("words", [DID, GROUNDS, STOPPED, THINGS])
def test_no_words_are_missing_in_either_language(words: Any) -> None:
    assert all(each.nb and each.en for each in words.values())


def test_what_is_said_and_what_is_not_said_are_apart() -> None:
    assert not UNSAID & set(THINGS)
