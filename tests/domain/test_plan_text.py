from __future__ import annotations

from collections.abc import Iterator

import msgspec

from domain.content import PlanContent
from domain.plan_text import text_of
from tests.contents import a_content


def _texts(value: object, name: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        for key, each in value.items():
            yield from _texts(each, key)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _texts(each, name)
    elif isinstance(value, str) and name not in ("id", "problemIds", "goalIds", "sourceId"):
        yield value


def test_everything_that_is_said_is_in_the_text() -> None:
    content = a_content(template=None)
    text = text_of(content)
    assert [said for said in _texts(msgspec.to_builtins(content)) if said not in text] == []


def test_it_reads_as_lines_with_what_belongs_together_under_each_other() -> None:
    content = msgspec.convert(
        {
            "title": "Egenbehandling",
            "goals": [{"id": "m1", "description": "Sove godt", "expressedBy": "PATIENT"}],
            "selfCare": {
                "zones": [
                    {
                        "level": "RED",
                        "condition": "Tung pust",
                        "whatToDo": "Ring 113",
                        "warningSigns": ["Blå lepper"],
                    }
                ]
            },
        },
        PlanContent,
    )
    assert text_of(content).splitlines() == [
        "Tittel: Egenbehandling",
        "Mål:",
        "  - Beskrivelse: Sove godt",
        "    Uttrykt av: PATIENT",
        "    Status: ACTIVE",
        "Egenbehandling:",
        "  Soner:",
        "    - Sone: RED",
        "      Slik er det: Tung pust",
        "      Gjør dette: Ring 113",
        "      Varseltegn:",
        "        - Blå lepper",
    ]
