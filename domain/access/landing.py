"""The soft landing before a child is 12, when what parents see changes by itself.

They are told 90, 30 and 7 days ahead. If nobody has chosen what they keep by the day, they keep
what the deployment has set, until a named clinician decides.
"""

from __future__ import annotations

from datetime import date, timedelta

from domain.access import age

STAGES = (90, 30, 7)
"""How many days before the birthday it is told."""


def stage_on(born: date, today: date) -> int | None:
    """Return the stage that a child is at on a day, by the date in Norway; None for none.

    What could not be told on its own day is told late, as long as the next stage has not come.
    """
    left = age.days_until(born, age.LIMITED, today)
    return None if left <= 0 else min((each for each in STAGES if left <= each), default=None)


def born_between(today: date) -> tuple[date, date]:
    """Return the first and last birth date that a child at any stage can have."""
    earliest = date(today.year - age.LIMITED, today.month, min(today.day, 28))
    return earliest - timedelta(days=4), earliest + timedelta(days=max(STAGES) + 4)
