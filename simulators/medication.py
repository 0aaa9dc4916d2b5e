"""The simulated medication source: `$getMedication` with its document bundle and lookup times."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

import msgspec
from starlette.applications import Starlette

from simulators import fhir, staff
from simulators.fhir import HL7, SFM, Resource
from simulators.identity import TEMPORARY
from simulators.medicine_list import Entry, is_locked, product_of, statements
from simulators.people import Person
from simulators.server import application
from simulators.source import Alteration, Settings, Source, bearer, caller_kind
from simulators.stories.parts import course
from simulators.wire import FHIR_JSON, Answer, Call, Handler, Refusal
from simulators.world import World

_CONSENTS = {"HPAKUTT", "HPMOTTATTSAMTYKKE", "HPUNNTAK"}
_GIVEN = {"HPAKUTT", "HPMOTTATTSAMTYKKE"}

# Stands in an encoded answer where the time of the lookup goes.
NOW = "\ue000"
_NOW = NOW.encode()

LIST = "Legemidler"
LOCKED = "Låste resepter"


class _Identifier(msgspec.Struct):
    value: str
    system: str | None = None


class _Patient(msgspec.Struct):
    identifier: list[_Identifier] = []


class _Parameter(msgspec.Struct, rename="camel"):
    name: str
    resource: _Patient | None = None
    value_code: str | None = None


class _Parameters(msgspec.Struct, rename="camel"):
    parameter: list[_Parameter]
    resource_type: str = ""


_PARAMETERS = msgspec.json.Decoder(_Parameters)


class Lookup(NamedTuple):
    """Which of the two registers was looked in, and whether locked prescriptions come along."""

    kjernejournal: bool
    prescriptions: bool
    locked: bool


class MedicationSource(Source):
    """Puts the medicine list (from kjernejournal) and the prescriptions together."""

    name = "medication"

    def __init__(self, world: World, settings: Settings) -> None:
        super().__init__(world, settings)
        self._templates: dict[tuple[str, Lookup], list[bytes]] = {}

    def routes(self) -> Mapping[tuple[str, str], Handler]:
        return {("POST", "/Patient/$getMedication"): self._get_medication}

    def authenticate(self, call: Call) -> None:
        if bearer(call) != self.settings.medication_token:
            raise Refusal(401, "Ugyldig eller manglende token")

    def failure(self, refusal: Refusal, event_id: str) -> bytes:  # noqa: ARG002  # only kjernejournal repeats it
        kinds = {400: "invalid", 401: "login", 403: "forbidden", 404: "not-found", 422: "invalid"}
        issue = {
            "severity": "error",
            "code": kinds.get(refusal.status, "transient"),
            "diagnostics": refusal.reason,
        }
        return msgspec.json.encode({"resourceType": "OperationOutcome", "issue": [issue]})

    def forget(self, person: Person) -> None:
        for key in [key for key in self._templates if key[0] == person.id]:
            del self._templates[key]

    def alterations(self) -> Mapping[str, Alteration]:
        return {
            "startMedication": self._start,
            "stopMedication": self._stop,
            "resumeMedication": self._resume,
            "changeDosage": self._change_dosage,
        }

    def _get_medication(self, call: Call) -> Answer:
        asked = _asked(call.body)
        person = self._person(asked)
        lookup = self._lookup(person, asked, call)
        template = self._templates.get((person.id, lookup))
        if template is None:
            template = msgspec.json.encode(self._parameters(person, lookup)).split(_NOW)
            self._templates[person.id, lookup] = template
        body = fhir.oslo(_local_now()).encode().join(template)
        return Answer(body, content_type=FHIR_JSON)

    def _person(self, asked: dict[str, _Parameter]) -> Person:
        patient = asked["patient"].resource if "patient" in asked else None
        if patient is None or not patient.identifier:
            raise Refusal(422, "patient med identifier mangler")
        person = self.world.person(patient.identifier[0].value)
        if person is None:
            raise Refusal(404, "Personen finnes ikke")
        return person

    def _lookup(self, person: Person, asked: dict[str, _Parameter], call: Call) -> Lookup:
        consent = _code(asked, "SamtykkeKjernejournal")
        if consent is not None and consent not in _CONSENTS:
            raise Refusal(422, "SamtykkeKjernejournal har ukjent kode")
        privacy = self.privacy_of(person, call)
        is_own = caller_kind(call) == "citizen"
        may_open = is_own or _code(asked, "SamtykkeSperretLegemidler") in _GIVEN
        is_open = privacy == "present" or (
            privacy == "restricted" and (may_open or consent == "HPAKUTT")
        )
        shows_locked = person.sources.locked == "visible" or is_own
        return Lookup(
            kjernejournal=is_open
            and (consent is not None or is_own)
            and any(number.system != TEMPORARY for number in person.numbers),
            prescriptions=person.sources.prescription_lookup,
            locked=shows_locked or _code(asked, "SamtykkeLasteResepter") in _GIVEN,
        )

    def _parameters(self, person: Person, lookup: Lookup) -> Resource:
        found = self.world.of(person, "MedicationStatement")
        open_ones = [s for s in found if lookup.locked or not is_locked(s)]
        shown = [s for s in (_seen(each, lookup) for each in open_ones) if s is not None]
        used = {s["medicationReference"]["reference"] for s in shown}
        products = self.world.of(person, "Medication")
        listed = [p for p in products if f"urn:uuid:{p['id']}" in used]
        withheld = lookup.prescriptions and len(open_ones) < len(found)
        subject = fhir.patient(person, fhir.subject_uuid(person))
        subject["meta"] = {"profile": [f"{SFM}sfm-Patient"]}
        composition = _composition(person, shown, lookup, withheld=withheld)
        return _answer([composition, subject, *shown, *listed], lookup)

    def _start(self, person: Person) -> str:
        today = datetime.now(UTC).date()
        prescription = course(
            "apocillin", "1 tablett 4 ganger daglig i 7 dager", "Mot infeksjon", 1
        )
        entry = Entry(
            prescription=prescription,
            dosage=prescription.dosage,
            prescribed=today,
            by=staff.OMAR.name,
            refills=0,
        )
        found = self.world.of(person, "MedicationStatement")
        found.extend(statements(person, 10_000 + len(found), entry))
        product = product_of(person, entry)
        if product not in self.world.of(person, "Medication"):
            self.world.of(person, "Medication").append(product)
        return "medication"

    def _stop(self, person: Person) -> str:
        if statement := self._active(person):
            statement["status"] = "stopped"
            period = statement.setdefault("effectivePeriod", {})
            period["end"] = datetime.now(UTC).date().isoformat()
        return "medication"

    def _resume(self, person: Person) -> str:
        """Take up again the treatment that was stopped last, as if it never had been."""
        found = self.world.of(person, "MedicationStatement")
        ends = [(s["effectivePeriod"].get("end", ""), s) for s in found if s["status"] == "stopped"]
        if ends:
            _, statement = max(ends, key=lambda each: each[0])
            statement["status"] = "active"
            statement["effectivePeriod"].pop("end", None)
        return "medication"

    def _change_dosage(self, person: Person) -> str:
        if statement := self._active(person):
            text = f"Ny dosering fra {_local_now():%d.%m.%Y kl. %H.%M.%S}"
            statement["dosage"] = [{"sequence": 1, "text": text}]
        return "medication"

    def _active(self, person: Person) -> Resource | None:
        found = self.world.of(person, "MedicationStatement")
        return next((s for s in found if s["status"] == "active"), None)


def create_app(world: World, settings: Settings | None = None) -> Starlette:
    """Return the simulated medication source."""
    return application(MedicationSource(world, settings or Settings()))


def _asked(body: bytes) -> dict[str, _Parameter]:
    try:
        parameters = _PARAMETERS.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise Refusal(400, "Meldingen kan ikke leses") from None
    if parameters.resource_type != "Parameters":
        raise Refusal(400, "Meldingen er ikke en Parameters")
    return {parameter.name: parameter for parameter in parameters.parameter}


def _code(asked: dict[str, _Parameter], name: str) -> str | None:
    return asked[name].value_code if name in asked else None


def _seen(statement: Resource, lookup: Lookup) -> Resource | None:
    """Return a statement as far as the registers that were looked in know it."""
    if lookup.kjernejournal and lookup.prescriptions:
        return statement
    kept = "PLL" if lookup.kjernejournal else "ReseptId"
    identifiers = [i for i in statement["identifier"] if i["type"]["text"] == kept]
    if not identifiers or not (lookup.kjernejournal or lookup.prescriptions):
        return None
    seen = statement | {"identifier": identifiers}
    if not lookup.prescriptions:
        seen.pop("extension", None)
    return seen


def _answer(resources: list[Resource], lookup: Lookup) -> Resource:
    bundle = {
        "resourceType": "Bundle",
        "meta": {"profile": [f"{SFM}sfm-MedicationBundle"]},
        "type": "document",
        "timestamp": NOW,
        "entry": [_entry(resource) for resource in resources],
    }
    parameters: list[Resource] = [{"name": "medication", "resource": bundle}]
    if lookup.kjernejournal:
        parameters.append({"name": "KJHentetTidspunkt", "valueDateTime": NOW})
    if lookup.prescriptions:
        parameters.append({"name": "RFHentetTidspunkt", "valueDateTime": NOW})
    return {"resourceType": "Parameters", "parameter": parameters}


def _entry(resource: Resource) -> Resource:
    """Such a resource has no id of its own: only the bundle's full URL names it."""
    body = {key: value for key, value in resource.items() if key != "id"}
    return {"fullUrl": f"urn:uuid:{resource['id']}", "resource": body}


