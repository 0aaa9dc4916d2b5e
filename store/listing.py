"""Reads what patients have of one kind, as it was saved: columns are the noun's fields."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Generic, Protocol, TypeVar
from uuid import UUID

import msgspec
from sqlalchemy import ARRAY, ColumnElement, Text, Uuid, any_, bindparam, cast, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain import ids
from domain.access.log_line import LogQuestion
from domain.access.representation import Representation
from domain.access.reservation import Reservation
from domain.access.rule import AccessRule
from domain.keeping.consent import Consent
from domain.keeping.correction import CorrectionRequest
from domain.keeping.delivery import Delivery
from domain.keeping.erasure import Erasure
from store.json import json_object
from store.plan import public_id
from store.session import Sessions
from store.tables import (
    AccessRuleRow,
    ConsentRow,
    CorrectionRequestRow,
    DeliveryRow,
    ErasureRow,
    LogQuestionRow,
    RepresentationRow,
    ReservationRow,
    Row,
)


class Owned(Protocol):
    """A noun that a patient has, with a public id of its own."""

    @property
    def id(self) -> str:
        """Return the public id."""


N = TypeVar("N", bound=Owned)

_OWNERS = {
    "patient_id": ids.PATIENT,
    "part_id": ids.PART,
    "reservation_id": ids.RESERVATION,
    "adds_to": ids.LOG_LINE,
}


class Listing(Generic[N]):
    """A kind of noun that patients have, and the order it is read in."""

    def __init__(self, noun: type[N], row: type[Row], prefix: str, *order: Any) -> None:
        """`prefix` is that of the noun's public ids; `order` is what SQLAlchemy sorts by."""
        self._decode = msgspec.json.Decoder(noun).decode
        owner = row.__table__.c.patient_id
        patients = bindparam("patients", type_=ARRAY(Uuid))
        one = cast(noun_json(noun, row, prefix), Text)
        self._statement = select(owner, one).where(owner == any_(patients)).order_by(*order)

    async def of(
        self, connection: AsyncConnection, patient_ids: Sequence[str]
    ) -> dict[str, list[N]]:
        """Return what each patient has as the caller's transaction sees it."""
        keys = {ids.uuid_of(each, ids.PATIENT): each for each in patient_ids}
        found: dict[UUID, list[N]] = {key: [] for key in keys}
        for key, noun in await connection.execute(self._statement, {"patients": list(keys)}):
            found[key].append(self._decode(noun))
        return {patient_id: found[key] for key, patient_id in keys.items()}


def noun_json(noun: Any, row: type[Row], prefix: str) -> ColumnElement[Any]:
    """Return the JSON object of a type of noun in its row, with public ids."""
    prefixes = _OWNERS | {"id": prefix}
    columns = row.__table__.c
    members: dict[str, ColumnElement[Any]] = {}
    for field in msgspec.structs.fields(noun):
        column = columns[field.name]
        is_id = isinstance(column.type, Uuid)
        members[field.name] = public_id(prefixes[field.name], column) if is_id else column
    return json_object(**members)


class ListingStore:
    """Reads listings for several patients at once."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    async def by_patients(self, listing: Listing[N], patient_ids: Sequence[str]) -> list[list[N]]:
        """Return what each patient has, in the order of the patients."""
        async with self._sessions() as session:
            found = await listing.of(await session.connection(), patient_ids)
        return [found[patient_id] for patient_id in patient_ids]


CONSENTS = Listing(
    Consent,
    ConsentRow,
    ids.CONSENT,
    ConsentRow.withdrawn_at.desc().nulls_first(),
    ConsentRow.id,
)
RESERVATIONS = Listing(
    Reservation,
    ReservationRow,
    ids.RESERVATION,
    ReservationRow.erase_after.desc(),
    ReservationRow.id,
)
DELIVERIES = Listing(
    Delivery,
    DeliveryRow,
    ids.DELIVERY,
    DeliveryRow.occurred_at.desc(),
    DeliveryRow.content_version.desc(),
    DeliveryRow.id,
)
LOG_QUESTIONS = Listing(
    LogQuestion,
    LogQuestionRow,
    ids.LOG_QUESTION,
    LogQuestionRow.asked_at.desc(),
    LogQuestionRow.id,
)
RULES = Listing(
    AccessRule,
    AccessRuleRow,
    ids.ACCESS_RULE,
    AccessRuleRow.since.desc(),
    AccessRuleRow.id,
)
REPRESENTATIONS = Listing(
    Representation,
    RepresentationRow,
    ids.REPRESENTATION,
    RepresentationRow.since.desc(),
    RepresentationRow.id,
)
ERASURES = Listing(Erasure, ErasureRow, ids.ERASURE, ErasureRow.at.desc(), ErasureRow.id)
CORRECTIONS = Listing(
    CorrectionRequest,
    CorrectionRequestRow,
    ids.CORRECTION,
    CorrectionRequestRow.asked_at.desc(),
    CorrectionRequestRow.id,
)
