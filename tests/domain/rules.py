"""Rules of access that stand, by default since yesterday."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from domain.access.rule import AccessRule, RuleKind
from domain.author import Author
from tests.builders import NOW


def a_rule(kind: RuleKind, **changes: Any) -> AccessRule:
    known: dict[str, Any] = {
        "id": "rul_1",
        "patient_id": "pat_1",
        "version": 1,
        "kind": kind,
        "set_by": Author(name="Kari Fjell"),
        "since": NOW - timedelta(days=1),
    }
    return AccessRule(**known | changes)