def _composition(
    person: Person, shown: list[Resource], lookup: Lookup, *, withheld: bool
) -> Resource:
    sections = [_section(LIST, shown, _why_empty(lookup))]
    if withheld:
        sections.append(_section(LOCKED, [], ("withheld", "Pasienten har låste resepter")))
    return {
        "resourceType": "Composition",
        "id": fhir.uuid_of(person.id, "composition"),
        "meta": {"profile": [f"{SFM}sfm-MedicationComposition"]},
        "status": "final",
        "type": fhir.coded("http://loinc.org", "11503-0", "Medical records"),
        "subject": {"reference": f"urn:uuid:{fhir.subject_uuid(person)}"},
        "date": NOW,
        "author": [{"display": "Sentral forskrivningsmodul"}],
        "title": "Legemiddelopplysninger",
        "section": sections,
    }


def _section(title: str, listed: list[Resource], why_empty: tuple[str, str]) -> Resource:
    section: Resource = {"title": title, "code": {"text": title}}
    if listed:
        return section | {"entry": [{"reference": f"urn:uuid:{each['id']}"} for each in listed]}
    code, text = why_empty
    return section | {"emptyReason": fhir.coded(f"{HL7}list-empty-reason", code) | {"text": text}}


def _why_empty(lookup: Lookup) -> tuple[str, str]:
    if lookup.kjernejournal or lookup.prescriptions:
        return "nilknown", "Ingen legemidler registrert"
    return "unavailable", "Ingen oppslag er gjort"


def _local_now() -> datetime:
    now = datetime.now(UTC).replace(tzinfo=None)
    summer = fhir.oslo(now).endswith("+02:00")
    return now + timedelta(hours=2 if summer else 1)
