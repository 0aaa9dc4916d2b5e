"""What a page elsewhere can make a browser send without asking first does nothing, anywhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import msgspec
import pytest
from graphql import (
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    get_named_type,
)

from tests.docs.graph import GRAPH
from tests.journeys.conftest import Stack
from tests.journeys.test_log import VIEW
from tests.journeys.test_plan_view import nora

# The media types of forms, and what tries to look like them and like JSON (Fetch, "CORS-safelisted
# request-header"); any other makes the browser ask first.
SIMPLE = (
    *("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"),
    *("text/plain; application/json", "text/plain; charset=application/json", ""),
    *("application/json, text/plain", "text/json", "application/json-patch+json"),
    "application/x-www-form-urlencoded; application/json",
)
NOBODY_S = {"organisationNumber", "municipalityNumber", "hprNumber"}
BODIES: dict[str, dict[str, Any]] = {
    "graphql": {"query": VIEW},
    "export": {"patientId": "pat_0195bb24-0000-7000-8000-000000000001"},
    "opening": {"code": "ABCDE12345"},
}


@pytest.mark.parametrize("path", BODIES)
@pytest.mark.parametrize("media_type", SIMPLE)
async def test_a_post_that_needs_no_preflight_is_refused_by_its_media_type(
    stack: Stack, path: str, media_type: str
) -> None:
    headers = {
        "content-type": media_type,
        "authorization": f"Bearer {stack.token('parent')}",  # which no page could add
    }
    body = msgspec.json.encode(BODIES[path])
    async with stack.session.post(f"{stack.url}/{path}", data=body, headers=headers) as answer:
        assert answer.status == 415
        assert "data" not in await answer.json()


@pytest.mark.parametrize("path", ["export", "opening"])
async def test_what_is_sent_by_post_is_not_sent_by_get(stack: Stack, path: str) -> None:
    headers = {"authorization": f"Bearer {stack.token('parent')}"}
    async with stack.session.get(
        f"{stack.url}/{path}", params=BODIES[path], headers=headers
    ) as answer:
        assert (answer.status, answer.headers["allow"]) == (405, "POST")


async def test_a_page_elsewhere_reads_nothing_even_with_a_token(stack: Stack) -> None:
    child = await nora(stack)
    headers = {
        "authorization": f"Bearer {stack.token('parent')}",
        "origin": "https://elsewhere.example",
    }
    for path, body in BODIES.items():
        async with stack.session.post(
            f"{stack.url}/{path}", json=body | {"variables": {"id": child}}, headers=headers
        ) as answer:
            assert answer.status == 403
            assert "access-control-allow-origin" not in answer.headers
            assert (await answer.json())["errors"][0]["extensions"]["code"] == "CROSS_SITE"


def given() -> Iterator[tuple[str, str]]:
    """Yield every argument and input field of the graph, with its type's name."""
    for kind in GRAPH.type_map.values():
        if isinstance(kind, GraphQLInputObjectType):
            yield from (
                (name, get_named_type(each.type).name) for name, each in kind.fields.items()
            )
        elif isinstance(kind, GraphQLObjectType | GraphQLInterfaceType):
            for field in kind.fields.values():
                for name, each in field.args.items():
                    yield name, get_named_type(each.type).name


def test_no_argument_takes_an_identity_number_by_another_scalar() -> None:
    # A GET is refused by the scalar, so whatever takes a person's number must be of it.
    numbers = {
        (name, scalar) for name, scalar in given() if re.search("umbers?$|^pid$|^nin$", name)
    }
    assert {("identityNumber", "IdentityNumber"), ("recipientNumber", "IdentityNumber")} <= numbers
    assert {name for name, scalar in numbers if scalar != "IdentityNumber"} <= NOBODY_S


async def test_a_get_with_an_identity_number_is_refused_in_the_real_graph(stack: Stack) -> None:
    headers = {"authorization": f"Bearer {stack.token('parent')}"}
    share = "mutation ($i: SharePartInput!) { sharePart(input: $i) { __typename } }"
    for query in (
        'query { patientByIdentityNumber(identityNumber: "12849030289") { id } }',
        "query ($n: IdentityNumber!) { patientByIdentityNumber(identityNumber: $n) { id } }",
        share,
    ):
        async with stack.session.get(
            f"{stack.url}/graphql", params={"query": query}, headers=headers
        ) as answer:
            assert answer.status == 405
            assert answer.headers["allow"] == "POST"
