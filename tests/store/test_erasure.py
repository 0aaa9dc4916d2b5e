from __future__ import annotations

import re
from pathlib import Path

from store.erasure import KEPT

DOCS = Path(__file__).parents[2] / "docs" / "deleting.md"


def test_what_is_kept_is_in_the_docs_and_nothing_else() -> None:
    table = DOCS.read_text(encoding="utf-8").split("| kept | why |")[1].split("\n\n")[0]
    documented = set(re.findall(r"`([a-z_]+)`", table))
    assert documented == {"patient", *KEPT}
