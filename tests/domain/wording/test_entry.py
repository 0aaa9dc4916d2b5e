from __future__ import annotations

import pytest

from domain.following.entry import EntrySource, EntryStatus, changed
from domain.following.report import Done, Feeling
from domain.following.series import Silence
from domain.wording.entry import label, silence_sentence, status
from tests.builders import NOW
from tests.domain.following.test_entry import a_change
from tests.domain.nora import a_value

each_language = pytest.mark.parametrize("language", ["nb", "en", "se"])


@each_language
@pytest.mark.parametrize("value", [*EntrySource, *EntryStatus, *Done, *Feeling])
def test_every_value_that_is_shown_has_words(
    value: EntrySource | EntryStatus | Done | Feeling, language: str
) -> None:
    assert label(value, language)


@each_language
def test_what_a_decision_withdrew_is_told_from_what_its_author_did(language: str) -> None:
    by_author = changed(a_value(220), a_change())
    by_decision = changed(a_value(220), a_change(request_id="cor-1"))
    assert status(by_author, language) == label(EntryStatus.WITHDRAWN, language)
    assert status(by_decision, language) != status(by_author, language)
    assert status(a_value(220), language) == label(EntryStatus.CURRENT, language)


def test_silence_is_told_with_its_time() -> None:
    silent = Silence(monitoring_id="m", name="PEF", since=NOW)
    assert silence_sentence(silent, "nb") == (
        "Ingen verdier for PEF siden søndag 22. november kl. 13:00."
    )
    never = Silence(monitoring_id="m", name="PEF", since=None)
    assert silence_sentence(never, "en") == "No values for PEF yet."


def test_what_the_patients_side_registered_is_never_labelled_as_health_personnels() -> None:
    clinical = label(EntrySource.CLINICIAN, "nb")
    assert clinical not in {label(EntrySource.SELF, "nb"), label(EntrySource.DEVICE, "nb")}
