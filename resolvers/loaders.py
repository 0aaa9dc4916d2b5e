"""The operation's DataLoaders: thin wrappers over the batch functions, one line each."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import Any, TypeVar

from aiodataloader import DataLoader

from connectors import Connectors
from domain.access.log_line import LogLine
from domain.access.patient import PatientRecord
from domain.access.subject import Subject
from domain.access.unseen import Traces, TracesAsked
from domain.caller import Caller
from domain.cooperation.comment import Comment
from domain.cooperation.handover import Handover
from domain.cooperation.review import Review
from domain.cooperation.suggestion import Suggestion
from domain.following.asking import ReportsAsked, ValuesAsked
from domain.following.measurement import Measurement
from domain.following.report import Report
from domain.outdated.comparison import Comparison
from domain.plan.draft import Draft
from domain.plan.version import PlanVersion
from domain.source.section import Section
from resolvers.source import Fetch
from store import Store
from store.listing import Listing, N

K = TypeVar("K")
V = TypeVar("V")
Run = Callable[[Awaitable[Any]], Awaitable[Any]]


class Loaders:
    """One loader a batch function; `run` gives each batch a task that ends with the operation."""

    def __init__(self, store: Store, connectors: Connectors, run: Run) -> None:
        self._connectors, self._run = connectors, run
        self._sections: dict[tuple[Fetch, Caller], DataLoader[Subject, Section[Any]]] = {}
        self.record: DataLoader[str, PatientRecord | None] = self._loader(store.patient.by_ids)
        self.comments: DataLoader[tuple[str, str], list[Comment]] = self._loader(
            store.comment.by_parts
        )
        self.comparisons: DataLoader[tuple[str, str], list[Comparison]] = self._loader(
            store.comparison.by_parts
        )
        self.suggestions: DataLoader[tuple[str, str], list[Suggestion]] = self._loader(
            store.suggestion.by_parts
        )
        self.log_entries: DataLoader[tuple[str, str], LogLine | None] = self._loader(
            store.log.by_entries
        )
        self._store = store
        self._listings: dict[Listing[Any], DataLoader[str, list[Any]]] = {}
        self.drafts: DataLoader[tuple[str, str], list[Draft]] = self._loader(store.draft.by_parts)
        self.handovers: DataLoader[str, list[Handover]] = self._loader(store.handover.by_patients)
        self.reviews: DataLoader[tuple[str, str], list[Review]] = self._loader(
            store.review.by_parts
        )
        self.versions: DataLoader[tuple[str, str, int], PlanVersion | None] = self._loader(
            store.version.by_numbers
        )
        self.reports: DataLoader[ReportsAsked, list[Report]] = self._loader(store.report.pages)
        self.traces: DataLoader[TracesAsked, Traces] = self._loader(store.unseen.traces)
        self.values: DataLoader[ValuesAsked, list[Measurement]] = self._loader(
            store.measurement.by_questions
        )

    def forget(self, patient_id: str) -> None:
        """Forget what the store said about a patient; sources are not changed by our writes."""
        self.record.clear(patient_id)
        self.comments.clear_all()
        self.comparisons.clear_all()
        self.suggestions.clear_all()
        self.drafts.clear_all()
        self.handovers.clear_all()
        self.reviews.clear_all()
        self._listings.clear()
        self.versions.clear_all()
        self.reports.clear_all()
        self.values.clear_all()
        self.traces.clear_all()

    def listed(self, listing: Listing[N]) -> DataLoader[str, list[N]]:
        """Return the loader of what patients have of one kind."""
        if listing not in self._listings:
            self._listings[listing] = self._loader(
                lambda patient_ids: self._store.listing.by_patients(listing, patient_ids)
            )
        return self._listings[listing]

    def section(self, fetch: Fetch, caller: Caller) -> DataLoader[Subject, Section[Any]]:
        """Return the loader of one source-fed section, as asked by one caller."""
        key = (fetch, caller)
        if key not in self._sections:
            self._sections[key] = self._loader(
                lambda subjects: fetch.batch(self._connectors, subjects, caller)
            )
        return self._sections[key]

    def _loader(self, batch: Callable[[Sequence[K]], Awaitable[list[V]]]) -> DataLoader[K, V]:
        async def load(keys: list[K]) -> list[V]:
            found: list[V] = await self._run(batch(keys))
            return found

        return DataLoader(load)
