from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from msgspec.structs import replace

from domain.content.observable import Observable
from domain.following.answer import Called
from domain.following.assessment import Doubt, Sign
from domain.following.entry import EntrySource
from domain.following.measurement import NewMeasurement
from domain.following.receiving import ReceivingState
from domain.following.report import Done, Feeling
from domain.refusal import Refusal
from domain.writing.rejection import KeyReused, NotAllowed
from resolvers.writing import part, report
from store.session import Sessions
from store.tables import AuditEntryRow, EventRow, MeasurementRow, ReceiptRow, ReportRow
from tests.domain.nora import GREEN, NORAS, RED, YELLOW, a_zone, of_best
from tests.writing.clinic import INGRID, STRANGER, Clinic
from tests.writing.reporting import (
    EVENING,
    MONDAY,
    SUNDAY,
    answered,
    in_use,
    in_words,
    peak_flow,
    read,
    send,
)

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


async def test_a_report_is_kept_whole_with_who_sent_it_for_whom(clinic: Clinic) -> None:
    part_id = await in_use(clinic)
    clinic.now = MONDAY
    told = {
        "action_id": "a1",
        "done": Done.PARTLY,
        "feeling": Feeling.BAD,
        "note": "Hostet i natt",
        "signs": (Sign(level=YELLOW, text="Feber"),),
        "chosen": YELLOW,
    }
    found = await read(clinic, (await send(clinic, 220, **told)).subject_id)
    assert {name: getattr(found, name) for name in told} == told
    assert (found.author, found.on_behalf_of) == ("Kari Fjell", "Nora Fjell")
    assert (found.part_id, found.content_version, found.received_at) == (part_id, 1, MONDAY)
    assert (found.source, found.is_patient_registered) == (EntrySource.SELF, True)
    (value,) = found.measurements
    assert (value.value, value.unit, value.author) == (220, "L/min", "Kari Fjell")
    assert (value.measured_at, value.received_at) == (MONDAY - 5 * MINUTE, MONDAY)
    assert value.report_id == found.id


async def test_inside_hours_the_answer_says_who_reads_and_the_zone_with_its_limit(
    clinic: Clinic,
) -> None:
    await in_use(clinic)
    clinic.now = MONDAY
    written = await send(clinic, 220)
    answer = await answered(clinic, written)
    assert answer.level is YELLOW
    assert [zone.what_to_do for zone in answer.zones] == ["Gjør som YELLOW sier."]
    assert (answer.reading.reader, answer.reading.is_open) == ("Barneavdelingen", True)
    assert answer.calls[0].called is Called.UNIT
    assert {call.phone for call in answer.calls} >= {"113", "116117"}
    words = await in_words(clinic, written)
    assert words[0] == (
        "Gul sone: PEF 220 L/min er mellom 50 og 80 % av egen beste verdi (310 L/min)."
    )
    assert "Meldinger blir lest nå, til kl. 15:00." in words
    assert (await in_words(clinic, written, "en"))[0].startswith("Yellow zone: peak flow 220")


async def test_outside_hours_the_answer_says_that_nobody_is_watching(clinic: Clinic) -> None:
    await in_use(clinic)
    clinic.now = EVENING
    written = await send(clinic, 220)
    answer = await answered(clinic, written)
    assert not answer.reading.is_open
    assert answer.reading.opens_next_at == (MONDAY + DAY).replace(hour=8)
    assert answer.escalates_at == (MONDAY + DAY).replace(hour=9)
    words = await in_words(clinic, written)
    assert "Ingen leser nå." in words
    assert words[-1] == "Ring 116117, og 113 ved fare for liv."


async def test_a_yellow_report_waits_at_the_unit_with_its_time_to_be_passed_on(
    clinic: Clinic,
) -> None:
    await in_use(clinic)
    clinic.now = MONDAY
    found = await read(clinic, (await send(clinic, 220)).subject_id)
    assert found.receiving is not None
    assert found.receiving.state is ReceivingState.SENT
    (row,) = await clinic.rows(ReportRow)
    assert (row.waits_as, row.escalates_at) == ("YELLOW", MONDAY + HOUR)


