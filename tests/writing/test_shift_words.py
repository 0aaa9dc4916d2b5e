"""What a line of the shift report says in words, and which part it names."""

from __future__ import annotations

from datetime import timedelta

from domain.content.line import ContentSection
from domain.cooperation.suggestion import SuggestionKind
from domain.plan.part import PlanKind
from resolvers import shift
from resolvers.writing import report, sharing, suggestion
from store.session import Sessions
from tests.writing.shares import shared
from tests.writing.ward import Ward


async def test_shares_suggestions_and_reports_are_told_with_the_part_they_are_of(
    db: Sessions,
) -> None:
    ward = Ward(db)
    clinic = await ward.patient()
    part_id = await clinic.active(by=ward.ingrid)
    clinic.now += timedelta(minutes=1)
    share = await shared(clinic, part_id)
    withdrawn = {"share_id": share.id, "expected_version": share.version}
    await clinic.do(clinic.kari, sharing.MAKE_CODE, share_id=share.id)
    await clinic.do(clinic.kari, sharing.WITHDRAW, **withdrawn)
    await clinic.do(
        clinic.kari,
        suggestion.SUGGEST,
        part_id=part_id,
        kind=SuggestionKind.ADD,
        section=ContentSection.GOALS,
        text="Sove borte",
        why="Hun vil",
    )
    await clinic.do(
        clinic.kari, report.SEND, patient_id=clinic.patient_id, part_id=part_id, note="Bra"
    )
    ctx = clinic.context(ward.ingrid)
    told = (await ward.report(clinic, shift.changes))[:-2]
    assert {(each.part_id, each.part_kind) for each in told} == {
        (part_id, PlanKind.EGENBEHANDLINGSPLAN)
    }
    assert {shift.happened(ctx, each) for each in told} == {
        "Egenbehandlingsplan: delt med noen",
        "Egenbehandlingsplan: en deling er trukket",
        "Egenbehandlingsplan: forslag til endring",
        "Egenbehandlingsplan: ny melding",
    }
