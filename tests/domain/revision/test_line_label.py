from __future__ import annotations

import pytest

from domain.content.line import lines
from domain.content.passage import Heading, Passage
from domain.revision.line_label import SHORT, concept, label
from tests.domain.lines import (
    a_contact,
    a_content,
    a_goal,
    a_medicine,
    a_problem,
    a_zone,
    an_action,
)

CONTENT = a_content(
    passages=(Passage(id="t1", heading=Heading.EARLY_SIGNS, text="Jeg sover dårlig"),),
    problems=(a_problem(),),
    goals=(a_goal(),),
    actions=(an_action(),),
    zones=(a_zone(),),
    medicines=(a_medicine(),),
    contacts=(a_contact(),),
    emergency_text="Ring 113",
)


def test_a_line_is_called_by_its_own_first_words() -> None:
    assert [label(line).nb for line in lines(CONTENT).values()] == [
        "Tittelen",
        "Tidlige tegn",
        "KOLS",
        "Gå til butikken",
        "Blåse PEF",
        "Teksten om øyeblikkelig hjelp",
        "Gul sone",
        "Bisoprolol",
        "Lungepoliklinikken",
    ]


def test_our_own_words_are_translated() -> None:
    labels = [label(line).en for line in lines(CONTENT).values()]
    assert labels[:2] == ["The title", "Early signs"]
    assert labels[6] == "The yellow zone"


def _label_of(description: str) -> str:
    *_, line = lines(a_content(goals=(a_goal(description=description),))).values()
    return label(line).nb


def test_a_long_label_ends_after_a_whole_word() -> None:
    told = _label_of("Jeg vil gå til butikken hver dag uten å måtte hvile mer enn to ganger")
    assert told == "Jeg vil gå til butikken hver dag uten å måtte hvile mer …"


@pytest.mark.parametrize("description", ["x" * 200, "gå " * 100])
def test_a_label_is_short(description: str) -> None:
    assert 2 < len(_label_of(description)) <= SHORT


def test_a_label_is_on_one_line() -> None:
    assert _label_of("gå\n  tur ") == "gå tur"


def test_diagnoses_and_medicines_are_concepts_and_goals_are_not() -> None:
    found = [concept(line) for line in lines(CONTENT).values()]
    assert [it.text for it in found if it] == ["KOLS", "Bisoprolol"]
