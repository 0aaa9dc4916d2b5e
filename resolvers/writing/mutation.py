"""Runs commands: validated whole, decided under the lock, kept with event, audit and receipt."""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import msgspec
from msgspec.structs import replace

from domain import ids
from domain.access.audit import AuditEntry
from domain.access.decision import Access
from domain.access.patient import PatientRecord
from domain.command import Command
from domain.errors import NotFound, NotPermitted
from domain.receipt import KeptReceipt
from domain.refusal import Refusal
from domain.writing.fault import Fault
from domain.writing.rejection import (
    InvalidInput,
    KeyReused,
    NotAllowed,
    NothingFound,
    Rejected,
    Rejection,
)
from domain.writing.validation import faults_of_command
from domain.written import Receipt, Written
from resolvers import access
from resolvers.context import Context
from resolvers.writing import audit
from resolvers.writing.write import Done, Write
from store.unit import Unit

C = TypeVar("C", bound=Command)

_encode = msgspec.json.Encoder(order="sorted").encode


def _nothing(_command: Any) -> Sequence[Fault]:
    return ()


@dataclass(frozen=True)
class Mutation(Generic[C]):
    """A command with its rule, the faults that only its input can have, and what comes of it.

    `decides` is who asks the policy: about somebody's access as it is, unless said otherwise.
    """

    command: type[C]
    written: type[Written]
    rule: Callable[[Write, C], Awaitable[Done]]
    faults: Callable[[C], Sequence[Fault]] = _nothing
    decides: Callable[[Context, PatientRecord], Access] = access.for_write

    async def __call__(self, ctx: Context, command: C) -> Written | Rejection:
        """Do what is asked, once; a rejection says why nothing was changed."""
        try:
            written = await self._perform(ctx, command)
        except Rejected as rejected:
            return rejected.rejection
        except NotFound:
            return NothingFound()
        except NotPermitted as refused:
            return NotAllowed(reason=Refusal[refused.reason or ""])
        ctx.forget(written.patient_id)
        return written

    async def _perform(self, ctx: Context, command: C) -> Written:
        self.validate(command)
        async with self._begun(ctx, command) as unit:
            write = self._write(ctx, unit)
            known = await unit.receipt(ctx.viewer.subject, command.idempotency_key)
            if known is not None:
                return self._replayed(known, command)
            try:
                done, entries = await self._do(ctx, write, command)
            except Rejected as rejected:
                _note_attempt(ctx, write, rejected.rejection)
                raise
            except NotFound:
                _note_attempt(ctx, write, NothingFound())
                raise
        for entry in entries:
            ctx.disclosures.covered(entry)
        if unit.other is not None:
            ctx.forget(unit.other.patient_id)
        receipt = Receipt(at=write.now, version=_version_told(done))
        written = self._written(unit.patient_id, done.subject_id, receipt)
        return replace(written, shown_once=done.shown_once)

    @asynccontextmanager
    async def _begun(self, ctx: Context, command: C) -> AsyncIterator[Unit]:
        """Yield the unit of whoever owns a subject; that nobody does is logged as a refusal is."""
        is_found = False
        try:
            subject_id = _subject_id(command, command.about)
            other_id = None if command.other is None else _subject_id(command, command.other)
            async with ctx.store.unit.begin(subject_id, other_id) as unit:
                is_found = True
                yield unit
        except NotFound:
            if not is_found:
                ctx.disclosures.found_nobody(self.command.operation)
            raise

    async def _do(self, ctx: Context, write: Write, command: C) -> tuple[Done, list[AuditEntry]]:
        done = await self.rule(write, command)
        if not all(each.is_permitted for each in _each(write)):
            raise RuntimeError("A rule did not ask whether it may.")
        return done, await _keep(ctx, write, command, done)

    def _write(self, ctx: Context, unit: Unit) -> Write:
        """Return the write of somebody who may see the patient, as decided on the locked facts."""
        ctx.forget(unit.patient_id)
        decided = self.decides(ctx, unit.record)
        access.admit(ctx, unit.record, decided, self.command.operation)
        return Write(
            operation=self.command.operation,
            viewer=ctx.viewer,
            access=decided,
            unit=unit,
            templates=ctx.store.template,
            now=ctx.now,
            evaluates_zones=ctx.evaluates_zones,
            choices=ctx.choices,
            other=None if unit.other is None else self._write(ctx, unit.other),
        )

    def validate(self, command: C) -> None:
        """Refuse an input that can't be used, with all that is wrong with it."""
        faults = tuple(dict.fromkeys([*faults_of_command(command), *self.faults(command)]))
        if faults:
            raise Rejected(InvalidInput(faults=faults))

    def _replayed(self, known: KeptReceipt, command: C) -> Written:
        if known.input_hash != _hash(command) or known.operation is not command.operation:
            raise Rejected(KeyReused())
        receipt = Receipt(at=known.at, version=known.version, is_replay=True)
        return self._written(known.patient_id, known.subject_id, receipt)

    def _written(self, patient_id: str, subject_id: str, receipt: Receipt) -> Written:
        return self.written(patient_id=patient_id, subject_id=subject_id, receipt=receipt)


