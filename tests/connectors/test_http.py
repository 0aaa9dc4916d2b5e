from __future__ import annotations

import asyncio
import logging
import traceback
import zlib

import pytest

from connectors.http import Answer, Endpoint, SourceFailure
from domain.source.section import ReasonCode
from tests.connectors.asking import NORA, a_caller
from tests.connectors.raw_source import (
    RawSource,
    Reply,
    a_client,
    answering,
    hanging,
    raw_source,
    resetting,
    sending,
    slowly,
)

SEARCH = Endpoint("POST", "/Appointment/_search")
GET = Endpoint("GET", "/critical-information/v1/Condition")
LATE = 0.2


def whole(answer: Answer) -> Answer:
    return answer


async def failure_of(reply: Reply, **settings: object) -> tuple[SourceFailure, RawSource]:
    async with raw_source(reply, **{"total_timeout": LATE} | settings) as (source, client):
        with pytest.raises(SourceFailure) as caught:
            await client.call(
                SEARCH, a_caller(), whole, headers={"nhn-patient-nin": NORA}, body=NORA.encode()
            )
    return caught.value, source


FAILURES = {
    "hang": (hanging, ReasonCode.SOURCE_TIMEOUT),
    "hang in the head": (sending(b"HTTP/1.1 200 OK\r\nConte"), ReasonCode.SOURCE_UNREACHABLE),
    "reset": (resetting, ReasonCode.SOURCE_UNREACHABLE),
    "401": (answering("401 Unauthorized"), ReasonCode.SOURCE_REFUSED),
    "403": (answering("403 Forbidden"), ReasonCode.SOURCE_REFUSED),
    "404": (answering("404 Not Found"), ReasonCode.SOURCE_ERROR),
    "422": (answering("422 Unprocessable"), ReasonCode.SOURCE_ERROR),
    "429": (answering("429 Slow down"), ReasonCode.SOURCE_RATE_LIMITED),
    "500": (answering("500 Oops"), ReasonCode.SOURCE_ERROR),
    "503": (answering("503 Later"), ReasonCode.SOURCE_ERROR),
    "204": (answering("204 Nothing", b""), ReasonCode.SOURCE_INVALID_ANSWER),
    "302": (answering("302 Found", b"", "Location: /else"), ReasonCode.SOURCE_INVALID_ANSWER),
    "not HTTP": (sending(b"220 mail.example ESMTP\r\n\r\n"), ReasonCode.SOURCE_INVALID_ANSWER),
    "cut short": (
        sending(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"),
        ReasonCode.SOURCE_INVALID_ANSWER,
    ),
    "cut in a chunk": (
        sending(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n40\r\n{"),
        ReasonCode.SOURCE_INVALID_ANSWER,
    ),
    "wrong compression": (
        answering("200 OK", b"not gzip", "Content-Encoding: gzip"),
        ReasonCode.SOURCE_INVALID_ANSWER,
    ),
}


@pytest.mark.parametrize("name", FAILURES)
async def test_every_failure_has_its_reason_and_nothing_of_the_patient(
    name: str, caplog: pytest.LogCaptureFixture
) -> None:
    reply, code = FAILURES[name]
    with caplog.at_level(logging.DEBUG):
        failure, source = await failure_of(reply)
    assert failure.code is code
    assert len(source.requests) == 1
    text = "".join(traceback.format_exception(failure)) + repr(failure.__context__)
    assert NORA not in text + caplog.text
    [line] = [r.getMessage() for r in caplog.records if r.name == "connectors"]
    assert "endpoint=POST /Appointment/_search" in line
    assert f"reason={code.value} event=3f0a6f6e-08a5" in line


async def test_a_source_that_is_not_there_is_unreachable() -> None:
    client = a_client("http://127.0.0.1:9")
    with pytest.raises(SourceFailure, match="SOURCE_UNREACHABLE"):
        await client.call(GET, a_caller(), whole)
    await client.close()


LIMIT = 1000


@pytest.mark.parametrize(
    "reply",
    [
        answering("200 OK", b"x" * (LIMIT + 1)),
        answering("200 OK", zlib.compress(b"x" * 100_000), "Content-Encoding: deflate"),
        sending(
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
            + b"".join(b"100\r\n" + b"x" * 256 + b"\r\n" for _ in range(8))
            + b"0\r\n\r\n"
        ),
    ],
    ids=["told", "compressed", "chunked"],
)
async def test_too_large_a_body_is_an_invalid_answer(reply: Reply) -> None:
    failure, _ = await failure_of(reply, max_body=LIMIT)
    assert failure.code is ReasonCode.SOURCE_INVALID_ANSWER


async def test_a_body_of_exactly_the_limit_is_read() -> None:
    async with raw_source(answering("200 OK", b"x" * LIMIT), max_body=LIMIT) as (_, client):
        assert len((await client.call(GET, a_caller(), whole)).body) == LIMIT


async def test_an_expected_status_reaches_the_reader() -> None:
    endpoint = Endpoint("GET", "/x", frozenset({200, 404}))
    reply = answering("404 Not Found", b"who?", "NHN-SecurityLabel-Nors-Count: 2")
    async with raw_source(reply) as (_, client):
        answer = await client.call(endpoint, a_caller(), whole)
    assert (answer.status, answer.body) == (404, b"who?")
    assert answer.headers["nhn-securitylabel-nors-count"] == "2"


async def test_a_reader_that_refuses_is_logged_once_and_keeps_no_context(
    caplog: pytest.LogCaptureFixture,
) -> None:
    def refuse(answer: Answer) -> None:
        try:
            int(NORA + "x")
        except ValueError:
            raise SourceFailure(ReasonCode.SOURCE_INVALID_ANSWER) from None

    async with raw_source(answering("200 OK")) as (_, client):
        with pytest.raises(SourceFailure) as caught:
            await client.call(GET, a_caller(), refuse)
    assert caught.value.__context__ is None
    assert [r.getMessage().count("status=200") for r in caplog.records] == [1]


async def test_our_own_mistakes_are_raised_as_they_are() -> None:
    async with raw_source(answering("200 OK")) as (_, client):
        with pytest.raises(ZeroDivisionError):
            await client.call(GET, a_caller(), lambda answer: 1 // 0)


async def test_every_call_carries_token_event_and_attest_and_no_number_in_its_address() -> None:
    async with raw_source(answering("200 OK")) as (source, client):
        await client.call(SEARCH, a_caller(), whole, body=f"patient={NORA}".encode())
    head, body = source.requests[0].split(b"\r\n\r\n")
    assert head.startswith(b"POST /Appointment/_search HTTP/1.1")
    for header in (
        b"Authorization: Bearer token-of-the-gateway",
        b"nhn-event-id: 3f0a6f6e-08a5",
        b"nhn-attest: %7B%22care_relation%22",
    ):
        assert header in head
    assert NORA.encode() not in head
    assert NORA.encode() in body


async def test_calls_at_once_are_bounded_and_all_answered() -> None:
    reply = slowly(answering("200 OK"), 0.01)
    async with raw_source(reply, concurrency=4) as (source, client):
        await asyncio.gather(*(client.call(GET, a_caller(), whole) for _ in range(20)))
    assert len(source.requests) == 20
    assert source.most_at_once == 4


async def test_waiting_for_a_free_place_counts_against_the_time() -> None:
    async with raw_source(hanging, concurrency=1, total_timeout=LATE) as (source, client):
        calls = [client.call(GET, a_caller(), whole) for _ in range(5)]
        async with asyncio.timeout(LATE * 3):
            outcomes = await asyncio.gather(*calls, return_exceptions=True)
    assert {str(outcome) for outcome in outcomes} == {"SOURCE_TIMEOUT"}
    assert source.most_at_once == 1


async def test_cancelling_passes_through_and_frees_the_place() -> None:
    async with raw_source(hanging, concurrency=1, total_timeout=30) as (source, client):
        for _ in range(2):
            call = asyncio.create_task(client.call(GET, a_caller(), whole))
            await asyncio.sleep(0.05)
            call.cancel()
            with pytest.raises(asyncio.CancelledError):
                await call
    assert len(source.requests) == 2


async def test_a_connection_is_used_again() -> None:
    async with raw_source(answering("200 OK")) as (_, client):
        for _ in range(3):
            await client.call(GET, a_caller(), whole)
        connector = client._session.connector
        assert connector is not None
        assert sum(len(free) for free in connector._conns.values()) == 1
