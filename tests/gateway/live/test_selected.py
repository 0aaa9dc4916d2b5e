from __future__ import annotations

import pytest

from gateway.documents import Documents, Operation
from gateway.execution import Executor
from gateway.limits import Limits
from gateway.live.selected import paths_of, root_field, without
from schema import schema

DOCUMENTS = Documents(Executor(schema, 5).graphql_schema, Limits(), is_production=False)
PASSING = frozenset({"cursor", "retrievedAt", "age"})


def operation(text: str) -> Operation:
    document = DOCUMENTS.get(text)
    assert document.errors == ()
    return document.operation(None)


@pytest.mark.parametrize(
    "text",
    [
        'subscription { followed: patientView(patientId: "1") { cursor } }',
        "subscription { ...F } fragment F on Subscription { patientView(patientId: 1) { cursor } }",
        'subscription { ... on Subscription { patientView(patientId: "1") { cursor } } }',
    ],
)
def test_the_one_field_is_found_wherever_it_stands(text: str) -> None:
    assert root_field(operation(text)).name.value == "patientView"


def test_what_passes_is_left_out_under_its_own_name_and_in_lists() -> None:
    asked = operation(
        """
        subscription { now: patientView(patientId: "1") {
          place: cursor
          patient { name ...Medicines medications { at: retrievedAt } } } }
        fragment Medicines on Patient { medications { state age items { name } } }
        """
    )
    section = {"at": "12:00", "state": "OK", "age": 1, "items": [{"name": "A"}, {"name": "B"}]}
    data = {"now": {"place": "x", "patient": {"name": "Nora", "medications": section}}}
    kept = {"state": "OK", "items": [{"name": "A"}, {"name": "B"}]}
    assert without(data, paths_of(asked, PASSING)) == {
        "now": {"patient": {"name": "Nora", "medications": kept}}
    }


def test_what_is_null_or_a_list_stays_so() -> None:
    paths = {"a": {"age": None}}
    assert without({"a": None, "b": 1}, paths) == {"a": None, "b": 1}
    assert without({"a": [{"age": 1, "b": 2}, None]}, paths) == {"a": [{"b": 2}, None]}
    assert without(None, paths) is None
