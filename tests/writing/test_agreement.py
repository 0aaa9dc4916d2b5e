from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import update

from domain.access.matrix import KEEPABLE
from domain.access.right import Right
from domain.given_word import SpokenWord, WordGiver
from domain.plan.approval import Agreement, AgreementState
from domain.refusal import Refusal
from domain.writing.fault import Fault, FaultCode
from domain.writing.rejection import InvalidInput, NotAllowed
from resolvers.writing import agreement, child, sharing
from store.session import Sessions
from store.tables import RepresentationRow
from tests.builders import a_clinician
from tests.writing.clinic import INGRID, OMAR, SIRI, STRANGER, Clinic
from tests.writing.shares import SCHOOL, THERAPIST, share_of

_PLACE = "På poliklinikken 20.11.2026"
NORA = SpokenWord(by="Nora Fjell", giver=WordGiver.PATIENT, how=_PLACE)
OLA = SpokenWord(by="Ola Fjell", giver=WordGiver.PARENT, how="På telefon")
BOTH = SpokenWord(by="Nora og Kari", giver=WordGiver.CHILD_AND_PARENTS, how=_PLACE)
STUDENT = a_clinician(subject="s-st", is_student=True, supervisor="7412582")


@pytest.fixture
async def youth(db: Sessions) -> Clinic:
    return await Clinic.open(db, born_years=14)


async def _agree(clinic: Clinic, part_id: str, by: Any = INGRID, **fields: Any) -> Any:
    known: dict[str, Any] = {
        "part_id": part_id,
        "content_version": 1,
        "state": AgreementState.AGREES,
    }
    return await clinic.ask(by, agreement.GIVE, **known | fields)


async def _kept(clinic: Clinic, part_id: str, viewer: Any = INGRID) -> dict[str, Agreement]:
    part = await clinic.part(viewer, part_id)
    return {each.person: each for each in part.agreements}


async def test_personnel_write_down_what_each_of_those_they_have_heard_says(youth: Clinic) -> None:
    part_id = await youth.active()
    await _agree(youth, part_id, spoken=NORA)
    no = {"state": AgreementState.DISAGREES, "comment": "Ikke svømming"}
    await _agree(youth, part_id, SIRI, spoken=OLA, **no)
    kept = await _kept(youth, part_id)
    assert {name: (each.relation, each.state) for name, each in kept.items()} == {
        "Nora Fjell": ("Pasient", AgreementState.AGREES),
        "Ola Fjell": ("Forelder", AgreementState.DISAGREES),
    }
    word = kept["Nora Fjell"].word
    assert word is not None
    assert word.registered_by is not None
    assert (word.giver, word.how, word.registered_by.name) == (
        WordGiver.PATIENT,
        _PLACE,
        "Ingrid Haugen",
    )


async def test_or_what_child_and_parents_say_together(youth: Clinic) -> None:
    part_id = await youth.active()
    await _agree(youth, part_id, spoken=BOTH)
    (kept,) = (await youth.part(INGRID, part_id)).agreements
    assert (kept.person, kept.relation) == ("Nora og Kari", "Barnet og foreldrene")


@pytest.mark.parametrize("years", [11, 16])
async def test_before_12_and_from_16_nobody_says_it_for_those_who_can(
    db: Sessions, years: int
) -> None:
    clinic = await Clinic.open(db, born_years=years)
    part_id = await clinic.active()
    refused = NotAllowed(reason=Refusal.PATIENT_ONLY)
    for viewer in (INGRID, OMAR):
        assert await _agree(clinic, part_id, viewer, spoken=BOTH) == refused