async def test_green_waits_for_nobody(clinic: Clinic) -> None:
    await in_use(clinic)
    clinic.now = MONDAY
    assert (await answered(clinic, await send(clinic, 300))).level is GREEN
    (row,) = await clinic.rows(ReportRow)
    assert (row.waits_as, row.escalates_at) == (None, None)


async def test_switched_off_shows_the_plans_text_and_what_was_chosen_still_counts(
    clinic: Clinic,
) -> None:
    await in_use(clinic)
    clinic.now, clinic.evaluates_zones = MONDAY, False
    answer = await answered(clinic, await send(clinic, 100))
    assert answer.assessment is not None
    assert (answer.level, answer.assessment.doubt) == (None, Doubt.SWITCHED_OFF)
    assert [zone.level for zone in answer.zones] == [RED, YELLOW, GREEN]
    assert (await answered(clinic, await send(clinic, 300, chosen=RED))).level is RED


async def test_a_plan_that_nobody_has_approved_is_not_evaluated(clinic: Clinic) -> None:
    await in_use(clinic, is_approved=False)
    clinic.now = MONDAY
    answer = await answered(clinic, await send(clinic, 100))
    assert answer.assessment is not None
    assert answer.assessment.doubt is Doubt.NOT_APPROVED


async def test_a_paused_plan_is_not_evaluated_but_its_unit_still_reads(clinic: Clinic) -> None:
    part_id = await in_use(clinic)
    await clinic.do(INGRID, part.HOLD, part_id=part_id, expected_version=2, reason="Innlagt")
    clinic.now = MONDAY
    answer = await answered(clinic, await send(clinic, 100))
    assert answer.assessment is not None
    assert answer.assessment.doubt is Doubt.ON_HOLD
    assert answer.reading.is_open


async def test_a_report_without_a_plan_is_kept_and_answered_with_whom_to_call(
    clinic: Clinic,
) -> None:
    clinic.now = MONDAY
    written = await send(clinic, 220)
    answer = await answered(clinic, written)
    assert (answer.level, answer.reading.reader, answer.zones) == (None, None, ())
    assert (await in_words(clinic, written))[0] == "Ingen leser det som meldes her."


async def test_earlier_values_count_for_a_limit_that_must_last(clinic: Clinic) -> None:
    lasting = replace(of_best(None, 50), for_hours=2)
    await in_use(clinic, replace(NORAS, zones=(*NORAS.zones[:2], a_zone(RED, lasting))))
    clinic.now = MONDAY
    first = await answered(clinic, await send(clinic, 100))
    assert first.assessment is not None
    assert first.assessment.doubt is Doubt.NOT_SHOWN_TO_LAST
    clinic.now = MONDAY + 2 * HOUR
    assert (await answered(clinic, await send(clinic, 105))).level is RED


async def test_what_is_missing_from_this_report_is_told_with_when_it_last_was(
    clinic: Clinic,
) -> None:
    await in_use(clinic)
    clinic.now = MONDAY
    await send(clinic, 300)
    clinic.now = MONDAY + 3 * DAY
    written = await send(clinic, signs=(Sign(level=GREEN, text="Løper uten å hoste"),))
    assert (await answered(clinic, written)).level is None
    assert any(
        "siste verdi er fra mandag 23. november" in w for w in await in_words(clinic, written)
    )


async def test_an_offline_report_is_told_as_late_and_a_late_red_is_red_to_the_unit(
    clinic: Clinic,
) -> None:
    await in_use(clinic)
    clinic.now = MONDAY
    late = peak_flow(100, MONDAY, 30 * HOUR)
    written = await send(clinic, measurements=(late,), happened_at=MONDAY - 30 * HOUR)
    found = await read(clinic, written.subject_id)
    assert (found.level, found.urgency, found.is_late) == (None, RED, True)
    assert (await clinic.rows(ReportRow))[0].waits_as == "RED"
    assert any(
        words.startswith("Dette gjelder søndag") for words in await in_words(clinic, written)
    )


async def test_an_offline_report_sent_again_with_its_key_is_kept_once(clinic: Clinic) -> None:
    await in_use(clinic)
    key, then = str(uuid4()), SUNDAY
    told = {"measurements": (peak_flow(220, then),), "happened_at": then, "idempotency_key": key}
    clinic.now = MONDAY
    first = await send(clinic, **told)
    clinic.now = EVENING
    again = await send(clinic, **told)
    assert (again.subject_id, again.receipt.is_replay) == (first.subject_id, True)
    assert again.receipt.at == MONDAY
    assert len(await clinic.rows(ReportRow)) == len(await clinic.rows(MeasurementRow)) == 1
    assert not (await answered(clinic, again)).reading.is_open  # as of now


