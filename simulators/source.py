"""What all sources have in common: who may call, what is counted, how an error comes out."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from functools import lru_cache
from typing import Any
from urllib.parse import unquote, unquote_to_bytes

import msgspec

from simulators.changes import Changes
from simulators.faults import Fault, Faults
from simulators.people import Person
from simulators.wire import MAX_EVENT_ID, Answer, Call, Handler, Refusal
from simulators.world import World

CALLERS = ("practitioner", "citizen", "system")

# A change that the development door can make: it alters a patient's data and returns its kind.
Alteration = Callable[[Person], str]


@dataclass(frozen=True, slots=True)
class Settings:
    """The secrets that callers must show."""

    kjernejournal_token: str = "dev-kjernejournal"  # noqa: S105  # not a secret: for development
    medication_token: str = "dev-medication"  # noqa: S105  # not a secret: for development
    hospital_token: str = "dev-hospital"  # noqa: S105  # not a secret: for development
    hospital_subscription_key: str = "dev-hospital-key"
    record_token: str = "dev-record"  # noqa: S105  # not a secret: for development
    sender_token: str = "dev-sender"  # noqa: S105  # not a secret: for development

    @classmethod
    def from_env(cls) -> Settings:
        """Read `DBEP_KJERNEJOURNAL_TOKEN` and its like; what is not set is the development one."""
        given = {f.name: os.environ.get(f"DBEP_{f.name.upper()}") for f in fields(cls)}
        return cls(**{name: value for name, value in given.items() if value})


class Source:
    """One simulated source: its world, its switch, its feed and its counters."""

    name = ""

    def __init__(self, world: World, settings: Settings) -> None:
        self.world = world
        self.settings = settings
        self.faults = Faults()
        self.changes = Changes()
        self.calls: Counter[str] = Counter()
        self.last: dict[str, Call] = {}
        self.in_flight = 0
        self.most_in_flight = 0

    def routes(self) -> Mapping[tuple[str, str], Handler]:
        """Return the source's own endpoints by method and path."""
        raise NotImplementedError

    def alterations(self) -> Mapping[str, Alteration]:
        """Return what `POST /_changes` can do here."""
        raise NotImplementedError

    def authenticate(self, call: Call) -> None:
        """Refuse a call without the source's secrets."""
        raise NotImplementedError

    def failure(self, refusal: Refusal, event_id: str) -> bytes:
        """Return an error body in the source's own form."""
        raise NotImplementedError

    def forget(self, person: Person) -> None:
        """Drop what is encoded of a person, whose data has changed."""
        raise NotImplementedError

    def privacy_of(self, person: Person, call: Call) -> str:
        """Return how the person has shut kjernejournal, a fault of the switch included."""
        for kind in ("blocked", "reserved"):
            if kind in call.forced:
                return kind
        return person.sources.kjernejournal

    def answer(self, call: Call, handler: Handler, *, to_patient_data: bool) -> Answer:
        """Check a call and have it answered; a refusal becomes an error in the source's form."""
        try:
            self.authenticate(call)
            if to_patient_data:
                self._check_address(call)
                check_caller(call)
            return handler(call)
        except Refusal as refusal:
            return Answer(self.failure(refusal, call.event_id), refusal.status)

    def _check_address(self, call: Call) -> None:
        if call.query:
            runs = re.findall(rb"\d{11}", unquote_to_bytes(call.query))
            if any(self.world.person(run.decode()) for run in runs):
                raise Refusal(400, "Fødselsnummer skal ikke stå i adressen", "KJ-0003")

    def failing(self, fault: Fault, call: Call) -> Answer:
        """Return the error that a status fault asks for."""
        refusal = Refusal(fault.status, "Tjenesten er ikke tilgjengelig", "KJ-9000")
        retry = fault.retry_after
        headers = ((b"retry-after", str(retry).encode()),) if retry is not None else ()
        return Answer(self.failure(refusal, call.event_id), fault.status, headers)


def bearer(call: Call) -> str:
    """Return a call's bearer token, empty if there is none."""
    scheme, _, token = call.header(b"authorization").partition(" ")
    return token if scheme.lower() == "bearer" else ""


def check_caller(call: Call) -> None:
    """Refuse a call that doesn't show who asks and why."""
    if not call.event_id or len(call.event_id) > MAX_EVENT_ID:
        raise Refusal(400, "nhn-event-id mangler eller er for lang", "KJ-0002")
    if caller_kind(call) is None:
        raise Refusal(403, "nhn-attest mangler eller kan ikke leses", "KJ-0019")


def caller_kind(call: Call) -> str | None:
    """Return practitioner, citizen or system: who the attest says is asking."""
    return _caller_kind(call.headers.get(b"nhn-attest", b""))


def purpose_of(call: Call) -> str:
    """Return the purpose of use that the attest states, empty if it states none."""
    attest = parse_json_header(call.header(b"nhn-attest")) or {}
    relation = attest.get("care_relation")
    purpose = relation.get("purpose_of_use") if isinstance(relation, dict) else None
    return str(purpose.get("code", "")) if isinstance(purpose, dict) else ""


def parse_json_header(text: str) -> dict[str, Any] | None:
    """Return a header of URL-encoded JSON, or None if it isn't an object."""
    try:
        value = msgspec.json.decode(unquote(text, errors="strict"))
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


@lru_cache(maxsize=4096)
def _caller_kind(header: bytes) -> str | None:
    """An attest says who asks and why, and never about whom."""
    attest = parse_json_header(header.decode("latin-1"))
    if attest is None or "patient" in attest:
        return None
    kinds = [kind for kind in CALLERS if kind in attest]
    return kinds[0] if len(kinds) == 1 else None
