"""What the issuer keeps for minutes: logins under way, codes, and what was used already."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")
Clock = Callable[[], float]
MOST = 10_000


class Kept(Generic[T]):
    """Values under keys that nobody can guess, or that were given; each for some seconds."""

    def __init__(self, seconds: float, clock: Clock) -> None:
        self._seconds = seconds
        self._clock = clock
        self._values: dict[str, tuple[float, T]] = {}

    def add(self, value: T, key: str = "") -> str:
        """Keep a value and return its key."""
        key = key or secrets.token_urlsafe(32)
        self._forget()
        self._values[key] = (self._clock() + self._seconds, value)
        return key

    def look(self, key: str) -> T | None:
        """Return a value that is still kept."""
        until, value = self._values.get(key, (0.0, None))
        return value if until > self._clock() else None

    def take(self, key: str) -> T | None:
        """Return a value for the only time."""
        value = self.look(key)
        self._values.pop(key, None)
        return value

    def _forget(self) -> None:
        """Let go of what is over, and of the oldest when there is too much."""
        now = self._clock()
        for key in [key for key, (until, _) in self._values.items() if until <= now]:
            del self._values[key]
        while len(self._values) >= MOST:
            del self._values[next(iter(self._values))]


class Nonces:
    """What a proof to the issuer must repeat: it says when, in the issuer's own time."""

    def __init__(self, clock: Clock, seconds: int = 60) -> None:
        self._clock = clock
        self._seconds = seconds
        self._secret = secrets.token_bytes(32)

    def new(self) -> str:
        """Return the nonce of now."""
        return self._of(self._turn())

    def is_good(self, nonce: str) -> bool:
        """Tell whether a nonce is of now, or of the turn before."""
        turns = (self._turn(), self._turn() - 1)
        return any(hmac.compare_digest(self._of(turn), nonce) for turn in turns)

    def _turn(self) -> int:
        return int(self._clock() // self._seconds)

    def _of(self, turn: int) -> str:
        return hmac.digest(self._secret, str(turn).encode(), "sha256").hex()
