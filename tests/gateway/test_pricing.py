"""What documents cost on the real schema: estimated before they run, counted in their answers."""

from __future__ import annotations

import random
import typing
from typing import Any

import msgspec
import pytest
import strawberry
from graphql import (
    GraphQLEnumType,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLOutputType,
    GraphQLResolveInfo,
    GraphQLSchema,
    GraphQLUnionType,
    build_schema,
    execute_sync,
    get_named_type,
    get_nullable_type,
    is_leaf_type,
    is_required_argument,
    parse,
    value_from_ast_untyped,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from gateway.cost import MOST, OperationCost
from gateway.documents import Documents
from gateway.limits import Limits
from gateway.pricing import Pricing, SizeUnknown
from schema import schema
from schema.cost import Cost, ListSize
from tests.gateway.test_limits import few_calls

GRAPH = typing.cast("GraphQLSchema", schema._schema)
DOCUMENTS = Documents(GRAPH, Limits(), is_production=True)
SDL = build_schema(schema.as_str())


@strawberry.type
class Page:
    edges: list[str]


@strawberry.type(directives=[Cost(weight="9")])
class Heavy:
    name: str


def cost_of(text: str) -> OperationCost:
    document = DOCUMENTS.get(text)
    assert document.errors == ()
    return document.operation(None).cost


def estimate(text: str, **variables: object) -> int:
    return cost_of(text).estimate(variables)


# The root is an object, the field reads the store, and the viewer is an object.
VIEWER = 1 + 5 + 1


def test_plain_values_and_type_names_cost_nothing() -> None:
    assert estimate("{ __typename viewer { name role __typename } }") == VIEWER


def test_an_alias_is_asked_anew_and_a_repetition_is_not() -> None:
    assert estimate("{ viewer { name } viewer { role } }") == VIEWER
    assert estimate("{ viewer { name } a: viewer { role } }") == VIEWER + 6


def test_what_comes_in_parts_costs_one_more_each() -> None:
    assert estimate("{ viewer { name ... @defer { role } ... @defer { role } } }") == VIEWER + 2
    assert estimate("{ ... @defer { viewer { name } } }") == VIEWER + 1


def test_each_item_of_a_stream_costs_one_more() -> None:
    whole = "{ worklist(first: 7) { edges { cursor } } }"
    assert estimate(whole.replace("edges", "edges @stream")) == estimate(whole) + 7


def test_what_came_in_parts_is_counted_by_the_answer() -> None:
    cost = cost_of("{ worklist(first: 7) { edges @stream { cursor ... @defer { node { id } } } } }")
    edges = [{"cursor": "a", "node": {"id": "1"}}] * 2
    whole = cost_of("{ worklist(first: 7) { edges { cursor node { id } } } }")
    data = {"worklist": {"edges": edges}}
    assert cost.count(data) == whole.count(data) + 2 * 2


def test_fragments_cost_what_they_are_spread_into() -> None:
    text = "{ ...A ... on Query { viewer { name } } } fragment A on Query { viewer { role } }"
    assert estimate(text) == VIEWER


def test_a_section_of_a_source_and_its_items() -> None:
    text = "{{ patient(id: 1) {{ medications {{ items{} {{ name }} }} }} }}"
    asked = 1 + 5 + 1 + 25 + 1 + 1
    assert estimate(text.format("(first: 3)")) == asked + 3
    assert estimate(text.format("(first: 0)")) == asked
    assert estimate(text.format("(first: -1)")) == asked
    assert estimate(text.format("")) == asked + 500


def test_a_page_is_as_long_as_first_says_and_what_is_below_is_multiplied() -> None:
    text = "{ worklist(first: 7) { edges { node { name } } pageInfo { endCursor } } }"
    connection, edges, nodes, info = 5 + 1, 1 + 7, 7 * (5 + 1), 1 + 1
    assert estimate(text) == 1 + connection + edges + nodes + info


def test_an_assumed_size_counts_where_nothing_slices() -> None:
    assert estimate("{ templates { forProblems { code } } }") == 1 + 1 + 50 * (1 + 1 + 10)


PAGE = "query($n: Int{}) {{ worklist(first: $n) {{ edges {{ cursor }} }} }}"


@pytest.mark.parametrize(
    ("declared", "variables", "length"),
    [
        ("! = 20", {"n": 3}, 3),
        ("! = 20", {"n": 3.0}, 3),
        ("! = 20", {"n": -3}, 0),
        ("! = 9", {}, 9),
        ("! = -9", {}, 0),
        ("", {}, 20),
        # None of these is an Int, so that the operation will be refused for it.
        ("", {"n": None}, 20),
        ("! = 9", {"n": "3"}, 9),
        ("! = 9", {"n": True}, 9),
        ("! = 9", {"n": 3.5}, 9),
        ("! = 9", {"n": float("inf")}, 9),
        ("! = 9", {"n": 10**400}, 9),
        ("! = 9", {"n": [3]}, 9),
    ],
)
def test_a_variable_says_how_long_a_list_is(
    declared: str, variables: dict[str, object], length: int
) -> None:
    text = PAGE.format(declared)
    document = DOCUMENTS.get(text)
    if document.errors:  # `Int` where `Int!` is wanted, with a default there: allowed
        pytest.fail(str(document.errors))
    assert document.operation(None).cost.estimate(variables) == 1 + 6 + 1 + length


def test_variables_multiply_each_other() -> None:
    text = """query($a: Int!, $b: Int!) {
      worklist(first: $a) { edges { node { medications { items(first: $b) { name } } } } }
    }"""
    assert estimate(text, a=4, b=3) == 1 + 6 + 1 + 4 * (1 + 5 + 1 + 25 + 1 + 1 + 3)


def test_the_dearest_type_counts_where_an_object_may_be_of_several() -> None:
    text = """query($n: Int!) { node(id: 1) {
      id
      ... on Patient { medications { items(first: $n) { name } } }
      ... on Plan { parts { kind } }
    } }"""
    assert estimate(text, n=0) == 1 + 5 + 1 + 25 + 1 + 1
    assert estimate(text, n=500) == 1 + 5 + 1 + 25 + 1 + 1 + 500


def test_an_estimate_is_a_number_that_every_reader_of_json_understands() -> None:
    inner = "documents { items(first: 2147483647) { type { text } } }"
    text = f"{{ worklist(first: 2147483647) {{ edges {{ node {{ {inner} }} }} }} }}"
    assert estimate(text) == MOST == 2**53 - 1


def test_a_mutation_costs_its_weight_and_its_dearest_answer() -> None:
    text = """mutation($i: TakeTaskInput!) { takeTask(input: $i) {
      ... on TaskPayload { receipt { at } }
      ... on Rejection { code sentence }
    } }"""
    assert estimate(text) == 1 + 25 + 1 + 1 + 1


def test_introspection_costs_nothing() -> None:
    documents = Documents(GRAPH, Limits(), is_production=False)
    document = documents.get("{ __schema { types { name fields { name } } } }")
    assert document.operation(None).cost.estimate({}) == 1


def test_conditions_are_left_aside_in_the_estimate_and_seen_in_the_count() -> None:
    cost = cost_of("query($no: Boolean!) { viewer { name } me: viewer @include(if: $no) { name } }")
    assert cost.estimate({"no": False}) == VIEWER + 6
    assert cost.count({"viewer": {"name": None}}) == VIEWER


def test_a_field_without_a_value_costs_its_weight_and_no_object() -> None:
    cost = cost_of("{ patient(id: 1) { name } }")
    assert (cost.count({"patient": None}), cost.count({"patient": {"name": ""}})) == (6, 7)
    assert cost.count(None) == 0


def test_what_a_list_really_held_is_counted() -> None:
    cost = cost_of("{ worklist { edges { node { name } } } }")
    edges: list[object] = [{"node": {"name": "a"}}, {"node": None}]
    assert cost.count({"worklist": {"edges": edges}}) == 1 + 6 + 1 + 2 * (1 + 5) + 1


def test_a_list_without_a_size_stops_the_start() -> None:
    @strawberry.type
    class Query:
        names: list[str]

    with pytest.raises(SizeUnknown, match=r"Query\.names"):
        Pricing(strawberry.Schema(Query)._schema)


def test_a_page_is_not_sized_if_one_way_to_it_says_nothing() -> None:
    @strawberry.type
    class Query:
        @strawberry.field(
            directives=[ListSize(slicing_arguments=["first"], sized_fields=["edges"])]
        )
        def sized(self, first: int = 3) -> Page:
            return Page(edges=[])

        @strawberry.field
        def unsized(self) -> Page:
            return Page(edges=[])

    with pytest.raises(SizeUnknown, match=r"Page\.edges"):
        Pricing(strawberry.Schema(Query)._schema)


def test_a_type_may_have_a_weight_of_its_own() -> None:
    @strawberry.type
    class Query:
        heavy: Heavy
        many: list[Heavy] = strawberry.field(directives=[ListSize(assumed_size=3)])

    documents = Documents(strawberry.Schema(Query)._schema, Limits(), is_production=True)
    cost = documents.get("{ heavy { name } many { name } }").operation(None).cost
    assert cost.estimate({}) == 1 + (1 + 9) + (1 + 3 * 9)
    assert cost.count({"heavy": {"name": ""}, "many": [{}, {}]}) == 1 + (1 + 9) + (1 + 2 * 9)


def test_a_document_of_many_types_is_priced_in_few_steps() -> None:
    inner = "id " + " ".join(f"... on {t} {{ id }}" for t in ("Patient", "Plan", "Report") * 6)
    text = "{" + " ".join(f"n{i}: node(id: {i}) {{ {inner} }}" for i in range(20)) + "}"
    operation = DOCUMENTS.get(text).operation(None)
    pricing = Pricing(GRAPH)
    with few_calls():
        pricing.of(operation.node, {})


# Documents by chance, answered by graphql-core itself on a schema built from schema.graphql.


@st.composite
def selections(draw: st.DrawFn, of: Any, depth: int) -> str:
    """Draw what is asked of an object: plain fields, and deeper ones if there is depth."""
    if isinstance(of, GraphQLUnionType):
        members = draw(st.lists(st.sampled_from(of.types), min_size=1, max_size=3))
        inner = [f"... on {each.name} {{ {draw(selections(each, depth))} }}" for each in members]
        return " ".join(["__typename", *inner])
    asked = ["__typename"]
    usable = [n for n, f in of.fields.items() if depth > 0 or is_leaf_type(get_named_type(f.type))]
    for i, name in enumerate(draw(st.lists(st.sampled_from(usable), max_size=4)) if usable else ()):
        asked.append(draw(field(of.fields[name], name, i, depth)))
    if isinstance(of, GraphQLInterfaceType) and draw(st.booleans()):
        member = draw(st.sampled_from(SDL.get_possible_types(of)))
        asked.append(f"... on {member.name} {{ {draw(selections(member, depth))} }}")
    if depth > 0 and draw(st.booleans()):
        asked.append(f"... on {of.name} {{ {draw(selections(of, depth - 1))} }}")
    return " ".join(asked)


VALUES = {
    "ID": '"x"',
    "DateTime": '"2026-11-22T12:00:00Z"',
    "IdentityNumber": '"05894500079"',
    "Observable": "PEAK_FLOW",
}


@st.composite
def field(draw: st.DrawFn, asked: Any, name: str, place: int, depth: int) -> str:
    arguments = []
    for argument, declared in asked.args.items():
        if argument == "first":
            value = ["1", "3", "$first"][place % 3]  # the same for the same key
        elif is_required_argument(declared):
            value = VALUES[get_named_type(declared.type).name]
        else:
            value = None
        arguments += [f"{argument}: {value}"] if value else []
    given = f"({', '.join(arguments)})" if arguments else ""
    named = get_named_type(asked.type)
    below = "" if is_leaf_type(named) else f" {{ {draw(selections(named, depth - 1))} }}"
    return f"{name}{place}: {name}{given}{below}"


class Source:
    """Answers every field by chance, with lists that keep to what schema.graphql says.

    One that is `full` has a value for everything, and lists as long as they may be.
    """

    def __init__(self, chance: random.Random, *, full: bool) -> None:
        self.had_to_choose = False
        self._chance = chance
        self._full = full

    def resolve(self, parent: Any, info: GraphQLResolveInfo, **given: Any) -> Any:
        asked = info.parent_type.fields[info.field_name]
        said = {
            a.name.value: value_from_ast_untyped(a.value)
            for d in (asked.ast_node.directives if asked.ast_node else None) or ()
            if d.name.value == "listSize"
            for a in d.arguments or ()
        }
        size = FEW if "assumedSize" in said else None
        if "slicingArguments" in said:
            size = given[said["slicingArguments"][0]]
        if isinstance(parent, dict) and info.field_name in parent.get("sized", ()):
            size = parent["size"]
        return self._made(asked.type, size, said.get("sizedFields", ()))

    def kind(self, value: Any, info: GraphQLResolveInfo, of: Any) -> str:
        self.had_to_choose = True
        return self._chance.choice(SDL.get_possible_types(of)).name

    def _made(self, of: GraphQLOutputType, size: int | None, sized: Any) -> Any:
        if not (isinstance(of, GraphQLNonNull) or self._full) and self._chance.random() < 0.2:
            return None
        bare = get_nullable_type(of)
        if isinstance(bare, GraphQLList):
            length = size if self._full else self._chance.randint(0, size or 0)
            return [self._made(bare.of_type, None, ()) for _ in range(length)]
        if isinstance(bare, GraphQLEnumType):
            return next(iter(bare.values))
        if not is_leaf_type(bare):
            return {"size": size, "sized": sized}
        return {"Int": 1, "Float": 1.5, "Boolean": True}.get(bare.name, "x")


FEW = 2


def with_few_items(pricing: Pricing) -> Pricing:
    """Let every assumed size be small, so that answers of that size can be made."""
    for where, priced in pricing._fields.items():
        if priced.usual is not None and priced.sliced_by is None:
            pricing._fields[where] = msgspec.structs.replace(priced, usual=FEW)
    return pricing


def document(below: str) -> str:
    declared = "($first: Int! = 4)" if "$first" in below else ""
    return f"query{declared} {{ {below} }}"


GENEROUS = Documents(GRAPH, Limits(aliases=10**6, tokens=10**6), is_production=True)
GENEROUS._pricing = with_few_items(Pricing(GRAPH))


@settings(deadline=None, max_examples=60)
@given(
    selections(typing.cast("GraphQLObjectType", SDL.query_type), 5),
    st.fixed_dictionaries({}, optional={"first": st.integers(0, 5)}),
    st.integers(),
    st.booleans(),
)
def test_no_answer_costs_more_than_was_estimated_and_a_full_one_just_that(
    below: str, variables: dict[str, int], seed: int, full: bool
) -> None:
    text = document(below)
    found = GENEROUS.get(text)
    assert found.errors == ()
    source = Source(random.Random(seed), full=full)
    result = execute_sync(
        SDL, parse(text), variable_values=variables,
        field_resolver=source.resolve, type_resolver=source.kind,
    )  # fmt: skip
    assert result.errors is None
    cost = found.operation(None).cost
    estimated, actual = cost.estimate(variables), cost.count(result.data)
    assert 1 <= actual <= estimated
    assert actual == estimated or not full or source.had_to_choose
