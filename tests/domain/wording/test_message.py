from __future__ import annotations

import pytest

from domain.wording.message import words


@pytest.mark.parametrize("language", ["nb", "en", "nn", "de"])
@pytest.mark.parametrize("is_urgent", [True, False])
def test_a_message_tells_where_to_read_it_and_where_to_switch_it_off(
    language: str, is_urgent: bool
) -> None:
    said = words(language, is_urgent=is_urgent)
    assert "Helsenorge" in said.body
    assert ("switch" if language == "en" else "skru av") in said.body
    assert len(said.body) <= 160  # one SMS
    hurries = "urgent" if language == "en" else "haster"
    assert (hurries in said.body) is is_urgent
