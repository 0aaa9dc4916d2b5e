"""The connectors against the simulated sources, over real HTTP, with nothing wrong."""

from __future__ import annotations

import logging

import pytest

from domain.caller import AccessBasis, Representation
from domain.source.section import ReasonCode, SectionName, SectionState, SourceName
from tests.connectors.asking import NORA, a_caller, a_subject
from tests.connectors.simulated import CONCURRENCY, Sources

BLOCKED = "05846813804"
RESTRICTED = "17897505746"
NO_KJERNEJOURNAL = "11829092680"
RESERVED = "30865104940"
NO_LOOKUP = "08914999465"
LOCKED = "21878336590"
HELD_BACK = "14836247265"
D_NUMBER = "53868603751"
TEMPORARY = "80875172690"
TWO_NUMBERS = "02909206424"
NOTHING = "09859922500"
STRANGE_CODES = "26885704203"
VERY_MUCH = "19814410431"

every_section = pytest.mark.parametrize("name", SectionName, ids=lambda name: name.name)


@every_section
async def test_noras_sections_have_items_and_a_time(sources: Sources, name: SectionName) -> None:
    [section] = await sources.batch(name)([sources.subject(NORA)], a_caller())
    assert section.items
    assert section.retrieved_at is not None
    assert section.state in (SectionState.OK, SectionState.WITHHELD)


@every_section
async def test_everyone_can_be_asked_about_at_once(sources: Sources, name: SectionName) -> None:
    subjects = [sources.subject(person.number.value) for person in sources.world.people]
    sections = await sources.batch(name)(subjects, a_caller())
    assert len(sections) == len(subjects)
    assert {section.state for section in sections} <= {
        SectionState.OK,
        SectionState.PARTIAL,
        SectionState.WITHHELD,
        SectionState.NOT_ASKED,
    }
    codes = {reason.code for section in sections for reason in section.reasons}
    assert ReasonCode.UNREADABLE_ITEM not in codes
    for section in sections:
        assert (section.items is None) <= (section.state is not SectionState.OK)


async def test_a_batch_gives_each_patient_what_they_get_alone(sources: Sources) -> None:
    subjects = sources.subjects(30)
    for name in SectionName:
        batch = sources.batch(name)
        together = await batch(subjects, a_caller())
        for index in (0, 7, 29):
            [alone] = await batch([subjects[index]], a_caller())
            assert together[index].items == alone.items


async def test_fifty_patients_appointments_are_one_call(sources: Sources) -> None:
    sections = await sources.patient.hospital.appointments(sources.subjects(50), a_caller())
    assert len(sections) == 50
    calls = await sources.doors[SourceName.HOSPITAL].calls()
    assert calls == {"POST /Appointment/_search": 1}


async def test_more_patients_than_fit_are_asked_for_in_parts(sources: Sources) -> None:
    sections = await sources.patient.hospital.care_team(sources.subjects(60), a_caller())
    assert all(section.state in (SectionState.OK, SectionState.WITHHELD) for section in sections)
    calls = await sources.doors[SourceName.HOSPITAL].calls()
    assert calls == {"POST /CareTeam/_search": 2}


async def test_fifty_patients_medicines_are_fifty_calls_at_bounded_concurrency(
    sources: Sources,
) -> None:
    doors = sources.doors[SourceName.MEDICATION]
    await doors.switch({"kind": "latency", "ms": 15})
    sections = await sources.patient.medication.medications(sources.subjects(50), a_caller())
    assert len(sections) == 50
    assert await doors.most_at_once() == CONCURRENCY
    assert await doors.calls() == {"POST /Patient/$getMedication": 50}


async def test_kjernejournal_is_asked_three_times_a_patient(sources: Sources) -> None:
    await sources.patient.kjernejournal.critical_info([sources.subject(NORA)], a_caller())
    assert await sources.doors[SourceName.KJERNEJOURNAL].calls() == {
        "POST /v1/helseindikator": 1,
        "GET /critical-information/v1/AllergyIntolerance": 1,
        "GET /critical-information/v1/Condition": 1,
    }


@every_section
async def test_the_same_patient_twice_is_one_question(sources: Sources, name: SectionName) -> None:
    nora = sources.subject(NORA)
    batch = sources.batch(name)
    await batch([nora], a_caller())
    once = [await doors.calls() for doors in sources.doors.values()]
    first, second = await batch([nora, nora], a_caller())
    assert first.items == second.items
    assert [await doors.calls() for doors in sources.doors.values()] == once


