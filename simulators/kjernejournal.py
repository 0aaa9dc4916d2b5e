"""The simulated kjernejournal: the indicator call with its ticket, and critical information."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from hashlib import blake2b
from secrets import token_bytes
from typing import TypeVar

import msgspec
from starlette.applications import Starlette

from simulators import critical_information, staff
from simulators.catalogue import LATEX
from simulators.clinical import Critical
from simulators.family import Families
from simulators.fhir import Resource
from simulators.identity import is_valid
from simulators.kjernejournal_answers import bundle, has_journal, junk, note_latest, nothing
from simulators.kjernejournal_headers import ELEVATED, MISSING, NO_ACCESS, OPENING, access_basis
from simulators.medicine_list import is_locked
from simulators.people import Person, member
from simulators.server import application
from simulators.source import Alteration, Settings, Source, bearer
from simulators.wire import FHIR_JSON, Answer, Call, Handler, Refusal, json
from simulators.world import World

TICKET_SECONDS = 600

DEATH = "death"

_SERVICE = "kritisk-info"

# How the indicator names the categories of critical information (ours, but for OVER_REAK).
_CATEGORY_NAMES = {"2": "ANEST", "4": "SMITTE", "5": "KRIT_MED", "6": "BEH_IMP"}
_NO_JOURNAL = "KJ-0007"
_BLOCKED = "KJ-0019"
_BAD_TICKET = "KJ-0021"


class _Indicator(msgspec.Struct):
    fnr: str


class _Notice(msgspec.Struct):
    fnr: list[str]
    siden: datetime


class _After(msgspec.Struct):
    etter: int


T = TypeVar("T")

_INDICATOR = msgspec.json.Decoder(_Indicator)
_NOTICE = msgspec.json.Decoder(_Notice)
_AFTER = msgspec.json.Decoder(_After)


class Kjernejournal(Source):
    """Holds persons with a national or D-number, unless they have none or have reserved."""

    name = "kjernejournal"

    def __init__(
        self, world: World, settings: Settings, clock: Callable[[], float] = time.time
    ) -> None:
        super().__init__(world, settings)
        self._clock = clock
        self._secret = token_bytes(16)
        self._encoded: dict[tuple[str, str], bytes] = {}
        self._families = Families(world, self.changes)

    def routes(self) -> Mapping[tuple[str, str], Handler]:
        base = "/critical-information/v1"
        return {
            ("POST", "/v1/helseindikator"): self._indicator,
            ("POST", "/v1/legemiddelvarsling"): self._notices,
            ("POST", "/v1/dodsfall"): self._deaths,
            ("POST", "/v1/familie"): self._family,
            ("GET", f"{base}/AllergyIntolerance"): lambda c: self._critical(
                c, "AllergyIntolerance"
            ),
            ("GET", f"{base}/Condition"): lambda c: self._critical(c, "Condition"),
        }

    def authenticate(self, call: Call) -> None:
        if bearer(call) != self.settings.kjernejournal_token:
            raise Refusal(401, "Ugyldig eller manglende token", "KJ-0001")

    def failure(self, refusal: Refusal, event_id: str) -> bytes:
        diagnostics = {
            "errorCode": refusal.code,
            "errorMessage": refusal.reason,
            "eventId": event_id,
            "apiVersion": "1",
            "serviceName": _SERVICE,
        }
        kind = {401: "login", 403: "forbidden", 404: "not-found", 400: "required"}
        issue = {
            "severity": "error",
            "code": kind.get(refusal.status, "transient"),
            "diagnostics": diagnostics,
        }
        return msgspec.json.encode({"resourceType": "OperationOutcome", "issue": [issue]})

    def forget(self, person: Person) -> None:
        for kind in ("AllergyIntolerance", "Condition"):
            self._encoded.pop((person.id, kind), None)

    def alterations(self) -> Mapping[str, Alteration]:
        return {
            "addAllergy": self._add_allergy,
            "addCondition": self._add_condition,
            "retractAllergy": self._retract_allergy,
            "newPrescription": lambda _: "medication",
            "die": _die,
            **self._families.alterations(),
        }

    def ticket_for(self, number: str, expires: int | None = None) -> str:
        """Return a ticket bound to a patient, valid for ten minutes."""
        until = int(self._clock()) + TICKET_SECONDS if expires is None else expires
        mark = blake2b(f"{number}/{until}".encode(), key=self._secret, digest_size=12)
        return f"{until:x}-{mark.hexdigest()}"

    def _indicator(self, call: Call) -> Answer:
        if not call.header(b"x-epj-system"):
            raise Refusal(400, "X-EPJ-System mangler", MISSING)
        number = _decoded(_INDICATOR, call.body).fnr
        person = self.world.person(number)
        privacy = self.privacy_of(person, call) if person else "none"
        if not is_valid(number):
            return json(nothing(0, "Ugyldig fødselsnummer", number))
        if person is None or not has_journal(person, privacy):
            return json(nothing(1, "Pasienten har ikke kjernejournal", number))
        return json(self._indicator_of(person, number, privacy))

    def _indicator_of(self, person: Person, number: str, privacy: str) -> Resource:
        is_open = privacy == "present"
        changed = self._changed(person) if is_open else []
        is_critical = is_open and self._is_critical(person)
        restrictions = [{"omfang": "ALT", "type": "SPERRET"}] if privacy == "restricted" else []
        statements = self.world.of(person, "MedicationStatement") if is_open else []
        answer: Resource = {
            "status": 4 if is_critical else 2,
            "returTekst": "OK",
            "ticket": self.ticket_for(number),
        }
        if changed:
            answer["sistEndretKritiskInfoDato"] = max(each["sistEndret"] for each in changed)
        return answer | {
            "sistEndretKritiskInfo": changed,
            "sperringDetaljer": restrictions,
            "eksistererBlokkertHelsepersonell": privacy == "blocked",
            "harLasteResepter": any(is_locked(statement) for statement in statements),
            "harLegemidler": bool(statements),
            **junk(number),
        }

    def _is_critical(self, person: Person) -> bool:
        of = self.world.of
        return bool(of(person, "AllergyIntolerance") or of(person, "Condition"))

    def _changed(self, person: Person) -> list[Resource]:
        latest: dict[str, str] = {}
        for allergy in self.world.of(person, "AllergyIntolerance"):
            note_latest(latest, "OVER_REAK", allergy)
        for condition in self.world.of(person, "Condition"):
            code = condition["category"][0]["coding"][0]["code"]
            note_latest(latest, _CATEGORY_NAMES.get(code, "ANNET"), condition)
        return [{"kategori": kind, "sistEndret": day} for kind, day in latest.items()]

    def _critical(self, call: Call, kind: str) -> Answer:
        person, number = self._admitted(call)
        body = self._encoded.get((person.id, kind))
        if body is None:
            body = msgspec.json.encode(bundle(self.world.of(person, kind), number))
            self._encoded[person.id, kind] = body
        return Answer(body, content_type=FHIR_JSON)

    def _admitted(self, call: Call) -> tuple[Person, str]:
        """Go through the gates in their order; the person is returned if all are open."""
        basis = access_basis(call)
        number = call.header(b"nhn-patient-nin")
        person = self.world.person(number)
        privacy = self.privacy_of(person, call) if person else "none"
        if person is None or not has_journal(person, privacy):
            raise Refusal(404, "Pasienten har ikke kjernejournal", _NO_JOURNAL)
        if privacy == "blocked":
            raise Refusal(403, "Pasienten har blokkert helsepersonell", _BLOCKED)
        is_shut = privacy == "restricted" and basis not in OPENING
        # A higher basis than is needed is refused, for it would be logged as an opening.
        if is_shut or (privacy != "restricted" and basis in ELEVATED):
            raise Refusal(403, "Ingen tilgang til pasientens opplysninger", NO_ACCESS)
        self._check_ticket(call.header(b"ticket"), number)
        return person, number

    def _check_ticket(self, ticket: str, number: str) -> None:
        until = ticket.partition("-")[0]
        try:
            expires = int(until, 16)
        except ValueError:
            expires = 0
        if expires < self._clock() or ticket != self.ticket_for(number, expires):
            raise Refusal(403, "Ugyldig eller utløpt ticket", _BAD_TICKET)

    def _notices(self, call: Call) -> Answer:
        wanted = _decoded(_NOTICE, call.body)
        since = wanted.siden if wanted.siden.tzinfo else wanted.siden.replace(tzinfo=UTC)
        now = datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
        return json(
            [
                self._notice(number, since, call) | {"tidspunkt": now}
                for number in dict.fromkeys(wanted.fnr)
            ]
        )

    def _notice(self, number: str, since: datetime, call: Call) -> Resource:
        person = self.world.person(number)
        has = person is not None and has_journal(person, self.privacy_of(person, call))
        dates = self._prescribed(person) if person and has else []
        changes = self.changes.of(number, "medication")
        is_new = any(datetime.fromisoformat(change.at) > since for change in changes)
        is_new |= any(day > since.date().isoformat() for day in dates)
        return {"fnr": number, "harKjernejournal": has, "nyInfo": has and is_new}

    def _deaths(self, call: Call) -> Answer:
        """Answer whose death the register has told of since a place in the feed, and when."""
        feed = self.changes.after(_decoded(_AFTER, call.body).etter)
        dead = [(change, self.world.person(change.patient)) for change in feed.changes]
        deaths = [
            {"sekvens": change.sequence, "fnr": change.patient, "dodsdato": person.deceased}
            for change, person in dead
            if change.kind == DEATH and person is not None
        ]
        return json({"dodsfall": deaths, "siste": feed.last})

    def _family(self, call: Call) -> Answer:
        """Answer whose family the register has told of since a place in the feed."""
        return json(self._families.after(_decoded(_AFTER, call.body).etter))

    def _prescribed(self, person: Person) -> list[str]:
        return [
            s.get("effectivePeriod", {}).get("start", "")
            for s in self.world.of(person, "MedicationStatement")
        ]

    def _add_allergy(self, person: Person) -> str:
        today = datetime.now(UTC).date()
        resource = critical_information.allergy_resource(person, LATEX, today, member(staff.OMAR))
        self.world.of(person, "AllergyIntolerance").append(resource)
        return "critical-info"

    def _add_condition(self, person: Person) -> str:
        today = datetime.now(UTC).date()
        critical = Critical(category="6", code=None, text="Pacemaker")
        resource = critical_information.condition_resource(
            person, critical, today, member(staff.OMAR)
        )
        self.world.of(person, "Condition").append(resource)
        return "critical-info"

    def _retract_allergy(self, person: Person) -> str:
        for allergy in self.world.of(person, "AllergyIntolerance")[:1]:
            allergy["verificationStatus"]["coding"][0]["code"] = "entered-in-error"
        return "critical-info"


def create_app(world: World, settings: Settings | None = None) -> Starlette:
    """Return the simulated kjernejournal."""
    return application(Kjernejournal(world, settings or Settings()))


def _die(person: Person) -> str:
    person.deceased = datetime.now(UTC).date().isoformat()
    return DEATH


def _decoded(decoder: msgspec.json.Decoder[T], body: bytes) -> T:
    try:
        return decoder.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise Refusal(400, "Meldingen kan ikke leses", "KJ-0005") from None
