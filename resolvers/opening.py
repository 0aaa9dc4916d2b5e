"""A share is opened by a code, once; by the access that it gave, the share is read.

The log of use has the opening here, and each reading where the policy decides about it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from uuid import uuid4

import msgspec
from msgspec.structs import replace

from domain.access import opening
from domain.access.audit import AuditEntry
from domain.access.opening import Opening
from domain.access.patient import PatientRecord
from domain.access.relation import Basis
from domain.access.viewer import Viewer, ViewerRole
from domain.author import Author
from domain.errors import CodeRefused, TooManyTries
from domain.event import EventKind
from domain.noun import Noun
from domain.operation import Operation
from domain.plan.part import Plan
from domain.plan.sharing import SETTING_NAMES, Share
from store import Store
from store.unit import Unit

_decode_plan = msgspec.json.Decoder(Plan | None).decode
Clock = Callable[[], datetime]


class Opened(Noun):
    """The access that a code gave: the only time that the token is seen."""

    access_token: str
    expires_in: int

    def __repr__(self) -> str:
        return f"Opened(expires_in={self.expires_in})"


class Openings:
    """Exchanges codes for tokens, and tells who comes with such a token."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store, self._clock = store, clock

    async def exchange(self, code: str, place: str, event_id: str) -> Opened:
        """Return access to the share that a code is for; the code is used up.

        `place` is where on the network it comes from: there, MOST_TRIES wrong codes are enough.
        Whatever is wrong with a code, the same is looked up and the same answered.
        """
        now = self._clock()
        tries = await self._store.opening.count_try(place, now, opening.TRIES_WINDOW)
        if tries > opening.MOST_TRIES:
            raise TooManyTries
        found = await self._store.opening.by_code(opening.digest(opening.typed(code)), now)
        opened = None if found is None else await self._open(found, now, event_id)
        if opened is None:
            raise CodeRefused
        await self._store.opening.forgive_try(place)
        return opened

    async def viewer(self, token: str) -> Viewer | None:
        """Return who comes with a token; None when it opens nothing now."""
        now = self._clock()
        found = await self._store.opening.by_token(opening.digest(token), now)
        if found is None or found.expires_at is None:
            return None
        (record,) = await self._store.patient.by_ids([found.patient_id])
        share = None if record is None else _open_share(record, found, now)
        if share is None:
            return None
        return Viewer(
            subject=found.id,
            role=ViewerRole.RECIPIENT,
            expires_at=found.expires_at,
            name=share.recipient,
            share_id=share.id,
        )

    async def _open(self, found: Opening, now: datetime, event_id: str) -> Opened | None:
        async with self._store.unit.begin(found.share_id) as unit:
            # Read again under the patient's lock: somebody may have used it meanwhile.
            locked = await unit.opening(found.id)
            share = _open_share(unit.record, found, now)
            if share is None or locked is None or not locked.can_be_opened(now):
                return None
            token, until = opening.new_token(), opening.access_until(share, now)
            used = replace(
                locked, opened_at=now, token_digest=opening.digest(token), expires_at=until
            )
            await unit.change(used)
            await unit.happened(EventKind.SHARE_OPENED, share.id, now, share.version)
            await unit.add(_audit_entry(unit, share, now, event_id))
        return Opened(access_token=token, expires_in=int((until - now).total_seconds()))


def _open_share(record: PatientRecord, found: Opening, now: datetime) -> Share | None:
    """Return the share while it holds; a reservation suspends it, and uses no code up."""
    if record.reservation is not None:
        return None
    plan = _decode_plan(record.plan)
    parts = plan.parts if plan else ()
    shares = (share for part in parts for share in part.sharing.shares)
    return next((s for s in shares if s.id == found.share_id and s.is_open(now)), None)


def _audit_entry(unit: Unit, share: Share, now: datetime, event_id: str) -> AuditEntry:
    return AuditEntry(
        patient_id=unit.patient_id,
        id=str(uuid4()),
        at=now,
        operation=Operation.OPEN_SHARE,
        subject_id=share.id,
        by=Author(name=share.recipient, role=SETTING_NAMES[share.setting]),
        role=ViewerRole.RECIPIENT,
        basis=Basis.SHARE,
        correlation_id=event_id,
    )
