"""A yellow or red report in a line for those who come on duty; bokmål is complete."""

from __future__ import annotations

from collections.abc import Mapping

from domain.content.zone import ZoneLevel
from domain.following.receiving import ReceivingState
from domain.following.report import Report
from domain.following.urgent import UrgentReport
from domain.wording.entry import status
from domain.wording.plan import of_part
from domain.words import spoken

_REPORT: Mapping[ZoneLevel, Mapping[str, str]] = {
    ZoneLevel.RED: {"nb": "Rød melding", "en": "Red report"},
    ZoneLevel.YELLOW: {"nb": "Gul melding", "en": "Yellow report"},
}
_STANDS = {
    "unseen": {"nb": "{report} som ingen har sett.", "en": "{report} that nobody has seen."},
    "escalated": {
        "nb": "{report} som ingen har sett. Den er sendt videre.",
        "en": "{report} that nobody has seen. It was passed on.",
    },
    "seen": {"nb": "{report}, sett av {by}.", "en": "{report}, seen by {by}."},
    "acted": {"nb": "{report}, fulgt opp av {by}.", "en": "{report}, acted on by {by}."},
    "over": {"nb": "{report}. {status}.", "en": "{report}. {status}."},
}


def sentence(urgent: UrgentReport, language: str) -> str:
    """Return what was reported under which part, and where it stands."""
    report, spoken_in = urgent.report, spoken(language)
    words = _REPORT[report.urgency or ZoneLevel.YELLOW][spoken_in]
    case, by = _standing(report)
    became = status(report, language)
    said = _STANDS[case][spoken_in].format(report=words, by=by, status=became)
    return of_part(urgent.part_kind, said, language)


def _standing(report: Report) -> tuple[str, str | None]:
    """Return where a report stands, and who brought it there."""
    taken = report.receiving
    if not report.is_current:
        return "over", None
    if taken is None or taken.state is ReceivingState.SENT:
        return "escalated" if report.is_escalated else "unseen", None
    if taken.state is ReceivingState.SEEN:
        return "seen", taken.seen_by
    return "acted", taken.acted_by
