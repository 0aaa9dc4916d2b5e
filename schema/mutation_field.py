"""Declares mutations: one input in, a union of the payload and every rejection out."""

from __future__ import annotations

import inspect
from dataclasses import fields, is_dataclass
from enum import Enum
from types import SimpleNamespace
from typing import Annotated, Any, Protocol, Union

import msgspec
import strawberry

from domain.command import Command
from resolvers.context import Context
from schema.cost import WRITE, directives
from schema.inputs import input_type
from schema.rejection import InvalidInput, KeyReused, NotAllowed, NothingFound

_COMMON = (InvalidInput, NotAllowed, NothingFound, KeyReused)
_KEY = (
    "Makes the same input safe to send again: 8 to 100 printable ASCII characters, new for every "
    "act of a user."
)
_ANNOTATED: Any = Annotated
_UNION: Any = Union


class Performed(Protocol):
    """What a mutation is kept by: a command's type, and who does what one asks."""

    @property
    def command(self) -> type[Command]:
        """The command that its input is made into."""

    async def __call__(self, ctx: Context, command: Any) -> Any:
        """Do it, or say why not."""


def mutation(
    perform: Performed,
    description: str,
    payload: type[Any],
    *rejections: type[Any],
    like: Any = None,
    **inputs: str,
) -> Any:
    """Declare a mutation.

    `inputs` describe the fields of its command; `like` is the output type whose descriptions serve
    the others.
    """
    command = perform.command
    described = f"Input: {description[0].lower()}{description[1:]}"
    given = input_type(command, described, like, idempotency_key=_KEY, **inputs)
    answers = _UNION[(payload, *_COMMON, *rejections)]
    union = strawberry.union(
        f"{command.__name__}Result",
        description="The payload when it was done, or why it was not: then nothing was changed.",
    )

    async def resolve(root: Any, info: Any, input: Any) -> Any:
        asked = msgspec.convert(_decoded_from(input), command, from_attributes=True)
        return await perform(info.context, asked)

    argument = _ANNOTATED[given, strawberry.argument(description="What to do.")]
    _sign(resolve, argument, _ANNOTATED[answers, union])
    return strawberry.mutation(
        resolve, description=description, directives=directives(weight=WRITE)
    )


def _decoded_from(given: Any) -> Any:
    """Return an input with each enum as the value that nouns are decoded from, be it text or not."""
    if is_dataclass(given):
        members = {each.name: _decoded_from(getattr(given, each.name)) for each in fields(given)}
        return SimpleNamespace(**members)
    if isinstance(given, list):
        return [_decoded_from(each) for each in given]
    return given.value if isinstance(given, Enum) else given


def _sign(resolve: Any, argument: Any, answer: Any) -> None:
    """Give a resolver the signature that Strawberry reads."""
    annotations = {"root": Any, "info": strawberry.Info, "input": argument}
    kind = inspect.Parameter.POSITIONAL_OR_KEYWORD
    parameters = [inspect.Parameter(n, kind, annotation=a) for n, a in annotations.items()]
    resolve.__signature__ = inspect.Signature(parameters, return_annotation=answer)
    resolve.__annotations__ = annotations | {"return": answer}
