"""What the viewer is told, asked of the policy anew each time it is read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from domain import ids
from domain.access.decision import Access
from domain.access.patient import Patient, PatientRecord
from domain.access.standing import OWN, PATIENT_SIDE
from domain.access.viewer import ViewerRole
from domain.cooperation.notice import ENDINGS, OF_SHARE, Notice, NoticePosition, NoticeTo, Recipient
from domain.cooperation.notice_choice import GROUP_OF, NoticeGroup
from domain.event import EventKind
from domain.identity_number import IdentityNumber
from domain.wording.notice import sentence as words
from domain.wording.notice import why
from resolvers import access, plan, unseen
from resolvers import patient as patients
from resolvers.context import Context
from resolvers.page import Page, bounded, only_seen, page_of, position_of
from resolvers.page import cursor_of as cursor_at

_IN_USE = (EventKind.PART_ACTIVATED, EventKind.PART_REVISED)


async def page(
    ctx: Context, first: int = 20, after: str | None = None, unread: bool = False
) -> Page[Notice]:
    """Return a page of what the viewer is told, newest first."""
    return await _page(ctx, None, first, after, unread)


async def for_patient(
    ctx: Context, patient: Patient, first: int = 20, after: str | None = None
) -> Page[Notice]:
    """Return a page of what the viewer is told about one patient; nothing of another's view."""
    if ctx.previewed is not None:
        return page_of([], bounded(first))
    return await _page(ctx, patient.id, first, after, False)


async def _page(
    ctx: Context, patient_id: str | None, first: int, after: str | None, unread: bool
) -> Page[Notice]:
    size, place = bounded(first), position_of(after, NoticePosition)
    told = await recipients(ctx)

    async def more(after: NoticePosition | None) -> list[Notice]:
        found = await ctx.store.notice.page(
            told, ctx.viewer.subject, after, size + 1, patient_id=patient_id, is_unread=unread
        )
        await _look_for_unseen(ctx, found)
        return found

    found = await only_seen(more, place, size + 1, lambda each: _may_know(ctx, each))
    about = list({each.patient_id for each in found if each.patient_id})
    records = dict(zip(about, await ctx.loaders.record.load_many(about), strict=True))
    shown = {
        each.id: seen
        for each in found
        if (seen := _as_seen(ctx, each, records[each.patient_id or ""]))
    }
    listed = page_of(found, size, lambda each: each.id in shown)
    return replace(listed, edges=tuple(shown[each.id] for each in listed.edges))


async def still_told(ctx: Context, notice_ids: Sequence[str]) -> list[Notice]:
    """Return those of some notices that the viewer may know of now and has not read.

    Asked as for the inbox, so that nobody is sent word of what they would not find there.
    """
    found = await ctx.store.notice.unread(notice_ids, await recipients(ctx), ctx.viewer.subject)
    await _look_for_unseen(ctx, found)
    about = list({each.patient_id for each in found if each.patient_id})
    records = dict(zip(about, await ctx.loaders.record.load_many(about), strict=True))
    known = [each for each in found if _may_know(ctx, each)]
    return [each for each in known if _as_seen(ctx, each, records[each.patient_id or ""])]


async def _look_for_unseen(ctx: Context, found: Sequence[Notice]) -> None:
    about = list(dict.fromkeys(each.patient_id for each in found if each.patient_id))
    for record in await ctx.loaders.record.load_many(about):
        if record is not None and access.of_record(ctx, record).hidden:
            await unseen.of_patient(ctx, record.patient.id)


def _may_know(ctx: Context, notice: Notice) -> bool:
    """Tell whether a notice is not about what is hidden from the viewer."""
    left_out = ctx.unseen.get(notice.patient_id or "")
    if left_out is None:
        return True
    return not left_out.leaves_out(notice.id) and not left_out.leaves_out(notice.subject_id)


async def recipients(ctx: Context) -> list[Recipient]:
    """Return all that the viewer is known by as one who is told."""
    found = list(_by_token(ctx))
    if ctx.viewer.role is not ViewerRole.CITIZEN:
        return found
    for patient in await patients.of_viewer(ctx, ctx.viewer):
        standing = access.of_patient(ctx, patient).standing
        if standing in PATIENT_SIDE:
            found.append(Recipient(kind=NoticeTo.PATIENT_SIDE, key=patient.id))
        if standing in OWN:
            found += [_citizen(number) for number in patient.identity_numbers]
    return list(dict.fromkeys(found))


def _by_token(ctx: Context) -> Iterator[Recipient]:
    viewer = ctx.viewer
    yield Recipient(kind=NoticeTo.SENDER, key=viewer.subject)
    if viewer.identity_number is not None:
        yield _citizen(viewer.identity_number)
    if viewer.hpr_number is not None:
        yield Recipient(kind=NoticeTo.PERSONNEL, key=viewer.hpr_number)
    if viewer.organisation is not None:
        yield Recipient(kind=NoticeTo.ORGANISATION, key=viewer.organisation)
    if viewer.share_id is not None:
        yield Recipient(kind=NoticeTo.SHARE, key=viewer.share_id)


