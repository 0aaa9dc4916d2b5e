from __future__ import annotations

import pytest

from domain.access.audit import NOBODY
from domain.access.decision import Access, Ruling, decide
from domain.access.patient import PatientRecord
from domain.access.relation import Basis, Relation
from domain.operation import Operation
from domain.refusal import Refusal
from domain.source.section import ReasonCode, Section, SectionName, SectionState, SourceName
from resolvers.disclosure import Disclosures
from tests.builders import NOW, a_citizen, a_clinician, a_relation, facts
from tests.resolvers.memory import MemoryLog
from tests.resolvers.test_patient import _record as a_record

ALLOWED = Access(ruling=Ruling(), relation=a_relation())
REFUSED = Access(ruling=Ruling(refusal=Refusal.NO_CARE_RELATION))


@pytest.fixture
def log() -> MemoryLog:
    return MemoryLog()


@pytest.fixture
def record() -> PatientRecord:
    return a_record()


@pytest.fixture
def disclosures(log: MemoryLog) -> Disclosures:
    return Disclosures(log, a_clinician(purpose_of_use="TREAT"), "e-1", NOW)


async def test_a_decision_is_handed_over_at_once_and_once(
    disclosures: Disclosures, log: MemoryLog, record: PatientRecord
) -> None:
    disclosures.decided(record, ALLOWED)
    disclosures.decided(record, ALLOWED)
    (entry,) = log.entries
    assert (entry.operation, entry.basis, entry.correlation_id) == (
        Operation.READ,
        Basis.CARE_TEAM,
        "e-1",
    )
    assert (entry.purpose_of_use, entry.legal_entity) == ("TREAT", "983974899")


async def test_another_ground_is_another_entry(
    disclosures: Disclosures, log: MemoryLog, record: PatientRecord
) -> None:
    disclosures.decided(record, ALLOWED)
    disclosures.decided(record, Access(ruling=Ruling(), relation=a_relation(Basis.HANDOVER)))
    assert [entry.basis for entry in log.entries] == [Basis.CARE_TEAM, Basis.HANDOVER]


async def test_what_was_shown_is_added_when_the_answer_is_ready(
    disclosures: Disclosures, log: MemoryLog, record: PatientRecord
) -> None:
    patient_id = record.patient.id
    disclosures.decided(record, ALLOWED)
    disclosures.shown(patient_id, "medications")
    gone: Section[object] = Section.missing(SourceName.MEDICATION, ReasonCode.SOURCE_TIMEOUT)
    disclosures.section(patient_id, SectionName.MEDICATIONS, gone)
    await disclosures.settle()
    first, second = log.entries
    assert (second.adds_to, second.at) == (first.id, first.at)
    assert second.outcome is not None
    assert second.outcome.shown == ("medications",)
    assert second.outcome.sections[0].state is SectionState.UNAVAILABLE
    await disclosures.settle()
    assert len(log.entries) == 2


async def test_a_refusal_has_no_second_entry(
    disclosures: Disclosures, log: MemoryLog, record: PatientRecord
) -> None:
    disclosures.refused(record, REFUSED, Refusal.NO_CARE_RELATION, Operation.READ)
    await disclosures.settle()
    (entry,) = log.entries
    assert (entry.refusal, entry.basis, entry.allowed) == (Refusal.NO_CARE_RELATION, None, ())


async def test_nothing_is_shown_of_whom_nothing_was_decided_about(
    disclosures: Disclosures, record: PatientRecord
) -> None:
    disclosures.shown(record.patient.id, "plan")
    with pytest.raises(RuntimeError):
        await disclosures.settle()


async def test_where_nobody_is_found_that_is_an_entry_about_nobody(
    disclosures: Disclosures, log: MemoryLog
) -> None:
    disclosures.found_nobody()
    await disclosures.settle()
    assert [(each.patient_id, each.allowed) for each in log.entries] == [(NOBODY, ())]


async def test_a_parent_acts_for_the_child(
    disclosures: Disclosures, log: MemoryLog, record: PatientRecord
) -> None:
    disclosures.decided(record, decide(a_citizen(), facts(a_relation(Basis.PARENT)), NOW))
    assert log.entries[0].on_behalf_of == record.patient.id


async def test_who_is_refused_is_named_with_the_unit_s_name_where_the_patient_s_ties_have_it(
    disclosures: Disclosures, log: MemoryLog
) -> None:
    ended = Relation(
        basis=Basis.CARE_TEAM,
        origin="",
        since=NOW,
        organisation=a_clinician().organisation,
        organisation_name="Barneavdelingen",
    )
    refusal = Refusal.NO_CARE_RELATION
    disclosures.refused(a_record(ended), REFUSED, refusal, Operation.READ)
    assert log.entries[0].by.organisation == "Barneavdelingen"
