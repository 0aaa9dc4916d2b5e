"""Lets a subscription begin, or says why it may not, before anything is sent."""

from __future__ import annotations

from graphql import GraphQLSchema

from gateway.answering import close
from gateway.caller import Caller
from gateway.demand import Demand
from gateway.documents import Operation
from gateway.execution import settle
from gateway.live.context import Contexts, Records
from gateway.live.cursors import topic_of
from gateway.live.follower import Follower, Kind, followed, same_person
from gateway.live.stream import Sink
from gateway.request import GraphQLRequest
from resolvers import live


class Admission:
    """Makes followers of those who may follow what they ask for."""

    def __init__(self, schema: GraphQLSchema, contexts: Contexts, demand: Demand) -> None:
        self._schema = schema
        self._contexts = contexts
        self._demand = demand

    async def admit(
        self, operation: Operation, asked: GraphQLRequest, caller: Caller, sink: Sink
    ) -> tuple[Follower, Records]:
        """Return a follower and the records that were read; it is logged, also when refused.

        Raises NotExecuted, or a CallerError.
        """
        wanted = followed(self._schema, operation, asked.variables, caller.language)
        charge = await self._demand.charge(caller.viewer, operation.cost, asked.variables)
        patients = [wanted.patient_id] if wanted.patient_id else []
        records = await self._contexts.records(patients)
        context = self._contexts.of_caller(caller, records)
        try:
            try:
                if wanted.kind is Kind.ORGANISATION:
                    topic = topic_of(live.organisation_of(context))
                else:
                    topic = (await live.admit(context, wanted.patient_id or "")).patient.id
            finally:
                await settle(context, caller.event_id)
        finally:
            await close(context, caller.event_id)
        self._demand.settle(charge, None)
        follower = Follower(wanted, topic, caller, same_person(caller.viewer), sink)
        return follower, {topic: records[wanted.patient_id]} if wanted.patient_id else {}
