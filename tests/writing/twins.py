"""Two patients alike to the letter, but that with one of them something is hidden from parents.

What is told of `both` is done to each; what is told of the `marked` one, to that one alone. Every
step has its own minute, so that nothing is ordered by chance.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import suppress
from datetime import timedelta
from types import SimpleNamespace
from typing import Any, TypeVar, cast

from graphql import GraphQLSchema
from sqlalchemy import func, literal, update

from connectors import Connectors
from domain.access.subject import Subject
from domain.access.viewer import Viewer
from domain.caller import Caller
from domain.source.section import Section, SourceName
from gateway.export_document import pieces
from resolvers.context import Context
from schema import schema
from store.session import Sessions
from store.tables import CareTeamMemberRow
from tests.builders import NOW
from tests.resolvers.memory import MemoryLog
from tests.writing.clinic import Clinic
from tests.writing.hidden_life import Life

R = TypeVar("R")
Step = Callable[[Life], Awaitable[R]]
_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_NUMBER = re.compile(r"(?<![0-9.])[0-9]{11}(?![0-9])")
_MINUTE = timedelta(minutes=1)


class Twins:
    """The pair: `marked` has something hidden, `plain` has not."""

    def __init__(self, marked: Clinic, plain: Clinic) -> None:
        self.marked = Life(marked, marked=True)
        self.plain = Life(plain, marked=False)
        self._minutes = 0

    @classmethod
    async def open(cls, db: Sessions, born_years: int = 11) -> Twins:
        """Take in two patients with the same parents' names and the same teams."""
        marked = await _Ticking.open(db, born_years)
        plain = await _Ticking.open(db, born_years)
        async with db.begin() as session:
            # Members of one team joined it at different times, in both teams alike.
            order = CareTeamMemberRow.since + func.length(CareTeamMemberRow.organisation_name) * (
                literal(timedelta(seconds=1))
            )
            keys = [marked.key, plain.key]
            mine = update(CareTeamMemberRow).where(CareTeamMemberRow.patient_id.in_(keys))
            await session.execute(mine.values(since=order))
        return cls(marked, plain)

    async def both(self, step: Step[R]) -> tuple[R, R]:
        """Do the same to each, and return what came of it."""
        self._wait()
        return await step(self.marked), await step(self.plain)

    async def only(self, step: Step[R]) -> R:
        """Do something to the marked one alone; for the other the minute just passes."""
        self._wait()
        return await step(self.marked)

    async def answers(self, viewer: Callable[[Clinic], Viewer], *medicines: Any) -> tuple[str, str]:
        """Return everything that somebody is answered about each, at the same time.

        The marked one has some medicines at the source.
        """
        self._wait()
        marked = await answers(self.marked.clinic, viewer, sources(*medicines))
        return marked, await answers(self.plain.clinic, viewer, sources())

    def _wait(self) -> None:
        self._minutes += 1
        self.marked.clinic.now = self.plain.clinic.now = NOW + self._minutes * _MINUTE


class _Ticking(Clinic):
    """A clinic where no two things are done in the same second."""

    def context(self, viewer: Viewer) -> Context:
        self.now += timedelta(seconds=1)
        return super().context(viewer)


async def answers(
    clinic: Clinic, viewer: Callable[[Clinic], Viewer], connectors: Connectors
) -> str:
    """Return everything that somebody is answered about a patient, with ids by their order."""
    told: list[Any] = []
    for query in everything():
        ctx = clinic.context(viewer(clinic))
        ctx.connectors = connectors
        # Else the reader's own line could stand in the log already, or not yet.
        ctx.log = MemoryLog()
        answer = await schema.execute(
            query, variable_values={"id": clinic.patient_id}, context_value=ctx
        )
        errors = [(e.message, e.path, getattr(e, "extensions", None)) for e in answer.errors or ()]
        told.append({"data": answer.data, "errors": errors})
        await ctx.close()
    return alike(json.dumps(told, default=str, ensure_ascii=False, indent=1))


def alike(answer: str) -> str:
    """Return an answer with ids and numbers replaced by the order in which they first stand."""
    answer = re.sub(r'"(cursor|startCursor|endCursor)": "([^"]+)"', _opened, answer)
    seen: dict[str, str] = {}

    def named(found: re.Match[str]) -> str:
        return seen.setdefault(found[0], f"#{len(seen)}")

    return _NUMBER.sub(named, _ID.sub(named, answer))


def _opened(found: re.Match[str]) -> str:
    with suppress(ValueError):
        return f'"{found[1]}": {base64.urlsafe_b64decode(found[2]).decode()}'
    return found[0]


def everything() -> Iterator[str]:
    """Yield queries that ask for all that the graph has about a patient, as the export does.

    What the export leaves out since it is there already is asked for as well.
    """
    graph: GraphQLSchema = schema._schema  # no public way to it
    for piece in pieces(graph):
        yield piece.operation.document.loc.source.body  # type: ignore[union-attr]  # parsed from text
    whole = "lifecycles: [DRAFT, ACTIVE, ON_HOLD, COMPLETED, REVOKED, ENTERED_IN_ERROR]"
    yield f"""query ($id: ID!) {{ patient(id: $id) {{ plan {{ patient {{ id }} parts({whole}) {{
        id differences {{ section line label kind sentence changes {{ field before after }} }}
        first: differences(since: 0, until: 1) {{ sentence }}
        reports(first: 1) {{ pageInfo {{ hasNextPage endCursor }}
            edges {{ cursor node {{ id contentVersion answer {{ sentences }} }} }} }} }} }}
        reports(first: 1) {{ pageInfo {{ hasNextPage endCursor }} edges {{ node {{ id }} }} }}
        notices(first: 2) {{ pageInfo {{ hasNextPage endCursor }} edges {{ node {{ id kind }} }} }}
        log(first: 2) {{ pageInfo {{ hasNextPage endCursor }} edges {{ node {{ count }} }} }}
        series(observable: PEAK_FLOW, since: "2026-11-01T00:00:00Z", until: "2026-12-31T00:00:00Z")
        {{ points {{ measurementId measuredAt value }} bands {{ level low high }} isCut }} }} }}"""
    yield "query ($id: ID!) { consentWithdrawalPreview(patientId: $id) { sentences } }"
    told = "id kind at sentence subjectId isRead changeComment"
    yield f"{{ notices(first: 100) {{ edges {{ node {{ {told} }} }} }} }}"


def sources(*medicines: Any) -> Connectors:
    """Return sources that all answer: the medicine list with some medicines, the rest with none."""

    def answering(source: SourceName, *items: Any) -> Any:
        async def answer(subjects: Sequence[Subject], caller: Caller) -> list[Section[Any]]:
            return [Section.answered(source, items, NOW) for _ in subjects]

        return answer

    hospital = answering(SourceName.HOSPITAL)
    return cast(
        Connectors,
        SimpleNamespace(
            medication=SimpleNamespace(medications=answering(SourceName.MEDICATION, *medicines)),
            kjernejournal=SimpleNamespace(critical_info=answering(SourceName.KJERNEJOURNAL)),
            hospital=SimpleNamespace(appointments=hospital, care_team=hospital, documents=hospital),
        ),
    )
