"""From whom something is hidden, nothing tells that it is there: proved on twins."""

from __future__ import annotations

import difflib
from collections.abc import AsyncIterator
from datetime import date

import pytest

from domain.access.relation import Basis
from domain.access.right import Right
from domain.access.rule import RuleKind
from domain.access.viewer import Viewer
from domain.errors import NotFound
from domain.following.report import Done
from domain.keeping.correction import CorrectionKind
from domain.operation import Operation
from domain.plan.approval import AgreementState
from domain.refusal import Refusal
from domain.writing.fault import Fault, FaultCode
from domain.writing.rejection import InvalidInput, NotAllowed, NothingFound, VersionConflict
from resolvers import log, rule
from resolvers import patient as patients
from resolvers import plan as plans
from resolvers.writing import agreement, comment, correction, hiding, report, representation
from store.log_writer import LogWriter
from store.session import Sessions, engine
from store.tables import AccessRuleRow
from tests.builders import a_citizen
from tests.resolvers.fakes import PARACET
from tests.writing.clinic import INGRID, OMAR, Clinic
from tests.writing.hidden_life import Life
from tests.writing.twins import Twins


@pytest.fixture
async def twins(db: Sessions, database_url: str) -> AsyncIterator[Twins]:
    made = await Twins.open(db)
    own = engine(database_url)
    async with LogWriter(own).running() as log:
        made.marked.clinic.log = made.plain.clinic.log = log
        yield made
    await own.dispose()


def _kari(clinic: Clinic) -> Viewer:
    return clinic.kari


def _differs(marked: str, plain: str) -> str:
    told = difflib.unified_diff(marked.splitlines(), plain.splitlines(), lineterm="", n=4)
    return "\n".join(list(told)[:200])


async def _live(twins: Twins) -> None:
    """Let a plan live: with the marked one, some of it is hidden all the way."""
    await twins.both(Life.begin)
    await twins.both(Life.talk)
    await twins.only(Life.add_hidden)
    await twins.only(Life.talk_of_hidden)
    await twins.both(Life.change_title)
    marked, plain = await twins.both(Life.agree_again)
    assert marked.receipt.version == plain.receipt.version
    await twins.only(Life.change_hidden)
    await twins.both(Life.answer_and_review)
    await twins.only(Life.hide_a_part)
    await twins.only(Life.live_with_it)
    await twins.both(Life.read)
    await twins.only(Life.remove_hidden)


async def test_a_parent_is_answered_as_where_nothing_was_ever_hidden(twins: Twins) -> None:
    await _live(twins)
    marked, plain = await twins.answers(_kari)
    assert not _differs(marked, plain)
    assert "skjult" not in marked.lower()


async def test_without_the_hiding_they_would_differ(twins: Twins) -> None:
    await _live(twins)
    marked, plain = await twins.answers(lambda _clinic: INGRID)
    assert _differs(marked, plain)


async def test_a_hidden_section_looks_like_one_that_holds_nothing(twins: Twins) -> None:
    await twins.both(Life.begin)
    await twins.only(lambda life: life.hide(right=Right.READ_MEDICINES))
    marked, plain = await twins.answers(_kari, PARACET)
    assert not _differs(marked, plain)


async def test_hidden_reports_leave_no_trace_but_one_s_own(twins: Twins) -> None:
    await twins.both(Life.begin)
    await twins.both(lambda life: life.measure(320))
    await twins.only(lambda life: life.hide(right=Right.READ_REPORTS))
    await twins.only(lambda life: life.measure_as_ola(250))
    marked, plain = await twins.answers(_kari)
    assert not _differs(marked, plain)


@pytest.fixture
async def marked(twins: Twins) -> Life:
    """A patient with hidden lines and a hidden part."""
    for step in (Life.begin, Life.add_hidden, Life.hide_a_part):
        await twins.only(step)
    return twins.marked


async def test_nobody_can_write_about_what_is_hidden_from_them(marked: Life) -> None:
    clinic, kari = marked.clinic, marked.clinic.kari
    on_line = {"part_id": marked.part, "text": "Hva er dette?", "line_id": "h-problem"}
    unknown = await clinic.ask(kari, comment.COMMENT, **on_line | {"line_id": "finnes-ikke"})
    assert isinstance(unknown, InvalidInput)
    assert await clinic.ask(kari, comment.COMMENT, **on_line) == unknown
    on_part = on_line | {"part_id": marked.hidden, "line_id": None}
    assert await clinic.ask(kari, comment.COMMENT, **on_part) == NothingFound()
    asked = {"patient_id": clinic.patient_id, "kind": CorrectionKind.DELETE, "text": "Feil"}
    for entry in ({"entry_id": marked.hidden}, {"entry_id": marked.part, "line_id": "h-problem"}):
        assert await clinic.ask(kari, correction.ASK, **asked | entry) == NothingFound()
    told = {"patient_id": clinic.patient_id, "action_id": "h-action", "done": Done.DONE}
    refused = await clinic.ask(kari, report.SEND, **told)
    assert refused == await clinic.ask(kari, report.SEND, **told | {"action_id": "finnes-ikke"})


