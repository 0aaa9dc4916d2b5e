"""The laws that access rests on, and what each standing's rights rest on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeAlias

from docs.access.markdown import enumerated, listed, page, table
from domain.access.legal_basis import ALL, LegalBasis, bases
from domain.access.matrix import CELLS
from domain.access.right import Right
from domain.access.standing import Standing
from domain.wording.right import RIGHTS
from domain.wording.standing import STANDINGS
from domain.words import capital

_Bases: TypeAlias = tuple[LegalBasis, ...]
_Rights: TypeAlias = tuple[Right, ...]
# What most of somebody's rights rest on is told of last, as the rest.
_REST: _Rights = ()


def law() -> str:
    """Return the laws with their dates, and who has what from which."""
    return page(
        table(("Grunnlag", "Hva det sier", "Fra", "Til", "Kontrollert"), map(_law, ALL)),
        "### Hva som hviler på hvilken lov",
        table(("Kan", "Hvem", "Grunnlag"), _rests_on()),
    )[:-1]


def _law(basis: LegalBasis) -> Sequence[str]:
    until = f"{basis.until:%d.%m.%Y}" if basis.until else "–"
    is_read = "lest i kilde" if basis.is_confirmed else "ikke kontrollert"
    name = capital(basis.name("nb"))
    return (name, basis.about.nb, f"{basis.since:%d.%m.%Y}", until, is_read)


def _rests_on() -> Iterator[Sequence[str]]:
    whose: dict[tuple[_Rights, _Bases], list[Standing]] = {}
    for standing in Standing:
        for rights, found in _laws_of(standing):
            whose.setdefault((rights, found), []).append(standing)
    for (rights, found), standings in sorted(whose.items(), key=lambda each: _place(each[0][0])):
        told = enumerated([RIGHTS[right].nb for right in rights]) if rights else "alt det andre"
        names = listed([basis.name("nb") for basis in found])
        yield (told, listed([STANDINGS[each].nb for each in standings]), names)


def _laws_of(standing: Standing) -> Iterator[tuple[_Rights, _Bases]]:
    by_law: dict[_Bases, list[Right]] = {}
    for right in (right for right in Right if CELLS[standing][right].is_given):
        by_law.setdefault(bases(right, standing), []).append(right)
    most = max(by_law, key=lambda found: len(by_law[found]))
    for found, rights in by_law.items():
        yield (_REST if found is most else tuple(rights), found)


def _place(rights: _Rights) -> int:
    """Return where a row stands: by its first right, the rest last."""
    everything = tuple(Right)
    return everything.index(rights[0]) if rights else len(everything)