async def test_sent_at_once_from_a_phone_that_loses_its_answers_it_is_kept_once(
    clinic: Clinic,
) -> None:
    key, values = str(uuid4()), (peak_flow(220, MONDAY),)
    clinic.now = MONDAY
    sent = (send(clinic, measurements=values, idempotency_key=key) for _ in range(6))
    assert len({written.subject_id for written in await asyncio.gather(*sent)}) == 1
    assert len(await clinic.rows(ReportRow)) == 1


async def test_a_key_of_another_report_is_refused(clinic: Clinic) -> None:
    key = str(uuid4())
    await send(clinic, note="En", idempotency_key=key)
    told = {"patient_id": clinic.patient_id, "note": "To", "idempotency_key": key}
    assert await clinic.ask(clinic.kari, report.SEND, **told) == KeyReused()


async def test_a_revision_is_what_the_next_report_is_evaluated_by(clinic: Clinic) -> None:
    await in_use(clinic)
    clinic.now = MONDAY
    old = await send(clinic, 220)
    green, yellow, _ = NORAS.zones
    yellow = replace(yellow, thresholds=(of_best(75, 80),))
    await in_use(clinic, replace(NORAS, zones=(green, yellow, a_zone(RED, of_best(None, 75)))))
    assert (await answered(clinic, await send(clinic, 220))).level is RED
    answer = await answered(clinic, old)
    assert (answer.level, answer.report.content_version) == (YELLOW, 1)


async def test_each_report_leaves_an_event_an_audit_entry_and_a_receipt(clinic: Clinic) -> None:
    written = await send(clinic, note="Alt vel")
    (event,), (entry,) = await clinic.rows(EventRow), await clinic.rows(AuditEntryRow)
    assert (event.kind, event.subject_id) == ("REPORT_SENT", written.subject_id)
    assert (entry.operation, entry.role, entry.basis) == ("SEND_REPORT", "CITIZEN", "PARENT")
    assert len(await clinic.rows(ReceiptRow)) == 1


@pytest.mark.parametrize(
    ("viewer", "reason"), [(INGRID, Refusal.PATIENT_ONLY), (STRANGER, Refusal.NO_CARE_RELATION)]
)
async def test_nobody_but_the_patients_side_reports(
    clinic: Clinic, viewer: Any, reason: Refusal
) -> None:
    told = {"patient_id": clinic.patient_id, "note": "Hei"}
    assert await clinic.ask(viewer, report.SEND, **told) == NotAllowed(reason=reason)


async def test_the_patient_reports_in_their_own_name(clinic: Clinic) -> None:
    found = await read(clinic, (await send(clinic, viewer=clinic.nora, note="Hei")).subject_id)
    assert (found.author, found.on_behalf_of) == ("Nora Fjell", None)


async def test_reports_at_once_are_all_kept(clinic: Clinic) -> None:
    await in_use(clinic)
    clinic.now = MONDAY
    sent = await asyncio.gather(*(send(clinic, 300 + n) for n in range(20)))
    assert len({written.subject_id for written in sent}) == 20
    assert len(await clinic.rows(ReportRow)) == 20


async def test_values_of_another_patient_never_count(clinic: Clinic, db: Sessions) -> None:
    other = await Clinic.open(db)
    for each in (clinic, other):
        await in_use(each)
        each.now = MONDAY
    await send(other, 300)
    note = await send(clinic, signs=(Sign(level=GREEN, text="Sover"),))
    answer = await answered(clinic, note)
    assert answer.assessment is not None
    assert Doubt.MISSING in {finding.doubt for finding in answer.assessment.findings}


async def test_what_the_zones_do_not_measure_is_kept_too(clinic: Clinic) -> None:
    await in_use(clinic)
    clinic.now = MONDAY
    weight = NewMeasurement(observable=Observable.WEIGHT, value=38.2, unit="kg", measured_at=MONDAY)
    written = await send(clinic, measurements=(weight,))
    assert [v.value for v in (await read(clinic, written.subject_id)).measurements] == [38.2]
