from __future__ import annotations

from pathlib import Path

import pytest

from tests.docs import markdown
from tests.docs.markdown import ROOT

FILES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(ROOT)))
def test_every_link_leads_somewhere(file: Path) -> None:
    for link in markdown.links(file.read_text(encoding="utf-8")):
        if link.startswith(("http://", "https://")):
            continue
        path, _, fragment = link.partition("#")
        target = (file.parent / path).resolve() if path else file
        assert target.exists(), f"{link}: there is no such file"
        if fragment:
            there = map(markdown.anchor, markdown.headings(target.read_text(encoding="utf-8")))
            assert fragment in there, f"{link}: there is no such heading"


def test_every_document_is_in_the_list_of_documents() -> None:
    folder = ROOT / "docs"
    listed = {
        (folder / link).resolve() for link in markdown.links((folder / "README.md").read_text())
    }
    there = {f for f in folder.rglob("*.md") if f.parent.name != "decisions"} - {
        folder / "README.md"
    }
    lacking = sorted(str(file.relative_to(folder)) for file in there - listed)
    assert not lacking, f"docs/README.md: add rows for {lacking}"


def test_every_picture_is_shown_with_words_for_it() -> None:
    shown = set()
    for file in FILES:
        text = file.read_text(encoding="utf-8")
        assert "![](" not in text, f"{file.name}: a picture without words for it"
        shown |= {Path(link).name for link in markdown.links(text) if link.endswith(".svg")}
    assert shown == {path.name for path in (ROOT / "docs").rglob("*.svg")}
