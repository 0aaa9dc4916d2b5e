"""A plan part as somebody sees it from whom lines of it are hidden: as if they had never been.

A version counts where it changed something that they see, and is numbered by that; what links to a
hidden line does not; what changed nothing visible has left no trace in the part's head. A free text
that tells of a hidden line is the writer's responsibility: no machine finds it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import pairwise

from msgspec.structs import replace

from domain import ids
from domain.author import Author
from domain.content.line import LINKS, SECTIONS, ContentSection, Line, content_of, lines
from domain.content.plan_content import PlanContent, TemplateUse
from domain.content.self_care import SelfCare
from domain.event import EventKind
from domain.noun import Noun
from domain.plan.approval import Approval, ApprovalState
from domain.plan.part import PlanPart
from domain.plan.version import DraftVersion, PlanVersion

# What everybody must go by in an emergency, and what zone evaluation rests on, whose answers would
# tell of it. It is hidden with its whole part, or not at all.
_TOGETHER = frozenset({ContentSection.ZONES, ContentSection.MEASUREMENTS, ContentSection.RECEIVER})
_OF_APPROVAL = (EventKind.APPROVAL_REQUESTED, EventKind.APPROVAL_DECIDED)
_OF_HEAD = frozenset(
    {
        *_OF_APPROVAL,
        EventKind.PART_ACTIVATED,
        EventKind.PART_REVISED,
        EventKind.PART_HELD,
        EventKind.PART_RESUMED,
        EventKind.PART_COMPLETED,
        EventKind.PART_REVOKED,
        EventKind.PART_ENTERED_IN_ERROR,
        EventKind.REVIEW_HELD,
        EventKind.REVIEW_DUE_SET,
        EventKind.HANDOVER_ACCEPTED,
    }
)


class Change(Noun):
    """What happened to a part or one of its drafts, by its event.

    The subject is the part, a draft, a review, or the handover that moved it. `by` is None once the
    log is emptied.
    """

    id: str
    subject_id: str
    part_id: str
    kind: EventKind
    at: datetime
    version: int | None = None
    by: Author | None = None


class DraftTrace(Noun):
    """A draft with all that was saved of it."""

    id: str
    part_id: str
    based_on: int
    activated_as: int | None = None
    versions: tuple[DraftVersion, ...] = ()


class SeenPart(Noun):
    """A part as it is seen: its versions, newest first and numbered without gaps.

    `numbers` leads from the real number of a content version to that of what was seen then.
    `unseen` are the ids of the events that changed nothing visible.
    """

    part: PlanPart
    versions: tuple[PlanVersion, ...]
    numbers: Mapping[int, int]
    unseen: frozenset[str] = frozenset()

    def number(self, real: int) -> int:
        """Return the number that somebody sees a content version under."""
        return self.numbers.get(real, real)

    def real(self, seen: int) -> int:
        """Return the newest content version that is seen under a number."""
        return max((real for real, each in self.numbers.items() if each == seen), default=seen)


class _Group(Noun):
    """Content versions that look the same to somebody; the first made the change they see."""

    first: PlanVersion
    repeats: tuple[PlanVersion, ...] = ()

    @property
    def approval(self) -> Approval:
        """Where approval of what is seen stands: of the first that was approved, else the first."""
        approvals = [each.approval for each in (self.first, *self.repeats)]
        found = (each for each in approvals if each.state is ApprovalState.APPROVED)
        return next(found, approvals[0])


def can_be_hidden(content: PlanContent, line_id: str) -> bool:
    """Tell whether a content has a line that can be hidden by itself."""
    named = [line for line in lines(content).values() if line.id == line_id]
    return bool(named) and all(_is_hideable(line) for line in named)


def without(content: PlanContent, hidden: Collection[str]) -> PlanContent:
    """Return what a content says without some lines, and without anything that points at them."""
    kept = [
        _unlinked(line, hidden)
        for line in lines(content).values()
        if line.id not in hidden or not _is_hideable(line)
    ]
    template = content.template and _confirmed(content.template, hidden)
    return content_of(kept, template, has_self_care=content.self_care == SelfCare())


def looks_alike(before: PlanContent, after: PlanContent, hidden: Collection[str]) -> bool:
    """Tell whether two contents are the same without some lines."""
    return _looks(before, hidden) == _looks(after, hidden)


def as_seen(
    part: PlanPart,
    versions: Sequence[PlanVersion],
    hidden: Collection[str],
    changes: Iterable[Change] = (),
) -> SeenPart:
    """Return a part without some lines; `versions` are all it has had, `changes` its events."""
    groups = _groups(versions, hidden)
    numbers = {0: 0} | {
        each.number: place
        for place, group in enumerate(groups, 1)
        for each in (group.first, *group.repeats)
    }
    known = [each for each in changes if each.part_id == part.id and _is_of_head(each)]
    unseen = [each for each in known if _is_unseen(each, groups)]
    # What came without events, as a plan that was imported, is known by its versions alone.
    bumps = {each.version for each in unseen}
    bumps |= {each.head_version for group in groups for each in group.repeats}
    shown = tuple(
        replace(group.first, number=place, approval=group.approval)
        for place, group in enumerate(groups, 1)
    )
    seen = replace(
        part,
        version=part.version - len(bumps),
        content_version=numbers.get(part.content_version, part.content_version),
        content=None if part.content is None else without(part.content, hidden),
        change_comment=shown[-1].change_comment if shown else part.change_comment,
        approval=shown[-1].approval if shown else part.approval,
        agreements=tuple(
            replace(each, content_version=numbers.get(each.content_version, each.content_version))
            for each in part.agreements
        ),
    )
    if part.version in bumps:
        seen = _as_last_seen(seen, known, unseen, groups)
    return SeenPart(
        part=seen,
        versions=tuple(reversed(shown)),
        numbers=numbers,
        unseen=frozenset(each.id for each in unseen),
    )


def is_unseen(draft: DraftTrace, part: SeenPart, hidden: Collection[str]) -> bool:
    """Tell whether a draft changes nothing that somebody sees."""
    if draft.activated_as is not None:
        mine = part.number(draft.activated_as)
        return draft.activated_as > 1 and part.number(draft.activated_as - 1) == mine
    based_on = part.number(draft.based_on)
    began = next((each.content for each in part.versions if each.number == based_on), None)
    said = [_looks(each.content, hidden) for each in draft.versions]
    return began is not None and bool(said) and all(each == _bare(began) for each in said)


def unseen_saves(draft: DraftTrace, hidden: Collection[str]) -> Iterator[int]:
    """Yield the versions that a draft got by saving nothing that somebody sees."""
    saved = sorted(draft.versions, key=lambda each: each.number)
    for before, after in pairwise(saved):
        if looks_alike(before.content, after.content, hidden):
            yield after.head_version


def _groups(versions: Iterable[PlanVersion], hidden: Collection[str]) -> list[_Group]:
    groups: list[_Group] = []
    for version in sorted(versions, key=lambda each: each.number):
        shown = replace(version, content=without(version.content, hidden))
        if groups and _bare(groups[-1].first.content) == _bare(shown.content):
            groups[-1] = replace(groups[-1], repeats=(*groups[-1].repeats, version))
        else:
            groups.append(_Group(first=shown))
    return groups


def _is_unseen(change: Change, groups: Sequence[_Group]) -> bool:
    """Tell whether an event is of a content that looked like the one before it.

    That such a one was approved is seen where it is the first approval of what it looks like.
    """
    if any(change.version == each.head_version for group in groups for each in group.repeats):
        return True
    if change.kind not in _OF_APPROVAL or change.version is None:
        return False
    number, group = _current(change.version, groups)
    is_repeat = group is not None and number != group.first.number
    return is_repeat and group is not None and group.approval.at != change.at


def _current(head_version: int, groups: Sequence[_Group]) -> tuple[int, _Group | None]:
    """Return the content version that stood when the part had a version, and its group."""
    found: tuple[int, _Group | None] = (0, None)
    for group in groups:
        for each in (group.first, *group.repeats):
            if each.head_version <= head_version:
                found = (each.number, group)
    return found


def _as_last_seen(
    part: PlanPart, known: Sequence[Change], unseen: Sequence[Change], groups: Sequence[_Group]
) -> PlanPart:
    """Return the part as last changed by whoever made the newest change that is seen."""
    told = [(each.at, each.by) for each in known if each not in unseen and each.by is not None]
    known_at = {at for at, _ in told}
    firsts = (group.first for group in groups)
    told += [(each.created_at, each.author) for each in firsts if each.created_at not in known_at]
    at, by = max(told, key=lambda each: each[0])
    return replace(part, updated_at=at, updated_by=by)


def _is_of_head(change: Change) -> bool:
    """Tell whether an event changed the head of its part; a draft's own head is another."""
    return change.kind in _OF_HEAD and not change.subject_id.startswith(ids.DRAFT)


def _is_hideable(line: Line) -> bool:
    return line.field != "title" and SECTIONS[line.field] not in _TOGETHER


def _unlinked(line: Line, hidden: Collection[str]) -> Line:
    """Return a line without its links to hidden ones."""
    if not isinstance(line.value, Noun):
        return line
    links = {
        name: tuple(each for each in getattr(line.value, name) if each not in hidden)
        for name in LINKS
        if name in line.value.__struct_fields__
    }
    return replace(line, value=replace(line.value, **links)) if links else line


def _confirmed(template: TemplateUse, hidden: Collection[str]) -> TemplateUse:
    kept = tuple(each for each in template.confirmed_lines if each not in hidden)
    return replace(template, confirmed_lines=kept)


def _looks(content: PlanContent, hidden: Collection[str]) -> PlanContent:
    return _bare(without(content, hidden))


def _bare(content: PlanContent) -> PlanContent:
    """Return a content without where it came from, which nobody is shown."""
    return replace(content, template=None)
