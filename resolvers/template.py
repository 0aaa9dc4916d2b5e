"""Plan templates for health personnel, and what is still template text in a plan."""

from __future__ import annotations

from domain.access.patient import Patient
from domain.access.viewer import ViewerRole
from domain.content.plan_content import PlanContent
from domain.errors import NotFound, NotPermitted
from domain.plan import template as rules
from domain.plan.part import PlanKind
from domain.plan.template import PlanTemplate, TemplateStatus
from domain.refusal import Refusal
from resolvers import plan as plans
from resolvers.context import Context


def all_templates(ctx: Context, kind: PlanKind | None = None) -> list[PlanTemplate]:
    """Return the templates that a draft may begin as, of one kind of part or of all."""
    _for_health_personnel(ctx)
    return [
        each
        for each in ctx.store.template.all()
        if each.status is TemplateStatus.ACTIVE and kind in (None, each.kind)
    ]


def by_id(ctx: Context, id: str, version: int | None = None) -> PlanTemplate:
    """Return a version of a template, retired or not; the newest when none is named."""
    _for_health_personnel(ctx)
    found = ctx.store.template.by_id(id, version)
    if found is None:
        raise NotFound
    return found


async def suggested_for(ctx: Context, patient: Patient) -> list[PlanTemplate]:
    """Return the templates that suit the patient's age and a problem in a part of the plan."""
    _for_health_personnel(ctx)
    plan = await plans.for_patient(ctx, patient)
    contents = [part.content for part in plan.parts if part.content] if plan else []
    problems = [each for content in contents for each in content.problems]
    age = patient.age_on(ctx.now.date())
    return [each for each in ctx.store.template.all() if rules.suits(each, problems, age)]


def unread_lines(ctx: Context, content: PlanContent) -> tuple[str, ...] | None:
    """Return the lines that are still template text; None when the template isn't known here."""
    use = content.template
    if use is None:
        return ()
    began_as = ctx.store.template.by_id(use.template_id, use.template_version)
    return None if began_as is None else rules.unread_lines(began_as.content, content)


def _for_health_personnel(ctx: Context) -> None:
    if ctx.viewer.role is not ViewerRole.CLINICIAN:
        raise NotPermitted(reason=Refusal.ROLE.name)