def _citizen(number: IdentityNumber) -> Recipient:
    return Recipient(kind=NoticeTo.CITIZEN, key=number.value)


def _as_seen(ctx: Context, notice: Notice, record: PatientRecord | None) -> Notice | None:
    """Return a notice as the viewer may read it now, None when they may not at all.

    Death and reservation stop all notices. Of what has been taken back, whoever had it is told that
    it has, and nothing more.
    """
    if record is None or record.patient.died_on or record.reservation or _is_own(ctx, notice):
        return None
    decided = access.of_record(ctx, record)
    sees_plan = decided.content.is_allowed
    now_said = _of_today(ctx, notice, record)
    if sees_plan and _is_of_what_is_seen(decided, now_said):
        return replace(now_said, by=None) if _hides_who(decided, now_said) else now_said
    is_ending = now_said.kind in ENDINGS and not notice.is_to_patient_side
    return _bare(now_said) if is_ending else None


def _is_own(ctx: Context, notice: Notice) -> bool:
    """Tell whether it is about what the viewer did; nobody is told of that."""
    viewer, by = ctx.viewer, notice.by
    if viewer.identity_number is not None:
        return notice.by_number == viewer.identity_number.value
    return by is not None and by.hpr_number is not None and by.hpr_number == viewer.hpr_number


def _of_today(ctx: Context, notice: Notice, record: PatientRecord) -> Notice:
    """Return a notice of a share that has ended by its date as that of its end."""
    if notice.kind not in OF_SHARE or notice.is_to_patient_side:
        return notice
    share = next((tie for tie in record.relations if tie.share_id == notice.subject_id), None)
    if share is None or share.until is None or share.until > ctx.now:
        return notice
    return replace(notice, kind=EventKind.SHARE_WITHDRAWN, at=share.until)


def _is_of_what_is_seen(decided: Access, notice: Notice) -> bool:
    """Tell whether a notice is about something that the viewer has been given.

    Who represents the patient, and sees pieces of the plan only, is told of nothing else.
    """
    if decided.is_representative and decided.is_in_pieces:
        return False
    if decided.shared is None:
        return True
    if notice.kind in OF_SHARE:
        return notice.kind not in ENDINGS
    if notice.subject_id is not None and notice.subject_id.startswith(ids.PART):
        return decided.sees_part(notice.subject_id, is_draft=False)
    return NoticeTo.SENDER in notice.told_as


def _hides_who(decided: Access, notice: Notice) -> bool:
    """Tell whether the viewer, who was given pieces, is not shown who did it; but who shared is."""
    return decided.is_in_pieces and notice.kind not in OF_SHARE


def _bare(notice: Notice) -> Notice:
    return replace(notice, patient_id=None, subject_id=None, by=None, by_number=None)


async def patient_of(ctx: Context, notice: Notice) -> Patient | None:
    """Return the patient that a notice is about, None where the viewer may know no more."""
    if notice.patient_id is None:
        return None
    return access.permitted(ctx, await ctx.loaders.record.load(notice.patient_id)).patient


async def change_comment(ctx: Context, notice: Notice) -> str | None:
    """Return what is new and why, in the words of whoever took the content into use."""
    patient = await patient_of(ctx, notice)
    if patient is None or notice.subject_id is None or notice.kind not in _IN_USE:
        return None
    decided = access.of_patient(ctx, patient)
    if decided.is_in_pieces or decided.kept_to_zones:
        return None
    part = await plan.part_of_patient(ctx, patient.id, notice.subject_id)
    if part is None:
        return None
    version = await plan.version(ctx, part, part.content_version)
    return None if version is None else version.change_comment


def sentence(ctx: Context, notice: Notice) -> str:
    """Return what a notice says, in words."""
    return words(notice, ctx.language)


def reason(ctx: Context, notice: Notice) -> str:
    """Return why the viewer is told, in words that name nobody."""
    decided = ctx.decisions.get(notice.patient_id or "")
    is_own = decided is not None and decided.standing in OWN
    return why(notice.told_as, ctx.language, is_own=is_own)


def group(ctx: Context, notice: Notice) -> NoticeGroup | None:
    """Return the group that messages of it are switched off by."""
    is_for_citizen = ctx.viewer.role is ViewerRole.CITIZEN
    return GROUP_OF.get(notice.kind) if is_for_citizen else None


def cursor_of(ctx: Context, notice: Notice) -> str:
    """Return the cursor that continues after a notice."""
    return cursor_at(notice.position)


def itself(ctx: Context, notice: Notice) -> Notice:
    """Return the notice of an edge, which is the notice."""
    return notice
