from __future__ import annotations

import copy
import json
from datetime import UTC, date, datetime
from typing import Any

import pytest

from connectors.http import SourceFailure
from connectors.medication.mapping import section_of
from domain.coding import Coding
from domain.source.medication import Medication, MedicationStatus
from domain.source.section import Reason, ReasonCode, Section, SectionState
from tests.connectors.asking import ARNE, EMIL, NORA, NOW, a_subject, payload

FULL = "medication/get-medication-full"
HEAD, TAIL, LOCKED = 2, 3, 4


class Answer:
    """The full payload, to be changed before it is read."""

    def __init__(self) -> None:
        self.tree: dict[str, Any] = json.loads(payload(FULL))
        self.entries: list[Any] = self.tree["parameter"][0]["resource"]["entry"]

    def statement(self, index: int) -> dict[str, Any]:
        resource: dict[str, Any] = self.entries[index]["resource"]
        return resource

    def add_copy(self, index: int, url: str, **changes: Any) -> None:
        entry = copy.deepcopy(self.entries[index])
        entry["fullUrl"] = url
        entry["resource"].update(changes)
        self.entries.append(entry)

    def read(self) -> Section[Medication]:
        return section_of(json.dumps(self.tree).encode(), a_subject(NORA), NOW)


def names(section: Section[Medication]) -> list[str]:
    return [item.id[-2:] for item in section.items or ()]


def wrong_paths(section: Section[Medication]) -> list[str | None]:
    return [r.path for r in section.reasons if r.code is ReasonCode.UNREADABLE_ITEM]


def test_the_head_of_a_chain_is_the_medicine() -> None:
    section = section_of(payload(FULL), a_subject(NORA), NOW)
    assert section.items is not None
    assert section.items[0] == Medication(
        id="a1b0c000-0000-4000-8000-000000000011",
        name="Flutide Diskus inh pulv 100 mikrog/dose",
        status=MedicationStatus.ACTIVE,
        status_text="active",
        atc="R03BA05",
        product=Coding(
            text="Flutide Diskus inh pulv 100 mikrog/dose",
            system="http://dmp.no/fhir/NamingSystem/festLegemiddelMerkevare",
            code="ID_7C1B1F39-0000-4B6A-9A4C-000000000021",
        ),
        form="Inhalasjonspulver, dosedispensert",
        dosage="1 inhalasjon morgen og kveld",
        short_dosage="1+0+1",
        as_needed=False,
        reason="Forebyggende mot astma",
        reason_codes=(
            Coding(
                text="Hovedsakelig allergisk astma",
                system="urn:oid:2.16.578.1.12.4.1.1.7110",
                code="J45.0",
            ),
        ),
        started_on=date(2026, 5, 4),
        prescribed_on=date(2026, 5, 4),
        prescription_expires_on=date(2027, 5, 4),
        refills=3,
        registered_by="Omar Rashid",
    )


def test_two_lines_of_one_drug_are_two_and_a_locked_one_is_marked() -> None:
    section = Answer().read()
    assert names(section) == ["11", "13"]
    assert section.items is not None
    locked = section.items[1]
    assert (locked.is_locked, locked.is_hidden_from_guardians, locked.as_needed) == (
        True,
        True,
        True,
    )


def test_withheld_prescriptions_are_told_and_the_rest_is_kept() -> None:
    section = Answer().read()
    assert section.state is SectionState.WITHHELD
    assert section.reasons == (Reason(code=ReasonCode.LOCKED_PRESCRIPTION),)


def test_the_older_lookup_says_how_old_the_list_is() -> None:
    assert Answer().read().retrieved_at == datetime(2026, 11, 22, 7, 14, tzinfo=UTC)


def test_a_lookup_that_was_not_done_is_told() -> None:
    section = section_of(payload("medication/get-medication-no-rf"), a_subject(ARNE), NOW)
    assert section.state is SectionState.PARTIAL
    assert section.reasons == (Reason(code=ReasonCode.NO_PRESCRIPTION_LOOKUP),)
    assert len(section.items or ()) == 1


def test_without_any_lookup_the_time_is_that_of_our_call() -> None:
    answer = Answer()
    del answer.tree["parameter"][1:]
    section = answer.read()
    assert section.retrieved_at == NOW
    assert {reason.code for reason in section.reasons} == {
        ReasonCode.NO_PRESCRIPTION_LOOKUP,
        ReasonCode.NO_KJERNEJOURNAL_LOOKUP,
        ReasonCode.LOCKED_PRESCRIPTION,
    }


@pytest.mark.parametrize("value", ["soon", "2026-11-22", 7, None])
def test_an_unreadable_lookup_time_is_told_and_costs_nothing_else(value: Any) -> None:
    answer = Answer()
    answer.tree["parameter"][1]["valueDateTime"] = value
    section = answer.read()
    assert wrong_paths(section) == ["parameter[1].valueDateTime"]
    assert names(section) == ["11", "13"]


