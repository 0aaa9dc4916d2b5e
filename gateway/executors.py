"""The two ways of executing an operation: whole, and in parts as `@defer` and `@stream` ask."""

from __future__ import annotations

from typing import Any

from graphql import OperationType
from graphql.execution import Executor
from strawberry.schema.schema import StrawberryGraphQLCoreExecutionContext


class Whole(StrawberryGraphQLCoreExecutionContext):
    """Executes as if the two directives were not there, which a server may always do.

    graphql-core's plain executor does so, but Strawberry's stands on the other one.
    """

    execute_collected_root_fields = Executor.execute_collected_root_fields
    execute_collected_subfields = Executor.execute_collected_subfields  # type: ignore[assignment] # one parameter has another name

    def get_stream_usage(self, *_: Any) -> None:
        """Return that no list is streamed."""


class InParts(StrawberryGraphQLCoreExecutionContext):
    """Executes what is deferred once the first part is made, so that nothing is in its way.

    What is deferred in a mutation runs when all of its changes are made; and the log of use tells
    of what was sent, hardly of what would have been.
    """

    def build_stream_item_queue(self, *given: Any) -> Any:
        """Return what makes the items of a streamed list: of a query's all at once.

        One after the other, each would ask the store and the sources by itself.
        """
        self.enable_early_execution = self.operation.operation is OperationType.QUERY
        try:
            return super().build_stream_item_queue(*given)
        finally:
            self.enable_early_execution = False
