"""JSON made by PostgreSQL: one value per statement, shaped as the domain decodes it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, ColumnElement, FromClause, cast, func, literal, select
from sqlalchemy.dialects.postgresql import aggregate_order_by

EMPTY = cast(literal("{}"), JSON(none_as_null=True))


def json_object(**members: Any) -> ColumnElement[Any]:
    """Return a JSON object of expressions; names become camelCase. Any: SQL has no Python type."""
    pairs: list[Any] = []
    for name, value in members.items():
        pairs += [literal(_camel(name)), value]
    return func.json_build_object(*pairs)


def json_list(
    item: ColumnElement[Any], source: FromClause, *where: ColumnElement[bool], order: Any
) -> ColumnElement[Any]:
    """Return a subquery that gathers the items of a table in an order; `[]` when there are none."""
    gathered = func.json_agg(aggregate_order_by(item, *order))
    empty = cast(literal("[]"), JSON(none_as_null=True))
    listed = select(func.coalesce(gathered, empty)).select_from(source).where(*where)
    # Said outright: left to itself, SQLAlchemy correlates with the nearest statement only.
    return listed.correlate_except(source).scalar_subquery()


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)
