"""What an export asks for is all there is in the graph."""

from __future__ import annotations

import typing

from graphql import GraphQLObjectType, GraphQLSchema, get_named_type, validate

from gateway.export_document import LEFT_OUT, is_paged, pieces, whole
from schema import schema
from tests.gateway.serving import Gateway

GRAPH = typing.cast("GraphQLSchema", schema._schema)


def _reachable() -> list[GraphQLObjectType]:
    """Return the object types under a patient."""
    patient = GRAPH.type_map["Patient"]
    assert isinstance(patient, GraphQLObjectType)
    found, waiting = {patient.name: patient}, [patient]
    while waiting:
        of = waiting.pop()
        for name, field in of.fields.items():
            inner = get_named_type(field.type)
            is_new = isinstance(inner, GraphQLObjectType) and inner.name not in found
            if is_new and f"{of.name}.{name}" not in LEFT_OUT:
                found[inner.name] = inner
                waiting.append(inner)
    return list(found.values())


def test_every_piece_fits_the_schema() -> None:
    for piece in pieces(GRAPH):
        assert validate(GRAPH, piece.operation.document) == [], piece.names


def test_every_field_of_a_patient_is_in_a_piece_or_left_out_by_name() -> None:
    patient = GRAPH.type_map["Patient"]
    assert isinstance(patient, GraphQLObjectType)
    named = [name for piece in pieces(GRAPH) for name in piece.names]
    left_out = {each.removeprefix("Patient.") for each in LEFT_OUT if each.startswith("Patient.")}
    assert sorted([*named, *left_out]) == sorted(patient.fields)


def test_what_is_left_out_exists() -> None:
    for each in LEFT_OUT:
        of, name = each.split(".")
        assert name in getattr(GRAPH.type_map[of], "fields", {})


def test_no_argument_narrows_it() -> None:
    narrowing = [
        f"{of.name}.{name}({argument})"
        for of in _reachable()
        for name, field in of.fields.items()
        for argument, value in field.args.items()
        if f"{of.name}.{name}" not in LEFT_OUT
        and whole(argument, value) is None
        and not (of.name == "Patient" and is_paged(field))
    ]
    assert narrowing == []


async def test_there_is_no_export_without_a_token_or_another_way(production: Gateway) -> None:
    assert (await production.send("POST", b"{}", path="/export"))[0] == 404
