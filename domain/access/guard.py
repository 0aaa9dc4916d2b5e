"""What the graph's fields about a patient ask of whoever reads them.

The graph refuses by this table, and explanations are made of it; a field that is not in it can't be
declared (a test says so).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import Enum

from domain.access.decision import Access
from domain.access.right import RIGHT_OF_SECTION, Right
from domain.access.standing import HEALTH_PERSONNEL, OWN, PATIENT_SIDE, Standing
from domain.noun import Noun
from domain.refusal import Refusal
from domain.source.section import SectionName


class Extent(Enum):
    """How much of a plan somebody must have been given: a piece, a whole part, or the whole plan.

    The whole plan is never given by a share.
    """

    PIECE = "PIECE"
    PART = "PART"
    PLAN = "PLAN"


class Guard(Noun):
    """What must be had to read a field: all the `rights`, of an `extent`; `only` some standings.

    Others than those are told `otherwise`.
    """

    rights: tuple[Right, ...]
    extent: Extent = Extent.PIECE
    only: frozenset[Standing] = frozenset(Standing)
    otherwise: Refusal = Refusal.ROLE

    def by_extent(self, access: Access) -> Refusal | None:
        """Return why it is not for somebody of their kind, or with so little of the plan."""
        if access.standing is not None and access.standing not in self.only:
            return self.otherwise
        if self.extent is Extent.PLAN:
            return access.beyond_parts
        return access.beyond_parts if self._is_of_part and access.is_in_pieces else None

    def refusal(self, access: Access) -> Refusal | None:
        """Return what stands against reading the field; None when it may be read."""
        return self.by_extent(access) or next(filter(None, self._by_rights(access)), None)

    @property
    def _is_of_part(self) -> bool:
        return self.extent is Extent.PART

    def _by_rights(self, access: Access) -> Iterator[Refusal | None]:
        return (access.on(right).refusal for right in self.rights)


_PERSON = Guard(rights=(Right.SEE_PATIENT,))
_WHOLE_PERSON = Guard(rights=(Right.SEE_PATIENT,), extent=Extent.PART)
_PREVIEW = Guard(rights=(Right.PREVIEW,), only=HEALTH_PERSONNEL)
_CHOICES = Guard(rights=(Right.SEE_PATIENT,), extent=Extent.PLAN)
# Also to parents who see pieces of the plan: it says why they do.
_RULES = Guard(
    rights=(Right.SEE_PATIENT,),
    only=PATIENT_SIDE | HEALTH_PERSONNEL,
    otherwise=Refusal.NOT_SHARED,
)
_STATUS = Guard(rights=(Right.PLAN_STATUS,))
_HEAD = Guard(rights=(Right.PLAN_STATUS,), extent=Extent.PART)
_TEAM = Guard(rights=(Right.PLAN_STATUS,), extent=Extent.PLAN)
_CONTENT = Guard(rights=(Right.PLAN_STATUS, Right.READ_ZONES, Right.READ_PLAN), extent=Extent.PLAN)
_VALUES = Guard(
    rights=(Right.PLAN_STATUS, Right.READ_ZONES, Right.READ_REPORTS), extent=Extent.PLAN
)
_REPORTS = Guard(rights=(Right.PLAN_STATUS, Right.READ_ZONES, Right.READ_REPORTS))
_DRAFTS = Guard(rights=(Right.READ_ZONES, Right.READ_DRAFTS), only=HEALTH_PERSONNEL)

# Whoever decides about locks, or writes them down, and the patient whatever they may decide.
_CHOOSING = OWN | {
    Standing.PARENT,
    Standing.CHILD_WELFARE,
    Standing.GUARDIAN,
    Standing.PERSONNEL,
}
_LOCKS = Guard(rights=(Right.SEE_PATIENT,), extent=Extent.PLAN, only=_CHOOSING)
# Those who have opened something themselves see that, too.
_OPENED = Guard(rights=(Right.SEE_PATIENT,), only=_CHOOSING | {Standing.EMERGENCY})

# By the name in the graph. What the content says is cut to what may be seen, never refused.
GUARDS: Mapping[str, Guard] = {
    **dict.fromkeys(
        ("Patient.id", "Patient.name", "Patient.givenName", "Patient.familyName"), _PERSON
    ),
    **dict.fromkeys(("Patient.access", "Patient.reservation", "Patient.notices"), _PERSON),
    "Patient.birthDate": _WHOLE_PERSON,
    "Patient.age": _WHOLE_PERSON,
    "Patient.gender": _WHOLE_PERSON,
    "Patient.diedOn": _WHOLE_PERSON,
    "Patient.identityNumbers": _WHOLE_PERSON,
    "Patient.plan": _STATUS,
    "Patient.suggestedTemplates": _DRAFTS,
    "Patient.proposals": _DRAFTS,
    "Patient.representatives": _PREVIEW,
    "Patient.consents": _CHOICES,
    "Patient.deliveries": _CHOICES,
    "Patient.restrictions": _LOCKS,
    "Patient.blocks": _LOCKS,
    "Patient.openedAccess": _OPENED,
    "Patient.logQuestions": _CHOICES,
    "Patient.accessRules": _RULES,
    "Patient.representations": _RULES,
    "Patient.erasures": Guard(
        rights=(Right.SEE_PATIENT,),
        extent=Extent.PLAN,
        only=PATIENT_SIDE - {Standing.CHILD_WELFARE},
        otherwise=Refusal.PATIENT_ONLY,
    ),
    "Patient.correctionRequests": _TEAM,
    "Patient.log": Guard(rights=(Right.READ_LOG,)),
    "Patient.medications": Guard(rights=(RIGHT_OF_SECTION[SectionName.MEDICATIONS],)),
    "Patient.criticalInfo": Guard(rights=(RIGHT_OF_SECTION[SectionName.CRITICAL_INFO],)),
    "Patient.appointments": Guard(rights=(RIGHT_OF_SECTION[SectionName.APPOINTMENTS],)),
    "Patient.careTeam": Guard(rights=(RIGHT_OF_SECTION[SectionName.CARE_TEAM],)),
    "Patient.documents": Guard(rights=(RIGHT_OF_SECTION[SectionName.DOCUMENTS],)),
    "Patient.reports": _REPORTS,
    "Patient.series": _VALUES,
    "Patient.silent": _VALUES,
    "Plan.id": _STATUS,
    "Plan.parts": _STATUS,
    "Plan.careTeam": _TEAM,
    "Plan.handovers": _CONTENT,
    "Plan.patient": _PERSON,
    **dict.fromkeys(("PlanPart.id", "PlanPart.kind", "PlanPart.lifecycle"), _STATUS),
    **dict.fromkeys(("PlanPart.scopes", "PlanPart.version", "PlanPart.contentVersion"), _STATUS),
    "PlanPart.updatedAt": _STATUS,
    "PlanPart.withheld": _STATUS,
    "PlanPart.content": Guard(rights=(Right.PLAN_STATUS, Right.READ_PLAN)),
    "PlanPart.approval": _HEAD,
    "PlanPart.reason": _HEAD,
    "PlanPart.responsible": _HEAD,
    "PlanPart.updatedBy": _HEAD,
    "PlanPart.changeComment": _HEAD,
    "PlanPart.reviewDue": _HEAD,
    "PlanPart.reviewOverdue": _HEAD,
    "PlanPart.overdueLines": Guard(
        rights=(Right.PLAN_STATUS, Right.READ_ZONES), extent=Extent.PART
    ),
    "PlanPart.sharing": _TEAM,
    "PlanPart.drafts": _DRAFTS,
    "PlanPart.agreements": _CONTENT,
    "PlanPart.versions": _CONTENT,
    "PlanPart.reviews": _CONTENT,
    "PlanPart.mayBeOutdated": _CONTENT,
    "PlanPart.comparisons": _CONTENT,
    "PlanPart.comments": _CONTENT,
    "PlanPart.suggestions": _CONTENT,
    "PlanPart.differences": _CONTENT,
    "PlanPart.reports": _REPORTS,
}
