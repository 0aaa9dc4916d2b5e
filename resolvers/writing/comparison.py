"""Plan parts are held against what sources say now; nobody asks for it, and a review settles it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import msgspec
from msgspec.structs import replace

from connectors import Connectors
from domain.access.subject import Subject
from domain.caller import Caller
from domain.content.plan_content import PlanContent
from domain.errors import NotFound
from domain.event import EventKind
from domain.outdated import comparison
from domain.outdated.comparison import Answered, Comparison
from domain.outdated.disagreement import disagreements
from domain.outdated.fingerprint import FingerprintKey
from domain.outdated.source_line import lines_of
from domain.plan.part import Plan, PlanPart
from domain.source.section import ReasonCode, Section, SectionName, SectionState
from resolvers.disclosure import Log
from resolvers.patient import subject_of
from resolvers.source import APPOINTMENTS, CRITICAL_INFO, MEDICATIONS, Fetch
from resolvers.writing.look_up import look_ups
from store import Store
from store.unit import Unit

_decode_plan = msgspec.json.Decoder(Plan | None).decode

FETCHES = (MEDICATIONS, CRITICAL_INFO, APPOINTMENTS)
MOST_AT_A_TIME = 60

_CLOSED = frozenset(
    {
        ReasonCode.WITHHELD_BY_SOURCE,
        ReasonCode.RESTRICTED,
        ReasonCode.BLOCKED,
        ReasonCode.NO_NATIONAL_NUMBER,
        ReasonCode.NO_KJERNEJOURNAL,
        ReasonCode.UNKNOWN_TO_SOURCE,
    }
)
_LOOKUPS = frozenset({ReasonCode.NO_PRESCRIPTION_LOOKUP, ReasonCode.NO_KJERNEJOURNAL_LOOKUP})


async def begin_comparing(unit: Unit, part: PlanPart, now: datetime) -> None:
    """Let a part that says something new be compared anew; what was found before is over."""
    known = {each.section: each for each in await _of_part(unit, part.id)}
    for first in comparison.begun(part, now):
        earlier = known.get(first.section)
        anew = comparison.begun_anew(earlier, now, now) if earlier else first
        await unit.compare(anew)


async def settle(unit: Unit, part_id: str, held_at: datetime, now: datetime) -> None:
    """Settle what was found before a review that let a part stand."""
    for known in await _of_part(unit, part_id):
        await unit.compare(comparison.reviewed(known, held_at, now))


async def _of_part(unit: Unit, part_id: str) -> list[Comparison]:
    return [each for each in await unit.comparisons() if each.part_id == part_id]


@dataclass(frozen=True)
class Compared:
    """What came of some comparisons: whether the source answered at all, and more are due."""

    got_no_answer: bool
    has_more: bool


@dataclass(frozen=True)
class Comparing:
    """What plans are compared with, the log of use, and the fingerprints' key.

    What a source closes is asked for again after `closed_again_after`, since a closing can be
    lifted without a word in any feed; with None it never is.
    """

    store: Store
    sources: Connectors
    log: Log
    key: FingerprintKey
    closed_again_after: timedelta | None = None

    async def due(self, fetch: Fetch, caller: Caller, now: datetime) -> Compared:
        """Compare what is due with one section, at most MOST_AT_A_TIME parts of patients.

        Each look-up is durable in the log of use before the source is asked.
        Where the reasons change, the patient is one transaction with its events; whom somebody
        else writes about just now is left for the next time. Everything else is kept at once.
        """
        listed = await self.store.comparison.due(fetch.section, now, MOST_AT_A_TIME)
        asked: dict[str, list[Comparison]] = {}
        for each in listed:
            asked.setdefault(each.patient_id, []).append(each)
        found = await self.store.patient.by_ids(list(asked))
        records = [record for record in found if record is not None]
        subjects = [subject_of(record.patient) for record in records]
        answers = await self._ask(fetch, subjects, caller, now)
        quiet: list[tuple[Comparison, Comparison]] = []
        for record, answer in zip(records, answers, strict=True):
            told = _Told(self.key, fetch.section, answer, now, self._closed_again_at(now))
            known, plan = asked.get(record.patient.id, []), _decode_plan(record.plan)
            compared = [(each, told.after(each, plan)) for each in known]
            if all(was.reasons == after.reasons for was, after in compared):
                quiet += compared
            else:
                await self._compare_locked(record.patient.id, known, told)
        await self.store.comparison.keep(quiet)
        return Compared(
            got_no_answer=bool(answers) and all(_gave_none(answer) for answer in answers),
            has_more=len(listed) >= MOST_AT_A_TIME,
        )

    async def _ask(
        self, fetch: Fetch, subjects: Sequence[Subject], caller: Caller, now: datetime
    ) -> list[Section[Any]]:
        asked = [each.patient_id for each in subjects if fetch.can_ask_about(each)]
        if asked:
            await self.log.write(look_ups(asked, fetch.section, caller, now))
        return await fetch.batch(self.sources, subjects, caller) if subjects else []

    def _closed_again_at(self, now: datetime) -> datetime | None:
        return None if self.closed_again_after is None else now + self.closed_again_after

    async def _compare_locked(
        self, patient_id: str, asked: Sequence[Comparison], told: _Told
    ) -> None:
        """Compare again under the patient's lock, and tell of what changes."""
        try:
            async with self.store.unit.begin_if_free(patient_id) as unit:
                if unit is not None:
                    await _compare(unit, {each.part_id: each for each in asked}, told)
        except NotFound:  # erased since it was listed
            return


