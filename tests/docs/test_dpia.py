from __future__ import annotations

import re

from store.tables import Row
from tests.docs import markdown
from tests.docs.markdown import DOCS, ROOT, codes, words

TEXT = (ROOT / "docs" / "dpia.md").read_text(encoding="utf-8")
PROCESS = (DOCS / "prosess.md").read_text(encoding="utf-8")
THREATS = (ROOT / "docs" / "threat-model.md").read_text(encoding="utf-8")
STORED = "Hva som lagres, og hvor lenge"
RISKS = "Farer for dem opplysningene gjelder"


def paragraphs(text: str) -> set[str]:
    """Return the paragraphs of law that a text names, without the law's own name."""
    groups = re.findall(r"§§? ((?:\d+(?:-\d+)?(?: a)?(?: og )?)+)", text)
    return {each.strip() for group in groups for each in group.split(" og ") if each.strip()}


def test_every_table_that_is_kept_is_told_of_once_with_why_and_how_long() -> None:
    rows = markdown.table(markdown.section(TEXT, STORED))
    told = [table for row in rows for table in codes(row["Tabeller"])]
    assert sorted(told) == sorted(Row.metadata.tables)
    assert all(row["Hvorfor"] and row["Hvor lenge"] for row in rows)


def test_no_paragraph_is_named_that_the_process_does_not_name() -> None:
    assert paragraphs("helsepersonelloven §§ 25 og 45, § 21 a og § 3-4") == {
        "25",
        "45",
        "21 a",
        "3-4",
    }
    assert paragraphs(TEXT) <= paragraphs(PROCESS)
    assert "22" in paragraphs(TEXT)


def test_every_ground_is_marked_as_what_somebody_must_confirm_or_decide() -> None:
    for row in markdown.table(markdown.section(TEXT, "Rettslig grunnlag")):
        assert re.search(r"\[(kontrolleres|bestemmes)\]", row["Status"]), row["Behandling"]


def test_every_risk_leads_to_threats_that_there_are() -> None:
    there = set(re.findall(r"^\| ([A-E]\d+) \|", THREATS, re.MULTILINE))
    for row in markdown.table(markdown.section(TEXT, RISKS)):
        assert set(words(row["Trussel"])) <= there, row["#"]
        assert row["Det som er igjen"]


def test_every_file_that_is_named_exists() -> None:
    named = {code for code in codes(TEXT) if re.fullmatch(r"[\w/]+\.py", code)}
    assert len(named) >= 8
    assert [path for path in named if not (ROOT / path).is_file()] == []


def test_what_an_assessment_must_have_has_its_heading() -> None:
    # GDPR article 35, 7: the processing and its purposes, necessity, risks, measures.
    assert {
        *("Formål", "Hvem opplysningene gjelder", STORED, "Hvem som får opplysninger"),
        *("Rettslig grunnlag", "Nødvendig og forholdsmessig", "Rettighetene", "Barn", RISKS),
        "Det den dataansvarlige må bestemme",
    } <= set(markdown.headings(TEXT))
