"""From the medication source's answer to a section: chains, locks and lookups."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from connectors.fhir.bundle import (
    UNREADABLE,
    Bundle,
    Entry,
    bounded,
    read_whole,
    unreadable_reasons,
)
from connectors.fhir.concept import code_of
from connectors.fhir.identity import is_about
from connectors.fhir.wire import WrongValue
from connectors.http import SourceFailure
from connectors.medication.statement import medication_of
from connectors.medication.wire import (
    DOCUMENT,
    PARAMETERS,
    TIME,
    Resource,
    WireComposition,
    WireMedication,
    WireParameter,
    WireParameters,
    WirePatient,
    WireSection,
    WireStatement,
)
from domain.access.subject import Subject
from domain.source.medication import Medication
from domain.source.section import Reason, ReasonCode, Section, SourceName

_LOOKUPS = {
    "RFHentetTidspunkt": ReasonCode.NO_PRESCRIPTION_LOOKUP,
    "KJHentetTidspunkt": ReasonCode.NO_KJERNEJOURNAL_LOOKUP,
}

_IN_USE = frozenset({"active", "intended", "on-hold"})

Statements = Sequence[Entry[WireStatement]]


def section_of(body: bytes, subject: Subject, asked_at: datetime) -> Section[Medication]:
    """Return the subject's medicines with everything that is known to be missing.

    Raises SourceFailure (SOURCE_INVALID_ANSWER) if the answer holds no medicine list, or another
    person's.
    """
    answer = read_whole(PARAMETERS, body)
    bundle = _list_in(answer)
    _check_person(bundle, subject)
    wrong = _wrong_entries(bundle)
    times, lookup_reasons = _lookups(answer, wrong)
    content_reasons = _table_of_contents(bundle, wrong)
    items, cut = bounded(_medicines(bundle, wrong))
    reasons = [*lookup_reasons, *content_reasons, *unreadable_reasons(wrong), *cut]
    retrieved_at = min(times, default=asked_at)
    return Section.answered(SourceName.MEDICATION, items, retrieved_at, reasons)


def _list_in(answer: WireParameters) -> Bundle[Resource]:
    for index, parameter in enumerate(answer.parameter):
        if parameter.name == "medication" and parameter.resource:
            bundle = DOCUMENT.read(parameter.resource, f"parameter[{index}].resource.")
            if bundle.entries or bundle.unreadable:
                return bundle
    raise SourceFailure(ReasonCode.SOURCE_INVALID_ANSWER)


def _check_person(bundle: Bundle[Resource], subject: Subject) -> None:
    for patient in bundle.of(WirePatient):
        if not is_about(subject, patient.resource.identifier):
            raise SourceFailure(ReasonCode.SOURCE_INVALID_ANSWER)


def _wrong_entries(bundle: Bundle[Resource]) -> list[str]:
    """Return the places of unreadable entries, and the name of a mandatory one that isn't there."""
    wrong = [entry.path for entry in bundle.unreadable]
    if not wrong:
        wrong += [kind for kind, there in _mandatory(bundle) if not there]
    return wrong


def _mandatory(bundle: Bundle[Resource]) -> Iterator[tuple[str, bool]]:
    yield "Composition", bool(bundle.of(WireComposition))
    yield "Patient", bool(bundle.of(WirePatient))


def _lookups(answer: WireParameters, wrong: list[str]) -> tuple[list[datetime], list[Reason]]:
    """Return when the source looked things up, and which lookups it did not do."""
    named = {parameter.name: parameter for parameter in answer.parameter}
    times: list[datetime] = []
    for index, parameter in enumerate(answer.parameter):
        if parameter.name in _LOOKUPS:
            times.extend(_lookup_time(parameter, f"parameter[{index}].valueDateTime", wrong))
    return times, [Reason(code=code) for name, code in _LOOKUPS.items() if name not in named]


def _lookup_time(parameter: WireParameter, path: str, wrong: list[str]) -> Iterator[datetime]:
    try:
        yield TIME.decode(parameter.value_date_time).at
    except UNREADABLE:
        wrong.append(path)


def _table_of_contents(bundle: Bundle[Resource], wrong: list[str]) -> list[Reason]:
    """Return what the list's own contents say is missing; wrong references are added to `wrong`."""
    contents = bundle.of(WireComposition)
    here = bundle.others | {entry.full_url for entry in bundle.entries if entry.full_url}
    reasons: list[Reason] = []
    for entry in contents:
        for path, section in _sections(entry.path, entry.resource.section):
            reasons.extend(_why_empty(section, path))
            if not (section.entry or section.section or section.empty_reason):
                wrong.append(path)
            wrong.extend(
                f"{path}.entry[{index}].reference"
                for index, reference in enumerate(section.entry)
                if reference.reference not in here
            )
    return list(dict.fromkeys(reasons))


def _sections(path: str, sections: Sequence[WireSection]) -> Iterator[tuple[str, WireSection]]:
    waiting = [(path, sections)]  # no recursion: how deep they nest is the source's choice
    while waiting:
        path, sections = waiting.pop()
        for index, section in enumerate(sections):
            at = f"{path}.section[{index}]"
            yield at, section
            waiting.append((at, section.section))


def _why_empty(section: WireSection, path: str) -> list[Reason]:
    if section.empty_reason is None:
        return []
    code = code_of(section.empty_reason)
    if code == "withheld":
        return [Reason(code=ReasonCode.LOCKED_PRESCRIPTION)]
    if code == "nilknown":
        return []
    return [Reason(code=ReasonCode.PART_UNAVAILABLE, path=f"{path}.emptyReason")]


def _medicines(bundle: Bundle[Resource], wrong: list[str]) -> list[Medication]:
    products = {e.full_url: e.resource for e in bundle.of(WireMedication) if e.full_url}
    statements = [e for e in bundle.of(WireStatement) if e.resource.status != "entered-in-error"]
    medicines = []
    for entry in _heads(statements, bundle.others, wrong):
        try:
            medicines.append(medication_of(entry.resource, products))
        except WrongValue as error:
            wrong.append(entry.path + error.path)
    return medicines


def _heads(statements: Statements, others: set[str], wrong: list[str]) -> Statements:
    """Return the medicines to show: all but the tails of chains whose head is shown.

    A tail without its head stays, and is told as wrong unless the head is told already: the
    medicine is in use, and only its latest prescription is not here.
    """
    tails = _tails(statements)
    shown = [entry for index, entry in enumerate(statements) if index not in tails]
    for entry in shown:
        for index, reference in enumerate(entry.resource.part_of):
            if reference.reference not in others:
                wrong.append(f"{entry.path}.partOf[{index}]")
    return shown


def _tails(statements: Statements) -> set[int]:
    """Return the indexes of statements that lead, link by link, to a head.

    One in use is no tail, whatever it says to be part of.
    """
    followers: dict[str | None, list[int]] = {}
    for index, entry in enumerate(statements):
        if entry.resource.status not in _IN_USE:
            for reference in entry.resource.part_of:
                followers.setdefault(reference.reference, []).append(index)
    reached = [e.full_url for e in statements if not e.resource.part_of and e.full_url]
    tails: set[int] = set()
    while reached:
        for tail in followers.pop(reached.pop(), ()):
            tails.add(tail)
            reached.extend(url for url in (statements[tail].full_url,) if url)
    return tails
