from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from domain.access.viewer import Viewer
from domain.errors import NotFound, NotPermitted
from domain.given_word import SpokenWord, WordGiver
from domain.keeping.consent import REVOKED, Consent, ConsentKind
from domain.plan.draft import DraftState
from domain.plan.part import Lifecycle, PlanKind
from domain.plan.sharing import SharingState
from domain.refusal import Refusal
from domain.writing.fault import FaultCode
from domain.writing.rejection import (
    ConsentMissing,
    InvalidInput,
    NoChange,
    NotAllowed,
    NothingFound,
    VersionConflict,
)
from resolvers import comment, review, suggestion
from resolvers import consent as consents
from resolvers import draft as drafts
from resolvers import patient as patients
from resolvers import plan as plans
from resolvers.writing import activation, consent, draft
from store.session import Sessions
from store.tables import AuditEntryRow, ConsentRow, DeliveryRow, DraftRow, EventRow
from tests.builders import NOW
from tests.writing.clinic import INGRID, OMAR, SAID, STRANGER, Clinic
from tests.writing.in_use import SCHOOL, SPOKEN_BY_KARI, commented, drafted, in_use, shared


async def _open(clinic: Clinic, viewer: Viewer = INGRID) -> Consent:
    ctx = clinic.context(viewer)
    found = await consents.for_patient(ctx, await patients.by_id(ctx, clinic.patient_id))
    return found[0]


async def _withdraw(clinic: Clinic, viewer: Viewer, **fields: Any) -> Any:
    known = {"consent_id": (await _open(clinic)).id, "expected_version": 1}
    return await clinic.ask(viewer, consent.WITHDRAW, **known | fields)


async def _give(clinic: Clinic, viewer: Viewer, **fields: Any) -> Any:
    known = {"patient_id": clinic.patient_id, "kind": ConsentKind.HAVE_PLAN}
    return await clinic.ask(viewer, consent.GIVE, **known | fields)


async def test_without_consent_no_plan_is_begun(db: Sessions) -> None:
    clinic = await Clinic.open(db, has_consent=False)
    answer = await clinic.ask(
        INGRID,
        draft.START,
        patient_id=clinic.patient_id,
        kind=PlanKind.KRISEPLAN,
        change_comment="Utkast",
    )
    assert answer == ConsentMissing()


async def test_a_parent_of_a_child_under_twelve_consents_and_a_plan_is_begun(db: Sessions) -> None:
    clinic = await Clinic.open(db, has_consent=False)
    await clinic.do(
        clinic.kari, consent.GIVE, patient_id=clinic.patient_id, kind=ConsentKind.HAVE_PLAN
    )
    given = (await _open(clinic)).given
    assert (given.by, given.giver, given.registered_by) == ("Kari Fjell", WordGiver.PARENT, None)
    assert await drafted(clinic)


async def test_a_draft_is_not_activated_without_consent(clinic: Clinic) -> None:
    draft_id = await drafted(clinic)
    async with clinic.db.begin() as session:
        for row in await clinic.rows(ConsentRow):
            await session.delete(row)
    answer = await clinic.ask(
        INGRID, activation.ACTIVATE, draft_id=draft_id, expected_version=1, change_comment="Nå"
    )
    assert answer == ConsentMissing()


async def test_withdrawing_ends_use_and_sharing_in_one_go(clinic: Clinic) -> None:
    part_id = await in_use(clinic)
    await shared(clinic, part_id)
    await _withdraw(clinic, clinic.kari, reason="Vi vil klare oss uten.")
    part = await clinic.part(clinic.kari, part_id)
    assert part.lifecycle is Lifecycle.REVOKED
    assert part.reason == f"{REVOKED} Vi vil klare oss uten."
    assert part.sharing.state(NOW) is SharingState.WITHDRAWN
    with pytest.raises(NotPermitted) as refused:
        await clinic.part(SCHOOL, part_id)
    assert refused.value.reason == "NO_CARE_RELATION"


