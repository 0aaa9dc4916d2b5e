"""The people of the demonstration: what is decided about their plans, and not left to chance."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random

from domain.content.plan_content import PlanContent
from domain.cooperation.comment import CommentStatus, Visibility
from domain.cooperation.review import ReviewOutcome
from domain.plan.approval import AgreementState, Approval, ApprovalState
from domain.plan.part import Lifecycle, PlanKind
from local.synthetic import nora
from local.synthetic.handover import Offer
from local.synthetic.nora import INGRID, KARI, NORA, OLA, share
from local.synthetic.part import VENDOR, Given, Part, Suggested, Word, history
from local.synthetic.people import author, doctor, responsible
from local.synthetic.remarks import Remark
from local.synthetic.review import Held
from local.synthetic.world import Person

ARNE = "Arne Fjell"
OMAR, SIRI = "Omar Rashid", "Siri Nordvik"

COORDINATION = ("Koordinerende enhet Fjordvik", "999000134")


def is_known(person: Person) -> bool:
    """Tell whether the story decides about this person's plan."""
    return str(person.name) in _PARTS


def part(kind: PlanKind, content: PlanContent, person: Person, now: datetime) -> Part | None:
    """Return the part as the story has it, None where chance decides."""
    make = _PARTS.get(str(person.name), {}).get(kind)
    return make(content, person, now) if make else None


def handover(person: Person, now: datetime) -> Offer | None:
    """Return the handover that the story has open."""
    if str(person.name) != NORA:
        return None
    return Offer(
        to=COORDINATION,
        reason="Koordinering av hverdagen flyttes fra sykehuset til kommunen",
        message="Skolen og avlastningen vet om byttet. Ring meg gjerne om det som står igjen.",
        opened_at=now - timedelta(days=2),
        kinds=(PlanKind.BARN_BEREDSKAP_LIVSKVALITET,),
    )


def _active(
    kind: PlanKind,
    content: PlanContent,
    days: tuple[int, ...],
    review_in: int,
    person: Person,
    now: datetime,
) -> Part:
    """Return an active part with versions so many days old and nothing else yet."""
    return Part(
        kind=kind,
        lifecycle=Lifecycle.ACTIVE,
        responsible=author(responsible(person)),
        versions=history(content, days, person, Random(kind.name), now),
        review_due=now.date() + timedelta(days=review_in),
    )


def _with(
    base: Part,
    approval: Approval,
    agreements: tuple[Word, ...] = (),
    shares: tuple[Given, ...] = (),
    remarks: tuple[Remark, ...] = (),
    suggestions: tuple[Suggested, ...] = (),
    reviews: tuple[Held, ...] = (),
) -> Part:
    return Part(
        kind=base.kind,
        lifecycle=base.lifecycle,
        responsible=base.responsible,
        versions=base.versions,
        review_due=base.review_due,
        approval=approval,
        agreements=agreements,
        shares=shares,
        remarks=remarks,
        suggestions=suggestions,
        reviews=reviews,
    )


def _approved(by: str, at: datetime) -> Approval:
    return Approval(state=ApprovalState.APPROVED, by=by, at=at)


def _word(base: Part, person: str, relation: str, at: datetime, comment: str | None = None) -> Word:
    """Return somebody's word on the newest version; who gives a reason disagrees."""
    state = AgreementState.DISAGREES if comment else AgreementState.AGREES
    return Word(
        person=person,
        relation=relation,
        state=state,
        content_version=len(base.versions),
        at=at,
        comment=comment,
    )


def _said(
    text: str,
    by: str,
    at: datetime,
    status: CommentStatus,
    line: str | None = None,
    *answers: Remark,
) -> Remark:
    """Return a comment; a parent's is made on Nora's behalf."""
    on_behalf = NORA if by in (KARI, OLA) else None
    return Remark(
        text=text,
        author=by,
        at=at,
        status=status,
        line=line,
        on_behalf_of=on_behalf,
        answers=answers,
    )


