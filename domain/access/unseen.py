"""All that is left out of somebody's view of a patient, so that nothing tells that it is there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from domain.access.decision import Access
from domain.access.hiding import NOTHING_HIDDEN, Hidden
from domain.access.right import Right
from domain.access.viewer import Viewer
from domain.noun import Noun
from domain.plan.part import Plan, PlanPart
from domain.plan.seen import Change, DraftTrace, SeenPart, as_seen, is_unseen, unseen_saves
from domain.plan.version import PlanVersion


class TracesAsked(Noun):
    """What to look for: what is about hidden parts and lines of one patient.

    `own_reports_of` is the only one whose reports may be seen; None where nobody's are hidden.
    """

    patient_id: str
    parts: frozenset[str]
    lines: frozenset[tuple[str, str]]
    own_reports_of: str | None = None


class Traces(Noun):
    """What the store has of hidden parts and lines, and of all that is about them.

    `versions`, `drafts` and `changes` are of parts with hidden lines. `subjects` are public ids,
    `readings` ids in the log of those who read nothing else.
    """

    versions: tuple[PlanVersion, ...] = ()
    drafts: tuple[DraftTrace, ...] = ()
    changes: tuple[Change, ...] = ()
    subjects: frozenset[str] = frozenset()
    readings: frozenset[str] = frozenset()


class Unseen(Noun):
    """What one viewer is not to know of. `subjects` are public ids, `entries` ids of log and event.

    `parts` are those of which something is left out, as they are seen.
    """

    hidden: Hidden = NOTHING_HIDDEN
    parts: Mapping[str, SeenPart] = {}
    subjects: frozenset[str] = frozenset()
    entries: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        """Tell whether anything is left out."""
        return bool(self.hidden)

    def is_about(self, part_id: str | None, line_id: str | None = None) -> bool:
        """Tell whether something that is about a part, or a line of it, is left out."""
        return part_id in self.hidden.parts or (part_id, line_id) in self.hidden.lines

    def leaves_out(self, public_id: str | None) -> bool:
        """Tell whether something with an id is left out: a part, a comment, a line of the log."""
        if public_id is None:
            return False
        is_subject = public_id in self.subjects or public_id in self.hidden.parts
        return is_subject or public_id.rpartition("_")[2] in self.entries

    def number(self, part_id: str | None, content_version: int) -> int:
        """Return the number that the viewer sees a content version of a part under."""
        part = self.parts.get(part_id or "")
        return content_version if part is None else part.number(content_version)

    def seen(self, part: PlanPart) -> PlanPart:
        """Return a part as the viewer sees it."""
        return self.parts[part.id].part if part.id in self.parts else part


NOTHING_UNSEEN = Unseen()


def traces_asked(viewer: Viewer, access: Access, patient_id: str) -> TracesAsked:
    """Return what to look for on somebody's behalf."""
    hides_reports = Right.READ_REPORTS in access.hidden.rights
    return TracesAsked(
        patient_id=patient_id,
        parts=access.hidden.parts,
        lines=access.hidden.lines,
        own_reports_of=viewer.subject if hides_reports else None,
    )


def unseen(hidden: Hidden, plan: Plan | None, traces: Traces) -> Unseen:
    """Return what is left out of a plan, given what the store has of it."""
    parts = {
        part.id: as_seen(
            part,
            [each for each in traces.versions if each.part_id == part.id],
            hidden.lines_of(part.id),
            traces.changes,
        )
        for part in (plan.parts if plan else ())
        if hidden.lines_of(part.id)
    }
    drafts = [each for each in traces.drafts if each.part_id in parts]
    away = {each.id for each in drafts if _is_away(each, parts, hidden)}
    saved = {
        (each.id, version)
        for each in drafts
        for version in unseen_saves(each, hidden.lines_of(each.part_id))
    }
    entries = {id for part in parts.values() for id in part.unseen}
    entries |= {each.id for each in _of_saves(traces.changes, saved)}
    return Unseen(
        hidden=hidden,
        parts=parts,
        subjects=traces.subjects | away,
        entries=frozenset(entries) | traces.readings,
    )


def _is_away(draft: DraftTrace, parts: Mapping[str, SeenPart], hidden: Hidden) -> bool:
    return is_unseen(draft, parts[draft.part_id], hidden.lines_of(draft.part_id))


def _of_saves(changes: Iterable[Change], saved: set[tuple[str, int]]) -> Iterable[Change]:
    return (each for each in changes if (each.subject_id, each.version) in saved)
