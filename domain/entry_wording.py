"""Words for what patients register: labels, what became of it, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from domain.entry import AlreadyChanged, EntrySource, EntryStatus, NotYourEntry
from domain.local_time import moment_in_words
from domain.measurement import MeasurementFault
from domain.report import Done, Feeling, ReportFault
from domain.series import Silence
from domain.wording import spoken

_LABELS: Mapping[Enum, Mapping[str, str]] = {
    EntrySource.SELF: {
        "nb": "Registrert av pasienten eller den som representerer pasienten",
        "en": "Registered by the patient or their representative",
    },
    EntrySource.DEVICE: {"nb": "Målt med utstyr hjemme", "en": "Measured by a device at home"},
    EntrySource.CLINICIAN: {
        "nb": "Registrert av helsepersonell",
        "en": "Registered by health personnel",
    },
    EntryStatus.CURRENT: {"nb": "Gjelder", "en": "Current"},
    EntryStatus.CORRECTED: {"nb": "Rettet senere", "en": "Corrected later"},
    EntryStatus.WITHDRAWN: {"nb": "Trukket", "en": "Withdrawn"},
    EntryStatus.MOVED: {"nb": "Flyttet: gjaldt et annet barn", "en": "Moved: was another child's"},
    Done.DONE: {"nb": "Gjort", "en": "Done"},
    Done.PARTLY: {"nb": "Delvis gjort", "en": "Partly done"},
    Done.NOT_DONE: {"nb": "Ikke gjort", "en": "Not done"},
    Feeling.VERY_BAD: {"nb": "Svært dårlig", "en": "Very bad"},
    Feeling.BAD: {"nb": "Dårlig", "en": "Bad"},
    Feeling.SO_SO: {"nb": "Sånn passe", "en": "So-so"},
    Feeling.GOOD: {"nb": "Bra", "en": "Good"},
    Feeling.VERY_GOOD: {"nb": "Svært bra", "en": "Very good"},
}
_FAULTS: Mapping[Enum, Mapping[str, str]] = {
    MeasurementFault.UNKNOWN_OBSERVABLE: {
        "nb": "Vi kjenner ikke denne målingen.",
        "en": "We don't know this measurement.",
    },
    MeasurementFault.NOT_A_NUMBER: {
        "nb": "Verdien må være et tall.",
        "en": "The value must be a number.",
    },
    MeasurementFault.NO_TIME_ZONE: {
        "nb": "Tidspunktet mangler tidssone.",
        "en": "The time has no time zone.",
    },
    MeasurementFault.WRONG_UNIT: {
        "nb": "Enheten passer ikke til denne målingen.",
        "en": "The unit does not fit this measurement.",
    },
    MeasurementFault.IMPOSSIBLE_VALUE: {
        "nb": "Verdien kan ikke stemme. Se på tallet en gang til.",
        "en": "The value can't be right. Please look at the number again.",
    },
    MeasurementFault.IN_THE_FUTURE: {
        "nb": "Tidspunktet er ikke kommet ennå.",
        "en": "The time has not come yet.",
    },
    MeasurementFault.SWAPPED_PRESSURES: {
        "nb": "Overtrykket må være høyere enn undertrykket. Er tallene byttet om?",
        "en": "The upper pressure must be higher than the lower one. Are they swapped?",
    },
    ReportFault.EMPTY: {"nb": "Meldingen er tom.", "en": "The report is empty."},
    ReportFault.NO_TIME_ZONE: {
        "nb": "Tidspunktet mangler tidssone.",
        "en": "The time has no time zone.",
    },
    ReportFault.IN_THE_FUTURE: {
        "nb": "Tidspunktet er ikke kommet ennå.",
        "en": "The time has not come yet.",
    },
    ReportFault.UNKNOWN_ACTION: {
        "nb": "Dette tiltaket står ikke i planen.",
        "en": "This action is not in the plan.",
    },
    ReportFault.ACTION_INCOMPLETE: {
        "nb": "Si både hvilket tiltak det gjelder, og om det er gjort.",
        "en": "Say both which action it is about and whether it was done.",
    },
}
_REJECTIONS: Mapping[str, Mapping[str, str]] = {
    AlreadyChanged.code: {
        "nb": "Denne registreringen er alt rettet, trukket eller flyttet.",
        "en": "This entry has already been corrected, withdrawn or moved.",
    },
    NotYourEntry.code: {
        "nb": "Bare den som registrerte dette, kan endre det.",
        "en": "Only the person who registered this can change it.",
    },
}
_SILENT = {
    "since": {
        "nb": "Ingen verdier for {name} siden {moment}.",
        "en": "No values for {name} since {moment}.",
    },
    "never": {"nb": "Ingen verdier for {name} ennå.", "en": "No values for {name} yet."},
}


def label(value: EntrySource | EntryStatus | Done | Feeling, language: str) -> str:
    """Return the words for a value that readers see."""
    return _LABELS[value][spoken(language)]


def fault_sentence(fault: MeasurementFault | ReportFault, language: str) -> str:
    """Return what is wrong with an input; never the value itself."""
    return _FAULTS[fault][spoken(language)]


def rejection_sentence(code: str, language: str) -> str:
    """Return why a change of an entry is not done."""
    return _REJECTIONS[code][spoken(language)]


def silence_sentence(silence: Silence, what: str, language: str) -> str:
    """Return how long nothing has come; `what` is the plan's name of it."""
    words = _SILENT["never" if silence.since is None else "since"][spoken(language)]
    since = "" if silence.since is None else moment_in_words(silence.since, language)
    return words.format(name=what, moment=since)
