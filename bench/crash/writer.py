"""Writers: each lives through one small story of a plan after the other, whatever breaks."""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import dataclass, field
from random import Random
from typing import Any, NamedTuple
from uuid import UUID

from bench.crash.door import Answer, Door, Unanswered
from bench.crash.ledger import Ledger, Outcome, Sent
from domain import ids
from domain.operation import Operation

NURSE, DOCTOR, PARENT = "clinician", "doctor", "parent"
_GIVES_UP = 0.05
_FIRST_WAIT, _LONGEST_WAIT = 0.02, 0.5  # seconds
# Others were quicker. Anything else means that something is gone which was there.
_EXPECTED = frozenset({"VERSION_CONFLICT", "WRONG_STATE"})


_OWN = object()


class Written(NamedTuple):
    """What a write was about, and the version it has now."""

    subject: str
    version: int


class GaveUp(Exception):
    """The writer will never know what became of it."""


class Rejected(Exception):
    """The write was not done; `version` is the newest one, in a version conflict."""

    def __init__(self, code: str, version: int | None) -> None:
        super().__init__(code)
        self.code, self.version = code, version


@dataclass
class Ward:
    """What the writers have in common: the patients, and the parts they know of."""

    door: Door
    ledger: Ledger
    patients: list[UUID]
    parts: dict[UUID, str] = field(default_factory=dict)
    closes: asyncio.Event = field(default_factory=asyncio.Event)


class Writer:
    """One client. Others write about the same patients, so that some of its writes are rejected."""

    def __init__(self, ward: Ward, random: Random) -> None:
        self._ward, self._random = ward, random

    async def run(self) -> None:
        """Write until the ward closes, and end with a whole story."""
        while not self._ward.closes.is_set():
            self._patient = self._random.choice(self._ward.patients)
            with contextlib.suppress(GaveUp):
                try:
                    await self._story()
                except Rejected as rejected:
                    await self._after(rejected)

    async def _story(self) -> None:
        draft, version = await self._drafted()
        ending = self._random.random()
        if ending < 0.2:
            put_away = {"draftId": draft, "expectedVersion": version}
            await self._write(NURSE, Operation.DISCARD_DRAFT, **put_away)
            return
        if ending < 0.6:
            version = await self._approved(draft, version)
        await self._lived_by(await self._activated(draft, version))

    async def _drafted(self) -> tuple[str, int]:
        """Begin a draft and save it a few times; return its id and version."""
        whole = {"reviewDue": "2030-01-01", "changeComment": _OWN, "content": _OWN}
        about = {"patientId": f"{ids.PATIENT}{self._patient}", "kind": "BEHANDLINGSPLAN"}
        written = await self._write(NURSE, Operation.START_DRAFT, **about, **whole)
        draft = written.subject
        for _ in range(self._random.randint(0, 3)):
            seen = {"draftId": draft, "expectedVersion": written.version}
            written = await self._write(NURSE, Operation.SAVE_DRAFT, **seen, **whole)
        return draft, written.version

    async def _approved(self, draft: str, version: int) -> int:
        seen = {"documentId": draft, "expectedVersion": version}
        asked = await self._write(NURSE, Operation.REQUEST_APPROVAL, **seen)
        seen = {"documentId": draft, "expectedVersion": asked.version}
        decided = await self._write(DOCTOR, Operation.DECIDE_APPROVAL, **seen, decision="APPROVED")
        return decided.version

    async def _activated(self, draft: str, version: int) -> Written:
        seen = {"draftId": draft, "expectedVersion": version}
        return await self._write(DOCTOR, Operation.ACTIVATE, **seen, changeComment=_OWN)

    async def _lived_by(self, part: Written) -> None:
        """Let the parent say a word, then pause the part and take it up again."""
        self._ward.parts[self._patient] = part.subject
        if self._random.random() < 0.5:
            word = {"state": self._random.choice(("AGREES", "DISAGREES")), "comment": _OWN}
            seen = {"partId": part.subject, "contentVersion": 1}
            with contextlib.suppress(Rejected):
                await self._write(PARENT, Operation.AGREE, **seen, **word)
        seen = {"partId": part.subject, "expectedVersion": part.version}
        held = await self._write(DOCTOR, Operation.HOLD, **seen, reason=_OWN)
        await self._resumed(held.subject, held.version)

    async def _after(self, rejected: Rejected) -> None:
        """Take a part up again that somebody paused and left."""
        part = self._ward.parts.get(self._patient)
        if rejected.code != "WRONG_STATE" or part is None:
            return
        with contextlib.suppress(Rejected):
            try:
                await self._resumed(part, 1)
            except Rejected as told:
                if told.version is not None:
                    await self._resumed(part, told.version)

    async def _resumed(self, part: str, version: int) -> None:
        seen = {"partId": part, "expectedVersion": version}
        await self._write(DOCTOR, Operation.RESUME, **seen, reason=_OWN)

    async def _write(self, who: str, operation: Operation, **given: Any) -> Written:
        """Send until it is answered, or give up; `_OWN` stands for a text of the write's own."""
        sent = self._ward.ledger.begin(who, operation, self._patient)
        own = {"content": content(sent.remark)}
        given = {
            name: own.get(name, sent.remark) if value is _OWN else value
            for name, value in given.items()
        }
        answer = await self._answered(sent, given)
        if answer.code is not None:
            sent.outcome = Outcome.REJECTED
            if answer.code not in _EXPECTED:
                self._ward.ledger.surprises.append(f"{operation.name}: {answer.code}")
            raise Rejected(answer.code, answer.version)
        sent.outcome, sent.is_replay = Outcome.ACKNOWLEDGED, answer.is_replay
        sent.version = answer.version
        if answer.version is None or answer.subject_id is None:
            raise GaveUp  # it is done, but what it was about could not be read
        return Written(answer.subject_id, answer.version)

    async def _answered(self, sent: Sent, given: dict[str, Any]) -> Answer:
        wait = _FIRST_WAIT
        while True:
            sent.attempts += 1
            try:
                return await self._ward.door.send(sent, given)
            except Unanswered:
                if self._random.random() < _GIVES_UP:
                    raise GaveUp from None
            await asyncio.sleep(wait)
            wait = min(2 * wait, _LONGEST_WAIT)


def content(title: str) -> dict[str, Any]:
    """Return a treatment plan that has all it needs to be activated."""
    action = {"category": "PHYSICAL_ACTIVITY", "performedBy": "PATIENT", "owner": "Kari Fjell"}
    return {
        "title": title,
        "problems": [{"id": "p1", "concept": {"text": "Astma"}}],
        "goals": [{"id": "g1", "description": "Sove godt", "expressedBy": "PATIENT"}],
        "actions": [{"id": "a1", "title": "Gå tur", "goalIds": ["g1"], **action}],
    }
