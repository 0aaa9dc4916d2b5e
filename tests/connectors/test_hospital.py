from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

import pytest

from connectors.hospital.client import APPOINTMENT_SEARCH, CARE_TEAM_SEARCH, _chunks
from connectors.hospital.document import WITHHELD_COUNT, section_of
from connectors.http import Answer
from domain.access.subject import Subject
from domain.coding import Coding
from domain.plan.care_team import CareTeamFunction, CareTeamMember
from domain.source.appointment import Appointment, AppointmentStatus
from domain.source.document import Document
from domain.source.section import Reason, ReasonCode, Section, SectionState
from tests.connectors.asking import ARNE, EMIL, NORA, NOW, a_subject, payload

SUBJECTS = [a_subject(number, patient_id=number[:2]) for number in (NORA, ARNE, EMIL)]
OF_NORA, OF_ARNE, OF_EMIL = NORA[:2], ARNE[:2], EMIL[:2]

TWO = "hospital/appointment-two-patients"
LOCATION = 5


def appointments(
    tree: Any = None, subjects: Sequence[Subject] = SUBJECTS
) -> dict[str, Section[Appointment]]:
    body = json.dumps(tree).encode() if tree else payload(TWO)
    return APPOINTMENT_SEARCH.sections(Answer(200, {}, body), subjects, NOW)


def states(sections: dict[str, Section[Any]]) -> list[str]:
    return [sections[patient].state.name for patient in (OF_NORA, OF_ARNE, OF_EMIL)]


def counts(sections: dict[str, Section[Any]]) -> list[int]:
    return [len(sections[patient].items or ()) for patient in (OF_NORA, OF_ARNE, OF_EMIL)]


def test_each_patient_gets_their_own_appointments() -> None:
    sections = appointments()
    first, second = sections[OF_NORA].items or ()
    assert first == Appointment(
        id="ahi2000001",
        status=AppointmentStatus.BOOKED,
        status_text="booked",
        start=datetime(2026, 12, 3, 9, 30, tzinfo=UTC),
        end=datetime(2026, 12, 3, 10, 15, tzinfo=UTC),
        service="Barnemedisin",
        description="Kontroll astma og epilepsi",
        care_level="Poliklinisk omsorg",
        contact_type="Kontroll",
        location="Barnepoliklinikken, inngang C",
        practitioner="Omar Rashid",
        instruction="Ta med egenmålinger og inhalator.",
    )
    assert second.is_virtual
    assert counts(sections) == [2, 1, 0]


def test_who_waits_for_a_time_has_none() -> None:
    [waiting] = appointments()[OF_ARNE].items or ()
    assert (waiting.status, waiting.start) == (AppointmentStatus.WAITLIST, None)


def test_a_patient_the_hospital_does_not_know_has_an_empty_section() -> None:
    section = appointments()[OF_EMIL]
    assert section.state is SectionState.OK
    assert section.items == ()


def test_what_is_suppressed_is_withheld_for_that_patient_alone() -> None:
    tree = json.loads(payload("hospital/appointment-suppressed"))
    sections = appointments(tree)
    assert states(sections) == ["OK", "OK", "WITHHELD"]
    assert sections[OF_EMIL].items is None


def test_a_wrong_appointment_is_told_to_its_patient_alone() -> None:
    tree = json.loads(payload(TWO))
    tree["entry"][0]["resource"]["start"] = "soon"
    sections = appointments(tree)
    assert states(sections) == ["PARTIAL", "OK", "OK"]
    assert counts(sections) == [1, 1, 0]
    assert sections[OF_NORA].reasons[0].path == "entry[0].resource.start"


def test_a_wrong_place_is_told_to_those_who_shall_go_there() -> None:
    tree = json.loads(payload(TWO))
    tree["entry"][LOCATION]["resource"]["name"] = 5
    sections = appointments(tree)
    assert states(sections) == ["PARTIAL", "OK", "OK"]
    assert counts(sections) == [2, 1, 0]


