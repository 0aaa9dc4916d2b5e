"""How long the sources alone take: each chain of calls by itself, one after the other.

An answer can't be quicker than its slowest chain; what it takes beyond that is the gateway's.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from time import perf_counter

from bench.reading import SHOWN, Reading
from resolvers.patient import subject_of

TIMES = 3


async def of_patient(reading: Reading, patient_id: str) -> Mapping[str, list[float]]:
    """Return the milliseconds of each section's calls for one patient, TIMES each."""
    record, access = await reading.permitted(patient_id)
    subject = subject_of(record.patient)
    return {
        name: await _timed(partial(reading.section, fetch, subject, access))
        for name, (fetch, _) in SHOWN.items()
    }


async def of_worklist(reading: Reading, first: int) -> Mapping[str, list[float]]:
    """Return the milliseconds of all calls for the medicines of a worklist."""
    entries, _ = await reading.entries(first)
    return {"medications": await _timed(partial(reading.medicines, await reading.seen(entries)))}


async def _timed(ask: Callable[[], Awaitable[object]]) -> list[float]:
    taken = []
    await ask()  # the first call opens the connection
    for _ in range(TIMES):
        began = perf_counter()
        await ask()
        taken.append((perf_counter() - began) * 1000)
    return taken
