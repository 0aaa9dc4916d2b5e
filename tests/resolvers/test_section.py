from __future__ import annotations

import asyncio
from datetime import date, timedelta
from typing import Any

import pytest

from domain.access.patient import Patient, PatientRecord
from domain.access.relation import Basis
from domain.access.subject import Gender
from domain.caller import Representation
from domain.refusal import Refusal
from domain.source.section import Reason, ReasonCode, Section, SectionState, SourceName
from resolvers import patient, section
from resolvers.context import Context
from resolvers.source import MEDICATIONS
from tests.builders import CHILD_NUMBER, NOW, a_citizen, a_number, a_relation, a_vendor
from tests.resolvers.fakes import PARACET, Medicines, a_context

ID = "pat_0195bb24-0000-7000-8000-00000000000{}"


def _record(number: int = 1, *relations: Any, born: date = date(2015, 1, 20)) -> PatientRecord:
    known = Patient(
        id=ID.format(number),
        given_name="Nora",
        family_name="Fjell",
        birth_date=born,
        gender=Gender.FEMALE,
        identity_numbers=(a_number(),),
    )
    return PatientRecord(patient=known, relations=relations or (a_relation(),))


async def _medicines(ctx: Context, number: int = 1) -> Section[Any]:
    found = await patient.by_id(ctx, ID.format(number))
    return await section.for_patient(ctx, found, MEDICATIONS)


async def test_many_patients_are_one_batch_of_the_store_and_of_the_source() -> None:
    source = Medicines()
    ctx = a_context(*[_record(n) for n in range(5)], medicines=source)
    await asyncio.gather(*(_medicines(ctx, n) for n in range(5)))
    assert [len(batch) for batch in ctx.store.patient.batches] == [5]  # type: ignore[attr-defined]  # a fake
    assert [len(batch) for batch in source.batches] == [5]


async def test_a_patient_asked_for_twice_is_fetched_once() -> None:
    source = Medicines()
    ctx = a_context(_record(), medicines=source)
    await asyncio.gather(_medicines(ctx), _medicines(ctx))
    await _medicines(ctx)
    assert [len(batch) for batch in source.batches] == [1]


async def test_what_may_not_be_seen_is_not_fetched() -> None:
    source = Medicines()
    shared = _record(1, a_relation(Basis.SHARE, part_id="prt_1"))
    denied = await _medicines(a_context(shared, viewer=a_vendor(), medicines=source))
    assert (denied.state, denied.items) == (SectionState.WITHHELD, None)
    assert denied.reasons[0].refusal is Refusal.NOT_SHARED
    assert source.batches == []


@pytest.mark.parametrize(
    ("viewer", "relation", "born", "representation"),
    [
        (a_citizen(CHILD_NUMBER), a_relation(), date(1980, 1, 1), Representation.SELF),
        (a_citizen(), a_relation(Basis.PARENT), date(2015, 1, 20), Representation.PARENT),
    ],
)
async def test_a_source_is_told_on_whose_behalf_a_citizen_asks(
    viewer: Any, relation: Any, born: date, representation: Representation
) -> None:
    source = Medicines()
    await _medicines(a_context(_record(1, relation, born=born), viewer=viewer, medicines=source))
    assert [caller.representation for caller in source.callers] == [representation]


async def test_a_closed_context_ends_what_it_started() -> None:
    ended = asyncio.Event()

    class Hanging(Medicines):
        async def medications(self, *asked: Any) -> Any:
            try:
                await asyncio.Event().wait()
            finally:
                ended.set()

    ctx = a_context(_record(), medicines=Hanging())
    waiting = asyncio.create_task(_medicines(ctx))
    await asyncio.sleep(0.01)
    waiting.cancel()
    await ctx.close()
    assert ended.is_set()


def test_age_is_counted_from_the_source_s_own_time() -> None:
    told: Section[Any] = Section.answered(SourceName.MEDICATION, [], NOW - timedelta(minutes=3))
    silent: Section[Any] = Section.missing(SourceName.MEDICATION, ReasonCode.SOURCE_TIMEOUT)
    ctx = a_context()
    assert (section.age(ctx, told), section.age(ctx, silent)) == (180, None)


def test_fewer_items_change_neither_state_nor_total() -> None:
    ctx = a_context()
    told = Section.answered(SourceName.MEDICATION, [PARACET, PARACET], NOW)
    assert len(section.items(ctx, told, first=1) or ()) == 1
    assert (told.state, section.total(ctx, told)) == (SectionState.OK, 2)


@pytest.mark.parametrize(("language", "word"), [("nb", "tilgang"), ("en", "may not")])
def test_a_refusal_is_explained_in_the_viewer_s_language(language: str, word: str) -> None:
    reason = Reason(code=ReasonCode.ACCESS_DENIED, refusal=Refusal.NOT_SHARED)
    assert word in section.reason_sentence(a_context(language=language), reason)
