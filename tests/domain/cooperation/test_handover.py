from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from domain.author import Author
from domain.content.action import Action, ActionCategory, ActionFor, ActionStatus
from domain.content.plan_content import PlanContent
from domain.cooperation.handover import (
    Handover,
    HandoverState,
    OpenAction,
    accepted,
    closed,
    open_actions,
    open_with,
    taken_over,
)
from domain.plan.part import LIVING, Lifecycle, PlanKind
from tests.builders import HOSPITAL, NOW
from tests.domain.parts import INGRID, a_part

GRETE = Author(name="Grete Lund", hpr_number="9888777", organisation_number="999000118")
OFFERED = Handover(
    id="hnd_1",
    patient_id="pat_1",
    part_ids=("prt_1", "prt_2"),
    from_organisation=HOSPITAL,
    from_organisation_name="Barneavdelingen",
    to_organisation="999000118",
    to_organisation_name="Hjemmetjenesten",
    reason="Utskrevet",
    open_actions=(),
    opened_by=INGRID,
    opened_at=NOW,
)
LATER = NOW + timedelta(days=1)


def _action(id: str, status: ActionStatus) -> Action:
    return Action(
        id=id,
        title=f"Tiltak {id}",
        category=ActionCategory.OTHER,
        performed_by=ActionFor.SERVICE,
        status=status,
    )


def test_what_is_done_or_called_off_is_not_open() -> None:
    actions = tuple(_action(status.name, status) for status in ActionStatus)
    actions = (replace(actions[0], due=LATER.date()), *actions[1:])
    content = PlanContent(title="P", actions=actions)
    assert open_actions([("prt_1", content), ("prt_2", None)]) == (
        OpenAction(part_id="prt_1", line_id="ACTIVE", title="Tiltak ACTIVE", due=LATER.date()),
        OpenAction(part_id="prt_1", line_id="ON_HOLD", title="Tiltak ON_HOLD"),
    )


def test_a_part_is_waited_for_while_its_handover_is_open() -> None:
    assert open_with([OFFERED], ["prt_2"]) is OFFERED
    assert open_with([OFFERED], ["prt_3"]) is None
    answered = replace(OFFERED, state=HandoverState.DECLINED)
    assert open_with([answered], ["prt_2"]) is None


@given(st.lists(st.sampled_from(Lifecycle), min_size=1, max_size=len(PlanKind)))
def test_every_living_part_that_was_offered_is_taken_over_and_no_other(
    lifecycles: list[Lifecycle],
) -> None:
    parts = [a_part(f"prt_{n}", lifecycle=each) for n, each in enumerate(lifecycles)]
    taken = taken_over(OFFERED, parts, GRETE, LATER)
    expected = {p.id for p in parts if p.lifecycle in LIVING and p.id in OFFERED.part_ids}
    assert {part.id for part in taken} == expected
    assert all((p.responsible, p.version, p.updated_at) == (GRETE, 3, LATER) for p in taken)
    decided = accepted(OFFERED, taken, GRETE, LATER)
    assert set(decided.left_out) == set(OFFERED.part_ids) - expected
    assert (decided.state, decided.decided_by, decided.version) == (
        HandoverState.ACCEPTED,
        GRETE,
        2,
    )


def test_a_handover_that_is_decided_says_by_whom_when_and_why() -> None:
    declined = closed(OFFERED, HandoverState.DECLINED, GRETE, LATER, "Fullt")
    assert not declined.is_open
    assert (declined.decided_by, declined.decided_at, declined.decision_reason) == (
        GRETE,
        LATER,
        "Fullt",
    )
