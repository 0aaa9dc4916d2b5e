"""GraphQL operations that a client has registered, so that it may ask for them by their id."""

from __future__ import annotations

import re
from datetime import datetime
from hashlib import sha256

from domain.noun import Noun

PREFIX = "sha256:"
_ID = re.compile(f"{PREFIX}[0-9a-f]{{64}}")


class RegisteredOperation(Noun):
    """A document with its operations' names, as its client finds it in a list.

    `id` is made of the document itself, and `size` is its length in bytes.
    """

    id: str
    names: tuple[str, ...]
    size: int
    registered_at: datetime


class Room(Noun):
    """How much one client may have registered: that many operations, that many bytes together."""

    operations: int
    size: int

    def is_left(self, taken: int, size: int) -> bool:
        """Tell whether one more fits beside those taken, with `size` bytes including its own."""
        return taken < self.operations and size <= self.size


def id_of(document: bytes) -> str:
    """Return the id of a document (GraphQL over HTTP, appendix A: SHA256 hex identifier)."""
    return PREFIX + sha256(document).hexdigest()


def is_id(text: str) -> bool:
    """Tell whether something could be registered under this."""
    return _ID.fullmatch(text) is not None
