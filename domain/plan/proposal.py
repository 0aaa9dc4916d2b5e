"""What sources know that a plan may take over: lines with their origin, never retyped."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, TypeAlias

from domain.coding import Coding
from domain.content.contact import ContactPoint
from domain.content.problem import Problem
from domain.content.self_care import MedicineInstruction
from domain.noun import Noun
from domain.plan.care_team import CareTeamMember
from domain.source.critical_info import Certainty, CriticalInfo, CriticalInfoCategory
from domain.source.medication import Medication, MedicationStatus, strength
from domain.source.origin import Origin
from domain.source.section import Section

Line: TypeAlias = Problem | MedicineInstruction | ContactPoint

_ATC = "http://www.whocc.no/atc"
_IN_USE = (MedicationStatus.ACTIVE, MedicationStatus.ON_HOLD)
_NOT_IN_IDS = re.compile(r"[^A-Za-z0-9]+")


class Proposals(Noun):
    """The lines that a patient's sources propose, each source in its own envelope."""

    from_medications: Section[Line]
    from_critical_info: Section[Line]
    from_care_team: Section[Line]


def from_medications(section: Section[Medication]) -> Section[Line]:
    """Return an instruction per medicine in use, and the diagnoses that they are taken for."""
    items = section.items or ()
    in_use = [each for each in items if each.status in _IN_USE]
    return _proposed(section, [*_instructions(in_use, section), *_diagnoses(in_use, section)])


def from_critical_info(section: Section[CriticalInfo]) -> Section[Line]:
    """Return the critical conditions as problems; allergies and the like stay critical info."""
    conditions = [
        Problem(
            id=_line_id(each.id),
            concept=each.concept,
            note=each.note,
            origin=_origin(section, each.id),
        )
        for each in section.items or ()
        if each.category is CriticalInfoCategory.CONDITION
        and each.is_active is not False
        and each.certainty is not Certainty.REFUTED
    ]
    return _proposed(section, conditions)


def from_care_team(section: Section[CareTeamMember]) -> Section[Line]:
    """Return a contact per member who can be called."""
    contacts = [
        ContactPoint(
            id=_line_id(each.id),
            label=_label(each),
            phone=each.phone,
            hours=each.reachable,
            origin=_origin(section, each.id),
        )
        for each in section.items or ()
        if each.phone
    ]
    return _proposed(section, contacts)


def _proposed(section: Section[Any], lines: Sequence[Line]) -> Section[Line]:
    """Return lines in their source's envelope: what it did not say, nobody proposes."""
    items = None if section.items is None else tuple(lines)
    if not lines and section.reasons:
        items = None
    return Section(
        source=section.source,
        items=items,
        reasons=section.reasons,
        retrieved_at=section.retrieved_at,
    )


def _instructions(
    medicines: Sequence[Medication], section: Section[Medication]
) -> Iterator[MedicineInstruction]:
    for each in medicines:
        coding = Coding(text=each.name, system=_ATC if each.atc else None, code=each.atc)
        yield MedicineInstruction(
            id=_line_id(each.id),
            medicine=coding,
            instruction=each.dosage or "",
            dose=strength(each.name),
            origin=_origin(section, each.id),
        )


def _diagnoses(medicines: Sequence[Medication], section: Section[Medication]) -> Iterator[Problem]:
    """Yield each diagnosis once, whatever many medicines are taken for it."""
    seen: set[tuple[str | None, str | None]] = set()
    for each in medicines:
        for concept in each.reason_codes:
            key = (concept.system, concept.code)
            if concept.code is not None and key not in seen:
                seen.add(key)
                source_id = f"{each.id}-{concept.code}"
                origin = _origin(section, each.id)
                yield Problem(id=_line_id(source_id), concept=concept, origin=origin)


def _origin(section: Section[Any], source_id: str) -> Origin:
    if section.retrieved_at is None:
        raise ValueError("A section with items says when they were retrieved.")
    return Origin(source=section.source, source_id=source_id, retrieved_at=section.retrieved_at)


def _label(member: CareTeamMember) -> str:
    return f"{member.name}, {member.role.text}" if member.role else member.name


def _line_id(source_id: str) -> str:
    """Return an id that the same thing gets every time, in the letters that line ids have."""
    return f"s-{_NOT_IN_IDS.sub('-', source_id)}"[:64]
