"""GET: what may stand in a URL, and whose page may ask."""

from __future__ import annotations

import pytest

from tests.gateway.serving import Gateway, Start, code

NUMBER = "05894500079"


async def test_a_get_may_query(production: Gateway) -> None:
    variables = '{"text": "ab"}'
    params = {"query": "query($text: String) { echo(text: $text) }", "variables": variables}
    status, body = await production.send("GET", params=params)
    assert (status, body) == (200, {"data": {"echo": "2 0 RED"}})


@pytest.mark.parametrize("params", [{}, {"query": "{hello}", "variables": "["}, {"query": ""}])
async def test_a_get_that_can_not_be_read_is_a_400(
    production: Gateway, params: dict[str, str]
) -> None:
    status, body = await production.send("GET", params=params)
    assert (status, code(body)) == (400, "BAD_REQUEST")


@pytest.mark.parametrize(
    "query",
    [
        "mutation { touch }",
        f'{{ find(identityNumber: "{NUMBER}") }}',
        "query($n: IdentityNumber) { find(identityNumber: $n) }",
        f'{{ find(filter: {{numbers: ["{NUMBER}"]}}) }}',
        "query($f: Filter) { find(filter: $f) }",
        f'{{ ...F }} fragment F on Query {{ child {{ find(identityNumber: "{NUMBER}") }} }}',
    ],
)
async def test_a_get_that_changes_or_names_a_person_is_refused(
    production: Gateway, query: str
) -> None:
    status, body = await production.send("GET", params={"query": query})
    assert (status, code(body)) == (405, "POST_REQUIRED")
    assert (await production.post(query))[0] == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://elsewhere.example"},
        {"origin": "null"},
        {"sec_fetch_site": "cross-site"},
        {"sec_fetch_site": "same-site"},
    ],
)
async def test_a_get_from_another_site_is_refused(
    production: Gateway, headers: dict[str, str]
) -> None:
    status, body = await production.send("GET", params={"query": "{hello}"}, **headers)
    assert (status, code(body)) == (403, "CROSS_SITE")


@pytest.mark.parametrize(
    "headers", [{"sec_fetch_site": "same-origin"}, {"origin": "https://ours.example"}]
)
async def test_a_get_from_our_own_pages_is_answered(start: Start, headers: dict[str, str]) -> None:
    production = await start(DBEP_PUBLIC_URL="https://ours.example/dbep")
    status, _ = await production.send("GET", params={"query": "{hello}"}, **headers)
    assert status == 200
