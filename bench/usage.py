"""What a process has used so far, as Linux tells; None where there is no /proc."""

from __future__ import annotations

import os
from pathlib import Path

_USER_TIME, _SYSTEM_TIME = 11, 12  # counted from the state, the first field after the name


def cpu_seconds(pid: int) -> float | None:
    """Return the processor time of a process and its threads, in steps of a clock tick."""
    try:
        text = Path(f"/proc/{pid}/stat").read_text()
    except FileNotFoundError:
        return None
    fields = text.rpartition(")")[2].split()
    ticks = int(fields[_USER_TIME]) + int(fields[_SYSTEM_TIME])
    return ticks / os.sysconf("SC_CLK_TCK")


def resident_mb(pid: int) -> float | None:
    """Return the memory that a process holds now."""
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    except FileNotFoundError:
        return None
    return pages * os.sysconf("SC_PAGE_SIZE") / 1_000_000
