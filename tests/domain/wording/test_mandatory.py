from __future__ import annotations

import re
from pathlib import Path

import pytest

from domain.plan.mandatory import Missing, MissingCode, RuleSource
from domain.plan.part import PlanKind
from domain.wording.mandatory import missing_sentence
from domain.words import LANGUAGES

SOURCE = RuleSource(name="Forskriften")


def item(code: MissingCode, kind: PlanKind = PlanKind.INDIVIDUELL_PLAN) -> Missing:
    return Missing(kind=kind, code=code, source=SOURCE)


@pytest.mark.parametrize("code", MissingCode)
@pytest.mark.parametrize("language", [*sorted(LANGUAGES), "se"])
def test_everything_missing_has_a_sentence(code: MissingCode, language: str) -> None:
    for kind in PlanKind:
        sentence = missing_sentence(item(code, kind), language)
        assert sentence.endswith(".")
        assert "{" not in sentence


def test_the_sentence_speaks_of_the_plan_at_hand() -> None:
    said = missing_sentence(item(MissingCode.COORDINATION), "nb")
    assert said == "Individuell plan må si hvem som har ansvar for koordineringen."
    said = missing_sentence(item(MissingCode.WANTED_HELP, PlanKind.KRISEPLAN), "en")
    assert said == "The crisis plan must say which help the patient wants."


def test_everything_that_may_be_missing_is_in_the_docs() -> None:
    documented = set(re.findall(r"`([A-Z_]+)`", Path("docs/errors.md").read_text(encoding="utf-8")))
    assert {code.name for code in MissingCode} <= documented
