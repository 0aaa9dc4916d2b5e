"""From the hospital's document references, with the number it withholds, to a section."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time

from connectors.fhir.bundle import Entry, bounded, left_out, unreadable_reasons
from connectors.fhir.concept import by_name, coding_of
from connectors.fhir.identity import is_about
from connectors.fhir.outcome import troubles
from connectors.fhir.wire import WireOutcome, WrongValue
from connectors.hospital.wire import DOCUMENTS, WireAttachment, WireDocument
from connectors.http import Answer
from domain.access.subject import Subject
from domain.local_time import OSLO
from domain.source.document import Document
from domain.source.section import Reason, ReasonCode, Section, SourceName

WITHHELD_COUNT = "NHN-SecurityLabel-Nors-Count"
_HELD = "notForPatientBefore"


def section_of(answer: Answer, subject: Subject, at: datetime) -> Section[Document]:
    """Return the subject's documents. Raises SourceFailure if the answer is no search result."""
    bundle = DOCUMENTS.read(answer.body)
    matches = bundle.of(WireDocument)
    wrong = [entry.path for entry in bundle.unreadable]
    items, reasons = bounded(_documents(matches, subject, wrong))
    reasons += _withheld(answer.headers, wrong)
    reasons += left_out(bundle, len(matches) + len(bundle.unreadable))
    reasons += troubles(entry.resource for entry in bundle.of(WireOutcome))
    return Section.answered(SourceName.HOSPITAL, items, at, reasons + unreadable_reasons(wrong))


def _documents(
    matches: list[Entry[WireDocument]], subject: Subject, wrong: list[str]
) -> list[Document]:
    documents = []
    for entry in matches:
        if entry.resource.status == "entered-in-error":
            continue
        try:
            documents.append(_document(entry.resource, subject))
        except WrongValue as error:
            wrong.append(entry.path + error.path)
    return documents


def _document(document: WireDocument, subject: Subject) -> Document:
    identifier = document.subject.identifier if document.subject else None
    if identifier and not is_about(subject, [identifier]):
        raise WrongValue(".subject.identifier")
    kind = coding_of(document.type)
    if kind is None:
        raise WrongValue(".type")
    attachment = document.content[0].attachment if document.content else WireAttachment()
    authors = [author.display for author in document.author if author.display]
    return Document(
        id=document.id,
        type=kind,
        title=attachment.title or document.description,
        dated=document.date.at if document.date else None,
        author=", ".join(authors) or None,
        custodian=document.custodian.display if document.custodian else None,
        content_type=attachment.content_type,
        held_until=_held_until(document),
    )


def _held_until(document: WireDocument) -> datetime | None:
    """Return until when it is not for the patient's side; a mark that can't be read holds it."""
    place, mark = by_name(document.extension).get(_HELD, (0, None))
    if mark is None:
        return None
    until = mark.value_date_time
    if until is not None and until.at is not None:
        return until.at
    if until is None or until.day is None:
        raise WrongValue(f".extension[{place}].valueDateTime")
    return datetime.combine(until.day, time(), OSLO)


def _withheld(headers: Mapping[str, str], wrong: list[str]) -> list[Reason]:
    """Return how many documents are held back; without a readable number we can't say none."""
    text = headers.get(WITHHELD_COUNT, "")
    if not (text.isascii() and text.isdigit() and len(text) < 7):
        wrong.append(WITHHELD_COUNT)
        return []
    count = int(text)
    return [Reason(code=ReasonCode.WITHHELD_BY_SOURCE, count=count)] if count else []
