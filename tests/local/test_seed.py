"""Filling the store: on a real database, in a transaction that is taken back."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime
from typing import Any

import msgspec
import pytest
from sqlalchemy import Text, cast, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker

from domain.access.decision import decide
from domain.access.facts import AccessFacts
from domain.access.patient import PatientRecord
from domain.access.reader import Reader
from domain.access.relation import Basis
from domain.content.plan_content import PlanContent
from domain.content.zone import ZoneLevel
from domain.cooperation.comment import CommentStatus
from domain.cooperation.suggestion import SuggestionState
from domain.cooperation.worklist import WorklistFilter
from domain.following.asking import ReportsAsked
from domain.following.entry import EntryStatus
from domain.following.receiving import ReceivingState
from domain.following.report import Report
from domain.identity_number import IdentityNumberKind
from domain.plan.approval import AgreementState, ApprovalState
from domain.plan.part import Lifecycle, Plan, PlanKind
from domain.plan.shared_content import as_shared
from domain.plan.sharing import ShareScope, SharingState
from local.seed import seed
from local.synthetic.world import World
from store.comment import CommentStore
from store.handover import HandoverStore
from store.patient import PatientStore
from store.report import ReportStore
from store.review import ReviewStore
from store.session import Sessions
from store.suggestion import SuggestionStore
from store.tables import (
    CommentRow,
    ConsentRow,
    DeliveryRow,
    PatientRow,
    PlanRow,
    PlanVersionRow,
    Row,
    WorklistEntryRow,
)
from store.worklist import WorklistStore
from tests.builders import a_recipient

TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
KARI = "14898430252"
NORA, ARNE, EMIL = "20811590267", "02834530190", "11852290341"
OKSANA, ADULT = "02909206424", "21878336590"
VENDOR = "999000900"

Json = dict[str, Any]


def member(name: str, role: str, unit: str, *functions: str) -> Json:
    return {
        "name": name,
        "role": {"text": "Rolle", "code": role},
        "organisation": {"name": "Fjordvik universitetssykehus HF", "number": "983974899"},
        "unit": "Avdelingen",
        "unitNumber": unit,
        "phone": "99011001",
        "functions": list(functions),
    }


TEAM = [
    member("Omar Rashid", "LE", "974795515", "CONTACT_DOCTOR"),
    member("Ingrid Haugen", "SP", "974795515", "PLAN_RESPONSIBLE", "PRIMARY_CONTACT"),
    member("Siri Nordvik", "VP", "999000134", "CHILD_COORDINATOR"),
    member("Mette Sund", "XX", VENDOR),
]
PARENTS = [
    {"name": "Kari Fjell", "number": "14898430252", "home": "Hjemme hos mor"},
    {"name": "Ola Fjell", "number": "03868130139", "home": "Hjemme hos far"},
]


def person(given: str, born: str, story: str, *numbers: str, **more: object) -> Json:
    series = {"8": IdentityNumberKind.TEMPORARY}
    kinds = [series.get(value[0], IdentityNumberKind.NATIONAL).value for value in numbers]
    made: Json = {
        "id": given,
        "numbers": [
            {"value": value, "system": kind} for value, kind in zip(numbers, kinds, strict=True)
        ],
        "name": {"given": given, "family": "Fjell"},
        "gender": "female",
        "birthDate": born,
        "story": story,
        "team": TEAM,
        "unknownMember": 1,
    }
    return made | more


PEOPLE = [
    person("Nora", "2015-01-20", "astma_epilepsi_barn", NORA, parents=PARENTS),
    person("Arne", "1945-03-02", "kols", ARNE, gender="male"),
    person("Emil", "2022-05-11", "frisk_barn", EMIL, team=[], parents=PARENTS),
    person("Oksana", "1992-10-02", "imported", OKSANA, "80822983379"),
    person("Lars", "1983-07-21", "bipolar", ADULT, parents=PARENTS),
    person("Kari", "1984-09-14", "forelder", "14898430252"),
    # What imported data may look like.
    person("Partial", "1950-05", "imported", "24905099950", deceased="2026-10-01T10:00:00+02:00"),
    person("Unborn", "", "imported", "80875172690"),
]
WORLD = msgspec.convert({"people": PEOPLE}, World)


@pytest.fixture
async def stores(database: AsyncEngine) -> AsyncIterator[Sessions]:
    """Give sessions that all share one connection, whose transaction is rolled back."""
    async with database.connect() as connection:
        outer = await connection.begin()
        yield async_sessionmaker(
            connection, expire_on_commit=False, join_transaction_mode="create_savepoint"
        )
        await outer.rollback()


@pytest.fixture
async def seeded(stores: Sessions) -> Sessions:
    async with stores.begin() as session:
        await seed(session, WORLD, 1, TODAY)
    return stores


async def counts(session: AsyncSession) -> dict[str, int]:
    tables = Row.metadata.sorted_tables
    return {
        table.name: await session.scalar(select(func.count()).select_from(table)) or 0
        for table in tables
    }


async def record(stores: Sessions, number: str) -> PatientRecord:
    found = await PatientStore(stores).by_identity_number(number)
    assert found is not None
    return found


async def plan(stores: Sessions, number: str) -> Plan:
    return msgspec.json.decode((await record(stores, number)).plan, type=Plan)


async def test_seeding_twice_is_seeding_once(seeded: Sessions) -> None:
    async with seeded.begin() as session:
        before = await counts(session)
        assert await seed(session, WORLD, 1, date(2026, 12, 24)) == 0
        assert await counts(session) == before
    assert before["patient"] >= 5
    assert before["plan_version"] > 0


async def test_what_people_wrote_is_left_alone(seeded: Sessions) -> None:
    async with seeded.begin() as session:
        await session.execute(update(PatientRow).values(family_name="Gift"))
        await session.execute(delete(CommentRow))
        await seed(session, WORLD, 1, TODAY)
        names = set(await session.scalars(select(PatientRow.family_name)))
        assert names == {"Gift"}
        assert (await counts(session))["comment"] == 0


async def test_the_same_world_gives_the_same_rows(stores: Sessions) -> None:
    seen = []
    for _ in range(2):
        async with stores() as session:
            await seed(session, WORLD, 1, TODAY)
            rows = await session.execute(
                select(PlanVersionRow.part_id, PlanVersionRow.number, PlanVersionRow.created_at)
            )
            seen.append(sorted(map(tuple, rows)))
            await session.rollback()
    assert seen[0] == seen[1]
    assert seen[0]


async def test_nora_has_three_active_parts_each_with_its_own_axes(seeded: Sessions) -> None:
    parts = {part.kind: part for part in (await plan(seeded, NORA)).parts}
    preparedness = parts[PlanKind.BARN_BEREDSKAP_LIVSKVALITET]
    self_care = parts[PlanKind.EGENBEHANDLINGSPLAN]
    treatment = parts[PlanKind.BEHANDLINGSPLAN]

    assert {part.lifecycle for part in parts.values()} == {Lifecycle.ACTIVE}
    assert preparedness.approval.state is ApprovalState.APPROVED
    assert preparedness.approval.by == "Omar Rashid"
    assert treatment.approval.state is ApprovalState.REQUESTED
    assert self_care.sharing.state(NOW) is SharingState.SHARED
    assert preparedness.sharing.state(NOW) is SharingState.NOT_SHARED


async def test_noras_parents_differ_and_both_stand(seeded: Sessions) -> None:
    parts = {part.kind: part for part in (await plan(seeded, NORA)).parts}
    words = {word.person: word for word in parts[PlanKind.BARN_BEREDSKAP_LIVSKVALITET].agreements}
    assert words["Kari Fjell"].state is AgreementState.AGREES
    assert words["Ola Fjell"].state is AgreementState.DISAGREES
    assert words["Ola Fjell"].comment


async def test_noras_self_care_is_shared_with_the_vendor_and_its_pieces_with_a_school(
    seeded: Sessions,
) -> None:
    parts = {part.kind: part for part in (await plan(seeded, NORA)).parts}
    shares = {s.recipient: s for s in parts[PlanKind.EGENBEHANDLINGSPLAN].sharing.shares}
    assert {name for name, share in shares.items() if share.is_open(NOW)} == {
        "Nordlys Hjemmemåling AS",
        "Fjordvik skole",
        "Vidar Berg",
    }
    assert shares["Fjordvik skole"].scopes == (ShareScope.ZONE_SHEET, ShareScope.CONTACTS)
    assert shares["Nordlys Hjemmemåling AS"].is_whole
    assert not shares["Solbakken skole"].is_open(NOW)


async def test_whoever_has_pieces_of_noras_plan_gets_only_her_mother_s_number(
    seeded: Sessions,
) -> None:
    found = await record(seeded, NORA)
    facts = AccessFacts(
        birth_date=found.patient.birth_date,
        identity_numbers=found.patient.identity_numbers,
        relations=found.relations,
    )
    [school] = [r for r in found.relations if ShareScope.CONTACTS in r.scopes]
    access = decide(a_recipient(school.share_id), facts, NOW)
    [part] = [p for p in (await plan(seeded, NORA)).parts if p.id == school.part_id]
    assert part.content is not None
    shown = as_shared(part.content, access.portion(part.id))
    labels = [line.label for line in shown.contacts]
    assert not any("Ola Fjell" in label for label in labels)
    assert len(labels) > 3


async def test_noras_parents_suggest_and_are_answered(seeded: Sessions) -> None:
    found = await record(seeded, NORA)
    keys = [(found.patient.id, part.id) for part in (await plan(seeded, NORA)).parts]
    made = [s for of_part in await SuggestionStore(seeded).by_parts(keys) for s in of_part]
    assert {each.state for each in made} == {SuggestionState.OPEN, SuggestionState.DECLINED}
    [declined] = [each for each in made if each.state is SuggestionState.DECLINED]
    assert declined.reason
    assert declined.decided_by is not None
    assert declined.decided_by.name == "Ingrid Haugen"


async def test_nora_has_said_something_that_her_parents_do_not_read(seeded: Sessions) -> None:
    found = await record(seeded, NORA)
    keys = [(found.patient.id, part.id) for part in (await plan(seeded, NORA)).parts]
    comments = [c for of_part in await CommentStore(seeded).by_parts(keys) for c in of_part]
    mother = Reader(number=KARI, numbers=frozenset({KARI}))
    [hidden] = [comment for comment in comments if not comment.is_for(mother)]
    assert hidden.author.name == "Nora Fjell"
    assert hidden.is_for(Reader(number=NORA, numbers=frozenset({NORA})))


async def test_noras_comments_are_open_answered_and_parked_with_a_thread(
    seeded: Sessions,
) -> None:
    found = await record(seeded, NORA)
    keys = [(found.patient.id, part.id) for part in (await plan(seeded, NORA)).parts]
    comments = [c for of_part in await CommentStore(seeded).by_parts(keys) for c in of_part]
    assert {comment.status for comment in comments} == set(CommentStatus) - {
        CommentStatus.WITHDRAWN
    }
    assert any(comment.line_id for comment in comments)
    answers = [comment.answer_to for comment in comments if comment.answer_to]
    assert len(answers) > len(set(answers))
    assert all(comment.created_at < NOW for comment in comments)


async def test_nora_has_an_open_handover_and_two_parents(seeded: Sessions) -> None:
    relations = (await record(seeded, NORA)).relations
    handover = next(r for r in relations if r.basis is Basis.HANDOVER)
    assert handover.is_open(NOW)
    assert handover.organisation == "999000134"
    parents = [r for r in relations if r.basis is Basis.PARENT]
    assert len(parents) == 2
    assert all(r.until and r.until.date() == date(2033, 1, 20) for r in parents)


async def test_nora_s_handover_says_what_is_not_done_and_moves_nothing_yet(
    seeded: Sessions,
) -> None:
    found = await plan(seeded, NORA)
    ((offered,),) = await HandoverStore(seeded).by_patients([found.patient_id])
    offered_part = next(part for part in found.parts if part.id in offered.part_ids)
    assert offered.is_open
    assert offered_part.kind is PlanKind.BARN_BEREDSKAP_LIVSKVALITET
    assert offered_part.responsible == offered.opened_by
    assert offered_part.content is not None
    titles = {action.id: action.title for action in offered_part.content.actions}
    assert offered.open_actions
    assert all(titles[action.line_id] == action.title for action in offered.open_actions)


async def test_some_parts_have_been_reviewed(seeded: Sessions) -> None:
    for number in (NORA, ARNE):
        found = await plan(seeded, number)
        keys = [(found.patient_id, part.id) for part in found.parts]
        held = [r for of_part in await ReviewStore(seeded).by_parts(keys) for r in of_part]
        assert held
        assert all(review.participants and review.note for review in held)
        assert all(review.held_at < NOW for review in held)


async def test_a_vendor_in_the_team_has_no_more_than_its_share(seeded: Sessions) -> None:
    for number in (NORA, ARNE):
        relations = (await record(seeded, number)).relations
        ties = [r.basis for r in relations if r.organisation == VENDOR]
        assert ties == [Basis.SHARE]


async def test_the_parents_of_a_grown_up_have_no_say(seeded: Sessions) -> None:
    relations = (await record(seeded, ADULT)).relations
    assert Basis.PARENT not in {relation.basis for relation in relations}


async def test_the_responsible_of_an_active_part_is_in_the_team(seeded: Sessions) -> None:
    for number in (NORA, ARNE, ADULT):
        found = await plan(seeded, number)
        names = {member.name for member in found.care_team if member.until is None}
        assert {part.responsible.name for part in found.parts} <= names


async def test_the_healthy_have_no_plan_and_parents_are_no_patients(seeded: Sessions) -> None:
    assert bytes((await record(seeded, EMIL)).plan) == b"null"
    assert await PatientStore(seeded).by_identity_number("14898430252") is None


async def test_an_earlier_number_is_kept_as_an_earlier_one(seeded: Sessions) -> None:
    numbers = (await record(seeded, "80822983379")).patient.identity_numbers
    assert [number.value for number in numbers] == [OKSANA, "80822983379"]
    assert numbers[1].kind is IdentityNumberKind.TEMPORARY


async def test_a_partial_birth_date_counts_from_its_first_day(seeded: Sessions) -> None:
    patient = (await record(seeded, "24905099950")).patient
    assert patient.birth_date == date(1950, 5, 1)
    assert patient.died_on == date(2026, 10, 1)


async def test_nobody_without_a_birth_date_is_taken_in(seeded: Sessions) -> None:
    assert await PatientStore(seeded).by_identity_number("80875172690") is None


async def test_content_is_stored_to_the_letter(seeded: Sessions) -> None:
    async with seeded() as session:
        documents = (await session.scalars(select(cast(PlanVersionRow.content, Text)))).all()
    assert documents
    for document in documents:
        content = msgspec.json.decode(document, type=PlanContent)
        assert msgspec.json.encode(content).decode() == document


async def _reports(stores: Sessions, number: str) -> list[Report]:
    found = await record(stores, number)
    asked = ReportsAsked(patient_id=found.patient.id, size=100)
    return (await ReportStore(stores).pages([asked]))[0]


async def test_noras_reports_are_late_corrected_acted_on_and_the_newest_unseen(
    seeded: Sessions,
) -> None:
    reports = await _reports(seeded, NORA)
    newest = reports[0]
    assert (newest.level, newest.is_waiting, newest.is_late) == (ZoneLevel.YELLOW, True, False)
    assert newest.escalates_at is not None
    assert newest.escalates_at > newest.received_at
    late = next(each for each in reports if each.is_late)
    assert late.receiving is not None
    assert late.receiving.state is ReceivingState.ACTED_ON
    wrong = next(each for each in reports if each.status is EntryStatus.CORRECTED)
    right = next(each for each in reports if each.replaces is not None)
    assert wrong.change is not None
    assert wrong.change.replaced_by == right.id
    assert {each.author for each in reports} == {"Kari Fjell", "Ola Fjell"}
    assert ZoneLevel.GREEN in {each.level for each in reports}
    assert [each.id for each in reports if each.is_waiting] == [newest.id]


async def test_arne_measures_by_himself(seeded: Sessions) -> None:
    reports = await _reports(seeded, ARNE)
    assert {(each.author, each.on_behalf_of) for each in reports} == {("Arne Fjell", None)}
    assert not any(each.is_waiting for each in reports)
    assert sum(len(each.measurements) for each in reports) > 20


async def test_reports_are_told_under_a_plan_as_it_is_and_never_after_now(
    seeded: Sessions,
) -> None:
    for number in (NORA, ARNE):
        parts = {part.id: part for part in (await plan(seeded, number)).parts}
        for report in await _reports(seeded, number):
            told_under = parts[report.part_id or ""]
            assert told_under.content_version == report.content_version
            assert report.received_at < NOW


async def test_the_worklist_shows_what_waits(seeded: Sessions) -> None:
    nora = (await record(seeded, NORA)).patient.id
    page = await WorklistStore(seeded).page("974795515", WorklistFilter(), None, 100, NOW)
    waiting = {entry.patient_id: entry.worst_unseen for entry in page}
    assert waiting[nora] is ZoneLevel.YELLOW


async def test_the_worklist_is_renewed(seeded: Sessions) -> None:
    async with seeded() as session:
        organisations = set(await session.scalars(select(WorklistEntryRow.organisation)))
    assert {"974795515", "999000134", VENDOR} <= organisations


async def test_everyone_with_a_plan_has_consented_to_it(seeded: Sessions) -> None:
    async with seeded() as session:
        planned = set(await session.scalars(select(PlanRow.patient_id)))
        given = list(await session.scalars(select(ConsentRow).order_by(ConsentRow.id)))
    assert {consent.patient_id for consent in given} == planned
    assert {consent.given["registeredBy"]["name"] for consent in given} >= {"Ingrid Haugen"}


async def test_every_version_waits_to_be_delivered_to_a_record(seeded: Sessions) -> None:
    async with seeded() as session:
        versions = select(PlanVersionRow.part_id, PlanVersionRow.number)
        known = {tuple(row) for row in await session.execute(versions)}
        waiting = list(await session.scalars(select(DeliveryRow)))
    assert {(each.part_id, each.content_version) for each in waiting} == known
    assert all(each.organisation_number for each in waiting)
