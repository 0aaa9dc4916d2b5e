"""What can be wrong with the inputs of working together; a fault never has the value in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime

from domain.rejection import Fault

LONGEST_LINE = 200
LONGEST_TEXT = 4_000
MOST_ITEMS = 50

_ORGANISATION_NUMBER = re.compile("[89][0-9]{8}")
_MUNICIPALITY_NUMBER = re.compile("[0-9]{4}")


def required(text: str, at: str, longest: int = LONGEST_TEXT) -> Iterator[Fault]:
    """Check a text that must be there."""
    if not text.strip():
        yield Fault(path=at, code="REQUIRED", sentence="Dette må fylles ut.")
    yield from too_long(text, at, longest)


def too_long(text: str | None, at: str, longest: int = LONGEST_TEXT) -> Iterator[Fault]:
    """Check the length of a text that may be left out."""
    if text is not None and len(text) > longest:
        sentence = f"Teksten er for lang. Den kan ha {longest} tegn."
        yield Fault(path=at, code="TOO_LONG", sentence=sentence)


def too_many(items: Sequence[object], at: str) -> Iterator[Fault]:
    """Check the length of a list."""
    if len(items) > MOST_ITEMS:
        sentence = f"Listen er for lang. Den kan ha {MOST_ITEMS} punkter."
        yield Fault(path=at, code="TOO_MANY", sentence=sentence)


def organisation_number(value: str | None, at: str) -> Iterator[Fault]:
    """Check the form only: whether there is such an organisation, a register must say."""
    if value is not None and not _ORGANISATION_NUMBER.fullmatch(value):
        sentence = "Et organisasjonsnummer har ni sifre og begynner på 8 eller 9."
        yield Fault(path=at, code="BAD_ORGANISATION_NUMBER", sentence=sentence)


def municipality_number(value: str, at: str) -> Iterator[Fault]:
    """Check the form of a municipality's number."""
    if not _MUNICIPALITY_NUMBER.fullmatch(value):
        sentence = "Et kommunenummer har fire sifre."
        yield Fault(path=at, code="BAD_MUNICIPALITY_NUMBER", sentence=sentence)


def same_organisation(at: str) -> Fault:
    """Return the fault of a handover to whoever has the responsibility already."""
    sentence = "Velg en annen virksomhet enn den som har ansvaret nå."
    return Fault(path=at, code="SAME_ORGANISATION", sentence=sentence)


def not_coordinating(at: str) -> Fault:
    """Return the fault of a move away from a unit that doesn't coordinate the services."""
    sentence = "Virksomheten koordinerer ikke tjenestene til pasienten nå."
    return Fault(path=at, code="NOT_COORDINATING", sentence=sentence)


def after(value: date | None, today: date, at: str) -> Iterator[Fault]:
    """Check a day that must be given and lie after today."""
    if value is None:
        yield Fault(path=at, code="REQUIRED", sentence="Dette må fylles ut.")
    elif value <= today:
        yield Fault(path=at, code="NOT_IN_FUTURE", sentence="Velg en dag etter i dag.")


def already_been(value: datetime | None, now: datetime, at: str) -> Iterator[Fault]:
    """Check a time that may be given and must have been."""
    if value is None:
        return
    if value.tzinfo is None:
        sentence = "Tidspunktet må ha tidssone."
        yield Fault(path=at, code="TIME_ZONE_REQUIRED", sentence=sentence)
    elif value > now:
        yield Fault(path=at, code="IN_FUTURE", sentence="Tidspunktet kan ikke være senere enn nå.")
