"""Who is at work where: on-call, substitutes, several employers, students; and until when."""

from __future__ import annotations

from datetime import timedelta

from msgspec.structs import replace

from domain.access.relation import Basis
from domain.access.viewer import AttestedRelation, Viewer
from domain.plan.approval import Decision
from domain.refusal import Refusal
from domain.writing.rejection import NotAllowed
from domain.written import Written
from resolvers import patient as patients
from resolvers.writing import approval
from store.tables import CareTeamMemberRow
from tests.builders import a_clinician
from tests.writing.clinic import INGRID, OMAR, SIRI, STRANGER, Clinic
from tests.writing.in_use import drafted, in_use
from tests.writing.locks import content

SUBSTITUTE = a_clinician(subject="s-8", name="Vikar Vik", hpr_number="9100001")
STUDENT = a_clinician(
    subject="s-9",
    name="Jonas Moe",
    hpr_number="9601173",
    is_student=True,
    supervisor=INGRID.hpr_number,
)


async def test_a_substitute_reads_as_the_unit_they_are_on_duty_at(clinic: Clinic) -> None:
    part_id = await in_use(clinic)
    assert await content(clinic, SUBSTITUTE, part_id) == "READ"


async def test_one_token_is_one_employer(clinic: Clinic) -> None:
    part_id = await in_use(clinic)
    assert await content(clinic, OMAR, part_id) == "READ"
    on_call = replace(OMAR, organisation=STRANGER.organisation)
    assert await content(clinic, on_call, part_id) == "NO_CARE_RELATION"


def _attested(clinic: Clinic, viewer: Viewer, minutes: int) -> Viewer:
    """Return somebody whose organisation attests the need, until their token ends."""
    number = clinic.nora.identity_number
    assert number is not None
    attest = AttestedRelation(patient_number=number, at=clinic.now, decision_text="Tilsyn")
    until = clinic.now + timedelta(minutes=minutes)
    return replace(viewer, attest=attest, expires_at=until)


async def test_on_call_staff_elsewhere_read_by_their_unit_s_attest_and_not_by_emergency(
    clinic: Clinic,
) -> None:
    part_id = await in_use(clinic)
    on_call = _attested(clinic, STRANGER, 30)
    assert await content(clinic, on_call, part_id) == "READ"
    ctx = clinic.context(on_call)
    basis = patients.access_basis(ctx, await patients.by_id(ctx, clinic.patient_id))
    assert basis is not None
    assert (basis.basis, basis.until) == (Basis.ATTEST, on_call.expires_at)


async def test_an_attest_is_for_the_patient_it_names(clinic: Clinic) -> None:
    part_id = await in_use(clinic)
    other = await Clinic.open(clinic.db)
    assert await content(clinic, _attested(other, STRANGER, 30), part_id) == "NO_CARE_RELATION"


async def test_a_unit_s_membership_ends_when_it_was_said_to(clinic: Clinic) -> None:
    part_id = await in_use(clinic)
    async with clinic.db.begin() as session:
        for row in await clinic.rows(CareTeamMemberRow):
            kept = await session.merge(row)
            if kept.organisation_number == SIRI.organisation:
                kept.until = clinic.now + timedelta(hours=1)
    assert await content(clinic, SIRI, part_id) == "READ"
    clinic.now += timedelta(hours=1)
    assert await content(clinic, SIRI, part_id) == "NO_CARE_RELATION"
    assert await content(clinic, INGRID, part_id) == "READ"


async def test_a_student_reads_under_a_named_supervisor_and_never_alone(clinic: Clinic) -> None:
    part_id = await in_use(clinic)
    assert await content(clinic, STUDENT, part_id) == "READ"
    alone = replace(STUDENT, supervisor=None)
    assert await content(clinic, alone, part_id) == "NO_SUPERVISOR"


async def test_a_student_writes_drafts_and_asks_but_never_approves(clinic: Clinic) -> None:
    draft_id = await drafted(clinic)
    asked = await clinic.ask(STUDENT, approval.REQUEST, document_id=draft_id, expected_version=1)
    assert isinstance(asked, Written)
    decided = await clinic.ask(
        replace(STUDENT, profession="LE"),
        approval.DECIDE,
        document_id=draft_id,
        expected_version=2,
        decision=Decision.APPROVED,
    )
    assert decided == NotAllowed(reason=Refusal.STUDENT)


async def test_the_log_names_a_student_s_supervisor(clinic: Clinic) -> None:
    ctx = clinic.context(STUDENT)
    await patients.by_id(ctx, clinic.patient_id)
    await ctx.settle()
    by = clinic.log.entries[-2].by  # type: ignore[attr-defined]  # the tests' own log
    assert by.role == f"Student under veiledning av HPR {INGRID.hpr_number}"
