from __future__ import annotations

from datetime import timedelta

from msgspec.structs import replace

from domain.access.patient import Patient
from domain.access.subject import Gender
from domain.keeping.delivery import of_activated, of_ended
from domain.keeping.record_document import document_of
from domain.plan.part import Lifecycle, PlanKind
from domain.plan.version import PlanVersion
from tests.builders import HOSPITAL, NOW, a_number
from tests.contents import a_content
from tests.domain.parts import INGRID, a_part

NORA = Patient(
    id="pat_1",
    given_name="Nora",
    family_name="Fjell",
    birth_date=NOW.date(),
    gender=Gender.FEMALE,
    identity_numbers=(a_number(),),
)
VERSION = PlanVersion(
    patient_id="pat_1",
    part_id="prt_1",
    number=1,
    head_version=2,
    content=a_content(title="Astma hjemme"),
    author=INGRID,
    created_at=NOW - timedelta(days=3),
    change_comment="Første utgave",
)


def test_a_document_has_the_content_and_says_the_same_in_words() -> None:
    delivery = of_activated(a_part())
    document = document_of(delivery, VERSION, PlanKind.EGENBEHANDLINGSPLAN, NORA)
    assert document is not None
    assert (document.id, document.content) == (delivery.id, VERSION.content)
    assert document.organisation_number == HOSPITAL
    assert document.text.splitlines()[:5] == [
        "Astma hjemme, versjon 1",
        "Pasient: Nora Fjell",
        "Tatt i bruk 2026-11-22 av Ingrid Haugen, Sykepleier, Barneavdelingen",
        "Endring: Første utgave",
        "Skrevet 2026-11-19 av Ingrid Haugen, Sykepleier, Barneavdelingen",
    ]


def test_an_end_says_how_and_why() -> None:
    delivery = of_ended(a_part(lifecycle=Lifecycle.COMPLETED, reason="Målet er nådd"))
    assert delivery is not None
    document = document_of(delivery, VERSION, PlanKind.EGENBEHANDLINGSPLAN, NORA)
    assert document is not None
    assert "Avsluttet 2026-11-22" in document.text
    assert "Begrunnelse: Målet er nådd" in document.text


def test_made_twice_it_is_the_same() -> None:
    delivery = of_activated(a_part())
    first, second = (
        document_of(delivery, VERSION, PlanKind.EGENBEHANDLINGSPLAN, NORA) for _ in range(2)
    )
    assert first == second


def test_without_a_record_or_a_number_there_is_none_to_send() -> None:
    delivery = of_activated(a_part())
    nowhere = replace(delivery, organisation_number=None)
    nobody = replace(NORA, identity_numbers=())
    assert document_of(nowhere, VERSION, PlanKind.KRISEPLAN, NORA) is None
    assert document_of(delivery, VERSION, PlanKind.KRISEPLAN, nobody) is None
