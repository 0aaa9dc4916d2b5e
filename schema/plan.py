"""The plan as the graph shows it: one overall plan, made of parts, each with three axes."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated

import strawberry

from domain import plan as domain_plan
from domain.plan import Lifecycle, PlanKind
from resolvers import comment, draft, plan, report
from schema.approval import Agreement, Approval
from schema.author import Author
from schema.care_team import CareTeamMember
from schema.comment import Comment
from schema.content import PlanContent
from schema.draft import Draft
from schema.field import enum, field, plain
from schema.node import Node
from schema.report import ReportConnection
from schema.sharing import Sharing
from schema.version import ContentVersion

if TYPE_CHECKING:
    from schema.patient import Patient

enum(
    PlanKind,
    "The kinds of part a plan is made of.",
    BEHANDLINGSPLAN="Treatment plan.",
    EGENBEHANDLINGSPLAN="Self-care plan.",
    KRISEPLAN="Crisis plan.",
    PALLIATIV_PLAN="Palliative plan.",
    BARN_BEREDSKAP_LIVSKVALITET="Preparedness and quality of life for a seriously ill child.",
    INDIVIDUELL_PLAN="Individual plan, a legal right.",
)
enum(
    Lifecycle,
    "The first axis of a plan part (FHIR request-status). Active does not imply approved.",
    DRAFT="Being written; seen by health personnel only.",
    ACTIVE="To be followed.",
    ON_HOLD="Paused; zones stay readable.",
    COMPLETED="Ended as meant.",
    REVOKED="Withdrawn.",
    ENTERED_IN_ERROR="Entered in error.",
)


@strawberry.type(
    description="One part of the plan, with its own responsible, approval and sharing."
)
class PlanPart(Node):
    kind: PlanKind = plain("The kind of part.")
    lifecycle: Lifecycle = plain("The first axis: whether it is to be followed.")
    approval: Approval = plain("The second axis: whether health personnel stand behind it.")
    agreements: list[Agreement] | None = field(
        plan.agreements,
        "The word of each person entitled to give it; refused (NOT_SHARED) to a vendor.",
    )
    sharing: Sharing | None = field(
        plan.sharing, "The third axis: who has been given it; refused (NOT_SHARED) to a vendor."
    )
    version: int = plain("Counts every change of the part; a writer must have seen the newest.")
    content_version: int = plain("The number of the content shown.")
    content: PlanContent | None = plain(
        "What it says; null before the first activation, and when it was entered in error."
    )
    reason: str | None = plain("Why it is on hold or has ended.")
    drafts: list[Draft] | None = field(
        draft.for_part, "What is being written on top of it. Refused (ROLE) to all but personnel."
    )
    versions: list[ContentVersion] | None = field(
        plan.versions, "Every content it has had, newest first; refused (NOT_SHARED) to a vendor."
    )
    responsible: Author = plain("Who answers for it.")
    updated_at: datetime = plain("When it last changed.")
    updated_by: Author = plain("Who changed it.")
    change_comment: str | None = plain("What changed and why, in plain words.")
    review_due: date | None = plain("The day it is to be reviewed.")
    comments: list[Comment] | None = field(
        comment.for_part,
        "Comments, newest first; refused (NOT_SHARED) to a vendor.",
        first="At most so many; no more than 100.",
    )
    reports: ReportConnection | None = field(
        report.for_part,
        "What was reported under it, newest received first. Those who have been given single parts "
        "see their own reports only.",
        first="At most so many reports, from 1 to 100.",
        after="Continue after this cursor.",
    )

    @classmethod
    def is_type_of(cls, value: object, info: object) -> bool:
        return isinstance(value, domain_plan.PlanPart)


@strawberry.type(description="A patient's one overall plan.")
class Plan(Node):
    parts: list[PlanPart] = field(
        plan.parts,
        "The parts that the viewer may see.",
        lifecycles="Only parts at these points of the lifecycle.",
    )
    care_team: list[CareTeamMember] | None = field(
        plan.care_team,
        "The care team that all parts have in common; refused (NOT_SHARED) to a vendor.",
    )
    # The one back edge of the graph: everything that sources feed hangs on the patient.
    patient: Annotated[Patient, strawberry.lazy("schema.patient")] = field(
        plan.patient_of, "Whose plan it is."
    )

    @classmethod
    def is_type_of(cls, value: object, info: object) -> bool:
        return isinstance(value, domain_plan.Plan)
