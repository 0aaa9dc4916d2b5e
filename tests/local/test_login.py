"""What only our own issuer does: its page, its clock, what clients may ask for in a token."""

from __future__ import annotations

import json
import time
from collections.abc import AsyncIterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from joserfc import jwt
from starlette.types import Receive, Scope, Send

from local.issuer.app import create_issuer
from local.issuer.clients import clients_in
from local.people import PEOPLE
from local.proof import new_key
from local.token import signing_key
from tests.gateway.serving import serving
from tests.local.oidc_client import Client, Refused

NUMBER = "12838499987"
LEVEL = "helseid://claims/identity/security_level"


class Running:
    """Our issuer on a clock that a test moves."""

    def __init__(self, keys: Path, session: aiohttp.ClientSession) -> None:
        self.late = 0.0
        self.url = ""
        self.session = session
        self.keys = keys

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self.app(scope, receive, send)

    def begin(self, url: str) -> None:
        key, clients = signing_key(self.keys / "issuer.json"), clients_in(self.keys)
        self.url = url
        self.app = create_issuer(url, key, clients, lambda: time.time() + self.late)

    async def client(self, id: str = "dbep-record-system") -> Client:
        async with self.session.get(f"{self.url}/.well-known/openid-configuration") as answer:
            configuration = await answer.json()
        return Client(self.session, id, signing_key(self.keys / f"{id}.json"), configuration)

    async def page(self, **asked: str) -> tuple[int, str, Any]:
        async with self.session.get(f"{self.url}/authorize", params=asked) as answer:
            return answer.status, await answer.text(), answer.headers

    def read(self, token: str) -> dict[str, Any]:
        return dict(jwt.decode(token, signing_key(self.keys / "issuer.json")).claims)


@pytest.fixture
async def issuer(tmp_path: Path) -> AsyncIterator[Running]:
    async with aiohttp.ClientSession() as session:
        running = Running(tmp_path, session)
        async with serving(running) as url:
            running.begin(url)
            yield running