async def test_what_it_says_is_then_the_patient_s_side_s_alone(clinic: Clinic) -> None:
    part_id = await in_use(clinic)
    await commented(clinic, part_id)
    await _withdraw(clinic, clinic.kari)
    assert (await clinic.part(clinic.kari, part_id)).content == SAID
    ctx = clinic.context(INGRID)
    part = await plans.part_by_id(ctx, part_id)
    assert (part.content, part.change_comment) == (None, None)
    assert (part.lifecycle, part.reason) == (
        Lifecycle.REVOKED,
        "Samtykket til å ha en plan er trukket tilbake.",
    )
    about_it = (module.for_part for module in (comment, drafts, suggestion, review))
    for hidden in (plans.versions, *about_it):
        with pytest.raises(NotPermitted) as refused:
            await hidden(ctx, part)
        assert refused.value.reason == "NO_CONSENT"
    with pytest.raises(NotPermitted):
        plans.agreements(ctx, part)


async def test_drafts_are_put_away_with_it(clinic: Clinic) -> None:
    draft_id = await drafted(clinic)
    await _withdraw(clinic, clinic.kari)
    assert [row.state for row in await clinic.rows(DraftRow)] == [DraftState.DISCARDED.name]
    with pytest.raises(NotPermitted) as refused:
        await drafts.by_id(clinic.context(INGRID), draft_id)
    assert refused.value.reason == "NO_CONSENT"


async def test_each_thing_that_ended_is_an_event_of_its_own(clinic: Clinic) -> None:
    part_id = await in_use(clinic)
    await drafted(clinic, kind=PlanKind.KRISEPLAN)
    await _withdraw(clinic, clinic.kari)
    events = sorted(await clinic.rows(EventRow), key=lambda event: event.number)[3:]
    kinds = [event.kind for event in events]
    assert kinds[:2] == ["CONSENT_WITHDRAWN", "DRAFT_DISCARDED"]
    assert kinds[2:] == ["PART_REVOKED", "PART_REVOKED"]
    assert part_id in [event.subject_id for event in events]
    audited = [entry.operation for entry in await clinic.rows(AuditEntryRow)]
    assert audited.count("WITHDRAW_CONSENT") == 1


async def test_the_end_is_delivered_to_the_record_but_not_what_was_never_in_use(
    clinic: Clinic,
) -> None:
    await in_use(clinic)
    await drafted(clinic, kind=PlanKind.KRISEPLAN)
    await _withdraw(clinic, clinic.kari)
    occasions = [row.occasion for row in await clinic.rows(DeliveryRow)]
    assert sorted(occasions) == ["ACTIVATED", "REVOKED"]


async def test_given_again_a_plan_can_be_begun_anew(clinic: Clinic) -> None:
    part_id = await in_use(clinic)
    await _withdraw(clinic, clinic.kari)
    await clinic.do(
        clinic.kari, consent.GIVE, patient_id=clinic.patient_id, kind=ConsentKind.HAVE_PLAN
    )
    assert (await clinic.part(INGRID, part_id)).content == SAID
    assert (await clinic.part(INGRID, part_id)).lifecycle is Lifecycle.REVOKED
    assert await in_use(clinic) != part_id


async def test_personnel_write_down_what_was_said(clinic: Clinic) -> None:
    spoken = SpokenWord(giver=WordGiver.PARENT, **SPOKEN_BY_KARI)
    await _withdraw(clinic, INGRID, spoken=spoken)
    withdrawn = (await _open(clinic)).withdrawn
    assert withdrawn is not None
    assert withdrawn.registered_by is not None
    assert (withdrawn.by, withdrawn.registered_by.name, withdrawn.how) == (
        "Kari Fjell",
        "Ingrid Haugen",
        "På telefon til avdelingen",
    )


@pytest.mark.parametrize(
    ("spoken", "path", "code"),
    [
        (None, "spoken", FaultCode.REQUIRED),
        (
            SpokenWord(giver=WordGiver.PATIENT, **SPOKEN_BY_KARI),
            "spoken.giver",
            FaultCode.WRONG_GIVER,
        ),
        (SpokenWord(giver=WordGiver.PARENT, by=" ", how="x"), "spoken.by", FaultCode.REQUIRED),
        (SpokenWord(giver=WordGiver.PARENT, by="Kari", how=""), "spoken.how", FaultCode.REQUIRED),
    ],
)
async def test_personnel_must_say_whose_word_it_is_and_how_it_was_given(
    clinic: Clinic, spoken: SpokenWord | None, path: str, code: FaultCode
) -> None:
    answer = await _withdraw(clinic, INGRID, spoken=spoken)
    assert isinstance(answer, InvalidInput)
    assert [(fault.path, fault.code) for fault in answer.faults] == [(path, code)]