@every_section
async def test_no_patients_are_no_calls(sources: Sources, name: SectionName) -> None:
    assert await sources.batch(name)([], a_caller()) == []
    assert [await doors.calls() for doors in sources.doors.values()] == [{}, {}, {}]


@every_section
async def test_who_has_no_number_is_not_asked_about(sources: Sources, name: SectionName) -> None:
    nobody = a_subject(patient_id="nobody")
    mine, noras = await sources.batch(name)([nobody, sources.subject(NORA)], a_caller())
    assert mine.state is SectionState.NOT_ASKED
    assert [reason.code for reason in mine.reasons] == [ReasonCode.NO_NATIONAL_NUMBER]
    assert noras.items


@pytest.mark.parametrize(
    ("number", "code", "calls"),
    [
        (BLOCKED, ReasonCode.BLOCKED, 1),
        (RESTRICTED, ReasonCode.RESTRICTED, 1),
        (NO_KJERNEJOURNAL, ReasonCode.NO_KJERNEJOURNAL, 1),
        (RESERVED, ReasonCode.NO_KJERNEJOURNAL, 1),
        (TEMPORARY, ReasonCode.NO_NATIONAL_NUMBER, 0),
    ],
)
async def test_a_closed_kjernejournal_is_left_alone(
    sources: Sources, number: str, code: ReasonCode, calls: int
) -> None:
    [section] = await sources.patient.kjernejournal.critical_info(
        [sources.subject(number)], a_caller()
    )
    assert [reason.code for reason in section.reasons] == [code]
    assert section.items is None
    assert sum((await sources.doors[SourceName.KJERNEJOURNAL].calls()).values()) == calls


@pytest.mark.parametrize(
    ("elevated", "purpose"),
    [(AccessBasis.FORHOYET_SAMTYKKE, "TREAT"), (AccessBasis.AKUTT, "BTG")],
)
async def test_an_elevated_ground_opens_a_restricted_kjernejournal(
    sources: Sources, elevated: AccessBasis, purpose: str
) -> None:
    caller = a_caller(elevated=elevated, purpose_of_use=purpose)
    [section] = await sources.patient.kjernejournal.critical_info(
        [sources.subject(RESTRICTED)], caller
    )
    assert section.state is SectionState.OK


async def test_an_elevated_consent_is_kept_back_where_nothing_is_restricted(
    sources: Sources,
) -> None:
    caller = a_caller(elevated=AccessBasis.FORHOYET_SAMTYKKE)
    [section] = await sources.patient.kjernejournal.critical_info([sources.subject(NORA)], caller)
    assert section.state is SectionState.OK


async def test_an_acute_ground_without_an_acute_purpose_is_refused(sources: Sources) -> None:
    caller = a_caller(access_basis=AccessBasis.AKUTT, purpose_of_use="TREAT")
    [section] = await sources.patient.kjernejournal.critical_info([sources.subject(NORA)], caller)
    assert [reason.code for reason in section.reasons] == [ReasonCode.SOURCE_REFUSED]


async def test_an_elevated_consent_that_is_not_needed_is_refused(sources: Sources) -> None:
    caller = a_caller(access_basis=AccessBasis.FORHOYET_SAMTYKKE)
    [section] = await sources.patient.kjernejournal.critical_info([sources.subject(NORA)], caller)
    assert section.state is SectionState.UNAVAILABLE
    assert [reason.code for reason in section.reasons] == [ReasonCode.SOURCE_REFUSED]


@every_section
async def test_a_citizen_and_a_machine_are_answered(sources: Sources, name: SectionName) -> None:
    citizen = a_caller(
        access_basis=AccessBasis.INNSYN,
        representation=Representation.SELF,
        hpr_number=None,
        profession=None,
    )
    machine = a_caller(system_organisation="999999999", hpr_number=None, profession=None)
    for caller in (citizen, machine):
        [section] = await sources.batch(name)([sources.subject(NORA)], caller)
        assert section.items