class Outline(HTMLParser):
    """What a screen reader would be told of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


async def test_the_page_lets_one_be_those_who_use_the_system(issuer: Running) -> None:
    client = await issuer.client()
    pushed = await client.push()
    _, page, headers = await issuer.page(client_id=client.id, request_uri=pushed["request_uri"])
    outline = Outline(page)
    people = [each["value"] for each in outline.all("button")]
    assert people == [
        *("clinician", "doctor", "coordinator", "locum", "doctor_on_call", "student"),
        "",
    ]
    assert all(
        PEOPLE[name].title in page and PEOPLE[name].description in page for name in people if name
    )
    assert outline.all("html") == [{"lang": "nb"}]
    assert len(outline.all("h1")) == len(outline.all("main")) == 1
    assert [each["for"] for each in outline.all("label")] == [
        each["id"] for each in outline.all("select")
    ]
    assert "script" not in page
    assert headers["content-security-policy"].startswith("default-src 'none'")


async def test_what_a_client_sends_is_not_html(issuer: Running) -> None:
    status, page, _ = await issuer.page(client_id="<b>", request_uri='"><script>')
    assert (status, "<script>" in page, "over" in page) == (400, False, True)


async def test_somebody_may_change_their_mind(issuer: Running) -> None:
    client = await issuer.client()
    told = await client.pick((await client.push())["request_uri"], "")
    assert told == {"error": "access_denied", "state": "a-state", "iss": issuer.url}


async def test_nobody_becomes_a_person_of_another_system(issuer: Running) -> None:
    client = await issuer.client()
    told = await client.pick((await client.push())["request_uri"], "citizen")
    assert told["error"] == "access_denied"


async def test_a_login_is_over_when_it_was_used_or_waited_too_long(issuer: Running) -> None:
    client = await issuer.client()
    for waiting, used in ((0.0, True), (601.0, False)):
        pushed = await client.push()
        asked = {"client_id": client.id, "request_uri": pushed["request_uri"]}
        if used:
            await client.pick(pushed["request_uri"], "doctor")
        issuer.late = waiting
        assert (await issuer.page(**asked))[0] == 400
        async with issuer.session.post(f"{issuer.url}/authorize", data=asked) as answer:
            assert answer.status == 400
        issuer.late = 0


async def test_a_code_is_good_for_a_minute(issuer: Running) -> None:
    client = await issuer.client()
    code = await client.code_for("doctor")
    issuer.late = 61
    with pytest.raises(Refused, match="invalid_grant"):
        await client.redeem(code)


async def test_a_login_at_level_3_is_said_in_the_token(issuer: Running) -> None:
    client = await issuer.client("dbep-citizen-app")
    pushed = await client.push()
    asked = {"client_id": client.id, "request_uri": pushed["request_uri"]}
    form = {**asked, "person": "parent", "level": "3"}
    url = f"{issuer.url}/authorize"
    async with issuer.session.post(url, data=form, allow_redirects=False) as answer:
        assert answer.status == 303
        code = answer.headers["location"].split("code=")[1].split("&")[0]
    answered = await client.redeem(code)
    assert issuer.read(answered["access_token"])[LEVEL] == "3"


async def test_a_nonce_is_good_for_minutes_and_a_proof_once(issuer: Running) -> None:
    client = await issuer.client("nordlys-home-monitoring")
    await client.token(grant_type="client_credentials")
    client.asked.clear()
    await client.token(grant_type="client_credentials")
    assert client.asked == ["ok"]
    form = {"grant_type": "client_credentials"}
    once = client.proof_to_issuer()
    await client.post("token_endpoint", {**form, **client.assertion()}, DPoP=once)
    with pytest.raises(Refused, match="invalid_dpop_proof"):
        await client.post("token_endpoint", {**form, **client.assertion()}, DPoP=once)
    client.nonce = "of-yesterday"
    await client.token(**form)
    assert client.asked[-2:] == ["use_dpop_nonce", "ok"]


async def test_without_a_proof_there_is_no_token(issuer: Running) -> None:
    client = await issuer.client("nordlys-home-monitoring")
    form = {"grant_type": "client_credentials", **client.assertion()}
    with pytest.raises(Refused, match="invalid_dpop_proof"):
        await client.post("token_endpoint", form)
    with pytest.raises(Refused, match="unsupported_grant_type"):
        await client.token(grant_type="password")


async def test_a_record_system_attests_its_need_for_one_patient(issuer: Running) -> None:
    attest = {
        "type": "nhn:tillitsrammeverk:parameters",
        "practitioner": {"hpr_nr": "7412582"},
        "patient": {"identifier": {"id": NUMBER, "system": "urn:oid:2.16.578.1.12.4.1.4.1"}},
    }
    client = await issuer.client()
    code = await client.code_for("doctor", authorization_details=json.dumps([attest]))
    claims = issuer.read((await client.redeem(code))["access_token"])
    assert claims["authorization_details"] == [attest]


async def test_a_vendor_asks_for_a_unit_in_its_assertion_as_at_helseid(issuer: Running) -> None:
    identifier = {"system": "urn:oid:1.0.6523", "type": "ENH", "value": "NO:ORGNR:999000900:"}
    role = {"organization": {"identifier": identifier}}
    asked = {"type": "helseid_authorization", "practitioner_role": role}
    client = await issuer.client("nordlys-home-monitoring")
    answer = await signed_again(client, authorization_details=asked)
    assert issuer.read(answer["access_token"])["authorization_details"] == [asked]
    for wrong in ({"type": "payment"}, "text", 5):
        with pytest.raises(Refused, match="invalid_authorization_details"):
            await signed_again(client, authorization_details=wrong)


async def signed_again(client: Client, **claims: Any) -> dict[str, Any]:
    """Ask with an assertion that says more, signed anew when a nonce is asked for."""
    for _ in range(2):
        form = {"grant_type": "client_credentials", **client.assertion(**claims)}
        try:
            return await client.post("token_endpoint", form, DPoP=client.proof_to_issuer())
        except Refused as refused:
            if str(refused) != "use_dpop_nonce":
                raise
    raise AssertionError


async def test_a_token_is_bound_to_the_key_that_was_shown(issuer: Running) -> None:
    client = await issuer.client("nordlys-home-monitoring")
    token = (await client.token(grant_type="client_credentials"))["access_token"]
    assert issuer.read(token)["cnf"] == {"jkt": client.own.thumbprint()}
    assert client.own.thumbprint() != new_key().thumbprint()
