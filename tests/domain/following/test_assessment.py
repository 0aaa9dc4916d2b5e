from __future__ import annotations

import pytest

from domain.following.assessment import Doubt, Finding, FindingKind


@pytest.mark.parametrize("doubt", Doubt)
def test_only_an_old_value_is_old(doubt: Doubt) -> None:
    finding = Finding(kind=FindingKind.MEASUREMENT, doubt=doubt)
    assert finding.is_old is (doubt is Doubt.OLD)
