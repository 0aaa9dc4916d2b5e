"""Codes, the units of what they measure, and where a line came from."""

from __future__ import annotations

import re
from collections.abc import Collection

from domain.code_system import FOR_OBSERVABLES
from domain.coding import Coding
from domain.content.observable import definition, observables
from domain.source.origin import Origin
from domain.writing.fault import Fault, FaultCode
from domain.writing.validation.number import moment
from domain.writing.validation.text import Faults, identity_numbers, optional_line, required_line

_UCUM = re.compile("[!-~]{1,40}")


def code(coding: Coding, at: str, systems: Collection[str], origin: Origin | None = None) -> Faults:
    """Check a code: any code of these systems, or plain text.

    An unknown system is refused, since a misspelt one would silently keep a limit from ever being
    met and a medicine from being compared. A line taken over from a source keeps its source's code.
    """
    yield from required_line(coding.text, f"{at}.text")
    yield from optional_line(coding.system, f"{at}.system")
    yield from optional_line(coding.code, f"{at}.code")
    if (coding.system is None) != (coding.code is None):
        yield Fault(path=at, code=FaultCode.INCOMPLETE_CODE)
    elif coding.system is not None and origin is None and coding.system not in systems:
        yield Fault(path=f"{at}.system", code=FaultCode.UNKNOWN_CODE_SYSTEM)


def measure(observable: Coding, unit: str, at: str) -> Faults:
    """Check what is measured and that it is measured in its own unit, where we know it."""
    yield from code(observable, f"{at}.observable", FOR_OBSERVABLES)
    yield from identity_numbers(unit, f"{at}.unit")
    known = definition(observable)
    if known and unit != known.unit:
        yield Fault(path=f"{at}.unit", code=FaultCode.WRONG_UNIT, allowed=known.unit)
    elif not _UCUM.fullmatch(unit):
        yield Fault(path=f"{at}.unit", code=FaultCode.BAD_UNIT)


def same_measure(observable: Coding) -> tuple[str, str]:
    """Return a key that two codings share when they measure the same."""
    if known := observables(observable):
        return ("", "+".join(each.name for each in known))
    if observable.system is not None and observable.code is not None:
        return (observable.system, observable.code)
    return ("text", " ".join(observable.text.casefold().split()))


def taken_over(origin: Origin | None, at: str) -> Faults:
    """Check where a line came from."""
    if origin:
        yield from required_line(origin.source_id, f"{at}.sourceId")
        yield from moment(origin.retrieved_at, f"{at}.retrievedAt")
