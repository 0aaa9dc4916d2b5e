"""HelseID's flows at our own issuer and at one by other hands: the same tests, the same gateway."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from joserfc import jwt
from joserfc.jwk import ECKey
from redis.asyncio import Redis

from domain.access.viewer import ViewerRole
from gateway.auth import Authenticator
from gateway.credentials import Credentials, credentials
from gateway.errors import TokenRefused
from gateway.keys import Keys
from gateway.replay import RedisMarks
from local.issuer.app import create_issuer
from local.issuer.clients import clients_in
from local.people import PEOPLE
from local.proof import new_key, proof
from local.token import AUDIENCE, signing_key
from tests.gateway.serving import PUBLIC_URL, serving
from tests.local.oidc_client import Client, Refused

FOLDER = Path(__file__).resolve().parents[2] / "web" / "oidc-provider"
NODE, NPM = (str(Path(sys.executable).parent / name) for name in ("node", "npm"))
URL = f"{PUBLIC_URL}/graphql"
RECORD_SYSTEM, CITIZEN_APP, VENDOR = (
    "dbep-record-system",
    "dbep-citizen-app",
    "nordlys-home-monitoring",
)


class Issuer:
    """An issuer that runs, its clients, and a gateway that trusts it."""

    def __init__(self, url: str, keys: Path, session: aiohttp.ClientSession, redis: Redis) -> None:
        self.url = url
        self.session = session
        self._keys = keys
        self.gateway = Authenticator(
            Keys(f"{url}/jwks", session),
            issuer=url,
            audience=AUDIENCE,
            public_url=PUBLIC_URL,
            accepts_bearer=False,
            marks=RedisMarks(redis),
        )

    async def client(self, id: str) -> Client:
        async with self.session.get(f"{self.url}/.well-known/openid-configuration") as answer:
            configuration = await answer.json()
        return Client(self.session, id, signing_key(self._keys / f"{id}.json"), configuration)


@asynccontextmanager
async def our_own(keys: Path) -> AsyncIterator[str]:
    stands: dict[str, Any] = {}

    async def late(scope: Any, receive: Any, send: Any) -> None:
        await stands["app"](scope, receive, send)

    async with serving(late) as url:
        stands["app"] = create_issuer(url, signing_key(keys / "issuer.json"), clients_in(keys))
        yield url


@pytest.fixture(scope="session", autouse=True)
def packages() -> None:
    """Install the other server from its lock file on the first run."""
    if not (FOLDER / "node_modules" / "oidc-provider").is_dir():
        command = [NPM, "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
        subprocess.run(command, cwd=FOLDER, check=True, capture_output=True, timeout=300)


@asynccontextmanager
async def by_other_hands(keys: Path) -> AsyncIterator[str]:
    config = keys / "config.json"
    config.write_text(json.dumps(configured(keys)))
    process = await asyncio.create_subprocess_exec(
        NODE,
        str(FOLDER / "server.js"),
        str(config),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    assert process.stdout is not None
    yield (await process.stdout.readline()).decode().strip()
    await process.communicate(b"")  # closes its input, which ends it


def configured(keys: Path) -> dict[str, object]:
    clients = [
        {
            "id": each.id,
            "machine": each.machine is not None,
            "key": each.key.as_dict(private=False),
        }
        for each in clients_in(keys).values()
    ]
    people = {
        name: {"title": each.title, "claims": each.claims_at(time.time())}
        for name, each in PEOPLE.items()
    }
    return {"audience": AUDIENCE, "clients": clients, "people": people}


@pytest.fixture(scope="module", params=[our_own, by_other_hands], ids=["own", "oidc-provider"])
async def issuer(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, redis_url: str
) -> AsyncIterator[Issuer]:
    keys = tmp_path_factory.mktemp("keys")
    async with AsyncExitStack() as stack:
        jar = aiohttp.CookieJar(unsafe=True)  # cookies of an IP address
        session = await stack.enter_async_context(aiohttp.ClientSession(cookie_jar=jar))
        redis = await stack.enter_async_context(Redis.from_url(redis_url))
        url = await stack.enter_async_context(request.param(keys))
        yield Issuer(url, keys, session, redis)


def shown(token: str, key: ECKey, method: str = "POST", url: str = URL) -> Credentials:
    return credentials(f"DPoP {token}", proof(key, method, url, token=token), "POST", "/graphql")


async def test_the_issuer_says_that_it_does_what_helseid_does(issuer: Issuer) -> None:
    told = (await issuer.client(RECORD_SYSTEM)).configuration
    assert told["issuer"] == issuer.url
    assert told["require_pushed_authorization_requests"] is True
    assert told["authorization_response_iss_parameter_supported"] is True
    assert told["code_challenge_methods_supported"] == ["S256"]
    assert "private_key_jwt" in told["token_endpoint_auth_methods_supported"]
    assert {"authorization_code", "client_credentials"} <= set(told["grant_types_supported"])
    assert {"ES256", "PS256", "RS256"} <= set(told["dpop_signing_alg_values_supported"])


@pytest.mark.parametrize(
    ("client_id", "person", "role"),
    [
        (RECORD_SYSTEM, "clinician", ViewerRole.CLINICIAN),
        (CITIZEN_APP, "parent", ViewerRole.CITIZEN),
    ],
)
async def test_somebody_logs_in_and_the_gateway_knows_them(
    issuer: Issuer, client_id: str, person: str, role: ViewerRole
) -> None:
    issuer.session.cookie_jar.clear()
    client = await issuer.client(client_id)
    answer = await client.redeem(await client.code_for(person))
    assert (answer["token_type"], answer["expires_in"]) == ("DPoP", 3600)
    viewer = await issuer.gateway.viewer(shown(answer["access_token"], client.own))
    assert (viewer.role, viewer.name) == (role, PEOPLE[person].title)
    assert viewer.subject == PEOPLE[person].claims["sub"]
    assert viewer.security_level == 4
    if role is ViewerRole.CLINICIAN:
        assert (viewer.organisation, viewer.legal_entity) == ("974795515", "983974899")
        assert (viewer.profession, viewer.purpose_of_use) == ("SP", "TREAT")
    told = jwt.decode(answer["id_token"], await _key(issuer)).claims
    assert (told["aud"], told["nonce"], told["iss"]) == (client_id, "a-nonce", issuer.url)


async def test_a_vendors_machine_gets_a_token_with_its_own_key(issuer: Issuer) -> None:
    client = await issuer.client(VENDOR)
    answer = await client.token(grant_type="client_credentials")
    assert client.asked == ["use_dpop_nonce", "ok"]
    viewer = await issuer.gateway.viewer(shown(answer["access_token"], client.own))
    assert (viewer.role, viewer.organisation) == (ViewerRole.VENDOR, "999000900")
    assert viewer.name == PEOPLE["vendor"].title


async def test_a_token_of_this_issuer_is_good_with_its_own_proof_only(issuer: Issuer) -> None:
    client = await issuer.client(VENDOR)
    token = (await client.token(grant_type="client_credentials"))["access_token"]
    other = await issuer.client(VENDOR)
    swapped = (await other.token(grant_type="client_credentials"))["access_token"]
    once = shown(token, client.own)
    assert await issuer.gateway.viewer(once)
    refused: list[tuple[Credentials, str]] = [
        (once, "PROOF_REPLAYED"),
        (shown(token, new_key()), "PROOF_KEY"),
        (shown(swapped, client.own), "PROOF_KEY"),
        (shown(token, client.own, method="GET"), "PROOF_METHOD"),
        (shown(token, client.own, url=f"{issuer.url}/token"), "PROOF_ADDRESS"),
        (credentials(f"DPoP {token}", client.proof_to_issuer(), "POST", "/graphql"), UNREADABLE),
        (credentials(f"DPoP {token}", "", "POST", "/graphql"), "PROOF_MISSING"),
        (credentials(f"Bearer {token}", "", "POST", "/graphql"), "BEARER_REFUSED"),
    ]
    for each, reason in refused:
        with pytest.raises(TokenRefused) as caught:
            await issuer.gateway.viewer(each)
        assert caught.value.reason == reason


UNREADABLE = "PROOF_UNREADABLE"  # a proof to the issuer has no `ath`


async def test_a_code_is_good_once_and_for_whoever_asked_for_it(issuer: Issuer) -> None:
    issuer.session.cookie_jar.clear()
    client = await issuer.client(CITIZEN_APP)
    code = await client.code_for("citizen")
    assert await client.redeem(code)
    await refuses(client.redeem(code), "invalid_grant")
    code = await client.code_for("citizen")
    await refuses(client.redeem(code, code_verifier="x" * 43), "invalid_grant")
    code = await client.code_for("citizen")
    await refuses((await issuer.client(RECORD_SYSTEM)).redeem(code), "invalid_grant")


async def test_a_code_can_be_bound_to_the_key_before_it_is_given(issuer: Issuer) -> None:
    issuer.session.cookie_jar.clear()
    client = await issuer.client(CITIZEN_APP)
    code = await client.code_for("citizen", dpop_jkt=client.own.thumbprint())
    client.own = new_key()
    await refuses(client.redeem(code), "invalid_grant")


BAD_ASSERTIONS: dict[str, Callable[[Client], dict[str, str]]] = {
    "none": lambda client: {},
    "another's": lambda client: client.assertion(iss=VENDOR, sub=VENDOR),
    "for another issuer": lambda client: client.assertion(aud="https://elsewhere.example"),
    "over": lambda client: client.assertion(exp=int(time.time()) - 100),
    "unnumbered": lambda client: client.assertion(jti=None),
}


@pytest.mark.parametrize("make", BAD_ASSERTIONS.values(), ids=BAD_ASSERTIONS)
async def test_a_client_that_does_not_show_who_it_is_gets_nothing(
    issuer: Issuer, make: Callable[[Client], dict[str, str]]
) -> None:
    client = await issuer.client(RECORD_SYSTEM)
    none = {"client_assertion": "", "client_assertion_type": ""}
    with pytest.raises(Refused) as caught:
        await client.push(**{**none, **make(client)})
    assert str(caught.value) in ("invalid_client", "invalid_request")


async def test_an_assertion_is_good_once(issuer: Issuer) -> None:
    client = await issuer.client(RECORD_SYSTEM)
    assertion = client.assertion()
    assert await client.push(**assertion)
    await refuses(client.push(**assertion), "invalid_client")


async def test_a_forged_assertion_is_refused(issuer: Issuer) -> None:
    client = await issuer.client(RECORD_SYSTEM)
    client.key = new_key()
    await refuses(client.push(), "invalid_client")


@pytest.mark.parametrize(
    "changed",
    [
        {"code_challenge": ""},
        {"code_challenge_method": "plain"},
        {"redirect_uri": "https://elsewhere.example/back"},
        {"response_type": "token"},
    ],
    ids=lambda changed: next(iter(changed)),
)
async def test_a_login_that_could_be_stolen_is_not_begun(
    issuer: Issuer, changed: dict[str, str]
) -> None:
    client = await issuer.client(RECORD_SYSTEM)
    with pytest.raises(Refused):
        await client.push(**changed)


async def test_a_vendors_machine_can_not_log_anybody_in(issuer: Issuer) -> None:
    with pytest.raises(Refused):
        await (await issuer.client(VENDOR)).push()
    with pytest.raises(Refused):
        await (await issuer.client(CITIZEN_APP)).token(grant_type="client_credentials")


async def refuses(asking: Any, code: str) -> None:
    with pytest.raises(Refused) as caught:
        await asking
    assert str(caught.value) == code


async def _key(issuer: Issuer) -> ECKey:
    async with issuer.session.get(f"{issuer.url}/jwks") as answer:
        return ECKey.import_key((await answer.json())["keys"][0])
