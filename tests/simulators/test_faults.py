"""Each fault of the switch as a plain HTTP client sees it, and nothing else disturbed."""

from __future__ import annotations

import asyncio
import json
import time
from typing import Any
from urllib.parse import quote, urlsplit

import aiohttp
import pytest

from simulators.faults import Fault
from tests.simulators.asking import ARNE, CLINICIAN, NORA, Asking, Reply


async def nora(source: Asking) -> Reply:
    if source.more:
        return await source.search("Appointment", NORA)
    if source.token == "dev-medication":
        return await source.medicines(NORA)
    return await source.indicator(NORA)


@pytest.fixture(params=["kj", "sfm", "dips"])
def source(request: pytest.FixtureRequest) -> Asking:
    found: Asking = request.getfixturevalue(request.param)
    return found


async def raw_indicator(kj: Asking) -> bytes:
    """Ask over a bare TCP connection, so that nothing hides what the other end does."""
    where = urlsplit(kj.url)
    reader, writer = await asyncio.open_connection(where.hostname, where.port)
    body = json.dumps({"fnr": NORA})
    lines = (
        "POST /v1/helseindikator HTTP/1.1",
        "Host: x",
        "Authorization: Bearer dev-kjernejournal",
        "nhn-event-id: 1",
        f"nhn-attest: {quote(json.dumps(CLINICIAN))}",
        "X-EPJ-System: DBEP",
        f"Content-Length: {len(body)}",
    )
    writer.write(("\r\n".join(lines) + "\r\n\r\n" + body).encode())
    try:
        return await asyncio.wait_for(reader.read(), 2)
    finally:
        writer.close()


@pytest.mark.parametrize("status", [401, 429, 500, 503])
async def test_an_error_is_in_the_source_s_own_form(source: Asking, status: int) -> None:
    await source.faults([{"kind": "status", "status": status, "retryAfter": 2}])
    reply = await nora(source)
    assert (reply.status, reply.headers["retry-after"]) == (status, "2")
    is_gateway_error = source.more and status == 401
    assert ("statusCode" if is_gateway_error else "issue") in reply.json


async def test_a_reset_is_a_reset_of_the_connection(source: Asking, kj: Asking) -> None:
    await source.faults([{"kind": "reset"}])
    with pytest.raises(aiohttp.ClientError):
        await nora(source)
    await kj.faults([{"kind": "reset"}])
    with pytest.raises(ConnectionResetError):
        await raw_indicator(kj)


async def test_a_truncated_body_has_a_right_length_and_no_end(source: Asking) -> None:
    await source.faults([{"kind": "truncate"}])
    reply = await nora(source)
    assert int(reply.headers["content-length"]) == len(reply.body)
    with pytest.raises(json.JSONDecodeError):
        _ = reply.json


async def test_a_short_body_ends_before_its_length(source: Asking, kj: Asking) -> None:
    await source.faults([{"kind": "shortBody"}])
    with pytest.raises(aiohttp.ClientPayloadError):
        await nora(source)
    await kj.faults([{"kind": "shortBody"}])
    head, _, body = (await raw_indicator(kj)).partition(b"\r\n\r\n")
    announced = int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
    assert 0 < len(body) < announced


async def test_a_wrong_body_is_a_good_answer_with_something_else(source: Asking) -> None:
    await source.faults([{"kind": "wrongBody"}])
    reply = await nora(source)
    assert (reply.status, reply.headers["content-type"]) == (200, "text/html; charset=utf-8")
    await source.faults([{"kind": "wrongBody", "body": "[1]"}])
    assert (await nora(source)).json == [1]


async def test_unknown_codes_replace_codes(kj: Asking, sfm: Asking, dips: Asking) -> None:
    for source in (kj, sfm, dips):
        await source.faults([{"kind": "unknownCodes"}])
    assert (await kj.indicator(NORA)).json["sistEndretKritiskInfo"][0]["kategori"] == "X_UKJENT"
    assert '"code": "X-UKJENT"' in json.dumps((await kj.critical(NORA)).json)
    assert '"status": "x-ukjent"' in json.dumps((await nora(sfm)).json)
    assert '"status": "x-ukjent"' in json.dumps((await nora(dips)).json)


