"""Reports as far as the viewer may see them, and the answer to each."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from domain.access.patient import Patient
from domain.access.right import Right
from domain.access.unseen import Unseen
from domain.content import observable
from domain.content.plan_content import PlanContent
from domain.content.self_care import SelfCare
from domain.errors import NotFound
from domain.following import answer as rules
from domain.following.answer import Answer
from domain.following.asking import ReportPosition, ReportsAsked
from domain.following.assessment import Assessment, Finding
from domain.following.entry import Entry
from domain.following.measurement import Measurement
from domain.following.reading import Reading
from domain.following.report import Report
from domain.plan.part import PlanPart
from domain.wording import answer as answer_wording
from domain.wording import entry as entry_wording
from domain.wording import zone as zone_wording
from resolvers import access, plan, unseen
from resolvers.context import Context
from resolvers.page import Page, bounded, only_seen, page_of, position_of
from resolvers.page import cursor_of as cursor_at


async def by_id(ctx: Context, id: str) -> Report:
    """Return the report with a public id, whatever became of it."""
    record = access.permitted(ctx, await ctx.store.patient.by_report_id(id))
    patient_id = record.patient.id
    ctx.loaders.record.prime(patient_id, record)
    access.content(ctx, record.patient.id)
    found = await ctx.store.report.by_id(patient_id, id)
    seen = access.of_record(ctx, record)
    if found is None or not seen.sees_report(found.author_id, ctx.viewer):
        raise NotFound
    left_out = await unseen.of_patient(ctx, patient_id)
    if left_out.leaves_out(found.id):
        raise NotFound
    return _as_seen(found, left_out)


async def for_patient(
    ctx: Context, patient: Patient, first: int = 20, after: str | None = None
) -> Page[Report]:
    """Return a page of a patient's reports, newest received first."""
    return await _page(ctx, patient.id, None, first, after)


async def for_part(
    ctx: Context, part: PlanPart, first: int = 20, after: str | None = None
) -> Page[Report]:
    """Return a page of the reports that were told under a part, newest received first."""
    return await _page(ctx, part.patient_id, part.id, first, after)


async def _page(
    ctx: Context, patient_id: str, part_id: str | None, first: int, after: str | None
) -> Page[Report]:
    size = bounded(first)
    access.content(ctx, patient_id)
    access.require(ctx, patient_id, Right.READ_REPORTS)
    is_by_share = ctx.decisions[patient_id].shared is not None
    asked = ReportsAsked(
        patient_id=patient_id,
        size=size + 1,
        part_id=part_id,
        author_id=ctx.viewer.subject if is_by_share else None,
        after=position_of(after, ReportPosition),
    )
    left_out = await unseen.of_patient(ctx, patient_id)
    if not left_out:
        return page_of(await ctx.loaders.reports.load(asked), size)

    async def more(after: ReportPosition | None) -> list[Report]:
        return await ctx.loaders.reports.load(replace(asked, after=after))

    found = await only_seen(more, asked.after, size + 1, lambda r: not left_out.leaves_out(r.id))
    return page_of([_as_seen(each, left_out) for each in found], size)


def _as_seen(report: Report, left_out: Unseen) -> Report:
    """Return a report with the number of the plan's version as the viewer sees it."""
    if report.content_version is None:
        return report
    number = left_out.number(report.part_id, report.content_version)
    return replace(report, content_version=number)


def cursor_of(ctx: Context, report: Report) -> str:
    """Return the cursor that continues after a report."""
    return cursor_at(report.position)


def itself(ctx: Context, report: Report) -> Report:
    """Return the report that an edge leads to."""
    return report


async def answer_to(ctx: Context, report: Report) -> Answer:
    """Return what the reporter is told now, by the content that the report was told under."""
    content = await _told_under(ctx, report)
    care = content.self_care if content and content.self_care else SelfCare()
    return rules.answer(report, care, content.contacts if content else (), ctx.now)


async def _told_under(ctx: Context, report: Report) -> PlanContent | None:
    if report.part_id is None or report.content_version is None:
        return None
    part = await plan.part_of_patient(ctx, report.patient_id, report.part_id)
    if part is None or part.content is None:
        return None
    version = await plan.version(ctx, part, report.content_version)
    return None if version is None else version.content


def sentences(ctx: Context, answer: Answer) -> Sequence[str]:
    """Return the answer in words: first the zone, last whom to call."""
    return answer_wording.sentences(answer, ctx.language)


def hours_in_words(ctx: Context, reading: Reading) -> str:
    """Return when a unit reads, in words; empty where it has not said."""
    return answer_wording.hours_in_words(reading.hours, ctx.language)


def assessment_sentences(ctx: Context, assessment: Assessment) -> Sequence[str]:
    """Return what zone evaluation said, in words."""
    return tuple(zone_wording.zone_sentences(assessment.level, assessment, ctx.language))


def finding_sentence(ctx: Context, finding: Finding) -> str:
    """Return what one finding says, in words."""
    return zone_wording.finding_sentence(finding, ctx.language)


def source_label(ctx: Context, entry: Entry) -> str:
    """Return the label that tells readers who or what an entry comes from."""
    return entry_wording.label(entry.source, ctx.language)


def status_label(ctx: Context, entry: Entry) -> str:
    """Return what became of an entry, in words."""
    return entry_wording.status(entry, ctx.language)


def name_of(ctx: Context, value: Measurement) -> str:
    """Return what was measured, in words."""
    return observable.name(value.observable, ctx.language)


def in_words(ctx: Context, value: Measurement) -> str:
    """Return a value with its unit as people write it."""
    return zone_wording.quantity(value.value, value.unit, ctx.language)
