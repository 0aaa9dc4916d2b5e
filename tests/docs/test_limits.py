"""The example in docs/limits.md is what the gateway would say."""

from __future__ import annotations

import re

from gateway.cost import OperationCost
from gateway.documents import Documents
from gateway.limits import Limits
from schema import schema
from tests.docs.markdown import ROOT

TEXT = (ROOT / "docs" / "limits.md").read_text(encoding="utf-8")


def example() -> OperationCost:
    query = re.findall(r"```graphql\n(.*?)```", TEXT, re.DOTALL)[0]
    documents = Documents(schema._schema, Limits(), is_production=True)
    return documents.get(query).operation(None).cost


def numbers(pattern: str) -> list[int]:
    found = re.search(pattern, TEXT)
    assert found
    return [int(each) for each in found.groups()]


def test_the_example_is_estimated_as_the_document_says() -> None:
    usual, fewer = numbers(r"estimated at \*\*(\d+)\*\*; with `most: 2` it would be (\d+)")
    cost = example()
    assert (cost.estimate({"id": "x"}), cost.estimate({"id": "x", "most": 2})) == (usual, fewer)


def test_the_table_adds_up_to_the_estimate() -> None:
    rows = re.findall(
        r"^\| [^|]+ \|(?: ?(\d*) \|)(?: ?(\d*) \|)(?: (\d+) \|)(?: (\d+) \|)$", TEXT, re.MULTILINE
    )
    for asked, each, objects, together in rows:
        assert int(asked or 0) * int(each or 0) + int(objects) == int(together)
    assert sum(int(row[3]) for row in rows) == example().estimate(None)


def test_the_answer_of_the_example_is_counted_as_the_document_says() -> None:
    medicine = {"name": "Ventoline", "dosage": None}
    patient = {"name": "Arne", "medications": {"items": [medicine] * 3}, "reports": {"edges": []}}
    actual = example().count({"patient": patient})
    assert numbers(r"makes it (\d+) afterwards") == [actual]
    estimated, told, limit, remaining = numbers(
        r'"estimated": (\d+), "actual": (\d+), "limit": (\d+), "remaining": (\d+)'
    )
    limits = Limits()
    assert (estimated, told) == (example().estimate(None), actual)
    assert (limit, remaining) == (limits.operation_cost, limits.person_cost - actual)
