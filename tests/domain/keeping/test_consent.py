from __future__ import annotations

import pytest

from domain.given_word import GivenWord, WordGiver
from domain.keeping import consent
from domain.keeping.consent import REVOKED, Consent, ConsentKind
from domain.plan.approval import Approval, ApprovalState
from domain.plan.part import Lifecycle, Plan
from tests.builders import NOW
from tests.domain.parts import INGRID, a_part

WORD = GivenWord(at=NOW, by="Kari Fjell", giver=WordGiver.PARENT)


def test_it_is_open_until_it_is_withdrawn() -> None:
    given = Consent(id="c", patient_id="p", kind=ConsentKind.HAVE_PLAN, version=1, given=WORD)
    ended = consent.withdrawn(given, WORD, "Nei takk")
    assert given.withdrawn_at is None
    assert (ended.withdrawn_at, ended.reason, ended.version) == (NOW, "Nei takk", 2)


@pytest.mark.parametrize("lifecycle", list(Lifecycle))
def test_only_living_parts_end_with_it(lifecycle: Lifecycle) -> None:
    plan = Plan(id="p", patient_id="p", parts=(a_part(lifecycle=lifecycle),))
    is_living = lifecycle in {Lifecycle.DRAFT, Lifecycle.ACTIVE, Lifecycle.ON_HOLD}
    assert bool(consent.living_parts(plan)) is is_living
    assert consent.living_parts(None) == []


@pytest.mark.parametrize(
    ("reason", "told"), [(None, REVOKED), ("Nei takk.", f"{REVOKED} Nei takk.")]
)
def test_a_part_that_ends_with_it_says_why(reason: str | None, told: str) -> None:
    part = consent.revoked(a_part(), reason, NOW, INGRID)
    assert (part.lifecycle, part.reason, part.version) == (Lifecycle.REVOKED, told, 3)


def test_without_content_nothing_that_was_written_is_left_but_the_reason() -> None:
    approval = Approval(state=ApprovalState.RETURNED, by="Omar", at=NOW, reason="Dosen er feil")
    part = a_part(change_comment="Ny dose", approval=approval, reason=REVOKED)
    known = consent.without_content(part)
    assert (known.content, known.change_comment, known.reason) == (None, None, REVOKED)
    assert known.approval == Approval(state=ApprovalState.RETURNED, at=NOW)
