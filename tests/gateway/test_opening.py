"""A code is exchanged over real HTTP, and the token it gives makes a viewer."""

from __future__ import annotations

import logging
from typing import Any, cast

import msgspec
import pytest

from domain.access.opening import PREFIX
from domain.access.viewer import Viewer
from domain.errors import CodeRefused, TooManyTries
from gateway.opening import MOST_BYTES, place_of
from resolvers.opening import Opened, Openings
from tests.builders import a_recipient
from tests.gateway.serving import Gateway, Start, code

TOKEN = f"{PREFIX}abc"
GOOD = "ABCDE23456"


class SomeOpenings:
    """Knows one code and one token, and notes what it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str, str]] = []
        self.read: list[str] = []
        self.error: Exception | None = None

    async def exchange(self, code: str, place: str, event_id: str) -> Opened:
        self.asked.append((code, place, event_id))
        if self.error is not None:
            raise self.error
        if code != GOOD:
            raise CodeRefused
        return Opened(access_token=TOKEN, expires_in=28_800)

    async def viewer(self, token: str) -> Viewer | None:
        self.read.append(token)
        return a_recipient("shr_1", subject="opn_1") if token == TOKEN else None


@pytest.fixture
def openings() -> SomeOpenings:
    return SomeOpenings()


@pytest.fixture
async def gateway(start: Start, openings: SomeOpenings) -> Gateway:
    return await start(openings=cast(Openings, openings))


async def _open(gateway: Gateway, body: Any, **headers: str) -> tuple[int, dict[str, Any]]:
    sent = body if isinstance(body, bytes) else msgspec.json.encode(body)
    return await gateway.send("POST", sent, path="/opening", token=None, **headers)


async def test_a_code_gives_a_token_that_makes_a_recipient(
    gateway: Gateway, openings: SomeOpenings
) -> None:
    event = "0195bb24-0000-7000-8000-000000000001"
    status, body = await _open(gateway, {"code": GOOD}, nhn_event_id=event)
    assert (status, body) == (200, {"accessToken": TOKEN, "expiresIn": 28_800})
    assert openings.asked == [(GOOD, "127.0.0.1", event)]
    assert gateway.headers["cache-control"] == "no-store"
    assert gateway.headers["x-event-id"] == event
    status, body = await gateway.post("{ who }", token=TOKEN, nhn_event_id=event)
    assert (status, body) == (200, {"data": {"who": "opn_1"}})


async def test_the_token_is_looked_up_at_every_request(
    gateway: Gateway, openings: SomeOpenings
) -> None:
    for _ in range(3):
        await gateway.post("{ hello }", token=TOKEN)
    assert openings.read == [TOKEN] * 3


@pytest.mark.parametrize("token", [f"{PREFIX}x", PREFIX])
async def test_another_token_of_that_form_is_nobody_s(gateway: Gateway, token: str) -> None:
    status, body = await gateway.post("{ hello }", token=token)
    assert (status, code(body)) == (401, "UNAUTHENTICATED")


async def test_a_refused_code_says_nothing_of_why(gateway: Gateway) -> None:
    status, body = await _open(gateway, {"code": "AAAAABBBBB"})
    assert (status, code(body)) == (403, "CODE_REFUSED")
    assert "AAAAABBBBB" not in str(body)


async def test_who_has_tried_too_often_is_told_when_to_come_back(
    gateway: Gateway, openings: SomeOpenings
) -> None:
    openings.error = TooManyTries()
    status, body = await _open(gateway, {"code": GOOD})
    assert (status, code(body)) == (429, "TOO_MANY_TRIES")
    assert gateway.headers["retry-after"] == "900"


@pytest.mark.parametrize(
    "body", [b"{", b"[]", {"code": 7}, {}, b'"ABCDE23456"', b"\xff", b"[" * 900]
)
async def test_a_body_that_is_none_is_told_so(
    gateway: Gateway, openings: SomeOpenings, body: Any
) -> None:
    status, answer = await _open(gateway, body)
    assert (status, code(answer)) == (400, "BAD_REQUEST")
    assert openings.asked == []


async def test_a_body_is_bounded_and_json(gateway: Gateway) -> None:
    status, answer = await _open(gateway, {"code": "A" * MOST_BYTES})
    assert (status, code(answer)) == (413, "PAYLOAD_TOO_LARGE")
    status, answer = await _open(gateway, {"code": GOOD}, content_type="text/plain")
    assert (status, code(answer)) == (415, "UNSUPPORTED_MEDIA_TYPE")


async def test_a_code_never_stands_in_a_url(gateway: Gateway) -> None:
    status, answer = await gateway.send("GET", path="/opening", params={"code": GOOD}, token=None)
    assert (status, code(answer)) == (405, "POST_REQUIRED")


async def test_a_fault_of_ours_is_masked(
    gateway: Gateway, openings: SomeOpenings, caplog: pytest.LogCaptureFixture
) -> None:
    openings.error = RuntimeError(f"the driver said {GOOD}")
    with caplog.at_level(logging.DEBUG):
        status, answer = await _open(gateway, {"code": GOOD})
    assert (status, code(answer)) == (500, "INTERNAL_ERROR")
    assert GOOD not in caplog.text + str(answer)


async def test_behind_a_proxy_its_own_word_for_the_caller_counts(
    start: Start, openings: SomeOpenings
) -> None:
    gateway = await start(openings=cast(Openings, openings), DBEP_ADDRESS_HEADER="x-forwarded-for")
    for said in ("6.6.6.6, 192.0.2.7", "192.0.2.7", ""):
        await _open(gateway, {"code": GOOD}, x_forwarded_for=said)
    assert [place for _, place, _ in openings.asked] == ["192.0.2.7", "192.0.2.7", "unknown"]


async def test_without_that_setting_the_header_is_anybody_s(
    gateway: Gateway, openings: SomeOpenings
) -> None:
    await _open(gateway, {"code": GOOD}, x_forwarded_for="192.0.2.7")
    assert openings.asked[0][1] == "127.0.0.1"


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::9", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("", "unknown"),
        ("not an address", "unknown"),
    ],
)
def test_a_household_is_one_place(address: str, place: str) -> None:
    assert place_of(address) == place


async def test_where_nothing_can_be_opened_there_is_no_such_address(production: Gateway) -> None:
    status, answer = await _open(production, {"code": GOOD})
    assert (status, code(answer)) == (404, "NO_SUCH_ROUTE")
    assert (await production.post("{ hello }", token=TOKEN))[0] == 401
