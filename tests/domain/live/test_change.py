from __future__ import annotations

import pytest

from domain.access.decision import decide
from domain.access.relation import Basis
from domain.access.standing import PATIENT_SIDE, REPRESENTATIVES
from domain.event import Event, EventKind
from domain.live.change import NOT_TOLD, may_know, notice, told
from domain.source.section import SectionName
from tests.builders import NOW, a_citizen, a_clinician, a_relation, a_vendor, facts


@pytest.mark.parametrize("section", list(SectionName))
def test_that_something_changed_at_a_source_is_not_told_to_the_patients_side(
    section: SectionName,
) -> None:
    changed = Event(
        id="e",
        number=1,
        patient_id="pat_1",
        kind=EventKind.SOURCE_CHANGED,
        subject_id=section.name,
        at=NOW,
    )
    how = told(changed)
    assert how is not None
    assert not how.to & PATIENT_SIDE


def an_event(kind: EventKind, subject_id: str = "prt_1") -> Event:
    about = "MEDICATIONS" if kind is EventKind.SOURCE_CHANGED else subject_id
    return Event(
        id="e", number=1, patient_id="pat_1", kind=kind, subject_id=about, at=NOW, version=7
    )


def test_every_kind_is_told_to_somebody_or_said_to_be_told_to_nobody() -> None:
    told_of = {kind for kind in EventKind if told(an_event(kind)) is not None}
    assert told_of == set(EventKind) - NOT_TOLD
    assert set(EventKind) > NOT_TOLD


# Where somebody set what another may see, and what one home or one parent does by itself.
@pytest.mark.parametrize(
    "kind",
    [
        *(EventKind.ACCESS_SET, EventKind.ACCESS_ENDED, EventKind.REPRESENTATION_GIVEN),
        *(EventKind.SHARED, EventKind.SHARE_WITHDRAWN, EventKind.SUGGESTED),
        *(EventKind.CONSENT_GIVEN, EventKind.RESTRICTION_SET, EventKind.PERSON_BLOCKED),
        *(EventKind.EMERGENCY_OPENED, EventKind.AGREEMENT_GIVEN, EventKind.CORRECTION_ASKED),
    ],
)
def test_a_parent_is_not_told_of_what_may_be_of_the_other_home(kind: EventKind) -> None:
    how = told(an_event(kind))
    assert how is not None
    assert not how.to & REPRESENTATIVES
    access = decide(a_citizen(), facts(a_relation(Basis.PARENT)), NOW)
    assert not may_know(an_event(kind), access)


def test_who_may_read_what_has_changed_is_told_and_nobody_else() -> None:
    event = an_event(EventKind.PART_REVISED)
    ward, parent = a_relation(), a_relation(Basis.PARENT)
    shared = a_relation(Basis.SHARE, share_id="shr_1", part_id="prt_1")
    other = a_relation(Basis.SHARE, share_id="shr_2", part_id="prt_2")
    assert may_know(event, decide(a_clinician(), facts(ward), NOW))
    assert may_know(event, decide(a_citizen(), facts(parent), NOW))
    assert may_know(event, decide(a_vendor(), facts(shared), NOW))
    assert not may_know(event, decide(a_vendor(), facts(other), NOW))
    assert not may_know(event, decide(a_clinician(organisation="1"), facts(ward), NOW))
    drafted = an_event(EventKind.DRAFT_SAVED, "drf_1")
    assert may_know(drafted, decide(a_clinician(), facts(ward), NOW))
    assert not may_know(drafted, decide(a_citizen(), facts(parent), NOW))


def test_versions_are_for_those_from_whom_nothing_can_be_hidden() -> None:
    event = an_event(EventKind.PART_REVISED)
    how = told(event)
    assert how is not None
    staff = decide(a_clinician(), facts(a_relation()), NOW)
    parent = decide(a_citizen(), facts(a_relation(Basis.PARENT)), NOW)
    assert notice(event, how.section, staff).version == 7
    assert notice(event, how.section, parent).version is None
