from __future__ import annotations

import pytest

from domain.plan.part import Lifecycle, Plan, PlanKind
from tests.domain.following.test_conclusion import a_part


@pytest.mark.parametrize("lifecycle", Lifecycle)
def test_a_part_is_in_use_while_it_is_followed_or_paused(lifecycle: Lifecycle) -> None:
    part = a_part(lifecycle=lifecycle)
    plan = Plan(id="pln-1", patient_id="pat-nora", parts=(part,))
    is_used = lifecycle in {Lifecycle.ACTIVE, Lifecycle.ON_HOLD}
    assert plan.in_use(PlanKind.EGENBEHANDLINGSPLAN) == (part if is_used else None)
    assert plan.in_use(PlanKind.KRISEPLAN) is None
