"""Which processor core runs what, where the operating system lets us say."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from typing import NamedTuple


class Cores(NamedTuple):
    """The cores of the servers that are measured, and those of everything else."""

    measured: frozenset[int]
    others: frozenset[int]

    @property
    def are_apart(self) -> bool:
        """Tell whether a server that is measured has its core to itself."""
        return bool(self.measured) and not self.measured & self.others

    def __str__(self) -> str:
        if not self.are_apart:
            return "not pinned: this system has one core or no way to choose"
        others = ", ".join(map(str, sorted(self.others)))
        return f"servers on core {min(self.measured)}, everything else on {others}"


def choose() -> Cores:
    """Give the first core to the servers that are measured and the rest to everything else."""
    if not hasattr(os, "sched_getaffinity"):
        return Cores(frozenset(), frozenset())
    usable = sorted(os.sched_getaffinity(0))
    return Cores(frozenset(usable[:1]), frozenset(usable[1:] or usable))


@contextlib.contextmanager
def on(cores: frozenset[int]) -> Iterator[None]:
    """Move to some cores for a while; what is started meanwhile stays on them."""
    if not cores:
        yield
        return
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, cores)
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)
