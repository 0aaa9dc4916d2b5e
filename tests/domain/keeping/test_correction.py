from __future__ import annotations

from typing import Any

import pytest

from domain.author import Author
from domain.keeping.correction import (
    CorrectionDecision,
    CorrectionKind,
    CorrectionRequest,
    CorrectionState,
    decided,
    standing_beside,
)
from tests.builders import NOW

OMAR = Author(name="Omar Rashid")


def a_request(**fields: Any) -> CorrectionRequest:
    known: dict[str, Any] = {
        "id": "cor-1",
        "patient_id": "pat-1",
        "version": 1,
        "kind": CorrectionKind.DELETE,
        "entry_id": "rep-1",
        "text": "Gjaldt et annet barn",
        "asked_by": Author(name="Kari Fjell"),
        "asked_at": NOW,
    }
    return CorrectionRequest(**known | fields)


def test_a_decision_is_kept_with_who_when_and_why() -> None:
    answer = decided(a_request(), CorrectionDecision.PARTLY, "Bare målingen", NOW, OMAR)
    assert (answer.state, answer.version) == (CorrectionState.PARTLY, 2)
    assert (answer.reason, answer.decided_by, answer.decided_at) == ("Bare målingen", OMAR, NOW)


@pytest.mark.parametrize("kind", CorrectionKind)
@pytest.mark.parametrize("state", CorrectionState)
def test_only_an_accepted_deletion_takes_something_out_of_use(
    kind: CorrectionKind, state: CorrectionState
) -> None:
    takes_out = (kind, state) == (CorrectionKind.DELETE, CorrectionState.ACCEPTED)
    assert a_request(kind=kind, state=state).takes_out is takes_out


@pytest.mark.parametrize("state", CorrectionState)
def test_what_was_granted_stands_beside_the_entry_and_nothing_else_does(
    state: CorrectionState,
) -> None:
    asked = a_request(state=state)
    is_granted = state in (CorrectionState.ACCEPTED, CorrectionState.PARTLY)
    assert standing_beside([asked], "rep-1") == ([asked] if is_granted else [])


def test_a_value_is_meant_by_its_own_id_or_by_its_report() -> None:
    accepted = CorrectionState.ACCEPTED
    whole = a_request(state=accepted)
    by_report = a_request(state=accepted, line_id="msm-1")
    by_itself = a_request(state=accepted, entry_id="msm-1")
    asked = [whole, by_report, by_itself]
    assert standing_beside(asked, "rep-1") == [whole]
    assert standing_beside(asked, "msm-1", within="rep-1") == [by_report, by_itself]
    assert standing_beside(asked, "msm-2", within="rep-1") == []
