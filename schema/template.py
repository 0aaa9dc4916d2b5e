"""Plan templates as the graph shows them."""

from __future__ import annotations

from datetime import date

import strawberry

from domain.plan.part import PlanKind
from domain.plan.template import TemplateStatus
from schema.coding import Coding
from schema.content import PlanContent
from schema.field import enum, plain

enum(
    TemplateStatus,
    "Whether new drafts may begin as a template.",
    ACTIVE="They may.",
    RETIRED="They may not; drafts that did still know it.",
)


@strawberry.type(
    description="A plan part to begin with, to be adapted line by line with the patient. Clinical "
    "values in it are examples, never advice."
)
class PlanTemplate:
    id: strawberry.ID = plain("The template, the same in all its versions.")
    version: int = plain("The version. What a version says never changes.")
    kind: PlanKind = plain("The kind of part it is for.")
    title: str = plain("The title.")
    description: str = plain("What it is for and how to use it, for health personnel.")
    for_problems: list[Coding] = plain(
        "The codes it suits (ICD-10, ICPC-2), those below them included.", size=10
    )
    min_age: int | None = plain("The youngest age it is for, in years; null for any.")
    max_age: int | None = plain("The oldest age it is for, in years; null for any.")
    published_on: date = plain("The day this version was published.")
    status: TemplateStatus = plain("Whether new drafts may begin as it.")
    content: PlanContent = plain(
        "What it says. What differs between patients stands in [brackets] or is left empty."
    )
