"""The sentences users read about what a part still lacks, by language; bokmål is complete."""

from __future__ import annotations

from domain.plan.mandatory import Missing, MissingCode
from domain.plan.part import PlanKind
from domain.words import DEFAULT_LANGUAGE

_PLANS: dict[PlanKind, dict[str, str]] = {
    PlanKind.BEHANDLINGSPLAN: {
        "nb": "Behandlingsplanen",
        "en": "The treatment plan",
    },
    PlanKind.EGENBEHANDLINGSPLAN: {
        "nb": "Egenbehandlingsplanen",
        "en": "The self-care plan",
    },
    PlanKind.KRISEPLAN: {
        "nb": "Kriseplanen",
        "en": "The crisis plan",
    },
    PlanKind.PALLIATIV_PLAN: {
        "nb": "Den palliative planen",
        "en": "The palliative plan",
    },
    PlanKind.BARN_BEREDSKAP_LIVSKVALITET: {
        "nb": "Planen for beredskap og livskvalitet",
        "en": "The plan for preparedness and quality of life",
    },
    PlanKind.INDIVIDUELL_PLAN: {
        "nb": "Individuell plan",
        "en": "The individual plan",
    },
}

_SENTENCES: dict[MissingCode, dict[str, str]] = {
    MissingCode.PROBLEM: {
        "nb": "{plan} må ha minst ett problem eller en diagnose som gjelder nå.",
        "en": "{plan} must have at least one problem or diagnosis that is there now.",
    },
    MissingCode.GOAL_OR_ZONE: {
        "nb": "{plan} må ha minst ett mål, eller soner å handle etter.",
        "en": "{plan} must have at least one goal, or zones to act by.",
    },
    MissingCode.RESPONSIBLE: {
        "nb": "{plan} må ha en planansvarlig.",
        "en": "{plan} must have somebody responsible.",
    },
    MissingCode.REVIEW_DATE: {
        "nb": "{plan} må ha en dato for neste evaluering.",
        "en": "{plan} must have a date for its next review.",
    },
    MissingCode.GOAL: {
        "nb": "{plan} må ha minst ett mål som det arbeides mot.",
        "en": "{plan} must have at least one goal that is worked towards.",
    },
    MissingCode.ACTION: {
        "nb": "{plan} må ha minst ett tiltak.",
        "en": "{plan} must have at least one action.",
    },
    MissingCode.ACTION_FOR_GOAL: {
        "nb": "Dette målet må ha minst ett tiltak.",
        "en": "This goal must have at least one action.",
    },
    MissingCode.ACTION_OWNER: {
        "nb": "Dette tiltaket må si hvem som har ansvaret.",
        "en": "This action must say who is responsible for it.",
    },
    MissingCode.ACTION_EXTENT: {
        "nb": "Dette tiltaket må si hvor ofte det skjer, eller hvor mye.",
        "en": "This action must say how often it happens, or how much.",
    },
    MissingCode.WHAT_MATTERS: {
        "nb": "{plan} må si hva som er viktig for pasienten.",
        "en": "{plan} must say what matters to the patient.",
    },
    MissingCode.OWN_GOAL: {
        "nb": "{plan} må ha minst ett mål som pasienten selv har satt.",
        "en": "{plan} must have at least one goal that the patient has set.",
    },
    MissingCode.MEDICATION_MEASURE: {
        "nb": "{plan} må si hva pasienten gjør med medisinene sine.",
        "en": "{plan} must say what the patient does with medicines.",
    },
    MissingCode.OTHER_MEASURE: {
        "nb": "{plan} må ha minst ett tiltak uten medisiner, for eksempel kosthold eller trening.",
        "en": "{plan} must have at least one action without medicines, such as diet or exercise.",
    },
    MissingCode.GREEN_ZONE: {
        "nb": "{plan} må ha en grønn sone: slik er det vanligvis, og dette gjør jeg da.",
        "en": "{plan} must have a green zone: how things usually are, and what I do then.",
    },
    MissingCode.YELLOW_ZONE: {
        "nb": "{plan} må ha en gul sone: tegn på at det blir verre, og hva jeg gjør da.",
        "en": "{plan} must have a yellow zone: signs of getting worse, and what I do then.",
    },
    MissingCode.RED_ZONE: {
        "nb": "{plan} må ha en rød sone: når jeg må ha hjelp med en gang, og hva jeg gjør da.",
        "en": "{plan} must have a red zone: when I need help at once, and what I do then.",
    },
    MissingCode.YELLOW_CONTACT: {
        "nb": "{plan} må si hvem pasienten ringer i gul sone.",
        "en": "{plan} must say whom the patient calls in the yellow zone.",
    },
    MissingCode.RED_CONTACT: {
        "nb": "{plan} må si hvem pasienten ringer i rød sone.",
        "en": "{plan} must say whom the patient calls in the red zone.",
    },
    MissingCode.EMERGENCY_NUMBER: {
        "nb": "{plan} må ha nødnummeret 113 blant kontaktene for rød sone.",
        "en": "{plan} must have the emergency number 113 among its contacts for the red zone.",
    },
    MissingCode.READER: {
        "nb": "{plan} må si hvem som leser det pasienten melder, og når. Leser ingen, må det stå.",
        "en": "{plan} must say who reads what the patient reports, and when, or that nobody does.",
    },
    MissingCode.RESOURCES_AND_NEEDS: {
        "nb": "{plan} må si hvilke ressurser og behov pasienten har.",
        "en": "{plan} must say which resources and needs the patient has.",
    },
    MissingCode.PARTICIPANTS: {
        "nb": "{plan} må si hvem som deltar.",
        "en": "{plan} must say who takes part.",
    },
    MissingCode.COORDINATION: {
        "nb": "{plan} må si hvem som har ansvar for koordineringen.",
        "en": "{plan} must say who is responsible for the coordination.",
    },
    MissingCode.CONTRIBUTIONS: {
        "nb": "{plan} må si hva pasienten, tjenestene og de pårørende bidrar med.",
        "en": "{plan} must say what the patient, the services and the next of kin contribute.",
    },
    MissingCode.IMPLEMENTATION: {
        "nb": "{plan} må si hvordan tiltakene skal gjennomføres.",
        "en": "{plan} must say how the actions are carried out.",
    },
    MissingCode.PERIOD: {
        "nb": "{plan} må ha en første og en siste dag.",
        "en": "{plan} must have a first and a last day.",
    },
    MissingCode.CONSENT: {
        "nb": "{plan} må si hva pasienten har samtykket til.",
        "en": "{plan} must say what the patient has consented to.",
    },
    MissingCode.COOPERATION: {
        "nb": "{plan} må si hvilket samarbeid med andre som trengs.",
        "en": "{plan} must say which cooperation with others is needed.",
    },
    MissingCode.EARLY_SIGNS: {
        "nb": "{plan} må si hva som er de første tegnene på en krise.",
        "en": "{plan} must say what the first signs of a crisis are.",
    },
    MissingCode.WHOM_TO_CONTACT: {
        "nb": "{plan} må si hvem som skal kontaktes.",
        "en": "{plan} must say whom to contact.",
    },
    MissingCode.HOW_TO_MEET_ME: {
        "nb": "{plan} må si hvordan pasienten vil bli møtt.",
        "en": "{plan} must say how the patient wants to be met.",
    },
    MissingCode.WANTED_HELP: {
        "nb": "{plan} må si hvilken hjelp pasienten ønsker.",
        "en": "{plan} must say which help the patient wants.",
    },
    MissingCode.FUNCTION: {
        "nb": "{plan} må si hvordan barnet har det og fungerer til vanlig.",
        "en": "{plan} must say how the child usually is and functions.",
    },
    MissingCode.CHILD_COORDINATOR: {
        "nb": "{plan} må si hvem som er barnekoordinator.",
        "en": "{plan} must say who the child coordinator is.",
    },
    MissingCode.TREATMENT_CLARIFICATIONS: {
        "nb": "{plan} må si hva som er avklart om behandling.",
        "en": "{plan} must say what is decided about treatment.",
    },
    MissingCode.SYMPTOM_RELIEF: {
        "nb": "{plan} må si hva som lindrer, med og uten medisiner.",
        "en": "{plan} must say what relieves, with and without medicines.",
    },
    MissingCode.ACUTE_EVENTS: {
        "nb": "{plan} må si hva som skal gjøres når noe skjer brått, og hvem som varsles.",
        "en": "{plan} must say what to do when something happens suddenly, and who is told.",
    },
    MissingCode.UPDATING: {
        "nb": "{plan} må si hvordan den holdes oppdatert.",
        "en": "{plan} must say how it is kept up to date.",
    },
    MissingCode.RELATED_PLANS: {
        "nb": "{plan} må si hvilke andre planer som finnes, og hvordan de henger sammen.",
        "en": "{plan} must say which other plans there are, and how they belong together.",
    },
    MissingCode.FAMILY: {
        "nb": "{plan} må si hvordan de pårørende blir ivaretatt.",
        "en": "{plan} must say how the family is looked after.",
    },
}


def missing_sentence(missing: Missing, language: str) -> str:
    """Return the sentence for what is missing, in bokmål where the language has none."""
    by_language = _SENTENCES[missing.code]
    known = language if language in by_language else DEFAULT_LANGUAGE
    return by_language[known].format(plan=_PLANS[missing.kind][known])


def general_sentence(code: MissingCode, language: str) -> str:
    """Return the sentence for a code, whatever the kind of plan."""
    plan = {"nb": "Planen", "en": "The plan"}
    by_language = _SENTENCES[code]
    known = language if language in by_language else DEFAULT_LANGUAGE
    return by_language[known].format(plan=plan[known])
