"""Words on a picture, and how much room they take in any common typeface."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from docs.drawing.geometry import Area

# Widths in ems, of DejaVu Sans: the widest of the faces that readers are likely to have.
_NARROW = frozenset("ijlI.,:;'|!()[]-·–")
_SLIM = frozenset("frtJ /\\")
_WIDE = frozenset("mwMW—%@")
_WIDTHS = ((_NARROW, 0.38), (_SLIM, 0.42), (_WIDE, 1.0))
_CAPITAL, _OTHER, _FIXED = 0.74, 0.63, 0.62
_BOLD = 1.1
_ASCENT, _DESCENT = 0.8, 0.24


class Anchor(Enum):
    """Which end of the words stands at their place."""

    START = "start"
    MIDDLE = "middle"
    END = "end"


class Tone(Enum):
    """The colours of words; each reads well on what it stands on, in print too."""

    INK = "#1b1f24"
    QUIET = "#57606a"
    PAPER = "#ffffff"
    PALE = "#dbe7f5"


@dataclass(frozen=True)
class Words:
    """One line of text; `y` is where its letters stand."""

    text: str
    x: float
    y: float
    size: float = 13
    anchor: Anchor = Anchor.START
    tone: Tone = Tone.INK
    is_bold: bool = False
    is_code: bool = False

    @property
    def area(self) -> Area:
        """The room it takes at most."""
        width = self._ems() * self.size
        left = {Anchor.START: 0.0, Anchor.MIDDLE: width / 2, Anchor.END: width}[self.anchor]
        height = (_ASCENT + _DESCENT) * self.size
        return Area(self.x - left, self.y - _ASCENT * self.size, width, height)

    def _ems(self) -> float:
        if self.is_code:
            return _FIXED * len(self.text)
        return sum(map(_width, self.text)) * (_BOLD if self.is_bold else 1)


def _width(letter: str) -> float:
    for letters, width in _WIDTHS:
        if letter in letters:
            return width
    return _CAPITAL if letter.isupper() else _OTHER
