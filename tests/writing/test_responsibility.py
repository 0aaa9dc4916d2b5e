"""Whatever people do in whatever order, somebody who can see a part answers for it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.access.viewer import Viewer
from domain.author import Author
from domain.plan.care_team import CareTeamFunction
from domain.plan.part import PlanKind
from domain.written import Written
from resolvers.writing import activation, care_team, draft, handover, move, part
from resolvers.writing.mutation import Mutation
from store import Store
from store.session import Sessions
from tests.builders import a_clinician
from tests.writing.clinic import INGRID, OMAR, SAID, SIRI, STRANGER, Clinic

GRETE = a_clinician(
    subject="s-8", name="Grete Lund", hpr_number="9888777", organisation="999000118"
)
PEOPLE = (INGRID, OMAR, SIRI, GRETE, STRANGER)
KINDS = (PlanKind.EGENBEHANDLINGSPLAN, PlanKind.KRISEPLAN, PlanKind.INDIVIDUELL_PLAN)
ENDS = (part.HOLD, part.RESUME, part.COMPLETE, part.REVOKE, part.ENTER_IN_ERROR)

_OFTEN = ("open", "accept") * 4
_SOMETIMES = ("activate", "decline", "withdraw", "move", "end_part", "add", "change", "leave")
STEPS = st.tuples(
    st.sampled_from((*_OFTEN, *_SOMETIMES)), st.sampled_from(PEOPLE), st.integers(0, 5)
)


class Story:
    """Takes steps about one patient, whether or not they are allowed."""

    def __init__(self, clinic: Clinic) -> None:
        self.clinic = clinic

    async def take(self, step: str, by: Viewer, choice: int) -> Written | None:
        self.clinic.now += timedelta(minutes=1)
        answer = await getattr(self, step)(by, choice)
        return answer if isinstance(answer, Written) else None

    async def plan(self) -> Any:
        unit = Store.over(self.clinic.db).unit
        async with unit.begin(self.clinic.patient_id) as begun:
            return begun.plan, begun.record.relations, await begun.handovers()

    async def ask(self, by: Viewer, mutation: Mutation[Any], **fields: Any) -> Any:
        return await self.clinic.ask(by, mutation, **fields)

    async def start(self, by: Viewer, choice: int) -> Any:
        kind = KINDS[choice % len(KINDS)]
        patient = {"patient_id": self.clinic.patient_id}
        return await self.ask(
            by, draft.START, kind=kind, content=SAID, change_comment="Nytt", **patient
        )

    async def activate(self, by: Viewer, choice: int) -> Any:
        begun = await self.start(by, choice)
        if not isinstance(begun, Written):
            return begun
        asked = {"draft_id": begun.subject_id, "expected_version": 1, "change_comment": "Ny"}
        return await self.ask(by, activation.ACTIVATE, **asked)

    async def open(self, by: Viewer, choice: int) -> Any:
        plan, _, _ = await self.plan()
        named = [each.id for each in plan.parts[: choice % 3]]
        to = PEOPLE[choice % len(PEOPLE)].organisation
        by = by if choice % 3 == 2 else _who_answers(plan)
        return await self.ask(
            by,
            handover.OPEN,
            patient_id=self.clinic.patient_id,
            to_organisation=to,
            to_organisation_name="Mottaker",
            reason="Overføring",
            part_ids=tuple(named),
        )

    async def accept(self, by: Viewer, choice: int) -> Any:
        return await self._answer(handover.ACCEPT, by, choice)

    async def decline(self, by: Viewer, choice: int) -> Any:
        return await self._answer(handover.DECLINE, by, choice, reason="Nei")

    async def withdraw(self, by: Viewer, choice: int) -> Any:
        return await self._answer(handover.WITHDRAW, by, choice)

    async def _answer(self, mutation: Any, by: Viewer, choice: int, **more: Any) -> Any:
        _, _, offered = await self.plan()
        if not offered:
            return None
        asked = next((each for each in offered if each.is_open), offered[choice % len(offered)])
        # Often the right one answers, or little would ever be accepted.
        if choice % 2:
            by = next(p for p in PEOPLE if p.organisation == asked.to_organisation)
        return await self.ask(
            by, mutation, handover_id=asked.id, expected_version=asked.version, **more
        )

    async def move(self, by: Viewer, choice: int) -> Any:
        return await self.ask(
            by,
            move.REGISTER,
            patient_id=self.clinic.patient_id,
            municipality_number="1103",
            municipality_name="Solvær",
            moved_on=self.clinic.now.date(),
            from_organisation=PEOPLE[choice % len(PEOPLE)].organisation,
            to_organisation="999000118",
            to_organisation_name="Hjemmetjenesten",
        )

    async def end_part(self, by: Viewer, choice: int) -> Any:
        plan, _, _ = await self.plan()
        ended = plan.parts[choice % len(plan.parts)]
        asked = {"part_id": ended.id, "expected_version": ended.version, "reason": "Derfor"}
        return await self.ask(by, ENDS[choice % len(ENDS)], **asked)

    async def add(self, by: Viewer, choice: int) -> Any:
        joins = PEOPLE[choice % len(PEOPLE)]
        return await self.ask(
            by,
            care_team.ADD,
            patient_id=self.clinic.patient_id,
            name=joins.name or "Tuva",
            functions=(list(CareTeamFunction)[choice % len(CareTeamFunction)],),
            hpr_number=joins.hpr_number,
            organisation_number=joins.organisation,
        )

    async def change(self, by: Viewer, choice: int) -> Any:
        return await self._member(care_team.CHANGE, by, choice, functions=())

    async def leave(self, by: Viewer, choice: int) -> Any:
        return await self._member(care_team.END, by, choice)

    async def _member(self, mutation: Any, by: Viewer, choice: int, **more: Any) -> Any:
        plan, _, _ = await self.plan()
        member = plan.care_team[choice % len(plan.care_team)]
        asked = {"member_id": member.id, "expected_version": member.version}
        return await self.ask(by, mutation, **asked, **more)


def _who_answers(plan: Any) -> Viewer:
    """Return somebody at work where a living part has its responsible, else anyone."""
    units = {part.responsible.organisation_number for part in plan.living}
    return next((p for p in PEOPLE if p.organisation in units), INGRID)


async def _responsible(story: Story) -> dict[str, Author]:
    """Return who answers for each living part, having seen that they can see it."""
    plan, relations, _ = await story.plan()
    now = story.clinic.now
    seeing = {tie.organisation for tie in relations if tie.is_open(now)}
    for each in plan.living:
        assert each.responsible.name
        assert each.responsible.organisation_number in seeing
    return {each.id: each.responsible for each in plan.parts}


async def _asked(story: Story) -> set[tuple[str, str]]:
    """Return the parts that wait for an answer, each with the organisation that is asked."""
    _, _, offered = await story.plan()
    return {
        (key, each.to_organisation) for each in offered if each.is_open for key in each.part_ids
    }


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=st.lists(STEPS, min_size=8, max_size=20))
async def test_responsibility_is_never_empty_and_moves_only_by_acceptance(
    db: Sessions, steps: Sequence[tuple[str, Viewer, int]]
) -> None:
    story = Story(await Clinic.open(db))
    for kind in KINDS[:2]:
        await story.clinic.active(kind)
    before = await _responsible(story)
    for step, by, choice in steps:
        asked = await _asked(story)
        done = await story.take(step, by, choice)
        after = await _responsible(story)
        moved = {key for key in before if before[key] != after[key]}
        if moved:
            assert step == "accept"
            assert {(key, after[key].organisation_number) for key in moved} <= asked
        elif step == "accept":
            assert done is None
        before = after
