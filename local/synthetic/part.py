"""A plan part as it stands in the store, and how chance makes one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import replace as replace_part
from datetime import date, datetime, timedelta
from random import Random
from typing import TypeVar

from msgspec.structs import replace

from domain.author import Author
from domain.content.line import ContentSection
from domain.content.plan_content import PlanContent
from domain.cooperation.suggestion import SuggestionKind, SuggestionState
from domain.plan.approval import AgreementState, Approval, ApprovalState
from domain.plan.part import IN_USE, Lifecycle, PlanKind
from domain.plan.sharing import RecipientKind, RecipientSetting, ShareScope
from local.synthetic.people import author, doctor, is_under, responsible
from local.synthetic.remarks import REMARKS, Remark, some_remarks
from local.synthetic.review import Held, some_review
from local.synthetic.stories import dated, linked
from local.synthetic.world import Person

T = TypeVar("T")

VENDOR = ("Nordlys Hjemmemåling AS", "999000900")

_LIFECYCLES = {
    Lifecycle.ACTIVE: 78,
    Lifecycle.DRAFT: 8,
    Lifecycle.ON_HOLD: 5,
    Lifecycle.COMPLETED: 5,
    Lifecycle.REVOKED: 4,
}
_APPROVALS = {
    ApprovalState.APPROVED: 60,
    ApprovalState.REQUESTED: 15,
    ApprovalState.NONE: 15,
    ApprovalState.RETURNED: 10,
}
_AGE_OF_CONSENT = 16
_NOT_APPROVED = Approval()
_FIRST_COMMENT = "Første versjon, skrevet etter samtale om hva som er viktig."


@dataclass(frozen=True)
class Version:
    """One content version: what it says, why it was written and when."""

    content: PlanContent
    comment: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Word:
    """What somebody says of a version: agreement or not."""

    person: str
    relation: str
    state: AgreementState
    content_version: int
    at: datetime
    comment: str | None = None


@dataclass(frozen=True, kw_only=True)
class Given:
    """A part given to somebody; a vendor or unit in health care gets the whole of it."""

    recipient: str
    organisation_number: str | None
    shared_by: str
    since: datetime
    kind: RecipientKind = RecipientKind.ORGANISATION
    setting: RecipientSetting = RecipientSetting.HEALTH
    scopes: tuple[ShareScope, ...] = (ShareScope.WHOLE_PART,)
    recipient_number: str | None = None
    until: datetime | None = None
    withdrawn_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Suggested:
    """An edit that somebody suggests, and what personnel decided about it if they have."""

    kind: SuggestionKind
    section: ContentSection
    why: str
    by: str
    at: datetime
    line: str | None = None
    text: str | None = None
    state: SuggestionState = SuggestionState.OPEN
    decided_by: str | None = None
    decided_at: datetime | None = None
    reason: str | None = None


@dataclass(frozen=True, kw_only=True)
class Part:
    """One plan part with all that hangs on it; `draft` are the versions of an open draft on top."""

    kind: PlanKind
    lifecycle: Lifecycle
    responsible: Author
    versions: tuple[Version, ...] = ()
    draft: tuple[Version, ...] = ()
    review_due: date | None = None
    approval: Approval = _NOT_APPROVED
    agreements: tuple[Word, ...] = ()
    shares: tuple[Given, ...] = ()
    remarks: tuple[Remark, ...] = ()
    suggestions: tuple[Suggested, ...] = ()
    reviews: tuple[Held, ...] = ()

    @property
    def newest(self) -> Version:
        """The newest version, of what is drafted where nothing is in use."""
        return (self.versions or self.draft)[-1]

    @property
    def written(self) -> datetime:
        """When the newest version was written."""
        return self.newest.at

    @property
    def begun(self) -> datetime:
        """When the first version was written."""
        return (self.versions or self.draft)[0].at


def by_chance(
    kind: PlanKind, content: PlanContent, person: Person, random: Random, now: datetime
) -> Part:
    """Return a part with a likely past."""
    answers_for = responsible(person)
    lifecycle = Lifecycle.COMPLETED if person.deceased else _weighted(random, _LIFECYCLES)
    is_draft = lifecycle is Lifecycle.DRAFT
    days = sorted(random.sample(range(8, 420), 1 if is_draft else random.randint(1, 3)))
    versions = history(content, days[::-1], person, random, now)
    if is_draft:
        by = author(answers_for)
        return Part(kind=kind, lifecycle=lifecycle, responsible=by, draft=versions)
    last = Part(kind=kind, lifecycle=lifecycle, responsible=author(answers_for), versions=versions)
    is_open = lifecycle in (Lifecycle.ACTIVE, Lifecycle.ON_HOLD)
    due = now.date() + timedelta(days=random.randint(-40, 170)) if is_open else None
    # A chance of its own, so that the rest of the past is as it was before there were reviews.
    chance = Random(f"{person.number}:{kind.name}:review")
    names = (str(person.name), answers_for.name)
    return Part(
        kind=kind,
        lifecycle=lifecycle,
        responsible=last.responsible,
        versions=versions,
        review_due=due,
        approval=_approval(last, person, random, now),
        agreements=_agreements(last, person, random, now),
        shares=_shares(last, person, random, now),
        remarks=some_remarks(content, person, answers_for, last.written, random, now),
        reviews=some_review(len(versions), last.written, due, names, chance),
    )


def history(
    content: PlanContent, days: Sequence[int], person: Person, random: Random, now: datetime
) -> tuple[Version, ...]:
    """Return versions that lead to a content, so many days ago: each adds the action it names."""
    times = [_working_hour(random, now, each) for each in days]
    content = dated(content, times[0].date(), times[-1].date())
    missing = range(len(days) - 1, -1, -1)
    return tuple(
        Version(_without_last(content, gone), _why(content, gone, order, person, random), at)
        for order, (gone, at) in enumerate(zip(missing, times, strict=True))
    )


def draft_on_top(part: Part, random: Random, now: datetime) -> Part:
    """Return a part in use with a draft that somebody began on top of it."""
    if part.lifecycle not in IN_USE:
        return part
    content = part.versions[-1].content
    newer = replace(content, title=f"{content.title} (utkast)")
    at = _working_hour(random, now, random.randint(1, 7))
    version = Version(newer, "Utkast til revisjon før neste evaluering.", at)
    return replace_part(part, draft=(version,))


def _working_hour(random: Random, now: datetime, days: int) -> datetime:
    """Return a time some days ago; `now` is early in the morning."""
    return now - timedelta(days=days) + timedelta(minutes=random.randint(60, 560))


def _without_last(content: PlanContent, count: int) -> PlanContent:
    return linked(replace(content, actions=content.actions[: len(content.actions) - count]))


def _why(content: PlanContent, gone: int, order: int, person: Person, random: Random) -> str:
    if order == 0:
        return _FIRST_COMMENT
    added = content.actions[len(content.actions) - gone - 1]
    return random.choice(REMARKS.changes).format(title=added.title, navn=person.name.given)


def _weighted(random: Random, weights: dict[T, int]) -> T:
    return random.choices(list(weights), list(weights.values()))[0]


def _approval(part: Part, person: Person, random: Random, now: datetime) -> Approval:
    state = _weighted(random, _APPROVALS)
    by = doctor(person)
    if by is None or state is ApprovalState.NONE:
        return Approval()
    at = min(now, part.written + timedelta(hours=random.randint(1, 100)))
    if state is ApprovalState.REQUESTED:
        return Approval(state=state)
    reason = random.choice(REMARKS.returned) if state is ApprovalState.RETURNED else None
    return Approval(state=state, by=by.name, at=at, reason=reason)


def _agreements(part: Part, person: Person, random: Random, now: datetime) -> tuple[Word, ...]:
    """Return the word of those entitled to give it, if they have given it."""
    given = []
    for name, relation in _entitled(person, now.date()):
        if random.random() < 0.4:
            continue
        disagrees = random.random() < 0.12
        given.append(
            Word(
                person=name,
                relation=relation,
                state=AgreementState.DISAGREES if disagrees else AgreementState.AGREES,
                content_version=len(part.versions),
                at=min(now, part.written + timedelta(hours=random.randint(2, 190))),
                comment=random.choice(REMARKS.disagreements) if disagrees else None,
            )
        )
    return tuple(given)


def _entitled(person: Person, today: date) -> list[tuple[str, str]]:
    if person.parents and is_under(person, _AGE_OF_CONSENT, today):
        return [(parent.name, "Forelder") for parent in person.parents]
    return [(str(person.name), "Pasient")]


def _shares(part: Part, person: Person, random: Random, now: datetime) -> tuple[Given, ...]:
    """Return the shares of a self-care part with the vendor of home monitoring."""
    if part.kind is not PlanKind.EGENBEHANDLINGSPLAN or random.random() > 0.35:
        return ()
    since = part.versions[0].at + timedelta(hours=3)
    is_over = random.random() < 0.3 or part.lifecycle is Lifecycle.REVOKED
    return (
        Given(
            recipient=VENDOR[0],
            organisation_number=VENDOR[1],
            shared_by=str(person.name),
            since=since,
            until=now + timedelta(days=random.randint(60, 300)) if random.random() < 0.5 else None,
            withdrawn_at=since + timedelta(days=random.randint(1, 5)) if is_over else None,
        ),
    )