async def test_a_hidden_part_and_an_unknown_one_are_the_same_to_find(marked: Life) -> None:
    for part_id in (marked.hidden, "prt_00000000-0000-7000-8000-000000000000"):
        with pytest.raises(NotFound):
            await plans.part_by_id(marked.clinic.context(marked.clinic.kari), part_id)


async def test_an_agreement_is_to_what_was_seen_and_kept_with_the_real_version(
    twins: Twins, marked: Life
) -> None:
    clinic = marked.clinic
    word = {"part_id": marked.part, "state": AgreementState.AGREES}
    stale = await clinic.ask(clinic.kari, agreement.GIVE, content_version=2, **word)
    assert stale == VersionConflict(current_version=1)
    await clinic.do(clinic.kari, agreement.GIVE, content_version=1, **word)
    (kept,) = (await clinic.part(INGRID, marked.part)).agreements
    assert kept.content_version == 2
    (shown,) = (await clinic.part(clinic.kari, marked.part)).agreements
    assert shown.content_version == 1


async def test_it_can_be_hidden_from_one_parent_alone(twins: Twins) -> None:
    await twins.only(Life.begin)
    life, clinic = twins.marked, twins.marked.clinic
    await life.hide(part_id=life.part, parent=clinic.ola.identity_number)
    assert (await clinic.part(clinic.kari, life.part)).id == life.part
    with pytest.raises(NotFound):
        await plans.part_by_id(clinic.context(clinic.ola), life.part)


async def test_once_it_is_no_longer_hidden_all_of_it_is_seen(marked: Life) -> None:
    clinic = marked.clinic
    for hidden in await clinic.rows(AccessRuleRow):
        if hidden.kind != "HIDDEN_FROM_PARENTS":
            continue
        end = {"rule_id": f"rul_{hidden.id}", "expected_version": 1}
        await clinic.do(INGRID, hiding.STOP, **end)
    assert (await clinic.part(clinic.kari, marked.part)).content_version == 2
    assert (await clinic.part(clinic.kari, marked.hidden)).id == marked.hidden


async def test_what_everybody_must_go_by_is_not_hidden_line_by_line(twins: Twins) -> None:
    await twins.only(Life.begin)
    life, clinic = twins.marked, twins.marked.clinic
    for line in ("RED", "title", "emergencyText", "receiver", "finnes-ikke"):
        asked = {"patient_id": clinic.patient_id, "part_id": life.part, "line_id": line}
        answer = await clinic.ask(INGRID, hiding.HIDE, reason="Fordi", **asked)
        assert answer == InvalidInput(
            faults=(Fault(path="lineId", code=FaultCode.CANNOT_BE_HIDDEN),)
        )


async def test_parents_never_read_that_something_was_hidden_but_the_patient_may(
    db: Sessions,
) -> None:
    clinic = await Clinic.open(db, born_years=17)
    part_id = await clinic.active()
    known = {"patient_id": clinic.patient_id, "part_id": part_id, "reason": "Ønske"}
    await clinic.do(INGRID, hiding.HIDE, **known)
    for viewer, is_told in ((clinic.nora, True), (INGRID, True)):
        ctx = clinic.context(viewer)
        found = await rule.for_patient(ctx, await patients.by_id(ctx, clinic.patient_id))
        assert bool(found) is is_told


async def test_a_refused_patient_sees_nothing_of_it_and_an_adviser_all(db: Sessions) -> None:
    clinic = await Clinic.open(db, born_years=30)
    part_id = await clinic.active()
    known = {"patient_id": clinic.patient_id, "part_id": part_id, "reason": "Fare for liv"}
    assert await clinic.ask(INGRID, hiding.REFUSE, **known) == NotAllowed(reason=Refusal.NOT_DOCTOR)
    refused = await clinic.do(OMAR, hiding.REFUSE, **known)
    with pytest.raises(NotFound):
        await plans.part_by_id(clinic.context(clinic.nora), part_id)
    lawyer = a_citizen("03868130139", subject="s-lawyer", name="Liv Lov")
    await clinic.do(
        INGRID,
        representation.REGISTER,
        patient_id=clinic.patient_id,
        kind=Basis.ADVISER,
        representative_number=lawyer.identity_number,
        representative_name="Liv Lov",
        representative_born=date(1980, 1, 1),
        document="Advokatbevilling, fremvist 22.11.2026",
    )
    assert (await clinic.part(lawyer, part_id)).id == part_id
    ctx = clinic.context(clinic.nora)
    patient = await patients.by_id(ctx, clinic.patient_id)
    told_of = {each.kind for each in await rule.for_patient(ctx, patient)}
    assert RuleKind.OWN_ACCESS_REFUSED not in told_of
    told = [line.operation for line in (await log.for_patient(ctx, patient)).edges]
    assert Operation.REFUSE_OWN_ACCESS not in told
    await clinic.do(OMAR, hiding.END_REFUSAL, rule_id=refused.subject_id, expected_version=1)
    assert (await clinic.part(clinic.nora, part_id)).id == part_id
