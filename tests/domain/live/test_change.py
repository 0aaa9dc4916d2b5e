from __future__ import annotations

import pytest

from domain.access.standing import PATIENT_SIDE
from domain.event import Event, EventKind
from domain.live.change import told
from domain.source.section import SectionName
from tests.builders import NOW


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
