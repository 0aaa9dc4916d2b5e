"""How far a plan part has been compared with a source, and what was found.

A comparison is of one part and one section. It begins when the part is activated and anew when it
is reviewed; what the source says then is the baseline that later answers are held against.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime, timedelta
from enum import Enum

from msgspec.structs import replace

from domain.content.plan_content import PlanContent
from domain.content.self_care import MedicineInstruction
from domain.noun import Noun
from domain.outdated.fingerprint import Fingerprint
from domain.outdated.reason import Noticed, OutdatedKind, OutdatedReason, changes
from domain.outdated.source_line import SOURCE_OF
from domain.plan.part import PlanPart
from domain.source.section import SectionName, SourceName

FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=1), timedelta(hours=6)
SILENT_AFTER = timedelta(minutes=15)


class ComparisonState(Enum):
    """What the absence of a reason is worth. Only COMPARED is a word of the source's."""

    COMPARED = "COMPARED"
    PARTLY_COMPARED = "PARTLY_COMPARED"
    WAITING = "WAITING"
    NOT_FOLLOWED = "NOT_FOLLOWED"
    CLOSED = "CLOSED"


class Comparison(Noun):
    """A part held against one section of a source.

    `since` is the activation or review it counts from, `baseline_at` when the source first answered
    after that, `compared_at` when it last did. `told_at` is the newest change that the source has
    told of and nobody has seen yet. `due_at` is when to ask next, None while nothing is known to
    have changed; what is closed is asked for again though nothing is. `key_id` says which key the
    fingerprints were made with, and `blind_to` which registers the source had not looked in for
    them. `accepted` are the disagreements that a review has let stand. `heard_at` is when the feed
    was last read.
    """

    patient_id: str
    part_id: str
    section: SectionName
    since: datetime
    due_at: datetime | None
    attempts: int = 0
    told_at: datetime | None = None
    baseline_at: datetime | None = None
    compared_at: datetime | None = None
    key_id: str | None = None
    blind_to: tuple[str, ...] = ()
    is_partial: bool = False
    is_closed: bool = False
    fingerprints: tuple[Fingerprint, ...] = ()
    accepted: tuple[str, ...] = ()
    reasons: tuple[Noticed, ...] = ()
    heard_at: datetime | None = None

    @property
    def reason_count(self) -> int:
        """How many reasons there are; what the worklist looks at."""
        return len(self.reasons)

    @property
    def source(self) -> SourceName:
        """Whose section it is."""
        return SOURCE_OF[self.section]

    @property
    def as_of(self) -> datetime | None:
        """Until when it is known what has changed: while the feed was read and told nothing."""
        if self.compared_at is None or self.due_at is not None or self.heard_at is None:
            return self.compared_at
        return max(self.compared_at, self.heard_at)

    def state(self, now: datetime) -> ComparisonState:
        """Return what may be concluded from it at a time."""
        if self.is_closed and self.told_at is None:
            return ComparisonState.CLOSED
        if self.compared_at is None or self.due_at is not None:
            return ComparisonState.WAITING
        if self.as_of is None or now - self.as_of > SILENT_AFTER:
            return ComparisonState.NOT_FOLLOWED
        return ComparisonState.PARTLY_COMPARED if self.is_partial else ComparisonState.COMPARED


class Answered(Noun):
    """What a source answered, as far as it is kept: fingerprints, and where the plan says other.

    `disagreements` are about lines of the plan. `blind_to` names the registers that the source did
    not look in; `is_whole` tells that nothing is known to be missing.
    """

    key_id: str
    fingerprints: tuple[Fingerprint, ...]
    disagreements: tuple[Noticed, ...] = ()
    blind_to: tuple[str, ...] = ()
    is_whole: bool = True


def begun(part: PlanPart, now: datetime) -> tuple[Comparison, ...]:
    """Return the comparisons of a part that nothing has been compared with, due at once."""
    return tuple(
        Comparison(
            patient_id=part.patient_id, part_id=part.id, section=section, since=now, due_at=now
        )
        for section in SOURCE_OF
    )


def begun_anew(known: Comparison, since: datetime, now: datetime) -> Comparison:
    """Return a comparison that counts from a new content of the part; what was found is over.

    A change that was told of later than that is not seen yet.
    """
    is_later = known.told_at is not None and known.told_at > since
    return Comparison(
        patient_id=known.patient_id,
        part_id=known.part_id,
        section=known.section,
        since=since,
        due_at=now,
        told_at=known.told_at if is_later else None,
        accepted=known.accepted,
    )


def reviewed(known: Comparison, held_at: datetime, now: datetime) -> Comparison:
    """Return a comparison after a review that let the part stand as it is.

    Disagreements that were known then are accepted until plan or list changes. A review says
    nothing of what was noticed after it was held: then all stays as it was.
    """
    if any(reason.noticed_at > held_at for reason in known.reasons):
        return known
    marks = [r.mark for r in known.reasons if r.kind is OutdatedKind.PLAN_AND_LIST_DISAGREE]
    accepted = tuple(dict.fromkeys([*known.accepted, *marks]))
    return replace(begun_anew(known, held_at, now), accepted=accepted)


