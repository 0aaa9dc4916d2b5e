"""Whom to call, as the graph shows it."""

from __future__ import annotations

import strawberry

from domain.content import contact as domain_contact
from domain.content.zone import ZoneLevel
from schema.field import plain, twin
from schema.origin import Origin


@strawberry.type(description="Whom the patient calls, and when.")
@twin(domain_contact.ContactPoint)
class ContactPoint:
    id: strawberry.ID = plain("The line's id within the plan part.")
    label: str = plain("Who it is.")
    phone: str = plain("The telephone number.")
    hours: str | None = plain("When somebody answers, in words.")
    zone: ZoneLevel | None = plain("The colour it is for; null for any.")
    origin: Origin | None = plain("The source it was taken over from; null when written here.")
