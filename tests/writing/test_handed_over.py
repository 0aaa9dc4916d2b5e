"""What is hidden from a parent is not handed over by them, and nobody can tell that it isn't."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from typing import Any
from uuid import UUID

import pytest

from domain.access.standing import Standing
from domain.access.viewer import Viewer
from domain.errors import NotFound, NotPermitted
from domain.plan.sharing import ShareScope
from domain.writing.rejection import AlreadyShared
from resolvers import patient as patients
from resolvers import plan as plans
from resolvers.writing import hiding, sharing
from store.log_writer import LogWriter
from store.session import Sessions, engine
from store.tables import PlanPartRow
from tests.builders import a_citizen, a_vendor
from tests.store import rows
from tests.store.rows import add
from tests.writing.clinic import INGRID, STRANGER, Clinic
from tests.writing.hidden_life import HIDDEN, Life
from tests.writing.shares import THERAPIST
from tests.writing.test_hidden import _differs, _kari, _live
from tests.writing.twins import Twins

WHOLE = {"until": None, **THERAPIST}


@pytest.fixture
async def twins(db: Sessions, database_url: str) -> AsyncIterator[Twins]:
    made = await Twins.open(db)
    own = engine(database_url)
    async with LogWriter(own).running() as log:
        made.marked.clinic.log = made.plain.clinic.log = log
        yield made
    await own.dispose()


def _number(clinic: Clinic) -> str:
    return f"{clinic.key.int % 10**11:011}"


def _aunt(clinic: Clinic) -> Viewer:
    return a_citizen(_number(clinic), subject="s-aunt", name="Tante Åse")


def _company(clinic: Clinic) -> Viewer:
    return a_vendor(organisation=_number(clinic), subject="s-company", name="Hjemmemåling AS")


def _shared_by(sharer: Callable[[Clinic], Viewer] | None) -> Callable[[Life], Any]:
    """Return the step that shares a part: pieces with an aunt, and all of it with a company."""

    async def share(life: Life) -> None:
        clinic = life.clinic
        part = PlanPartRow(patient_id=clinic.key, id=UUID(life.part.removeprefix("prt_")))
        number = sharer(clinic).identity_number if sharer else None
        by = {"shared_by_number": number.value if number else None}
        pieces = ["ZONE_SHEET", "ROUTINES", "CONTACTS"]
        await add(
            clinic.db,
            rows.a_share(part, organisation_number=_number(clinic), **by),
            rows.a_share(
                part, kind="PERSON", scopes=pieces, recipient_number=_number(clinic), **by
            ),
        )

    return share


@pytest.mark.parametrize("recipient", [_aunt, _company])
async def test_a_recipient_is_answered_as_where_nothing_was_ever_hidden(
    twins: Twins, recipient: Callable[[Clinic], Viewer]
) -> None:
    await _live(twins)
    await twins.both(_shared_by(_kari))
    marked, plain = await twins.answers(recipient)
    assert "22 33 44 55" not in marked
    assert not _differs(marked, plain)


@pytest.mark.parametrize("recipient", [_aunt, _company])
async def test_what_personnel_share_they_share_whole(
    twins: Twins, recipient: Callable[[Clinic], Viewer]
) -> None:
    await twins.both(Life.begin)
    await twins.only(Life.add_hidden)
    await twins.both(_shared_by(None))
    marked, plain = await twins.answers(recipient)
    assert "22 33 44 55" in marked
    assert _differs(marked, plain)


async def test_a_parent_can_t_tell_what_others_were_given(twins: Twins) -> None:
    await twins.both(Life.begin)
    await twins.only(Life.add_hidden)
    await twins.both(lambda life: _share(life, life.clinic.kari))
    await twins.both(lambda life: _share(life, INGRID))
    for parent in (_kari, lambda clinic: clinic.ola):
        marked, plain = await twins.answers(parent)
        assert not _differs(marked, plain)


async def _share(life: Life, by: Viewer) -> None:
    await life.clinic.do(by, sharing.SHARE, part_id=life.part, **WHOLE)


async def _standing(clinic: Clinic, viewer: Viewer) -> Standing | None:
    ctx = clinic.context(viewer)
    patient = await patients.by_id(ctx, clinic.patient_id)
    return ctx.decisions[patient.id].standing


async def _lines(clinic: Clinic, viewer: Viewer, part_id: str) -> set[str]:
    content = (await clinic.part(viewer, part_id)).content
    assert content is not None
    return {each.id for each in (*content.problems, *content.actions, *content.contacts)}


async def test_a_unit_gets_no_care_relation_from_who_doesn_t_see_all(twins: Twins) -> None:
    await twins.only(Life.begin)
    life, clinic = twins.marked, twins.marked.clinic
    await _share(life, clinic.kari)
    assert await _standing(clinic, STRANGER) is Standing.PERSONNEL
    await twins.only(Life.add_hidden)
    assert await _standing(clinic, STRANGER) is Standing.RECIPIENT
    assert not set(HIDDEN) & await _lines(clinic, STRANGER, life.part)
    ctx = clinic.context(STRANGER)
    part = await plans.part_by_id(ctx, life.part)
    with pytest.raises(NotPermitted):
        await plans.versions(ctx, part)


async def test_personnel_give_it_beside_the_parent_once(twins: Twins) -> None:
    await twins.only(Life.begin)
    life, clinic = twins.marked, twins.marked.clinic
    await _share(life, clinic.kari)
    await twins.only(Life.add_hidden)
    await _share(life, INGRID)
    assert await _standing(clinic, STRANGER) is Standing.PERSONNEL
    assert set(HIDDEN) & await _lines(clinic, STRANGER, life.part)
    again = await clinic.ask(INGRID, sharing.SHARE, part_id=life.part, **WHOLE)
    assert isinstance(again, AlreadyShared)
    of_kari = await clinic.ask(clinic.kari, sharing.SHARE, part_id=life.part, **WHOLE)
    assert isinstance(of_kari, AlreadyShared)


async def test_a_part_that_is_hidden_after_it_was_shared_is_gone(twins: Twins) -> None:
    await twins.only(Life.begin)
    life, clinic = twins.marked, twins.marked.clinic
    await twins.only(_shared_by(_kari))
    assert (await clinic.part(_aunt(clinic), life.part)).content is not None
    hidden = await life.hide(part_id=life.part)
    for viewer in (_aunt(clinic), _company(clinic)):
        with pytest.raises((NotFound, NotPermitted)):
            await plans.part_by_id(clinic.context(viewer), life.part)
    await clinic.do(INGRID, hiding.STOP, rule_id=hidden.subject_id, expected_version=1)
    assert (await clinic.part(_company(clinic), life.part)).content is not None


async def test_what_is_hidden_from_the_other_parent_alone_is_handed_over(twins: Twins) -> None:
    await twins.only(Life.begin)
    await twins.only(_shared_by(_kari))
    life, clinic = twins.marked, twins.marked.clinic
    await life.hide(part_id=life.part, parent=clinic.ola.identity_number)
    ctx = clinic.context(_aunt(clinic))
    part = await plans.part_by_id(ctx, life.part)
    assert ShareScope.CONTACTS in plans.scopes(ctx, part)
