"""What each source demands of a call, and how it says no."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

import pytest

from simulators.kjernejournal import TICKET_SECONDS, Kjernejournal
from simulators.source import Settings
from simulators.wire import Call
from simulators.world import World
from tests.simulators.asking import (
    BLOCKED,
    CITIZEN,
    FNR,
    HELD_BACK,
    LOCKED,
    MANY,
    NO_JOURNAL,
    NORA,
    RESERVED,
    RESTRICTED,
    TEMPORARY,
    UNKNOWN_CODES,
    Asking,
    Reply,
)


async def call(source: Asking, **more: Any) -> Reply:
    """Make an ordinary call, whichever source it is."""
    if source.more:
        return await source.search("Appointment", NORA, **more)
    if source.token == "dev-medication":
        return await source.medicines(NORA, **more)
    return await source.indicator(NORA, **more)


@pytest.fixture(params=["kj", "sfm", "dips"])
def source(request: pytest.FixtureRequest) -> Asking:
    found: Asking = request.getfixturevalue(request.param)
    return found


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Authorization": None}, 401),
        ({"Authorization": "Bearer feil"}, 401),
        ({"Authorization": "dev-kjernejournal"}, 401),
        ({"nhn-attest": None}, 403),
        ({"nhn-attest": "%7B%7D"}, 403),
        ({"nhn-attest": "%ff%fe"}, 403),
        ({"nhn-attest": quote('{"practitioner": {}, "patient": {}}')}, 403),
        ({"nhn-attest": quote('{"practitioner": {}, "citizen": {}}')}, 403),
        ({"nhn-event-id": None}, 400),
        ({"nhn-event-id": "x" * 129}, 400),
        ({"nhn-event-id": "x" * 128}, 200),
    ],
)
async def test_who_asks_must_be_shown(
    source: Asking, headers: dict[str, str | None], status: int
) -> None:
    assert (await call(source, headers=headers)).status == status


async def test_the_correlation_id_comes_back(source: Asking) -> None:
    reply = await call(source, headers={"nhn-event-id": "abc-123"})
    assert reply.headers["x-event-id"] == "abc-123"


async def test_a_number_in_the_address_is_refused(kj: Asking, dips: Asking) -> None:
    assert (await kj.ask("POST", f"/v1/helseindikator?fnr={NORA}")).status == 400
    path = f"/Appointment/_search?patient.identifier={quote(FNR + '|' + NORA)}"
    assert (await dips.ask("GET", path)).status == 400


@pytest.mark.parametrize("body", [b"", b"null", b"[]", b"{", b"\xff\xfe", b"[" * 50_000, b"7"])
async def test_a_body_that_makes_no_sense_is_refused(source: Asking, body: bytes) -> None:
    paths = {
        "dev-kjernejournal": "/v1/helseindikator",
        "dev-medication": "/Patient/$getMedication",
        "dev-hospital": "/Appointment/_search",
    }
    reply = await source.ask(
        "POST", paths[source.token], headers={"X-EPJ-System": "DBEP"}, data=body
    )
    assert reply.status == 400
    assert reply.json["resourceType"] == "OperationOutcome"


async def test_a_wrong_path_or_method_is_not_found(source: Asking) -> None:
    assert (await source.ask("GET", "/nothing")).status == 404
    assert (await source.ask("DELETE", "/changes")).status == 405
    assert (await source.ask("GET", "/healthz")).json["status"] == "ok"


# Kjernejournal


async def test_an_error_has_its_code_and_the_correlation_id(kj: Asking) -> None:
    diagnostics = (await kj.critical(RESTRICTED)).json["issue"][0]["diagnostics"]
    assert diagnostics["errorCode"] == "KJ-0018"
    assert diagnostics["eventId"] == "hendelse-1"


@pytest.mark.parametrize(
    ("number", "status"),
    [("20811590268", 0), ("123", 0), (NO_JOURNAL, 1), (RESERVED, 1), (TEMPORARY, 1), (NORA, 4)],
)
async def test_indicator_status(kj: Asking, number: str, status: int) -> None:
    assert (await kj.indicator(number)).json["status"] == status


@pytest.mark.parametrize(
    ("number", "basis", "status"),
    [
        (NORA, "UNNTAK", 200),
        (NORA, "SAMTYKKE", 200),
        (NORA, "AKUTT", 200),
        (NORA, "INNSYN", 200),
        (NORA, "FORHOYET_SAMTYKKE", 403),
        (NORA, "VETIKKE", 400),
        (RESTRICTED, "UNNTAK", 403),
        (RESTRICTED, "AKUTT", 200),
        (RESTRICTED, "FORHOYET_SAMTYKKE", 200),
        (RESTRICTED, "INNSYN", 200),
        (BLOCKED, "AKUTT", 403),
        (BLOCKED, "UNNTAK", 403),
        (NO_JOURNAL, "UNNTAK", 404),
        (RESERVED, "AKUTT", 404),
    ],
)
async def test_access_basis(kj: Asking, number: str, basis: str, status: int) -> None:
    assert (await kj.critical(number, basis=basis)).status == status


async def test_an_acute_ground_needs_an_acute_purpose(kj: Asking) -> None:
    headers = {"nhn-access-basis": "AKUTT"}
    assert (await kj.critical(NORA, headers=headers)).status == 403


@pytest.mark.parametrize(
    "name", ["nhn-patient-nin", "nhn-source-system", "nhn-access-basis", "nhn-user-role", "ticket"]
)
async def test_each_header_is_demanded(kj: Asking, name: str) -> None:
    assert (await kj.critical(NORA, headers={name: None})).status == 400


async def test_only_a_citizen_asks_on_their_own_behalf(kj: Asking) -> None:
    assert (await kj.critical(NORA, headers={"nhn-access-basis": "INNSYN"})).status == 403


async def test_a_ticket_is_bound_to_its_patient(kj: Asking) -> None:
    ticket = (await kj.indicator(RESTRICTED)).json["ticket"]
    reply = await kj.critical(NORA, headers={"ticket": ticket})
    assert (reply.status, reply.json["issue"][0]["diagnostics"]["errorCode"]) == (403, "KJ-0021")
    assert (await kj.critical(NORA, headers={"ticket": "tull"})).status == 403


def test_a_ticket_lives_ten_minutes(world: World) -> None:
    now = 1_000_000.0
    source = Kjernejournal(world, Settings(), clock=lambda: now)
    ticket = source.ticket_for(NORA)
    handler = source.routes()["GET", "/critical-information/v1/Condition"]

    def status() -> int:
        headers = {
            "authorization": "Bearer dev-kjernejournal",
            "nhn-event-id": "1",
            "nhn-attest": quote(json.dumps(CITIZEN)),
            "nhn-patient-nin": NORA,
            "nhn-source-system": "test",
            "nhn-access-basis": "INNSYN",
            "ticket": ticket,
        }
        encoded = {name.encode(): value.encode() for name, value in headers.items()}
        asked = Call("GET", "/x", b"", encoded, b"")
        return source.answer(asked, handler, to_patient_data=True).status

    assert status() == 200
    now += TICKET_SECONDS - 1
    assert status() == 200
    now += 2
    assert status() == 403


async def test_many_patients_are_asked_for_news_at_once(kj: Asking) -> None:
    body = {"fnr": [NORA, NO_JOURNAL], "siden": "2000-01-01T00:00:00Z"}
    told = (await kj.ask("POST", "/v1/legemiddelvarsling", json=body)).json
    assert [(t["fnr"], t["harKjernejournal"], t["nyInfo"]) for t in told] == [
        (NORA, True, True),
        (NO_JOURNAL, False, False),
    ]
    body["siden"] = "2100-01-01T00:00:00Z"
    assert not (await kj.ask("POST", "/v1/legemiddelvarsling", json=body)).json[0]["nyInfo"]


# Medication


def lookups(reply: Reply) -> set[str]:
    return {p["name"] for p in reply.json["parameter"]} - {"medication"}


def resources(reply: Reply, kind: str) -> list[dict[str, Any]]:
    bundle = reply.json["parameter"][0]["resource"]
    return [e["resource"] for e in bundle["entry"] if e["resource"]["resourceType"] == kind]


@pytest.mark.parametrize(
    ("number", "consent", "done"),
    [
        (NORA, "HPUNNTAK", {"KJHentetTidspunkt", "RFHentetTidspunkt"}),
        (NORA, None, {"RFHentetTidspunkt"}),
        (RESERVED, "HPUNNTAK", {"RFHentetTidspunkt"}),
        (BLOCKED, "HPAKUTT", {"RFHentetTidspunkt"}),
        (RESTRICTED, "HPUNNTAK", {"RFHentetTidspunkt"}),
        (RESTRICTED, "HPAKUTT", {"KJHentetTidspunkt", "RFHentetTidspunkt"}),
        (TEMPORARY, "HPUNNTAK", {"RFHentetTidspunkt"}),
    ],
)
async def test_lookups_that_were_not_done_have_no_time(
    sfm: Asking, number: str, consent: str | None, done: set[str]
) -> None:
    reply = await sfm.medicines(number, consent)
    assert lookups(reply) == done
    kinds = {
        i["type"]["text"] for s in resources(reply, "MedicationStatement") for i in s["identifier"]
    }
    assert ("PLL" in kinds) == ("KJHentetTidspunkt" in done)


async def test_a_citizen_needs_no_consent(sfm: Asking) -> None:
    assert "KJHentetTidspunkt" in lookups(await sfm.medicines(NORA, None, attest=CITIZEN))


async def test_withheld_prescriptions_are_told_and_open_with_consent(sfm: Asking) -> None:
    shut = await sfm.medicines(LOCKED)
    reason = resources(shut, "Composition")[0]["section"][1]["emptyReason"]["coding"][0]["code"]
    opened = await sfm.medicines(LOCKED, extra={"SamtykkeLasteResepter": "HPMOTTATTSAMTYKKE"})
    assert reason == "withheld"
    assert len(resources(opened, "Composition")[0]["section"]) == 1
    count = len(resources(shut, "MedicationStatement"))
    assert len(resources(opened, "MedicationStatement")) > count


async def test_every_reference_in_a_medicine_bundle_is_in_it(sfm: Asking) -> None:
    bundle = (await sfm.medicines(NORA)).json["parameter"][0]["resource"]
    full_urls = {entry["fullUrl"] for entry in bundle["entry"]}
    for entry in bundle["entry"][0]["resource"]["section"][0]["entry"]:
        assert entry["reference"] in full_urls
    for statement in resources(await sfm.medicines(NORA), "MedicationStatement"):
        named = [
            statement["medicationReference"],
            statement["subject"],
            *statement.get("partOf", ()),
        ]
        assert {each["reference"] for each in named} <= full_urls


async def test_a_question_without_a_patient_or_with_a_strange_consent_is_refused(
    sfm: Asking,
) -> None:
    body: dict[str, Any] = {"resourceType": "Parameters", "parameter": []}
    assert (await sfm.ask("POST", "/Patient/$getMedication", json=body)).status == 422
    assert (await sfm.medicines(NORA, "JA")).status == 422


# Hospital


@pytest.mark.parametrize("missing", ["Authorization", "Ocp-Apim-Subscription-Key"])
async def test_the_hospital_needs_both_secrets(dips: Asking, missing: str) -> None:
    assert (await dips.search("Appointment", NORA, headers={missing: None})).status == 401


async def test_many_patients_in_one_search(dips: Asking, world: World) -> None:
    people = [p for p in world.people if p.sources.hospital == "open"][:50]
    reply = await dips.search("Appointment", *(p.number.value for p in people))
    matches = [e["resource"] for e in reply.json["entry"] if e["search"]["mode"] == "match"]
    subjects = {m["participant"][0]["actor"]["reference"] for m in matches}
    expected = {f"Patient/{p.id}" for p in people if world.of(p, "Appointment")}
    assert subjects == expected
    included = {e["fullUrl"] for e in reply.json["entry"] if e["search"]["mode"] == "include"}
    assert subjects <= included


async def test_too_many_too_few_or_wrongly_written_patients_are_refused(dips: Asking) -> None:
    assert (await dips.search("Appointment", *[NORA] * 51)).status == 400
    assert (await dips.search("Appointment")).status == 400
    form = {"patient.identifier": NORA}
    assert (await dips.ask("POST", "/Appointment/_search", data=form)).status == 400
    assert (await dips.search("Appointment", NORA, count=1001)).status == 400
    two = {"patient.identifier": f"{FNR}|{NORA},{FNR}|{MANY}"}
    assert (await dips.ask("POST", "/DocumentReference/_search", data=two)).status == 400


async def test_long_answers_come_in_pages(dips: Asking) -> None:
    reply = await dips.search("Appointment", MANY, count=250)
    ids: list[str] = []
    while True:
        ids += [e["fullUrl"] for e in reply.json["entry"] if e["search"]["mode"] == "match"]
        links = {link["relation"]: link["url"] for link in reply.json["link"]}
        if "next" not in links:
            break
        reply = await dips.ask("GET", links["next"].removeprefix(dips.url))
    assert len(ids) == len(set(ids)) == reply.json["total"] > 600
    assert (await dips.ask("GET", "/Appointment/_search?_page=tull")).status == 404


async def test_what_the_hospital_holds_back_is_told_as_held_back(dips: Asking) -> None:
    reply = await dips.search("Appointment", NORA, HELD_BACK)
    outcome = next(e for e in reply.json["entry"] if e["search"]["mode"] == "outcome")
    assert outcome["resource"]["issue"][0]["expression"] == ["Patient/cdp1000017"]
    documents = await dips.documents(HELD_BACK)
    assert documents.json["total"] == 0
    assert int(documents.headers["nhn-securitylabel-nors-count"]) > 0


async def test_documents_come_newest_first(dips: Asking) -> None:
    dates = [e["resource"]["date"] for e in (await dips.documents(NORA)).json["entry"]]
    assert dates == sorted(dates, reverse=True)


async def test_codes_that_no_list_has_are_kept(dips: Asking, sfm: Asking, kj: Asking) -> None:
    appointments = (await dips.search("Appointment", UNKNOWN_CODES)).json["entry"]
    assert "rescheduling" in {e["resource"].get("status") for e in appointments}
    statements = resources(await sfm.medicines(UNKNOWN_CODES), "MedicationStatement")
    assert "paused-by-pharmacy" in {s["status"] for s in statements}
    assert (await kj.critical(UNKNOWN_CODES, "Condition")).status == 200
