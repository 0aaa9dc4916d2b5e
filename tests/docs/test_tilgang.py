from __future__ import annotations

from collections import Counter

from docs.access import page
from docs.access.entitled import COLUMNS, MARKS, ROWS
from docs.access.locks import locks
from domain.access import legal_basis, lock, stance
from domain.access.matrix import CELLS, NO, YES, Cell
from domain.access.right import Right
from domain.access.standing import Standing
from domain.refusal import Refusal
from domain.wording.log_words import PURPOSES
from domain.wording.policy import NOTICE
from domain.wording.right import RIGHTS
from domain.wording.standing import STANDINGS
from tests.docs import markdown
from tests.docs.markdown import ROOT, codes

TEXT = (ROOT / "docs" / "tilgang.md").read_text(encoding="utf-8")
CONDITION_OF = {mark: condition for condition, mark in MARKS.items()}


def told() -> dict[tuple[Standing, Right], Cell]:
    """Return the cells that a reader of the page's tables is told of."""
    standing_of = {words.nb: standing for standing, words in STANDINGS.items()}
    right_of = {words.nb: right for right, words in RIGHTS.items()}
    found: dict[tuple[Standing, Right], Cell] = {}
    for title in COLUMNS:
        for row in markdown.table(markdown.section(TEXT, title)):
            right = right_of.get(row.pop("Kan"))
            for name, said in row.items():
                if right is not None:
                    assert (standing_of[name], right) not in found, f"{right.name} stands twice"
                    found[standing_of[name], right] = _cell(said)
    return found


def _cell(said: str) -> Cell:
    if said in ("–", "ja"):
        return YES if said == "ja" else NO
    return Cell(is_given=True, condition=CONDITION_OF[said.removeprefix("ja")])


def test_the_page_is_what_the_policy_says() -> None:
    assert not page.is_stale(), "Run `make docs` and read docs/tilgang.md."


def test_whoever_reads_the_tables_learns_every_cell_of_the_policy() -> None:
    read = told()
    for standing in Standing:
        for right in Right:
            assert read.get((standing, right), NO) == CELLS[standing][right], (standing, right)


def test_every_right_and_standing_is_in_one_group() -> None:
    rights = [right for group in ROWS.values() for right in group]
    standings = [standing for group in COLUMNS.values() for standing in group]
    assert Counter(rights) == Counter(Right)
    assert Counter(standings) == Counter(Standing)


def test_every_lock_says_what_it_closes_for_whom_and_what_opens_it() -> None:
    said = locks().split("\n\n### ")
    assert len(said) == len(lock.ALL)
    for each in said:
        for word in ("Gjelder for", "Stenger", "Åpnes av", "Svaret"):
            assert f"**{word}:**" in each


def test_every_law_and_every_refusal_has_a_row() -> None:
    laws = markdown.table(markdown.section(TEXT, "Lovgrunnlag"))
    assert len(laws) == len(legal_basis.ALL)
    reasons = markdown.table(markdown.section(TEXT, "Avslag"))
    assert [codes(row["Kode"])[0] for row in reasons] == [each.name for each in Refusal]


def test_the_page_names_the_purposes_that_the_policy_knows() -> None:
    assert {None, *PURPOSES} == stance._PURPOSES
    assert all(
        words.nb in markdown.section(TEXT, "De som gir helsehjelp") for words in PURPOSES.values()
    )


def test_the_page_has_the_sentence_that_everybody_on_the_patient_s_side_is_given() -> None:
    assert f"«{NOTICE.nb}»" in TEXT


def test_no_two_sections_have_the_same_name() -> None:
    assert max(Counter(markdown.headings(TEXT)).values()) == 1
