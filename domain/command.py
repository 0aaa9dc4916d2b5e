"""What somebody asks to be done."""

from __future__ import annotations

from typing import ClassVar

from domain.noun import Noun
from domain.operation import Operation


class Command(Noun):
    """An input that changes something.

    `about` names the field that holds the id of what it is about, and `other` one that holds the
    id of another patient who is changed as well. No list in it is longer than `most_items`. The
    same command sent again with
    the same `idempotency_key` by the same sender is done once; a key is 8 to 100 printable ASCII
    characters of the client's choosing, best a new UUID for every act of a user.
    """

    operation: ClassVar[Operation]
    about: ClassVar[str]
    other: ClassVar[str | None] = None
    most_items: ClassVar[int] = 100

    idempotency_key: str
