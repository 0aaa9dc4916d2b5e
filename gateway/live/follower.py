"""One subscription, and what is followed by it."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum
from typing import Any

import msgspec
from graphql import GraphQLSchema
from graphql.execution.values import get_argument_values, get_variable_values
from msgspec.structs import replace

from domain.access.viewer import Viewer
from domain.live.change import ChangedSection
from gateway.answering import NotExecuted
from gateway.caller import Caller
from gateway.documents import Operation
from gateway.errors import Entry, caller_entry
from gateway.live.selected import root_field
from gateway.live.stream import Ending, Sink, entry_of
from gateway.wording import variable_refusal

ALL = frozenset(ChangedSection)
_encode = msgspec.json.Encoder(order="deterministic").encode


class Kind(Enum):
    """The root fields of subscriptions."""

    PATIENT = "patientChanged"
    ORGANISATION = "organisationChanged"
    VIEW = "patientView"


class Followed(msgspec.Struct, frozen=True, kw_only=True):
    """What a client asks to follow, and how it is to be shown.

    `asked` is equal where the same is shown to the same: the document's operation and what its
    variables may change in it.
    """

    kind: Kind
    operation: Operation
    # Any: variables are JSON of any shape.
    variables: Mapping[str, Any]
    asked: tuple[int, bytes, str]
    patient_id: str | None = None
    sections: frozenset[ChangedSection] = ALL
    after: str | None = None

    def is_of(self, section: ChangedSection) -> bool:
        """Tell whether changes in a section are asked for."""
        return self.sections is ALL or section in self.sections


@dataclass(eq=False, slots=True)
class Follower:
    """A subscription that runs. All of it up to `position` has been told.

    It is not `is_live` until it has caught up with what all others are told. `digest` is of the
    view that was sent last, `due` the second since 1970 when it
    is to be decided about anew.
    """

    followed: Followed
    topic: str
    caller: Caller
    # Who asks, whichever of their tokens it is by: one text for all that they follow.
    person: str
    sink: Sink
    position: int = 0
    is_live: bool = False
    is_over: bool = False
    digest: bytes | None = None
    due: int | None = None

    def end(self, ending: Ending, entries: tuple[Entry, ...] = ()) -> None:
        """Say the last word, unless it has been said; without entries, that of the ending."""
        if not self.is_over:
            self.is_over = True
            self.sink.end(entries or (entry_of(ending),), ending)


_NEVER = datetime.max.replace(tzinfo=UTC)


def same_person(viewer: Viewer) -> str:
    """Return what is the same of a viewer with each of their tokens."""
    return sys.intern(_encode(replace(viewer, expires_at=_NEVER)).decode())


def followed(
    schema: GraphQLSchema, operation: Operation, variables: Mapping[str, Any] | None, language: str
) -> Followed:
    """Return what a subscription follows; raises NotExecuted when its variables don't fit."""
    given = dict(variables or {})
    found = get_variable_values(
        schema, operation.node.variable_definitions or (), given, hide_suggestions=True
    )
    if isinstance(found, list):
        refusals = [variable_refusal(error, operation.node) for error in found]
        raise NotExecuted([*map(caller_entry, refusals)])
    node = root_field(operation)
    root = schema.subscription_type
    if root is None:
        raise RuntimeError("The schema has no subscriptions.")
    given_to = get_argument_values(root.fields[node.name.value], node, found)
    sections = given_to.get("sections")
    shown = {name: value for name, value in given.items() if value != given_to.get("after")}
    return Followed(
        kind=Kind(node.name.value),
        operation=operation,
        variables=given,
        asked=(id(operation), _encode(shown), language),
        patient_id=given_to.get("patientId"),
        sections=ALL if sections is None else frozenset(sections),
        after=given_to.get("after"),
    )
