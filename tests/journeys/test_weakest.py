"""No setting turns policy or log off: with every one at its weakest, both hold, in production.

What is weakest is written down here for each setting, so that a new one must be thought about.
"""

from __future__ import annotations

import ast
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from sqlalchemy import text

from domain.access.matrix import KEEPABLE
from gateway.limits import Limits
from gateway.settings import Settings
from local.postgres import Postgres
from store.session import engine
from tests.gateway.serving import ENVIRON, Issuer
from tests.journeys.conftest import Stack, running_stack
from tests.journeys.test_export import export
from tests.journeys.test_log import VIEW, WORKLIST, writers_cut_off
from tests.journeys.test_plan_view import nora

ROOT = Path(__file__).parents[2]
# Where something is; the journey says it.
PLACES = {
    *(f"DBEP_{each}_URL" for each in ("DATABASE", "REDIS", "KJERNEJOURNAL", "MEDICATION")),
    *(
        "DBEP_HOSPITAL_URL",
        "DBEP_RECORD_URL",
        "DBEP_SENDER_URL",
        "DBEP_ISSUER",
        "DBEP_JWKS_URL",
        "DBEP_AUDIENCE",
    ),
    *("DBEP_HOST", "DBEP_PORT", "DBEP_WORKER_PORT", "DBEP_PUBLIC_URL", "DBEP_ERASURE_LOG"),
}
WEAKEST = {
    # As production, but for documents of one's own; development is for synthetic people.
    "DBEP_ENVIRONMENT": "vendor-test",
    "DBEP_AD_HOC_DOCUMENTS": "on",
    "DBEP_CLOSED_AGAIN_HOURS": "0",
    "DBEP_OPENED_MINUTES": "10080",
    "DBEP_EMERGENCY_MINUTES": "1440",
    "DBEP_ADDRESS_RULE": "ALL_IF_ONE",
    "DBEP_OWN_ACCESS_FROM": "0",
    "DBEP_READ_AFTER_DEATH_DAYS": "36500",
    "DBEP_KEPT_BY_PARENTS": " ".join(right.name for right in KEEPABLE),
    "DBEP_BEARER_TOKENS": "on",
    "DBEP_ALLOWED_ORIGINS": "https://anything.example",
    "DBEP_ADDRESS_HEADER": "x-said-by-the-caller",
    "DBEP_SHUTDOWN_SECONDS": "0",
    "DBEP_DRAIN_SECONDS": "0",
    "DBEP_KEEP_ALIVE_SECONDS": "300",
    "DBEP_ORGANISATION_NUMBER": "0",
    "DBEP_FINGERPRINT_KEY": "0" * 32,
    "DBEP_CURSOR_KEY": "0" * 32,
    "DBEP_RESUMABLE_DAYS": "366",
    "DBEP_WEBHOOK_KEY": "0" * 32,
    "DBEP_WEBHOOK_DAYS": "90",
    "DBEP_PRIVATE_WEBHOOKS": "on",
    "DBEP_LOG_RETENTION_YEARS": "1",
    "DBEP_ZONE_EVALUATION": "on",
    "DBEP_HOSPITAL_SUBSCRIPTION_KEY": "0",
    **{
        f"DBEP_{each}_{what}": value
        for each in ("KJERNEJOURNAL", "MEDICATION", "HOSPITAL", "RECORD", "SENDER")
        for what, value in {"TOKEN": "0", "TIMEOUT_SECONDS": "60"}.items()
    },
    **{f"DBEP_MAX_{name.upper()}": "1000000000" for name in Limits.__struct_fields__},
}
# What gateway/compose.py makes of settings: where things are, whether zones are evaluated, what
# the controller decides where the law leaves it open, and what readiness asks for. A context, which
# the policy is asked from and logged by, is given the second and third.
READ = {"build_context": {"evaluates_zones", "choices"}, "_log_writer": {"database_url"}}


class Asked(dict[str, str]):
    """An environment that knows what was looked for in it."""

    def __init__(self, given: dict[str, str]) -> None:
        super().__init__(given)
        self.names: set[str] = set()

    def get(self, name: str, default: Any = None) -> Any:
        self.names.add(name)
        return super().get(name, default)


@pytest.fixture(scope="module")
async def weakest(redis_url: str, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Stack]:
    folder = tmp_path_factory.mktemp("weakest")
    server = Postgres(folder, folder / "log")  # durable, or production would not start
    server.launch()
    server.await_ready()
    try:
        async with running_stack(
            server.url, redis_url, tmp_path_factory, patients=5, **WEAKEST
        ) as running:
            yield running
    finally:
        server.stop()


def test_every_setting_has_its_weakest_value_here() -> None:
    asked = Asked(ENVIRON)
    Settings.from_env(asked)
    assert asked.names == {*WEAKEST, *PLACES}


