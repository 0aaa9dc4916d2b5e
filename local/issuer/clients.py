"""The systems that may ask for tokens here, each known by its public key, as at HelseID."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from joserfc.jwk import ECKey

from local.people import PEOPLE, TestPerson
from local.token import signing_key

_NAMES = {
    "dbep-record-system": "Journalsystemet",
    "dbep-citizen-app": "Innbyggerens app",
    "dbep-privacy-officer": "Personvernombudets arbeidsflate",
    "nordlys-home-monitoring": "Nordlys Hjemmemåling AS",
}
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


@dataclass(frozen=True)
class Client:
    """A system, its key, and whom it may speak for: persons who log in, or itself."""

    id: str
    name: str
    key: ECKey
    people: Mapping[str, TestPerson]

    @property
    def machine(self) -> TestPerson | None:
        """Return the system as the one who asks, if it asks for itself."""
        return next((each for each in self.people.values() if each.is_machine), None)

    def may_return_to(self, address: str) -> bool:
        """Tell whether a login may end at this address: any on the developer's own machine."""
        try:
            parts = urlsplit(address)
        except ValueError:
            return False
        return parts.scheme == "http" and parts.hostname in _LOOPBACK and not parts.fragment


def clients_in(folder: Path) -> dict[str, Client]:
    """Return the clients, whose private keys stand in a folder, as `<id>.json`."""
    return {
        id: _client(id, name, signing_key(folder / f"{id}.json")) for id, name in _NAMES.items()
    }


def _client(id: str, name: str, key: ECKey) -> Client:
    people = {who: each for who, each in PEOPLE.items() if each.claims["client_id"] == id}
    return Client(id, name, ECKey.import_key(key.as_dict(private=False)), people)
