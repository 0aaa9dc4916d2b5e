"""What all tables have in common: names of constraints, types, and two constraints used often."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, DateTime, ForeignKeyConstraint, MetaData, Text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import DeclarativeBase

_NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Row(DeclarativeBase):
    """A table row. Enums are kept as text under a check, which a migration can widen in place."""

    metadata = MetaData(naming_convention=_NAMES)
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        str: Text,
        datetime: DateTime(timezone=True),
        list[str]: ARRAY(Text),
    }


def one_of(column: str, values: type) -> CheckConstraint:
    """Return the check that a text column holds the name of an enum's member."""
    names = ", ".join(f"'{value.name}'" for value in values)  # type: ignore[attr-defined]  # an Enum
    return CheckConstraint(f"{column} IN ({names})", name=column)


def of_part() -> ForeignKeyConstraint:
    """Return the tie of a row to the plan part that it belongs to."""
    return ForeignKeyConstraint(
        ["patient_id", "part_id"], ["plan_part.patient_id", "plan_part.id"], ondelete="CASCADE"
    )
