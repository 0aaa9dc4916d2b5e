"""Words for what patients register: labels, what became of it, and how long nothing has come."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from domain.following.entry import Entry, EntrySource, EntryStatus
from domain.following.report import Done, Feeling
from domain.following.series import Silence
from domain.local_time import moment_in_words
from domain.words import spoken

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
_TAKEN_OUT = {
    "nb": "Trukket: et krav om sletting er godtatt",
    "en": "Withdrawn: a request for deletion was accepted",
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


def status(entry: Entry, language: str) -> str:
    """Return what became of an entry, and where a decision did it, that it did."""
    if entry.change is not None and entry.change.is_decided:
        return _TAKEN_OUT[spoken(language)]
    return label(entry.status, language)


def silence_sentence(silence: Silence, language: str) -> str:
    """Return how long nothing has come."""
    words = _SILENT["never" if silence.since is None else "since"][spoken(language)]
    since = "" if silence.since is None else moment_in_words(silence.since, language)
    return words.format(name=silence.name, moment=since)
