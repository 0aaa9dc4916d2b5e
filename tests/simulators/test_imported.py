"""A folder that others made: served through the same three sources, and never a crash."""

from __future__ import annotations

import gzip
import json
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import aiohttp
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simulators import hospital, kjernejournal, medication
from simulators.building import build
from simulators.identity import TEMPORARY, NumberSeries, is_valid
from simulators.imported import add_folder
from simulators.ndjson import FolderUnusable
from simulators.people import Person
from simulators.serving import serve
from simulators.source import Settings, Source
from simulators.wire import Call
from simulators.world import World, load
from tests.simulators.asking import CITIZEN, Asking

TODAY = date(2026, 11, 22)
OWN_CODE = {"coding": [{"system": "http://example.org/rx", "code": "42"}], "text": "Tiotropium"}


def resource(kind: str, key: str, **fields: Any) -> dict[str, Any]:
    return {"resourceType": kind, "id": key, **fields}


def about_ann(kind: str, key: str, **fields: Any) -> dict[str, Any]:
    return resource(kind, key, subject={"reference": "Patient/ann"}, **fields)


def request(key: str, authored: str, **fields: Any) -> dict[str, Any]:
    given: dict[str, Any] = {
        "status": "active",
        "intent": "order",
        "medicationCodeableConcept": OWN_CODE,
        "authoredOn": authored,
        "requester": {"reference": "Practitioner/d1"},
        "dosageInstruction": [{"text": "18 mcg"}],
    }
    return about_ann("MedicationRequest", key, **(given | fields))


FOLDER: dict[str, list[dict[str, Any]]] = {
    "Patient": [
        resource(
            "Patient",
            "ann",
            name=[{"family": "Smith", "given": ["Ann"]}],
            gender="female",
            birthDate="1971-07-13",
        ),
        resource("Patient", "bob", birthDate="1960"),
        resource("Patient", "nil"),
        resource("Patient", "odd", name="not a list of names", birthDate=7),
    ],
    "Practitioner": [resource("Practitioner", "d1", name=[{"family": "Marsh", "given": ["Dee"]}])],
    "Location": [resource("Location", "l1", name="Ward 7")],
    "Encounter": [
        about_ann(
            "Encounter",
            "e1",
            status="finished",
            serviceType={"text": "Cardiology"},
            period={"start": "2026-01-02T10:00:00Z", "end": "2026-01-02T10:30:00Z"},
            participant=[{"individual": {"reference": "Practitioner/d1"}}],
            location=[{"location": {"reference": "Location/l1"}}],
            reasonCode=[{"text": "Palpitations"}],
        ),
        about_ann("Encounter", "e2", status="planned"),
        about_ann("Encounter", "e3", status="finished", period="yesterday"),
    ],
    "AllergyIntolerance": [
        resource(
            "AllergyIntolerance",
            "a1",
            patient={"reference": "Patient/ann"},
            code={"text": "Dust"},
            recorder={"reference": "Practitioner/d1"},
        ),
        resource(
            "AllergyIntolerance",
            "a2",
            patient={"reference": "Patient/ann"},
            code={"text": "No known allergies"},
        ),
        resource("AllergyIntolerance", "a3", patient={"reference": "Patient/ann"}),
    ],
    "Condition": [
        about_ann(
            "Condition",
            "c1",
            code={"text": "Asthma"},
            clinicalStatus={"coding": [{"code": "active"}]},
        ),
        about_ann(
            "Condition",
            "c2",
            code={"text": "Sepsis"},
            clinicalStatus={"coding": [{"code": "active"}]},
            severity={"text": "Severe"},
        ),
    ],
    "MedicationRequest": [
        request("m1", "2026-01-01T08:00:00Z"),
        request("m2", "2026-06-01T08:00:00Z"),
        request("m3", "2026-06-01", status="cancelled", dosageInstruction=[]),
        request("m4", "2026-06-01", medicationCodeableConcept=None),
    ],
    "DocumentReference": [
        about_ann(
            "DocumentReference",
            "r1",
            status="current",
            type={"text": "Note"},
            content=[{"attachment": {"contentType": "text/plain", "data": "c2VjcmV0"}}],
        ),
        about_ann(
            "DocumentReference",
            "r2",
            status="current",
            securityLabel=[{"coding": [{"code": "R"}]}],
            content=[],
        ),
    ],
}


