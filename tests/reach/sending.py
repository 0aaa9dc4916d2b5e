"""Mutations sent as the schema says, with the ids there are or with others in their place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from uuid import uuid4

from strawberry.utils.str_converters import to_camel_case

from domain import ids
from domain.command import Command
from tests.reach import graph, inputs
from tests.reach.world import Answer, Visit

# Asked before any patient is looked for, or of the reader's own only: nothing of it is logged.
APART = frozenset({"openEmergencyAccess", "markNoticesRead"})


@cache
def commands() -> Mapping[str, type[Command]]:
    """Return what the input of each mutation is made into; those about no patient apart."""
    known = {f"{each.__name__}Input": each for each in _below(Command)}
    made = {name: known[graph.input_of(name).name] for name in graph.writes()}
    return {name: each for name, each in made.items() if hasattr(each, "about")}


@cache
def operations() -> Mapping[str, str]:
    """Return the operation of each mutation that asks the policy about a patient."""
    return {name: each.operation.name for name, each in commands().items() if name not in APART}


def about(mutation: str) -> str:
    """Return the name of the id of what a mutation is about."""
    return str(to_camel_case(commands()[mutation].about))


def _below(of: type[Command]) -> Iterator[type[Command]]:
    for each in of.__subclasses__():
        yield each
        yield from _below(each)


@cache
def document(mutation: str) -> str:
    """Return the operation that sends a mutation, and asks why it was not done."""
    return f"""mutation ($input: {graph.input_of(mutation).name}!) {{ {mutation}(input: $input) {{
      __typename ... on NotAllowed {{ reason }} ... on InvalidInput {{ faults {{ path code }} }}
      ... on Rejection {{ code sentence }} }} }}"""


async def send(visit: Visit, mutation: str, **instead: str) -> Answer:
    """Send a mutation with the ids there are, but for some."""
    made = inputs.made_up(mutation, visit.things, **instead)
    return await visit.ask(document(mutation), input=made)


def unknown(mutation: str) -> dict[str, str]:
    """Return ids that nothing has, in place of those of a mutation."""
    return {name: _unknown(kind) for name, kind in inputs.named(mutation).items()}


def _unknown(kind: str) -> str:
    if kind == ids.TASK:
        return f"{ids.TASK}COMMENT_{_unknown(ids.COMMENT)}"
    return f"{kind if kind.endswith('_') else ids.ACCESS_RULE}{uuid4()}"
