"""The root of all reading."""

from __future__ import annotations

import strawberry

from resolvers import consent as consents
from resolvers import explanation as explanations
from resolvers import lock as locks
from resolvers import log_question as log_questions
from resolvers import log_report as log_reports
from resolvers import node as nodes
from resolvers import notice
from resolvers import patient as patients
from resolvers import plan as plans
from resolvers import plan_status as plan_statuses
from resolvers import preview as previews
from resolvers import shift as shifts
from resolvers import template as plan_templates
from resolvers import viewer as viewers
from resolvers import worklist as worklists
from schema.consent import ConsentWithdrawalPreview
from schema.explanation import ExplainedAccess
from schema.field import Argument, alone, root
from schema.inbox import NoticeConnection
from schema.lock import EmergencyConnection
from schema.log import LogQuestionConnection
from schema.log_report import AccessReport
from schema.node import Node
from schema.patient import Patient
from schema.plan import Plan
from schema.plan_status import PlanStatus
from schema.preview import Preview
from schema.scalars import IdentityNumberScalar
from schema.shift import ShiftReport
from schema.template import PlanTemplate
from schema.viewer import Viewer
from schema.worklist import WorklistConnection


@strawberry.type(description="Everything that can be read.")
class Query:
    viewer: Viewer = root(viewers.current, "Who is asking.")
    node: Node | None = root(
        nodes.by_id,
        "Anything with an id.",
        id=Argument("The id, from an earlier answer.", strawberry.ID),
    )
    patient: Patient | None = root(
        patients.by_id,
        "The patient with an id.",
        id=Argument("The id, from an earlier answer.", strawberry.ID),
    )
    patient_by_identity_number: Patient | None = root(
        patients.by_identity_number,
        "The patient who has or had an identity number. By POST only.",
        identity_number=Argument("The number, in a variable.", IdentityNumberScalar),
    )
    plan_status: PlanStatus | None = root(
        plan_statuses.by_identity_number,
        "Whether whoever has or had an identity number has a plan, for machines with nobody logged in: "
        "of a unit with a care relation, or with which something is shared. Null of everybody else, "
        "whether they have a plan, are reserved, or are nobody. By POST only.",
        identity_number=Argument("The number, in a variable.", IdentityNumberScalar),
    )
    plan: Plan | None = root(
        plans.by_id,
        "The plan with an id.",
        id=Argument("The id, from an earlier answer.", strawberry.ID),
    )
    explain_access: ExplainedAccess | None = root(
        explanations.explain,
        "Why the viewer may see or do something with a patient's plan, or may not, and what would "
        "change that. Everything, if nothing is named; name at most one. Answers those who are refused "
        "too; to a citizen who is nothing to the patient there is no such patient.",
        patient_id=Argument("Whose plan.", strawberry.ID),
        right="One right.",
        section="One section that a source feeds.",
        field="One field of Patient, Plan or PlanPart, such as `Patient.log` or `PlanPart.content`.",
    )
    view_as: Preview | None = alone(
        previews.view_as,
        "What the patient or a representative would see, for health personnel who may preview it: "
        "never more than both may see. Must be the only field of its operation (NOT_ALONE). In the log "
        "it stands as the viewer's own, and as a preview.",
        patient_id=Argument("Whose plan.", strawberry.ID),
        representative=Argument(
            "Whose view: an id from `Patient.representatives`; left out, the patient's own.",
            strawberry.ID | None,
        ),
    )
    consent_withdrawal_preview: ConsentWithdrawalPreview | None = root(
        consents.preview,
        "What would happen if consent to have a plan were withdrawn; null without a consent.",
        patient_id=Argument("Whose plan.", strawberry.ID),
    )
    worklist: WorklistConnection | None = root(
        worklists.page,
        "The patients of the clinician's organisation, newest change first. For health personnel.",
        first="At most so many patients, from 1 to 100.",
        after="Continue after this cursor.",
        kind="Only patients with such a part to be followed.",
        approval_requested="Only patients with a part that waits for approval, or with none.",
        has_open_comments="Only patients with unanswered comments, or with none.",
        review_due_before="Only patients with a review due before this day.",
        review_overdue="Only patients with a review that was due before today, or with none.",
        has_unseen_reports="Only patients with yellow or red reports that nobody has seen, or with "
        "none.",
        may_be_outdated="Only patients with a part that may be outdated, or with none.",
        parents_choice="Only children of whom it is to be chosen what parents keep, or no such.",
    )
    shift_report: ShiftReport | None = root(
        shifts.report,
        "What has changed and what waits since the viewer last was at work. For health personnel.",
        since="From when on, at most 31 days ago. Ask with some minutes' overlap: what was being "
        "written just then is told with the time it began.",
    )
    notices: NoticeConnection | None = root(
        notice.page,
        "What the viewer, or their unit, is told of, newest first: what is shared with them, asked of "
        "them or answered to them. What is dealt with is no longer there.",
        first="At most so many, from 1 to 100.",
        after="Continue after this cursor.",
        unread="Only those that the viewer has not read.",
    )
    log_questions: LogQuestionConnection | None = root(
        log_questions.waiting,
        "Questions about the log of use. For the privacy officer of the organisation whose staff "
        "they are about.",
        is_answered="Those that are answered, instead of those that wait.",
        first="At most so many questions, from 1 to 100.",
        after="Continue after this cursor.",
    )
    emergencies: EmergencyConnection | None = root(
        locks.emergencies,
        "Emergency accesses by the organisation's own staff, newest first. For its privacy officer.",
        is_reviewed="Those that are reviewed, instead of those that wait.",
        first="At most so many, from 1 to 100.",
        after="Continue after this cursor.",
    )
    access_report: AccessReport | None = root(
        log_reports.remarks,
        "What the log of use has that should be looked into, about the organisation's own staff. "
        "For the privacy officer.",
        since="From when on, at most 92 days ago.",
        first="At most so many remarks, from 1 to 100.",
        after="Continue after this cursor.",
    )
    templates: list[PlanTemplate] | None = root(
        plan_templates.all_templates,
        "The templates that a draft may begin as. For health personnel.",
        kind="Only templates for this kind of part.",
        size=50,
    )
    template: PlanTemplate | None = root(
        plan_templates.by_id,
        "A template, also one that is retired. For health personnel.",
        id=Argument("The template.", strawberry.ID),
        version="Its version; the newest when left out.",
    )
