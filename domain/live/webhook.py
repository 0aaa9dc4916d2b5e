"""A vendor's address that is told of changes, for vendors that can't hold a connection.

Each patient has a lane of their own: what could not be delivered about one waits there, in order,
and is tried again, while what is about others goes on.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from enum import Enum

from msgspec.structs import replace

from domain.access.viewer import Viewer, ViewerRole
from domain.live.change import ChangedSection
from domain.noun import Noun

FIRST_WAIT = timedelta(seconds=5)
LONGEST_WAIT = timedelta(hours=1)
PARK_AFTER = timedelta(hours=24)
PARK_LANE_AFTER = timedelta(hours=48)  # when others get through: never before the whole is
LEAST_ATTEMPTS = 8  # before anything is parked: a worker that stood still for a day proves nothing
SEVERAL = 3  # lanes that fail while none succeeds: it is the receiver, and not what it was sent
HELD_FOR = timedelta(seconds=30)
BOTH_SECRETS_FOR = timedelta(hours=24)
FORGOTTEN_AFTER = timedelta(days=90)
_SERVER_ERROR, _CLIENT_ERROR, _REDIRECT, _SUCCESS, _GONE = 500, 400, 300, 200, 410


class WebhookState(Enum):
    """UNVERIFIED has not answered its challenge, PARKED waits for its vendor to resume it."""

    UNVERIFIED = "UNVERIFIED"
    ACTIVE = "ACTIVE"
    PARKED = "PARKED"


class Failure(Enum):
    """Why a request to a receiver did not succeed; OURS is no fault of theirs."""

    ADDRESS_REFUSED = "ADDRESS_REFUSED"
    UNREACHABLE = "UNREACHABLE"
    CERTIFICATE = "CERTIFICATE"
    TIMEOUT = "TIMEOUT"
    INVALID_ANSWER = "INVALID_ANSWER"
    REDIRECT = "REDIRECT"
    STATUS_4XX = "STATUS_4XX"
    STATUS_5XX = "STATUS_5XX"
    GONE = "GONE"
    WRONG_RESPONSE = "WRONG_RESPONSE"
    OURS = "OURS"


class Webhook(Noun):
    """What a client has registered for an organisation.

    `version` counts the vendor's changes; `verified_at` is when the present address answered its
    challenge, `resumed_at` when its vendor last asked for all that waits to be tried at once.
    `seen_at` is when the client's own token was last shown here for it.
    """

    id: str
    client_id: str
    organisation: str
    legal_entity: str | None
    url: str
    sections: tuple[ChangedSection, ...]
    state: WebhookState
    since: datetime
    version: int
    registered_at: datetime
    seen_at: datetime
    verified_at: datetime | None = None
    resumed_at: datetime | None = None

    def has_lapsed(self, days: float, now: datetime) -> bool:
        """Tell whether its vendor has shown no token for that many days."""
        return now >= self.seen_at + timedelta(days=days)


class Lane(Noun):
    """What waits about one patient: all of the log after `position`.

    Without `failure` it has not been tried: there was no time, or no answer about others.
    """

    patient_id: str
    webhook_id: str
    position: int
    next_try_at: datetime
    attempts: int = 0
    failing_since: datetime | None = None
    failure: Failure | None = None

    @property
    def is_parked(self) -> bool:
        """Tell whether it waits for its vendor, and for nothing else."""
        return self.failing_since is not None and is_hopeless(
            self.attempts, self.next_try_at - self.failing_since, PARK_LANE_AFTER
        )


class Waiting(Noun):
    """What waits for a receiver, told in patients: how many changes, nobody may count.

    `since` is when the first of them failed; `parked` are no longer tried.
    """

    patients: int = 0
    parked: int = 0
    since: datetime | None = None
    failure: Failure | None = None


def viewer_of(webhook: Webhook, now: datetime) -> Viewer:
    """Return the client's machine at the organisation, as its own token would say it.

    Nobody vouches for more: no level, no purpose, no attest.
    """
    return Viewer(
        subject=webhook.client_id,
        role=ViewerRole.VENDOR,
        expires_at=now + timedelta(minutes=1),
        organisation=webhook.organisation,
        legal_entity=webhook.legal_entity,
        client_id=webhook.client_id,
    )


def wait_after(attempts: int, chance: float) -> timedelta:
    """Return how long to wait after so many attempts, drawn by a chance from 0 to 1.

    It doubles each time, and is drawn from its upper half, so that those who failed together do
    not all come back together.
    """
    doubled = timedelta(seconds=FIRST_WAIT.total_seconds() * 2.0 ** min(attempts - 1, 20))
    longest = min(doubled, LONGEST_WAIT)
    return longest * (0.5 + chance / 2)


def is_hopeless(attempts: int, lasted: timedelta, after: timedelta = PARK_AFTER) -> bool:
    """Tell whether so many attempts over so long a time are enough."""
    return attempts >= LEAST_ATTEMPTS and lasted >= after


def failed(lane: Lane, position: int, failure: Failure, now: datetime, chance: float) -> Lane:
    """Return a lane whose next change after a place could not be delivered."""
    is_further = position > lane.position
    attempts = 1 if is_further else lane.attempts + 1
    return replace(
        lane,
        position=position,
        attempts=attempts,
        failing_since=now if is_further else lane.failing_since or now,
        failure=failure,
        next_try_at=now + wait_after(attempts, chance),
    )


def failure_of(status: int) -> Failure | None:
    """Return what a status means, None when the receiver has it."""
    if status == _GONE:
        return Failure.GONE
    if status >= _SERVER_ERROR:
        return Failure.STATUS_5XX
    if status >= _CLIENT_ERROR:
        return Failure.STATUS_4XX
    if status >= _REDIRECT:
        return Failure.REDIRECT
    return None if status >= _SUCCESS else Failure.INVALID_ANSWER


def sections_of(names: Collection[str]) -> tuple[ChangedSection, ...]:
    """Return the sections of these names, in the order of the graph; KeyError for none of them."""
    chosen = {ChangedSection[name] for name in names}
    return tuple(each for each in ChangedSection if each in chosen)
