from __future__ import annotations

from domain.access.explanation import AccessOutcome, Explanation
from domain.access.preview import PreviewExplanation
from domain.access.right import Right
from domain.refusal import Refusal
from domain.wording.preview import difference, sentence


def test_a_preview_says_whose_view_it_is_or_why_they_have_none() -> None:
    assert sentence("Kari Fjell", None, "nb") == "Slik ser Kari Fjell det."
    assert sentence("Ola Fjell", Refusal.PARENT_ADDRESS, "nb") == (
        "Ola Fjell ser ingenting: ingen forelder er registrert på barnets adresse."
    )
    assert sentence("Ola Fjell", Refusal.OVER_16, "en") == (
        "Ola Fjell sees nothing: the young person is 16 or older."
    )


def test_each_difference_says_what_they_don_t_see_and_why() -> None:
    told = Explanation(
        right=Right.READ_MEDICINES, outcome=AccessOutcome.DENY, refusal=Refusal.PARENT_12_16
    )
    assert difference(PreviewExplanation(explanation=told), "nb") == (
        "Kan ikke se legemidlene: barnet er fylt 12 år."
    )
    assert difference(PreviewExplanation(hidden=Right.READ_DOCUMENTS), "nb") == (
        "Kan ikke se dokumentene: det er skjult for dem, uten at de vet det."
    )
    assert difference(PreviewExplanation(part_id="prt_1"), "en").startswith("A plan part is hidden")
    assert difference(PreviewExplanation(line_id="line-1"), "nb").startswith(
        "En linje i planen er skjult"
    )
