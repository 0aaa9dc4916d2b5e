"""The one place that knows both Strawberry and resolvers: fields, enums and arguments adapted.

Any lives here and nowhere else in the schema: Strawberry's fields are typed by their annotation.
"""

from __future__ import annotations

import inspect
from collections.abc import AsyncGenerator, Awaitable, Callable
from dataclasses import dataclass
from enum import Enum
from typing import Annotated, Any, TypeVar, get_args, get_type_hints

import strawberry
from graphql import FieldNode, SelectionNode, SelectionSetNode
from strawberry.parent import StrawberryParent

from domain.access.patient import Patient
from domain.errors import NotAlone
from domain.plan.part import Plan, PlanPart
from resolvers import access, section
from resolvers.source import Fetch
from schema.cost import CALL, directives

T = TypeVar("T")

FETCH = "fetch"
_PARENT: Any = Annotated[Any, StrawberryParent()]
_ANNOTATED: Any = Annotated


@dataclass(frozen=True)
class Argument:
    """An argument's description, and its type where the resolver's own would not do."""

    description: str
    type: Any = None


def plain(description: str, size: int | None = None) -> Any:
    """Declare a field that is an attribute of the domain object; a list says its `size`."""
    return strawberry.field(description=description, directives=directives(size=size))


def whole(description: str, size: int | None = None) -> Any:
    """Declare an attribute that is refused to those who have been given pieces of parts only."""

    def resolve(root: strawberry.Parent[Any], info: strawberry.Info) -> Any:
        _guarded(info, root)
        return getattr(root, info.python_name)

    return strawberry.field(resolve, description=description, directives=directives(size=size))


def field(
    resolver: Callable[..., Any],
    description: str,
    size: int | None = None,
    weight: int = 0,
    **arguments: str | Argument,
) -> Any:
    """Declare a field kept by a resolver `(ctx, parent, **arguments)`.

    A list that no argument slices says its `size`. A `weight` is needed only where the work is
    other than the resolver's form tells: see `schema.cost.directives`.
    """
    return strawberry.field(
        _adapt(resolver, arguments, has_parent=True),
        description=description,
        directives=directives(resolver, size=size, weight=weight),
    )


def root(
    resolver: Callable[..., Any],
    description: str,
    size: int | None = None,
    **arguments: str | Argument,
) -> Any:
    """Declare a field of a root type, kept by a resolver `(ctx, **arguments)`."""
    return strawberry.field(
        _adapt(resolver, arguments, has_parent=False),
        description=description,
        directives=directives(resolver, size=size),
    )


def alone(resolver: Callable[..., Any], description: str, **arguments: str | Argument) -> Any:
    """Declare a field of a root type that must be the only one of its operation."""
    adapted = _adapt(resolver, arguments, has_parent=False, is_alone=True)
    return strawberry.field(adapted, description=description)


def fetched(fetch: Fetch, description: str) -> Any:
    """Declare a section of a patient that a source feeds; its metadata says with what."""

    async def resolve(root: strawberry.Parent[Any], info: strawberry.Info) -> Any:
        return await _noted(info, root, section.for_patient(info.context, root, fetch))

    return strawberry.field(
        resolve,
        description=description,
        metadata={FETCH: fetch},
        directives=directives(weight=CALL),
    )


def twin(of: type[Any]) -> Callable[[T], T]:
    """Say which domain type an object type stands for, where a union or interface must tell."""

    def mark(made: T) -> T:
        told = classmethod(lambda _cls, value, _info: type(value) is of)
        made.is_type_of = told  # type: ignore[attr-defined]  # graphql-core asks for it
        return made

    return mark


def enum(of: type[Enum], description: str, **values: str) -> None:
    """Put a domain enum into the graph, with a sentence on each value."""
    # A second definition of one enum would clash, and an early annotation may have made the first.
    made = of if hasattr(of, "__strawberry_definition__") else strawberry.enum(of)
    definition: Any = made.__strawberry_definition__
    definition.description = description
    for value in definition.values:
        value.description = values[value.name]


