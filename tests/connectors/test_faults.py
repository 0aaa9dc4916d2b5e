"""Every fault of the switch ends as the right state of its section, with nothing else lost."""

from __future__ import annotations

from typing import Any

import pytest

from domain.source.section import ReasonCode, Section, SectionName, SectionState, SourceName
from tests.connectors.asking import NORA, a_caller
from tests.connectors.simulated import Sources

SOURCES = {
    SectionName.MEDICATIONS: SourceName.MEDICATION,
    SectionName.CRITICAL_INFO: SourceName.KJERNEJOURNAL,
    SectionName.APPOINTMENTS: SourceName.HOSPITAL,
    SectionName.CARE_TEAM: SourceName.HOSPITAL,
    SectionName.DOCUMENTS: SourceName.HOSPITAL,
}

BATCHED = (SectionName.APPOINTMENTS, SectionName.CARE_TEAM)

FAILURES: dict[str, tuple[dict[str, Any], ReasonCode]] = {
    "latency": ({"kind": "latency", "ms": 2000}, ReasonCode.SOURCE_TIMEOUT),
    "hang": ({"kind": "hang", "ms": 2000}, ReasonCode.SOURCE_TIMEOUT),
    "401": ({"kind": "status", "status": 401}, ReasonCode.SOURCE_REFUSED),
    "403": ({"kind": "status", "status": 403}, ReasonCode.SOURCE_REFUSED),
    "429": ({"kind": "status", "status": 429, "retryAfter": 3}, ReasonCode.SOURCE_RATE_LIMITED),
    "503": ({"kind": "status", "status": 503}, ReasonCode.SOURCE_ERROR),
    "reset": ({"kind": "reset"}, ReasonCode.SOURCE_UNREACHABLE),
    "truncate": ({"kind": "truncate"}, ReasonCode.SOURCE_INVALID_ANSWER),
    "shortBody": ({"kind": "shortBody"}, ReasonCode.SOURCE_INVALID_ANSWER),
    "page": ({"kind": "wrongBody"}, ReasonCode.SOURCE_INVALID_ANSWER),
    "wrong JSON": ({"kind": "wrongBody", "body": "[]"}, ReasonCode.SOURCE_INVALID_ANSWER),
}

HASTY = ("latency", "hang")

every_section = pytest.mark.parametrize("name", SectionName, ids=lambda name: name.name)


async def ask(
    sources: Sources, name: SectionName, *numbers: str, hasty: bool = False
) -> list[Section[Any]]:
    subjects = [sources.subject(number) for number in numbers]
    return await sources.batch(name, hasty=hasty)(subjects, a_caller())


def other_number(sources: Sources) -> str:
    """Return someone with something in every section."""
    return next(
        person.number.value
        for person in sources.world.people
        if person.number.value != NORA
        and person.sources.kjernejournal == "present"
        and person.sources.hospital == "open"
        and {"AllergyIntolerance", "Condition", "Appointment", "CareTeam", "MedicationStatement"}
        <= {kind for kind, found in sources.world.records[person.id].items() if found}
    )


@every_section
@pytest.mark.parametrize("fault", FAILURES)
async def test_a_failure_is_one_patients_unless_they_share_the_call(
    sources: Sources, name: SectionName, fault: str
) -> None:
    settings, code = FAILURES[fault]
    other = other_number(sources)
    [before] = await ask(sources, name, other)
    await sources.doors[SOURCES[name]].switch(settings | {"patient": NORA})
    hers, others = await ask(sources, name, NORA, other, hasty=fault in HASTY)
    assert hers.state is SectionState.UNAVAILABLE
    assert [reason.code for reason in hers.reasons] == [code]
    assert hers.items is None
    assert hers.retrieved_at is None
    if name in BATCHED:
        assert others == hers
    else:
        assert others.items == before.items


@every_section
@pytest.mark.parametrize("fault", ["hang", "503", "shortBody"])
async def test_a_failure_that_is_over_is_forgotten(
    sources: Sources, name: SectionName, fault: str
) -> None:
    settings, _ = FAILURES[fault]
    [before] = await ask(sources, name, NORA)
    doors = sources.doors[SOURCES[name]]
    await doors.switch(settings)
    await ask(sources, name, NORA, hasty=fault in HASTY)
    await doors.switch()
    [after] = await ask(sources, name, NORA)
    assert after.items == before.items


