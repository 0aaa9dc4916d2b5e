"""What a plan part says, as the graph shows it."""

from __future__ import annotations

from datetime import date

import strawberry

from resolvers import template as templates
from schema.action import Action
from schema.contact import ContactPoint
from schema.field import field, plain
from schema.goal import Goal
from schema.passage import Passage
from schema.problem import Problem
from schema.self_care import SelfCare


@strawberry.type(description="The need of an interpreter.")
class Interpreter:
    language: str = plain("The language (ISO 639).")
    note: str | None = plain("A remark.")


@strawberry.type(description="The template that a content began as.")
class TemplateUse:
    template_id: strawberry.ID = plain("The template.")
    template_version: int = plain("Its version.")
    confirmed_lines: list[str] = plain(
        "The lines that somebody has confirmed as they are; a zone is named by its level.", size=100
    )


@strawberry.type(description="What one version of a plan part says. It never changes.")
class PlanContent:
    title: str = plain("The title.")
    description: str | None = plain("What the part is about.")
    what_matters_to_me: str | None = plain("Hva er viktig for deg? In the patient's own words.")
    period_start: date | None = plain("The first day it is for.")
    period_end: date | None = plain("The last day it is for.")
    passages: list[Passage] = plain("Texts under headings that law or guidance asks for.", size=30)
    problems: list[Problem] = plain("What the part is for.", size=20)
    goals: list[Goal] = plain("What is to be reached.", size=20)
    actions: list[Action] = plain("What is to be done.", size=50)
    self_care: SelfCare | None = plain("Zones, measurements, and who reads them.")
    contacts: list[ContactPoint] = plain("Whom to call, and when.", size=20)
    interpreter: Interpreter | None = plain("The need of an interpreter.")
    template: TemplateUse | None = plain("The template it began as.")
    unread_template_lines: list[str] | None = field(
        templates.unread_lines,
        "The lines that are still template text, or have something left to be filled in: a line by "
        "its id, a zone by its level, the rest by name. Empty when all is read; null when the "
        "template is not known here.",
        size=50,
    )
