"""Our own apps' operations: files of `operations/`, which whoever has a token may ask for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from domain.registered_operation import id_of
from gateway.documents import Documents
from gateway.errors import Entry
from gateway.health import NotReady
from gateway.persisted import Known

FOLDER = Path(__file__).resolve().parent.parent / "operations"


class OwnOperationsRefused(NotReady):
    """Files that can't be served; the gateway does not start with them."""

    def __init__(self, faults: Iterable[str]) -> None:
        super().__init__("\n".join(["These operations do not fit the schema.", *faults]))


def read(folder: Path = FOLDER) -> dict[str, str]:
    """Return the text of every operation, as it stands in its file, by the file's name."""
    files = sorted(folder.rglob("*.graphql"))
    return {str(file.relative_to(folder)): file.read_bytes().decode() for file in files}


def known(files: Mapping[str, str], documents: Documents) -> dict[str, Known]:
    """Return the operations by id, worked out once for good.

    Raises OwnOperationsRefused, which names every file and what is wrong with it.
    """
    worked_out = {name: Known(text, documents.get(text)) for name, text in files.items()}
    faults = [
        f"{name}{_place(fault)}: {fault['message']}"
        for name, found in worked_out.items()
        for fault in found.document.errors
    ]
    if faults:
        raise OwnOperationsRefused(faults)
    return {id_of(found.text.encode()): found for found in worked_out.values()}


def _place(fault: Entry) -> str:
    places = fault.get("locations")
    return f":{places[0]['line']}" if isinstance(places, list) and places else ""
