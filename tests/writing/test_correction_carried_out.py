from __future__ import annotations

import pytest
from msgspec.structs import replace

from domain.cooperation.comment import CommentStatus
from domain.event import EventKind
from domain.following.entry import EntryStatus
from domain.keeping.correction import CorrectionDecision, CorrectionKind
from resolvers import comment as comments
from resolvers import correction as corrections
from resolvers import log, notice
from resolvers import patient as patients
from resolvers.writing import comment, entry
from store.tables import EventRow, NoticeRow, ReportRow
from tests.domain.nora import NORAS, WARD, a_plan
from tests.writing import reporting
from tests.writing.clinic import INGRID, OMAR, SIRI, Clinic
from tests.writing.correcting import ask, decide
from tests.writing.in_use import in_use

A_UNIT = replace(WARD, organisation_number=str(SIRI.organisation))


async def test_an_accepted_deletion_withdraws_the_report_of_somebody_else(clinic: Clinic) -> None:
    await reporting.in_use(clinic, a_plan(*NORAS.zones, receiver=A_UNIT))
    clinic.now = reporting.MONDAY
    report_id = (await reporting.send(clinic, 100, 230, viewer=clinic.ola)).subject_id
    asked = await ask(clinic, report_id, kind=CorrectionKind.DELETE)
    await decide(clinic, SIRI, asked.subject_id, decision=CorrectionDecision.ACCEPTED)
    kept = await reporting.read(clinic, report_id, clinic.ola)
    assert kept.change is not None
    assert (kept.status, kept.change.by, kept.change.reason, kept.change.request_id) == (
        EntryStatus.WITHDRAWN,
        "Siri Nordvik",
        "Opplysningen er riktig og nødvendig.",
        asked.subject_id,
    )
    assert {each.change for each in kept.measurements} == {kept.change}
    assert sorted(each.value for each in kept.measurements) == [100, 230]
    assert [row.waits_as for row in await clinic.rows(ReportRow)] == [None]


async def test_an_accepted_deletion_of_one_value_leaves_the_rest_of_the_report(
    clinic: Clinic,
) -> None:
    await reporting.in_use(clinic, a_plan(*NORAS.zones, receiver=A_UNIT))
    clinic.now = reporting.MONDAY
    report_id = (await reporting.send(clinic, 100, 230, 240)).subject_id
    first, second, _ = (await reporting.read(clinic, report_id)).measurements
    for entry_id, line_id in ((first.id, None), (report_id, second.id)):
        asked = await ask(clinic, entry_id, line_id=line_id, kind=CorrectionKind.DELETE)
        await decide(clinic, SIRI, asked.subject_id, decision=CorrectionDecision.ACCEPTED)
    kept = await reporting.read(clinic, report_id)
    assert kept.status is EntryStatus.CURRENT
    assert [each.is_current for each in kept.measurements] == [False, False, True]


@pytest.mark.parametrize(
    ("kind", "decision"),
    [
        (CorrectionKind.CORRECT, CorrectionDecision.ACCEPTED),
        (CorrectionKind.CORRECT, CorrectionDecision.PARTLY),
        (CorrectionKind.DELETE, CorrectionDecision.PARTLY),
        (CorrectionKind.DELETE, CorrectionDecision.DECLINED),
    ],
)
async def test_any_other_decision_leaves_a_report_current_and_what_is_granted_stands_beside(
    clinic: Clinic, kind: CorrectionKind, decision: CorrectionDecision
) -> None:
    await reporting.in_use(clinic, a_plan(*NORAS.zones, receiver=A_UNIT))
    clinic.now = reporting.MONDAY
    report_id = (await reporting.send(clinic, 220)).subject_id
    value = (await reporting.read(clinic, report_id)).measurements[0]
    asked = await ask(clinic, value.id, kind=kind)
    await decide(clinic, SIRI, asked.subject_id, decision=decision)
    kept = await reporting.read(clinic, report_id)
    assert kept.measurements == (value,)
    ctx = clinic.context(OMAR)
    told = await corrections.beside(ctx, value)
    is_granted = decision is not CorrectionDecision.DECLINED
    assert [corrections.decider(ctx, each) for each in told] == ["Siri Nordvik"] * is_granted
    assert await corrections.beside(ctx, kept) == []


