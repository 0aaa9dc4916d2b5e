"""Many questions in one statement: a table of what is asked, a row for each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ARRAY, TableValuedAlias, bindparam, column, func

PLACE = "place"


def asked_table(kinds: Mapping[str, Any]) -> TableValuedAlias:
    """Return a table with a column of each kind, from parameters of the same names that are lists.

    `place` counts the rows from 1.
    """
    lists = (bindparam(name, type_=ARRAY(kind)) for name, kind in kinds.items())
    columns = (column(name, kind) for name, kind in kinds.items())
    made = func.unnest(*lists).table_valued(*columns, with_ordinality=PLACE)
    return made.render_derived("asked")
