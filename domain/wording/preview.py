"""What a preview says, in words, to the clinician who looks."""

from __future__ import annotations

from domain.access.preview import PreviewExplanation
from domain.refusal import Refusal
from domain.wording.explanation import about_others
from domain.wording.log_words import STOPPED
from domain.wording.right import RIGHTS
from domain.words import Words

_AS = Words(nb="Slik ser {name} det.", en="This is what {name} sees.")
_NOTHING = Words(nb="{name} ser ingenting: {why}.", en="{name} sees nothing: {why}.")
_HIDDEN = Words(
    nb="Kan ikke {right}: det er skjult for dem, uten at de vet det.",
    en="They may not {right}: it is hidden from them, and they are not told.",
)
_PART = Words(
    nb="En plandel er skjult for dem, uten at de vet det.",
    en="A plan part is hidden from them, and they are not told.",
)
_LINE = Words(
    nb="En linje i planen er skjult for dem, uten at de vet det.",
    en="A line of the plan is hidden from them, and they are not told.",
)


def sentence(name: str, refusal: Refusal | None, language: str) -> str:
    """Return whose view it is, or why they have none."""
    if refusal is None:
        return _AS.to(language).format(name=name)
    return _NOTHING.to(language).format(name=name, why=STOPPED[refusal].to(language))


def difference(of: PreviewExplanation, language: str) -> str:
    """Return what somebody doesn't see that whoever previews does, and why."""
    if of.explanation is not None:
        return about_others(of.explanation, language)
    if of.hidden is not None:
        return _HIDDEN.to(language).format(right=RIGHTS[of.hidden].to(language))
    return (_PART if of.part_id is not None and of.line_id is None else _LINE).to(language)
