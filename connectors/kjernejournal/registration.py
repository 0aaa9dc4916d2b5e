"""From kjernejournal's registrations to critical information."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import msgspec

from connectors.fhir.bundle import left_out
from connectors.fhir.concept import by_name, code_of, coding_of, display_of, words
from connectors.fhir.identity import is_about
from connectors.fhir.outcome import troubles
from connectors.fhir.wire import WireConcept, WireExtension, WireOutcome, WireReference, WrongValue
from connectors.kjernejournal.wire import (
    REGISTRATIONS,
    Registration,
    WireAllergy,
    WireCondition,
    WireRecorder,
)
from domain.access.subject import Subject
from domain.coding import Coding
from domain.source.critical_info import Certainty, CriticalInfo, CriticalInfoCategory
from domain.source.section import Reason

_CATEGORIES = {
    "2": CriticalInfoCategory.ANAESTHESIA,
    "4": CriticalInfoCategory.INFECTION,
    "5": CriticalInfoCategory.CONDITION,
    "6": CriticalInfoCategory.TREATMENT_OR_IMPLANT,
}

_CERTAINTIES = {
    "confirmed": Certainty.CONFIRMED,
    "presumed": Certainty.PRESUMED,
    "refuted": Certainty.REFUTED,
}

_IS_ACTIVE = {
    "active": True,
    "recurrence": True,
    "relapse": True,
    "inactive": False,
    "remission": False,
    "resolved": False,
}


class Part(NamedTuple):
    """What one of the two clinical calls gave: items, places of wrong values, other reasons."""

    items: Sequence[CriticalInfo]
    wrong: Sequence[str]
    reasons: Sequence[Reason]


def read_part(body: bytes, kind: type[Registration], subject: Subject) -> Part:
    """Return the registrations of one kind. Raises SourceFailure if it is no bundle of them."""
    bundle = REGISTRATIONS.read(body)
    items: list[CriticalInfo] = []
    wrong = [entry.path for entry in bundle.unreadable]
    outcomes = bundle.of(WireOutcome)
    for entry in bundle.entries:
        if not isinstance(entry.resource, WireOutcome):
            try:
                items.extend(_items(entry.resource, kind, subject))
            except WrongValue as error:
                wrong.append(entry.path + error.path)
    seen = len(bundle.entries) - len(outcomes) + len(bundle.unreadable)
    reasons = [*left_out(bundle, seen), *troubles(entry.resource for entry in outcomes)]
    return Part(items, wrong, reasons)


def _items(
    registration: Registration, kind: type[Registration], subject: Subject
) -> list[CriticalInfo]:
    """Return the item, or nothing if it was entered in error. Raises WrongValue."""
    if not isinstance(registration, kind):
        raise WrongValue(".resourceType")
    if code_of(registration.verification_status) == "entered-in-error":
        return []
    if isinstance(registration, WireAllergy):
        _check_person(subject, registration.patient, ".patient")
        return [_allergy(registration)]
    _check_person(subject, registration.subject, ".subject")
    return [_item(registration, _category(registration))]


def _check_person(subject: Subject, reference: WireReference | None, path: str) -> None:
    identifier = reference.identifier if reference else None
    if identifier and not is_about(subject, [identifier]):
        raise WrongValue(f"{path}.identifier")


def _allergy(allergy: WireAllergy) -> CriticalInfo:
    shown = (words(m) for reaction in allergy.reaction for m in reaction.manifestation)
    return msgspec.structs.replace(
        _item(allergy, CriticalInfoCategory.ALLERGY),
        criticality=allergy.criticality,
        reactions=tuple(text for text in shown if text),
    )


def _item(registration: Registration, category: CriticalInfoCategory) -> CriticalInfo:
    certainty = code_of(registration.verification_status)
    recorded = registration.recorded_date
    return CriticalInfo(
        id=registration.id,
        category=category,
        concept=_concept(registration.code),
        is_active=_IS_ACTIVE.get(code_of(registration.clinical_status) or ""),
        certainty=_CERTAINTIES.get(certainty or "", Certainty.OTHER),
        certainty_text=words(registration.verification_status),
        note="\n".join(note.text for note in registration.note if note.text) or None,
        recorded_on=recorded.day if recorded else None,
        recorded_by=_recorder(registration.recorder, registration.contained),
        information_source=_information_source(registration.extension),
    )


def _concept(code: WireConcept) -> Coding:
    coding = coding_of(code)
    if coding is None:
        raise WrongValue(".code")
    return coding


def _category(condition: WireCondition) -> CriticalInfoCategory:
    codes = (coding.code for concept in condition.category for coding in concept.coding)
    known = (_CATEGORIES[code] for code in codes if code in _CATEGORIES)
    return next(known, CriticalInfoCategory.OTHER)


def _recorder(reference: WireReference | None, contained: Sequence[WireRecorder]) -> str | None:
    if reference is None:
        return None
    there = (c for c in contained if f"#{c.id}" == reference.reference)
    return reference.display or next((display_of(c.practitioner) for c in there), None)


def _information_source(extensions: Sequence[WireExtension]) -> str | None:
    found = by_name(extensions).get("KjSourceOfInformation")
    if found is None:
        return None
    coding = found[1].value_coding
    shown = (coding.display or coding.code) if coding else None
    return shown or words(found[1].value_codeable_concept) or found[1].value_string
