"""What the caller learns, what the log learns, and that neither learns a value."""

from __future__ import annotations

import importlib
import pkgutil
import re
from pathlib import Path

import pytest

import domain
import gateway
from domain.errors import CallerError
from domain.refusal import Refusal
from domain.writing.rejection import Rejection
from gateway.auth import Misuse
from gateway.dpop import Flaw
from gateway.errors import Fault, log_fault, log_stray
from tests.gateway.serving import Gateway

NUMBER = "05894500079"
DOCS = Path(__file__).resolve().parents[2] / "docs" / "errors.md"


def kinds(root: type[Exception]) -> set[type[Exception]]:
    return {root}.union(*(kinds(kind) for kind in root.__subclasses__()))


def section(name: str) -> str:
    return DOCS.read_text().split(f"\n## {name}\n")[1].split("\n## ")[0]


def test_every_rejection_is_in_the_docs() -> None:
    documented = re.findall(r"^\| `([A-Z_0-9]+)` \|", section("Rejections"), re.MULTILINE)
    assert set(documented) == {kind.code for kind in Rejection.__subclasses__()}


def test_every_reason_of_the_policy_is_in_the_docs() -> None:
    documented = set(re.findall(r"^\| `([A-Z_0-9]+)` \|", section("Reasons"), re.MULTILINE))
    assert documented == {refusal.name for refusal in Refusal}


def test_every_flaw_of_a_token_or_proof_is_in_the_docs() -> None:
    rows = re.findall(r"^\| (`[A-Z_`, ]+`) \|", section("Tokens and proofs"), re.MULTILINE)
    documented = {name for row in rows for name in re.findall(r"[A-Z_]+", row)}
    assert documented == {each.name for each in (*Flaw, *Misuse)}


def test_every_code_is_in_the_docs_and_every_documented_code_exists() -> None:
    for package in (domain, gateway):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not module.name.endswith("__main__"):
                importlib.import_module(module.name)
    in_code = {kind.code for root in (CallerError, Fault) for kind in kinds(root)}
    in_docs = set(re.findall(r"^\| `([A-Z_]+)` \|", section("Codes"), re.MULTILINE))
    assert in_code == in_docs


def test_every_limit_is_in_the_docs() -> None:
    from gateway.limits import Limits

    documented = dict(
        re.findall(r"^\| `DBEP_MAX_([A-Z_]+)` \| ([\d ]+) \|", DOCS.read_text(), re.MULTILINE)
    )
    assert {name.lower(): int(number.replace(" ", "")) for name, number in documented.items()} == {
        name: getattr(Limits(), name) for name in Limits.__struct_fields__
    }


async def test_a_refusal_of_the_policy_has_code_reason_remedy_and_path(production: Gateway) -> None:
    _, body = await production.post("{ refused hello }")
    [error] = body["errors"]
    assert body["data"] == {"refused": None, "hello": "hei"}
    assert error["path"] == ["refused"]
    assert error["locations"] == [{"line": 1, "column": 3}]
    assert error["message"] == "You may not see this."
    assert error["extensions"].keys() == {"code", "remedy", "reason", "canBeOpenedBy"}
    assert error["extensions"]["reason"] == "NO_CARE_RELATION"


async def test_our_own_errors_are_masked_and_logged_once_without_their_message(
    production: Gateway, caplog: pytest.LogCaptureFixture
) -> None:
    query = f'{{ broken(text: "{NUMBER}") again: broken(text: "{NUMBER}") hello }}'
    status, body = await production.post(query)
    assert (status, body["data"]["hello"]) == (200, "hei")
    event = production.headers["x-event-id"]
    for error in body["errors"]:
        assert error["message"] == "Something went wrong on our side."
        assert error["extensions"]["code"] == "INTERNAL_ERROR"
        assert error["extensions"]["correlationId"] == event
    assert NUMBER not in str(body)
    assert NUMBER not in caplog.text
    assert caplog.text.count("RuntimeError") == 2
    assert f"event={event} error=RuntimeError" in caplog.text
    assert re.search(r"at=tests/gateway/graph\.py:\d+ broken", caplog.text)


async def test_a_null_where_none_may_be_is_our_error(production: Gateway) -> None:
    status, body = await production.post("{ strict }")
    assert (status, body["data"]) == (200, None)
    assert body["errors"][0]["extensions"]["code"] == "INTERNAL_ERROR"


