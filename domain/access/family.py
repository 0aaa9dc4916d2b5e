"""What the population register says of a child's parents and address, as of when it was told.

Each telling is the whole of it, so that it can be told again, or late, without harm.
"""

from __future__ import annotations

from domain.noun import Noun


class RegisteredParent(Noun):
    """A parent: by number and name, and whether they have parental responsibility."""

    number: str
    name: str
    has_responsibility: bool
    lives_with_child: bool
    is_protected: bool

    def __repr__(self) -> str:
        return "RegisteredParent()"


class Family(Noun):
    """A child with its parents. `has_care` is the child welfare service that has the care, if one.

    `number` is any identity number that the child has or had.
    """

    number: str
    is_protected: bool
    parents: tuple[RegisteredParent, ...]
    has_care: str | None = None
    has_care_name: str | None = None

    def __repr__(self) -> str:
        return f"Family(parents={len(self.parents)})"
