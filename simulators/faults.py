"""The fault switch: what goes wrong at a source, for whom, where and how often.

`PUT /_faults` takes a list; each item has a `kind` and may have `patient` (a number), `endpoint`
(a path prefix) and `times` (then it is used up).

| kind | what happens | settings |
| --- | --- | --- |
| latency | the answer is late | `distribution` fixed or lognormal, `ms` (median), `p95Ms` |
| status | an error answer in the source's own form | `status`, `retryAfter` |
| reset | the TCP connection is reset before an answer | |
| truncate | the body is cut in the middle, with the right length | |
| shortBody | the connection ends before the announced length | |
| wrongBody | 200 with something else | `body` (default an HTML page) |
| unknownCodes | codes that no code list has | |
| wrongValues | an impossible date and a number for a text, in one item | |
| reserved | as a patient who has reserved | |
| blocked | as a patient who has blocked someone | |
| hang | no answer until the caller gives up | `ms` (at most) |
"""

from __future__ import annotations

import asyncio
import math
import random
from typing import Literal

import msgspec

Kind = Literal[
    "latency",
    "status",
    "reset",
    "truncate",
    "shortBody",
    "wrongBody",
    "unknownCodes",
    "wrongValues",
    "reserved",
    "blocked",
    "hang",
]

_P95 = 1.645  # standard deviations from the median to the 95th percentile

_PAGE = "<!doctype html><title>502</title><h1>Bad gateway</h1>"


class Fault(msgspec.Struct, rename="camel", forbid_unknown_fields=True, omit_defaults=True):
    """One thing that goes wrong."""

    kind: Kind
    patient: str | None = None
    endpoint: str | None = None
    times: int | None = None
    distribution: Literal["fixed", "lognormal"] = "fixed"
    ms: float = 0
    p95_ms: float = 0
    status: int = 503
    retry_after: int | None = None
    body: str = _PAGE

    def concerns(self, path: str, subject: bytes) -> bool:
        """Tell whether a call is hit: by its path and by the numbers it carries."""
        if self.endpoint and not path.startswith(self.endpoint):
            return False
        return self.patient is None or self.patient.encode() in subject

    def delay(self) -> float:
        """Return seconds to wait, drawn anew for each call."""
        if self.distribution == "fixed" or self.p95_ms <= self.ms or self.ms <= 0:
            return self.ms / 1000
        sigma = math.log(self.p95_ms / self.ms) / _P95
        return self.ms / 1000 * math.exp(random.gauss(0, sigma))


class Faults:
    """The faults that are switched on at one source."""

    def __init__(self) -> None:
        self.on: list[Fault] = []

    def switch(self, faults: list[Fault]) -> None:
        """Replace all faults."""
        self.on = faults

    def take(self, path: str, subject: bytes) -> list[Fault]:
        """Return the faults that hit a call, using up those that have a number of times."""
        hit = [fault for fault in self.on if fault.concerns(path, subject)]
        for fault in hit:
            if fault.times is not None:
                fault.times -= 1
        self.on = [fault for fault in self.on if fault.times is None or fault.times > 0]
        return hit


async def wait(faults: list[Fault]) -> None:
    """Be as late as the latency faults say, one after the other."""
    seconds = sum(fault.delay() for fault in faults if fault.kind == "latency")
    if seconds:
        await asyncio.sleep(seconds)
