"""What an explanation of access says, in words."""

from __future__ import annotations

from domain.access.explanation import AccessOutcome, Explanation
from domain.wording.log_words import STOPPED
from domain.wording.policy import CONDITIONS, KEYS
from domain.wording.reason import sentence as refusal_sentence
from domain.wording.remedy import REMEDIES
from domain.wording.right import RIGHTS
from domain.words import Words, capital

_MAY = Words(nb="Du kan {right}.", en="You may {right}.")
_SOME = Words(nb="Noe av dette er for deg, ikke alt.", en="Some of this is for you, not all.")
_OPENS = Words(nb="Det kan åpnes ved {key}.", en="It can be opened by {key}.")
_THEY_DO_NOT = Words(nb="Kan ikke {right}: {why}.", en="They may not {right}: {why}.")
_THEY_DO_IN_PART = Words(
    nb="Kan bare delvis {right}: {why}.", en="They may only in part {right}: {why}."
)


def name(of: Explanation, language: str) -> str:
    """Return what the right is called."""
    return capital(RIGHTS[of.right].to(language))


def sentence(of: Explanation, language: str) -> str:
    """Return whether the viewer may, and why not where they may not."""
    if of.outcome is AccessOutcome.ALLOW:
        return _MAY.to(language).format(right=RIGHTS[of.right].to(language))
    why = [refusal_sentence(of.refusal, language)] if of.refusal else []
    is_part = of.outcome is AccessOutcome.MASK
    return " ".join([_SOME.to(language), *why] if is_part else why)


def condition(of: Explanation, language: str) -> str | None:
    """Return what the right is given on; None without a condition."""
    return capital(CONDITIONS[of.condition].to(language)) if of.condition else None


def changes(of: Explanation, language: str) -> tuple[str, ...]:
    """Return what would change the answer: what opens it, and what else would."""
    opens = tuple(_OPENS.to(language).format(key=KEYS[key].to(language)) for key in of.keys)
    if of.refusal is None or of.outcome is AccessOutcome.WITHHOLD:
        return opens
    return (*opens, REMEDIES[of.refusal].to(language))


def about_others(of: Explanation, language: str) -> str:
    """Return the same about somebody else than whoever reads it."""
    words = _THEY_DO_IN_PART if of.outcome is AccessOutcome.MASK else _THEY_DO_NOT
    why = STOPPED[of.refusal].to(language) if of.refusal else (condition(of, language) or "")
    return words.to(language).format(right=RIGHTS[of.right].to(language), why=why.lower())
