"""Which fields of a line say something else, and what they said and say, in words."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from itertools import chain, count
from typing import NamedTuple, TypeAlias

from domain.content.field_wording import field_name
from domain.content.gist import field_gist, gist, readable
from domain.content.line import LINKS, Line, LineKey, holder
from domain.content.value_wording import in_words
from domain.content.zone import Threshold
from domain.noun import Noun
from domain.words import Words, own

Labels: TypeAlias = Mapping[LineKey, Words]
"""What the lines of one version are called, to tell a link by the line it points at."""


class FieldChange(Noun):
    """One field that says something else.

    `field` is its JSON path from the line ("target.due"), with a limit named by what it measures
    ("thresholds[Kroppsvekt].high"); for a single value it is the line's own id. `before` and
    `after` are all that it said then and says now, in words: none, one, or one for each item of a
    list; a link is the label of its line. `is_quoted` marks words that stand in quotation marks in
    a sentence.
    """

    field: str
    name: Words
    before: tuple[Words, ...]
    after: tuple[Words, ...]
    is_quoted: bool


class Told(NamedTuple):
    """What one field says in one version.

    The gist has the field's name in it, so that two with the same gist say the same of the same. A
    limit's has not: it says the same wherever it stands. `parts` are what the field is made of, by
    path, to tell what differs when both versions have it.
    """

    name: Words
    gist: Hashable
    words: tuple[Words, ...]
    is_quoted: bool
    parts: Mapping[str, Told]


def told(line: Line | None, labels: Labels) -> dict[str, Told]:
    """Return everything that a line says, by path."""
    if line is None:
        return {}
    if isinstance(line.value, Noun):
        return dict(_of_noun(line.value, "", labels))
    said = gist(line.value)
    if said is None:
        return {}
    name = field_name(holder(line.field), line.field)
    return {line.id: Told(name, said, (in_words(line.value),), _is_own(line.value), {})}


def changes(before: Mapping[str, Told], after: Mapping[str, Told]) -> Iterator[FieldChange]:
    """Yield the fields that say something else, those that no longer say anything last."""
    old, new = _without_same(before, after), _without_same(after, before)
    for path, field in {**new, **old}.items():
        was, now = old.get(path), new.get(path)
        if was and now and was.parts and now.parts:
            yield from changes(was.parts, now.parts)
        else:
            yield FieldChange(
                field=path,
                name=field.name,
                before=was.words if was else (),
                after=now.words if now else (),
                is_quoted=field.is_quoted,
            )


def _without_same(fields: Mapping[str, Told], other: Mapping[str, Told]) -> dict[str, Told]:
    same = {field.gist for field in other.values()}
    return {path: field for path, field in fields.items() if field.gist not in same}


def _of_noun(noun: Noun, path: str, labels: Labels) -> Iterator[tuple[str, Told]]:
    kind = type(noun)
    for field, json_name in zip(kind.__struct_fields__, kind.__struct_encode_fields__, strict=True):
        said = field_gist(noun, field)
        if said is not None and field != "id":
            value, name, here = getattr(noun, field), field_name(kind, field), f"{path}{json_name}"
            words = _words(field, value, labels)
            parts = dict(_parts(name, value, here, labels))
            yield here, Told(name, (field, said), words, _is_own(value), parts)


def _words(field: str, value: object, labels: Labels) -> tuple[Words, ...]:
    items = value if isinstance(value, tuple) else (value,)
    if field in LINKS:
        return tuple(labels.get((LINKS[field], id), own(id)) for id in items)
    return tuple(in_words(item) for item in items if gist(item) is not None)


def _is_own(value: object) -> bool:
    items = value if isinstance(value, tuple) else (value,)
    return isinstance(items[0], str | Noun)


def _parts(name: Words, value: object, path: str, labels: Labels) -> Iterator[tuple[str, Told]]:
    if isinstance(value, Noun):
        yield from _of_noun(value, f"{path}.", labels)
    elif isinstance(value, tuple):
        for measured, limit in _by_measure(value).items():
            here = f"{path}[{measured}]"
            fields = _of_noun(limit, f"{here}.", labels)
            parts = {sub: told._replace(name=_of(told.name, measured)) for sub, told in fields}
            yield here, Told(_of(name, measured), gist(limit), (in_words(limit),), True, parts)


def _by_measure(items: tuple[object, ...]) -> dict[str, Threshold]:
    """Return limits by what they measure, with a number where there are several for the same."""
    limits = {gist(item): item for item in items if isinstance(item, Threshold)}
    named: dict[str, Threshold] = {}
    for limit in sorted(limits.values(), key=lambda limit: repr(gist(limit))):
        measured = readable(limit.observable.text)
        names = chain([measured], (f"{measured} {number}" for number in count(2)))
        named[next(name for name in names if name not in named)] = limit
    return named


def _of(name: Words, measured: str) -> Words:
    return Words(nb=f"{name.nb} for «{measured}»", en=f"{name.en} of “{measured}”")
