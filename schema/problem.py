"""Problems as the graph shows them."""

from __future__ import annotations

from datetime import date

import strawberry

from domain.content import problem as domain_problem
from domain.content.problem import ProblemStatus
from schema.coding import Coding
from schema.field import enum, plain, twin
from schema.origin import Origin

enum(
    ProblemStatus,
    "Whether a problem is there now.",
    ACTIVE="It is there.",
    REMISSION="It is quiet.",
    RESOLVED="It is over.",
)


@strawberry.type(description="A problem or diagnosis that the plan is for.")
@twin(domain_problem.Problem)
class Problem:
    id: strawberry.ID = plain("The line's id within the plan part, kept from version to version.")
    concept: Coding = plain("What it is (ICD-10, ICPC-2, SNOMED CT or text).")
    status: ProblemStatus = plain("Whether it is there now.")
    onset: date | None = plain("When it began.")
    note: str | None = plain("A remark.")
    origin: Origin | None = plain("The source it was taken over from; null when written here.")
