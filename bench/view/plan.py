"""A plan, whole."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bench.view.value import View, coding, iso, short
from domain.content.action import Action
from domain.content.goal import Goal
from domain.content.plan_content import PlanContent
from domain.content.problem import Problem
from domain.content.zone import Threshold, Zone
from domain.cooperation.comment import Comment
from domain.plan.part import Plan, PlanPart
from domain.plan.sharing import Share


def plan_view(plan: Plan, comments: Sequence[Sequence[Comment]], now: datetime) -> View:
    """Return a plan with the comments of each part, newest first."""
    return {
        "id": plan.id,
        "parts": [_part(part, said, now) for part, said in zip(plan.parts, comments, strict=True)],
        "careTeam": [
            {
                "id": member.id,
                "name": member.name,
                "role": member.role and short(member.role),
                "functions": [function.name for function in member.functions],
                "organisation": member.organisation,
                "phone": member.phone,
                "since": iso(member.since),
                "until": iso(member.until),
            }
            for member in plan.care_team
        ],
    }


def _part(part: PlanPart, comments: Sequence[Comment], now: datetime) -> View:
    approval, responsible = part.approval, part.responsible
    return {
        "id": part.id,
        "kind": part.kind.name,
        "lifecycle": part.lifecycle.name,
        "version": part.version,
        "contentVersion": part.content_version,
        "updatedAt": part.updated_at.isoformat(),
        "reviewDue": iso(part.review_due),
        "changeComment": part.change_comment,
        "responsible": {
            "name": responsible.name,
            "role": responsible.role,
            "organisation": responsible.organisation,
        },
        "approval": {
            "state": approval.state.name,
            "by": approval.by,
            "at": iso(approval.at),
            "reason": approval.reason,
        },
        "agreements": [
            {
                "person": agreement.person,
                "relation": agreement.relation,
                "state": agreement.state.name,
                "contentVersion": agreement.content_version,
                "at": agreement.at.isoformat(),
                "comment": agreement.comment,
            }
            for agreement in part.agreements
        ],
        "sharing": {
            "state": part.sharing.state(now).name,
            "shares": list(map(_share, part.sharing.shares)),
        },
        "content": part.content and _content(part.content),
        "comments": list(map(_comment, comments[:50])),
    }


def _content(content: PlanContent) -> View:
    care = content.self_care
    return {
        "title": content.title,
        "description": content.description,
        "whatMattersToMe": content.what_matters_to_me,
        "problems": list(map(_problem, content.problems)),
        "goals": list(map(_goal, content.goals)),
        "actions": list(map(_action, content.actions)),
        "selfCare": care
        and {"zones": list(map(_zone, care.zones)), "emergencyText": care.emergency_text},
        "contacts": [
            {
                "id": contact.id,
                "label": contact.label,
                "phone": contact.phone,
                "hours": contact.hours,
                "zone": contact.zone and contact.zone.name,
            }
            for contact in content.contacts
        ],
    }


def _problem(problem: Problem) -> View:
    return {
        "id": problem.id,
        "concept": coding(problem.concept),
        "status": problem.status.name,
        "onset": iso(problem.onset),
    }


def _goal(goal: Goal) -> View:
    target = goal.target
    return {
        "id": goal.id,
        "description": goal.description,
        "expressedBy": goal.expressed_by.name,
        "status": goal.status.name,
        "achievement": goal.achievement and goal.achievement.name,
        "target": target
        and {
            "measure": target.measure,
            "value": target.value,
            "unit": target.unit,
            "due": iso(target.due),
        },
    }


def _action(action: Action) -> View:
    return {
        "id": action.id,
        "title": action.title,
        "category": action.category.name,
        "performedBy": action.performed_by.name,
        "status": action.status.name,
        "timing": action.timing,
        "owner": action.owner,
        "problemIds": action.problem_ids,
        "goalIds": action.goal_ids,
    }


def _zone(zone: Zone) -> View:
    return {
        "level": zone.level.name,
        "condition": zone.condition,
        "whatToDo": zone.what_to_do,
        "warningSigns": zone.warning_signs,
        "thresholds": list(map(_threshold, zone.thresholds)),
        "contact": zone.contact,
        "whenToCall": zone.when_to_call,
    }


def _threshold(limit: Threshold) -> View:
    return {
        "observable": short(limit.observable),
        "unit": limit.unit,
        "basis": limit.basis.name,
        "low": limit.low,
        "high": limit.high,
        "baseline": limit.baseline,
    }


def _share(share: Share) -> View:
    return {
        "recipient": share.recipient,
        "organisationNumber": share.organisation_number,
        "sharedBy": share.shared_by,
        "since": share.since.isoformat(),
        "until": iso(share.until),
        "withdrawnAt": iso(share.withdrawn_at),
    }


def _comment(comment: Comment) -> View:
    return {
        "id": comment.id,
        "author": {"name": comment.author.name},
        "text": comment.text,
        "status": comment.status.name,
        "createdAt": comment.created_at.isoformat(),
        "lineId": comment.line_id,
        "answerTo": comment.answer_to,
    }
