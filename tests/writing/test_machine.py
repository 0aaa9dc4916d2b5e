"""Random sequences of writes by several people, each answer and every row held to a small model.

A short run is in the suite; `make machine` walks for minutes. The machine owns an event loop, since
Hypothesis calls its rules one by one without one.
"""

from __future__ import annotations

import asyncio
import copy
import dataclasses
from collections.abc import Coroutine
from datetime import timedelta
from itertools import permutations, product
from random import Random
from typing import Any, TypeVar

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    precondition,
    rule,
    run_state_machine_as_test,
)
from msgspec.structs import replace

from domain.content.plan_content import PlanContent
from domain.operation import Operation
from domain.writing.rejection import ContentMissing, KeyReused, VersionConflict
from domain.written import Written
from resolvers.writing import activation, agreement, approval, draft, part
from resolvers.writing.mutation import Mutation
from store.session import Sessions, engine, sessions
from tests.builders import a_citizen, a_clinician
from tests.store import rows
from tests.store.rows import add
from tests.writing.clinic import INGRID, OMAR, SAID, SIRI, STRANGER, Clinic
from tests.writing.model.acts import (
    ACTS,
    ALLOWED,
    CHILD,
    COORDINATION,
    COORDINATOR,
    DOCTOR,
    HOME_CARE,
    HOME_NURSE,
    NURSE,
    OFTEN,
    OUTSIDE,
    PARENT,
    PEOPLE,
    STRANGE,
)
from tests.writing.model.nouns import Ask, Said
from tests.writing.model.rules import MOVES, ContentLacks, Model
from tests.writing.model.shown import expected, observed

T = TypeVar("T")
Act = dict[str, Any]

MUTATIONS: dict[Operation, Mutation[Any]] = {
    Operation.START_DRAFT: draft.START,
    Operation.SAVE_DRAFT: draft.SAVE,
    Operation.DISCARD_DRAFT: draft.DISCARD,
    Operation.ACTIVATE: activation.ACTIVATE,
    Operation.HOLD: part.HOLD,
    Operation.RESUME: part.RESUME,
    Operation.COMPLETE: part.COMPLETE,
    Operation.REVOKE: part.REVOKE,
    Operation.ENTER_IN_ERROR: part.ENTER_IN_ERROR,
    Operation.REQUEST_APPROVAL: approval.REQUEST,
    Operation.DECIDE_APPROVAL: approval.DECIDE,
    Operation.AGREE: agreement.GIVE,
}
ON_DRAFTS = (Operation.SAVE_DRAFT, Operation.DISCARD_DRAFT, Operation.ACTIVATE)
ON_EITHER = (Operation.REQUEST_APPROVAL, Operation.DECIDE_APPROVAL)


