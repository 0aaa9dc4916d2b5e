"""Our own data, behind one name: plans, the people in them, and who takes part."""

from __future__ import annotations

from dataclasses import dataclass

from store.comment import CommentStore
from store.patient import PatientStore
from store.session import Sessions
from store.template import TemplateStore
from store.worklist import WorklistStore


@dataclass(frozen=True)
class Store:
    """Everything of our own that can be asked for; domain objects in and out."""

    patient: PatientStore
    comment: CommentStore
    worklist: WorklistStore
    template: TemplateStore

    @classmethod
    def over(cls, sessions: Sessions) -> Store:
        """Return a store that opens one session per unit of work; templates are read at once."""
        return cls(
            PatientStore(sessions),
            CommentStore(sessions),
            WorklistStore(sessions),
            TemplateStore.packaged(),
        )
