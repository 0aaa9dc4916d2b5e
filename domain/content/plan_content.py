"""What a plan part says."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from domain.content.action import Action
from domain.content.contact import ContactPoint
from domain.content.goal import Goal
from domain.content.passage import Passage
from domain.content.problem import Problem
from domain.content.self_care import SelfCare
from domain.noun import Noun


class Interpreter(Noun):
    """The need of an interpreter; `language` is ISO 639."""

    language: str
    note: str | None = None


class TemplateUse(Noun):
    """The template a content began as, and the lines of it that somebody has confirmed as they are.

    A line is named by its id, a zone by its level.
    """

    template_id: str
    template_version: int
    confirmed_lines: tuple[str, ...] = ()


class PlanContent(Noun):
    """What one version of a part says: one immutable document, kept as it was written.

    A line is an item of a list, known by its id from version to version (a zone by its level); ids
    are unique in the whole content.
    """

    not_given: ClassVar[frozenset[str]] = frozenset({"template"})

    title: str
    description: str | None = None
    what_matters_to_me: str | None = None
    period_start: date | None = None
    period_end: date | None = None
    passages: tuple[Passage, ...] = ()
    problems: tuple[Problem, ...] = ()
    goals: tuple[Goal, ...] = ()
    actions: tuple[Action, ...] = ()
    self_care: SelfCare | None = None
    contacts: tuple[ContactPoint, ...] = ()
    interpreter: Interpreter | None = None
    template: TemplateUse | None = None
