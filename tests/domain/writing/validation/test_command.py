from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

import pytest

from domain.command import Command
from domain.operation import Operation
from domain.writing.fault import FaultCode
from domain.writing.validation import faults_of_command
from tests.builders import NOW


class _Tell(Command):
    operation: ClassVar[Operation] = Operation.SEND_REPORT
    about: ClassVar[str] = "patient_id"

    patient_id: str = "pat_1"
    at: datetime = NOW
    values: tuple[int, ...] = ()


class _TellMuch(_Tell):
    most_items: ClassVar[int] = 500


def _found(command: type[_Tell], **fields: Any) -> list[tuple[str, FaultCode]]:
    faults = faults_of_command(command(idempotency_key="12345678", **fields))
    return [(fault.path, fault.code) for fault in faults]


@pytest.mark.parametrize(
    ("at", "code"),
    [
        (NOW.replace(tzinfo=None), FaultCode.TIME_ZONE_REQUIRED),
        (NOW.replace(year=1026), FaultCode.OUT_OF_RANGE),
    ],
)
def test_a_time_says_which_and_is_of_our_own(at: datetime, code: FaultCode) -> None:
    assert _found(_Tell, at=at) == [("at", code)]
    assert _found(_Tell) == []


@pytest.mark.parametrize(("command", "most"), [(_Tell, 100), (_TellMuch, 500)])
def test_a_list_is_as_long_as_its_command_allows(command: type[_Tell], most: int) -> None:
    assert _found(command, values=(1,) * most) == []
    assert _found(command, values=(1,) * (most + 1)) == [("values", FaultCode.TOO_MANY)]
