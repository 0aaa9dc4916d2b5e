"""Our own data, behind one name: plans, the people in them, and who takes part."""

from __future__ import annotations

from dataclasses import dataclass

from store.comment import CommentStore
from store.draft import DraftStore
from store.measurement import MeasurementStore
from store.patient import PatientStore
from store.report import ReportStore
from store.session import Sessions
from store.template import TemplateStore
from store.unit import UnitStore
from store.version import VersionStore
from store.worklist import WorklistStore


@dataclass(frozen=True)
class Store:
    """Everything of our own that can be asked for; domain objects in and out."""

    patient: PatientStore
    comment: CommentStore
    draft: DraftStore
    report: ReportStore
    measurement: MeasurementStore
    version: VersionStore
    worklist: WorklistStore
    unit: UnitStore
    template: TemplateStore

    @classmethod
    def over(cls, sessions: Sessions) -> Store:
        """Return a store that opens one session per unit of work; templates are read at once."""
        return cls(
            patient=PatientStore(sessions),
            comment=CommentStore(sessions),
            draft=DraftStore(sessions),
            report=ReportStore(sessions),
            measurement=MeasurementStore(sessions),
            version=VersionStore(sessions),
            worklist=WorklistStore(sessions),
            unit=UnitStore(sessions),
            template=TemplateStore.packaged(),
        )