async def entries(stack: Stack) -> list[tuple[str, str | None]]:
    """Return who is in the log, and why they were refused."""
    assert stack.settings is not None
    database = engine(stack.settings.database_url)
    query = "SELECT by ->> 'name', refusal FROM audit_entry WHERE adds_to IS NULL ORDER BY at"
    async with database.connect() as connection:
        found = [(name, refusal) for name, refusal in await connection.execute(text(query))]
    await database.dispose()
    return found


async def test_a_reader_without_a_relation_is_refused_and_the_attempt_is_logged(
    weakest: Stack,
) -> None:
    child = await nora(weakest)
    before = len(await entries(weakest))
    answer = await weakest.ask("locum", VIEW, id=child)
    assert answer["data"] == {"patient": None}
    assert answer["errors"][0]["extensions"]["reason"] == "NO_CARE_RELATION"
    assert (await entries(weakest))[before:] == [("Tuva Lien", "NO_CARE_RELATION")]
    status, refused = await export(weakest, "locum", child)
    assert (status, list(refused)) == (403, ["errors"])
    assert (await entries(weakest))[before + 1 :] == [("Tuva Lien", "NO_CARE_RELATION")]


async def test_a_reading_leaves_its_entry(weakest: Stack) -> None:
    child = await nora(weakest)
    before = len(await entries(weakest))
    assert (await weakest.ask("clinician", VIEW, id=child))["data"]["patient"]["plan"]["parts"]
    assert (await entries(weakest))[before:] == [("Ingrid Haugen", None)]


async def test_what_can_not_be_logged_is_not_shown(weakest: Stack) -> None:
    child = await nora(weakest)
    assert weakest.settings is not None
    database = engine(weakest.settings.database_url)
    async with database.connect() as connection, writers_cut_off(connection):
        for person, query, variables in (
            ("clinician", VIEW, {"id": child}),
            ("locum", VIEW, {"id": child}),
            ("clinician", WORKLIST, {}),
        ):
            answer = await weakest.ask(person, query, **variables)
            assert "data" not in answer, answer
            assert answer["errors"][0]["extensions"]["code"] == "LOG_UNAVAILABLE"
    await database.dispose()


async def test_nobody_is_let_in_without_a_token_of_the_issuer(weakest: Stack) -> None:
    stranger = Issuer()
    stranger.url = weakest.issuer.url
    for token in (None, stranger.token(), weakest.issuer.token(aud="somebody-else")):
        headers = {} if token is None else {"Authorization": f"Bearer {token}"}
        for path, body in (
            ("graphql", {"query": "{ __typename }"}),
            ("export", {"patientId": "x"}),
        ):
            url = f"{weakest.url}/{path}"
            async with weakest.session.post(url, json=body, headers=headers) as answer:
                assert answer.status == 401, await answer.text()


async def test_the_schema_is_not_told(weakest: Stack) -> None:
    answer = await weakest.ask("clinician", "{ __schema { types { name } } }")
    assert answer["errors"][0]["extensions"]["code"] == "GRAPHQL_VALIDATION_FAILED"


def test_policy_and_log_are_made_without_looking_at_settings() -> None:
    made = ast.parse((ROOT / "gateway" / "compose.py").read_text(encoding="utf-8"))
    functions = [each for each in ast.walk(made) if isinstance(each, ast.FunctionDef)]
    read = {each.name: list(read_of_settings(each)) for each in functions if each.name in READ}
    assert {name: set(names) for name, names in read.items()} == READ
    for function in functions:
        if function.name in READ:  # and none of them hands the settings on
            uses = [each for each in ast.walk(function) if isinstance(each, ast.Name)]
            assert [each.id for each in uses].count("settings") == len(read[function.name])


def read_of_settings(function: ast.FunctionDef) -> Iterator[str]:
    for each in ast.walk(function):
        if isinstance(each, ast.Attribute) and ast.unparse(each.value) == "settings":
            yield each.attr


@pytest.mark.parametrize("layer", ["domain", "resolvers", "schema", "connectors", "store"])
def test_below_the_gateway_nobody_reads_the_environment(layer: str) -> None:
    files = {path for path in (ROOT / layer).rglob("*.py") if "migrations" not in path.parts}
    reading = {path.name for path in files if "environ" in path.read_text(encoding="utf-8")}
    assert reading <= ({"__main__.py"} if layer == "store" else set())


def test_what_is_weakest_is_allowed_in_production() -> None:
    settings = Settings.from_env(ENVIRON | WEAKEST)
    assert settings.is_production
    assert set(msgspec.structs.asdict(settings.limits).values()) == {1_000_000_000}