def unanswered(known: Comparison, now: datetime) -> Comparison:
    """Return a comparison whose source gave no answer: it is asked again, later each time."""
    wait = min(FIRST_WAIT * 2 ** min(known.attempts, 16), LONGEST_WAIT)
    return replace(known, attempts=known.attempts + 1, due_at=now + wait)


def closed(known: Comparison, again_at: datetime | None) -> Comparison:
    """Return a comparison with what a source does not give out, or can't have.

    What it said earlier is not to be known of any more, so what was made of it goes too. At
    `again_at` it is asked whether it still gives nothing out.
    """
    return Comparison(
        patient_id=known.patient_id,
        part_id=known.part_id,
        section=known.section,
        since=known.since,
        due_at=again_at,
        is_closed=True,
        accepted=known.accepted,
    )


def answered(known: Comparison, answer: Answered, now: datetime) -> Comparison:
    """Return a comparison with what a source says now.

    The first answer is the baseline, and one that can't be held against the old one is a new
    baseline. What is back as it was is no reason any more; a reason keeps the time it was noticed.
    """
    is_first = not _is_comparable(known, answer)
    baseline = answer.fingerprints if is_first else known.fingerprints
    disagreements = [each for each in answer.disagreements if each.mark not in known.accepted]
    found = [
        *_standing(known, answer, now, is_first=is_first),
        *changes(known.section, baseline, answer.fingerprints, now, is_whole=answer.is_whole),
        *disagreements,
    ]
    return replace(
        known,
        due_at=None,
        attempts=0,
        told_at=None,
        baseline_at=now if is_first else known.baseline_at,
        compared_at=now,
        key_id=answer.key_id,
        blind_to=answer.blind_to if is_first else known.blind_to,
        is_partial=not answer.is_whole,
        is_closed=False,
        fingerprints=baseline,
        reasons=_merged(known.reasons, found),
    )


def _is_comparable(known: Comparison, answer: Answered) -> bool:
    """Tell whether an answer can be held against the baseline.

    Another key makes other fingerprints, and where the source has looked in more registers than
    it had then, what they hold need not be new.
    """
    sees_more = bool({*known.blind_to} - {*answer.blind_to})
    return known.baseline_at is not None and known.key_id == answer.key_id and not sees_more


def _standing(
    known: Comparison, answer: Answered, now: datetime, *, is_first: bool
) -> Iterator[Noticed]:
    """Give the reasons that this answer can't take away, and the one that there was no baseline."""
    if is_first and known.told_at is not None and known.told_at > known.since:
        yield Noticed(kind=OutdatedKind.CHANGE_NOT_SEEN, noticed_at=now)
    seen = {each.line for each in answer.fingerprints}
    for reason in known.reasons:
        is_of_plan = reason.kind is OutdatedKind.PLAN_AND_LIST_DISAGREE
        is_unseen = not answer.is_whole and reason.mark not in seen
        is_unseen |= reason.kind is OutdatedKind.CHANGE_NOT_SEEN
        if (is_first or is_unseen) and not is_of_plan:
            yield reason


def _merged(earlier: Iterable[Noticed], found: Iterable[Noticed]) -> tuple[Noticed, ...]:
    """Return what was found, each once, those known before with the time they were noticed."""
    noticed = {each.is_about: each.noticed_at for each in earlier}
    once = {each.is_about: each for each in found}
    kept = [
        replace(each, noticed_at=noticed.get(about, each.noticed_at))
        for about, each in once.items()
    ]
    return tuple(sorted(kept, key=lambda each: (each.noticed_at, each.kind.name, each.mark)))


def shown(
    known: Comparison,
    content: PlanContent | None,
    *,
    to_guardian: bool,
    unseen: Collection[str] = (),
) -> tuple[OutdatedReason, ...]:
    """Return the reasons that somebody who may see the section may know of.

    A guardian is not told of a line that the source hides from guardians, and nobody of the plan's
    lines that are `unseen` to them.
    """
    care = content.self_care if content else None
    lines = {line.id: line for line in care.medicines} if care else {}
    told = [
        reason
        for reason in known.reasons
        if not (to_guardian and reason.is_hidden_from_guardians) and reason.line_id not in unseen
    ]
    return tuple(_shown(known.section, each, lines.get(each.line_id or "")) for each in told)


def _shown(
    section: SectionName, noticed: Noticed, line: MedicineInstruction | None
) -> OutdatedReason:
    return OutdatedReason(
        kind=noticed.kind, section=section, noticed_at=noticed.noticed_at, line=line
    )
