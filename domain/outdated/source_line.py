"""The lines of what a source says, as far as a change of them can make a plan outdated."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from domain.noun import Noun
from domain.source.appointment import Appointment, AppointmentStatus
from domain.source.critical_info import Certainty, CriticalInfo
from domain.source.medication import Medication, MedicationStatus
from domain.source.section import ReasonCode, Section, SectionName, SourceName

SOURCE_OF: Mapping[SectionName, SourceName] = {
    SectionName.MEDICATIONS: SourceName.MEDICATION,
    SectionName.CRITICAL_INFO: SourceName.KJERNEJOURNAL,
    SectionName.APPOINTMENTS: SourceName.HOSPITAL,
}
"""The sections that plans are compared with, and the source of each."""

_ENDED = frozenset(
    {MedicationStatus.COMPLETED, MedicationStatus.STOPPED, MedicationStatus.NOT_TAKEN}
)


class SourceLine(Noun):
    """One line: a medicine, a registration, or a stay in hospital. It is compared, never kept.

    `id` is the source's own. `says` is what makes it another line when it changes: a renewed
    prescription says the same. `is_current` tells a medicine in use, a registration that holds, a
    stay that goes on.
    """

    id: str
    says: tuple[str | None, ...]
    is_current: bool
    is_hidden_from_guardians: bool = False

    def __repr__(self) -> str:
        return "SourceLine()"


# Any: the items' type is the section's own matter.
def lines_of(name: SectionName, answer: Section[Any]) -> tuple[SourceLine, ...]:
    """Return the lines of an answer; nothing for a section that is not compared."""
    items = answer.items or ()
    if name is SectionName.MEDICATIONS:
        return tuple(_medicines(items, may_be_hidden=_hides(answer)))
    if name is SectionName.CRITICAL_INFO:
        return tuple(_registration(each) for each in items)
    if name is SectionName.APPOINTMENTS:
        return tuple(_stays(items))
    return ()


def is_in_use(medicine: Medication) -> bool:
    """Tell whether a medicine is taken, or is to be; a status we don't know is not taken for no."""
    return medicine.status not in _ENDED


def _medicines(items: tuple[Medication, ...], *, may_be_hidden: bool) -> Iterator[SourceLine]:
    """Give all but locked ones, which are not everybody's to know of."""
    for each in items:
        if not each.is_locked:
            as_needed = None if each.as_needed is None else str(each.as_needed)
            says = (each.name, each.form, each.status_text, each.dosage, each.short_dosage)
            yield SourceLine(
                id=each.id,
                says=(*says, as_needed),
                is_current=is_in_use(each),
                is_hidden_from_guardians=may_be_hidden or each.is_hidden_from_guardians,
            )


def _hides(answer: Section[Any]) -> bool:
    """Tell whether nobody can say what is hidden from guardians: the prescriptions do."""
    return any(reason.code is ReasonCode.NO_PRESCRIPTION_LOOKUP for reason in answer.reasons)


def _registration(each: CriticalInfo) -> SourceLine:
    says = (
        each.category.name,
        each.concept.system,
        each.concept.code,
        each.concept.text,
        each.certainty.name,
        each.certainty_text,
        each.criticality,
        each.note,
        str(each.is_active),
        *each.reactions,
    )
    is_current = each.is_active is not False and each.certainty is not Certainty.REFUTED
    return SourceLine(id=each.id, says=says, is_current=is_current)


def _stays(items: tuple[Appointment, ...]) -> Iterator[SourceLine]:
    """Give the stays that have begun; when one is moved before that, no plan is outdated by it."""
    for each in items:
        if each.is_inpatient and each.status in (
            AppointmentStatus.ARRIVED,
            AppointmentStatus.FULFILLED,
        ):
            is_current = each.status is AppointmentStatus.ARRIVED
            yield SourceLine(id=each.id, says=(), is_current=is_current)