def _nora_preparedness(content: PlanContent, person: Person, now: datetime) -> Part:
    base = _active(PlanKind.BARN_BEREDSKAP_LIVSKVALITET, content, (190, 12), 24, person, now)
    day, written = timedelta(days=1), base.written
    disagreement = "Jeg vil at svømmingen venter til hun har vært uten anfall i tre måneder."
    thread = _said(
        "Hvem passer på i bassenget når kommunen ikke har folk?",
        OLA,
        written + 2 * day,
        CommentStatus.ANSWERED,
        "a5",
        _said(
            "Da møter vikaren fra skolehelsetjenesten. Hun er opplært og står på vaktlisten.",
            SIRI,
            written + 3 * day,
            CommentStatus.ANSWERED,
            "a5",
        ),
        _said("Fint. Kan vi få navnet hennes?", OLA, written + 4 * day, CommentStatus.OPEN, "a5"),
    )
    return _with(
        base,
        _approved(OMAR, written + day),
        (
            _word(base, KARI, "Forelder", written + 2 * day),
            _word(base, OLA, "Forelder", written + 3 * day, disagreement),
        ),
        remarks=(
            thread,
            _said(
                "Må lillebror være med på samtalen, eller kan han få sin egen?",
                KARI,
                written + 5 * day,
                CommentStatus.PARKED,
                "a8",
            ),
        ),
        reviews=(
            Held(
                content_version=1,
                at=written - day,
                participants=(KARI, OLA, OMAR, SIRI, "Kontaktlærer"),
                outcome=ReviewOutcome.REVISE,
                note="Alle kjenner nå rutinen ved anfall. Vi la til det som manglet om bading.",
                next_due=base.review_due,
            ),
        ),
    )


def _nora_self_care(content: PlanContent, person: Person, now: datetime) -> Part:
    base = _active(PlanKind.EGENBEHANDLINGSPLAN, content, (188, 74, 9), 60, person, now)
    day, begun, written = timedelta(days=1), base.versions[0].at, base.written
    shares = (
        share(VENDOR, KARI, begun + day, until=now + 120 * day),
        *nora.with_schools(begun, now),
    )
    remarks = (
        _said(
            "Kan det stå hos bestefar også? Han finner ikke lappen.",
            NORA,
            written + day,
            CommentStatus.OPEN,
        ),
        _said(
            "Hun glemmer å blåse hos meg fordi måleren ligger i det andre huset.",
            OLA,
            written + 2 * day,
            CommentStatus.ANSWERED,
            "a2",
            _said(
                "Vi sender en måler til, den kommer i uken.",
                INGRID,
                written + 3 * day,
                CommentStatus.ANSWERED,
                "a2",
            ),
        ),
        Remark(
            text="Jeg er redd for å sove borte. Det har jeg ikke sagt hjemme.",
            author=NORA,
            at=written + 4 * day,
            status=CommentStatus.OPEN,
            visibility=Visibility.PERSONNEL_AND_ME,
        ),
    )
    return _with(
        base,
        _approved(OMAR, written + day),
        (_word(base, KARI, "Forelder", written + day),),
        shares,
        remarks,
        nora.suggestions(written),
        reviews=(
            Held(
                content_version=2,
                at=now - 40 * day,
                participants=(NORA, KARI, INGRID),
                outcome=ReviewOutcome.KEEP,
                note="Sonene passer godt. Nora blåser nesten hver dag. Vi fortsetter.",
                next_due=base.review_due,
            ),
        ),
    )


def _nora_treatment(content: PlanContent, person: Person, now: datetime) -> Part:
    base = _active(PlanKind.BEHANDLINGSPLAN, content, (200, 1), 14, person, now)
    remark = _said(
        "Står ny dose i medisinlisten også?",
        KARI,
        now - timedelta(hours=11),
        CommentStatus.OPEN,
        "a1",
    )
    return _with(base, Approval(state=ApprovalState.REQUESTED), remarks=(remark,))


def _arne_self_care(content: PlanContent, person: Person, now: datetime) -> Part:
    base = _active(PlanKind.EGENBEHANDLINGSPLAN, content, (150, 33), -6, person, now)
    at = base.written + timedelta(days=2)
    given = share(VENDOR, ARNE, at)
    return _with(
        base,
        _approved(_doctor(person), at),
        (_word(base, ARNE, "Pasient", at),),
        (given,),
        reviews=(
            Held(
                content_version=1,
                at=base.written - timedelta(days=1),
                participants=(ARNE, responsible(person).name),
                outcome=ReviewOutcome.REVISE,
                note="Gul sone kom for sent i vinter. Vi senker grensen.",
                next_due=base.review_due,
            ),
        ),
    )


def _arne_treatment(content: PlanContent, person: Person, now: datetime) -> Part:
    base = _active(PlanKind.BEHANDLINGSPLAN, content, (150, 33), 45, person, now)
    return _with(base, _approved(_doctor(person), base.written + timedelta(days=2)))


def _doctor(person: Person) -> str:
    found = doctor(person)
    return found.name if found else responsible(person).name


_PARTS: dict[str, dict[PlanKind, Callable[[PlanContent, Person, datetime], Part]]] = {
    NORA: {
        PlanKind.BARN_BEREDSKAP_LIVSKVALITET: _nora_preparedness,
        PlanKind.EGENBEHANDLINGSPLAN: _nora_self_care,
        PlanKind.BEHANDLINGSPLAN: _nora_treatment,
    },
    ARNE: {
        PlanKind.EGENBEHANDLINGSPLAN: _arne_self_care,
        PlanKind.BEHANDLINGSPLAN: _arne_treatment,
    },
}
