"""A command's own fields: its key, its texts, its days, and the content it brings."""

from __future__ import annotations

from datetime import date, datetime

from msgspec import structs

from domain.command import Command
from domain.content.plan_content import PlanContent
from domain.given_word import SpokenWord
from domain.writing.fault import Fault, FaultCode
from domain.writing.validation.content import faults_of
from domain.writing.validation.line import few
from domain.writing.validation.number import day, moment
from domain.writing.validation.text import (
    Faults,
    optional_text,
    organisation_number,
    required_line,
    required_text,
)

KEY_LENGTHS = range(8, 101)


def faults_of_command(command: Command) -> tuple[Fault, ...]:
    """Return everything that keeps a command from being done, whoever sends it.

    Ids are not looked at: one that is none names nothing, and is answered so.
    """
    return tuple(fault for field in structs.fields(command) for fault in _field(command, field))


def _field(command: Command, field: structs.FieldInfo) -> Faults:
    value, at = getattr(command, field.name), field.encode_name
    if field.name == "idempotency_key":
        yield from _key(command.idempotency_key, at)
    elif isinstance(value, PlanContent):
        yield from faults_of(value, at)
    elif isinstance(value, SpokenWord):
        yield from required_line(value.by, f"{at}.by")
        yield from required_text(value.how, f"{at}.how")
    elif isinstance(value, tuple):
        yield from few(value, at, command.most_items)
    elif isinstance(value, datetime):
        yield from moment(value, at)
    elif isinstance(value, date):
        yield from day(value, at)
    elif isinstance(value, str) and field.name == "organisation_number":
        yield from organisation_number(value, at)
    elif isinstance(value, str) and not field.name.endswith("_id"):
        check = required_text if field.required else optional_text
        yield from check(value, at)


def _key(key: str, at: str) -> Faults:
    if len(key) not in KEY_LENGTHS or not (key.isascii() and key.isprintable()):
        yield Fault(path=at, code=FaultCode.BAD_KEY)
