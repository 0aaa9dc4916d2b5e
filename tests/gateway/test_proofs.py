"""Bound tokens with their proofs, over real HTTP and on a real Redis."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
from redis.asyncio import Redis

from gateway.credentials import Credentials, credentials
from gateway.errors import ReplayUnknown, TokenRefused
from gateway.replay import RedisMarks
from local.proof import new_key, proof
from tests.gateway.serving import PUBLIC_URL, Gateway, Issuer, Start
from tests.gateway.test_auth import BAD, HeldKeys, an_authenticator, an_issuer

URL = f"{PUBLIC_URL}/graphql"
KEY = new_key()


@pytest.fixture
async def marks(redis_url: str) -> AsyncIterator[RedisMarks]:
    async with Redis.from_url(redis_url) as client:
        yield RedisMarks(client)


@pytest.fixture
async def strict(start: Start, marks: RedisMarks) -> Gateway:
    """Return a gateway as it is in production: a proof is needed for everything."""
    return await start(marks=marks, DBEP_BEARER_TOKENS="off")


def a_token(gateway: Gateway, **changed: Any) -> str:
    return gateway.issuer.token(**{"cnf": {"jkt": KEY.thumbprint()}, **changed})


async def ask(
    gateway: Gateway, token: str, made: str | None = None, scheme: str = "DPoP"
) -> tuple[int, str | None]:
    """Ask with a token, and give the status and why it was refused."""
    sent = {"authorization": f"{scheme} {token}"} | ({"dpop": made} if made else {})
    status, body = await gateway.post("{ who }", token=None, **sent)
    if status == 200:
        return status, body["data"]["who"]
    return status, body["errors"][0]["extensions"].get("reason")


async def test_a_token_with_its_proof_says_who_asks(strict: Gateway) -> None:
    token = a_token(strict)
    for _ in range(2):
        made = proof(KEY, "POST", URL, token=token)
        assert await ask(strict, token, made) == (200, "citizen-1")


async def test_a_proof_is_good_once(strict: Gateway) -> None:
    token = a_token(strict)
    made = proof(KEY, "POST", URL, token=token)
    assert await ask(strict, token, made) == (200, "citizen-1")
    assert await ask(strict, token, made) == (401, "PROOF_REPLAYED")


async def test_a_refused_proof_uses_nothing_up(strict: Gateway) -> None:
    token, other = a_token(strict), a_token(strict, sub="citizen-2")
    made = proof(KEY, "POST", URL, token=token)
    assert await ask(strict, other, made) == (401, "PROOF_TOKEN")
    assert await ask(strict, token, made) == (200, "citizen-1")


async def test_a_proof_used_in_one_process_is_used_in_the_others(
    strict: Gateway, redis_url: str
) -> None:
    token = a_token(strict)
    made = proof(KEY, "POST", URL, token=token)
    assert (await ask(strict, token, made))[0] == 200
    async with Redis.from_url(redis_url) as client:
        other = an_authenticator(
            HeldKeys(strict.issuer.key), issuer=strict.issuer.url, marks=RedisMarks(client)
        )
        with pytest.raises(TokenRefused) as caught:
            await other.viewer(credentials(f"DPoP {token}", made, "POST", "/graphql"))
    assert caught.value.reason == "PROOF_REPLAYED"


async def test_a_bound_token_is_no_bearer_token_anywhere(
    start: Start, marks: RedisMarks, strict: Gateway
) -> None:
    lenient = await start(marks=marks, DBEP_ENVIRONMENT="development")
    token = a_token(lenient)
    made = proof(KEY, "POST", "http://127.0.0.1:8000/graphql", token=token)
    assert await ask(lenient, token, scheme="Bearer") == (401, "BOUND_TOKEN")
    assert await ask(lenient, token, made, scheme="Bearer") == (401, "BOUND_TOKEN")
    token = a_token(strict)
    assert await ask(strict, token, scheme="Bearer") == (401, "BEARER_REFUSED")


async def test_an_unbound_token_can_not_be_made_up_for_by_a_proof(strict: Gateway) -> None:
    token = a_token(strict, cnf=None)
    made = proof(KEY, "POST", URL, token=token)
    assert await ask(strict, token, made) == (401, "UNBOUND_TOKEN")
    assert await ask(strict, token, scheme="Bearer") == (401, "BEARER_REFUSED")


async def test_a_stolen_token_is_of_no_use_with_the_thiefs_own_key(strict: Gateway) -> None:
    token, thief = a_token(strict), new_key()
    assert await ask(strict, token, proof(thief, "POST", URL, token=token)) == (401, "PROOF_KEY")
    assert await ask(strict, token) == (401, "PROOF_MISSING")


@pytest.mark.parametrize("also", ["dpop", "authorization"])
async def test_what_comes_twice_is_nothing(strict: Gateway, also: str) -> None:
    token = a_token(strict)
    sent = [("authorization", f"DPoP {token}"), ("dpop", proof(KEY, "POST", URL, token=token))]
    sent.append((also, dict(sent)[also]))
    async with strict.session.post(
        f"{strict.url}/graphql", json={"query": "{ who }"}, headers=sent
    ) as answer:
        assert answer.status == 401


async def test_the_host_that_a_caller_names_changes_nothing(strict: Gateway) -> None:
    token = a_token(strict)
    here = proof(KEY, "POST", f"{strict.url}/graphql", token=token)
    assert await ask(strict, token, here) == (401, "PROOF_ADDRESS")
    lured = proof(KEY, "POST", "https://evil.example/graphql", token=token)
    status, _ = await strict.post(
        "{ who }",
        token=None,
        authorization=f"DPoP {token}",
        dpop=lured,
        host="evil.example",
        x_forwarded_host="evil.example",
        forwarded="host=evil.example;proto=https",
    )
    assert status == 401


async def test_behind_a_proxy_the_path_is_the_one_that_clients_know(
    start: Start, marks: RedisMarks
) -> None:
    gateway = await start(
        marks=marks, DBEP_BEARER_TOKENS="off", DBEP_PUBLIC_URL="https://api.example/plan/"
    )
    token = a_token(gateway)
    made = proof(KEY, "POST", "https://api.example/plan/graphql", token=token)
    assert (await ask(gateway, token, made))[0] == 200


async def test_a_query_in_the_url_is_proved_by_its_address_and_method(strict: Gateway) -> None:
    token = a_token(strict)
    for method, expected in (("GET", 200), ("POST", 401)):
        status, _ = await strict.send(
            "GET",
            token=None,
            params={"query": "{ who }"},
            authorization=f"DPoP {token}",
            dpop=proof(KEY, method, URL, token=token),
        )
        assert status == expected


async def test_the_refusal_says_what_is_asked_for(strict: Gateway) -> None:
    await strict.post("{ who }", token=None)
    [asked] = strict.headers.getall("www-authenticate")
    assert asked.startswith('DPoP algs="ES256 ')
    assert "error" not in asked
    await ask(strict, a_token(strict))
    [asked] = strict.headers.getall("www-authenticate")
    assert asked.startswith('DPoP error="invalid_dpop_proof", error_description="')
    await ask(strict, "rubbish")
    [asked] = strict.headers.getall("www-authenticate")
    assert asked.startswith('DPoP error="invalid_token"')
    assert "date" in strict.headers  # a client with a wrong clock can see how wrong


async def test_without_marks_a_proof_is_not_believed(start: Start) -> None:
    gateway = await start(DBEP_BEARER_TOKENS="off")
    token = a_token(gateway)
    made = proof(KEY, "POST", URL, token=token)
    status, body = await gateway.post(
        "{ who }", token=None, authorization=f"DPoP {token}", dpop=made
    )
    assert (status, body["errors"][0]["extensions"]["code"]) == (503, "UNAVAILABLE")
    assert gateway.recorder.callers == []


async def test_without_marks_not_even_the_same_process_lets_a_proof_through_twice() -> None:
    issuer = an_issuer()
    authenticator = an_authenticator(HeldKeys(issuer.key), marks=RedisMarks(Redis(port=1)))
    token = issuer.token(cnf={"jkt": KEY.thumbprint()})
    made = proof(KEY, "GET", URL, token=token)
    # As a WebSocket would show them: from its first message, for the handshake.
    shown = credentials(f"DPoP {token}", made, "GET", "/graphql")
    for _ in range(2):
        with pytest.raises(ReplayUnknown):
            await authenticator.viewer(shown)


async def test_neither_token_nor_proof_is_ever_written_down(
    strict: Gateway, caplog: pytest.LogCaptureFixture
) -> None:
    token = a_token(strict)
    made = proof(KEY, "POST", URL, token=token)
    for _ in range(2):
        await ask(strict, token, made)
    shown = credentials(f"DPoP {token}", made, "POST", "/graphql")
    for part in (token, made, token.split(".")[2], made.split(".")[2]):
        assert part not in caplog.text
        assert part not in repr(shown)


class Binding(Issuer):
    """An issuer that binds every token to the key, unless a test says otherwise."""

    def claims(self, **changed: object) -> dict[str, object]:
        return super().claims(**{"cnf": {"jkt": KEY.thumbprint()}, **changed})


@pytest.mark.parametrize("name", BAD)
async def test_a_bad_token_is_not_mended_by_a_good_proof(name: str, marks: RedisMarks) -> None:
    issuer = Binding()
    issuer.url = "https://issuer.example"
    gateway = an_authenticator(HeldKeys(issuer.key), marks=marks)
    good, bad = issuer.token(), BAD[name](issuer)
    assert await gateway.viewer(shown(good))
    with pytest.raises(TokenRefused) as caught:
        await gateway.viewer(shown(bad))
    # Of these alone the token itself is good, and the proof is not for it.
    assert caught.value.reason == ("PROOF_KEY" if name.startswith("bound") else None)


def shown(token: str) -> Credentials:
    return credentials(f"DPoP {token}", proof(KEY, "POST", URL, token=token), "POST", "/graphql")