def write(folder: Path, files: dict[str, list[dict[str, Any]]]) -> Path:
    deep = folder / "export" / "r4"
    deep.mkdir(parents=True, exist_ok=True)
    for kind, resources in files.items():
        lines = "\n".join(json.dumps(each) for each in resources)
        (deep / f"{kind}.000.ndjson").write_text(lines)
    return folder


def imported(world: World) -> dict[str, Person]:
    return {p.name.family or str(p.birth_date): p for p in world.people if p.story == "imported"}


@pytest.fixture(scope="module")
def folder_world(tmp_path_factory: pytest.TempPathFactory) -> World:
    return build(today=TODAY, patients=1, data=write(tmp_path_factory.mktemp("data"), FOLDER))


def test_patients_get_synthetic_numbers_that_last(folder_world: World, tmp_path: Path) -> None:
    again = build(today=TODAY, patients=1, data=write(tmp_path, FOLDER))
    first, second = ([p.numbers for p in imported(w).values()] for w in (folder_world, again))
    assert first == second
    assert all(is_valid(numbers[0].value) for numbers in first)
    ann, bob, nil = (imported(folder_world)[key] for key in ("Smith", "1960", "None"))
    assert ann.number.value[:6] == "138771"
    assert bob.number.value[:6] == "018160"
    assert nil.number.system == TEMPORARY


def test_what_can_not_be_used_is_counted_with_its_reason(folder_world: World) -> None:
    assert folder_world.left_out == {
        "AllergyIntolerance that says that none is known": 1,
        "AllergyIntolerance that is not as FHIR says (KeyError)": 1,
        "Encounter that is not as FHIR says (TypeError)": 1,
        "MedicationRequest that is not as FHIR says (KeyError)": 1,
        "Patient that is not as FHIR says (AttributeError)": 1,
    }


async def test_the_folder_is_served_by_the_three_sources(folder_world: World) -> None:
    number = imported(folder_world)["Smith"].number.value
    key = {"Ocp-Apim-Subscription-Key": "dev-hospital-key"}
    async with (
        serve(kjernejournal.create_app(folder_world)) as kj_url,
        serve(medication.create_app(folder_world)) as sfm_url,
        serve(hospital.create_app(folder_world)) as dips_url,
        aiohttp.ClientSession() as session,
    ):
        kj = Asking(session, kj_url, "dev-kjernejournal")
        allergies = (await kj.critical(number)).json["entry"]
        assert [a["resource"]["code"]["text"] for a in allergies] == ["Dust"]
        assert allergies[0]["resource"]["contained"][0]["practitioner"]["display"] == "Dee Marsh"
        severe = (await kj.critical(number, "Condition")).json["entry"]
        assert [c["resource"]["code"]["text"] for c in severe] == ["Sepsis"]

        sfm = Asking(session, sfm_url, "dev-medication")
        bundle = (await sfm.medicines(number)).json["parameter"][0]["resource"]
        assert OWN_CODE in [e["resource"].get("code") for e in bundle["entry"]]
        chain = [e["resource"] for e in bundle["entry"] if "effectivePeriod" in e["resource"]]
        assert [("partOf" in s, s["status"]) for s in chain] == [
            (True, "completed"),
            (False, "active"),
            (False, "stopped"),
        ]

        dips = Asking(session, dips_url, "dev-hospital", key)
        found = (await dips.search("Appointment", number)).json
        appointments = {
            e["resource"]["status"]: e["resource"] for e in found["entry"][: found["total"]]
        }
        assert set(appointments) == {"fulfilled", "booked"}
        assert appointments["fulfilled"]["description"] == "Palpitations"
        included = {
            e["resource"]["resourceType"]: e["resource"] for e in found["entry"][found["total"] :]
        }
        assert included["PractitionerRole"]["practitioner"]["display"] == "Dee Marsh"
        assert included["Location"]["name"] == "Ward 7"
        team = (await dips.search("CareTeam", number)).json["entry"][0]["resource"]
        assert team["participant"][0]["member"]["display"] == "Dee Marsh"
        documents = await dips.documents(number)
        assert b"c2VjcmV0" not in documents.body
        assert documents.headers["nhn-securitylabel-nors-count"] == "1"


