"""Handovers: parts of a plan that another organisation is asked to answer for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from domain import ids
from domain.author import Author
from domain.cooperation.handover import HandoverState, open_actions
from domain.plan.part import LIVING, PlanKind
from local.synthetic.part import Part
from local.synthetic.people import author, responsible
from local.synthetic.remarks import REMARKS
from local.synthetic.rows import Batch, new_id
from local.synthetic.world import Person
from store.tables import HandoverRow

HOME_CARE = ("Hjemmetjenesten Fjordvik", "999000118")


@dataclass(frozen=True, kw_only=True)
class Offer:
    """What whoever answers for the plan asks another: `to` is the name and the number.

    `kinds` are the kinds of part, None for all; `declined_at` is when the answer was no.
    """

    to: tuple[str, str]
    reason: str
    opened_at: datetime
    message: str | None = None
    kinds: tuple[PlanKind, ...] | None = None
    declined_at: datetime | None = None


def some_offer(person: Person, random: Random, now: datetime) -> Offer | None:
    """Return an offer to home care for a few, still open or declined."""
    if random.random() >= 0.06 or not responsible(person).place_number:
        return None
    opened = now - timedelta(days=random.randint(3, 60))
    declined = opened + timedelta(days=2) if random.random() < 0.5 else None
    reason = random.choice(REMARKS.handovers)
    return Offer(to=HOME_CARE, reason=reason, opened_at=opened, declined_at=declined)


def add_handover(
    batch: Batch, patient: UUID, person: Person, parts: Sequence[Part], offer: Offer | None
) -> None:
    """Add the handover of what is living of a plan, unless the receiver answers for it already."""
    sender = author(responsible(person))
    if offer is None or sender.organisation_number in (None, offer.to[1]):
        return
    offered = {
        f"{ids.PART}{new_id('part', f'{person.number}:{part.kind.name}')}": part
        for part in parts
        if part.lifecycle in LIVING and (offer.kinds is None or part.kind in offer.kinds)
    }
    if not offered:
        return
    contents = ((key, part.newest.content) for key, part in offered.items())
    batch.add(
        HandoverRow,
        patient_id=patient,
        id=new_id("handover", person.number, 0),
        part_ids=list(offered),
        from_organisation=sender.organisation_number,
        from_organisation_name=sender.organisation,
        to_organisation=offer.to[1],
        to_organisation_name=offer.to[0],
        reason=offer.reason,
        message=offer.message,
        move=None,
        open_actions=open_actions(contents),
        opened_by=sender,
        opened_at=offer.opened_at,
        left_out=[],
        **_answer(offer),
    )


def _answer(offer: Offer) -> dict[str, object]:
    if offer.declined_at is None:
        state, by, reason = HandoverState.OPEN, None, None
    else:
        state, reason = HandoverState.DECLINED, "Vi har ikke plass nå. Spør gjerne igjen."
        by = Author(name=offer.to[0], organisation=offer.to[0], organisation_number=offer.to[1])
    return {
        "version": 1 if by is None else 2,
        "state": state.name,
        "decided_by": by,
        "decided_at": offer.declined_at,
        "decision_reason": reason,
    }
