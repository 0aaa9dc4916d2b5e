"""Answers in parts over HTTP: what comes when, in which form, and how it ends."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from graphql.execution import InitialIncrementalExecutionResult
from starlette.types import Message

from gateway.errors import OperationTooSlow
from gateway.incremental import ById, Delivery, form_for
from gateway.limits import Limits
from gateway.multipart import Multipart
from gateway.request import ClientGone, multipart
from tests.gateway.parts import BY_ID, BY_PATH, asked
from tests.gateway.serving import Gateway, Start

GATED = '{ hello ... @defer(label: "later") { gated } }'
FAILING = '{ hello ... @defer(label: "a") { strict } ... @defer { broken refused } }'
STREAMED = """{ children(first: 3) @stream(initialCount: 1) { hello child { hello } } }"""
NESTED = """{ child { hello } ... @defer { child { who child { hello
  ... @defer { who children(first: 3) @stream(initialCount: 2) { hello } } } } } }"""
FORMS = {"by id": BY_ID, "by path": BY_PATH, "by path, unsaid": "application/json, multipart/mixed"}


def codes(errors: list[dict[str, Any]]) -> list[str]:
    return [error["extensions"]["code"] for error in errors]


async def test_what_is_deferred_comes_after_the_rest_under_its_id(production: Gateway) -> None:
    async with asked(production, GATED) as parts:
        assert parts.answer.headers["content-type"] == (
            'multipart/mixed; boundary="graphql"; incrementalSpec=v0.2'
        )
        assert parts.answer.headers["cache-control"] == "no-store"
        assert parts.answer.headers["x-event-id"]
        assert await parts.next() == {
            "data": {"hello": "hei"},
            "pending": [{"id": "0", "path": [], "label": "later"}],
            "hasNext": True,
        }
        production.recorder.gate.set()
        assert await parts.rest() == [
            {
                "incremental": [{"id": "0", "data": {"gated": "open"}}],
                "completed": [{"id": "0"}],
                "hasNext": False,
            }
        ]
    assert production.recorder.closed == 1


@pytest.mark.parametrize("accept", [BY_PATH, "application/json, multipart/mixed"])
async def test_what_is_deferred_comes_under_its_path_in_the_older_form(
    production: Gateway, accept: str
) -> None:
    production.recorder.gate.set()
    async with asked(production, GATED, accept) as parts:
        assert parts.answer.headers["content-type"] == (
            'multipart/mixed; boundary="graphql"; deferSpec=20220824'
        )
        assert await parts.rest() == [
            {"data": {"hello": "hei"}, "hasNext": True},
            {
                "incremental": [{"data": {"gated": "open"}, "path": [], "label": "later"}],
                "hasNext": False,
            },
        ]


async def test_items_come_in_their_order_and_in_the_older_form_under_their_place(
    production: Gateway,
) -> None:
    item = {"hello": "hei", "child": {"hello": "hei"}}
    async with asked(production, STREAMED, BY_PATH) as parts:
        first, *later = await parts.rest()
    assert first["data"] == {"children": [item]}
    places = [each["path"][-1] for part in later for each in part.get("incremental", ())]
    items = [each["items"] for part in later for each in part.get("incremental", ())]
    assert [*zip(places, map(len, items), strict=True)] in ([(1, 2)], [(1, 1), (2, 1)])
    assert [each for some in items for each in some] == [item, item]


def put_together(parts: list[dict[str, Any]]) -> dict[str, Any]:
    """Do what a client does, in either form."""
    whole = parts[0]["data"]
    pending: dict[str, Any] = {}
    for part in parts:
        pending |= {each["id"]: each["path"] for each in part.get("pending", ())}
        for each in part.get("incremental", ()):
            is_by_id = "id" in each
            path = [*pending[each["id"]], *each.get("subPath", ())] if is_by_id else each["path"]
            place = whole
            for key in path if is_by_id or "data" in each else path[:-1]:
                place = place[key]
            place.extend(each["items"]) if "items" in each else place.update(each["data"])
    return dict(whole)


@pytest.mark.parametrize("accept", FORMS.values(), ids=FORMS)
@pytest.mark.parametrize("query", [GATED, STREAMED, NESTED])
async def test_the_parts_together_are_the_answer_that_comes_whole(
    production: Gateway, query: str, accept: str
) -> None:
    production.recorder.gate.set()
    async with asked(production, query, accept) as parts:
        found = await parts.rest()
    assert [part["hasNext"] for part in found] == [True] * (len(found) - 1) + [False]
    _, whole = await production.post(query)
    assert put_together(found) == whole["data"]


@pytest.mark.parametrize(
    "accept",
    [
        "application/json",
        "*/*",
        "multipart/mixed;q=0, application/json",
        "multipart/mixed;deferSpec=20991231, application/json",
        'multipart/mixed;boundary="graphql";subscriptionSpec="1.0", application/json',
        "multipart/form-data, application/json",
    ],
)
async def test_whoever_does_not_read_parts_gets_the_whole(production: Gateway, accept: str) -> None:
    production.recorder.gate.set()
    _, body = await production.post(GATED, accept=accept)
    assert body == {"data": {"hello": "hei", "gated": "open"}}
    assert production.headers["content-type"] == "application/json; charset=utf-8"


async def test_an_answer_without_a_part_left_out_comes_whole(production: Gateway) -> None:
    for query in ("{ hello }", "{ hello ... @defer(if: false) { who } }"):
        status, body = await production.post(query, accept=BY_ID)
        assert (status, body["data"]["hello"]) == (200, "hei")
        assert production.headers["content-type"] == "application/json; charset=utf-8"


async def test_what_fails_later_is_masked_and_coded_as_ever(production: Gateway) -> None:
    async with asked(production, FAILING) as parts:
        _, *later = await parts.rest()
    ended = {each["id"]: each.get("errors") for part in later for each in part["completed"]}
    assert codes(ended["0"]) == ["INTERNAL_ERROR"]
    assert ended["0"][0]["path"] == ["strict"]
    assert ended["1"] is None
    [shown] = [each for part in later for each in part.get("incremental", ())]
    assert shown["data"] == {"broken": None, "refused": None}
    assert codes(shown["errors"]) == ["INTERNAL_ERROR", "FORBIDDEN"]
    assert "driver" not in str(later)


async def test_what_has_failed_is_null_in_the_older_form(production: Gateway) -> None:
    async with asked(production, FAILING, BY_PATH) as parts:
        _, *later = await parts.rest()
    [failed] = [
        each for part in later for each in part.get("incremental", ()) if each["data"] is None
    ]
    assert (failed["path"], failed["label"]) == ([], "a")
    assert codes(failed["errors"]) == ["INTERNAL_ERROR"]


@pytest.mark.parametrize("accept", FORMS.values(), ids=FORMS)
async def test_a_part_that_can_not_be_logged_is_not_sent_and_ends_the_answer(
    production: Gateway, accept: str
) -> None:
    async with asked(production, GATED, accept) as parts:
        assert (await parts.next())["data"] == {"hello": "hei"}
        production.recorder.log_fails = True
        production.recorder.gate.set()
        [last] = await parts.rest()
    [told] = last.get("completed") or last["incremental"]
    assert codes(told["errors"]) == ["LOG_UNAVAILABLE"]
    assert last["hasNext"] is False
    assert "open" not in str(last)
    assert production.recorder.closed == 1


async def test_an_answer_whose_first_part_can_not_be_logged_does_not_begin(
    production: Gateway,
) -> None:
    production.recorder.log_fails = True
    status, body = await production.post(GATED, accept=BY_ID)
    assert (status, list(body), codes(body["errors"])) == (503, ["errors"], ["LOG_UNAVAILABLE"])


async def test_what_is_to_come_is_cancelled_when_the_client_hangs_up(production: Gateway) -> None:
    async with asked(production, GATED) as parts:
        await parts.next()
        await production.recorder.started.wait()
        parts.answer.close()
    await production.recorder.ended.wait()
    assert (production.recorder.closed, production.recorder.cancelled) == (1, 1)


@pytest.mark.parametrize("accept", FORMS.values(), ids=FORMS)
async def test_the_deadline_is_one_for_all_parts_and_said_in_the_last(
    start: Start, accept: str
) -> None:
    production = await start(limits=Limits(operation_seconds=1))
    async with asked(production, GATED, accept) as parts:
        _, last = await parts.rest()
    [told] = last.get("completed") or last["incremental"]
    assert codes(told["errors"]) == ["TIMEOUT"]
    assert (production.recorder.closed, production.recorder.cancelled) == (1, 1)


async def test_what_is_deferred_in_a_mutation_is_read_when_all_is_changed(
    production: Gateway,
) -> None:
    query = """mutation { a: change(to: 1) { state ... @defer { later: state } }
      b: change(to: 2) { state ... @defer { later: state } } }"""
    async with asked(production, query) as parts:
        first, *later = await parts.rest()
    assert first["data"] == {"a": {"state": 1}, "b": {"state": 2}}
    shown = [each["data"] for part in later for each in part["incremental"]]
    assert shown == [{"later": 2}, {"later": 2}]


async def test_changes_themselves_never_come_later(production: Gateway) -> None:
    query = "mutation { ... @defer { touch } }"
    status, body = await production.post(query, accept=BY_ID)
    assert (status, codes(body["errors"])) == (200, ["GRAPHQL_VALIDATION_FAILED"])


async def test_who_takes_no_part_in_is_cut_off_and_never_told_that_it_has_all() -> None:
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)
        if len(sent) > 1:
            await asyncio.sleep(60)

    delivery = Delivery(Multipart(send, "spec=1"), ById(), "e-1")
    content = delivery.taken(InitialIncrementalExecutionResult({"hello": "hei"}, has_next=True))
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(delivery.send(content), 0.01)
    with pytest.raises(ClientGone):
        await delivery.break_off(OperationTooSlow())
    assert len(sent) == 2


async def test_the_whole_cost_is_counted_and_told_in_the_last_part(production: Gateway) -> None:
    # root 1; children 1, three of them; of each a part, an item and a child, which is 1 and 1.
    query = "{ children(first: 3) @stream { ... @defer { child { hello } } } }"
    async with asked(production, query, graphql_cost="report") as parts:
        *others, last = await parts.rest()
    assert not any("extensions" in part for part in others)
    cost = last["extensions"]["cost"]
    assert (cost["estimated"], cost["actual"]) == (2 + 3 * (1 + 1 + 1 + 2),) * 2


async def test_too_many_parts_are_refused(production: Gateway) -> None:
    query = "{ hello" + " ... @defer { hello }" * 21 + " }"
    status, body = await production.post(query, accept=BY_ID)
    assert (status, codes(body["errors"])) == (200, ["LIMIT_EXCEEDED"])


async def test_variables_that_do_not_fit_are_refused_before_anything_is_sent(
    production: Gateway,
) -> None:
    query = "query($n: Int!) { children(first: $n) { ... @defer { hello } } }"
    status, body = await production.post(query, {"n": "many"}, accept=BY_ID)
    assert (status, codes(body["errors"])) == (200, ["BAD_USER_INPUT"])


async def test_a_get_may_be_answered_in_parts_too(production: Gateway) -> None:
    production.recorder.gate.set()
    headers = {"accept": BY_ID, "authorization": f"Bearer {production.good_token}"}
    async with production.session.get(
        f"{production.url}/graphql", params={"query": GATED}, headers=headers
    ) as answer:
        assert (answer.status, answer.content_type) == (200, "multipart/mixed")


def test_the_newest_form_is_taken_of_those_that_a_client_reads() -> None:
    both = multipart("multipart/mixed;deferSpec=20220824, multipart/mixed;incrementalSpec=v0.2")
    chosen = form_for(both)
    assert chosen is not None
    assert chosen.spec == "incrementalSpec=v0.2"
