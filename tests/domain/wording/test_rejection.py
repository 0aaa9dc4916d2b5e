from __future__ import annotations

from datetime import UTC, datetime

import pytest

from domain.author import Author
from domain.plan.care_team import CareTeamFunction, TeamMember
from domain.wording import rejection as rejection_wording
from domain.wording.rejection import sentence
from domain.words import LANGUAGES
from domain.writing.rejection import FunctionTaken, Rejection, TaskTaken

AT = datetime(2026, 11, 22, 14, 2, tzinfo=UTC)
SIRI = TeamMember(id="mbr_1", patient_id="pat_1", version=1, name="Siri Nordvik", since=AT)


def test_every_rejection_has_a_sentence_in_every_language() -> None:
    told = rejection_wording._SENTENCES
    assert set(told) == set(Rejection.__subclasses__())
    assert all(set(by_language) == LANGUAGES for by_language in told.values())


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("nb", "Bare én om gangen kan ha oppgaven koordinator. Siri Nordvik har den nå."),
        ("en", "Only one at a time can be coordinator. Siri Nordvik is now."),
    ],
)
def test_a_function_that_is_taken_is_named_with_who_has_it(language: str, said: str) -> None:
    taken = FunctionTaken(function=CareTeamFunction.COORDINATOR, holder=SIRI)
    assert sentence(taken, language) == said


def test_who_has_taken_a_task_is_named() -> None:
    assert sentence(TaskTaken(by=Author(name="Ingrid Haugen"), at=AT), "nb").startswith("Ingrid")
