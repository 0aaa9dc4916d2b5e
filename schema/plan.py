"""The plan as the graph shows it: one overall plan, made of parts, each with three axes."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated

import strawberry

from domain.access.lock import Key
from domain.plan import part as domain_plan
from domain.plan.part import Lifecycle, PlanKind
from domain.plan.sharing import ShareScope
from domain.refusal import Refusal
from domain.source.section import SectionState
from resolvers import (
    comment,
    comparison,
    difference,
    draft,
    handover,
    plan,
    report,
    review,
    sharing,
    suggestion,
)
from schema.approval import Agreement, Approval
from schema.author import Author
from schema.care_team import TeamMember
from schema.comment import Comment
from schema.comparison import Comparison, OutdatedReason
from schema.content import PlanContent
from schema.difference import Difference
from schema.draft import Draft
from schema.due import DueLine
from schema.field import enum, field, plain, whole
from schema.handover import Handover
from schema.node import Node
from schema.report import ReportConnection
from schema.review import Review
from schema.sharing import Sharing
from schema.suggestion import Suggestion
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
    description="That a lock holds back what a part says: the patient's restriction, a block, a consent "
    "that is withdrawn."
)
class Withheld:
    state: SectionState = plain("WITHHELD; PARTIAL when the zone sheet is shown all the same.")
    refusal: Refusal = plain("The rule that stands against it.")
    sentence: str = field(plan.withheld_sentence, "Why, in the language of Accept-Language.")
    opened_by: list[Key] = plain(
        "What would open it for this viewer; empty where nothing does.", size=2
    )


@strawberry.type(
    description="One part of the plan, with its own responsible, approval and sharing."
)
class PlanPart(Node):
    kind: PlanKind = plain("The kind of part.")
    lifecycle: Lifecycle = plain("The first axis: whether it is to be followed.")
    scopes: list[ShareScope] = field(
        plan.scopes,
        "How much of it the viewer is shown. Without WHOLE_PART, `content` holds these pieces and "
        "nothing else, and other fields are refused (NOT_SHARED).",
        size=5,
    )
    approval: Approval | None = whole("The second axis: whether health personnel stand behind it.")
    agreements: list[Agreement] | None = field(
        plan.agreements,
        "The word of each person entitled to give it; refused (NOT_SHARED) to those with whom it is shared.",
        size=10,
    )
    sharing: Sharing | None = field(
        sharing.of_part,
        "The third axis: who has been given it; refused (NOT_SHARED) to those with whom it is shared.",
    )
    version: int = plain("Counts every change of the part; a writer must have seen the newest.")
    content_version: int = plain("The number of the content shown.")
    content: PlanContent | None = plain(
        "What it says; null before the first activation, and when it was entered in error."
    )
    withheld: Withheld | None = field(
        plan.withheld,
        "That a lock holds back what it says, with the reason; null when none does.",
    )
    reason: str | None = whole("Why it is on hold or has ended.")
    drafts: list[Draft] | None = field(
        draft.for_part,
        "What is being written on top of it. Refused (ROLE) to all but personnel.",
        size=5,
    )
    versions: list[ContentVersion] | None = field(
        plan.versions,
        "Every content it has had, newest first; refused (NOT_SHARED) to those with whom it is shared.",
        size=50,
    )
    responsible: Author | None = whole("Who answers for it.")
    updated_at: datetime = plain("When it last changed.")
    updated_by: Author | None = whole("Who changed it.")
    change_comment: str | None = whole("What changed and why, in plain words.")
    review_due: date | None = whole("The day it is to be reviewed.")
    review_overdue: bool | None = field(
        plan.is_review_overdue,
        "Whether it is in use and should have been reviewed before today; refused (NOT_SHARED) to "
        "those with whom pieces are shared.",
    )
    overdue_lines: list[DueLine] | None = field(
        plan.overdue_lines,
        "Its actions and goals whose day is past in Norway and that are neither done nor given up, "
        "earliest first; none when it is not in use. Refused (NOT_SHARED) to those with whom pieces "
        "are shared.",
        size=10,
    )
    reviews: list[Review] | None = field(
        review.for_part,
        "The reviews held of it, newest first; refused (NOT_SHARED) to a vendor.",
        size=20,
    )
    may_be_outdated: list[OutdatedReason] | None = field(
        comparison.reasons,
        "Why it may be outdated, first noticed first, as far as the viewer may see the source's "
        "section; null when nothing was found, which `comparisons` says the worth of. A review that "
        "keeps the part, and a new content, settle it; what is undone at the source goes by itself. "
        "Refused (NOT_SHARED) to those with whom it is shared.",
        size=10,
    )
    comparisons: list[Comparison] | None = field(
        comparison.for_part,
        "How far it has been compared with each source whose section the viewer may see; empty when "
        "it is not in use, refused (NOT_SHARED) to those with whom it is shared.",
        size=5,
    )
    comments: list[Comment] | None = field(
        comment.for_part,
        "The comments that the viewer may see, newest first; refused (NOT_SHARED) to those with "
        "whom it is shared.",
        first="At most so many; no more than 100.",
    )
    suggestions: list[Suggestion] | None = field(
        suggestion.for_part,
        "Suggested edits, newest first and at most 100; refused (NOT_SHARED) to those with whom it "
        "is shared.",
        states="Only those that stand so.",
        size=100,
    )

    differences: list[Difference] | None = field(
        difference.of_part,
        "What differs between two of its contents, by section and line; refused (NOT_SHARED) to a "
        "vendor.",
        since="The older content version; left out, the one before. 0 is before the first.",
        until="The newer content version; left out, the one shown.",
        size=50,
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
        size=10,
    )
    care_team: list[TeamMember] | None = field(
        plan.care_team,
        "The care team that all parts have in common, with those who have left it; refused "
        "(NOT_SHARED) to a vendor.",
        size=30,
    )
    handovers: list[Handover] | None = field(
        handover.for_plan,
        "Who has asked whom to take over, newest first; refused (NOT_SHARED) to a vendor.",
        size=20,
    )
    # The one back edge of the graph: everything that sources feed hangs on the patient.
    patient: Annotated[Patient, strawberry.lazy("schema.patient")] = field(
        plan.patient_of, "Whose plan it is."
    )

    @classmethod
    def is_type_of(cls, value: object, info: object) -> bool:
        return isinstance(value, domain_plan.Plan)
