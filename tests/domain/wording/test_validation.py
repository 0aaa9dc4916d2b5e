from __future__ import annotations

import re
from pathlib import Path

import pytest

from domain.wording.validation import fault_sentence
from domain.words import LANGUAGES
from domain.writing.fault import Fault, FaultCode


@pytest.mark.parametrize("code", FaultCode)
@pytest.mark.parametrize("language", [*sorted(LANGUAGES), "se"])
def test_every_fault_has_a_sentence(code: FaultCode, language: str) -> None:
    sentence = fault_sentence(Fault(path="x", code=code, allowed="1–9"), language)
    assert sentence.endswith(".")
    assert "{" not in sentence


def test_a_fault_says_what_would_do() -> None:
    fault = Fault(path="x", code=FaultCode.WRONG_UNIT, allowed="mm[Hg]")
    assert fault_sentence(fault, "nb") == "Denne målingen har enheten mm[Hg]."


def test_every_fault_is_in_the_docs() -> None:
    documented = set(re.findall(r"`([A-Z_]+)`", Path("docs/errors.md").read_text(encoding="utf-8")))
    assert {code.name for code in FaultCode} <= documented


def test_another_language_is_answered_in_bokmaal() -> None:
    fault = Fault(path="x", code=FaultCode.REQUIRED)
    assert fault_sentence(fault, "se") == fault_sentence(fault, "nb")
    assert fault_sentence(fault, "en") != fault_sentence(fault, "nb")