async def test_it_takes_a_word_and_somebody_who_hears_it(youth: Clinic) -> None:
    part_id = await youth.active()
    missing = Fault(path="spoken", code=FaultCode.REQUIRED)
    assert await _agree(youth, part_id) == InvalidInput(faults=(missing,))
    guardian = SpokenWord(by="Per Verge", giver=WordGiver.GUARDIAN, how="Brev")
    wrong = Fault(path="spoken.giver", code=FaultCode.WRONG_GIVER)
    assert await _agree(youth, part_id, spoken=guardian) == InvalidInput(faults=(wrong,))
    student = await _agree(youth, part_id, STUDENT, spoken=BOTH)
    assert student == NotAllowed(reason=Refusal.PATIENT_ONLY)
    stranger = await _agree(youth, part_id, STRANGER, spoken=BOTH)
    assert stranger == NotAllowed(reason=Refusal.NO_CARE_RELATION)


async def test_who_says_it_here_needs_nobody_to_write_it_down(youth: Clinic) -> None:
    part_id = await youth.active()
    own = Fault(path="spoken", code=FaultCode.OWN_WORD)
    assert await _agree(youth, part_id, youth.nora, spoken=NORA) == InvalidInput(faults=(own,))
    await _agree(youth, part_id, youth.nora)
    assert (await _kept(youth, part_id))["Nora Fjell"].word is None


async def _two_homes(db: Sessions) -> Clinic:
    clinic = await Clinic.open(db, born_years=14)
    async with db.begin() as session:
        fathers = update(RepresentationRow).where(
            RepresentationRow.patient_id == clinic.key,
            RepresentationRow.representative_name == "Ola Fjell",
        )
        await session.execute(fathers.values(lives_with_patient=False))
    await clinic.do(
        OMAR,
        child.FOR_PARENTS,
        patient_id=clinic.patient_id,
        rights=(Right.READ_ZONES, Right.READ_PLAN),
        reason="Dere hjelper til",
    )
    return clinic


async def test_what_one_home_said_besides_is_not_told_to_the_other(db: Sessions) -> None:
    assert Right.READ_PLAN in KEEPABLE
    clinic = await _two_homes(db)
    part_id = await clinic.active()
    await _agree(clinic, part_id, spoken=OLA, comment="Hos meg går det bra")
    await _agree(clinic, part_id, spoken=BOTH, comment="Vi er redde")
    to_kari, to_ola = (
        await _kept(clinic, part_id, clinic.kari),
        await _kept(clinic, part_id, clinic.ola),
    )
    assert to_ola["Ola Fjell"] == (await _kept(clinic, part_id))["Ola Fjell"]
    for told in (to_kari["Ola Fjell"], to_kari["Nora og Kari"], to_ola["Nora og Kari"]):
        assert told.word is not None
        assert (told.state, told.comment, told.word.how) == (AgreementState.AGREES, None, None)


async def test_from_12_to_15_what_leaves_health_care_is_shared_on_their_word(
    youth: Clinic,
) -> None:
    part_id = await youth.active()
    asked = {"part_id": part_id, **SCHOOL}
    missing = Fault(path="spoken", code=FaultCode.REQUIRED)
    assert await youth.ask(INGRID, sharing.SHARE, **asked) == InvalidInput(faults=(missing,))
    alone = await youth.ask(INGRID, sharing.SHARE, spoken=OLA, **asked)
    wrong = Fault(path="spoken.giver", code=FaultCode.WRONG_GIVER)
    assert alone == InvalidInput(faults=(wrong,))
    done = await youth.do(INGRID, sharing.SHARE, spoken=BOTH, **asked)
    share = await share_of(youth, part_id, done.subject_id)
    assert share.word is not None
    assert (share.shared_by, share.word.by) == ("Ingrid Haugen", "Nora og Kari")


async def test_in_health_care_and_at_other_ages_personnel_may_decide_it_themselves(
    db: Sessions, youth: Clinic
) -> None:
    part_id = await youth.active()
    done = await youth.do(INGRID, sharing.SHARE, part_id=part_id, **THERAPIST | {"until": None})
    assert (await share_of(youth, part_id, done.subject_id)).word is None
    small = await Clinic.open(db, born_years=8)
    of_small = await small.active()
    done = await small.do(INGRID, sharing.SHARE, part_id=of_small, **SCHOOL)
    assert (await share_of(small, of_small, done.subject_id)).word is None
