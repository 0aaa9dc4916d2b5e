"""What an answer must be: the same as before, apart from what moves with the clock."""

from __future__ import annotations

import re

import msgspec

# Every section asks for both, side by side; a patient's age stands alone and doesn't move.
_MOVING = re.compile(rb'"retrievedAt":"[^"]*","age":\d+')
_STILL = b'"retrievedAt":"then","age":0'


class Expected:
    """One answer as a measure for those that follow, cheap enough to hold against each of them."""

    def __init__(self, body: bytes) -> None:
        self._fixed = _MOVING.split(body)

    def matches(self, body: bytes) -> bool:
        """Tell whether a body is the same, byte for byte, around what moves."""
        at = 0
        for fixed in self._fixed[:-1]:
            moving = _MOVING.match(body, at + len(fixed))
            if moving is None or not body.startswith(fixed, at):
                return False
            at = moving.end()
        return body[at:] == self._fixed[-1]


def normalised(body: bytes) -> bytes:
    """Return an answer with what moves held still and its keys in order, to compare two servers."""
    still = msgspec.json.decode(_MOVING.sub(_STILL, body))
    return msgspec.json.encode(still, order="sorted")


def leaves(body: bytes) -> int:
    """Count the scalars and nulls of an answer."""
    return _leaves(msgspec.json.decode(body)["data"])


def _leaves(value: object) -> int:
    if isinstance(value, dict):
        return sum(map(_leaves, value.values()))
    if isinstance(value, list):
        return sum(map(_leaves, value))
    return 1
