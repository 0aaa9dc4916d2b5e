"""FHIR search as the hospital does it: the form that asks, the bundle that answers, its pages."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from secrets import token_hex
from typing import Any, NamedTuple
from urllib.parse import parse_qs

import msgspec

from simulators.fhir import Resource
from simulators.people import Person
from simulators.wire import Refusal

MAX_COUNT = 1000
MAX_OPEN_PAGES = 500

_SYSTEMS = {f"urn:oid:2.16.578.1.12.4.1.4.{series}" for series in (1, 2, 3)}


class Search(NamedTuple):
    """What a search asks for."""

    numbers: list[str]
    limit: int
    with_included: bool


class Match(NamedTuple):
    """An encoded entry of a type that was searched for, and the `Type/id`s that it refers to."""

    entry: msgspec.Raw
    references: tuple[str, ...]


class Rest(NamedTuple):
    """The part of an answer that is not sent yet."""

    kind: str
    matches: Sequence[Match]
    total: int
    limit: int
    with_included: bool


class Pages:
    """Remembers what is left of long answers; the oldest are forgotten."""

    def __init__(self) -> None:
        self._open: OrderedDict[str, Rest] = OrderedDict()

    def keep(self, rest: Rest) -> str:
        """Return the opaque key of a rest."""
        key = token_hex(8)
        self._open[key] = rest
        if len(self._open) > MAX_OPEN_PAGES:
            self._open.popitem(last=False)
        return key

    def find(self, key: str) -> Rest:
        """Return a rest; it can be read again, as a page can."""
        if key not in self._open:
            raise Refusal(404, "Siden finnes ikke lenger")
        return self._open[key]


def asked_for(body: bytes) -> Search:
    """Read a search's form."""
    try:
        form = parse_qs(body.decode(), max_num_fields=50)
    except (UnicodeDecodeError, ValueError):
        raise Refusal(400, "Skjemaet kan ikke leses") from None
    values = form.get("patient.identifier", [""])[0].split(",")
    return Search(
        numbers=[_number(value) for value in values if value],
        limit=_count(form.get("_count", [str(MAX_COUNT)])[0]),
        with_included="*" in form.get("_include", ()),
    )


def entry(resource: Resource, mode: str) -> msgspec.Raw:
    """Return a resource as an encoded entry."""
    value: dict[str, Any] = {"search": {"mode": mode}, "resource": resource}
    if "id" in resource:
        value = {"fullUrl": f"{resource['resourceType']}/{resource['id']}"} | value
    return msgspec.Raw(msgspec.json.encode(value))


def suppressed(person: Person) -> msgspec.Raw:
    """Return the entry that tells that a patient's data is held back."""
    issue = {
        "severity": "warning",
        "code": "suppressed",
        "diagnostics": "Opplysninger holdes tilbake",
        "expression": [f"Patient/{person.id}"],
    }
    return entry({"resourceType": "OperationOutcome", "issue": [issue]}, "outcome")


def searchset(
    rest: Rest, told: Iterable[msgspec.Raw], included: Iterable[msgspec.Raw], next_page: str | None
) -> bytes:
    """Return one page as a bundle."""
    links = [{"relation": "self", "url": f"{rest.kind}/_search"}]
    if next_page:
        links.append({"relation": "next", "url": next_page})
    entries = [match.entry for match in rest.matches[: rest.limit]]
    bundle: dict[str, Any] = {
        "resourceType": "Bundle",
        "type": "searchset",
        "total": rest.total,
        "link": links,
    }
    if entries := [*entries, *told, *included]:
        bundle["entry"] = entries
    return msgspec.json.encode(bundle)


def references(value: Any) -> list[str]:
    """Return every `Type/id` that a resource refers to, in its order."""
    if isinstance(value, list):
        return [each for item in value for each in references(item)]
    if not isinstance(value, dict):
        return []
    own = value.get("reference")
    found = [own] if isinstance(own, str) else []
    return found + [each for item in value.values() for each in references(item)]


def _number(value: str) -> str:
    system, bar, number = value.strip().partition("|")
    if not bar or system not in _SYSTEMS:
        raise Refusal(400, "patient.identifier må være system|nummer")
    return number


def _count(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= MAX_COUNT:
        raise Refusal(400, f"_count må være 1 til {MAX_COUNT}")
    return int(text)