def test_a_folder_without_patients_says_what_was_expected(tmp_path: Path) -> None:
    with pytest.raises(FolderUnusable, match=r"Patient\.ndjson"):
        build(today=TODAY, patients=1, data=tmp_path)


def test_lines_that_are_no_json_and_packed_files_are_taken_in_stride(tmp_path: Path) -> None:
    write(tmp_path, {"Patient": FOLDER["Patient"][:1]})
    (tmp_path / "Condition.ndjson").write_bytes(
        b'{"resourceType": "Cond\n\n\xff\xfe\n[]\n{"a": 1}\n'
    )
    (tmp_path / "notes.ndjson").write_text("not ours")
    with gzip.open(tmp_path / "Location.ndjson.gz", "wt") as packed:
        packed.write(json.dumps(FOLDER["Location"][0]))
    world = build(today=TODAY, patients=1, data=tmp_path)
    assert world.left_out == {"not JSON": 3, "without its type or an id": 1}
    assert len(imported(world)) == 1


ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.just("Practitioner/d1"),
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.dictionaries(
            st.sampled_from(["coding", "code", "text", "reference", "display", "start", "system"]),
            inner,
            max_size=3,
        )
    ),
    max_leaves=6,
)
NAMES = sorted(
    {name for each in FOLDER.values() for r in each for name in r} - {"resourceType", "id"}
)


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.dictionaries(st.sampled_from(NAMES), ANY_JSON, max_size=4))
def test_no_shape_of_input_stops_the_build(tmp_path: Path, odd: dict[str, Any]) -> None:
    changed = {
        kind: [*resources, resources[0] | odd | {"id": f"{kind}-odd"}]
        for kind, resources in FOLDER.items()
    }
    world = World(seed=1, today=TODAY)
    add_folder(world, NumberSeries(), write(tmp_path, changed))
    world.save(tmp_path / "world.json")
    served = load(tmp_path / "world.json")
    assert "Smith" in imported(served)
    for person in served.people:
        assert all(answer_about(person, served))


def answer_about(person: Person, world: World) -> list[int]:
    """Ask each source about a person, without HTTP; an odd value may not stop any of them."""
    number = person.number
    attest = quote(json.dumps(CITIZEN))
    form = urlencode({"patient.identifier": f"{number.system}|{number.value}", "_include": "*"})
    patient = {"resourceType": "Patient", "identifier": [{"value": number.value}]}
    asked = {"resourceType": "Parameters", "parameter": [{"name": "patient", "resource": patient}]}
    sources = (
        (hospital.Hospital, "/Appointment/_search", form),
        (hospital.Hospital, "/CareTeam/_search", form),
        (hospital.Hospital, "/DocumentReference/_search", form),
        (medication.MedicationSource, "/Patient/$getMedication", json.dumps(asked)),
        (kjernejournal.Kjernejournal, "/v1/helseindikator", json.dumps({"fnr": number.value})),
    )
    return [ask(make(world, Settings()), path, body, attest) == 200 for make, path, body in sources]


def ask(source: Source, path: str, body: str, attest: str) -> int:
    headers = {
        "authorization": f"Bearer dev-{source.name}",
        "ocp-apim-subscription-key": "dev-hospital-key",
        "x-epj-system": "test",
        "nhn-event-id": "1",
        "nhn-attest": attest,
    }
    encoded = {name.encode(): value.encode() for name, value in headers.items()}
    call = Call("POST", path, b"", encoded, body.encode())
    return source.answer(call, source.routes()["POST", path], to_patient_data=True).status
