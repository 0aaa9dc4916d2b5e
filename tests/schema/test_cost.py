from __future__ import annotations

import inspect
import typing
from collections.abc import Iterator

import pytest
from graphql import (
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    build_schema,
    get_nullable_type,
    is_list_type,
)

from schema import schema
from schema.cost import CALL, READ, WRITE, Cost, ListSize, directives
from schema.field import FETCH

GRAPH = typing.cast("GraphQLSchema", schema._schema)

# As the specification has them, without descriptions.
SPECIFIED = """
directive @cost(weight: String!) on
  | ARGUMENT_DEFINITION | ENUM | FIELD_DEFINITION | INPUT_FIELD_DEFINITION | OBJECT | SCALAR
directive @listSize(
  assumedSize: Int
  slicingArguments: [String!]
  sizedFields: [String!]
  requireOneSlicingArgument: Boolean = true
) on FIELD_DEFINITION
"""


def fields(*kinds: type) -> Iterator[tuple[str, GraphQLField]]:
    for each in GRAPH.type_map.values():
        if isinstance(each, kinds) and not each.name.startswith("__"):
            for name, field in each.fields.items():
                yield f"{each.name}.{name}", field


def said(field: GraphQLField, kind: type) -> typing.Any:
    found = [
        each
        for each in field.extensions["strawberry-definition"].directives
        if isinstance(each, kind)
    ]
    assert len(found) < 2
    return found[0] if found else None


def test_every_list_says_how_long_it_may_be() -> None:
    sized = {
        f"{name}.{below}"
        for _, field in fields(GraphQLObjectType)
        for name in [getattr(get_nullable_type(field.type), "name", "")]
        for below in (said(field, ListSize) or ListSize()).sized_fields or ()
    }
    silent = [
        where
        for where, field in fields(GraphQLObjectType, GraphQLInterfaceType)
        if is_list_type(get_nullable_type(field.type))
        and said(field, ListSize) is None
        and where not in sized
    ]
    assert silent == []


def test_what_slices_a_list_is_a_whole_number_with_a_default() -> None:
    for where, field in fields(GraphQLObjectType):
        for name in (said(field, ListSize) or ListSize()).slicing_arguments or ():
            assert str(field.args[name].type) == "Int!", where
            assert field.args[name].default_value > 0, where


def test_every_field_with_first_is_sliced_by_it() -> None:
    assert [where for where, field in fields(GraphQLObjectType) if "first" in field.args] == [
        where
        for where, field in fields(GraphQLObjectType)
        if (said(field, ListSize) or ListSize()).slicing_arguments
    ]


def test_sections_of_sources_and_mutations_cost_most() -> None:
    weights = {where: said(field, Cost) for where, field in fields(GraphQLObjectType)}
    fed = [
        name
        for name, field in GRAPH.type_map["Patient"].fields.items()
        if FETCH in field.extensions["strawberry-definition"].metadata
    ]
    assert fed
    assert {weights[f"Patient.{name}"].weight for name in fed} == {str(CALL)}
    changes = [weight for where, weight in weights.items() if where.startswith("Mutation.")]
    assert {weight.weight for weight in changes} == {str(WRITE)}


def test_no_field_of_an_interface_has_a_weight_since_each_type_has_its_own() -> None:
    assert [w for w, field in fields(GraphQLInterfaceType) if said(field, Cost)] == []


def test_the_directives_are_those_of_the_specification_and_described() -> None:
    specified = build_schema(SPECIFIED + "type Query { a: Int }")
    printed = build_schema(schema.as_str())
    for name in ("cost", "listSize"):
        ours, theirs = printed.get_directive(name), specified.get_directive(name)
        assert ours
        assert theirs
        assert (ours.locations, ours.is_repeatable) == (theirs.locations, theirs.is_repeatable)
        assert ours.description
        assert {n: (str(a.type), a.default_value) for n, a in ours.args.items()} == {
            n: (str(a.type), a.default_value) for n, a in theirs.args.items()
        }
        assert all(argument.description for argument in ours.args.values())


async def waiting(ctx: object, parent: object, first: int = 20, after: str | None = None) -> None:
    pass


def sliced(ctx: object, parent: object, first: int = 20) -> None:
    pass


@pytest.mark.parametrize(
    ("resolver", "given", "expected"),
    [
        (None, {}, []),
        (None, {"size": 3}, [{"assumed_size": 3}]),
        (None, {"weight": 7}, [{"weight": "7"}]),
        (sliced, {}, [{"slicing_arguments": ["first"]}]),
        (
            waiting,
            {},
            [{"weight": str(READ)}, {"slicing_arguments": ["first"], "sized_fields": ["edges"]}],
        ),
        (
            waiting,
            {"weight": 7},
            [{"weight": "7"}, {"slicing_arguments": ["first"], "sized_fields": ["edges"]}],
        ),
    ],
)
def test_a_resolvers_form_says_most(
    resolver: typing.Any, given: dict[str, int], expected: list[dict[str, object]]
) -> None:
    assert resolver is not waiting or inspect.iscoroutinefunction(resolver)
    found = [{k: v for k, v in vars(each).items() if v} for each in directives(resolver, **given)]
    assert found == expected
