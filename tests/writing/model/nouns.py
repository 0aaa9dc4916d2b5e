"""The words of the model: who writes, what is asked, and what a plan is made of.

The model shares enums and rejections with the domain, as words, and none of its rules.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from domain.operation import Operation
from domain.plan.approval import AgreementState, ApprovalState, Decision
from domain.plan.draft import DraftState
from domain.plan.part import Lifecycle, PlanKind


@dataclass(frozen=True)
class Person:
    """Who writes: `side` is PERSONNEL, FAMILY, STRANGER (personnel elsewhere) or OUTSIDER."""

    name: str
    sender: str
    side: str
    unit: str = ""
    approves: bool = False
    coordinates: bool = False

    def __repr__(self) -> str:
        return self.name


@dataclass(frozen=True)
class Said:
    """A content, known by its title and by whether all else is there that activation needs."""

    title: str
    is_whole: bool = True


@dataclass(frozen=True)
class Ask:
    """Something that somebody sends."""

    by: Person
    operation: Operation
    key: str
    about: str = ""
    version: int = 0
    kind: PlanKind = PlanKind.EGENBEHANDLINGSPLAN
    said: Said | None = None
    review: date | None = None
    decision: Decision = Decision.APPROVED
    word: AgreementState = AgreementState.AGREES
    merge: bool = True
    remark: str = ""


@dataclass
class Version:
    """A content version and where its approval stands."""

    said: Said
    author: str
    approval: ApprovalState = ApprovalState.NONE


@dataclass
class Document:
    """What a part and a draft have in common; the last version is what it says."""

    version: int = 1
    versions: list[Version] = field(default_factory=list)
    review: date | None = None


@dataclass(kw_only=True)
class Part(Document):
    """A plan part."""

    kind: PlanKind
    responsible: Person
    lifecycle: Lifecycle = Lifecycle.DRAFT
    reason: str | None = None


@dataclass(kw_only=True)
class Draft(Document):
    """A draft on top of a part's content version."""

    part_id: str
    author: Person
    based_on: int
    state: DraftState = DraftState.OPEN
    activated_as: int | None = None
