"""The notation of docs/story.md: “…” for what differs, `$name` for what is kept for later."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

MORE = "…"
Names = dict[str, Any]

_NAME = re.compile(r"\$([a-z]+)")
_ABSENT = object()


def put_in(sent: Any, names: Names) -> Any:
    """Return what is sent with the values where their names stand; raises KeyError for no name."""
    if isinstance(sent, dict):
        return {key: put_in(value, names) for key, value in sent.items()}
    if isinstance(sent, list):
        return [put_in(value, names) for value in sent]
    if not isinstance(sent, str):
        return sent
    alone = _NAME.fullmatch(sent)
    return names[alone[1]] if alone else _NAME.sub(lambda name: str(names[name[1]]), sent)


def unlike(shown: Any, given: Any, names: Names, path: str = "") -> list[str]:
    """Tell where an answer is not what is shown of it; adds the names that are new in it."""
    if isinstance(shown, dict):
        return _unlike_object(shown, given, names, path)
    if isinstance(shown, list):
        return _unlike_list(shown, given, names, path)
    return [] if _fits(shown, given, names) else [f"{path}: {given!r} is not {shown!r}"]


def _unlike_object(shown: dict[str, Any], given: Any, names: Names, path: str) -> list[str]:
    """Compare the fields that are shown."""
    if not isinstance(given, dict):
        return [f"{path}: {given!r} is no object"]
    return [
        fault
        for key, value in shown.items()
        for fault in unlike(value, given.get(key, _ABSENT), names, f"{path}.{key}")
    ]


def _unlike_list(shown: list[Any], given: Any, names: Names, path: str) -> list[str]:
    """Compare item by item; “…” among them stands for any others, or for none."""
    if not isinstance(given, list):
        return [f"{path}: {given!r} is no list"]
    left = iter(given)
    may_be_others = False
    for item in shown:
        if item == MORE:
            may_be_others = True
            continue
        if not _found(item, left, names, may_be_others):
            return [f"{path}: {item!r} is not where it should be in {given!r}"]
        may_be_others = False
    more = [] if may_be_others else list(left)
    return [f"{path}: there is more: {more!r}"] if more else []


def _found(shown: Any, left: Iterable[Any], names: Names, may_be_others: bool) -> bool:
    """Take items until one is as shown, the first one only unless others may come before it."""
    for given in left:
        tried = dict(names)
        if not unlike(shown, given, tried):
            names.update(tried)
            return True
        if not may_be_others:
            return False
    return False


def _fits(shown: Any, given: Any, names: Names) -> bool:
    """Compare two values; “…” alone is anything but null, within a text it is any words."""
    if not isinstance(shown, str):
        return bool(shown == given)
    is_there = given is not None and given is not _ABSENT
    if shown == MORE:
        return is_there
    if name := _NAME.fullmatch(shown):
        return is_there and bool(names.setdefault(name[1], given) == given)
    words = ".+".join(map(re.escape, shown.split(MORE)))
    return isinstance(given, str) and re.fullmatch(words, given) is not None
