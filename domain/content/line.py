"""The lines of a plan content: what can be changed, compared, merged and pointed at one by one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from enum import Enum
from typing import Any, TypeAlias, get_origin

from msgspec import structs

from domain.content.plan_content import PlanContent, TemplateUse
from domain.content.self_care import SelfCare
from domain.content.zone import Zone
from domain.noun import Noun


class ContentSection(Enum):
    """Where in the plan a line stands, in the order that people read them."""

    ABOUT = "ABOUT"
    PASSAGES = "PASSAGES"
    PROBLEMS = "PROBLEMS"
    GOALS = "GOALS"
    ACTIONS = "ACTIONS"
    ZONES = "ZONES"
    MEASUREMENTS = "MEASUREMENTS"
    MEDICINES = "MEDICINES"
    RECEIVER = "RECEIVER"
    CONTACTS = "CONTACTS"


SECTIONS = {
    "title": ContentSection.ABOUT,
    "description": ContentSection.ABOUT,
    "what_matters_to_me": ContentSection.ABOUT,
    "period_start": ContentSection.ABOUT,
    "period_end": ContentSection.ABOUT,
    "interpreter": ContentSection.ABOUT,
    "passages": ContentSection.PASSAGES,
    "problems": ContentSection.PROBLEMS,
    "goals": ContentSection.GOALS,
    "actions": ContentSection.ACTIONS,
    "emergency_text": ContentSection.ZONES,
    "zones": ContentSection.ZONES,
    "measurements": ContentSection.MEASUREMENTS,
    "medicines": ContentSection.MEDICINES,
    "receiver": ContentSection.RECEIVER,
    "contacts": ContentSection.CONTACTS,
}
"""The fields of a content and of its self-care that hold lines, and the section of each.

Only `template` holds none: where a content came from is not part of what it says.
"""

LISTS = frozenset(
    field.name
    for noun in (PlanContent, SelfCare)
    for field in structs.fields(noun)
    if get_origin(field.type) is tuple
)
"""Those of the fields that hold many lines."""

LINKS = {"problem_ids": ContentSection.PROBLEMS, "goal_ids": ContentSection.GOALS}
"""The fields of a line that point at other lines, and the section they point into."""

LineKey: TypeAlias = tuple[ContentSection, str]
LineValue: TypeAlias = Noun | str | date


class Line(Noun):
    """One line: an item of a list, a zone, or a single value.

    `field` is the field of the content or of its self-care that holds it. `id` is the item's own
    id, a zone's level, or the JSON name of the field that holds a single value; section and id
    together are unique in a content.
    """

    field: str
    id: str
    value: LineValue

    @property
    def section(self) -> ContentSection:
        """Where in the plan it stands."""
        return SECTIONS[self.field]

    @property
    def key(self) -> LineKey:
        """What it is known by in every version."""
        return self.section, self.id

    @property
    def is_item(self) -> bool:
        """Tell whether it is one of many in a list."""
        return self.field in LISTS


def holder(field: str) -> type[Noun]:
    """Return the noun that holds the lines of a field."""
    return SelfCare if field in SelfCare.__struct_fields__ else PlanContent


def lines(content: PlanContent) -> dict[LineKey, Line]:
    """Return all lines of a content, section by section and then in their own order.

    ValueError when two lines have the same id: taking one for the other would lose one.
    """
    found: dict[LineKey, Line] = {}
    for field in SECTIONS:
        for line in _lines_of(field, _held(content, field)):
            if line.key in found:
                raise ValueError(f"Two lines of {field} have the same id.")
            found[line.key] = line
    return found


def content_of(
    lines: Iterable[Line], template: TemplateUse | None = None, has_self_care: bool = False
) -> PlanContent:
    """Return the content that has these lines, the items of each list in the order given.

    `has_self_care` keeps a self-care that has no lines yet.
    """
    held: dict[type[Noun], dict[str, Any]] = {PlanContent: {}, SelfCare: {}}
    for line in lines:
        fields = held[holder(line.field)]
        items = (*fields.get(line.field, ()), line.value) if line.is_item else line.value
        fields[line.field] = items
    has_self_care = has_self_care or bool(held[SelfCare])
    self_care = SelfCare(**held[SelfCare]) if has_self_care else None
    return PlanContent(**held[PlanContent], self_care=self_care, template=template)


def _held(content: PlanContent, field: str) -> Any:
    return getattr(content.self_care if holder(field) is SelfCare else content, field, None)


def _lines_of(field: str, held: Any) -> Iterator[Line]:
    if field in LISTS:
        for item in held or ():
            yield Line(field=field, id=_id(item), value=item)
    elif held is not None:
        yield Line(field=field, id=_json_name(field), value=held)


def _id(item: Any) -> str:
    return str(item.level.value if isinstance(item, Zone) else item.id)


def _json_name(field: str) -> str:
    noun = holder(field)
    return noun.__struct_encode_fields__[noun.__struct_fields__.index(field)]
