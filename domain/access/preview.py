"""What the patient or a representative would see, before it is shared: never more than both see."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from domain.access.decision import Access, Ruling
from domain.access.explanation import AccessOutcome, Explanation, explain
from domain.access.hiding import Hidden
from domain.access.patient import Patient
from domain.access.relation import Relation
from domain.access.right import READS, Right
from domain.access.viewer import Viewer, ViewerRole
from domain.identity_number import IdentityNumber, kind_of
from domain.noun import Noun
from domain.plan.sharing import Portion, ShareScope
from domain.refusal import Refusal

# Whoever logs in to see a plan does so at the highest level (kjernejournal accepts no other).
_LEVEL = 4


class Previewed(Access, kw_only=True):
    """Somebody else's access, cut to what `own` gives the one who previews it."""

    own: Access

    def on(self, right: Right) -> Ruling:
        """Return the ruling on a right that both must have."""
        theirs = super().on(right)
        return theirs if theirs.refusal is not None else self.own.on(right)

    @property
    def beyond_parts(self) -> Refusal | None:
        """Return why what is about the whole plan is not for one of them; None when it is."""
        return super().beyond_parts or self.own.beyond_parts

    @property
    def ground(self) -> Relation | None:
        """The tie that sources are asked on: whoever previews asks for themselves."""
        return self.own.relation

    def sees_part(self, part_id: str, is_draft: bool) -> bool:
        """Tell whether both may be shown a plan part."""
        both = (super().sees_part(part_id, is_draft), self.own.sees_part(part_id, is_draft))
        return all(both)

    def portion(self, part_id: str) -> Portion:
        """Return how much of a part both may be shown."""
        return _narrower(super().portion(part_id), self.own.portion(part_id))

    def sees_report(self, author_id: str, viewer: Viewer) -> bool:
        """Tell whether both may be shown a report, whoever sent it."""
        return self.may(Right.READ_REPORTS) and self.own.sees_report(author_id, viewer)


class PreviewExplanation(Noun):
    """Something that whoever previews may see and the other may not, or not all of.

    It is a right, explained, or something that is hidden from them without a word: a right, a plan
    part or a line.
    """

    explanation: Explanation | None = None
    hidden: Right | None = None
    part_id: str | None = None
    line_id: str | None = None


def of_patient(patient: Patient, now: datetime) -> Viewer | None:
    """Return the patient as who would log in; None for one who has no number to do so by."""
    numbers = patient.identity_numbers
    return _viewer(numbers[0], patient.name, now) if numbers else None


def of_representative(tie: Relation, now: datetime) -> Viewer | None:
    """Return a representative as who would log in."""
    if tie.person_number is None:
        return None
    number = IdentityNumber(value=tie.person_number, kind=kind_of(tie.person_number))
    return _viewer(number, tie.person_name, now)


def _viewer(number: IdentityNumber, name: str | None, now: datetime) -> Viewer:
    return Viewer(
        subject="preview",
        role=ViewerRole.CITIZEN,
        expires_at=now + timedelta(minutes=1),
        security_level=_LEVEL,
        name=name,
        identity_number=number,
    )


def preview(theirs: Access, own: Access) -> Previewed:
    """Return somebody's access as another, who may preview it, is shown it."""
    return Previewed(
        ruling=theirs.ruling,
        standing=theirs.standing,
        relation=theirs.relation,
        closed={**own.closed, **theirs.closed},
        granted=theirs.granted,
        shared=theirs.shared,
        hidden=Hidden(
            rights=theirs.hidden.rights | own.hidden.rights,
            parts=theirs.hidden.parts | own.hidden.parts,
            lines=theirs.hidden.lines | own.hidden.lines,
        ),
        opening=own.opening,
        was_parent=theirs.was_parent,
        own=own,
    )


def differences(seen: Previewed, viewer: Viewer, now: datetime) -> Iterator[PreviewExplanation]:
    """Yield what whoever previews may read and the other (`viewer`) may not, or not all of."""
    if seen.standing is None:
        told = explain(seen, Right.SEE_PATIENT, viewer, now)
        yield PreviewExplanation(explanation=told)
        return
    for right in Right:
        if right in READS - {Right.SUBSCRIBE} and seen.own.may(right):
            told = explain(seen, right, viewer, now)
            if told.outcome is not AccessOutcome.ALLOW:
                yield PreviewExplanation(explanation=told)
            elif right in seen.hidden.rights:
                yield PreviewExplanation(hidden=right)
    yield from (PreviewExplanation(part_id=each) for each in sorted(seen.hidden.parts))
    for part_id, line_id in sorted(seen.hidden.lines):
        yield PreviewExplanation(part_id=part_id, line_id=line_id)


def _narrower(one: Portion, other: Portion) -> Portion:
    """Return what two portions have in common, without what either leaves out."""
    if ShareScope.WHOLE_PART in one:
        return other
    if ShareScope.WHOLE_PART in other:
        return one
    return {
        scope: one[scope] | other[scope] for scope in ShareScope if scope in one and scope in other
    }
