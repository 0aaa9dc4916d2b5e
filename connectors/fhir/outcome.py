"""What a search tells besides its matches."""

from __future__ import annotations

from collections.abc import Iterable

from connectors.fhir.wire import WireOutcome
from domain.source.section import Reason, ReasonCode


def troubles(outcomes: Iterable[WireOutcome]) -> list[Reason]:
    """Return PART_UNAVAILABLE if any issue is more than information.

    We can't know what a source's warning is about, only that it may have kept something back.
    """
    issues = (issue for outcome in outcomes for issue in outcome.issue)
    if any(issue.severity != "information" for issue in issues):
        return [Reason(code=ReasonCode.PART_UNAVAILABLE)]
    return []
