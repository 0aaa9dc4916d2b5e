"""What the graph promises: declarations only, nothing is computed here."""

from __future__ import annotations

import strawberry
from strawberry.schema.config import StrawberryConfig

from schema.cost import describe_arguments
from schema.mutation import Mutation
from schema.patient import Patient
from schema.plan import Plan, PlanPart
from schema.query import Query
from schema.report import Report
from schema.scalars import IDENTITY_NUMBER, IdentityNumberScalar
from schema.subscription import Subscription

schema = strawberry.Schema(
    query=Query,
    mutation=Mutation,
    subscription=Subscription,
    types=[Patient, Plan, PlanPart, Report],
    config=StrawberryConfig(
        scalar_map={IdentityNumberScalar: IDENTITY_NUMBER},
        enable_experimental_incremental_execution=True,
    ),
)
describe_arguments(schema)
