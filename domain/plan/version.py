"""Versions of what a plan part or a draft says: immutable, and each with its own approval."""

from __future__ import annotations

from datetime import datetime

from domain.author import Author
from domain.content.plan_content import PlanContent
from domain.noun import Noun
from domain.plan.approval import Approval


class PlanVersion(Noun):
    """One activated content of a part, numbered from 1.

    `head_version` is the version that the part got by it.
    """

    patient_id: str
    part_id: str
    number: int
    head_version: int
    content: PlanContent
    author: Author
    created_at: datetime
    change_comment: str | None = None
    approval: Approval = Approval()


class DraftVersion(Noun):
    """One saved content of a draft, numbered from 1.

    `head_version` is the version that the draft got by it.
    """

    patient_id: str
    draft_id: str
    number: int
    head_version: int
    content: PlanContent
    author: Author
    created_at: datetime
    change_comment: str | None = None
    approval: Approval = Approval()
