"""Plan templates, and how much of one somebody has read before the plan may be activated.

A template is adapted line by line with the patient, never copied unread. A line of a plan that
began as a template is read when somebody has changed what it says or has confirmed it as it is, and
nothing in it is left to be filled in.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from datetime import date
from enum import Enum
from typing import NamedTuple

from msgspec import structs

from domain.coding import Coding
from domain.content.plan_content import PlanContent, TemplateUse
from domain.content.problem import Problem, ProblemStatus
from domain.content.self_care import Receiver, SelfCare
from domain.content.zone import Threshold, ThresholdBasis, Zone
from domain.noun import Noun
from domain.plan.part import PlanKind


class TemplateStatus(Enum):
    """Whether new drafts may begin as the template; those that did still know it when retired."""

    ACTIVE = "ACTIVE"
    RETIRED = "RETIRED"


class PlanTemplate(Noun):
    """A plan part to begin with; what differs between patients stands in [brackets].

    `for_problems` are the codes it suits, those below them in the code system included. Ages are
    in completed years, both included. A published version never changes.
    """

    id: str
    version: int
    kind: PlanKind
    title: str
    description: str
    published_on: date
    content: PlanContent
    status: TemplateStatus = TemplateStatus.ACTIVE
    for_problems: tuple[Coding, ...] = ()
    min_age: int | None = None
    max_age: int | None = None


def suits(template: PlanTemplate, problems: Iterable[Problem], age: int) -> bool:
    """Tell whether a template is worth proposing to a patient with some problems at an age."""
    return (
        template.status is TemplateStatus.ACTIVE
        and (template.min_age is None or template.min_age <= age)
        and (template.max_age is None or age <= template.max_age)
        and any(_is_for(template, each) for each in problems)
    )


def apply(template: PlanTemplate) -> PlanContent:
    """Return the content of a draft that begins as a template: every limit in it is an example."""
    return structs.replace(
        template.content,
        self_care=_with_limits(template.content.self_care, is_example=True),
        template=TemplateUse(template_id=template.id, template_version=template.version),
    )


def confirm(content: PlanContent, keys: Collection[str]) -> PlanContent:
    """Return the content with some lines confirmed as they are; keys that name none are left out.

    To confirm a zone is to set its limits for this patient: they are examples no longer.
    """
    if content.template is None:
        return content
    known = content.template.confirmed_lines
    added = [line.key for line in _lines(content) if line.key in keys and line.key not in known]
    return structs.replace(
        content,
        self_care=_with_limits(content.self_care, is_example=False, levels=keys),
        template=structs.replace(content.template, confirmed_lines=(*known, *added)),
    )


def unread_lines(template: PlanContent, content: PlanContent) -> tuple[str, ...]:
    """Return the keys of the lines that are still template text, in the content's order.

    The key of a line is its id, of a zone its level, of anything that there is one of its name in
    JSON. A line is unread when
    - it says what a line of the template says and is not confirmed. Blanks, signs, case, ids and
      links say nothing, so changing them is no reading. The title may stay as it is; or
    - something in it is left to be filled in: a placeholder in [brackets], reading hours, the
      patient's own value behind limits in per cent. That can't be confirmed away; or
    - a limit in it is still an example. A zone is thus read when its words are changed or
      confirmed *and* each limit is set for this patient; `confirm` does both.
    """
    confirmed = content.template.confirmed_lines if content.template else ()
    written = {(line.group, _said(line.value)) for line in _lines(template)}
    return tuple(
        line.key
        for line in _lines(content)
        if _has_gap(line.value)
        or (line.key not in (_TITLE, *confirmed) and (line.group, _said(line.value)) in written)
    )


class _Line(NamedTuple):
    key: str
    group: str
    value: object


_TITLE = "title"
_LINKS = frozenset({"id", "problem_ids", "goal_ids"})
_NOT_SAID = _LINKS | {"is_example"}
_CODED = _LINKS | {"system", "code", "unit", "source_id"}  # UCUM writes mm[Hg]
PLACEHOLDER = re.compile(r"\[[^\[\]]*\]")


def _lines(noun: PlanContent | SelfCare) -> Iterator[_Line]:
    for field in structs.fields(noun):
        value = getattr(noun, field.name)
        if isinstance(value, SelfCare):
            yield from _lines(value)
        elif isinstance(value, tuple):
            for item in value:
                key = item.level.name if isinstance(item, Zone) else item.id
                yield _Line(key, field.name, item)
        elif value and not isinstance(value, TemplateUse):
            yield _Line(field.encode_name, field.name, value)


def _said(value: object) -> object:
    """Return what a value says to a reader, comparable and without what nobody reads."""
    if isinstance(value, str):
        return _spoken(value) or None
    if isinstance(value, tuple):
        return tuple(said for said in map(_said, value) if said is not None)
    if isinstance(value, Noun):
        return tuple(map(_said, _values(value, _NOT_SAID)))
    return value


def _has_gap(value: object) -> bool:
    """Tell whether anything in a value is left to be filled in or set for the patient."""
    if isinstance(value, str):
        return PLACEHOLDER.search(unicodedata.normalize("NFKC", value)) is not None
    if isinstance(value, tuple):
        return any(map(_has_gap, value))
    if isinstance(value, Noun):
        return _is_unset(value) or any(map(_has_gap, _values(value, _CODED)))
    return False


def _is_unset(noun: Noun) -> bool:
    """Tell whether a noun lacks what a template can't write in brackets, as it isn't words."""
    if isinstance(noun, Threshold):
        is_relative = noun.basis is ThresholdBasis.PERCENT_OF_BASELINE
        return noun.is_example or (is_relative and noun.baseline is None)
    return isinstance(noun, Receiver) and not noun.hours


def _values(noun: Noun, without: frozenset[str]) -> list[object]:
    names = (field.name for field in structs.fields(noun))
    return [getattr(noun, name) for name in names if name not in without]


def _spoken(text: str) -> str:
    """Return the letters and digits of a text; blanks, brackets, signs and case add nothing."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text).casefold()))


def _with_limits(
    self_care: SelfCare | None, *, is_example: bool, levels: Collection[str] | None = None
) -> SelfCare | None:
    """Return the self-care part with the limits of some zones (None: all) marked."""
    if self_care is None:
        return None

    def marked(zone: Zone) -> Zone:
        if levels is not None and zone.level.name not in levels:
            return zone
        limits = tuple(structs.replace(each, is_example=is_example) for each in zone.thresholds)
        return structs.replace(zone, thresholds=limits)

    return structs.replace(self_care, zones=tuple(map(marked, self_care.zones)))


def _is_for(template: PlanTemplate, problem: Problem) -> bool:
    code, system = problem.concept.code, problem.concept.system
    if code is None or problem.status is ProblemStatus.RESOLVED:
        return False
    return any(
        each.code is not None and each.system == system and code.startswith(each.code)
        for each in template.for_problems
    )
