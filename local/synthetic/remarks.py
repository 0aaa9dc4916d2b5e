"""What people say about plans, taken from a list of sentences."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

import msgspec

from domain.content.plan_content import PlanContent
from domain.cooperation.comment import CommentStatus, Visibility
from local.synthetic.world import Person, TeamMember


class Sentence(msgspec.Struct, frozen=True):
    """A comment and its answer; `line` is the kind of line it is about, None for the part."""

    text: str
    answer: str
    line: str | None = None


class Remarks(msgspec.Struct, frozen=True):
    """The sentences that synthetic plans draw on."""

    changes: tuple[str, ...]
    returned: tuple[str, ...]
    disagreements: tuple[str, ...]
    handovers: tuple[str, ...]
    reviews: tuple[str, ...]
    comments: tuple[Sentence, ...]


REMARKS = msgspec.json.decode(
    Path(__file__).with_name("remarks.json").read_bytes(), type=Remarks, strict=True
)

_STATUSES = {CommentStatus.OPEN: 4, CommentStatus.ANSWERED: 5, CommentStatus.PARKED: 1}


@dataclass(frozen=True, kw_only=True)
class Remark:
    """A comment with the answers to it."""

    text: str
    author: str
    at: datetime
    status: CommentStatus
    line: str | None = None
    on_behalf_of: str | None = None
    answers: tuple[Remark, ...] = ()
    visibility: Visibility = Visibility.EVERYONE


def some_remarks(
    content: PlanContent,
    person: Person,
    answers_for: TeamMember,
    since: datetime,
    random: Random,
    now: datetime,
) -> tuple[Remark, ...]:
    """Return no, one or two comments made since a version was written."""
    how_many = random.choices((0, 1, 2), (6, 3, 1))[0]
    drawn = random.sample(REMARKS.comments, how_many)
    span = (now - since) // 2
    return tuple(
        _remark(sentence, content, person, answers_for, since + span * random.random(), random)
        for sentence in drawn
    )


def _remark(
    sentence: Sentence,
    content: PlanContent,
    person: Person,
    answers_for: TeamMember,
    at: datetime,
    random: Random,
) -> Remark:
    parent = random.choice(person.parents) if person.parents else None
    status = random.choices(tuple(_STATUSES), tuple(_STATUSES.values()))[0]
    answer = Remark(
        text=sentence.answer,
        author=answers_for.name,
        at=at + timedelta(hours=random.randint(1, 60)),
        status=CommentStatus.ANSWERED,
        line=_line(sentence, content),
    )
    return Remark(
        text=sentence.text,
        author=parent.name if parent else str(person.name),
        at=at,
        status=status,
        line=answer.line,
        on_behalf_of=str(person.name) if parent else None,
        answers=(answer,) if status is CommentStatus.ANSWERED else (),
    )


def _line(sentence: Sentence, content: PlanContent) -> str | None:
    lines = {
        "PROBLEM": [problem.id for problem in content.problems],
        "GOAL": [goal.id for goal in content.goals],
        "ACTION": [action.id for action in content.actions],
    }
    return next(iter(lines.get(sentence.line or "", ())), None)
