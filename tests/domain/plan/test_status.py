from __future__ import annotations

from datetime import timedelta

import pytest

from domain.plan.part import Lifecycle
from domain.plan.status import PlanStatus, PrivacySetting, status_of
from tests.builders import NOW
from tests.domain.parts import a_part

OPEN = PrivacySetting(has_consent=True, is_restricted=False, is_blocked=False)


@pytest.mark.parametrize(
    ("lifecycles", "stands"),
    [
        ((Lifecycle.REVOKED, Lifecycle.COMPLETED), Lifecycle.COMPLETED),
        ((Lifecycle.COMPLETED, Lifecycle.ON_HOLD), Lifecycle.ON_HOLD),
        ((Lifecycle.ON_HOLD, Lifecycle.ACTIVE, Lifecycle.DRAFT), Lifecycle.ACTIVE),
    ],
)
def test_the_part_that_is_used_most_tells_where_the_plan_stands(
    lifecycles: tuple[Lifecycle, ...], stands: Lifecycle
) -> None:
    status = status_of([a_part(lifecycle=each) for each in lifecycles], OPEN)
    assert status.lifecycle is stands
    assert status.has_active_plan is (stands is Lifecycle.ACTIVE)


@pytest.mark.parametrize("lifecycle", [Lifecycle.DRAFT, Lifecycle.ENTERED_IN_ERROR])
def test_a_draft_is_no_plan_yet_and_what_was_an_error_never_was(lifecycle: Lifecycle) -> None:
    assert status_of([a_part(lifecycle=lifecycle)], OPEN) == PlanStatus(privacy=OPEN)
    assert status_of([], None) == PlanStatus()


def test_it_was_changed_when_its_newest_part_was() -> None:
    older = a_part(updated_at=NOW - timedelta(days=9))
    draft = a_part(lifecycle=Lifecycle.DRAFT, updated_at=NOW + timedelta(days=9))
    status = status_of([older, a_part(updated_at=NOW), draft], None)
    assert status.last_changed_at == NOW