async def test_a_lookup_that_was_not_done_is_told(sources: Sources) -> None:
    [section] = await sources.patient.medication.medications(
        [sources.subject(NO_LOOKUP)], a_caller()
    )
    assert section.state is SectionState.PARTIAL
    assert ReasonCode.NO_PRESCRIPTION_LOOKUP in {reason.code for reason in section.reasons}


async def test_locked_prescriptions_are_told(sources: Sources) -> None:
    [section] = await sources.patient.medication.medications([sources.subject(LOCKED)], a_caller())
    assert section.state is SectionState.WITHHELD
    assert [reason.code for reason in section.reasons] == [ReasonCode.LOCKED_PRESCRIPTION]


@pytest.mark.parametrize(
    "name", [SectionName.APPOINTMENTS, SectionName.CARE_TEAM, SectionName.DOCUMENTS]
)
async def test_what_the_hospital_holds_back_is_told_of_that_patient(
    sources: Sources, name: SectionName
) -> None:
    held_back, nora = await sources.batch(name)(
        [sources.subject(HELD_BACK), sources.subject(NORA)], a_caller()
    )
    assert held_back.state is SectionState.WITHHELD
    assert held_back.items is None
    assert nora.items


@every_section
async def test_nothing_registered_is_the_sources_own_word(
    sources: Sources, name: SectionName
) -> None:
    [section] = await sources.batch(name)([sources.subject(NOTHING)], a_caller())
    assert section.items == ()
    assert section.state is SectionState.OK


@every_section
async def test_codes_that_nobody_knows_lose_nothing(sources: Sources, name: SectionName) -> None:
    [section] = await sources.batch(name)([sources.subject(STRANGE_CODES)], a_caller())
    assert ReasonCode.UNREADABLE_ITEM not in {reason.code for reason in section.reasons}
    assert section.items is not None


@pytest.mark.parametrize("number", [D_NUMBER, TEMPORARY, TWO_NUMBERS])
async def test_every_series_of_numbers_is_found_at_the_hospital(
    sources: Sources, number: str
) -> None:
    [section] = await sources.patient.hospital.appointments([sources.subject(number)], a_caller())
    assert section.items


async def test_a_patient_of_two_numbers_gets_each_item_once(sources: Sources) -> None:
    subject = sources.subject(TWO_NUMBERS)
    assert len(subject.numbers) == 2
    [section] = await sources.patient.hospital.appointments([subject], a_caller())
    ids = [item.id for item in section.items or ()]
    assert len(ids) == len(set(ids))


@every_section
async def test_a_great_many_items_are_bounded(sources: Sources, name: SectionName) -> None:
    [section] = await sources.batch(name)([sources.subject(VERY_MUCH)], a_caller())
    assert len(section.items or ()) <= 500


@every_section
async def test_a_patient_that_no_source_knows_is_never_shown_as_healthy_by_medication(
    sources: Sources, name: SectionName
) -> None:
    stranger = a_subject("14814425607")
    [section] = await sources.batch(name)([stranger], a_caller())
    expected = {
        SectionName.MEDICATIONS: SectionState.NOT_ASKED,
        SectionName.CRITICAL_INFO: SectionState.NOT_ASKED,
    }
    assert section.state is expected.get(name, SectionState.OK)


@every_section
async def test_every_address_is_the_same_for_all_patients(
    sources: Sources, name: SectionName
) -> None:
    connectors = sources.patient
    clients = [
        c._client for c in (connectors.kjernejournal, connectors.medication, connectors.hospital)
    ]
    await sources.batch(name)([sources.subject(NORA)], a_caller())
    before = [dict(client._urls) for client in clients]
    await sources.batch(name)(sources.subjects(20), a_caller())
    assert [client._urls for client in clients] == before
    assert NORA not in repr(before)


async def test_no_identity_number_is_in_a_log_of_ours(
    sources: Sources, caplog: pytest.LogCaptureFixture
) -> None:
    subjects = sources.subjects(5)
    for doors in sources.doors.values():
        await doors.switch({"kind": "status", "status": 500})
    with caplog.at_level(logging.DEBUG):
        for name in SectionName:
            await sources.batch(name)(subjects, a_caller())
    ours = [r.getMessage() for r in caplog.records if r.name == "connectors"]
    assert len(ours) == 5 + 5 + 1 + 1 + 5
    for subject in subjects:
        assert subject.numbers[0].value not in caplog.text
