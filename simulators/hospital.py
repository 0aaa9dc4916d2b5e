"""The simulated hospital: appointments and care teams of many patients, documents of one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import partial
from urllib.parse import parse_qs

import msgspec
from starlette.applications import Starlette

from simulators import hospital_changes
from simulators.fhir import Resource, patient
from simulators.hospital_search import (
    Match,
    Pages,
    Rest,
    Search,
    asked_for,
    entry,
    references,
    searchset,
    suppressed,
)
from simulators.people import Person
from simulators.server import application
from simulators.source import Alteration, Settings, Source, bearer, caller_kind
from simulators.wire import FHIR_JSON, Answer, Call, Handler, Refusal
from simulators.world import World

MAX_PATIENTS = 50

NORS_COUNT = b"nhn-securitylabel-nors-count"

_DENIED = "Access denied due to missing subscription key or token."
_DOCUMENT = "DocumentReference"


class Hospital(Source):
    """Holds every person of the world; of some it holds everything back."""

    name = "hospital"

    def __init__(self, world: World, settings: Settings) -> None:
        super().__init__(world, settings)
        self._matches: dict[tuple[str, str], list[Match]] = {}
        self._included: dict[str, msgspec.Raw | None] = {}
        self._people = {f"Patient/{person.id}": person for person in world.people}
        self._pages = Pages()

    def routes(self) -> Mapping[tuple[str, str], Handler]:
        searches: dict[str, Handler] = {
            "Appointment": partial(self._search, "Appointment"),
            "CareTeam": partial(self._search, "CareTeam"),
            _DOCUMENT: self._documents,
        }
        first = {("POST", f"/{kind}/_search"): search for kind, search in searches.items()}
        return first | {("GET", f"/{kind}/_search"): self._next_page for kind in searches}

    def authenticate(self, call: Call) -> None:
        key = call.header(b"ocp-apim-subscription-key")
        has_key = key == self.settings.hospital_subscription_key
        if not has_key or bearer(call) != self.settings.hospital_token:
            raise Refusal(401, _DENIED)

    def failure(self, refusal: Refusal, event_id: str) -> bytes:  # noqa: ARG002  # only kjernejournal repeats it
        if refusal.status == 401:
            return msgspec.json.encode({"statusCode": 401, "message": refusal.reason})
        kinds = {400: "invalid", 403: "forbidden", 404: "not-found", 429: "throttled"}
        issue = {
            "severity": "error",
            "code": kinds.get(refusal.status, "transient"),
            "diagnostics": refusal.reason,
        }
        return msgspec.json.encode({"resourceType": "OperationOutcome", "issue": [issue]})

    def forget(self, person: Person) -> None:
        for key in [key for key in self._matches if key[0] == person.id]:
            del self._matches[key]

    def alterations(self) -> Mapping[str, Alteration]:
        return {
            name: partial(alter, self.world) for name, alter in hospital_changes.ALTERATIONS.items()
        }

    def _search(self, kind: str, call: Call) -> Answer:
        if call.query:
            return self._next_page(call)
        asked = asked_for(call.body)
        if not 1 <= len(asked.numbers) <= MAX_PATIENTS:
            raise Refusal(400, f"patient.identifier må ha 1 til {MAX_PATIENTS} verdier")
        people = self._known(asked)
        held_back = [person for person in people if self._is_held_back(person, call)]
        told = {person.id for person in held_back}
        matches = [m for p in people if p.id not in told for m in self._of(p, kind)]
        rest = Rest(kind, matches, len(matches), asked.limit, asked.with_included)
        return self._page(rest, call, held_back)

    def _documents(self, call: Call) -> Answer:
        if call.query:
            return self._next_page(call)
        asked = asked_for(call.body)
        if len(asked.numbers) != 1:
            raise Refusal(400, "Dokumenter hentes for én pasient om gangen")
        matches: list[Match] = []
        withheld = 0
        for person in self._known(asked):
            withheld += person.sources.withheld_documents
            if self._is_held_back(person, call):
                withheld += len(self.world.of(person, _DOCUMENT))
            else:
                matches = self._of(person, _DOCUMENT)
                if caller_kind(call) == "citizen":
                    whole, matches = len(matches), self._released(person)
                    withheld += whole - len(matches)
        rest = Rest(_DOCUMENT, matches, len(matches), asked.limit, with_included=False)
        answer = self._page(rest, call)
        return replace(answer, headers=((NORS_COUNT, str(withheld).encode()),))

    def _next_page(self, call: Call) -> Answer:
        key = parse_qs(call.query.decode("latin-1")).get("_page", [""])[0]
        rest = self._pages.find(key)
        if not call.path.startswith(f"/{rest.kind}/"):
            raise Refusal(404, "Siden finnes ikke lenger")
        return self._page(rest, call)

    def _known(self, asked: Search) -> list[Person]:
        found = (self.world.person(number) for number in asked.numbers)
        return list({person.id: person for person in found if person}.values())

    def _is_held_back(self, person: Person, call: Call) -> bool:
        return person.sources.hospital == "withheld" or bool(call.forced & {"reserved", "blocked"})

    def _of(self, person: Person, kind: str) -> list[Match]:
        matches = self._matches.get((person.id, kind))
        if matches is None:
            resources = self.world.of(person, kind)
            if kind == _DOCUMENT:
                resources = sorted(resources, key=lambda r: str(r.get("date")), reverse=True)
            matches = [
                Match(entry(resource, "match"), self._referred(resource)) for resource in resources
            ]
            self._matches[person.id, kind] = matches
        return matches

    def _released(self, person: Person) -> list[Match]:
        """Return the documents that a person, or who acts for them, may see by now."""
        resources = [r for r in self.world.of(person, _DOCUMENT) if not hospital_changes.is_held(r)]
        newest_first = sorted(resources, key=lambda r: str(r.get("date")), reverse=True)
        return [Match(entry(r, "match"), self._referred(r)) for r in newest_first]

    def _page(self, rest: Rest, call: Call, held_back: Iterable[Person] = ()) -> Answer:
        told = [suppressed(person) for person in held_back]
        included: list[msgspec.Raw] = []
        if rest.with_included:
            named = [f"Patient/{person.id}" for person in held_back]
            named += [name for match in rest.matches[: rest.limit] for name in match.references]
            found = (self._include(name) for name in dict.fromkeys(named))
            included = [resource for resource in found if resource is not None]
        return Answer(
            searchset(rest, told, included, self._next_address(rest, call)), content_type=FHIR_JSON
        )

    def _next_address(self, rest: Rest, call: Call) -> str | None:
        if len(rest.matches) <= rest.limit:
            return None
        key = self._pages.keep(rest._replace(matches=rest.matches[rest.limit :]))
        host = call.header(b"host") or "127.0.0.1"
        return f"http://{host}/{rest.kind}/_search?_page={key}"

    def _referred(self, resource: Resource) -> tuple[str, ...]:
        """Return what a resource refers to, and the organisations that those refer to."""
        names = dict.fromkeys(references(resource))
        for name in list(names):
            names |= dict.fromkeys(references(self.world.directory.get(name)))
        return tuple(names)

    def _include(self, name: str) -> msgspec.Raw | None:
        if name not in self._included:
            person = self._people.get(name)
            resource = patient(person, person.id) if person else self.world.directory.get(name)
            self._included[name] = entry(resource, "include") if resource else None
        return self._included[name]


def create_app(world: World, settings: Settings | None = None) -> Starlette:
    """Return the simulated hospital."""
    return application(Hospital(world, settings or Settings()))
