"""What a field costs, and how long its list may be: the directives of the GraphQL cost specification.

https://ibm.github.io/graphql-specs/cost-spec.html; `gateway/pricing.py` adds them up. The weights
are rough, beside one object of an answer, which is 1: they say what a field makes us do.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

import strawberry
from strawberry.schema_directive import Location
from strawberry.utils.str_converters import to_camel_case

CALL = 25
"""A section of a source: one call or more to somebody else's system."""
READ = 5
"""Whatever waits for our own store."""
WRITE = 25
"""A mutation: a patient locked, read, changed and logged."""


@strawberry.schema_directive(
    locations=[
        Location.ARGUMENT_DEFINITION,
        Location.ENUM,
        Location.FIELD_DEFINITION,
        Location.INPUT_FIELD_DEFINITION,
        Location.OBJECT,
        Location.SCALAR,
    ],
    description="What a field costs each time it is asked, or a type each time it is in an answer. "
    "Without it, whatever is composite costs 1 and whatever is not costs nothing.",
)
class Cost:
    weight: str = strawberry.field(description="The cost, a number.")


@strawberry.schema_directive(
    locations=[Location.FIELD_DEFINITION], description="How long a list is reckoned to be."
)
class ListSize:
    assumed_size: int | None = strawberry.field(
        default=strawberry.UNSET, description="The length, where no argument says it."
    )
    slicing_arguments: list[str] | None = strawberry.field(
        default=strawberry.UNSET, description="The arguments that say it."
    )
    sized_fields: list[str] | None = strawberry.field(
        default=strawberry.UNSET,
        description="The fields below whose length it is, where the field itself is a page.",
    )
    require_one_slicing_argument: bool | None = strawberry.field(
        default=True,
        description="Whether exactly one of them must have a value, if only its default.",
    )


def directives(
    resolver: Callable[..., Any] | None = None, *, size: int | None = None, weight: int = 0
) -> list[Any]:
    """Return what there is to say of a field: what it costs, and how long its list is.

    A resolver that must be awaited reads the store, and costs that. What takes `first` is as long
    as that says, in `edges` where it takes `after` as well; any other list is `size` long.
    """
    given = inspect.signature(resolver).parameters if resolver else {}
    if not weight and inspect.iscoroutinefunction(resolver):
        weight = READ
    found: list[Any] = [Cost(weight=str(weight))] if weight else []
    if "first" in given:
        edges = ["edges"] if "after" in given else strawberry.UNSET
        found.append(_list_size(slicing_arguments=["first"], sized_fields=edges))
    elif size is not None:
        found.append(_list_size(assumed_size=size))
    return found


def _list_size(**said: Any) -> ListSize:
    """Return a directive that is printed without what it only repeats."""
    return ListSize(require_one_slicing_argument=strawberry.UNSET, **said)


def describe_arguments(schema: strawberry.Schema) -> None:
    """Put the directives' arguments' descriptions into a schema: Strawberry leaves them behind."""
    for directive in schema._schema.directives:  # noqa: SLF001 # no public way to it
        definition = directive.extensions.get("strawberry-definition")
        for told in definition.fields if definition else ():
            directive.args[to_camel_case(told.python_name)].description = told.description
