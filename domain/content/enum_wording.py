"""What the fixed values of a plan content are called by those who read it."""

from __future__ import annotations

from enum import Enum

from domain.content.action import ActionCategory, ActionFor, ActionStatus
from domain.content.goal import Achievement, ExpressedBy, GoalStatus
from domain.content.line import ContentSection
from domain.content.passage import Heading
from domain.content.problem import ProblemStatus
from domain.content.self_care import Weekday
from domain.content.zone import ThresholdBasis, ZoneLevel
from domain.source.section import SourceName
from domain.words import Words

_NAMES: dict[Enum, tuple[str, str]] = {
    ContentSection.ABOUT: ("Om planen", "About the plan"),
    ContentSection.PASSAGES: ("Avsnitt", "Passages"),
    ContentSection.PROBLEMS: ("Problemer", "Problems"),
    ContentSection.GOALS: ("Mål", "Goals"),
    ContentSection.ACTIONS: ("Tiltak", "Actions"),
    ContentSection.ZONES: ("Soner", "Zones"),
    ContentSection.MEASUREMENTS: ("Målinger", "Measurements"),
    ContentSection.MEDICINES: ("Legemidler", "Medicines"),
    ContentSection.RECEIVER: ("Mottaker", "Receiver"),
    ContentSection.CONTACTS: ("Kontakter", "Contacts"),
    Heading.RESOURCES_AND_NEEDS: ("Ressurser og behov", "Resources and needs"),
    Heading.PARTICIPANTS: ("Hvem som deltar", "Who takes part"),
    Heading.COORDINATION: ("Samordning", "Coordination"),
    Heading.CONTRIBUTIONS: ("Hva hver enkelt bidrar med", "What each contributes"),
    Heading.IMPLEMENTATION: ("Gjennomføring", "How it is carried out"),
    Heading.COOPERATION: ("Samarbeid", "Cooperation"),
    Heading.CONSENT: ("Samtykke", "Consent"),
    Heading.EARLY_SIGNS: ("Tidlige tegn", "Early signs"),
    Heading.HOW_TO_MEET_ME: ("Slik vil jeg bli møtt", "How to meet me"),
    Heading.WANTED_HELP: ("Hjelp jeg ønsker", "Help I want"),
    Heading.FUNCTION: ("Funksjon", "Function"),
    Heading.TREATMENT_CLARIFICATIONS: ("Avklaringer om behandling", "Treatment clarifications"),
    Heading.SYMPTOM_RELIEF: ("Symptomlindring", "Symptom relief"),
    Heading.ACUTE_EVENTS: ("Akutte hendelser", "Acute events"),
    Heading.UPDATING: ("Når planen oppdateres", "When the plan is updated"),
    Heading.RELATED_PLANS: ("Andre planer", "Other plans"),
    Heading.ROUTINES: ("Rutiner", "Routines"),
    Heading.REPORTING: ("Hvem som leser meldingene", "Who reads reports"),
    Heading.FAMILY: ("Familie", "Family"),
    Heading.OTHER: ("Annet", "Other"),
    ProblemStatus.ACTIVE: ("til stede nå", "present"),
    ProblemStatus.REMISSION: ("i ro", "in remission"),
    ProblemStatus.RESOLVED: ("over", "resolved"),
    ExpressedBy.PATIENT: ("pasienten", "the patient"),
    ExpressedBy.CLINICIAN: ("helsepersonell", "health personnel"),
    GoalStatus.PROPOSED: ("foreslått", "proposed"),
    GoalStatus.PLANNED: ("planlagt", "planned"),
    GoalStatus.ACCEPTED: ("godtatt", "accepted"),
    GoalStatus.ACTIVE: ("i arbeid", "active"),
    GoalStatus.ON_HOLD: ("på vent", "on hold"),
    GoalStatus.COMPLETED: ("avsluttet", "completed"),
    GoalStatus.CANCELLED: ("avbrutt", "cancelled"),
    GoalStatus.REJECTED: ("ikke godtatt", "rejected"),
    GoalStatus.ENTERED_IN_ERROR: ("feilregistrert", "entered in error"),
    Achievement.IN_PROGRESS: ("på vei", "in progress"),
    Achievement.IMPROVING: ("blir bedre", "improving"),
    Achievement.WORSENING: ("blir verre", "worsening"),
    Achievement.NO_CHANGE: ("uendret", "no change"),
    Achievement.ACHIEVED: ("nådd", "achieved"),
    Achievement.SUSTAINING: ("nådd og holdt ved like", "achieved and sustained"),
    Achievement.NOT_ACHIEVED: ("ikke nådd", "not achieved"),
    Achievement.NO_PROGRESS: ("ingen framgang", "no progress"),
    Achievement.NOT_ATTAINABLE: ("kan ikke nås", "not attainable"),
    ActionCategory.MEDICATION: ("legemidler", "medication"),
    ActionCategory.DIET: ("kosthold", "diet"),
    ActionCategory.PHYSICAL_ACTIVITY: ("fysisk aktivitet", "physical activity"),
    ActionCategory.MEASUREMENT: ("målinger", "measurements"),
    ActionCategory.MENTAL_HEALTH: ("psykisk helse", "mental health"),
    ActionCategory.LIFESTYLE: ("livsstil", "lifestyle"),
    ActionCategory.OTHER: ("annet", "other"),
    ActionFor.PATIENT: ("pasienten", "the patient"),
    ActionFor.SERVICE: ("helsetjenesten", "the health service"),
    ActionStatus.ACTIVE: ("i bruk", "active"),
    ActionStatus.ON_HOLD: ("på vent", "on hold"),
    ActionStatus.COMPLETED: ("fullført", "completed"),
    ActionStatus.CANCELLED: ("avbrutt", "cancelled"),
    ZoneLevel.GREEN: ("grønn sone", "the green zone"),
    ZoneLevel.YELLOW: ("gul sone", "the yellow zone"),
    ZoneLevel.RED: ("rød sone", "the red zone"),
    ThresholdBasis.FIXED: ("faste tall", "fixed numbers"),
    ThresholdBasis.PERCENT_OF_BASELINE: ("prosent av egen verdi", "per cent of own value"),
    Weekday.MONDAY: ("mandag", "Monday"),
    Weekday.TUESDAY: ("tirsdag", "Tuesday"),
    Weekday.WEDNESDAY: ("onsdag", "Wednesday"),
    Weekday.THURSDAY: ("torsdag", "Thursday"),
    Weekday.FRIDAY: ("fredag", "Friday"),
    Weekday.SATURDAY: ("lørdag", "Saturday"),
    Weekday.SUNDAY: ("søndag", "Sunday"),
    SourceName.KJERNEJOURNAL: ("kjernejournal", "kjernejournal"),
    SourceName.MEDICATION: ("legemiddellisten", "the medicine list"),
    SourceName.HOSPITAL: ("sykehuset", "the hospital"),
}


def enum_name(value: Enum) -> Words:
    """Return what a fixed value is called."""
    nb, en = _NAMES[value]
    return Words(nb=nb, en=en)
