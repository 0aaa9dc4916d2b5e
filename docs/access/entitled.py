"""What each standing is entitled to: the policy's table, in groups that can be read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from docs.access.markdown import page, table
from domain.access.matrix import CELLS, Cell, Condition
from domain.access.right import Right
from domain.access.standing import Standing
from domain.wording.policy import CONDITIONS
from domain.wording.right import RIGHTS
from domain.wording.standing import STANDINGS
from domain.words import capital

COLUMNS: Mapping[str, tuple[Standing, ...]] = {
    "Pasienten selv": (Standing.PATIENT, Standing.YOUTH, Standing.WITHOUT_CAPACITY),
    "Foreldre og barnevern": (
        Standing.PARENT,
        Standing.PARENT_12_15,
        Standing.PARENT_16_17,
        Standing.PARENT_WITHOUT_CARE,
        Standing.CHILD_WELFARE,
    ),
    "Andre som representerer pasienten": (
        Standing.GUARDIAN,
        Standing.PROXY,
        Standing.ADVISER,
        Standing.NEXT_OF_KIN,
    ),
    "Helsepersonell": (
        Standing.RESPONSIBLE,
        Standing.PERSONNEL,
        Standing.STUDENT,
        Standing.EMERGENCY,
    ),
    "Andre": (Standing.RECIPIENT, Standing.VENDOR, Standing.SYSTEM, Standing.OFFICER),
}
ROWS: Mapping[str, tuple[Right, ...]] = {
    "Lese": (
        Right.SEE_PATIENT,
        Right.PLAN_STATUS,
        Right.READ_ZONES,
        Right.READ_PLAN,
        Right.READ_DRAFTS,
        Right.READ_REPORTS,
        Right.READ_MEDICINES,
        Right.READ_CRITICAL_INFO,
        Right.READ_APPOINTMENTS,
        Right.READ_DOCUMENTS,
        Right.READ_CARE_TEAM,
        Right.READ_LOG,
        Right.EXPORT,
        Right.SUBSCRIBE,
    ),
    "Melde fra og si sin mening": (
        Right.REPORT,
        Right.MEASURE,
        Right.CHANGE_ENTRY,
        Right.MOVE_REPORT,
        Right.RECEIVE_REPORT,
        Right.COMMENT,
        Right.SETTLE_COMMENT,
        Right.SUGGEST,
        Right.DECIDE_SUGGESTION,
        Right.AGREE,
    ),
    "Skrive og følge opp planen": (
        Right.WRITE_DRAFT,
        Right.APPROVE,
        Right.ACTIVATE,
        Right.END,
        Right.REVIEW,
        Right.EDIT_TEAM,
        Right.TAKE_TASK,
        Right.HAND_OVER,
        Right.ANSWER_HANDOVER,
    ),
    "Bestemme hvem som ser": (
        Right.SHARE,
        Right.CONSENT,
        Right.RESERVE,
        Right.LOCK,
        Right.OPEN_RESTRICTION,
        Right.HIDE,
        Right.DECIDE_FOR_CHILD,
        Right.INFORM_KIN,
        Right.REFUSE_OWN_ACCESS,
        Right.PREVIEW,
        Right.REVIEW_EMERGENCY,
    ),
    "Retting og logg": (
        Right.ASK_CORRECTION,
        Right.DECIDE_CORRECTION,
        Right.ASK_ABOUT_LOG,
        Right.ANSWER_ABOUT_LOG,
    ),
}
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
MARKS = {each: str(n).translate(_SUPERSCRIPTS) for n, each in enumerate(Condition, start=1)}


def entitled() -> str:
    """Return the tables, with what their marks mean."""
    groups = (_group(title, standings) for title, standings in COLUMNS.items())
    return page(_conditions(), *groups).rstrip("\n")


def cell(given: Cell) -> str:
    """Return what a cell says: yes, yes on a condition, or no."""
    if not given.is_given:
        return "–"
    return "ja" if given.condition is None else f"ja{MARKS[given.condition]}"


def _conditions() -> str:
    rows = ((mark, capital(CONDITIONS[of].nb)) for of, mark in MARKS.items())
    return table(("Merke", "Vilkår"), rows)


def _group(title: str, standings: Sequence[Standing]) -> str:
    head = ("Kan", *(STANDINGS[each].nb for each in standings))
    return f"### {title}\n\n{table(head, _rows(standings))}"


def _rows(standings: Sequence[Standing]) -> Iterator[Sequence[str]]:
    """Yield the rows that give somebody of a group something, under the names of their kinds."""
    for kind, rights in ROWS.items():
        given = [right for right in rights if _is_given(right, standings)]
        if given:
            yield (f"**{kind}**", *[""] * len(standings))
        for right in given:
            cells = (cell(CELLS[each][right]) for each in standings)
            yield (RIGHTS[right].nb, *cells)


def _is_given(right: Right, standings: Sequence[Standing]) -> bool:
    return any(CELLS[each][right].is_given for each in standings)