def test_a_patient_whose_number_is_unreadable_may_be_any_of_the_unnamed() -> None:
    tree = json.loads(payload(TWO))
    tree["entry"][3]["resource"]["identifier"][0]["value"] = 5
    sections = appointments(tree)
    assert states(sections) == ["PARTIAL", "OK", "PARTIAL"]
    assert counts(sections) == [0, 1, 0]
    assert sections[OF_EMIL].items is None


def test_an_appointment_of_nobody_may_be_anyones() -> None:
    tree = json.loads(payload(TWO))
    del tree["entry"][0]["resource"]["participant"]
    assert states(appointments(tree)) == ["PARTIAL"] * 3


def test_a_stranger_who_was_not_asked_for_is_shown_to_no_one() -> None:
    sections = appointments(subjects=SUBJECTS[1:])
    assert OF_NORA not in sections
    assert counts({OF_NORA: sections[OF_ARNE]} | sections) == [1, 1, 0]
    assert sections[OF_EMIL].items is None


def test_more_pages_are_told_to_everyone_of_the_search() -> None:
    tree = json.loads(payload(TWO))
    tree["link"].append({"relation": "next", "url": "Appointment/_search?page=2"})
    sections = appointments(tree)
    assert states(sections) == ["PARTIAL"] * 3
    assert sections[OF_NORA].reasons == (Reason(code=ReasonCode.TRUNCATED),)
    assert counts(sections) == [2, 1, 0]


def test_an_appointment_entered_in_error_is_left_out() -> None:
    tree = json.loads(payload(TWO))
    tree["entry"][2]["resource"]["status"] = "entered-in-error"
    sections = appointments(tree)
    assert counts(sections) == [2, 0, 0]
    assert states(sections) == ["OK", "OK", "OK"]


def test_an_unknown_status_is_kept_as_text() -> None:
    tree = json.loads(payload(TWO))
    tree["entry"][2]["resource"]["status"] = "teleported"
    [item] = appointments(tree)[OF_ARNE].items or ()
    assert (item.status, item.status_text) == (AppointmentStatus.UNKNOWN, "teleported")


def care_team(tree: Any = None) -> Section[CareTeamMember]:
    body = json.dumps(tree).encode() if tree else payload("hospital/care-team")
    return CARE_TEAM_SEARCH.sections(Answer(200, {}, body), SUBJECTS[:1], NOW)[OF_NORA]


def test_members_have_profession_function_and_where_they_belong() -> None:
    section = care_team()
    assert section.state is SectionState.OK
    assert section.items is not None
    assert section.items[0] == CareTeamMember(
        id="cte3000001/prr7412582",
        name="Omar Rashid",
        role=Coding(text="Lege", system="urn:oid:2.16.578.1.12.4.1.1.9060", code="LE"),
        functions=(CareTeamFunction.CONTACT_DOCTOR,),
        organisation="Barne- og ungdomsavdelingen",
        organisation_number="974795515",
        team="Behandlingsteam rundt Nora",
        phone="99011001",
        since=date(2021, 8, 16),
    )
    assert [item.functions for item in section.items[1:]] == [
        (CareTeamFunction.PRIMARY_CONTACT,),
        (CareTeamFunction.CHILD_COORDINATOR,),
    ]
    assert section.items[2].role == Coding(text="Barnekoordinator")


def test_one_person_with_two_tasks_is_there_twice() -> None:
    tree = json.loads(payload("hospital/care-team"))
    participants = tree["entry"][0]["resource"]["participant"]
    participants.append(participants[0] | {"role": [{"text": "Koordinator"}]})
    items = care_team(tree).items or ()
    assert len({item.id for item in items}) == 4


def test_a_team_that_has_ended_has_no_members() -> None:
    tree = json.loads(payload("hospital/care-team"))
    tree["entry"][0]["resource"]["status"] = "inactive"
    assert care_team(tree).items == ()


