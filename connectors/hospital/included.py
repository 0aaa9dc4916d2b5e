"""The resources that a search includes besides its matches, by their address."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from connectors.fhir.wire import WireReference
from connectors.hospital.wire import WireLocation, WireOrganization, WireRole

T = TypeVar("T")

_ORGANISATION = "urn:oid:2.16.578.1.12.4.1.4.101"

Findable = WireLocation | WireOrganization | WireRole


def address_of(reference: str) -> str:
    """Return a reference as `Type/id`, whether the source wrote it in full or not."""
    return reference if reference.count("/") < 2 else "/".join(reference.rsplit("/", 2)[-2:])


class Included:
    """Looks up what references point to; a reference to what isn't here keeps its own words."""

    def __init__(self, resources: Iterable[object]) -> None:
        findable = (r for r in resources if isinstance(r, Findable))
        self._resources = {f"{r.__struct_config__.tag}/{r.id}": r for r in findable}

    def find(self, reference: WireReference | None, kind: type[T]) -> T | None:
        """Return the resource that a reference points to, if it is here and of the kind."""
        address = (reference.reference or "") if reference else ""
        found = self._resources.get(address_of(address))
        return found if isinstance(found, kind) else None

    def name_of(self, reference: WireReference | None) -> str | None:
        """Return the name of a place, an organisation or a person in a role."""
        if reference is None or reference.display:
            return reference.display if reference else None
        if role := self.find(reference, WireRole):
            return role.practitioner.display if role.practitioner else None
        named = self.find(reference, WireLocation) or self.find(reference, WireOrganization)
        return named.name if named else None

    def organisation_number(self, reference: WireReference | None) -> str | None:
        """Return the organisation number that a reference has or points to."""
        organisation = self.find(reference, WireOrganization)
        identifiers = list(organisation.identifier) if organisation else []
        if reference and reference.identifier:
            identifiers.insert(0, reference.identifier)
        return next((i.value for i in identifiers if i.system == _ORGANISATION), None)