async def test_wrong_values_are_in_one_item_only(kj: Asking, sfm: Asking, dips: Asking) -> None:
    for source in (kj, sfm, dips):
        await source.faults([{"kind": "wrongValues"}])
    for reply in (await kj.critical(NORA), await nora(sfm), await nora(dips)):
        assert reply.body.count(b"2026-13-45") == 1
        assert reply.body.count(b":17,") + reply.body.count(b":17}") >= 1
    assert isinstance((await kj.indicator(NORA)).json["status"], str)


async def test_latency_is_added(source: Asking) -> None:
    await source.faults([{"kind": "latency", "ms": 120}])
    started = time.perf_counter()
    assert (await nora(source)).status == 200
    assert time.perf_counter() - started >= 0.12


def test_lognormal_latency_has_its_median_and_percentile() -> None:
    fault = Fault(kind="latency", distribution="lognormal", ms=50, p95_ms=3000)
    drawn = sorted(fault.delay() * 1000 for _ in range(20_000))
    assert 45 < drawn[10_000] < 55
    assert 2500 < drawn[19_000] < 3600


async def test_a_hanging_source_answers_nothing(source: Asking) -> None:
    await source.faults([{"kind": "hang"}])
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(nora(source), 0.2)
    await source.faults([])
    assert (await nora(source)).status == 200


async def test_a_reserved_patient_has_no_kjernejournal(
    kj: Asking, sfm: Asking, dips: Asking
) -> None:
    for source in (kj, sfm, dips):
        await source.faults([{"kind": "reserved", "patient": NORA}])
    assert (await kj.indicator(NORA)).json["status"] == 1
    assert (await kj.critical(NORA)).status == 404
    assert [p["name"] for p in (await nora(sfm)).json["parameter"]][1:] == ["RFHentetTidspunkt"]
    assert "suppressed" in json.dumps((await nora(dips)).json)


async def test_a_patient_who_blocked_someone_gives_nothing(kj: Asking) -> None:
    await kj.faults([{"kind": "blocked", "patient": NORA}])
    assert (await kj.indicator(NORA)).json["eksistererBlokkertHelsepersonell"] is True
    assert (await kj.critical(NORA)).status == 403


async def test_a_fault_hits_only_its_patient_endpoint_and_times(kj: Asking, dips: Asking) -> None:
    await kj.faults([{"kind": "status", "patient": NORA}])
    assert [(await kj.indicator(n)).status for n in (NORA, ARNE)] == [503, 200]
    await dips.faults([{"kind": "status", "endpoint": "/CareTeam", "times": 2}])
    found = [(await dips.search(k, ARNE)).status for k in ("Appointment", *["CareTeam"] * 3)]
    assert found == [200, 503, 503, 200]


async def test_the_switch_can_be_read_and_cleared_and_refuses_nonsense(kj: Asking) -> None:
    await kj.faults([{"kind": "latency", "ms": 1, "patient": NORA}])
    read = (await kj.ask("GET", "/_faults")).json
    assert read == [{"kind": "latency", "patient": NORA, "ms": 1}]
    assert (await kj.ask("DELETE", "/_faults")).json == []
    nonsense: tuple[Any, ...] = ([{"kind": "explode"}], [{"kind": "reset", "typo": 1}], {})
    for wrong in nonsense:
        assert (await kj.ask("PUT", "/_faults", json=wrong)).status == 400


async def test_calls_are_counted_by_endpoint(dips: Asking) -> None:
    await dips.ask("DELETE", "/_calls")
    wanted: list[Any] = [dips.search("Appointment", NORA) for _ in range(3)]
    await asyncio.gather(*wanted, dips.documents(NORA))
    counted = (await dips.ask("GET", "/_calls")).json
    assert counted["calls"] == {
        "POST /Appointment/_search": 3,
        "POST /DocumentReference/_search": 1,
    }
    assert 1 <= counted["mostInFlight"] <= 4
    told = counted["lastAsked"].values()
    assert {last["attest"]["practitioner"]["hpr_nr"] for last in told} == {"9144897"}
