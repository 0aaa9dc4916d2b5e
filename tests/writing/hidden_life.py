"""What a plan goes through while some of it is hidden from parents, step by step."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from domain.coding import Coding
from domain.content.contact import ContactPoint
from domain.content.line import ContentSection
from domain.content.plan_content import PlanContent
from domain.content.problem import Problem
from domain.content.self_care import MedicineInstruction
from domain.cooperation.review import ReviewOutcome
from domain.cooperation.suggestion import SuggestionKind
from domain.plan.approval import AgreementState, Decision
from domain.plan.part import PlanKind
from domain.written import Written
from resolvers import plan as plans
from resolvers.writing import (
    activation,
    agreement,
    approval,
    comment,
    draft,
    handover,
    hiding,
    report,
    review,
    sharing,
    suggestion,
)
from store.tables import PlanPartRow
from tests.writing.clinic import INGRID, OMAR, REVIEW, SIRI, Clinic, an_action
from tests.writing.reporting import content, crisis_plan, peak_flow
from tests.writing.shares import SCHOOL

_DIAGNOSIS = Problem(id="h-problem", concept=Coding(text="Noe som er skjult"))
_CALL = ContactPoint(id="h-contact", label="Skjult kontakt", phone="22 33 44 55")
_PILL = MedicineInstruction(
    id="h-medicine", medicine=Coding(text="Skjult legemiddel"), instruction="Én om dagen"
)
HIDDEN = ("h-problem", "h-contact", "h-medicine", "h-action")
FIRST = content()
SECOND = replace(FIRST, title="Planen min, ny utgave")


def with_hidden(said: PlanContent, note: str | None = None) -> PlanContent:
    """Return a content with hidden lines, and with others that point at them."""
    care = said.self_care
    assert care is not None
    goals = tuple(replace(g, problem_ids=(*g.problem_ids, "h-problem")) for g in said.goals)
    return replace(
        said,
        problems=(*said.problems, replace(_DIAGNOSIS, note=note)),
        goals=goals,
        actions=(*said.actions, an_action("h-action")),
        contacts=(_CALL, *said.contacts),
        self_care=replace(care, medicines=(*care.medicines, _PILL)),
    )


class Life:
    """One patient's; `marked` is whether something is hidden."""

    part = comment = hidden = ""

    def __init__(self, clinic: Clinic, *, marked: bool) -> None:
        self.clinic, self.marked = clinic, marked

    async def begin(self) -> None:
        draft_id = await self._begun(FIRST)
        await self._approve(draft_id, 1)
        self.part = await self._activate(draft_id, 3)

    async def talk(self) -> None:
        clinic = self.clinic
        of_part: dict[str, Any] = {"part_id": self.part}
        said = await clinic.do(clinic.kari, comment.COMMENT, text="Hva nå?", **of_part)
        self.comment = said.subject_id
        word = {"content_version": 1, "state": AgreementState.AGREES}
        await clinic.do(clinic.kari, agreement.GIVE, **of_part | word)
        await clinic.do(
            clinic.kari,
            suggestion.SUGGEST,
            kind=SuggestionKind.ADD,
            section=ContentSection.ACTIONS,
            text="Gå tur",
            why="Det hjelper",
            **of_part,
        )
        await self.measure(320)

    async def add_hidden(self) -> None:
        """A line is hidden while it is in a draft; nobody has seen it yet."""
        draft_id = await self._begun(with_hidden(FIRST))
        for line in HIDDEN:
            await self.hide(part_id=self.part, line_id=line)
        await self._activate(draft_id)

    async def talk_of_hidden(self) -> None:
        about = {"part_id": self.part, "line_id": "h-problem"}
        said = await self.clinic.do(INGRID, comment.COMMENT, text="Om det", **about)
        await self.clinic.do(SIRI, comment.ANSWER, comment_id=said.subject_id, text="Ja")
        await self._approve(self.part, 3)

    async def change_title(self) -> None:
        said = with_hidden(SECOND, "mer") if self.marked else SECOND
        await self._activate(await self._begun(said), why="Ny tittel")

    async def agree_again(self) -> Written:
        return await self.clinic.do(
            self.clinic.kari,
            agreement.GIVE,
            part_id=self.part,
            content_version=2,
            state=AgreementState.DISAGREES,
        )

    async def change_hidden(self) -> None:
        await self._activate(await self._begun(with_hidden(SECOND, "noe annet")), why="Det skjulte")

    async def answer_and_review(self) -> None:
        clinic = self.clinic
        await clinic.do(INGRID, comment.ANSWER, comment_id=self.comment, text="Vi ringer")
        await clinic.do(
            INGRID,
            review.HOLD,
            part_id=self.part,
            expected_version=(await clinic.part(INGRID, self.part)).version,
            held_at=clinic.now,
            participants=("Ingrid",),
            outcome=ReviewOutcome.KEEP,
            note="Går bra",
            next_due=REVIEW,
        )
        await self.measure(330)

    async def hide_a_part(self) -> None:
        draft_id = await self._begun(crisis_plan(), kind=PlanKind.KRISEPLAN)
        found = await self.clinic.rows(PlanPartRow)
        self.hidden = next(f"prt_{each.id}" for each in found if each.kind == "KRISEPLAN")
        await self.hide(part_id=self.hidden)
        await self._activate(draft_id)

    async def live_with_it(self) -> None:
        clinic = self.clinic
        await clinic.do(SIRI, comment.COMMENT, part_id=self.hidden, text="Om krisen")
        await clinic.do(INGRID, sharing.SHARE, part_id=self.hidden, **SCHOOL)
        offered = await clinic.do(
            INGRID,
            handover.OPEN,
            patient_id=clinic.patient_id,
            part_ids=(self.hidden,),
            to_organisation="999000118",
            to_organisation_name="Hjemmetjenesten",
            reason="Utskrevet",
        )
        taken_back = {"handover_id": offered.subject_id, "expected_version": 1}
        await clinic.do(INGRID, handover.WITHDRAW, **taken_back)
        await self._read_by(SIRI, self.hidden)

    async def read(self) -> None:
        await self._read_by(OMAR, self.part)

    async def remove_hidden(self) -> None:
        await self._activate(await self._begun(SECOND), why="Borte")

    async def measure(self, value: float) -> Written:
        clinic = self.clinic
        values = (peak_flow(value, clinic.now),)
        about = {"patient_id": clinic.patient_id, "measurements": values}
        return await clinic.do(clinic.kari, report.SEND, **about)

    async def measure_as_ola(self, value: float) -> Written:
        clinic = self.clinic
        values = (peak_flow(value, clinic.now),)
        about = {"patient_id": clinic.patient_id, "measurements": values}
        return await clinic.do(clinic.ola, report.SEND, **about)

    async def hide(self, **what: Any) -> Written:
        known = {"patient_id": self.clinic.patient_id, "reason": "Pasienten har bedt om det"}
        return await self.clinic.do(INGRID, hiding.HIDE, **known | what)

    async def _read_by(self, viewer: Any, part_id: str) -> None:
        ctx = self.clinic.context(viewer)
        await plans.part_by_id(ctx, part_id)
        await ctx.settle()

    async def _begun(self, said: PlanContent, **fields: Any) -> str:
        known: dict[str, Any] = {
            "patient_id": self.clinic.patient_id,
            "kind": PlanKind.EGENBEHANDLINGSPLAN,
            "change_comment": "Utkast",
            "review_due": REVIEW,
        }
        begun = await self.clinic.do(INGRID, draft.START, content=said, **known | fields)
        return begun.subject_id

    async def _activate(self, draft_id: str, version: int = 1, why: str = "Ny") -> str:
        command = {"draft_id": draft_id, "expected_version": version, "change_comment": why}
        return (await self.clinic.do(INGRID, activation.ACTIVATE, **command)).subject_id

    async def _approve(self, document_id: str, version: int) -> None:
        asked: dict[str, Any] = {"document_id": document_id, "expected_version": version}
        await self.clinic.do(INGRID, approval.REQUEST, **asked)
        asked |= {"expected_version": version + 1, "decision": Decision.APPROVED}
        await self.clinic.do(OMAR, approval.DECIDE, **asked)
