"""Organisation numbers as tokens write them: under two OIDs, or parent and child in one text.

The sector's specifications mostly use the first OID, HelseID's details and older ones of
kjernejournal the second. The text for two is HelseID's own, for clients that act for many.
"""

from __future__ import annotations

import re

import msgspec

NUMBER_SYSTEMS = frozenset({"urn:oid:2.16.578.1.12.4.1.4.101", "urn:oid:2.16.578.1.12.4.1.2.101"})
PARENT_AND_CHILD = "urn:oid:1.0.6523"
_NUMBER = re.compile(r"[0-9]{9}")
_BOTH = re.compile(r"NO:ORGNR:(?P<parent>[0-9]{9})?(?::(?P<child>[0-9]{9})?)?")


class Organisation(msgspec.Struct):
    """An organisation in an attest; only a number under a system we know is one."""

    id: str
    system: str | None = None

    @property
    def number(self) -> str | None:
        """The organisation number, None for an id of another system."""
        return _number(self.system, self.id)


class _Identifier(msgspec.Struct):
    value: str
    system: str | None = None


class _Identified(msgspec.Struct):
    identifier: _Identifier


class _Role(msgspec.Struct):
    organization: _Identified | None = None


class Authorization(msgspec.Struct):
    """The details of type `helseid_authorization`: for which organisation a client asks."""

    practitioner_role: _Role | None = None

    @property
    def parent_and_child(self) -> tuple[str | None, str | None]:
        """The numbers of legal entity and point of care, as far as they are told."""
        role = self.practitioner_role
        if role is None or role.organization is None:
            return None, None
        told = role.organization.identifier
        if told.system != PARENT_AND_CHILD:
            return None, _number(told.system, told.value)
        both = _BOTH.fullmatch(told.value)
        return (both["parent"], both["child"]) if both else (None, None)


def _number(system: str | None, value: str) -> str | None:
    return value if system in NUMBER_SYSTEMS and _NUMBER.fullmatch(value) else None