async def test_a_citizen_can_t_speak_for_somebody_else(clinic: Clinic) -> None:
    spoken = SpokenWord(giver=WordGiver.PARENT, by="Ola Fjell", how="Han sa det")
    answer = await _withdraw(clinic, clinic.kari, spoken=spoken)
    assert isinstance(answer, InvalidInput)
    assert answer.faults[0].code is FaultCode.OWN_WORD


@pytest.mark.parametrize(
    ("years", "refusal"), [(9, Refusal.UNDER_16), (14, Refusal.UNDER_16), (17, None)]
)
async def test_the_patient_decides_alone_from_sixteen(
    db: Sessions, years: int, refusal: Refusal | None
) -> None:
    clinic = await Clinic.open(db, born_years=years, has_consent=False)
    answer = await _give(clinic, clinic.nora)
    assert answer == NotAllowed(reason=refusal) if refusal else not isinstance(answer, NotAllowed)


async def test_from_twelve_personnel_write_down_what_child_and_parents_say(db: Sessions) -> None:
    clinic = await Clinic.open(db, born_years=14, has_consent=False)
    assert await _give(clinic, clinic.kari) == NotAllowed(reason=Refusal.PARENT_12_16)
    spoken = SpokenWord(giver=WordGiver.CHILD_AND_PARENTS, by="Nora og Kari Fjell", how="Samtale")
    await clinic.do(
        INGRID,
        consent.GIVE,
        patient_id=clinic.patient_id,
        kind=ConsentKind.HAVE_PLAN,
        spoken=spoken,
    )
    assert await drafted(clinic)


async def test_a_stranger_writes_down_nothing(clinic: Clinic) -> None:
    answer = await _give(clinic, STRANGER)
    assert answer == NotAllowed(reason=Refusal.NO_CARE_RELATION)


async def test_consenting_twice_and_withdrawing_twice_change_nothing(clinic: Clinic) -> None:
    assert await _give(clinic, clinic.kari) == NoChange()
    consent_id = (await _open(clinic)).id
    again = {"consent_id": consent_id, "expected_version": 2}
    await clinic.do(clinic.kari, consent.WITHDRAW, consent_id=consent_id, expected_version=1)
    assert await clinic.ask(clinic.kari, consent.WITHDRAW, **again) == NoChange()


async def test_whoever_has_not_seen_the_newest_is_told(clinic: Clinic) -> None:
    answer = await _withdraw(clinic, clinic.kari, expected_version=7)
    assert answer == VersionConflict(current_version=1)


@pytest.mark.parametrize("unknown", [f"con_{uuid4()}", "con_x", "x"])
async def test_a_consent_that_is_none_is_not_found(clinic: Clinic, unknown: str) -> None:
    answer = await _withdraw(clinic, clinic.kari, consent_id=unknown)
    assert answer == NothingFound()


async def test_the_preview_tells_what_will_happen_and_what_to_send(clinic: Clinic) -> None:
    part_id = await in_use(clinic)
    await shared(clinic, part_id)
    await drafted(clinic, kind=PlanKind.KRISEPLAN)
    told = await consents.preview(clinic.context(clinic.kari), clinic.patient_id)
    assert told is not None
    assert told.consent.id == (await _open(clinic)).id
    assert told.sentences[:2] == (
        "Egenbehandlingsplanen tas ut av bruk, og ingen kan endre den mer.",
        "Skolen kan ikke lenger se det som er delt.",
    )
    assert not any("Kriseplanen" in sentence for sentence in told.sentences)


async def test_there_is_no_preview_without_a_consent(db: Sessions) -> None:
    clinic = await Clinic.open(db, has_consent=False)
    assert await consents.preview(clinic.context(INGRID), clinic.patient_id) is None


async def test_another_citizen_gets_no_preview(clinic: Clinic, db: Sessions) -> None:
    other = await Clinic.open(db)
    with pytest.raises(NotFound):
        await consents.preview(clinic.context(other.kari), clinic.patient_id)


async def test_the_payload_has_the_consent_as_it_is_now(clinic: Clinic) -> None:
    written = await _withdraw(clinic, clinic.kari)
    shown = await consents.of_written(clinic.context(clinic.kari), written)
    assert shown.withdrawn is not None
    assert (written.receipt.version, shown.version) == (2, 2)
    assert OMAR.organisation == INGRID.organisation  # a colleague sees the same
    assert await _open(clinic, OMAR) == shown
