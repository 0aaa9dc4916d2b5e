"""Why a plan part may be outdated: what sources say now, held against what they said before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from enum import Enum

from domain.content.self_care import MedicineInstruction
from domain.noun import Noun
from domain.outdated.fingerprint import Fingerprint
from domain.outdated.source_line import SOURCE_OF
from domain.source.section import SectionName, SourceName


class OutdatedKind(Enum):
    """What was noticed. CHANGE_NOT_SEEN: something changed before anybody could see what it was."""

    NEW_MEDICINE = "NEW_MEDICINE"
    CHANGED_MEDICINE = "CHANGED_MEDICINE"
    STOPPED_MEDICINE = "STOPPED_MEDICINE"
    PLAN_AND_LIST_DISAGREE = "PLAN_AND_LIST_DISAGREE"
    NEW_CRITICAL_INFORMATION = "NEW_CRITICAL_INFORMATION"
    CHANGED_CRITICAL_INFORMATION = "CHANGED_CRITICAL_INFORMATION"
    ENDED_CRITICAL_INFORMATION = "ENDED_CRITICAL_INFORMATION"
    ADMISSION = "ADMISSION"
    DISCHARGE = "DISCHARGE"
    CHANGE_NOT_SEEN = "CHANGE_NOT_SEEN"


class Noticed(Noun):
    """Something that was noticed, without what the source said.

    `mark` is the fingerprint of the line that it is about, `line_id` the plan's own line where it
    is about one. `is_hidden_from_guardians` stands where the source hides the line from them.
    """

    kind: OutdatedKind
    noticed_at: datetime
    mark: str = ""
    line_id: str | None = None
    is_hidden_from_guardians: bool = False

    @property
    def is_about(self) -> tuple[OutdatedKind, str]:
        """What tells it from the rest: what was noticed, about which line."""
        return self.kind, self.mark


class OutdatedReason(Noun):
    """Why a part may be outdated, as far as somebody may know; `line` is the plan's own words."""

    kind: OutdatedKind
    section: SectionName
    noticed_at: datetime
    line: MedicineInstruction | None = None

    @property
    def source(self) -> SourceName:
        """Whose word it is."""
        return SOURCE_OF[self.section]

    @property
    def line_id(self) -> str | None:
        """The line of the plan that it is about, if about one."""
        return self.line.id if self.line else None


class _Kinds(Noun):
    new: OutdatedKind
    ended: OutdatedKind
    changed: OutdatedKind | None = None


_KINDS: Mapping[SectionName, _Kinds] = {
    SectionName.MEDICATIONS: _Kinds(
        new=OutdatedKind.NEW_MEDICINE,
        changed=OutdatedKind.CHANGED_MEDICINE,
        ended=OutdatedKind.STOPPED_MEDICINE,
    ),
    SectionName.CRITICAL_INFO: _Kinds(
        new=OutdatedKind.NEW_CRITICAL_INFORMATION,
        changed=OutdatedKind.CHANGED_CRITICAL_INFORMATION,
        ended=OutdatedKind.ENDED_CRITICAL_INFORMATION,
    ),
    SectionName.APPOINTMENTS: _Kinds(new=OutdatedKind.ADMISSION, ended=OutdatedKind.DISCHARGE),
}


def changes(
    section: SectionName,
    before: Sequence[Fingerprint],
    now: Sequence[Fingerprint],
    at: datetime,
    *,
    is_whole: bool,
) -> tuple[Noticed, ...]:
    """Return what has changed from one set of a section's fingerprints to another.

    A line that is not there any more has ended only where the answer is whole: else it may just be
    held back.
    """
    is_stays = section is SectionName.APPOINTMENTS
    moved = {} if is_stays else _moved(before, now)
    were = {each.line: each for each in before} | moved
    left = {was.line for was in moved.values()}
    found = [*_noticed(section, [each for each in now if each.line not in left], were)]
    if is_whole and not is_stays:
        seen = left | {each.line for each in now}
        gone = [was for was in before if was.is_current and was.line not in seen]
        found += [(_KINDS[section].ended, was) for was in gone]
    return tuple(_noticed_in(kind, each, at) for kind, each in found)


def _noticed(
    section: SectionName, now: Sequence[Fingerprint], were: Mapping[str, Fingerprint]
) -> Iterator[tuple[OutdatedKind, Fingerprint]]:
    """Give what is noticed about the lines that are there."""
    kinds = _KINDS[section]
    for each in now:
        was = were.get(each.line)
        was_current = was is not None and was.is_current
        if each.is_current and not was_current:
            yield kinds.new, each
        elif each.is_current and was and was.says != each.says and kinds.changed:
            yield kinds.changed, each
        elif not each.is_current and (was_current or _is_over(section, was)):
            yield kinds.ended, each


def _is_over(section: SectionName, was: Fingerprint | None) -> bool:
    """Tell whether a stay began and ended since; a cure that did so leaves the plan as it is."""
    return section is SectionName.APPOINTMENTS and was is None


def _moved(before: Sequence[Fingerprint], now: Sequence[Fingerprint]) -> dict[str, Fingerprint]:
    """Return what new lines were under another id, which a renewed prescription may get.

    A line that says the same as one that is gone or has ended is that one.
    """
    still = {each.line for each in now if each.is_current}
    gone = {was.says: was for was in before if was.is_current and was.line not in still}
    known = {each.line for each in before}
    new = [each for each in now if each.is_current and each.line not in known]
    return {each.line: gone[each.says] for each in new if each.says in gone}


def _noticed_in(kind: OutdatedKind, of: Fingerprint, at: datetime) -> Noticed:
    return Noticed(
        kind=kind,
        noticed_at=at,
        mark=of.line,
        is_hidden_from_guardians=of.is_hidden_from_guardians,
    )
