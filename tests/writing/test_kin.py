from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update

from domain.access.relation import Basis
from domain.access.viewer import Viewer
from domain.errors import NotFound, NotPermitted
from domain.refusal import Refusal
from domain.writing.fault import Fault, FaultCode
from domain.writing.rejection import InvalidInput, NoChange, NotAllowed, NothingFound
from resolvers import patient as patients
from resolvers import plan as plans
from resolvers.writing import comment, hiding, kin, representation, sharing, standing
from store.session import Sessions
from store.tables import PatientRow
from tests.builders import a_citizen, a_clinician
from tests.writing.clinic import INGRID, OMAR, STRANGER, Clinic
from tests.writing.shares import SCHOOL
from tests.writing.telling import kinds_told

LIV = a_citizen("03868130139", subject="s-liv", name="Liv Lund")
NURSE = a_clinician(subject="s-9", hpr_number="9555555", organisation="999000134")


@pytest.fixture
async def grown(db: Sessions) -> Clinic:
    return await Clinic.open(db, born_years=70)


async def _die(clinic: Clinic) -> None:
    async with clinic.store.unit.begin(clinic.patient_id) as unit:
        await unit.die(clinic.now.date(), clinic.now)


async def _inform(clinic: Clinic, by: Viewer = INGRID, of: Viewer = LIV, **fields: Any) -> Any:
    known: dict[str, Any] = {
        "patient_id": clinic.patient_id,
        "representative_number": of.identity_number,
        "representative_name": of.name,
        "document": "Datter, oppgitt av pasienten",
    }
    return await clinic.ask(by, kin.INFORM, **known | fields)


async def _reads(clinic: Clinic, viewer: Viewer, part_id: str) -> bool:
    try:
        part = await plans.part_by_id(clinic.context(viewer), part_id)
    except (NotFound, NotPermitted):
        return False
    return part.content is not None


async def test_after_a_death_next_of_kin_are_let_in_and_out_again(grown: Clinic) -> None:
    part_id = await grown.active()
    await _die(grown)
    assert not await _reads(grown, LIV, part_id)
    given = await _inform(grown)
    assert await _reads(grown, LIV, part_id)
    assert await _inform(grown) == NoChange()
    end = {"representation_id": given.subject_id, "expected_version": 1}
    # What is about the living is closed, and this is not one of theirs.
    wrong = await grown.ask(INGRID, representation.END, **end)
    assert wrong == NotAllowed(reason=Refusal.DECEASED)
    await grown.do(INGRID, kin.STOP, **end)
    assert not await _reads(grown, LIV, part_id)


async def test_it_takes_a_death_or_somebody_who_can_t_consent(grown: Clinic) -> None:
    part_id = await grown.active()
    unused = Fault(path="patientId", code=FaultCode.NOT_USED_HERE)
    assert await _inform(grown) == InvalidInput(faults=(unused,))
    lacking = {"patient_id": grown.patient_id, "reason": "Vurdert av lege"}
    await grown.do(OMAR, standing.REGISTER_INCAPACITY, **lacking)
    await _inform(grown)
    assert await _reads(grown, LIV, part_id)
    assert "REPRESENTATION_GIVEN" in await kinds_told(grown, LIV)


async def test_who_was_next_of_kin_goes_on_being_it(grown: Clinic) -> None:
    part_id = await grown.active()
    lacking = {"patient_id": grown.patient_id, "reason": "Vurdert av lege"}
    await grown.do(OMAR, standing.REGISTER_INCAPACITY, **lacking)
    await _inform(grown)
    await _die(grown)
    assert await _reads(grown, LIV, part_id)


async def test_it_is_decided_by_who_answers_or_approves(grown: Clinic) -> None:
    await grown.active()
    await _die(grown)
    assert await _inform(grown, NURSE) == NotAllowed(reason=Refusal.NOT_RESPONSIBLE)
    assert await _inform(grown, STRANGER) == NotAllowed(reason=Refusal.NO_CARE_RELATION)
    assert await _inform(grown, grown.kari) == NothingFound()
    own = await _inform(grown, of=grown.nora)
    number = Fault(path="representativeNumber", code=FaultCode.OWN_NUMBER)
    assert own == InvalidInput(faults=(number,))


async def test_a_parent_who_is_let_in_learns_nothing_that_was_hidden(db: Sessions) -> None:
    child = await Clinic.open(db, born_years=10)
    hidden = await child.active()
    known = {"patient_id": child.patient_id, "part_id": hidden, "reason": "Ønsket det"}
    await child.do(INGRID, hiding.HIDE, **known)
    await _die(child)
    for viewer in (child.kari, child.ola, child.nora):
        with pytest.raises(NotFound):
            await patients.by_id(child.context(viewer), child.patient_id)
    await _inform(child, of=child.kari)
    await patients.by_id(child.context(child.kari), child.patient_id)
    assert not await _reads(child, child.kari, hidden)
    await _inform(child)
    assert await _reads(child, LIV, hidden)


async def test_nothing_is_shared_or_said_and_personnel_read_for_a_time(grown: Clinic) -> None:
    part_id = await grown.active()
    await _die(grown)
    dead = NotAllowed(reason=Refusal.DECEASED)
    assert await grown.ask(INGRID, sharing.SHARE, part_id=part_id, **SCHOOL) == dead
    assert await grown.ask(INGRID, comment.COMMENT, part_id=part_id, text="Hei") == dead
    assert await _reads(grown, INGRID, part_id)
    grown.now += timedelta(days=366)
    with pytest.raises(NotPermitted) as refused:
        await patients.by_id(grown.context(INGRID), grown.patient_id)
    assert refused.value.reason == "DECEASED"
    assert await _inform(grown, OMAR)
    assert await _reads(grown, LIV, part_id)


async def test_a_register_that_still_names_parents_lets_none_of_them_in(db: Sessions) -> None:
    child = await Clinic.open(db, born_years=10)
    await child.active()
    async with db.begin() as session:
        mine = update(PatientRow).where(PatientRow.id == child.key)
        await session.execute(mine.values(died_on=child.now.date()))
    ties = {
        tie.basis for tie in (await child.store.patient.by_ids([child.patient_id]))[0].relations
    }
    assert Basis.PARENT in ties
    with pytest.raises(NotFound):
        await patients.by_id(child.context(child.kari), child.patient_id)
