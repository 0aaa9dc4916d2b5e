"""What a death changes: which ties outlive the patient, and which rights.

Whoever acted for the patient no longer does, nothing is shared, and nothing is written. Personnel
with a care relation read for a time, to end what was begun and to answer the next of kin; and the
next of kin may read, unless there are particular reasons against it (pbrl. § 5-1, hpl. § 24;
section numbers need a lawyer's check). It is health personnel who let them, one by one.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from domain.access import age
from domain.access.relation import Basis
from domain.access.right import ABOUT_LOG, READS, Right

# What somebody can still stand on; an emergency or an attest ends by itself.
TIES = frozenset(
    {Basis.NEXT_OF_KIN, Basis.CARE_TEAM, Basis.HANDOVER, Basis.ATTEST, Basis.EMERGENCY}
)
# What can still be done, by who could.
RIGHTS = READS | ABOUT_LOG | {Right.EXPORT, Right.PREVIEW, Right.INFORM_KIN}
# And what personnel still can once their time is over.
RIGHTS_LATER = ABOUT_LOG | {Right.INFORM_KIN}


def is_long_ago(died_on: date, now: datetime, read_for: timedelta) -> bool:
    """Tell whether the time that personnel read for after a death is over."""
    return now >= age.midnight(died_on + read_for, now.tzinfo)
