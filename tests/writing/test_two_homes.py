"""What is of one home is not in anything that the other home is answered."""

from __future__ import annotations

import json
from typing import Any

import pytest
from msgspec.structs import replace
from sqlalchemy import update

from connectors import Connectors
from domain.access.viewer import Viewer
from domain.content.contact import ContactPoint
from domain.content.line import ContentSection
from domain.cooperation.comment import Visibility
from domain.cooperation.suggestion import SuggestionKind
from domain.keeping.correction import CorrectionDecision, CorrectionKind
from domain.plan.approval import AgreementState
from domain.source.appointment import Appointment, AppointmentStatus
from domain.source.section import Section, SourceName
from resolvers.writing import agreement, comment, correction, log_question, sharing, suggestion
from schema import schema
from store.session import Sessions
from store.tables import AuditEntryRow, RepresentationRow
from tests.builders import NOW
from tests.writing.clinic import INGRID, SAID, Clinic
from tests.writing.shares import SCHOOL
from tests.writing.telling import kinds_told
from tests.writing.twins import everything, sources

_CONTACT = ContactPoint(id="k-kari", label="Mor, Kari Fjell", phone="22 11 33 44")
_APPOINTMENT = Appointment(
    id="a-1",
    status=AppointmentStatus.BOOKED,
    status_text="Bekreftet",
    service="Barnelege",
    location="Marker-sted 1",
    practitioner="Marker-lege",
    instruction="Marker-oppmøte",
)
_MARKERS = (
    "Marker-kommentar",
    "Marker-ord",
    "Marker-forslag",
    "Marker-retting",
    "Marker-spørsmål",
    "Marker-skole",
    "Marker-sted",
    "Marker-lege",
    "Marker-oppmøte",
    "22 11 33 44",
    "22113344",
)


def _sources() -> Connectors:
    made: Any = sources()

    async def appointments(subjects: Any, caller: Any) -> list[Section[Any]]:
        return [Section.answered(SourceName.HOSPITAL, [_APPOINTMENT], NOW) for _ in subjects]

    made.hospital.appointments = appointments
    found: Connectors = made
    return found


@pytest.fixture
async def homes(db: Sessions) -> Clinic:
    """A child who lives with the mother; she has said and set what there is to."""
    clinic = await Clinic.open(db)
    async with db.begin() as session:
        fathers = update(RepresentationRow).where(
            RepresentationRow.patient_id == clinic.key,
            RepresentationRow.representative_name == "Ola Fjell",
        )
        await session.execute(fathers.values(lives_with_patient=False))
    said = replace(
        SAID,
        description="Ring mor på 22 11 33 44 eller +47 22113344.",
        contacts=(*SAID.contacts, _CONTACT),
    )
    part_id = await clinic.active(content=said)
    kari, of_part = clinic.kari, {"part_id": part_id}
    await clinic.do(kari, comment.COMMENT, text="Marker-kommentar", **of_part)
    word = {"content_version": 1, "state": AgreementState.AGREES, "comment": "Marker-ord"}
    await clinic.do(kari, agreement.GIVE, **of_part | word)
    await clinic.do(
        kari,
        suggestion.SUGGEST,
        kind=SuggestionKind.ADD,
        section=ContentSection.ACTIONS,
        text="Marker-forslag",
        why="Marker-forslag",
        **of_part,
    )
    asked = await clinic.do(
        kari,
        correction.ASK,
        patient_id=clinic.patient_id,
        kind=CorrectionKind.CORRECT,
        entry_id=part_id,
        text="Marker-retting",
    )
    await clinic.do(
        INGRID,
        correction.DECIDE,
        request_id=asked.subject_id,
        expected_version=1,
        decision=CorrectionDecision.DECLINED,
        reason="Marker-retting",
    )
    safe = {**SCHOOL, "recipient": "Marker-skole", "is_own_home_only": True}
    await clinic.do(kari, sharing.SHARE, **of_part | safe)
    await clinic.do(kari, sharing.SHARE, **of_part | {**SCHOOL, "recipient": "Felles skole"})
    lines = [each for each in await clinic.rows(AuditEntryRow) if each.operation == "ACTIVATE"]
    await clinic.do(
        kari,
        log_question.ASK,
        patient_id=clinic.patient_id,
        entry_id=f"log_{lines[0].id}",
        text="Marker-spørsmål",
    )
    return clinic


async def _told(clinic: Clinic, viewer: Viewer) -> str:
    """Return everything that somebody is answered about the child."""
    told = []
    for query in everything():
        ctx = clinic.context(viewer)
        ctx.connectors = _sources()
        answer = await schema.execute(
            query, variable_values={"id": clinic.patient_id}, context_value=ctx
        )
        told.append(answer.data)
        await ctx.close()
    return json.dumps(told, default=str, ensure_ascii=False)


async def test_the_other_home_is_shown_none_of_it(homes: Clinic) -> None:
    told = await _told(homes, homes.ola)
    assert [each for each in _MARKERS if each in told] == []
    assert "(nummeret vises ikke)" in told


async def test_one_s_own_home_is_shown_all_of_it(homes: Clinic) -> None:
    told = await _told(homes, homes.kari)
    assert [each for each in _MARKERS if each not in told] == ["22113344"] or all(
        each in told for each in _MARKERS
    )


async def test_what_one_parent_sets_is_shown_to_the_other(homes: Clinic) -> None:
    told = await _told(homes, homes.ola)
    assert "Felles skole" in told
    assert '"person": "Kari Fjell"' in told
    assert "Barnelege" in told


async def test_the_other_home_is_not_told_of_it_either(homes: Clinic) -> None:
    assert "CORRECTION_DECIDED" in await kinds_told(homes, homes.kari)
    assert await kinds_told(homes, homes.ola) == ["PART_ACTIVATED"]


async def test_a_comment_is_for_everyone_when_its_writer_says_so(homes: Clinic) -> None:
    part_id = (await homes.plan(INGRID)).parts[0].id
    said = {"part_id": part_id, "text": "Til dere begge", "visibility": Visibility.EVERYONE}
    await homes.do(homes.kari, comment.COMMENT, **said)
    assert "Til dere begge" in await _told(homes, homes.ola)


async def test_under_one_roof_numbers_are_shown_to_both(db: Sessions) -> None:
    clinic = await Clinic.open(db)
    said = replace(SAID, contacts=(*SAID.contacts, _CONTACT))
    part_id = await clinic.active(content=said)
    shown = (await clinic.part(clinic.ola, part_id)).content
    assert shown is not None
    assert _CONTACT in shown.contacts