@dataclass(frozen=True)
class _Told:
    """What a source said of a patient at a time, and when to ask again where it gives nothing out.

    Any: the items are the section's own matter.
    """

    key: FingerprintKey
    section: SectionName
    answer: Section[Any]
    now: datetime
    closed_again_at: datetime | None

    def after(self, known: Comparison, plan: Plan | None) -> Comparison:
        """Return what becomes of a comparison with a part of a plan."""
        if _gave_none(self.answer):
            return comparison.unanswered(known, self.now)
        codes = {reason.code for reason in self.answer.reasons}
        if self.answer.items is None and codes & _CLOSED:
            return comparison.closed(known, self.closed_again_at)
        parts = plan.parts if plan else ()
        content = next((part.content for part in parts if part.id == known.part_id), None)
        return comparison.answered(known, self._answered(known, content), self.now)

    def _answered(self, known: Comparison, content: PlanContent | None) -> Answered:
        answer, key, patient_id = self.answer, self.key, known.patient_id
        differing: tuple[Any, ...] = ()
        if self.section is SectionName.MEDICATIONS:
            differing = disagreements(patient_id, content, answer.items or (), key, self.now)
        lines = lines_of(self.section, answer)
        codes = {reason.code for reason in answer.reasons}
        return Answered(
            key_id=key.id,
            fingerprints=key.of_lines(patient_id, self.section, lines),
            disagreements=differing,
            blind_to=tuple(sorted(code.name for code in codes & _LOOKUPS)),
            is_whole=answer.state is SectionState.OK,
        )


def _gave_none(answer: Section[Any]) -> bool:
    """Tell whether an answer is none that can be compared; it is asked for again.

    A source that could not fetch some of its own may soon be able to.
    """
    is_part = any(reason.code is ReasonCode.PART_UNAVAILABLE for reason in answer.reasons)
    return is_part or answer.state in (SectionState.UNAVAILABLE, SectionState.STALE)


async def _compare(unit: Unit, asked: Mapping[str, Comparison], told: _Told) -> None:
    """Keep what became of a patient's comparisons, and tell of parts whose reasons changed."""
    before = await unit.comparisons()
    after = [_after(each, asked.get(each.part_id), unit, told) for each in before]
    for was, each in zip(before, after, strict=True):
        if each != was:
            await unit.compare(each)
    if await _tell(unit, before, after, told.now):
        await unit.renew_worklist()


def _after(known: Comparison, asked: Comparison | None, unit: Unit, told: _Told) -> Comparison:
    """Return a comparison after an answer to what was asked; as it is where it was begun since."""
    if known.section is not told.section or asked is None or known.since != asked.since:
        return known
    after = told.after(known, unit.plan)
    if (known.due_at, known.told_at) != (asked.due_at, asked.told_at):
        # Something changed after the source was asked: it is asked again.
        return replace(after, due_at=known.due_at, told_at=known.told_at)
    return after


async def _tell(
    unit: Unit, before: Sequence[Comparison], after: Sequence[Comparison], now: datetime
) -> bool:
    """Add an event for each part that has new reasons, or has none any more."""
    changed = False
    for part_id in dict.fromkeys(each.part_id for each in before):
        were, are = _reasons(before, part_id), _reasons(after, part_id)
        changed |= were != are
        if are - were:
            await unit.happened(EventKind.MAY_BE_OUTDATED, part_id, now)
        elif were and not are:
            await unit.happened(EventKind.NO_LONGER_OUTDATED, part_id, now)
    return changed


def _reasons(compared: Sequence[Comparison], part_id: str) -> set[tuple[object, ...]]:
    return {
        (each.section, *reason.is_about)
        for each in compared
        if each.part_id == part_id
        for reason in each.reasons
    }
