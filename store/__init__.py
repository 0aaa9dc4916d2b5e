"""Our own data, behind one name: plans, the people in them, and who takes part."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from store.birthday import BirthdayStore
from store.comment import CommentStore
from store.comparison import ComparisonStore
from store.draft import DraftStore
from store.emergency import EmergencyStore
from store.handover import HandoverStore
from store.listing import ListingStore
from store.log import LogStore
from store.log_report import LogReportStore
from store.measurement import MeasurementStore
from store.notice import NoticeStore
from store.notice_choice import NoticeChoiceStore
from store.opening import OpeningStore
from store.outbox import Outbox
from store.patient import PatientStore
from store.registered_operation import RegisteredOperationStore
from store.report import ReportStore
from store.review import ReviewStore
from store.session import Sessions
from store.shift import ShiftStore
from store.suggestion import SuggestionStore
from store.task import TaskStore
from store.template import TemplateStore
from store.unit import UnitStore
from store.unseen import UnseenStore
from store.version import VersionStore
from store.webhook import WebhookStore
from store.worklist import WorklistStore


@dataclass(frozen=True)
class Store:
    """Everything of our own that can be asked for; domain objects in and out."""

    patient: PatientStore
    comment: CommentStore
    comparison: ComparisonStore
    suggestion: SuggestionStore
    opening: OpeningStore
    draft: DraftStore
    report: ReportStore
    measurement: MeasurementStore
    version: VersionStore
    worklist: WorklistStore
    listing: ListingStore
    log: LogStore
    log_report: LogReportStore
    unit: UnitStore
    template: TemplateStore
    handover: HandoverStore
    review: ReviewStore
    shift: ShiftStore
    task: TaskStore
    notice: NoticeStore
    notice_choice: NoticeChoiceStore
    unseen: UnseenStore
    birthday: BirthdayStore
    emergency: EmergencyStore
    registered_operation: RegisteredOperationStore
    outbox: Outbox
    webhook: WebhookStore

    @classmethod
    def over(cls, sessions: Sessions, happened: Callable[[], None] = lambda: None) -> Store:
        """Return a store that opens one session per unit of work; templates are read at once.

        `happened` is called when events were committed, by whoever committed them.
        """
        return cls(
            patient=PatientStore(sessions),
            comment=CommentStore(sessions),
            comparison=ComparisonStore(sessions),
            suggestion=SuggestionStore(sessions),
            opening=OpeningStore(sessions),
            draft=DraftStore(sessions),
            report=ReportStore(sessions),
            measurement=MeasurementStore(sessions),
            version=VersionStore(sessions),
            worklist=WorklistStore(sessions),
            listing=ListingStore(sessions),
            log=LogStore(sessions),
            log_report=LogReportStore(sessions),
            unit=UnitStore(sessions, happened),
            template=TemplateStore.packaged(),
            handover=HandoverStore(sessions),
            review=ReviewStore(sessions),
            shift=ShiftStore(sessions),
            task=TaskStore(sessions),
            notice=NoticeStore(sessions),
            notice_choice=NoticeChoiceStore(sessions),
            unseen=UnseenStore(sessions),
            birthday=BirthdayStore(sessions),
            emergency=EmergencyStore(sessions),
            registered_operation=RegisteredOperationStore(sessions),
            outbox=Outbox(sessions),
            webhook=WebhookStore(sessions),
        )