async def test_what_its_author_has_withdrawn_meanwhile_stays_as_they_left_it(
    clinic: Clinic,
) -> None:
    clinic.now = reporting.MONDAY
    await reporting.in_use(clinic, a_plan(*NORAS.zones, receiver=A_UNIT))
    report_id = (await reporting.send(clinic, 220)).subject_id
    asked = await ask(clinic, report_id, kind=CorrectionKind.DELETE)
    await clinic.do(clinic.kari, entry.WITHDRAW, report_id=report_id)
    left = await reporting.read(clinic, report_id)
    decided = await decide(clinic, SIRI, asked.subject_id, decision=CorrectionDecision.ACCEPTED)
    assert (await corrections.of_written(clinic.context(SIRI), decided)).takes_out
    assert await reporting.read(clinic, report_id) == left
    assert [event.kind for event in await clinic.rows(EventRow)].count("REPORT_WITHDRAWN") == 1


async def test_who_made_what_is_withdrawn_is_told_and_nobody_else_but_the_patient_s_side(
    clinic: Clinic,
) -> None:
    clinic.now = reporting.MONDAY
    await reporting.in_use(clinic, a_plan(*NORAS.zones, receiver=A_UNIT))
    report_id = (await reporting.send(clinic, 220, viewer=clinic.ola)).subject_id
    asked = await ask(clinic, report_id, kind=CorrectionKind.DELETE)
    await decide(clinic, SIRI, asked.subject_id, decision=CorrectionDecision.ACCEPTED)
    told = {row.to_kind: row.to_key for row in await clinic.rows(NoticeRow)}
    assert told["SENDER"] == clinic.ola.subject
    ctx = clinic.context(clinic.ola)
    found = [each for each in (await notice.page(ctx)).edges if each.subject_id == report_id]
    assert [notice.sentence(ctx, each) for each in found] == [
        "Noe du meldte, er tatt ut av bruk. Et krav om sletting er godtatt."
    ]
    by_kari = (await notice.page(clinic.context(clinic.kari))).edges
    assert [each.kind for each in by_kari if each.subject_id != asked.subject_id] == [
        EventKind.PART_ACTIVATED
    ]


async def test_a_decision_to_delete_a_comment_takes_it_from_everyone(clinic: Clinic) -> None:
    part_id = await in_use(clinic)
    said = await clinic.do(INGRID, comment.COMMENT, part_id=part_id, text="Mor virker sliten")
    asked = await ask(clinic, said.subject_id, kind=CorrectionKind.DELETE)
    await decide(clinic, OMAR, asked.subject_id, decision=CorrectionDecision.ACCEPTED)
    for viewer in (INGRID, OMAR, clinic.kari):
        ctx = clinic.context(viewer)
        kept = await comments.written_comment(ctx, said)
        assert (kept.status, kept.version) == (CommentStatus.WITHDRAWN, 2)
        assert (await comments.text(ctx, kept)).startswith("Kommentaren er tatt bort.")
        (told,) = await corrections.beside(ctx, kept)
        assert told.reason == "Opplysningen er riktig og nødvendig."
    (to_author,) = [row for row in await clinic.rows(NoticeRow) if row.to_kind == "PERSONNEL"]
    assert to_author.to_key == INGRID.hpr_number


async def test_a_decision_does_not_touch_a_part_nor_the_log(clinic: Clinic) -> None:
    part_id = await in_use(clinic)
    before = await clinic.part(INGRID, part_id)
    ctx = clinic.context(clinic.kari)
    page = await log.for_patient(ctx, await patients.by_id(ctx, clinic.patient_id))
    for entry_id in (part_id, page.edges[0].id):
        asked = await ask(clinic, entry_id, kind=CorrectionKind.DELETE)
        await decide(clinic, OMAR, asked.subject_id, decision=CorrectionDecision.ACCEPTED)
    assert await clinic.part(INGRID, part_id) == before
    events = [event.kind for event in await clinic.rows(EventRow)]
    assert events.count("CORRECTION_DECIDED") == 2
    assert "REPORT_WITHDRAWN" not in events
