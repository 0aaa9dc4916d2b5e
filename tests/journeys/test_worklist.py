from __future__ import annotations

from tests.journeys.conftest import Stack

PAGE = """query ($first: Int!, $after: String) { worklist(first: $first, after: $after) {
  edges { cursor node { id name } } pageInfo { hasNextPage endCursor }
} }"""


async def test_fifty_patients_cost_what_their_sources_allow_at_best(stack: Stack) -> None:
    query = """{ worklist(first: 50) { edges { node {
      name plan { parts { kind } }
      medications { state items { name } } appointments { state } careTeam { state }
    } } } }"""
    answer = await stack.ask("doctor", query)
    assert len(answer["data"]["worklist"]["edges"]) == 50
    assert await stack.calls() == {
        "POST /Patient/$getMedication": 50,
        "POST /Appointment/_search": 1,
        "POST /CareTeam/_search": 1,
    }


async def test_pages_follow_each_other_to_the_end(stack: Stack) -> None:
    seen: list[str] = []
    cursor = None
    while True:
        answer = await stack.ask("clinician", PAGE, first=17, after=cursor)
        page = answer["data"]["worklist"]
        seen += [edge["node"]["id"] for edge in page["edges"]]
        cursor = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            break
    assert len(seen) == len(set(seen)) > 17


async def test_each_on_the_list_has_a_relation_to_the_organisation(stack: Stack) -> None:
    query = "{ worklist(first: 100) { edges { node { access { basis origin since until } } } } }"
    edges = (await stack.ask("coordinator", query))["data"]["worklist"]["edges"]
    assert edges
    assert {e["node"]["access"]["basis"] for e in edges} <= {"CARE_TEAM", "SHARE", "HANDOVER"}


async def test_a_filter_narrows_the_list(stack: Stack) -> None:
    query = """{ worklist(first: 100, approvalRequested: true) {
      edges { node { plan { parts(lifecycles: [DRAFT, ACTIVE, ON_HOLD]) { approval { state } } } } }
    } }"""
    edges = (await stack.ask("doctor", query))["data"]["worklist"]["edges"]
    assert edges
    for edge in edges:
        assert "REQUESTED" in [p["approval"]["state"] for p in edge["node"]["plan"]["parts"]]
