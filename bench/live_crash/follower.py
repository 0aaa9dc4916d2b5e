"""Followers as a careful vendor writes them: they keep the last cursor and always come back."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable
from random import Random
from typing import Any, NamedTuple

import aiohttp

from bench.live_crash.streams import PROTOCOLS, Line, Result

_NOTICE = """__typename ... on ChangeNotice { id kind patientId cursor }
  ... on ResyncRequired { reason cursor }"""
PATIENT = f"""subscription ($id: ID!, $after: String) {{
  told: patientChanged(patientId: $id, after: $after) {{ {_NOTICE} }} }}"""
ORGANISATION = f"""subscription ($after: String) {{
  told: organisationChanged(after: $after) {{ {_NOTICE} }} }}"""
SHOWN = """patient { name plan { parts {
  id kind lifecycle version contentVersion updatedAt reviewDue content { title } } } }"""
VIEW = f"subscription ($id: ID!) {{ patientView(patientId: $id) {{ {SHOWN} }} }}"
FRESH = f"query ($id: ID!) {{ {SHOWN.replace('patient', 'patient(id: $id)', 1)} }}"

FROM_HERE = "nowhere"
"""A cursor of nobody: it is answered by one of now."""
FINAL = frozenset({"FORBIDDEN", "NOT_FOUND", "UNAUTHENTICATED", "4403"})
"""Ends after which nobody comes back."""


class Heard(NamedTuple):
    """A notice as it was told."""

    id: str
    kind: str
    patient: str | None


class Follower:
    """One subscription, over as many connections as it takes, on whichever process answers.

    `ends` are the codes that streams ended with, `reason` what the last of them added.
    """

    query = ""

    def __init__(
        self,
        person: str,
        patient: str | None,
        protocol: str,
        random: Random,
        token: Callable[[], str],
    ) -> None:
        self.person, self.patient, self.protocol = person, patient, protocol
        self.ends: list[str] = []
        self.reason: str | None = None
        self.connections = 0
        self.is_over = False
        self._random = random
        self._token = token
        self._line: Line | None = None

    @property
    def name(self) -> str:
        """What it is called in a report."""
        return f"{type(self).__name__} {self.person} {self.patient or ''} {self.protocol}"

    def cut(self) -> None:
        """Break the connection that it has just now."""
        if self._line is not None:
            self._line.cut()

    async def run(self, session: aiohttp.ClientSession, urls: list[str]) -> None:
        """Follow until it is cancelled, or refused for good."""
        while not self.is_over:
            self._line = Line(session, self._random.choice(urls), self._token())
            self.connections += 1
            broken = (aiohttp.ClientError, OSError, TimeoutError, ValueError)
            with contextlib.suppress(*broken):
                follow = PROTOCOLS[self.protocol]
                async with contextlib.aclosing(
                    follow(self._line, self.query, self._variables())  # type: ignore[type-var]
                ) as stream:
                    async for result in stream:
                        self._take(result)
                        if self.is_over:
                            return
            await asyncio.sleep(self._random.uniform(0.02, 0.3))

    def _variables(self) -> dict[str, object]:
        return {} if self.patient is None else {"id": self.patient}

    def _take(self, result: Result) -> None:
        if result.get("data") is not None:
            self._told(result["data"])
        for error in result.get("errors", ()):
            extensions = error.get("extensions", {})
            self.ends.append(str(extensions.get("code")))
            self.reason = extensions.get("reason")
            self.is_over = self.is_over or self.ends[-1] in FINAL

    def _told(self, data: dict[str, Any]) -> None:
        raise NotImplementedError


class Notices(Follower):
    """Follows changes; `heard` is all that it was told, in order."""

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self.query = ORGANISATION if self.patient is None else PATIENT
        self.heard: list[Heard] = []
        self.resyncs: list[str] = []
        self._after = FROM_HERE

    @property
    def is_placed(self) -> bool:
        """Whether it has a cursor to go on from."""
        return self._after != FROM_HERE

    def _variables(self) -> dict[str, object]:
        return super()._variables() | {"after": self._after}

    def _told(self, data: dict[str, Any]) -> None:
        told = data["told"]
        if told["__typename"] == "ResyncRequired":
            self.resyncs.append(told["reason"])
        else:
            self.heard.append(Heard(told["id"], told["kind"], told["patientId"]))
        self._after = told["cursor"]


class View(Follower):
    """Follows the view; `shown` is the last that it was sent."""

    query = VIEW
    shown: dict[str, Any] | None = None
    count = 0

    def _told(self, data: dict[str, Any]) -> None:
        self.shown = data["patientView"]["patient"]
        self.count += 1
