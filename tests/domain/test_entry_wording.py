from __future__ import annotations

import pytest

from domain.entry import AlreadyChanged, EntrySource, EntryStatus, NotYourEntry
from domain.entry_wording import fault_sentence, label, rejection_sentence, silence_sentence
from domain.measurement import MeasurementFault
from domain.report import Done, Feeling, ReportFault
from domain.series import Silence
from tests.builders import NOW

each_language = pytest.mark.parametrize("language", ["nb", "en", "se"])


@each_language
@pytest.mark.parametrize("value", [*EntrySource, *EntryStatus, *Done, *Feeling])
def test_every_value_that_is_shown_has_words(
    value: EntrySource | EntryStatus | Done | Feeling, language: str
) -> None:
    assert label(value, language)


@each_language
@pytest.mark.parametrize("fault", [*MeasurementFault, *ReportFault])
def test_every_fault_has_a_sentence(fault: MeasurementFault | ReportFault, language: str) -> None:
    assert fault_sentence(fault, language).endswith((".", "?"))


@each_language
@pytest.mark.parametrize("kind", [AlreadyChanged, NotYourEntry])
def test_every_rejection_has_a_sentence(
    kind: type[AlreadyChanged | NotYourEntry], language: str
) -> None:
    assert rejection_sentence(kind.code, language).endswith(".")


def test_silence_is_told_with_its_time() -> None:
    silent = Silence(monitoring_id="m", since=NOW)
    assert silence_sentence(silent, "PEF", "nb") == (
        "Ingen verdier for PEF siden søndag 22. november kl. 13:00."
    )
    assert silence_sentence(Silence(monitoring_id="m", since=None), "peak flow", "en") == (
        "No values for peak flow yet."
    )


def test_what_the_patients_side_registered_is_never_labelled_as_health_personnels() -> None:
    clinical = label(EntrySource.CLINICIAN, "nb")
    assert clinical not in {label(EntrySource.SELF, "nb"), label(EntrySource.DEVICE, "nb")}
