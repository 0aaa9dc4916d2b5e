from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from domain.content.zone import ZoneLevel
from domain.following.receiving import Receiving
from domain.following.urgent import UrgentReport
from domain.plan.part import PlanKind
from domain.wording.urgent import sentence
from domain.words import LANGUAGES
from tests.builders import NOW
from tests.domain.following.test_entry import a_change
from tests.domain.nora import a_report

AT = Receiving(unit="Barneavdelingen", organisation_number="999000100")
SEEN = replace(AT, seen_by="Berit Aas", seen_at=NOW)
STANDINGS = [
    (None, "rød melding som ingen har sett."),
    (AT, "rød melding som ingen har sett."),
    (
        replace(AT, escalated_to="Legevakt", escalated_at=NOW),
        "rød melding som ingen har sett. Den er sendt videre.",
    ),
    (SEEN, "rød melding, sett av Berit Aas."),
    (replace(SEEN, acted_by="Omar Rashid", acted_at=NOW), "rød melding, fulgt opp av Omar Rashid."),
]


def _red(**fields: Any) -> UrgentReport:
    report = a_report(chosen=ZoneLevel.RED, **fields)
    return UrgentReport(rank=0, report=report, part_kind=PlanKind.EGENBEHANDLINGSPLAN)


@pytest.mark.parametrize(("receiving", "said"), STANDINGS)
def test_a_report_is_told_with_its_part_and_where_it_stands(
    receiving: Receiving | None, said: str
) -> None:
    told = sentence(_red(receiving=receiving), "nb")
    assert told == f"Egenbehandlingsplan: {said}"


@pytest.mark.parametrize("language", sorted(LANGUAGES))
@pytest.mark.parametrize("level", [ZoneLevel.YELLOW, ZoneLevel.RED])
def test_a_report_under_no_part_is_told_alone(level: ZoneLevel, language: str) -> None:
    alone = UrgentReport(rank=0, report=a_report(chosen=level))
    assert sentence(alone, language)[0].isupper()


def test_what_no_longer_counts_says_what_became_of_it() -> None:
    assert sentence(_red(change=a_change()), "nb") == "Egenbehandlingsplan: rød melding. Trukket."
