"""What the privacy officer should look into: simple counts, each with the rule it was found by.

None of it says that anybody did wrong. Nothing in it tells of a patient.
"""

from __future__ import annotations

from datetime import date, timedelta
from enum import Enum

from domain.author import Author
from domain.noun import Noun

LONGEST = timedelta(days=92)
# Somebody who is refused once has made a mistake; so often on one day they may be searching.
MANY_REFUSALS = 3
# A day is unusual with so many patients, and so many times what is usual at the person's own unit.
MANY_PATIENTS = 20
TIMES_USUAL = 3
# A number that leads to nobody is mistyped; so many on one day may be tried.
MANY_MISSES = 3


class RemarkKind(Enum):
    """Why something is in the report."""

    READ_WITHOUT_RELATION = "READ_WITHOUT_RELATION"
    REFUSED = "REFUSED"
    UNUSUAL_VOLUME = "UNUSUAL_VOLUME"
    UNREVIEWED_EMERGENCY = "UNREVIEWED_EMERGENCY"
    SEARCHED_BY_NUMBER = "SEARCHED_BY_NUMBER"


class RemarkPosition(Noun):
    """A remark's place in the report."""

    day: date
    kind: RemarkKind
    person: str
    unit: str


class AccessRemark(Noun):
    """One person of the organisation's staff on one day, and what was found.

    `patients` is of how many, `times` how often; `usual` is the median of patients a person and
    day at the same unit since the report begins, where it was held against that.
    """

    kind: RemarkKind
    day: date
    by: Author
    patients: int
    times: int
    usual: float | None = None

    @property
    def position(self) -> RemarkPosition:
        """The remark's place in the report."""
        return RemarkPosition(
            day=self.day,
            kind=self.kind,
            person=self.by.hpr_number or "",
            unit=self.by.organisation_number or "",
        )
