"""What the fields of a plan content are called by those who read it."""

from __future__ import annotations

from domain.coding import Coding
from domain.content.action import Action
from domain.content.contact import ContactPoint
from domain.content.goal import Goal, Target
from domain.content.passage import Passage
from domain.content.plan_content import Interpreter, PlanContent, TemplateUse
from domain.content.problem import Problem
from domain.content.self_care import (
    MedicineInstruction,
    Monitoring,
    ReadingHours,
    Receiver,
    SelfCare,
)
from domain.content.zone import Threshold, Zone
from domain.noun import Noun
from domain.source.origin import Origin
from domain.words import Words

_NAMES: dict[type[Noun], dict[str, tuple[str, str]]] = {
    # These two are what a sentence is about, so they are in the definite form.
    PlanContent: {
        "title": ("tittelen", "the title"),
        "description": ("beskrivelsen", "the description"),
        "what_matters_to_me": ("hva som er viktig for meg", "what matters to me"),
        "period_start": ("startdatoen", "the start date"),
        "period_end": ("sluttdatoen", "the end date"),
        "passages": ("avsnittene", "the passages"),
        "problems": ("problemene", "the problems"),
        "goals": ("målene", "the goals"),
        "actions": ("tiltakene", "the actions"),
        "self_care": ("egenbehandlingen", "the self-care"),
        "contacts": ("kontaktene", "the contacts"),
        "interpreter": ("tolkebehovet", "the need of an interpreter"),
        "template": ("malen", "the template"),
    },
    SelfCare: {
        "zones": ("sonene", "the zones"),
        "emergency_text": ("teksten om øyeblikkelig hjelp", "the text on emergencies"),
        "measurements": ("målingene", "the measurements"),
        "medicines": ("legemidlene", "the medicines"),
        "receiver": ("mottakeren", "the receiver"),
    },
    Interpreter: {
        "language": ("språk", "language"),
        "note": ("merknad", "note"),
    },
    TemplateUse: {
        "template_id": ("mal", "template"),
        "template_version": ("versjon av malen", "version of the template"),
        "confirmed_lines": ("bekreftede linjer", "confirmed lines"),
    },
    Passage: {
        "id": ("id", "id"),
        "heading": ("overskrift", "heading"),
        "text": ("tekst", "text"),
    },
    Problem: {
        "id": ("id", "id"),
        "concept": ("betegnelse", "concept"),
        "status": ("status", "status"),
        "onset": ("startdato", "onset"),
        "note": ("merknad", "note"),
        "origin": ("opphav", "origin"),
    },
    Coding: {
        "text": ("navn", "name"),
        "system": ("kodeverk", "code system"),
        "code": ("kode", "code"),
    },
    Origin: {
        "source": ("kilde", "source"),
        "source_id": ("id hos kilden", "id at the source"),
        "retrieved_at": ("hentetidspunkt", "time of fetching"),
    },
    Goal: {
        "id": ("id", "id"),
        "description": ("beskrivelse", "description"),
        "expressed_by": ("eier", "owner"),
        "status": ("status", "status"),
        "achievement": ("måloppnåelse", "achievement"),
        "target": ("målbart mål", "measurable target"),
        "priority": ("prioritet", "priority"),
        "problem_ids": ("tilknyttede problemer", "linked problems"),
    },
    Target: {
        "measure": ("hva som måles", "what is measured"),
        "value": ("verdi å nå", "value to reach"),
        "unit": ("enhet", "unit"),
        "due": ("frist", "due date"),
    },
    Action: {
        "id": ("id", "id"),
        "title": ("tittel", "title"),
        "category": ("kategori", "category"),
        "performed_by": ("utfører", "performer"),
        "status": ("status", "status"),
        "description": ("beskrivelse", "description"),
        "timing": ("tidspunkt", "timing"),
        "due": ("frist", "due date"),
        "owner": ("ansvarlig", "responsible"),
        "problem_ids": ("tilknyttede problemer", "linked problems"),
        "goal_ids": ("tilknyttede mål", "linked goals"),
    },
    Zone: {
        "level": ("farge", "colour"),
        "condition": ("hvordan du har det", "how you are"),
        "what_to_do": ("hva du gjør", "what you do"),
        "warning_signs": ("varseltegn", "warning signs"),
        "thresholds": ("grenser", "limits"),
        "contact": ("hvem du kontakter", "whom you contact"),
        "when_to_call": ("når du ringer", "when you call"),
    },
    Threshold: {
        "observable": ("måling", "measurement"),
        "unit": ("enhet", "unit"),
        "basis": ("grunnlag", "basis"),
        "low": ("nedre grense", "lower limit"),
        "high": ("øvre grense", "upper limit"),
        "baseline": ("egen verdi", "own value"),
        "for_hours": ("timer det må vare", "hours it must last"),
        "is_example": ("eksempelverdi", "example value"),
    },
    Monitoring: {
        "id": ("id", "id"),
        "observable": ("måling", "measurement"),
        "unit": ("enhet", "unit"),
        "timing": ("tidspunkt", "timing"),
        "every_hours": ("timer mellom målinger", "hours between measurements"),
        "note": ("merknad", "note"),
    },
    MedicineInstruction: {
        "id": ("id", "id"),
        "medicine": ("legemiddel", "medicine"),
        "instruction": ("bruk", "use"),
        "dose": ("dose", "dose"),
        "origin": ("opphav", "origin"),
    },
    Receiver: {
        "name": ("navn", "name"),
        "organisation_number": ("organisasjonsnummer", "organisation number"),
        "phone": ("telefon", "phone"),
        "hours": ("lesetider", "reading hours"),
        "escalate_to": ("neste mottaker", "next receiver"),
        "escalate_phone": ("telefon til neste mottaker", "phone of the next receiver"),
        "escalate_after_minutes": (
            "minutter før varselet går videre",
            "minutes before a report is passed on",
        ),
    },
    ReadingHours: {
        "weekdays": ("dager", "days"),
        "opens": ("åpner", "opens"),
        "closes": ("stenger", "closes"),
    },
    ContactPoint: {
        "id": ("id", "id"),
        "label": ("navn", "name"),
        "phone": ("telefon", "phone"),
        "hours": ("åpningstid", "opening hours"),
        "zone": ("sone", "zone"),
        "origin": ("opphav", "origin"),
    },
}


def field_name(noun: type[Noun], field: str) -> Words:
    """Return what a field of a noun is called."""
    nb, en = _NAMES[noun][field]
    return Words(nb=nb, en=en)
