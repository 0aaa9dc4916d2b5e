"""Why a plan may be outdated, and what nobody has looked at, in words; bokmål is complete.

No sentence says what a source holds: that is for those who may see it there.
"""

from __future__ import annotations

from collections.abc import Mapping

from domain.outdated.comparison import ComparisonState
from domain.outdated.reason import OutdatedKind, OutdatedReason
from domain.source.section import SectionName
from domain.words import DEFAULT_LANGUAGE

_BY_KIND: Mapping[OutdatedKind, Mapping[str, str]] = {
    OutdatedKind.NEW_MEDICINE: {
        "nb": "Medisinlisten viser et legemiddel som ikke var der da planen sist ble sett på.",
        "en": "The medicine list shows a medicine that was not there when the plan was last"
        " looked at.",
    },
    OutdatedKind.CHANGED_MEDICINE: {
        "nb": "Et legemiddel eller en dosering i medisinlisten er endret siden planen sist ble"
        " sett på.",
        "en": "A medicine or dosage in the medicine list has changed since the plan was last"
        " looked at.",
    },
    OutdatedKind.STOPPED_MEDICINE: {
        "nb": "Et legemiddel som var i bruk da planen sist ble sett på, er ikke lenger i bruk.",
        "en": "A medicine that was in use when the plan was last looked at is no longer in use.",
    },
    OutdatedKind.PLAN_AND_LIST_DISAGREE: {
        "nb": "Planen og medisinlisten sier ikke det samme om en dose.",
        "en": "The plan and the medicine list don't say the same about a dose.",
    },
    OutdatedKind.NEW_CRITICAL_INFORMATION: {
        "nb": "Det er kommet ny kritisk informasjon i kjernejournal siden planen sist ble sett på.",
        "en": "There is new critical information in kjernejournal since the plan was last"
        " looked at.",
    },
    OutdatedKind.CHANGED_CRITICAL_INFORMATION: {
        "nb": "Kritisk informasjon i kjernejournal er endret siden planen sist ble sett på.",
        "en": "Critical information in kjernejournal has changed since the plan was last"
        " looked at.",
    },
    OutdatedKind.ENDED_CRITICAL_INFORMATION: {
        "nb": "Kritisk informasjon som gjaldt da planen sist ble sett på, gjelder ikke lenger.",
        "en": "Critical information that held when the plan was last looked at no longer holds.",
    },
    OutdatedKind.ADMISSION: {
        "nb": "Pasienten er blitt lagt inn på sykehus siden planen sist ble sett på.",
        "en": "The patient has been admitted to hospital since the plan was last looked at.",
    },
    OutdatedKind.DISCHARGE: {
        "nb": "Pasienten er skrevet ut fra sykehus siden planen sist ble sett på.",
        "en": "The patient has been discharged from hospital since the plan was last looked at.",
    },
}
_DISAGREE_ABOUT: Mapping[str, str] = {
    "nb": "Planen sier {dose} for {medicine}. Medisinlisten sier noe annet.",
    "en": "The plan says {dose} for {medicine}. The medicine list says something else.",
}
_NOT_SEEN: Mapping[SectionName, Mapping[str, str]] = {
    SectionName.MEDICATIONS: {
        "nb": "Medisinlisten ble endret etter at planen sist ble sett på, men vi fikk ikke vite hva"
        " som sto der før.",
        "en": "The medicine list changed after the plan was last looked at, but we could not learn"
        " what it said before.",
    },
    SectionName.CRITICAL_INFO: {
        "nb": "Kritisk informasjon i kjernejournal ble endret etter at planen sist ble sett på, men"
        " vi fikk ikke vite hva som sto der før.",
        "en": "Critical information in kjernejournal changed after the plan was last looked at, but"
        " we could not learn what it said before.",
    },
    SectionName.APPOINTMENTS: {
        "nb": "Noe ble endret hos sykehuset etter at planen sist ble sett på, men vi fikk ikke vite"
        " hva som sto der før.",
        "en": "Something changed at the hospital after the plan was last looked at, but we could"
        " not learn what it said before.",
    },
}
_STATES: Mapping[ComparisonState, Mapping[str, str]] = {
    ComparisonState.COMPARED: {
        "nb": "Kilden har svart, og svaret er sammenlignet.",
        "en": "The source has answered, and the answer is compared.",
    },
    ComparisonState.PARTLY_COMPARED: {
        "nb": "Kilden har svart, men ikke vist alt. Det den ikke viste, er ikke sammenlignet.",
        "en": "The source has answered, but has not shown all. What it did not show is not"
        " compared.",
    },
    ComparisonState.WAITING: {
        "nb": "Vi venter på svar fra kilden. Til det kommer, vet vi ikke om noe er endret.",
        "en": "We wait for the source's answer. Until it comes, we don't know whether anything has"
        " changed.",
    },
    ComparisonState.NOT_FOLLOWED: {
        "nb": "Kilden har ikke gitt beskjed om endringer på en stund. Det kan ha skjedd noe vi ikke"
        " vet om.",
        "en": "The source has not told of changes for a while. Something may have happened that we"
        " don't know of.",
    },
    ComparisonState.CLOSED: {
        "nb": "Kilden gir ikke ut opplysninger om pasienten. Den kan ikke sammenlignes.",
        "en": "The source gives out nothing about the patient. It can't be compared.",
    },
}


def reason_sentence(reason: OutdatedReason, language: str) -> str:
    """Return a reason in words; of a dose, what the plan itself says, which the reader can see."""
    if reason.kind is OutdatedKind.CHANGE_NOT_SEEN:
        return _in(_NOT_SEEN[reason.section], language)
    line = reason.line
    if line is None or line.dose is None:
        return _in(_BY_KIND[reason.kind], language)
    template = _in(_DISAGREE_ABOUT, language)
    return template.format(dose=line.dose, medicine=line.medicine.text)


def state_sentence(state: ComparisonState, language: str) -> str:
    """Return in words what may be concluded from a comparison."""
    return _in(_STATES[state], language)


def _in(by_language: Mapping[str, str], language: str) -> str:
    return by_language.get(language, by_language[DEFAULT_LANGUAGE])
