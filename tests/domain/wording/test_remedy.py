from __future__ import annotations

import re
from pathlib import Path

from domain.refusal import Refusal
from domain.wording.remedy import REMEDIES


def test_every_refusal_says_in_both_languages_what_would_change_it() -> None:
    assert set(REMEDIES) == set(Refusal)
    for words in REMEDIES.values():
        assert words.nb.endswith(".")
        assert words.en.endswith(".")


def test_the_documents_say_the_same() -> None:
    text = Path("docs/errors.md").read_text(encoding="utf-8")
    reasons = text.split("\n## Reasons\n")[1].split("\n## ")[0]
    told = dict(re.findall(r"^\| `([A-Z_0-9]+)` \| .* \| (.*) \|$", reasons, re.MULTILINE))
    assert told == {refusal.name: words.en for refusal, words in REMEDIES.items()}
