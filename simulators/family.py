"""What the simulated population register says of families, and what can happen to one."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from simulators.changes import Changes
from simulators.people import Person
from simulators.source import Alteration
from simulators.world import World

FAMILY = "family"
CHILD_WELFARE = {"organisasjonsnummer": "999000177", "navn": "Barneverntjenesten i Fjordvik"}


class _State(msgspec.Struct):
    """What differs from how a family begins: both parents responsible, both at the address."""

    is_protected: bool = False
    has_care: bool = False
    moved: frozenset[str] = frozenset()
    protected: frozenset[str] = frozenset()
    without: frozenset[str] = frozenset()


class Families:
    """Families by the child's number, as the register has them now."""

    def __init__(self, world: World, changes: Changes) -> None:
        self._world, self._changes = world, changes
        self._states: dict[str, _State] = {}

    def after(self, place: int) -> dict[str, object]:
        """Return the families that have changed after a place in the feed, each told once."""
        feed = self._changes.after(place)
        numbers = dict.fromkeys(each.patient for each in feed.changes if each.kind == FAMILY)
        found = (self._world.person(number) for number in numbers)
        told = [self.told(person) for person in found if person is not None]
        return {"familier": told, "siste": feed.last}

    def alterations(self) -> Mapping[str, Alteration]:
        """Return what can be made to happen; of parents always the last one named."""
        return {
            "parentMovesOut": lambda p: self._set(p, moved=_last(p)),
            "parentMovesIn": lambda p: self._set(p, moved=frozenset()),
            "protectChild": lambda p: self._set(p, is_protected=True),
            "unprotectChild": lambda p: self._set(p, is_protected=False),
            "protectParent": lambda p: self._set(p, protected=_last(p)),
            "endResponsibility": lambda p: self._set(p, without=_last(p)),
            "childWelfareTakesOver": lambda p: self._set(p, has_care=True),
            "childWelfareEnds": lambda p: self._set(p, has_care=False),
        }

    def told(self, person: Person) -> dict[str, object]:
        """Return the whole of what the register says of a child's family."""
        state = self._states.get(person.number.value, _State())
        return {
            "fnr": person.number.value,
            "adressesperre": state.is_protected,
            "omsorgOvertattAv": CHILD_WELFARE if state.has_care else None,
            "foreldre": [
                {
                    "fnr": parent.number,
                    "navn": parent.name,
                    "foreldreansvar": parent.number not in state.without,
                    "sammeAdresse": parent.number not in state.moved,
                    "adressesperre": parent.number in state.protected,
                }
                for parent in person.parents
            ],
        }

    def _set(self, person: Person, **said: object) -> str:
        before = self._states.get(person.number.value, _State())
        self._states[person.number.value] = msgspec.structs.replace(before, **said)
        return FAMILY


def _last(person: Person) -> frozenset[str]:
    return frozenset({person.parents[-1].number}) if person.parents else frozenset()