class Walk(RuleBasedStateMachine):
    """One walk about one patient; every step is a write, or two at once."""

    def __init__(self, loop: asyncio.Runner, db: Sessions) -> None:
        super().__init__()
        self._loop, self._db = loop, db
        self.model = Model()
        self.asked = 0
        self.sent: list[Ask] = []
        self.clinic = self._run(Clinic.open(db))
        coordinator = rows.a_member(self.clinic.key, COORDINATION, functions=["COORDINATOR"])
        self._run(add(db, coordinator, rows.a_member(self.clinic.key, HOME_CARE)))
        self.viewers = {
            NURSE: INGRID,
            DOCTOR: OMAR,
            COORDINATOR: SIRI,
            HOME_NURSE: a_clinician(
                subject="s-8", name="Jon Vik", hpr_number="2345678", organisation=HOME_CARE
            ),
            PARENT: self.clinic.kari,
            CHILD: self.clinic.nora,
            STRANGE: STRANGER,
            OUTSIDE: a_citizen("10101010101", subject="s-9", name="Per Berg"),
        }

    @rule(act=ACTS, allowed=ALLOWED)
    def write(self, act: Act, allowed: int | None) -> None:
        self._send(*self._asks(act, allowed))

    @rule(act=ACTS, allowed=ALLOWED, other=ACTS, other_allowed=ALLOWED)
    def write_two_at_once(
        self, act: Act, allowed: int | None, other: Act, other_allowed: int | None
    ) -> None:
        self._send(*self._asks(act, allowed), *self._asks(other, other_allowed))

    @rule(act=ACTS, allowed=ALLOWED)
    def write_the_same_twice_at_once(self, act: Act, allowed: int | None) -> None:
        self._send(*self._asks(act, allowed) * 2)

    @precondition(lambda self: self.sent)
    @rule(which=st.integers(0, 30))
    def send_again(self, which: int) -> None:
        self._send(self.sent[-1 - which % len(self.sent)])

    @precondition(lambda self: self.sent)
    @rule(which=st.integers(0, 30), operation=st.sampled_from(list(MOVES)))
    def use_a_key_again(self, which: int, operation: Operation) -> None:
        before = self.sent[-1 - which % len(self.sent)]
        other: dict[str, Any] = {"version": before.version + 1}
        if before.operation in MOVES:
            other = {"operation": operation}
        elif before.operation is Operation.START_DRAFT:
            other = {"said": Said("Noe annet")}
        self._send(dataclasses.replace(before, **other))

    def _asks(self, act: Act, allowed: int | None) -> list[Ask]:
        """Return what is to be sent: the act as it is, or something like it that is allowed."""
        self.asked += 1
        if allowed is None:
            return self._ask(**act)
        by_operation: dict[Operation, list[Ask]] = {}
        for operation, by, which in product(MUTATIONS, PEOPLE, range(3)):
            like = {"operation": operation, "by": by, "which": which, "newer": 0}
            for ask in self._ask(**act | like):
                if not self.model.against(ask):
                    by_operation.setdefault(operation, []).append(ask)
        random = Random(allowed)
        [operation] = random.choices(list(by_operation), [OFTEN[each] for each in by_operation])
        return [random.choice(by_operation[operation])]

    def _ask(
        self, operation: Operation, which: int, newer: int, of_part: bool, **fields: Any
    ) -> list[Ask]:
        """Return it addressed to a draft or part; nothing when there is none yet."""
        key, remark = f"{self.clinic.key} {self.asked}", f"Nr. {self.asked}"
        known = {"operation": operation, "key": key, "remark": remark} | fields
        if operation is Operation.START_DRAFT:
            return [Ask(**known)]
        if not self.model.parts:
            return []
        if operation in ON_DRAFTS or (operation in ON_EITHER and not of_part):
            about = self.model.nth_draft(which)
            return [Ask(**known, about=about, version=self.model.drafts[about].version + newer)]
        about = self.model.nth_part(which)
        part = self.model.parts[about]
        seen = len(part.versions) if operation is Operation.AGREE else part.version
        return [Ask(**known, about=about, version=seen + newer)]

    def _send(self, *asks: Ask) -> None:
        """Send at once, and hold answers and rows to the model in one order or the other."""
        self.clinic.now += timedelta(minutes=1)
        answers = self._run(self._answers(asks))
        self.sent += asks
        seen = self._run(observed(self._db, self.clinic.key))
        failures = []
        for order in permutations(zip(asks, answers, strict=True)):
            model = copy.deepcopy(self.model)
            try:
                for ask, answer in order:
                    self._hold(model, ask, answer, seen)
                assert expected(model) == seen
            except AssertionError as failure:
                failures.append(failure)
            else:
                self.model = model
                return
        raise failures[0]

    async def _answers(self, asks: tuple[Ask, ...]) -> list[Any]:
        return await asyncio.gather(
            *(
                self.clinic.ask(self.viewers[ask.by], MUTATIONS[ask.operation], **self._input(ask))
                for ask in asks
            )
        )

    def _input(self, ask: Ask) -> dict[str, Any]:
        content = ask.said and (
            replace(SAID, title=ask.said.title)
            if ask.said.is_whole
            else PlanContent(title=ask.said.title)
        )
        known = {
            "idempotency_key": ask.key,
            "patient_id": self.clinic.patient_id,
            "draft_id": ask.about,
            "part_id": ask.about,
            "document_id": ask.about,
            "expected_version": ask.version,
            "content_version": ask.version,
            "kind": ask.kind,
            "content": content,
            "review_due": ask.review,
            "decision": ask.decision,
            "state": ask.word,
            "merge": ask.merge,
            "reason": ask.remark,
            "change_comment": ask.remark,
        }
        fields = MUTATIONS[ask.operation].command.__struct_fields__
        return {name: known[name] for name in fields if name in known}

    def _hold(self, model: Model, ask: Ask, answer: Any, seen: dict[str, Any]) -> None:
        """Hold one answer to the model, and let the model do what was accepted."""
        known = model.receipts.get((ask.by, ask.key))
        if known is not None:
            first, subject, version = known
            if first != ask:
                assert answer == KeyReused()
                return
            assert isinstance(answer, Written)
            assert (answer.subject_id, answer.receipt.version) == (subject, version)
            assert answer.receipt.is_replay
            return
        against = model.against(ask)
        if against:
            assert _told(answer) in against
            return
        assert isinstance(answer, Written)
        assert not answer.receipt.is_replay
        part_id = seen["drafts"].get(answer.subject_id, ("",))[0]
        version = model.accept(ask, answer.subject_id, part_id, self.clinic.now)
        assert answer.receipt.version == version

    def _run(self, work: Coroutine[Any, Any, T]) -> T:
        return self._loop.run(work)


def _told(answer: Any) -> Any:
    """Return an answer as the model has it: what is missing or differs has tests of its own."""
    if isinstance(answer, ContentMissing):
        return ContentLacks
    if isinstance(answer, VersionConflict):
        return VersionConflict(current_version=answer.current_version)
    return answer


def _effort() -> settings:
    """Return how far to walk: the same short walks in the suite, long new ones by command."""
    unhurried = {
        "deadline": None,
        "suppress_health_check": [HealthCheck.too_slow],
        "phases": [Phase.reuse, Phase.generate, Phase.shrink],
    }
    if settings.get_current_profile_name() == "long":
        return settings(max_examples=100, stateful_step_count=100, print_blob=True, **unhurried)
    return settings(
        max_examples=10, stateful_step_count=40, derandomize=True, database=None, **unhurried
    )


def test_whatever_people_send_answers_and_rows_are_those_of_the_model(database_url: str) -> None:
    with asyncio.Runner(loop_factory=asyncio.new_event_loop) as loop:
        database = engine(database_url, pool_size=3)
        try:
            run_state_machine_as_test(lambda: Walk(loop, sessions(database)), settings=_effort())
        finally:
            loop.run(database.dispose())
