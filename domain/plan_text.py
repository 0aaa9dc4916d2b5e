"""What a plan says as plain text, for a record that can show nothing else.

Everything that the content holds is in it. A word we have no label for comes as it is: better an
unusual word than a line left out.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from domain.content import PlanContent

# Ids tie lines of the same content to each other; a reader of the text has no use for them.
_TIES = frozenset({"id", "problemIds", "goalIds", "template", "sourceId"})
_LABELS = {
    "title": "Tittel",
    "description": "Beskrivelse",
    "whatMattersToMe": "Hva er viktig for meg",
    "periodStart": "Gjelder fra",
    "periodEnd": "Gjelder til",
    "passages": "Tekster",
    "heading": "Overskrift",
    "text": "Tekst",
    "problems": "Problemstillinger",
    "concept": "Hva",
    "note": "Merknad",
    "onset": "Begynte",
    "goals": "Mål",
    "expressedBy": "Uttrykt av",
    "achievement": "Måloppnåelse",
    "target": "Målbart",
    "measure": "Måles ved",
    "value": "Verdi",
    "unit": "Enhet",
    "due": "Frist",
    "priority": "Prioritet",
    "actions": "Tiltak",
    "category": "Kategori",
    "performedBy": "Utføres av",
    "timing": "Når",
    "owner": "Ansvarlig",
    "status": "Status",
    "selfCare": "Egenbehandling",
    "zones": "Soner",
    "level": "Sone",
    "condition": "Slik er det",
    "whatToDo": "Gjør dette",
    "warningSigns": "Varseltegn",
    "thresholds": "Grenseverdier",
    "observable": "Måling",
    "low": "Fra og med",
    "high": "Til",
    "baseline": "Egen normalverdi",
    "forHours": "I så mange timer",
    "whenToCall": "Ring når",
    "contact": "Kontakt",
    "emergencyText": "Ved akutt behov",
    "measurements": "Målinger",
    "everyHours": "Hver så mange timer",
    "medicines": "Legemidler",
    "medicine": "Legemiddel",
    "instruction": "Slik brukes det",
    "dose": "Dose",
    "receiver": "Hvem leser det som meldes",
    "name": "Navn",
    "phone": "Telefon",
    "hours": "Tider",
    "escalateTo": "Går videre til",
    "escalatePhone": "Telefon videre",
    "contacts": "Kontakter",
    "label": "Hvem",
    "zone": "Sone",
    "interpreter": "Tolk",
    "language": "Språk",
    "code": "Kode",
    "system": "Kodeverk",
    "origin": "Hentet fra",
    "source": "Kilde",
    "retrievedAt": "Hentet",
}
_INDENT = "  "


def text_of(content: PlanContent) -> str:
    """Return a content as lines of Norwegian text."""
    return "\n".join(_members(msgspec.to_builtins(content), ""))


def _members(members: dict[str, object], indent: str) -> Iterator[str]:
    for name, value in members.items():
        if name not in _TIES and value not in (None, (), {}):
            yield from _member(_LABELS.get(name, name), value, indent)


def _member(label: str, value: object, indent: str) -> Iterator[str]:
    if isinstance(value, dict):
        yield f"{indent}{label}:"
        yield from _members(value, indent + _INDENT)
    elif isinstance(value, list | tuple):
        yield f"{indent}{label}:"
        for item in value:
            yield from _item(item, indent + _INDENT)
    else:
        yield f"{indent}{label}: {_word(value)}"


def _item(item: object, indent: str) -> Iterator[str]:
    """Return a list's item: its first line is marked, the rest stands under it."""
    if not isinstance(item, dict):
        yield f"{indent}- {_word(item)}"
        return
    for order, line in enumerate(_members(item, "")):
        yield f"{indent}{_INDENT if order else '- '}{line}"


def _word(value: object) -> str:
    if isinstance(value, bool):
        return "ja" if value else "nei"
    return str(value)
