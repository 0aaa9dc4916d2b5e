from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time
from enum import Enum

import msgspec

from domain.content.gist import readable
from domain.content.plan_content import PlanContent, TemplateUse
from domain.content.plan_text import text_of
from domain.noun import Noun
from tests.contents import a_content

NOT_SAID = {"id", "problem_ids", "goal_ids", "system", "code"}


def _texts(value: object) -> Iterator[str]:
    """Return every text that somebody has written in a content."""
    if isinstance(value, TemplateUse):
        return
    if isinstance(value, Noun):
        for name in set(value.__struct_fields__) - NOT_SAID:
            yield from _texts(getattr(value, name))
    elif isinstance(value, tuple):
        for each in value:
            yield from _texts(each)
    elif isinstance(value, str) and not isinstance(value, Enum):
        yield from readable(value).splitlines()
    else:
        assert value is None or isinstance(
            value, bool | float | int | Enum | date | datetime | time
        )


def test_everything_that_is_written_is_in_the_text() -> None:
    content = a_content()
    text = text_of(content)
    assert [said for said in _texts(content) if said not in text] == []


def test_it_reads_as_lines_under_headings() -> None:
    content = msgspec.convert(
        {
            "title": "Egenbehandling",
            "description": "Over\nto linjer",
            "goals": [{"id": "m1", "description": "Sove godt", "expressedBy": "PATIENT"}],
            "selfCare": {
                "zones": [
                    {
                        "level": "RED",
                        "condition": "Tung pust",
                        "whatToDo": "Ring 113",
                        "warningSigns": ["Blå lepper", "Får ikke snakket"],
                    }
                ]
            },
        },
        PlanContent,
    )
    assert text_of(content).splitlines() == [
        "Om planen",
        "  Tittelen: Egenbehandling",
        "  Beskrivelsen: Over",
        "    to linjer",
        "Mål",
        "  - Beskrivelse: Sove godt",
        "    Eier: pasienten",
        "    Status: i arbeid",
        "Soner",
        "  - Farge: rød sone",
        "    Hvordan du har det: Tung pust",
        "    Hva du gjør: Ring 113",
        "    Varseltegn: Blå lepper og Får ikke snakket",
    ]
