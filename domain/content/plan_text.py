"""What a plan says as plain text, for a record that can show nothing else."""

from __future__ import annotations

from collections.abc import Iterator

from domain.content.enum_wording import enum_name
from domain.content.field_wording import field_name
from domain.content.gist import gist
from domain.content.line import LINKS, Line, holder, lines
from domain.content.plan_content import PlanContent
from domain.content.value_wording import in_words
from domain.noun import Noun
from domain.words import Words, capital

# Ids and what they tie together say nothing to whoever reads the text.
_TIES = frozenset({"id", *LINKS})


def text_of(content: PlanContent) -> str:
    """Return everything that a content says, in bokmål, line by line under its headings."""
    told: list[str] = []
    section = None
    for line in lines(content).values():
        if line.section is not section:
            section = line.section
            told.append(enum_name(section).nb)
        told += _line(line)
    return "\n".join(told)


def _line(line: Line) -> Iterator[str]:
    if not isinstance(line.value, Noun):
        yield _said(field_name(holder(line.field), line.field), line.value, "  ")
        return
    mark = "- "
    for field in line.value.__struct_fields__:
        value = getattr(line.value, field)
        if field not in _TIES and gist(value) is not None:
            yield _said(field_name(type(line.value), field), value, f"  {mark}")
            mark = "  "


def _said(name: Words, value: object, indent: str) -> str:
    """Return a value with its name; a text of several lines stays under each other."""
    under = "\n" + " " * (len(indent) + 2)
    return f"{indent}{capital(name.nb)}: {in_words(value).nb}".replace("\n", under)
