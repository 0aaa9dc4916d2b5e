from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from domain.access.matrix import CELLS, Condition
from domain.access.relation import Basis
from domain.access.right import Right
from domain.access.service_area import OF_ATTORNEY, RIGHTS, ServiceArea, areas_in, rights_of
from domain.access.standing import Standing
from domain.access.viewer import Viewer
from domain.errors import NotFound, NotPermitted
from domain.given_word import SpokenWord, WordGiver
from domain.refusal import Refusal
from domain.writing.fault import FaultCode
from domain.writing.rejection import (
    InvalidInput,
    NoChange,
    NotAllowed,
    NothingFound,
    VersionConflict,
)
from resolvers import access, rule
from resolvers import patient as patients
from resolvers import plan as plans
from resolvers.writing import representation, standing
from store.session import Sessions
from store.tables import RepresentationRow
from tests.builders import a_citizen
from tests.writing.clinic import INGRID, OMAR, Clinic
from tests.writing.telling import kinds_told

LIV = a_citizen("03868130139", subject="s-liv", name="Liv Lund")
_SPOKEN = SpokenWord(by="Arne Fjell", giver=WordGiver.PATIENT, how="På legekontoret")


@pytest.fixture
async def grown(db: Sessions) -> Clinic:
    return await Clinic.open(db, born_years=40)


async def _register(clinic: Clinic, by: Viewer, **fields: Any) -> Any:
    known: dict[str, Any] = {
        "patient_id": clinic.patient_id,
        "kind": Basis.POWER_OF_ATTORNEY,
        "representative_number": LIV.identity_number,
        "representative_name": "Liv Lund",
        "representative_born": date(1981, 6, 3),
        "areas": (ServiceArea.PLAN,),
    }
    return await clinic.ask(by, representation.REGISTER, **known | fields)


def _codes(answer: Any) -> list[tuple[str, FaultCode]]:
    assert isinstance(answer, InvalidInput), answer
    return [(fault.path, fault.code) for fault in answer.faults]


async def test_a_patient_gives_power_of_attorney_for_an_area_and_no_more(grown: Clinic) -> None:
    part_id = await grown.active()
    given = await _register(grown, grown.nora)
    assert (await grown.part(LIV, part_id)).content is not None
    ctx = grown.context(LIV)
    patient = await patients.by_id(ctx, grown.patient_id)
    with pytest.raises(NotPermitted):
        access.require(ctx, patient.id, Right.READ_LOG)
    (shown,) = await rule.representations(ctx, patient)
    assert rule.areas(ctx, shown) == (ServiceArea.PLAN,)
    end = {"representation_id": given.subject_id, "expected_version": 1}
    assert await grown.ask(LIV, representation.END, **end) == NotAllowed(reason=Refusal.PROXY_SCOPE)
    stale = await grown.ask(grown.nora, representation.END, **end | {"expected_version": 2})
    assert stale == VersionConflict(current_version=1)
    await grown.do(grown.nora, representation.END, **end)
    with pytest.raises((NotFound, NotPermitted)):
        await plans.part_by_id(grown.context(LIV), part_id)
    assert (
        await grown.ask(grown.nora, representation.END, **end | {"expected_version": 2})
        == NoChange()
    )
    assert await kinds_told(grown, LIV) == ["REPRESENTATION_ENDED"]


async def test_it_ends_by_itself(grown: Clinic) -> None:
    part_id = await grown.active()
    await _register(grown, grown.nora, until=grown.now + timedelta(days=1))
    assert await grown.part(LIV, part_id)
    grown.now += timedelta(days=1)
    with pytest.raises((NotFound, NotPermitted)):
        await plans.part_by_id(grown.context(LIV), part_id)


async def test_on_paper_it_is_registered_with_the_document_and_the_patients_word(
    grown: Clinic,
) -> None:
    assert _codes(await _register(grown, INGRID, spoken=_SPOKEN)) == [
        ("document", FaultCode.REQUIRED)
    ]
    paper = {"document": "Papirfullmakt av 1. november, vist i original"}
    assert _codes(await _register(grown, INGRID, **paper)) == [("spoken", FaultCode.REQUIRED)]
    await _register(grown, INGRID, spoken=_SPOKEN, **paper)
    kept = [each for each in await grown.rows(RepresentationRow) if each.kind != "PARENT"]
    assert [each.origin for each in kept] == [paper["document"]]
    assert kept[0].registered_by is not None
    assert await _register(grown, INGRID, spoken=_SPOKEN, **paper) == NoChange()
    ctx = grown.context(grown.nora)
    found = await rule.representations(ctx, await patients.by_id(ctx, grown.patient_id))
    assert [each.representative_name for each in found] == ["Liv Lund"]


async def test_giver_and_receiver_must_be_old_enough_and_two(db: Sessions, grown: Clinic) -> None:
    young = await Clinic.open(db, born_years=14)
    paper = {"document": "Papirfullmakt", "spoken": _SPOKEN}
    assert _codes(await _register(young, INGRID, **paper)) == [("patientId", FaultCode.WRONG_AGE)]
    minor = {"representative_born": grown.now.date() - timedelta(days=17 * 366)}
    assert _codes(await _register(grown, grown.nora, **minor)) == [
        ("representativeBorn", FaultCode.NOT_OF_AGE)
    ]
    own = {"representative_number": grown.nora.identity_number}
    assert _codes(await _register(grown, grown.nora, **own)) == [
        ("representativeNumber", FaultCode.OWN_NUMBER)
    ]


async def test_decisions_are_given_to_guardians_only(grown: Clinic) -> None:
    decides = {"areas": (ServiceArea.DECISIONS,)}
    assert _codes(await _register(grown, grown.nora, **decides)) == [
        ("areas[0]", FaultCode.NOT_A_CHOICE)
    ]
    verge = {"kind": Basis.GUARDIAN, "document": "Vergefullmakt fra statsforvalteren"}
    assert await _register(grown, grown.nora, **decides | verge) == NotAllowed(reason=Refusal.ROLE)
    assert not isinstance(await _register(grown, INGRID, **decides | verge), InvalidInput)


async def test_who_can_not_consent_gives_no_power_of_attorney(grown: Clinic) -> None:
    kin: dict[str, Any] = {
        "kind": Basis.NEXT_OF_KIN,
        "areas": (),
        "document": "Oppgitt av pasienten tidligere",
    }
    assert _codes(await _register(grown, INGRID, **kin)) == [("kind", FaultCode.NOT_A_CHOICE)]
    lacking = {"patient_id": grown.patient_id, "reason": "Vurdert av lege"}
    await grown.do(OMAR, standing.REGISTER_INCAPACITY, **lacking)
    assert await _register(grown, INGRID, document="x", spoken=_SPOKEN) == NotAllowed(
        reason=Refusal.NO_CAPACITY
    )


async def test_parents_are_the_registers_and_are_not_ended_here(grown: Clinic) -> None:
    (parent, *_) = await grown.rows(RepresentationRow)
    end = {"representation_id": f"rpn_{parent.id}", "expected_version": 1}
    assert await grown.ask(INGRID, representation.END, **end) == NothingFound()


def test_every_area_is_of_rights_that_a_mandate_can_give() -> None:
    for area in ServiceArea:
        cells = CELLS[Standing.PROXY if area in OF_ATTORNEY else Standing.GUARDIAN]
        assert all(cells[right].condition is Condition.IN_SCOPE for right in RIGHTS[area]), area
        assert area in areas_in(rights_of((area,)))
