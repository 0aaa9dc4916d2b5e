from __future__ import annotations

from datetime import timedelta
from typing import Any

import msgspec
import pytest
from msgspec import structs

from domain.following.entry import (
    AlreadyChanged,
    Change,
    EntrySource,
    EntryStatus,
    NotYourEntry,
    changed,
    stands_for,
)
from domain.following.measurement import Measurement
from domain.writing.rejection import Rejected
from tests.builders import NOW
from tests.domain.nora import a_value

LATER = NOW + timedelta(hours=1)


def a_change(status: EntryStatus = EntryStatus.WITHDRAWN, **more: Any) -> Change:
    known: dict[str, Any] = {"by": "Kari Fjell", "by_id": "s-kari", "at": LATER}
    return Change(status=status, **known | more)


@pytest.mark.parametrize(
    "status", [EntryStatus.CORRECTED, EntryStatus.WITHDRAWN, EntryStatus.MOVED]
)
def test_a_changed_entry_is_kept_as_it_was_and_marked(status: EntryStatus) -> None:
    entry = a_value(220)
    kept = changed(entry, a_change(status, reason="Det var Emil", replaced_by="msm-2"))
    assert (kept.status, kept.is_current) == (status, False)
    assert structs.replace(kept, change=None) == entry


def test_a_new_entry_is_current() -> None:
    assert (a_value(220).status, a_value(220).is_current) == (EntryStatus.CURRENT, True)


def test_an_entry_is_changed_once() -> None:
    kept = changed(a_value(220), a_change(EntryStatus.MOVED))
    with pytest.raises(Rejected) as refused:
        changed(kept, a_change())
    assert refused.value.rejection == AlreadyChanged(entry_status=EntryStatus.MOVED)


@pytest.mark.parametrize("source", EntrySource)
def test_nobody_but_the_author_changes_an_entry(source: EntrySource) -> None:
    with pytest.raises(Rejected) as refused:
        changed(a_value(220, source=source), a_change(by_id="s-ola"))
    assert refused.value.rejection == NotYourEntry()


def test_the_patients_side_may_change_what_their_device_sent() -> None:
    sent = a_value(220, source=EntrySource.DEVICE, author_id="s-vendor")
    assert changed(sent, a_change(), for_patient=True).status is EntryStatus.WITHDRAWN


@pytest.mark.parametrize("source", EntrySource)
def test_a_decision_changes_what_anybody_registered(source: EntrySource) -> None:
    decided = a_change(by_id="s-omar", request_id="cor-1")
    kept = changed(a_value(220, source=source), decided)
    assert (kept.status, kept.is_current) == (EntryStatus.WITHDRAWN, False)


def test_a_decision_does_not_change_what_is_not_current_any_more() -> None:
    kept = changed(a_value(220), a_change())
    with pytest.raises(Rejected):
        changed(kept, a_change(by_id="s-omar", request_id="cor-1"))


@pytest.mark.parametrize("source", [EntrySource.SELF, EntrySource.CLINICIAN])
def test_the_patients_side_never_changes_what_others_registered(source: EntrySource) -> None:
    entry = a_value(220, source=source, author_id="s-ingrid")
    with pytest.raises(Rejected):
        changed(entry, a_change(), for_patient=True)


@pytest.mark.parametrize(
    ("source", "is_patient_registered"),
    [(EntrySource.SELF, True), (EntrySource.DEVICE, True), (EntrySource.CLINICIAN, False)],
)
def test_the_source_tells_what_the_patients_side_registered(
    source: EntrySource, is_patient_registered: bool
) -> None:
    assert a_value(220, source=source).is_patient_registered is is_patient_registered


def test_what_takes_an_entrys_place_names_it() -> None:
    replaced = stands_for(a_value(220, id="msm-1"), EntryStatus.CORRECTED)
    assert (replaced.id, replaced.status) == ("msm-1", EntryStatus.CORRECTED)


def test_an_entry_survives_storage() -> None:
    kept = changed(a_value(220), a_change(reason="Feil barn"))
    assert msgspec.json.decode(msgspec.json.encode(kept), type=Measurement) == kept
