"""Reviews that were held of synthetic plans."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from uuid import UUID

from domain.author import Author
from domain.cooperation.review import ReviewOutcome
from local.synthetic.remarks import REMARKS
from local.synthetic.rows import Batch, new_id
from store.tables import ReviewRow


@dataclass(frozen=True, kw_only=True)
class Held:
    """A review of a content version: when, by whom, and what came of it."""

    content_version: int
    at: datetime
    participants: tuple[str, ...]
    outcome: ReviewOutcome
    note: str
    next_due: date | None = None


def some_review(
    versions: int, written: datetime, due: date | None, names: tuple[str, str], random: Random
) -> tuple[Held, ...]:
    """Return the review behind the newest of some versions, for a third of them."""
    at = written - timedelta(days=2)
    if random.random() > 0.33 or versions < 2 or due is None or due <= at.date():
        return ()
    return (
        Held(
            content_version=versions - 1,
            at=at,
            participants=names,
            outcome=ReviewOutcome.REVISE,
            note=random.choice(REMARKS.reviews),
            next_due=due,
        ),
    )


def add_reviews(
    batch: Batch, patient: UUID, key: str, reviews: tuple[Held, ...], by: Author
) -> None:
    """Add the reviews of a part."""
    for review in reviews:
        batch.add(
            ReviewRow,
            patient_id=patient,
            id=new_id("review", key, review.content_version),
            part_id=new_id("part", key),
            content_version=review.content_version,
            held_at=review.at,
            participants=list(review.participants),
            outcome=review.outcome.name,
            note=review.note,
            next_due=review.next_due,
            by=by,
        )