@every_section
async def test_unknown_codes_lose_no_item(sources: Sources, name: SectionName) -> None:
    [before] = await ask(sources, name, NORA)
    await sources.doors[SOURCES[name]].switch({"kind": "unknownCodes"})
    [after] = await ask(sources, name, NORA)
    assert [item.id for item in after.items or ()] == [item.id for item in before.items or ()]
    assert ReasonCode.UNREADABLE_ITEM not in {reason.code for reason in after.reasons}


@pytest.mark.parametrize(
    "name", [s for s in SectionName if s is not SectionName.CARE_TEAM], ids=lambda n: n.name
)
async def test_a_wrong_value_is_told_with_its_path_and_loses_one_item_at_most(
    sources: Sources, name: SectionName
) -> None:
    [before] = await ask(sources, name, NORA)
    fault: dict[str, Any] = {"kind": "wrongValues"}
    if name is SectionName.CRITICAL_INFO:
        fault["endpoint"] = "/critical-information"
    await sources.doors[SOURCES[name]].switch(fault)
    [after] = await ask(sources, name, NORA)
    known = set(before.items or ())
    told = [reason for reason in after.reasons if reason.code is ReasonCode.UNREADABLE_ITEM]
    assert told
    assert all(reason.path and "entry[" in reason.path for reason in told)
    assert len(known - set(after.items or ())) <= len(told)
    if name is not SectionName.MEDICATIONS:  # there, the tail of a wrong head comes to light
        assert set(after.items or ()) <= known


@pytest.mark.parametrize("fault", ["hang", "403", "truncate"])
@pytest.mark.parametrize("kind", ["AllergyIntolerance", "Condition"])
async def test_one_kind_of_critical_info_failing_leaves_the_other(
    sources: Sources, kind: str, fault: str
) -> None:
    settings, _ = FAILURES[fault]
    [before] = await ask(sources, SectionName.CRITICAL_INFO, NORA)
    endpoint = {"endpoint": f"/critical-information/v1/{kind}"}
    await sources.doors[SourceName.KJERNEJOURNAL].switch(settings | endpoint)
    [after] = await ask(sources, SectionName.CRITICAL_INFO, NORA, hasty=fault in HASTY)
    assert after.state is SectionState.PARTIAL
    assert [(r.code, r.path) for r in after.reasons] == [(ReasonCode.PART_UNAVAILABLE, kind)]
    assert after.items
    assert set(after.items) < set(before.items or ())


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        (
            "blocked",
            {
                SectionName.MEDICATIONS: SectionState.PARTIAL,
                SectionName.CRITICAL_INFO: SectionState.WITHHELD,
                SectionName.APPOINTMENTS: SectionState.WITHHELD,
                SectionName.CARE_TEAM: SectionState.WITHHELD,
                SectionName.DOCUMENTS: SectionState.WITHHELD,
            },
        ),
        (
            "reserved",
            {
                SectionName.MEDICATIONS: SectionState.PARTIAL,
                SectionName.CRITICAL_INFO: SectionState.NOT_ASKED,
                SectionName.APPOINTMENTS: SectionState.WITHHELD,
                SectionName.CARE_TEAM: SectionState.WITHHELD,
                SectionName.DOCUMENTS: SectionState.WITHHELD,
            },
        ),
    ],
)
async def test_a_patient_who_has_closed_the_door_is_told_as_such(
    sources: Sources, fault: str, expected: dict[SectionName, SectionState]
) -> None:
    for doors in sources.doors.values():
        await doors.switch({"kind": fault})
    sections = {name: (await ask(sources, name, NORA))[0] for name in SectionName}
    assert {name: section.state for name, section in sections.items()} == expected


async def test_a_block_that_comes_between_two_calls_withholds_everything(sources: Sources) -> None:
    fault = {"kind": "blocked", "endpoint": "/critical-information/v1/Condition"}
    await sources.doors[SourceName.KJERNEJOURNAL].switch(fault)
    [section] = await ask(sources, SectionName.CRITICAL_INFO, NORA)
    assert section.state is SectionState.WITHHELD
    assert [reason.code for reason in section.reasons] == [ReasonCode.BLOCKED]
    assert section.items is None


async def test_not_found_without_kjernejournals_own_code_is_an_error(sources: Sources) -> None:
    await sources.doors[SourceName.KJERNEJOURNAL].switch({"kind": "status", "status": 404})
    [section] = await ask(sources, SectionName.CRITICAL_INFO, NORA)
    assert [reason.code for reason in section.reasons] == [ReasonCode.SOURCE_ERROR]
