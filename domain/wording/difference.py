"""A sentence for each difference between two versions."""

from __future__ import annotations

from domain.content.line import ContentSection
from domain.content.value_wording import listed
from domain.revision.difference import ChangeKind, Difference
from domain.revision.field_change import FieldChange
from domain.revision.line_label import SHORT
from domain.words import Words, capital

_SUBJECTS = {
    ContentSection.PASSAGES: Words(nb="avsnittet «{}»", en="the passage “{}”"),
    ContentSection.PROBLEMS: Words(nb="problemet «{}»", en="the problem “{}”"),
    ContentSection.GOALS: Words(nb="målet «{}»", en="the goal “{}”"),
    ContentSection.ACTIONS: Words(nb="tiltaket «{}»", en="the action “{}”"),
    ContentSection.MEASUREMENTS: Words(nb="målingen «{}»", en="the measurement “{}”"),
    ContentSection.MEDICINES: Words(nb="legemiddelet «{}»", en="the medicine “{}”"),
    ContentSection.RECEIVER: Words(nb="mottakeren «{}»", en="the receiver “{}”"),
    ContentSection.CONTACTS: Words(nb="kontakten «{}»", en="the contact “{}”"),
}
"""What a line is in a sentence; the lines of other sections are their own label."""

_IS_NEW = {
    ContentSection.ABOUT: Words(nb="{} er lagt til.", en="{} has been added."),
    ContentSection.ZONES: Words(nb="{} er ny.", en="{} is new."),
    ContentSection.MEASUREMENTS: Words(nb="{} er ny.", en="{} is new."),
    ContentSection.RECEIVER: Words(nb="{} er ny.", en="{} is new."),
    ContentSection.CONTACTS: Words(nb="{} er ny.", en="{} is new."),
}
_IS_NEW_NEUTER = Words(nb="{} er nytt.", en="{} is new.")
_HAS_BEEN = Words(nb="{} er {}.", en="{} has been {}.")
_IS_REMOVED = Words(nb="{} er fjernet.", en="{} has been removed.")
_IS_MOVED = Words(nb="Rekkefølgen på {} er endret.", en="The order of {} has changed.")
_IS_CHANGED = Words(nb="{} er endret.", en="{} has changed.")
_HAS_CHANGES = Words(nb="{} er endret: {}.", en="{} has changed: {}.")
_HAS_NEW_CONTENT = Words(nb="{}: {} er endret.", en="{} has new content in {}.")

_NEW_CONTENT = Words(nb="nytt innhold i {}", en="new content in {}")
_FROM_TO = Words(nb="fra {} til {}", en="from {} to {}")
_ADDED = Words(nb="lagt til", en="added")
_REMOVED = Words(nb="fjernet", en="removed")
_QUOTED = Words(nb="«{}»", en="“{}”")

_FEW = 4
"""How many values fit in one sentence."""


def sentence(difference: Difference, language: str) -> str:
    """Return one plain sentence; long texts are said to be changed and are not repeated."""
    subject = capital(subject_of(difference, language))
    match difference.kind:
        case ChangeKind.ADDED:
            return _added(subject, difference, language)
        case ChangeKind.REMOVED:
            return _IS_REMOVED.to(language).format(subject)
        case ChangeKind.MOVED:
            return _IS_MOVED.to(language).format(subject_of(difference, language))
        case ChangeKind.CHANGED:
            return _changed(subject, difference, language)


def subject_of(difference: Difference, language: str) -> str:
    """Return what a difference is about, as it stands inside a sentence: "målet «Gå en tur»"."""
    label = difference.label.to(language)
    subject = _SUBJECTS.get(difference.section)
    if subject is None or difference.line is None:
        return label[:1].lower() + label[1:]
    return subject.to(language).format(label)


def _added(subject: str, difference: Difference, language: str) -> str:
    if _is_value(difference):
        clause = _clause(difference.changes[0], language)
        return _HAS_BEEN.to(language).format(subject, clause)
    is_new = _IS_NEW.get(difference.section, _IS_NEW_NEUTER)
    return is_new.to(language).format(subject)


def _changed(subject: str, difference: Difference, language: str) -> str:
    clauses = {change: _clause(change, language) for change in difference.changes}
    if _is_value(difference):
        (clause,) = clauses.values()
        changed = _HAS_CHANGES if clause else _IS_CHANGED
        return changed.to(language).format(subject, clause)
    told = [f"{change.name.to(language)} {clause}" for change, clause in clauses.items() if clause]
    untold = listed(
        [change.name.to(language) for change in clauses if not clauses[change]], language
    )
    if not told:
        return _HAS_NEW_CONTENT.to(language).format(subject, untold)
    if untold:
        told.append(_NEW_CONTENT.to(language).format(untold))
    return _HAS_CHANGES.to(language).format(subject, "; ".join(told))


def _is_value(difference: Difference) -> bool:
    """Tell whether the line is a single value, whose only field is itself."""
    return difference.changes[0].field == difference.line


def _clause(change: FieldChange, language: str) -> str:
    """Return what happened to one field; nothing when it is too long to tell."""
    lost = _only(change.before, change, language)
    gained = _only(change.after, change, language)
    if not _fit([*lost, *gained]):
        one_sided = _REMOVED if not change.after else _ADDED if not change.before else None
        return one_sided.to(language) if one_sided else ""
    if len(lost) == len(gained) == 1:
        return _FROM_TO.to(language).format(*lost, *gained)
    both = ((_ADDED, gained), (_REMOVED, lost))
    return ", ".join(f"{word.to(language)}: {listed(it, language)}" for word, it in both if it)


def _only(said: tuple[Words, ...], change: FieldChange, language: str) -> list[str]:
    """Return those of the words of one side that are not on the other."""
    pattern = _QUOTED.to(language) if change.is_quoted else "{}"
    both = set(change.before) & set(change.after)
    return [pattern.format(words.to(language)) for words in said if words not in both]


def _fit(texts: list[str]) -> bool:
    is_short = all(len(text) <= SHORT and "\n" not in text for text in texts)
    return is_short and 0 < len(texts) <= _FEW
