"""The document that the responsible organisation's record is given of a plan version."""

from __future__ import annotations

from datetime import datetime

from domain.access.patient import Patient
from domain.author import Author
from domain.content.plan_content import PlanContent
from domain.content.plan_text import text_of
from domain.identity_number import IdentityNumber
from domain.keeping.delivery import Delivery, Occasion
from domain.noun import Noun
from domain.plan.part import PlanKind
from domain.plan.version import PlanVersion

_OCCASIONS = {
    Occasion.ACTIVATED: "Tatt i bruk",
    Occasion.REVISED: "Revidert",
    Occasion.COMPLETED: "Avsluttet",
    Occasion.REVOKED: "Trukket tilbake",
    Occasion.ENTERED_IN_ERROR: "Feilregistrert",
}


class RecordDocument(Noun):
    """One version as a document: `content` for machines, `text` the same for people.

    `id` is the delivery's: a record that is given it twice keeps it once. Whenever it is made, it
    says the same of the version and the occasion.
    """

    id: str
    patient_number: IdentityNumber
    patient_name: str
    organisation_number: str
    part_id: str
    kind: PlanKind
    content_version: int
    occasion: Occasion
    occurred_at: datetime
    by: Author
    written_by: Author
    written_at: datetime
    content: PlanContent
    text: str
    reason: str | None = None
    change_comment: str | None = None


def document_of(
    delivery: Delivery, version: PlanVersion, kind: PlanKind, patient: Patient
) -> RecordDocument | None:
    """Return the document of a delivery; None when there is no record or number to send it by."""
    if delivery.organisation_number is None or not patient.identity_numbers:
        return None
    return RecordDocument(
        id=delivery.id,
        patient_number=patient.identity_numbers[0],
        patient_name=patient.name,
        organisation_number=delivery.organisation_number,
        part_id=delivery.part_id,
        kind=kind,
        content_version=delivery.content_version,
        occasion=delivery.occasion,
        occurred_at=delivery.occurred_at,
        by=delivery.by,
        written_by=version.author,
        written_at=version.created_at,
        content=version.content,
        text=_text(delivery, version, patient),
        reason=delivery.reason,
        change_comment=version.change_comment,
    )


def _text(delivery: Delivery, version: PlanVersion, patient: Patient) -> str:
    lines = [
        f"{version.content.title}, versjon {version.number}",
        f"Pasient: {patient.name}",
        f"{_OCCASIONS[delivery.occasion]} {delivery.occurred_at.date()} av {_name(delivery.by)}",
    ]
    if delivery.reason:
        lines.append(f"Begrunnelse: {delivery.reason}")
    if version.change_comment:
        lines.append(f"Endring: {version.change_comment}")
    written = f"Skrevet {version.created_at.date()} av {_name(version.author)}"
    return "\n".join([*lines, written, "", text_of(version.content)])


def _name(author: Author) -> str:
    known = (author.name, author.role, author.organisation)
    return ", ".join(each for each in known if each)
