"""What only the inputs of working together have: municipalities, days to come, times that were."""

from __future__ import annotations

import re
from datetime import date, datetime

from domain.writing.fault import Fault, FaultCode
from domain.writing.validation.text import Faults

_MUNICIPALITY_NUMBER = re.compile("[0-9]{4}")


def municipality_number(value: str, at: str) -> Faults:
    """Check the form of a municipality's number."""
    if not _MUNICIPALITY_NUMBER.fullmatch(value):
        yield Fault(path=at, code=FaultCode.BAD_MUNICIPALITY_NUMBER)


def after(value: date | None, today: date, at: str) -> Faults:
    """Check a day that must be given and lie after today."""
    if value is None:
        yield Fault(path=at, code=FaultCode.REQUIRED)
    elif value <= today:
        yield Fault(path=at, code=FaultCode.NOT_IN_FUTURE)


def already_been(value: datetime | None, now: datetime, at: str) -> Faults:
    """Check a time that may be given and must have been."""
    if value is None:
        return
    if value.tzinfo is None:
        yield Fault(path=at, code=FaultCode.TIME_ZONE_REQUIRED)
    elif value > now:
        yield Fault(path=at, code=FaultCode.IN_FUTURE)
