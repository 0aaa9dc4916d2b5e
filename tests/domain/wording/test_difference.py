from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.content.goal import Achievement, Target
from domain.content.passage import Heading, Passage
from domain.content.plan_content import Interpreter, PlanContent
from domain.content.self_care import Monitoring, Receiver
from domain.content.zone import ZoneLevel
from domain.revision.difference import differences
from domain.wording.difference import sentence
from tests.domain.contents import contents, often, revisions
from tests.domain.lines import (
    a_contact,
    a_content,
    a_goal,
    a_limit,
    a_medicine,
    a_problem,
    a_zone,
    an_action,
)

JUNE, SEPTEMBER = date(2026, 6, 1), date(2026, 9, 1)
LONG = "Ta tre drag av inhalatoren, vent ti minutter, og ta tre til hvis det ikke hjelper."
PROBLEMS = (a_problem("p1", "KOLS"), a_problem("p2", "Astma"))


def _due(day: date) -> Target:
    return Target(measure="Turer i uken", value="3", due=day)


def _receiver(minutes: int) -> Receiver:
    return Receiver(name="Post 4", organisation_number="974795515", escalate_after_minutes=minutes)


def _sentences(before: dict[str, Any], after: dict[str, Any], language: str) -> list[str]:
    found = differences(a_content(**before), a_content(**after))
    return [sentence(difference, language) for difference in found]


