"""Inputs made from the domain's own nouns, so that what is written can't drift from what is read."""

from __future__ import annotations

from types import UnionType
from typing import Any, Union, get_args, get_origin

import msgspec
import strawberry

from domain.identity_number import IdentityNumber
from domain.noun import Noun
from schema.scalars import IdentityNumberScalar

_made: dict[type[Noun], Any] = {}


def input_type(
    noun: type[Noun], description: str, like: Any = None, **descriptions: str
) -> Any:  # a class that Strawberry has made
    """Return the input type of a noun: its fields, their defaults, and a sentence on each.

    `like` is the output type whose descriptions serve fields (and nouns within) that `descriptions`
    does not name.
    """
    if noun not in _made:
        fields = [f for f in msgspec.structs.fields(noun) if f.name not in noun.not_given]
        outputs = _outputs(like)
        members: dict[str, Any] = {
            field.name: _field(
                field, descriptions.get(field.name) or outputs[field.name].description
            )
            for field in fields
        }
        members["__annotations__"] = {
            field.name: _annotation(field.name, field.type, outputs) for field in fields
        }
        made = type(f"{noun.__name__}Input", (), members)
        _made[noun] = strawberry.input(made, description=description)
    return _made[noun]


def _outputs(like: Any) -> dict[str, Any]:
    if like is None:
        return {}
    return {field.python_name: field for field in like.__strawberry_definition__.fields}


def _field(field: msgspec.structs.FieldInfo, description: str | None) -> Any:
    if field.required:
        return strawberry.field(description=description)
    if field.default is msgspec.NODEFAULT or isinstance(field.default, tuple):
        return strawberry.field(description=description, default_factory=list)
    return strawberry.field(description=description, default=field.default)


def _annotation(name: str, hint: Any, outputs: dict[str, Any]) -> Any:
    """Return a field's type as Strawberry writes it."""
    if get_origin(hint) in (Union, UnionType):
        (inner,) = (each for each in get_args(hint) if each is not type(None))
        return _annotation(name, inner, outputs) | None
    if get_origin(hint) is tuple:
        items: Any = list
        return items[_annotation(name, get_args(hint)[0], outputs)]
    if hint is IdentityNumber:
        return IdentityNumberScalar
    if isinstance(hint, type) and issubclass(hint, Noun):
        return _inner(name, hint, outputs)
    is_id = name == "id" or name.endswith(("_id", "_ids"))
    return strawberry.ID if hint is str and is_id else hint


def _inner(name: str, noun: type[Noun], outputs: dict[str, Any]) -> Any:
    output = outputs[name].type
    while hasattr(output, "of_type"):
        output = output.of_type
    description = output.__strawberry_definition__.description
    return input_type(noun, description, output)
