"""A search for many patients at once, and its answer shared among them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from connectors.fhir.bundle import Bundle, BundleReader, Entry, UnreadableEntry, left_out
from connectors.fhir.wire import WireIssue, WireOutcome
from connectors.hospital.included import Included, address_of
from connectors.hospital.shares import Shares
from connectors.hospital.wire import WirePatient
from connectors.http import Answer, Endpoint
from domain.access.subject import Subject
from domain.source.section import Reason, ReasonCode, Section

R = TypeVar("R")
M = TypeVar("M")
T = TypeVar("T")

_ADDRESS = re.compile(rb'"(?:reference|fullUrl)"\s*:\s*"([^"\\]{1,200})"')
_MATCH = re.compile(rb'"mode"\s*:\s*"match"')


@dataclass(frozen=True)
class Search(Generic[R, M, T]):
    """How to call a search, read its answer and turn its matches into items.

    `references` are the addresses that a match refers to, its patients among them; `items` adds
    the places of wrong values inside a match to the list that it is given.
    """

    endpoint: Endpoint
    reader: BundleReader[R]
    match: type[M]
    references: Callable[[M], Iterable[str]]
    items: Callable[[Entry[M], Included, list[str]], Sequence[T]]

    def sections(
        self, answer: Answer, subjects: Sequence[Subject], at: datetime
    ) -> dict[str, Section[T]]:
        """Return each subject's section by patient id. Raises SourceFailure if it is no result."""
        bundle = self.reader.read(answer.body)
        patients = [entry.resource for entry in bundle.of(WirePatient)]
        unread = map(address_of, bundle.others)
        shares: Shares[T] = Shares(subjects, patients, unread)
        self._share_matches(bundle, shares)
        for unreadable in bundle.unreadable:
            shares.add_wrong(_addresses_in(unreadable), [unreadable.path])
        for entry in bundle.of(WireOutcome):
            for issue in entry.resource.issue:
                _share_issue(issue, entry.path, shares)
        seen = len(bundle.of(self.match)) + sum(map(_is_match, bundle.unreadable))
        if left_out(bundle, seen):
            shares.add_reason(shares.everyone(), Reason(code=ReasonCode.TRUNCATED))
        return shares.sections(at)

    def _share_matches(self, bundle: Bundle[R], shares: Shares[T]) -> None:
        included = Included(entry.resource for entry in bundle.entries)
        for entry in bundle.of(self.match):
            wrong: list[str] = []
            addresses = list(map(address_of, self.references(entry.resource)))
            if not shares.add_items(addresses, self.items(entry, included, wrong)):
                wrong.append(entry.path)  # somebody's, and we can't say whose
            if wrong:
                shares.add_wrong(addresses, wrong)


def _share_issue(issue: WireIssue, path: str, shares: Shares[T]) -> None:
    addresses = list(map(address_of, issue.expression))
    concerned = shares.owners(addresses)
    if issue.code == "suppressed" and concerned:
        shares.add_reason(concerned, Reason(code=ReasonCode.WITHHELD_BY_SOURCE))
    elif issue.code == "suppressed":
        shares.add_wrong(addresses, [path])
    elif issue.severity != "information":
        unknown = Reason(code=ReasonCode.PART_UNAVAILABLE)
        shares.add_reason(concerned or shares.everyone(), unknown)


def _addresses_in(unreadable: UnreadableEntry) -> list[str]:
    """Return what an entry refers to, found in its bytes since it can't be decoded."""
    found: list[bytes] = _ADDRESS.findall(bytes(unreadable.raw))
    return [address_of(address.decode(errors="replace")) for address in found]


def _is_match(unreadable: UnreadableEntry) -> bool:
    return _MATCH.search(bytes(unreadable.raw)) is not None