def _adapt(
    resolver: Callable[..., Any],
    arguments: dict[str, str | Argument],
    has_parent: bool,
    is_alone: bool = False,
) -> Callable[..., Any]:
    """Give a resolver the signature that Strawberry reads, and hand it our Context."""
    skipped = 2 if has_parent else 1
    hints = get_type_hints(resolver)
    own = list(inspect.signature(resolver).parameters.values())[skipped:]
    named = [_parameter(p, hints[p.name], arguments[p.name]) for p in own]

    def resolve(root: Any, info: Any, **given: Any) -> Any:
        if is_alone and not _is_alone(info.operation.selection_set):
            raise NotAlone
        if not has_parent:
            return resolver(info.context, **given)
        if isinstance(root, Patient | Plan | PlanPart):
            _guarded(info, root)
        found = resolver(info.context, root, **given)
        if isinstance(root, Patient | PlanPart):
            return _noted(info, root, found)
        return found

    kind = inspect.Parameter.POSITIONAL_OR_KEYWORD
    injected = [
        inspect.Parameter("root", kind, annotation=_PARENT),
        inspect.Parameter("info", kind, annotation=strawberry.Info),
    ]
    resolve.__name__ = resolver.__name__
    resolve.__signature__ = inspect.Signature([*injected, *named])  # type: ignore[attr-defined]  # read by inspect
    resolve.__annotations__ = {p.name: p.annotation for p in [*injected, *named]}
    return resolve


def _is_alone(selected: SelectionSetNode) -> bool:
    """Tell whether an operation asks for one field; what a fragment asks for is not looked up."""
    asked = [s for s in selected.selections if not _is_typename(s)]
    return len(asked) == 1 and isinstance(asked[0], FieldNode)


def _is_typename(selection: SelectionNode) -> bool:
    return isinstance(selection, FieldNode) and selection.name.value == "__typename"


def _guarded(info: Any, root: Patient | Plan | PlanPart) -> None:
    """Refuse those who may not read a field; the domain's nouns are called what the graph's are."""
    access.field(info.context, root, f"{type(root).__name__}.{info.field_name}")


def _noted(info: Any, root: Patient | PlanPart, found: Any) -> Any:
    """Return what is shown of a patient, once the log of use is told which field showed it.

    It is told here, so that no field of a patient can be added that it does not hear of.
    """
    if inspect.isawaitable(found):
        return _noted_later(info, root, found)
    if found is not None:
        of = root.id if isinstance(root, Patient) else root.patient_id
        info.context.disclosures.shown(of, info.python_name)
    return found


async def _noted_later(info: Any, root: Patient | PlanPart, found: Awaitable[Any]) -> Any:
    return _noted(info, root, await found)


def _parameter(own: inspect.Parameter, hint: Any, given: str | Argument) -> inspect.Parameter:
    argument = given if isinstance(given, Argument) else Argument(given)
    described = strawberry.argument(description=argument.description)
    annotation = _ANNOTATED[argument.type or hint, described]
    return own.replace(annotation=annotation, kind=inspect.Parameter.KEYWORD_ONLY)


def followed(of: Any, description: str, **arguments: Argument) -> Any:
    """Declare a subscription of payloads of a type.

    What it sends is found in `resolvers/live.py` and sent by `gateway/live/`: nothing here runs.
    """

    async def begin(root: Any, info: Any, **given: Any) -> AsyncGenerator[Any, None]:
        raise RuntimeError("Subscriptions are run by gateway/live.")
        yield  # it is what makes it a stream to Strawberry

    kind = inspect.Parameter.KEYWORD_ONLY
    named = [
        inspect.Parameter(
            name,
            kind,
            annotation=_ANNOTATED[
                argument.type, strawberry.argument(description=argument.description)
            ],
            default=None if _is_optional(argument.type) else inspect.Parameter.empty,
        )
        for name, argument in arguments.items()
    ]
    root, info = (
        inspect.Parameter(name, inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=annotation)
        for name, annotation in (("root", _PARENT), ("info", strawberry.Info))
    )
    begin.__signature__ = inspect.Signature([root, info, *named])  # type: ignore[attr-defined]  # read by inspect
    begin.__annotations__ = {p.name: p.annotation for p in [root, info, *named]}
    begin.__annotations__["return"] = AsyncGenerator[of, None]
    return strawberry.subscription(begin, description=description)


def _is_optional(hint: Any) -> bool:
    return type(None) in get_args(hint)
