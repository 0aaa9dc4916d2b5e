"""Plan templates: files of this package, read once and kept in memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from domain.plan.part import PlanKind
from domain.plan.template import PlanTemplate

FOLDER = Path(__file__).parent / "templates"

_decode = msgspec.json.Decoder(PlanTemplate).decode
_KINDS = list(PlanKind)


class TemplateStore:
    """Every version of every template, since drafts refer to the version they began as."""

    def __init__(self, templates: Iterable[PlanTemplate]) -> None:
        self._versions = {(each.id, each.version): each for each in templates}
        self._newest: dict[str, PlanTemplate] = {}
        for _, each in sorted(self._versions.items()):
            self._newest[each.id] = each

    @classmethod
    def packaged(cls) -> TemplateStore:
        """Return a store of the templates that come with the gateway."""
        return cls(read(path) for path in FOLDER.glob("*.json"))

    def all(self) -> tuple[PlanTemplate, ...]:
        """Return the newest version of each template, retired ones too, by kind and title."""
        newest = self._newest.values()
        return tuple(sorted(newest, key=lambda each: (_KINDS.index(each.kind), each.title)))

    def by_id(self, id: str, version: int | None = None) -> PlanTemplate | None:
        """Return a version of a template (None: the newest); None when there is no such."""
        return self._newest.get(id) if version is None else self._versions.get((id, version))


def read(path: Path) -> PlanTemplate:
    """Return the template in a file; ValueError when the file holds more or other than its name."""
    data = path.read_bytes()
    template = _decode(data)
    if path.name != f"{template.id}.{template.version}.json":
        raise ValueError(f"{path.name} is not named <id>.<version>.json")
    understood = msgspec.json.decode(msgspec.json.encode(template))
    unknown = list(_unknown(msgspec.json.decode(data), understood))
    if unknown:
        # Nouns decode leniently, for old plans; in a template an unknown member is a misspelling.
        raise ValueError(f"{path.name} has unknown members: {', '.join(unknown)}")
    return template


def _unknown(written: object, understood: object, path: str = "$") -> Iterator[str]:
    """Yield the path of each member that is in the file and not in what was understood of it."""
    if isinstance(written, dict) and isinstance(understood, dict):
        for name, value in written.items():
            if name in understood:
                yield from _unknown(value, understood[name], f"{path}.{name}")
            else:
                yield f"{path}.{name}"
    if isinstance(written, list) and isinstance(understood, list):
        for place, (each, twin) in enumerate(zip(written, understood, strict=True)):
            yield from _unknown(each, twin, f"{path}[{place}]")
