"""What no law gives on a day: a right that rests on nothing is refused, whoever has it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from domain.access.legal_basis import bases, in_force
from domain.access.matrix import CELLS
from domain.access.right import Right
from domain.access.standing import Standing
from domain.refusal import Refusal


# Asked of every decision; the answer changes with the day and with nothing else.
@lru_cache(maxsize=4 * len(Standing))
def without_law(standing: Standing, day: date) -> Mapping[Right, Refusal]:
    """Return the rights of a standing that no law in force gives on a day."""
    given = (right for right in Right if CELLS[standing][right].is_given)
    lacking = (right for right in given if not in_force(bases(right, standing), day))
    return dict.fromkeys(lacking, Refusal.NO_LEGAL_BASIS)
