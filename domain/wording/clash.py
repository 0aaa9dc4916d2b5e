"""A sentence for each clash between what a writer has and what the plan has become."""

from __future__ import annotations

from domain.revision.clash import Clash, ClashKind
from domain.revision.difference import ChangeKind
from domain.wording.difference import subject_of
from domain.words import Words, capital

_OURS = Words(nb="hos deg", en="in your version")
_THEIRS = Words(nb="i planen", en="in the plan")

_SENTENCES = {
    ClashKind.BOTH_CHANGED: Words(
        nb="{line} er endret både hos deg og i planen.",
        en="{line} has changed both in your version and in the plan.",
    ),
    ClashKind.BOTH_ADDED: Words(
        nb="{line} er lagt til både hos deg og i planen.",
        en="{line} has been added both in your version and in the plan.",
    ),
    ClashKind.CHANGED_AND_REMOVED: Words(
        nb="{line} er fjernet {remover}, men endret {other}.",
        en="{line} has been removed {remover}, but changed {other}.",
    ),
    ClashKind.REMOVED_AND_USED: Words(
        nb="{line} er fjernet {remover}, men {user} {other} bygger på det.",
        en="{line} has been removed {remover}, but {user} {other} builds on it.",
    ),
    ClashKind.LIMITS_APART: Words(
        nb="Grensene i {ours} er endret hos deg, og i {theirs} i planen. De må henge sammen.",
        en="The limits of {ours} have changed in your version, and of {theirs} in the plan. "
        "They must fit together.",
    ),
    ClashKind.PERIOD_BACKWARDS: Words(
        nb="Startdatoen og sluttdatoen er endret hver for seg. Planen slutter nå før den starter.",
        en="The start date and the end date have changed apart. The plan now ends before it "
        "starts.",
    ),
    ClashKind.SAME_ID: Words(
        nb="{line} hos deg og {theirs} i planen har fått samme id. En av dem må få en ny.",
        en="{line} in your version and {theirs} in the plan have the same id. "
        "One of them needs a new one.",
    ),
}


def sentence(clash: Clash, language: str) -> str:
    """Return one plain sentence, or two; "hos deg" is what the writer has not got saved."""
    ours, theirs = (subject_of(side, language) for side in (clash.ours, clash.theirs))
    line, user, remover, other = ours, theirs, _OURS, _THEIRS
    if clash.theirs.kind is ChangeKind.REMOVED:
        line, user, remover, other = theirs, ours, _THEIRS, _OURS
    words = _SENTENCES[clash.kind].to(language)
    return words.format(
        line=capital(line),
        user=user,
        remover=remover.to(language),
        other=other.to(language),
        ours=ours,
        theirs=theirs,
    )