def test_no_medicines_is_the_sources_own_word() -> None:
    section = section_of(payload("medication/get-medication-empty"), a_subject(EMIL), NOW)
    assert section.state is SectionState.OK
    assert section.items == ()


def test_an_empty_part_for_any_other_reason_is_not_no_medicines() -> None:
    tree = json.loads(payload("medication/get-medication-empty"))
    part = tree["parameter"][0]["resource"]["entry"][0]["resource"]["section"][0]
    part["emptyReason"]["coding"][0]["code"] = "unavailable"
    section = section_of(json.dumps(tree).encode(), a_subject(EMIL), NOW)
    assert section.items is None
    assert [reason.code for reason in section.reasons] == [ReasonCode.PART_UNAVAILABLE]


def test_a_tail_whose_head_is_missing_stays_and_is_told() -> None:
    answer = Answer()
    answer.statement(TAIL)["partOf"] = [{"reference": "urn:uuid:not-here"}]
    section = answer.read()
    assert names(section) == ["11", "12", "13"]
    assert wrong_paths(section) == ["parameter[0].resource.entry[3].resource.partOf[0]"]


def test_a_tail_whose_head_is_unreadable_stays_and_the_head_is_told_once() -> None:
    answer = Answer()
    answer.statement(HEAD)["status"] = 5
    section = answer.read()
    assert names(section) == ["12", "13"]
    assert wrong_paths(section) == ["parameter[0].resource.entry[2].resource.status"]


def test_a_head_entered_in_error_does_not_take_its_tail_along() -> None:
    answer = Answer()
    answer.statement(HEAD)["status"] = "entered-in-error"
    section = answer.read()
    assert names(section) == ["12", "13"]
    assert wrong_paths(section) == ["parameter[0].resource.entry[3].resource.partOf[0]"]


def test_a_long_chain_is_one_medicine() -> None:
    answer = Answer()
    before = answer.entries[TAIL]["fullUrl"]
    for index in range(300):
        url = f"urn:uuid:tail-{index}"
        answer.add_copy(TAIL, url, partOf=[{"reference": before}])
        before = url
    assert names(answer.read()) == ["11", "13"]


def test_a_chain_that_bites_its_tail_is_shown_and_told() -> None:
    answer = Answer()
    answer.add_copy(TAIL, "urn:uuid:a", partOf=[{"reference": "urn:uuid:b"}])
    answer.add_copy(TAIL, "urn:uuid:b", partOf=[{"reference": "urn:uuid:a"}])
    section = answer.read()
    assert len(section.items or ()) == 4
    assert len(wrong_paths(section)) == 2


def test_a_tail_that_says_to_be_in_use_is_shown_and_told() -> None:
    answer = Answer()
    answer.statement(TAIL)["status"] = "active"
    section = answer.read()
    assert names(section) == ["11", "12", "13"]
    assert wrong_paths(section) == ["parameter[0].resource.entry[3].resource.partOf[0]"]


def test_a_tail_of_unknown_status_is_still_a_tail() -> None:
    answer = Answer()
    answer.statement(TAIL)["status"] = "renewed"
    section = answer.read()
    assert names(section) == ["11", "13"]
    assert wrong_paths(section) == []


def test_an_unknown_status_is_kept_as_text() -> None:
    answer = Answer()
    answer.statement(HEAD)["status"] = "paused-by-moon"
    section = answer.read()
    assert section.items is not None
    assert section.items[0].status is MedicationStatus.UNKNOWN
    assert section.items[0].status_text == "paused-by-moon"


def test_a_wrong_lock_is_told_and_never_taken_for_open() -> None:
    answer = Answer()
    parts = answer.statement(LOCKED)["extension"][0]["extension"]
    parts[3] = {"url": "lockedresept", "valueString": "yes"}
    section = answer.read()
    assert names(section) == ["11"]
    assert wrong_paths(section) == [
        "parameter[0].resource.entry[4].resource.extension[0].extension[3]"
    ]


def test_a_medicine_without_a_name_is_told() -> None:
    answer = Answer()
    answer.statement(HEAD)["medicationReference"] = {"reference": "urn:uuid:not-here"}
    assert wrong_paths(answer.read()) == [
        "parameter[0].resource.entry[2].resource.medicationReference"
    ]


def test_what_the_contents_list_must_be_there() -> None:
    answer = Answer()
    del answer.entries[LOCKED]
    assert wrong_paths(answer.read()) == [
        "parameter[0].resource.entry[0].resource.section[0].entry[2].reference"
    ]


def test_another_persons_list_is_an_invalid_answer() -> None:
    with pytest.raises(SourceFailure, match="SOURCE_INVALID_ANSWER"):
        section_of(payload(FULL), a_subject(ARNE), NOW)


def test_more_medicines_than_fit_are_cut_and_told() -> None:
    answer = Answer()
    for index in range(500):
        answer.add_copy(HEAD, f"urn:uuid:more-{index}")
    section = answer.read()
    assert len(section.items or ()) == 500
    assert Reason(code=ReasonCode.TRUNCATED, count=2) in section.reasons
