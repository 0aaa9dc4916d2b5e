"""Makes the rows of what a plan rests on and leads to: its consent, and deliveries to records."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from domain.given_word import GivenWord, WordGiver, givers_at
from domain.keeping.consent import ConsentKind
from domain.keeping.delivery import DeliveryState, Occasion
from domain.plan.part import Lifecycle
from local.synthetic.part import Part
from local.synthetic.people import author, responsible
from local.synthetic.rows import Batch, new_id
from local.synthetic.world import Person
from store.tables import ConsentRow, DeliveryRow

_HOW = "Muntlig, da planen ble laget"
_ENDS = (Lifecycle.COMPLETED, Lifecycle.REVOKED, Lifecycle.ENTERED_IN_ERROR)


def add_consent(batch: Batch, patient: UUID, person: Person, at: datetime) -> None:
    """Add the consent that a plan rests on, as personnel wrote it down when it was begun."""
    giver = _giver(person, at)
    names = {
        WordGiver.PATIENT: [str(person.name)],
        WordGiver.PARENT: [parent.name for parent in person.parents[:1]],
        WordGiver.CHILD_AND_PARENTS: [str(person.name), *(p.name for p in person.parents)],
    }
    word = GivenWord(
        at=at,
        by=" og ".join(names[giver]) or "Forelder",
        giver=giver,
        registered_by=author(responsible(person)),
        how=_HOW,
    )
    batch.add(
        ConsentRow,
        patient_id=patient,
        id=new_id("consent", person.number),
        kind=ConsentKind.HAVE_PLAN.name,
        version=1,
        given=word,
        withdrawn=None,
        withdrawn_at=None,
        reason=None,
    )


def _giver(person: Person, at: datetime) -> WordGiver:
    age = (at.date() - person.born).days // 365 if person.born else 99
    givers = givers_at(age)
    usual = (WordGiver.PARENT, WordGiver.CHILD_AND_PARENTS, WordGiver.PATIENT)
    return next(giver for giver in usual if giver in givers)


def add_deliveries(batch: Batch, patient: UUID, key: str, part: Part) -> None:
    """Add a delivery of each version and of the part's end; the worker carries them out."""
    for number, version in enumerate(part.versions, start=1):
        occasion = Occasion.ACTIVATED if number == 1 else Occasion.REVISED
        _add_delivery(batch, patient, key, part, number, occasion, version.at)
    if part.versions and part.lifecycle in _ENDS:
        end = Occasion[part.lifecycle.name]
        _add_delivery(batch, patient, key, part, len(part.versions), end, part.written)


def _add_delivery(
    batch: Batch,
    patient: UUID,
    key: str,
    part: Part,
    number: int,
    occasion: Occasion,
    at: datetime,
) -> None:
    batch.add(
        DeliveryRow,
        patient_id=patient,
        id=new_id("delivery", key, number, occasion.name),
        part_id=new_id("part", key),
        content_version=number,
        occasion=occasion.name,
        occurred_at=at,
        by=part.responsible,
        organisation_number=part.responsible.organisation_number,
        reason=None,
        state=DeliveryState.WAITING.name,
        attempts=0,
        next_try_at=at,
        receipt=None,
        delivered_at=None,
    )
