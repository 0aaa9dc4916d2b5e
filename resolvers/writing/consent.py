"""Consent to have a plan is given and withdrawn; what rests on it ends with it."""

from __future__ import annotations

from typing import ClassVar

from domain import ids
from domain.command import Command
from domain.event import EventKind
from domain.given_word import SpokenWord
from domain.keeping import consent as consents
from domain.keeping.consent import Consent, ConsentKind
from domain.keeping.delivery import of_ended
from domain.operation import Operation
from domain.plan.draft import discarded
from domain.writing.rejection import NoChange, Rejected
from domain.written import ConsentWritten
from resolvers.writing import sharing
from resolvers.writing.given_word import given
from resolvers.writing.mutation import Mutation
from resolvers.writing.write import Done, Write, require_version
from store.listing import CONSENTS


class GiveConsent(Command):
    """Give a consent, or write down that it was given."""

    operation: ClassVar[Operation] = Operation.GIVE_CONSENT
    about: ClassVar[str] = "patient_id"

    patient_id: str
    kind: ConsentKind
    spoken: SpokenWord | None = None


class WithdrawConsent(Command):
    """Withdraw a consent, or write down that it was withdrawn; nobody needs to say why."""

    operation: ClassVar[Operation] = Operation.WITHDRAW_CONSENT
    about: ClassVar[str] = "consent_id"

    consent_id: str
    expected_version: int
    reason: str | None = None
    spoken: SpokenWord | None = None


async def _give(write: Write, command: GiveConsent) -> Done:
    write.permit(None)
    word = given(write, command.spoken)
    known = await write.unit.all_of(CONSENTS)
    if any(each.kind is command.kind and each.withdrawn is None for each in known):
        raise Rejected(NoChange())
    consent = Consent(
        id=ids.new(ids.CONSENT),
        patient_id=write.patient.id,
        kind=command.kind,
        version=1,
        given=word,
    )
    await write.unit.add(consent)
    return Done(kind=EventKind.CONSENT_GIVEN, subject_id=consent.id, version=consent.version)


async def _withdraw(write: Write, command: WithdrawConsent) -> Done:
    write.permit(None)
    consent = await write.one_of(CONSENTS, command.consent_id)
    require_version(consent, command.expected_version)
    if consent.withdrawn is not None:
        raise Rejected(NoChange())
    ended = consents.withdrawn(consent, given(write, command.spoken), command.reason)
    await write.unit.change(ended)
    open_shares = write.plan.open_shares(write.now) if write.plan else ()
    shares = [await sharing.end(write, share) for share in open_shares]
    drafts = await _put_away_drafts(write)
    parts = await _revoke_parts(write, command.reason)
    return Done(
        kind=EventKind.CONSENT_WITHDRAWN,
        subject_id=ended.id,
        version=ended.version,
        also=(*drafts, *parts, *shares),
    )


async def _put_away_drafts(write: Write) -> list[Done]:
    put_away = []
    for draft in await write.unit.all_open_drafts():
        away = discarded(draft, write.now, write.author)
        await write.unit.change(away)
        happened = EventKind.DRAFT_DISCARDED
        put_away.append(Done(kind=happened, subject_id=away.id, version=away.version))
    return put_away


async def _revoke_parts(write: Write, reason: str | None) -> list[Done]:
    revoked = []
    for living in consents.living_parts(write.plan):
        part = consents.revoked(living, reason, write.now, write.author)
        await write.unit.change(part)
        await write.unit.stop_comparing(part.id)
        delivery = of_ended(part)
        if delivery is not None:
            await write.unit.add(delivery)
        revoked.append(
            Done(
                kind=EventKind.PART_REVOKED,
                subject_id=part.id,
                version=part.version,
                tells=write.to_patient_side,
            )
        )
    return revoked


GIVE = Mutation(GiveConsent, ConsentWritten, _give)
WITHDRAW = Mutation(WithdrawConsent, ConsentWritten, _withdraw)
