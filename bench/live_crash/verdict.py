"""Holds what followers were told to the log, and what they were shown to a fresh query."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from bench.live_crash.follower import Follower, Notices, View
from bench.live_crash.log import Logged, told_to
from bench.live_crash.withdrawing import Withdrawn

# Ends that a stream may have while all may be read: with each of them the follower went on.
_PASSING = frozenset(
    {"TOKEN_EXPIRED", "RESTARTING", "FAILED", "TOO_SLOW", "RATE_LIMITED"}
    | {"INTERNAL_ERROR", "TIMEOUT", "UNAVAILABLE", "LOG_UNAVAILABLE"}
)
_BEYOND_SECONDS = 15.0
"""After this a stream should have ended, even if the database had to start first."""


def of_notices(follower: Notices, log: Sequence[Logged]) -> list[str]:
    """Return what is wrong with what somebody was told from the beginning of the log on."""
    wanted = told_to(follower.person, follower.patient, log)
    return [*_compared(follower, wanted), *of_ends(follower, _PASSING)]


def of_view(view: View, fresh: object) -> list[str]:
    """Return what is wrong with what somebody was shown last."""
    faults = of_ends(view, _PASSING)
    if view.shown != fresh:
        faults.append(f"{view.name}: was shown {view.shown}, and there is {fresh}")
    return faults


def of_withdrawn(withdrawn: Withdrawn, log: Sequence[Logged]) -> list[str]:
    """Return what is wrong with how access ended."""
    faults = []
    if not withdrawn.is_ended or withdrawn.seconds > _BEYOND_SECONDS:
        faults.append(f"{withdrawn.way.name}: open {withdrawn.seconds:.1f} s later")
    for follower in withdrawn.followers:
        faults += of_ends(follower, _PASSING | withdrawn.way.ends)
        if follower.ends[-1:] and follower.ends[-1] not in withdrawn.way.ends:
            faults.append(f"{follower.name}: ended with {follower.ends}")
        if isinstance(follower, Notices):
            faults += _until_it_ended(follower, withdrawn, log)
    return faults


def _until_it_ended(follower: Notices, withdrawn: Withdrawn, log: Sequence[Logged]) -> list[str]:
    """Compare with the log from the first that they were told to when their access ended."""
    if not follower.heard:
        return [f"{follower.name}: nothing was told"]
    wanted = told_to(follower.person, follower.patient, log)
    first = next((n for n, each in enumerate(wanted) if each.id == follower.heard[0].id), 0)
    wanted = wanted[first:]
    if withdrawn.way.event is None:
        return _compared(follower, wanted[: len(follower.heard)])
    end = next((event for event in log if _is_end(event, withdrawn)), None)
    if end is None:
        return [f"{follower.name}: {withdrawn.way.name} is not in the log"]
    return _compared(follower, [each for each in wanted if each.number < end.number])


def _is_end(event: Logged, withdrawn: Withdrawn) -> bool:
    return event.patient == withdrawn.patient and event.kind == withdrawn.way.event


def _compared(follower: Notices, wanted: Sequence[Logged]) -> list[str]:
    """Compare patient by patient: among patients there is no order."""
    heard = Counter(each.id for each in follower.heard)
    faults = [f"{follower.name}: {id} {n} times" for id, n in heard.items() if n > 1]
    ids = {each.id for each in wanted}
    faults += [f"{follower.name}: {each} unasked" for each in follower.heard if each.id not in ids]
    faults += [f"{follower.name}: {each} missing" for each in wanted if each.id not in heard]
    for patient in {each.patient for each in wanted}:
        of_log = [each.id for each in wanted if each.patient == patient]
        told = [each.id for each in follower.heard if each.patient == patient]
        if not faults and of_log != told:
            faults.append(f"{follower.name}: {patient} in another order")
    if "UNKNOWN" in follower.resyncs[1:] or "TOO_OLD" in follower.resyncs:
        faults.append(f"{follower.name}: asked to read anew: {follower.resyncs}")
    return faults


def of_ends(follower: Follower, allowed: frozenset[str]) -> list[str]:
    """Return what is wrong with how streams ended."""
    strange = [code for code in follower.ends if code not in allowed]
    return [f"{follower.name}: ended with {strange} {follower.reason}"] if strange else []
