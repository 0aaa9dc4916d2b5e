"""Finds people in a text: by identity number in any of its forms, or by given and family name."""

from __future__ import annotations

import re
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Iterable, Iterator
from hashlib import md5, sha1, sha256, sha512
from html import unescape
from itertools import pairwise
from urllib.parse import unquote_plus

# Eleven digits, written together or in groups as people write them.
_DIGITS = re.compile(r"\d(?:[ .\-_/]?\d){10,}")
_WORD = re.compile(r"[^\W\d_]+")
_LONG = re.compile(r"[A-Za-z0-9+/_-]{15,}={0,2}")
_ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")
_BYTES = re.compile(r"(?:\\x[0-9a-fA-F]{2})+")
_CAMEL = re.compile(r"(?<=[^\W\d_A-ZÆØÅ])(?=[A-ZÆØÅ])")


class People:
    """Who is known, and where they are named.

    A family name by itself is no name: many are ordinary words. A number that was only encoded or
    hashed without a key is still that number, since all there are can be tried.
    """

    def __init__(self) -> None:
        self._numbers: set[str] = set()
        self._hidden: dict[str, str] = {}
        self._names: set[tuple[str, str]] = set()

    def add(self, numbers: Iterable[str], names: Iterable[str]) -> None:
        """Know people by these numbers and full names."""
        for number in set(numbers) - self._numbers:
            self._numbers.add(number)
            self._hidden |= dict.fromkeys(_hidden(number), number)
        for name in names:
            words = [word.casefold() for word in _WORD.findall(name)]
            if len(words) > 1:
                self._names |= {(words[0], words[-1]), (words[-2], words[-1])}

    def named_in(self, text: str) -> list[str]:
        """Return the numbers and names that stand in a text."""
        read = _plain(text)
        return [*self._numbers_in(read), *self._hidden_in(read), *self._names_in(read)]

    def _numbers_in(self, text: str) -> Iterator[str]:
        for run in _DIGITS.findall(text):
            digits = "".join(filter(str.isdigit, run))
            windows = {digits[at : at + 11] for at in range(len(digits) - 10)}
            yield from sorted(windows & self._numbers)

    def _hidden_in(self, text: str) -> Iterator[str]:
        for word in _LONG.findall(text):
            if found := self._hidden.get(word.rstrip("=")) or self._hidden.get(word.lower()):
                yield found

    def _names_in(self, text: str) -> Iterator[str]:
        words = [word.casefold() for word in _WORD.findall(_CAMEL.sub(" ", text))]
        for one, other in pairwise(words):
            if {(one, other), (other, one)} & self._names:
                yield f"{one} {other}"


def _plain(text: str) -> str:
    """Return a text as it would be read: out of the escapes of URLs, HTML, JSON and Redis."""
    shown = _ESCAPED.sub(lambda code: chr(int(code[1], 16)), unescape(unquote_plus(text)))
    return _BYTES.sub(
        lambda raw: bytes.fromhex(raw[0].replace("\\x", "")).decode(errors="replace"), shown
    )


def _hidden(number: str) -> Iterator[str]:
    raw = number.encode("ascii")
    yield from (b64encode(raw).decode().rstrip("="), urlsafe_b64encode(raw).decode().rstrip("="))
    yield raw.hex()
    for digest in (md5(raw), sha1(raw), sha256(raw), sha512(raw)):
        yield digest.hexdigest()
        yield urlsafe_b64encode(digest.digest()).decode().rstrip("=")
        yield b64encode(digest.digest()).decode().rstrip("=")
