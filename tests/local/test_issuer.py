"""The development issuer, over HTTP, and its tokens as the gateway reads them."""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from redis.asyncio import Redis
from starlette.applications import Starlette

from domain.access.viewer import ViewerRole
from gateway.auth import Authenticator
from gateway.credentials import credentials
from gateway.errors import TokenRefused
from gateway.keys import Keys
from gateway.replay import RedisMarks
from local.issuer.app import create_issuer
from local.issuer.clients import clients_in
from local.people import NUMBERS, PEOPLE
from local.token import AUDIENCE, ISSUER, signing_key, token_for
from tests.gateway.serving import serving
from tests.gateway.test_auth import HeldKeys

ROOT = Path(__file__).resolve().parents[2]
ROLES = {
    "clinician": ViewerRole.CLINICIAN,
    "citizen": ViewerRole.CITIZEN,
    "parent": ViewerRole.CITIZEN,
    "vendor": ViewerRole.VENDOR,
    "doctor": ViewerRole.CLINICIAN,
    "coordinator": ViewerRole.CLINICIAN,
    "locum": ViewerRole.CLINICIAN,
    "officer": ViewerRole.PRIVACY_OFFICER,
    "clinic_officer": ViewerRole.PRIVACY_OFFICER,
    "doctor_on_call": ViewerRole.CLINICIAN,
    "student": ViewerRole.CLINICIAN,
}


@pytest.fixture
def key_file(tmp_path: Path) -> Path:
    return tmp_path / "data" / "issuer-key.json"


def an_issuer(key_file: Path) -> Starlette:
    clients = clients_in(key_file.parent / "clients")
    return create_issuer("http://issuer", signing_key(key_file), clients)


def a_gateway(keys: object, **changed: Any) -> Authenticator:
    known = {"issuer": "http://issuer", "audience": AUDIENCE, "accepts_bearer": True}
    return Authenticator(keys, public_url="http://127.0.0.1:8000", **{**known, **changed})


@pytest.mark.parametrize("name", PEOPLE)
async def test_the_gateway_accepts_every_test_person(key_file: Path, name: str) -> None:
    app = an_issuer(key_file)
    async with aiohttp.ClientSession() as session, serving(app) as url:
        async with session.post(f"{url}/token/{name}") as answer:
            token = (await answer.json())["access_token"]
        keys = Keys(f"{url}/jwks", session)
        shown = credentials(f"Bearer {token}", "", "POST", "/graphql")
        viewer = await a_gateway(keys).viewer(shown)
    assert viewer.role is ROLES.get(name, ViewerRole.CITIZEN)
    assert viewer.name == PEOPLE[name].title


def test_the_numbers_are_those_of_the_simulated_people() -> None:
    from simulators import cast

    people = {
        person.name.given.lower(): person.number.value
        for person in (cast._arne(), cast._kari(), cast._ola())
    }
    assert people == NUMBERS


async def test_the_issuer_says_who_there_is_and_shows_no_private_key(key_file: Path) -> None:
    app = an_issuer(key_file)
    async with aiohttp.ClientSession() as session, serving(app) as url:
        people = await (await session.get(f"{url}/people")).json()
        keys = await (await session.get(f"{url}/jwks")).json()
        configuration = await (await session.get(f"{url}/.well-known/openid-configuration")).json()
        assert (await session.post(f"{url}/token/nobody")).status == 404
        assert (await session.get(f"{url}/token/clinician")).status == 405
        assert (await session.get(f"{url}/healthz")).status == 200
    assert {person["name"] for person in people} >= {"clinician", "citizen", "parent", "vendor"}
    assert all(person["title"] and person["description"] for person in people)
    assert "d" not in keys["keys"][0]
    assert configuration["issuer"] == "http://issuer"
    assert configuration["jwks_uri"] == "http://issuer/jwks"


def test_the_key_is_made_once_and_is_its_owners_alone(key_file: Path) -> None:
    with ThreadPoolExecutor(4) as pool:
        kids = {key.kid for key in pool.map(signing_key, [key_file] * 8)}
    assert len(kids) == 1
    assert key_file.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in key_file.parent.iterdir()] == ["issuer-key.json"]


def test_every_client_has_a_key_of_its_own_which_the_issuer_knows_half_of(tmp_path: Path) -> None:
    clients = clients_in(tmp_path)
    assert {path.stem for path in tmp_path.iterdir()} == set(clients)
    assert len({client.key.thumbprint() for client in clients.values()}) == len(clients)
    assert not any(client.key.is_private for client in clients.values())
    assert {name for client in clients.values() for name in client.people} == set(PEOPLE)


def run(*arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", *arguments],
        cwd=ROOT, env={"PATH": os.environ["PATH"], **environ},
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip


def test_no_secret_that_a_run_writes_is_for_others_to_read(key_file: Path) -> None:
    usual = os.umask(0)  # whatever the developer's is
    try:
        signing_key(key_file)
        clients_in(key_file.parent / "clients")
    finally:
        os.umask(usual)
    written = [path for path in key_file.parent.rglob("*") if path.is_file()]
    assert len(written) == 5
    assert {path.stat().st_mode & 0o777 for path in written} == {0o600}


@pytest.mark.parametrize("environment", ["production", "vendor-test"])
def test_the_issuer_refuses_production_in_one_sentence(key_file: Path, environment: str) -> None:
    done = run("local.issuer", "--key", str(key_file), DBEP_ENVIRONMENT=environment)
    assert done.returncode == 2
    assert done.stderr == "The development issuer runs in development only.\n"
    assert not key_file.exists()


def test_a_token_is_printed_by_name(key_file: Path) -> None:
    done = run("local.token", "clinician", "--key", str(key_file))
    assert done.returncode == 0
    assert done.stdout.count(".") == 2


async def test_a_bound_token_is_printed_as_the_headers_of_one_request(
    key_file: Path, redis_url: str
) -> None:
    done = run("local.token", "clinician", "--dpop", "--level", "3", "--key", str(key_file))
    assert done.returncode == 0
    sent = dict(line.split(": ", 1) for line in done.stdout.splitlines())
    shown = credentials(sent["Authorization"], sent["DPoP"], "POST", "/graphql")
    async with Redis.from_url(redis_url) as redis:
        gateway = a_gateway(
            HeldKeys(signing_key(key_file)),
            issuer=ISSUER,
            accepts_bearer=False,
            marks=RedisMarks(redis),
        )
        viewer = await gateway.viewer(shown)
        with pytest.raises(TokenRefused):
            await gateway.viewer(shown)
    assert (viewer.name, viewer.security_level) == ("Ingrid Haugen", 3)


def test_without_a_name_all_are_listed() -> None:
    done = run("local.token")
    assert [line.split()[0] for line in done.stdout.splitlines()] == list(PEOPLE)


def test_an_unknown_name_is_told_who_there_is(key_file: Path) -> None:
    done = run("local.token", "nobody", "--key", str(key_file))
    assert (done.returncode, done.stdout) == (2, "")
    assert "clinician" in done.stderr


def test_no_two_tokens_are_the_same(key_file: Path) -> None:
    key = signing_key(key_file)
    assert token_for("citizen", key) != token_for("citizen", key)