def test_one_exception_that_hit_many_fields_is_logged_once(
    caplog: pytest.LogCaptureFixture,
) -> None:
    from graphql import GraphQLError

    from gateway.errors import field_entries

    cause = RuntimeError(NUMBER)
    errors = [GraphQLError(NUMBER, path=[i], original_error=cause) for i in range(5)]
    entries = field_entries(errors, "event")
    assert len(entries) == 5
    assert len(caplog.records) == 1
    assert NUMBER not in caplog.text + str(entries)


def test_the_log_names_the_chain_of_types_but_no_messages(caplog: pytest.LogCaptureFixture) -> None:
    def fail() -> None:
        try:
            int(NUMBER + "x")
        except ValueError as error:
            raise LookupError(NUMBER) from error

    with pytest.raises(LookupError) as caught:
        fail()
    log_fault(caught.value, "event")
    log_stray(None, {"exception": caught.value, "message": NUMBER})
    assert "LookupError from ValueError" in caplog.text
    assert NUMBER not in caplog.text


VALUES = [
    (f'{{ echo(count: "{NUMBER}") }}', None),
    (f"{{ echo(count: {NUMBER}{NUMBER}) }}", None),
    (f"{{ echo(text: {NUMBER}) }}", None),
    (f"{{ echo(colour: N{NUMBER}) }}", None),
    (f'{{ echo(colour: "{NUMBER}") }}', None),
    (f'{{ many(ids: ["{NUMBER}", {{a: "{NUMBER}"}}]) }}', None),
    (f"{{ find(filter: {{name: {NUMBER}, x{NUMBER}: 1}}) }}", None),
    (f"{{ x{NUMBER} }}", None),
    (f"{{ hello {NUMBER} }}", None),
    (f'{{ hello "{NUMBER}" }}', None),
    (f'{{ echo(text: "{NUMBER}', None),
    (f"query N{NUMBER} {{ hello }} query N{NUMBER} {{ hello }}", None),
    (f"query($a: X{NUMBER}) {{ hello }}", None),
    (f"{{ hello @d{NUMBER} }}", None),
    (f'query($c: Int = "{NUMBER}") {{ echo(count: $c) }}', None),
    ("query($c: Int) { echo(count: $c) }", {"c": NUMBER}),
    ("query($c: Int) { echo(count: $c) }", {"c": {NUMBER: NUMBER}}),
    ("query($c: Colour) { echo(colour: $c) }", {"c": NUMBER}),
    ("query($t: String) { echo(text: $t) }", {"t": [NUMBER]}),
    ("query($f: Filter) { find(filter: $f) }", {"f": {"name": {"n": NUMBER}}}),
    ("query($f: Filter) { find(filter: $f) }", {"f": {f"x{NUMBER}": 1}}),
    ("query($i: [ID!]!) { many(ids: $i) }", {"i": [NUMBER, None, {"a": NUMBER}]}),
    ("query($c: Int!) { echo(count: $c) }", {f"x{NUMBER}": 1}),
]  # fmt: skip


@pytest.mark.parametrize(("query", "variables"), VALUES)
async def test_no_value_comes_back_or_is_logged(
    development: Gateway, caplog: pytest.LogCaptureFixture, query: str, variables: object
) -> None:
    caplog.set_level("DEBUG")
    _, body = await development.post(query, variables)
    assert body["errors"]
    assert NUMBER not in str(body)
    assert NUMBER not in caplog.text


async def test_an_unknown_operation_name_does_not_come_back(production: Gateway) -> None:
    body = f'{{"query": "query A {{ hello }}", "operationName": "{NUMBER}"}}'.encode()
    _, answer = await production.send(body=body)
    assert NUMBER not in str(answer)


async def test_a_wrong_variable_is_named_with_its_type_and_place(production: Gateway) -> None:
    query = "query($f: Filter!) { find(filter: $f) }"
    _, body = await production.post(query, {"f": {"name": 1}})
    [error] = body["errors"]
    wanted = "The variable '$f' of type 'Filter!' has a value that does not fit at 'name'."
    assert error["message"] == wanted


async def test_a_field_that_must_be_given_is_named(production: Gateway) -> None:
    query = "query($f: Filter!) { find(filter: $f) }"
    _, body = await production.post(query, {"f": {"bounds": {}}})
    wanted = "The variable '$f' of type 'Filter!' lacks the field 'low' at 'bounds'."
    assert body["errors"][0]["message"] == wanted


async def test_a_wrong_literal_is_told_which_type_is_wanted(production: Gateway) -> None:
    _, body = await production.post('{ echo(count: "x") }')
    assert body["errors"][0]["message"] == "A value of type 'Int!' is needed here."
    assert body["errors"][0]["locations"] == [{"line": 1, "column": 15}]
