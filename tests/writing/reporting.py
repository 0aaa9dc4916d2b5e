"""A plan in use to report under, what is reported, and the times of a week in November."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from msgspec.structs import replace

from domain.access.viewer import Viewer
from domain.content.observable import Observable
from domain.content.passage import Heading, Passage
from domain.content.plan_content import PlanContent
from domain.content.self_care import SelfCare
from domain.following.answer import Answer
from domain.following.measurement import NewMeasurement
from domain.following.report import Report
from domain.local_time import OSLO
from domain.plan.approval import Decision
from domain.plan.part import PlanKind
from domain.writing.fault import FaultCode
from domain.writing.rejection import InvalidInput
from domain.written import Written
from resolvers import report as reports
from resolvers import written as lookups
from resolvers.writing import activation, approval, draft, report
from store.tables import PlanPartRow, ReportRow
from tests.builders import a_vendor
from tests.domain.nora import NORAS
from tests.store import rows
from tests.store.rows import add
from tests.writing.clinic import INGRID, OMAR, REVIEW, SAID, Clinic

SUNDAY = datetime(2026, 11, 22, 13, 0, tzinfo=OSLO)
MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=OSLO)  # the ward reads 08–15
EVENING = MONDAY.replace(hour=20)
VENDOR = a_vendor(subject="s-nordlys", name="Nordlys Hjemmemåling AS", organisation="999000900")


def content(care: SelfCare | None = NORAS) -> PlanContent:
    return replace(SAID, self_care=care)


def crisis_plan() -> PlanContent:
    """Return what a crisis plan without zones must say."""
    asked = (Heading.EARLY_SIGNS, Heading.HOW_TO_MEET_ME, Heading.WANTED_HELP)
    passages = tuple(Passage(id=f"t{n}", heading=h, text="Slik") for n, h in enumerate(asked))
    return replace(content(None), passages=passages)


async def in_use(
    clinic: Clinic, care: SelfCare = NORAS, *, is_approved: bool = True, **fields: Any
) -> str:
    """Bring a self-care plan into use and return its part."""
    known = {
        "patient_id": clinic.patient_id,
        "kind": PlanKind.EGENBEHANDLINGSPLAN,
        "change_comment": "Utkast",
        "content": content(care),
        "review_due": REVIEW,
    }
    draft_id = (await clinic.do(INGRID, draft.START, **known | fields)).subject_id
    version = 1
    if is_approved:
        await clinic.do(INGRID, approval.REQUEST, document_id=draft_id, expected_version=1)
        await clinic.do(
            OMAR,
            approval.DECIDE,
            document_id=draft_id,
            expected_version=2,
            decision=Decision.APPROVED,
        )
        version = 3
    done = await clinic.do(
        INGRID,
        activation.ACTIVATE,
        draft_id=draft_id,
        expected_version=version,
        change_comment="Tas i bruk",
    )
    return done.subject_id


def peak_flow(
    value: float, at: datetime, ago: timedelta = timedelta(minutes=5), **changes: Any
) -> NewMeasurement:
    known = {"observable": Observable.PEAK_FLOW, "unit": "L/min", "measured_at": at - ago}
    return NewMeasurement(value=value, **known | changes)


async def send(
    clinic: Clinic, *values: float, viewer: Viewer | None = None, **told: Any
) -> Written:
    """Send a report of peak flows measured now, or of what else is told."""
    measured = tuple(peak_flow(value, clinic.now) for value in values)
    known: dict[str, Any] = {"patient_id": clinic.patient_id, "measurements": measured}
    return await clinic.do(viewer or clinic.kari, report.SEND, **known | told)


async def read(clinic: Clinic, report_id: str, viewer: Viewer | None = None) -> Report:
    return await reports.by_id(clinic.context(viewer or clinic.kari), report_id)


async def answered(clinic: Clinic, written: Written, language: str = "nb") -> Answer:
    return await lookups.answer(clinic.context(clinic.kari), written)


async def in_words(clinic: Clinic, written: Written, language: str = "nb") -> list[str]:
    ctx = context_in(clinic, language)
    return list(reports.sentences(ctx, await lookups.answer(ctx, written)))


def context_in(clinic: Clinic, language: str) -> Any:
    ctx = clinic.context(clinic.kari)
    ctx.language = language
    return ctx


async def share(clinic: Clinic, part_id: str, until: datetime | None = None) -> None:
    """Share a part with the vendor of home monitoring."""
    part = PlanPartRow(patient_id=clinic.key, id=UUID(part_id.removeprefix("prt_")))
    organisation = VENDOR.organisation
    since = SUNDAY - timedelta(days=1)
    given = rows.a_share(part, organisation_number=organisation, since=since, until=until)
    await add(clinic.db, given)


async def faults_of(
    clinic: Clinic, mutation: Any = report.SEND, **told: Any
) -> set[tuple[str, FaultCode]]:
    """Send what must be refused; return where and why. Nothing of it is kept."""
    answer = await clinic.ask(clinic.kari, mutation, patient_id=clinic.patient_id, **told)
    assert isinstance(answer, InvalidInput), answer
    assert await clinic.rows(ReportRow) == []
    return {(fault.path, fault.code) for fault in answer.faults}
