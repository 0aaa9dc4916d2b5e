"""What of Nora's self-care plan is shared with whom, and what her parents suggest."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from domain.content.line import ContentSection
from domain.cooperation.suggestion import SuggestionKind, SuggestionState
from domain.plan.sharing import RecipientKind, RecipientSetting, ShareScope
from local.people import ASSISTANT_NUMBER
from local.synthetic.part import Given, Suggested

NORA = "Nora Fjell"
KARI, OLA = "Kari Fjell", "Ola Fjell"
INGRID = "Ingrid Haugen"

EARLIER_SCHOOL = ("Solbakken skole", "999000193")
SCHOOL, ASSISTANT = "Fjordvik skole", "Vidar Berg"


def with_schools(begun: datetime, now: datetime) -> tuple[Given, ...]:
    """Return what two schools have of the zone sheet: one no longer, one with an assistant."""
    day, sheet = timedelta(days=1), (ShareScope.ZONE_SHEET,)
    earlier = share(EARLIER_SCHOOL, KARI, begun + 2 * day, withdrawn_at=now - 95 * day)
    school = share((SCHOOL, None), KARI, now - 90 * day, until=now + 210 * day)
    assistant = share((ASSISTANT, None), KARI, now - 60 * day, until=now + 210 * day)
    at_school = RecipientSetting.SCHOOL
    return (
        replace(earlier, setting=at_school, scopes=sheet),
        replace(school, setting=at_school, scopes=(*sheet, ShareScope.CONTACTS)),
        replace(
            assistant,
            kind=RecipientKind.PERSON,
            setting=at_school,
            scopes=sheet,
            recipient_number=ASSISTANT_NUMBER,
        ),
    )


def suggestions(written: datetime) -> tuple[Suggested, ...]:
    """Return what her parents suggest, one waiting and one declined with the reason."""
    day = timedelta(days=1)
    return (
        Suggested(
            kind=SuggestionKind.CHANGE,
            section=ContentSection.ACTIONS,
            line="a4",
            text="Varme opp ti minutter, med ball.",
            why="Uten ball blir det ikke gjort.",
            by=KARI,
            at=written + 3 * day,
        ),
        Suggested(
            kind=SuggestionKind.REMOVE,
            section=ContentSection.ACTIONS,
            line="a3",
            why="Hun er stor nok til å bestemme leggetiden selv.",
            by=OLA,
            at=written + 2 * day,
            state=SuggestionState.DECLINED,
            decided_by=INGRID,
            decided_at=written + 4 * day,
            reason="Lite søvn kan utløse anfall. Vi snakker om leggetiden på neste time.",
        ),
    )


def share(
    to: tuple[str, str | None],
    by: str,
    since: datetime,
    until: datetime | None = None,
    withdrawn_at: datetime | None = None,
) -> Given:
    """Return a share of a whole part with a name and organisation number."""
    return Given(
        recipient=to[0],
        organisation_number=to[1],
        shared_by=by,
        since=since,
        until=until,
        withdrawn_at=withdrawn_at,
    )