def test_a_member_without_a_name_is_told_and_the_others_stay() -> None:
    tree = json.loads(payload("hospital/care-team"))
    tree["entry"][0]["resource"]["participant"][1]["member"] = {"reference": "PractitionerRole/x"}
    section = care_team(tree)
    assert len(section.items or ()) == 2
    assert [r.path for r in section.reasons] == ["entry[0].resource.participant[1].member"]


def documents(count: str | None, tree: Any = None) -> Section[Document]:
    headers = {WITHHELD_COUNT: count} if count is not None else {}
    body = json.dumps(tree).encode() if tree else payload("hospital/document-reference")
    return section_of(Answer(200, headers, body), SUBJECTS[0], NOW)


def test_documents_are_described() -> None:
    section = documents("0")
    assert section.state is SectionState.OK
    assert section.items is not None
    assert section.items[0] == Document(
        id="ako4000001",
        type=Coding(text="Epikrise", system="urn:oid:2.16.578.1.12.4.1.1.9602", code="A00-1"),
        title="Epikrise 18.09.2026",
        dated=datetime(2026, 9, 18, 12, 20, tzinfo=UTC),
        author="Omar Rashid",
        custodian="Fjordvik universitetssykehus HF",
        content_type="application/pdf",
    )


def test_withheld_documents_are_counted() -> None:
    section = documents("3")
    assert section.state is SectionState.WITHHELD
    assert section.withheld_count == 3
    assert len(section.items or ()) == 2


def test_nothing_to_see_and_something_withheld_is_not_nothing() -> None:
    empty = {"resourceType": "Bundle", "type": "searchset", "total": 0}
    assert documents("1", empty).items is None
    assert documents("0", empty).items == ()


@pytest.mark.parametrize("count", [None, "", "many", "-1", "²", "9" * 20])
def test_an_unreadable_count_is_never_taken_for_none(count: str | None) -> None:
    section = documents(count)
    assert section.state is SectionState.PARTIAL
    assert section.reasons == (
        Reason(code=ReasonCode.UNREADABLE_ITEM, count=1, path=WITHHELD_COUNT),
    )
    assert len(section.items or ()) == 2


def test_searches_are_cut_at_fifty_numbers_and_no_patient_is_split() -> None:
    many = [a_subject(NORA, ARNE, patient_id=str(index)) for index in range(30)]
    nobody = a_subject(patient_id="no number")
    chunks = _chunks([nobody, *many, *many])
    assert [len(chunk) for chunk in chunks] == [25, 5]


def _held(mark: dict[str, Any]) -> Section[Document]:
    tree = json.loads(payload("hospital/document-reference"))
    url = "http://example.org/fhir/StructureDefinition/notForPatientBefore"
    tree["entry"][0]["resource"]["extension"] = [{"url": url, **mark}]
    return documents("0", tree)


@pytest.mark.parametrize(
    ("until", "at"),
    [
        ("2026-12-01T12:00:00+01:00", datetime(2026, 12, 1, 11, tzinfo=UTC)),
        ("2026-12-01", datetime(2026, 11, 30, 23, tzinfo=UTC)),
    ],
)
def test_until_when_a_document_is_not_for_the_patient_is_read(until: str, at: datetime) -> None:
    section = _held({"valueDateTime": until})
    assert section.items is not None
    assert [each.held_until for each in section.items] == [at, None]


@pytest.mark.parametrize("mark", [{}, {"valueDateTime": "2026"}])
def test_a_document_with_a_mark_that_can_t_be_read_is_shown_to_nobody(mark: dict[str, Any]) -> None:
    section = _held(mark)
    assert section.items is not None
    assert len(section.items) == 1
    assert [each.path for each in section.reasons] == [
        "entry[0].resource.extension[0].valueDateTime"
    ]
