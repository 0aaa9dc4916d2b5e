"""The log of use: who did what to whose plan, and on which ground (pasientjournalloven § 22).

A reading has two entries. The first is durable before anything leaves: who, for whom and why, and
what was decided. The second adds what was shown. Neither is ever changed.
"""

from __future__ import annotations

from datetime import datetime

from domain.access.decision import Access
from domain.access.relation import Basis, Relation
from domain.access.right import Right
from domain.access.viewer import Viewer, ViewerRole
from domain.author import Author
from domain.noun import Noun
from domain.operation import Operation
from domain.profession import name as profession
from domain.refusal import Refusal
from domain.source.section import SectionName, SectionState

# Whom an entry is about where nobody was found.
NOBODY = "pat_00000000-0000-0000-0000-000000000000"

PLAN, SHARED_PARTS, CONTENT, DRAFTS = "PLAN", "SHARED_PARTS", "CONTENT", "DRAFTS"
_TITLES = {
    Basis.OWN: "Pasient",
    Basis.PARENT: "Forelder",
    Basis.CHILD_WELFARE: "Barneverntjenesten",
    Basis.GUARDIAN: "Verge",
    Basis.LASTING_POWER: "Fremtidsfullmektig",
    Basis.POWER_OF_ATTORNEY: "Fullmektig",
    Basis.ADVISER: "Lege eller advokat for pasienten",
    Basis.NEXT_OF_KIN: "Nærmeste pårørende",
    Basis.SHARE: "Mottaker av deling",
    Basis.OVERSIGHT: "Personvernombud",
}
_WITHOUT_PROFESSION = (
    ViewerRole.CITIZEN,
    ViewerRole.RECIPIENT,
    ViewerRole.CASE_WORKER,
    ViewerRole.PRIVACY_OFFICER,
)


class PartShown(Noun):
    """A plan part that was shown, and the version of its content."""

    part_id: str
    content_version: int | None = None


class SectionShown(Noun):
    """A source-fed section that was shown: what its source answered, and how much it held back."""

    section: SectionName
    state: SectionState
    withheld_count: int | None = None


class Outcome(Noun):
    """What a reading led to. `shown` are names of the graph's fields about the patient."""

    shown: tuple[str, ...] = ()
    parts: tuple[PartShown, ...] = ()
    sections: tuple[SectionShown, ...] = ()


class AuditEntry(Noun):
    """One entry of the log of use. `by_number` tells citizens apart and is never shown.

    `role` and `basis` are None for what the gateway does by itself, as the plan says it must. A
    `refusal` says that it was refused, `allowed` otherwise what the decision opened. With `adds_to`
    it is the second entry of a reading, which adds the `outcome` to the first. `on_behalf_of` is
    the id of whom a parent acted for: a patient's name stands nowhere in it but as an author's.
    """

    patient_id: str
    id: str
    at: datetime
    operation: Operation
    subject_id: str
    by: Author
    correlation_id: str
    role: ViewerRole | None = None
    basis: Basis | None = None
    by_number: str | None = None
    purpose_of_use: str | None = None
    on_behalf_of: str | None = None
    legal_entity: str | None = None
    decision_id: str | None = None
    refusal: Refusal | None = None
    allowed: tuple[str, ...] = ()
    adds_to: str | None = None
    outcome: Outcome | None = None


def author_of(
    viewer: Viewer, relation: Relation | None, organisation_name: str | None = None
) -> Author:
    """Return the viewer as whoever does something; without a relation they were refused.

    `organisation_name` is what we know their organisation as where the relation doesn't say.
    """
    has_none = viewer.role in _WITHOUT_PROFESSION
    title = _TITLES.get(relation.basis) if relation else None
    return Author(
        name=viewer.name or viewer.subject,
        role=title if has_none else _as_personnel(viewer),
        organisation=(relation.organisation_name if relation else None) or organisation_name,
        hpr_number=viewer.hpr_number,
        organisation_number=viewer.organisation,
    )


def _as_personnel(viewer: Viewer) -> str | None:
    """Return a profession in words; a student is told of together with who answers for them."""
    known = profession(viewer.profession)
    if not viewer.is_student:
        return known
    under = f"under veiledning av HPR {viewer.supervisor}" if viewer.supervisor else None
    return " ".join(filter(None, ("Student", under)))


def opened(access: Access) -> tuple[str, ...]:
    """Return what an access opens: the plan or single parts, what it says, drafts, sections.

    BY_OPENED and BY_EMERGENCY tell that restrictions are open for this person.
    """
    if not access.may(Right.SEE_PATIENT):
        return ()
    names = [f"BY_{access.opening.name}"] if access.opening else []
    if access.plan.is_allowed:
        names.append(SHARED_PARTS if access.is_by_share else PLAN)
        names += [CONTENT] * access.content.is_allowed + [DRAFTS] * access.may(Right.READ_DRAFTS)
    return (*names, *(name.name for name in SectionName if access.section(name).is_allowed))