def _subject_id(command: Command, name: str) -> str:
    """Return the id that a command has under a name; NotFound for a patient's that is none.

    What else an id is of, the rule finds out, which looks for it among what the patient has.
    """
    found: str = getattr(command, name)
    if name.endswith("patient_id") and not found.startswith(ids.PATIENT):
        raise NotFound
    return found


def _each(write: Write) -> list[Write]:
    """Return the write itself, and that of the other patient where there is one."""
    return [write] if write.other is None else [write, write.other]


def _note_attempt(ctx: Context, write: Write, rejection: Rejection) -> None:
    """Hand the log of use what came of a write that was not done: a refusal, or a reading."""
    for each in _each(write):
        record = each.unit.record
        if isinstance(rejection, NotAllowed):
            ctx.disclosures.refused(record, each.access, rejection.reason, each.operation)
        else:
            ctx.disclosures.decided(record, each.access)


async def _keep(ctx: Context, write: Write, command: Command, done: Done) -> list[AuditEntry]:
    """Keep the event, the audit entry and the receipt of what was done, beside the change."""
    entries = [await _leave(ctx, write, done)]
    if write.other is not None:
        if done.elsewhere is None:
            raise RuntimeError("A rule about two patients did something to one of them only.")
        entries.append(await _leave(ctx, write.other, done.elsewhere))
    if not await write.unit.keep(_receipt(ctx, write, command, done)):
        raise Rejected(KeyReused())
    return entries


async def _leave(ctx: Context, write: Write, done: Done) -> AuditEntry:
    unit = write.unit
    event = await unit.happened(done.kind, done.subject_id, write.now, done.version)
    await unit.tell(event, done.tells, done.dealt_with, done.spares, is_urgent=done.is_urgent)
    entry = audit.entry(ctx, write, done.subject_id, event.id)
    await unit.add(entry)
    for each in done.also:
        event = await unit.happened(each.kind, each.subject_id, write.now, each.version)
        await unit.tell(event, each.tells, each.dealt_with)
    await unit.renew_worklist()
    return entry


def _receipt(ctx: Context, write: Write, command: Command, done: Done) -> KeptReceipt:
    return KeptReceipt(
        sender=ctx.viewer.subject,
        key=command.idempotency_key,
        patient_id=write.unit.patient_id,
        operation=write.operation,
        input_hash=_hash(command),
        subject_id=done.subject_id,
        version=_version_told(done),
        at=write.now,
    )


def _version_told(done: Done) -> int | None:
    """Return the version as whoever wrote is told of it."""
    return done.version if done.seen_version is None else done.seen_version


def _hash(command: Command) -> bytes:
    return hashlib.sha256(_encode(command)).digest()
