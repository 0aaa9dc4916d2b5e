"""From one MedicationStatement to one medicine of the list."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from connectors.fhir.concept import by_name, coded_in, coding_of, display_of, first_words
from connectors.fhir.concept import words as words_of
from connectors.fhir.wire import (
    WireConcept,
    WireExtension,
    WireIdentifier,
    WireReference,
    WrongValue,
)
from connectors.medication.wire import WireDosage, WireMedication, WireStatement
from domain.coding import Coding
from domain.source.medication import Medication, MedicationStatus

_STATUSES = {
    "active": MedicationStatus.ACTIVE,
    "completed": MedicationStatus.COMPLETED,
    "stopped": MedicationStatus.STOPPED,
    "on-hold": MedicationStatus.ON_HOLD,
    "intended": MedicationStatus.INTENDED,
    "not-taken": MedicationStatus.NOT_TAKEN,
}

_ATC = "http://www.whocc.no/atc"
_FEST = "http://dmp.no/fhir/NamingSystem/fest"

# A medicine that is only prescribed has no id in the list yet; then the prescription's is its own.
_ID_TYPES = ("pll", "reseptid", "treatmentid")

_AS_NEEDED = {"behov": True, "fast": False, "kur": False}

Products = Mapping[str, WireMedication]


def medication_of(statement: WireStatement, products: Products) -> Medication:
    """Return the medicine; `products` are the bundle's by address. Raises WrongValue."""
    product = _product(statement, products)
    concept = product.code or WireConcept()
    prescription, dosages = _Prescription(statement.extension), _dosages(statement.dosage)
    period = statement.effective_period
    started = (period and period.start) or statement.effective_date_time
    return Medication(
        id=_id(statement.identifier),
        name=_name(statement.medication_reference, concept),
        status=_STATUSES.get(statement.status, MedicationStatus.UNKNOWN),
        status_text=statement.status,
        atc=_atc(concept),
        product=_fest(concept),
        form=words_of(product.form),
        dosage=dosages.text,
        short_dosage=dosages.short,
        as_needed=dosages.as_needed,
        reason=dosages.area or first_words(statement.reason_code),
        reason_codes=_codes(statement.reason_code),
        started_on=started.day if started else None,
        ended_on=period.end.day if period and period.end else None,
        prescribed_on=prescription.day("reseptdate"),
        prescription_expires_on=prescription.day("expirationdate"),
        refills=prescription.number("reit"),
        registered_by=display_of(statement.information_source),
        is_locked=prescription.flag("lockedresept"),
        is_hidden_from_guardians=prescription.flag("guardiantransparencyreservation"),
    )


class _Prescription:
    """The parts of the `reseptamendment` extension; a part of a wrong type raises WrongValue."""

    def __init__(self, extensions: Sequence[WireExtension]) -> None:
        found = by_name(extensions).get("reseptamendment")
        self._at = f".extension[{found[0]}]" if found else ""
        self._parts = by_name(found[1].extension) if found else {}

    def day(self, name: str) -> date | None:
        """Return a date part; None if it isn't there or says no day."""
        path, part = self._find(name)
        if part is None:
            return None
        value = part.value_date or part.value_date_time
        if value is None:
            raise WrongValue(path)
        return value.day

    def number(self, name: str) -> int | None:
        """Return a part that is a whole number, or one written as text."""
        path, part = self._find(name)
        if part is None:
            return None
        text = str(part.value_integer) if part.value_integer is not None else part.value_string
        if not (text and text.isascii() and text.isdigit() and len(text) < 5):
            raise WrongValue(path)
        return int(text)

    def flag(self, name: str) -> bool:
        """Return a yes-or-no part; a part that isn't there is a no."""
        path, part = self._find(name)
        if part is None:
            return False
        if part.value_boolean is None:
            raise WrongValue(path)
        return part.value_boolean

    def _find(self, name: str) -> tuple[str, WireExtension | None]:
        found = self._parts.get(name)
        return (f"{self._at}.extension[{found[0]}]", found[1]) if found else ("", None)


def _product(statement: WireStatement, products: Products) -> WireMedication:
    reference = statement.medication_reference
    if reference is None:
        return WireMedication(code=statement.medication_codeable_concept)
    return products.get(reference.reference or "") or WireMedication()


def _name(reference: WireReference | None, concept: WireConcept) -> str:
    name = words_of(concept) or display_of(reference)
    if not name:
        raise WrongValue(".medicationReference")
    return name


def _id(identifiers: Sequence[WireIdentifier]) -> str:
    named = {(words_of(i.type) or "").casefold(): i.value for i in reversed(identifiers)}
    for kind in _ID_TYPES:
        if value := named.get(kind):
            return value
    raise WrongValue(".identifier")


def _atc(concept: WireConcept) -> str | None:
    coding = coded_in(_ATC, [concept])
    return coding.code if coding else None


def _fest(concept: WireConcept) -> Coding | None:
    for coding in concept.coding:
        if coding.code and (coding.system or "").startswith(_FEST):
            text = coding.display or concept.text or coding.code
            return Coding(text=text, system=coding.system, code=coding.code)
    return None


def _codes(concepts: Sequence[WireConcept]) -> tuple[Coding, ...]:
    return tuple(coding for coding in map(coding_of, concepts) if coding)


def _joined(texts: Iterable[str | None]) -> str | None:
    return "; ".join(text for text in texts if text) or None


@dataclass(frozen=True, slots=True)
class _Dosages:
    """All dosages of a medicine, each in the source's words; usually there is one."""

    text: str | None
    short: str | None
    area: str | None
    as_needed: bool | None


def _dosages(dosages: Sequence[WireDosage]) -> _Dosages:
    named = [by_name(dosage.extension) for dosage in dosages]
    uses = {_AS_NEEDED.get((_words("use", each) or "").casefold()) for each in named}
    return _Dosages(
        text=_joined(dosage.text for dosage in dosages),
        short=_joined(_words("shortdosage", each) for each in named),
        area=_joined(_words("applicationarea", each) for each in named),
        # What they agree on; nothing if one is unknown or they differ.
        as_needed=uses.pop() if len(uses) == 1 else None,
    )


def _words(name: str, extensions: Mapping[str, tuple[int, WireExtension]]) -> str | None:
    """Return what an extension says: a text, a concept, or a part named `text`."""
    if name not in extensions:
        return None
    extension = extensions[name][1]
    return (
        extension.value_string
        or words_of(extension.value_codeable_concept)
        or next((part.value_string for part in extension.extension if part.url == "text"), None)
    )