CASES: list[tuple[dict[str, Any], dict[str, Any], str, str]] = [
    (
        {"actions": (an_action(),)},
        {"actions": (an_action(due=JUNE),)},
        "Tiltaket «Blåse PEF» er endret: frist lagt til: 1. juni 2026.",
        "The action “Blåse PEF” has changed: due date added: 1 June 2026.",
    ),
    (
        {"goals": (a_goal(target=_due(JUNE)),)},
        {"goals": (a_goal(target=_due(SEPTEMBER)),)},
        "Målet «Gå til butikken» er endret: frist fra 1. juni 2026 til 1. september 2026.",
        "The goal “Gå til butikken” has changed: due date from 1 June 2026 to 1 September 2026.",
    ),
    (
        {"zones": (a_zone(),)},
        {"zones": (a_zone(what_to_do=LONG),)},
        "Gul sone: hva du gjør er endret.",
        "The yellow zone has new content in what you do.",
    ),
    (
        {"zones": (a_zone(thresholds=(a_limit(high=400),)),)},
        {"zones": (a_zone(thresholds=(a_limit(high=380),), condition=LONG),)},
        (
            "Gul sone er endret: øvre grense for «PEF» fra 400 til 380; "
            "nytt innhold i hvordan du har det."
        ),
        (
            "The yellow zone has changed: upper limit of “PEF” from 400 to 380; "
            "new content in how you are."
        ),
    ),
    (
        {},
        {"actions": (an_action(),)},
        "Tiltaket «Blåse PEF» er nytt.",
        "The action “Blåse PEF” is new.",
    ),
    (
        {"contacts": (a_contact(),)},
        {},
        "Kontakten «Lungepoliklinikken» er fjernet.",
        "The contact “Lungepoliklinikken” has been removed.",
    ),
    (
        {"medicines": (a_medicine(),)},
        {"medicines": (a_medicine(dose="10 mg"),)},
        "Legemiddelet «Bisoprolol» er endret: dose fra «5 mg» til «10 mg».",
        "The medicine “Bisoprolol” has changed: dose from “5 mg” to “10 mg”.",
    ),
    (
        {"goals": (a_goal(),)},
        {"goals": (a_goal(achievement=Achievement.ACHIEVED, priority=1),)},
        "Målet «Gå til butikken» er endret: måloppnåelse lagt til: nådd; prioritet lagt til: 1.",
        "The goal “Gå til butikken” has changed: achievement added: achieved; priority added: 1.",
    ),
    (
        {"problems": PROBLEMS, "goals": (a_goal(problem_ids=("p1",)),)},
        {"problems": PROBLEMS, "goals": (a_goal(problem_ids=("p1", "p2")),)},
        "Målet «Gå til butikken» er endret: tilknyttede problemer lagt til: «Astma».",
        "The goal “Gå til butikken” has changed: linked problems added: “Astma”.",
    ),
    (
        {"problems": PROBLEMS, "goals": (a_goal(problem_ids=("p1",)),)},
        {"problems": PROBLEMS, "goals": (a_goal(problem_ids=("p2",)),)},
        "Målet «Gå til butikken» er endret: tilknyttede problemer fra «KOLS» til «Astma».",
        "The goal “Gå til butikken” has changed: linked problems from “KOLS” to “Astma”.",
    ),
    (
        {"zones": (a_zone(warning_signs=("Feber", "Hoste", "Slim")),)},
        {"zones": (a_zone(warning_signs=("Hoste",)),)},
        "Gul sone er endret: varseltegn fjernet: «Feber» og «Slim».",
        "The yellow zone has changed: warning signs removed: “Feber” and “Slim”.",
    ),
    (
        {"zones": (a_zone(warning_signs=("Feber", "Hoste")),)},
        {"zones": (a_zone(warning_signs=("Hoste", "Feber")),)},
        "Gul sone: varseltegn er endret.",
        "The yellow zone has new content in warning signs.",
    ),
    (
        {"problems": (a_problem(note=LONG),)},
        {"problems": (a_problem(),)},
        "Problemet «KOLS» er endret: merknad fjernet.",
        "The problem “KOLS” has changed: note removed.",
    ),
    (
        {"title": "Min plan"},
        {"title": "Vår plan"},
        "Tittelen er endret: fra «Min plan» til «Vår plan».",
        "The title has changed: from “Min plan” to “Vår plan”.",
    ),
    (
        {"what_matters_to_me": "Å synge"},
        {"what_matters_to_me": LONG},
        "Hva som er viktig for meg er endret.",
        "What matters to me has changed.",
    ),
    ({}, {"description": LONG}, "Beskrivelsen er lagt til.", "The description has been added."),
    (
        {},
        {"period_end": JUNE},
        "Sluttdatoen er lagt til: 1. juni 2026.",
        "The end date has been added: 1 June 2026.",
    ),
    (
        {},
        {"interpreter": Interpreter(language="ar")},
        "Tolkebehovet er lagt til.",
        "The need of an interpreter has been added.",
    ),
    (
        {},
        {"zones": (a_zone(ZoneLevel.RED),)},
        "Rød sone er ny.",
        "The red zone is new.",
    ),
    (
        {"emergency_text": "Ring 113"},
        {},
        "Teksten om øyeblikkelig hjelp er fjernet.",
        "The text on emergencies has been removed.",
    ),
    (
        {"goals": (a_goal("g1"), a_goal("g2"))},
        {"goals": (a_goal("g2"), a_goal("g1"))},
        "Rekkefølgen på målene er endret.",
        "The order of the goals has changed.",
    ),
    (
        {},
        {"passages": (Passage(id="t1", heading=Heading.EARLY_SIGNS, text=LONG),)},
        "Avsnittet «Tidlige tegn» er nytt.",
        "The passage “Early signs” is new.",
    ),
    (
        {"receiver": _receiver(60)},
        {"receiver": _receiver(30)},
        "Mottakeren «Post 4» er endret: minutter før varselet går videre fra 60 til 30.",
        "The receiver “Post 4” has changed: minutes before a report is passed on from 60 to 30.",
    ),
    (
        {},
        {"measurements": (Monitoring(id="v1", observable=PROBLEMS[0].concept, unit="kg"),)},
        "Målingen «KOLS» er ny.",
        "The measurement “KOLS” is new.",
    ),
]


@pytest.mark.parametrize(("before", "after", "nb", "en"), CASES, ids=[case[2] for case in CASES])
def test_a_difference_is_one_plain_sentence(
    before: dict[str, Any], after: dict[str, Any], nb: str, en: str
) -> None:
    assert _sentences(before, after, "nb") == [nb]
    assert _sentences(before, after, "en") == [en]


def test_what_somebody_wrote_is_never_taken_for_a_pattern() -> None:
    (told,) = _sentences({"title": "{0} {line}"}, {"title": "{name}"}, "nb")
    assert told == "Tittelen er endret: fra «{0} {line}» til «{name}»."


@often
@given(contents().flatmap(lambda content: st.tuples(st.just(content), revisions(content))))
def test_any_difference_is_a_sentence_of_readable_length(
    pair: tuple[PlanContent, PlanContent],
) -> None:
    for difference in differences(*pair):
        for language in ("nb", "en"):
            told = sentence(difference, language)
            assert told[0] == told[0].upper()
            assert told.endswith(".")
            assert "Sov godt. Sov godt. Sov godt. Sov godt. Sov godt. Sov godt. Sov" not in told
            assert "  " not in told
            assert ": ." not in told
