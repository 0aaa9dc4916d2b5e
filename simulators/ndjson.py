"""Reads a folder of FHIR R4 in the bulk-data layout: one resource a line, files named by type."""

from __future__ import annotations

import gzip
import io
import re
from collections import Counter
from collections.abc import Callable, Iterator
from hashlib import blake2b
from pathlib import Path
from typing import IO, Any, TypeVar

import msgspec

Resource = dict[str, Any]  # JSON of whatever shape: nothing in the folder was written for us

_NAME = re.compile(r"^(?P<type>[A-Z][A-Za-z]+)(?:[.\-_]\w+)*\.ndjson(?:\.gz)?$")

USED_TYPES = frozenset(
    (
        "Patient",
        "Encounter",
        "Appointment",
        "CareTeam",
        "AllergyIntolerance",
        "Condition",
        "MedicationRequest",
        "MedicationStatement",
        "Medication",
        "DocumentReference",
        "Practitioner",
        "PractitionerRole",
        "Organization",
        "Location",
    )
)


# What odd input raises while its pieces are looked up.
ODD = (AttributeError, IndexError, KeyError, TypeError, ValueError, msgspec.ValidationError)

T = TypeVar("T")


class FolderUnusable(Exception):
    """A folder given as data holds no patients; says what was expected."""


class Folder:
    """A folder's resources by type and id; what can't be read is counted, never fatal."""

    def __init__(self, path: Path) -> None:
        self.by_type: dict[str, dict[str, Resource]] = {}
        self.left_out: Counter[str] = Counter()
        for file, kind in _files(path):
            for resource in self._read(file):
                self._keep(resource, kind)
        if not self.by_type.get("Patient"):
            raise FolderUnusable(f"No patients in {path}: expected Patient.ndjson somewhere below.")

    def attempt(self, kind: str, make: Callable[[], T]) -> T | None:
        """Return what is made of a resource; one that is too odd for it is counted, not fatal."""
        try:
            return make()
        except ODD as error:
            self.left_out[f"{kind} that is not as FHIR says ({type(error).__name__})"] += 1
            return None

    def of(self, kind: str) -> Iterator[Resource]:
        """Return the resources of a type, in the order of their ids."""
        resources = self.by_type.get(kind, {})
        return (resources[key] for key in sorted(resources))

    def find(self, reference: object) -> Resource | None:
        """Return what a reference (`Type/id`, or a URL that ends so) points to, if it is here."""
        if not isinstance(reference, str) or "/" not in reference:
            return None
        kind, _, key = reference.rpartition("/")
        return self.by_type.get(kind.rpartition("/")[2], {}).get(key)

    def _read(self, file: Path) -> Iterator[object]:
        with _open(file) as lines:
            yield from (self._decode(line) for line in lines if line.strip())

    def _decode(self, line: bytes) -> object:
        try:
            return msgspec.json.decode(line)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            return None

    def _keep(self, resource: object, kind: str) -> None:
        if not isinstance(resource, dict):
            self.left_out["not JSON"] += 1
        elif resource.get("resourceType") != kind or not isinstance(resource.get("id"), str):
            self.left_out["without its type or an id"] += 1
        else:
            self.by_type.setdefault(kind, {})[resource["id"]] = resource


def checked(made: T) -> T:
    """Return what was made, if every value is of the kind that its attribute says."""
    return msgspec.convert(msgspec.to_builtins(made), type(made))


def resource_key(prefix: str, resource_id: str) -> str:
    """Return the served id of an imported resource; the same whenever it is imported."""
    return prefix + blake2b(resource_id.encode(), digest_size=6).hexdigest()


def first(values: list[Resource] | None) -> Resource:
    """Return the first of a list that may be missing or empty."""
    return values[0] if values else {}


def code_of(concept: Resource | None) -> str | None:
    """Return the first code of a CodeableConcept, whatever its system."""
    code = first((concept or {}).get("coding")).get("code")
    return str(code) if code is not None else None


def name_of(practitioner: Resource) -> str | None:
    """Return a Practitioner's name as text."""
    name = first(practitioner.get("name"))
    parts = [*(name.get("given") or ()), name.get("family")]
    return name.get("text") or " ".join(str(part) for part in parts if part) or None


def picked(resource: Resource, *fields: str) -> Resource:
    """Return the named fields that a resource has, as they came."""
    if not isinstance(resource, dict):
        raise TypeError("not an object")
    return {field: resource[field] for field in fields if field in resource}


def _files(path: Path) -> Iterator[tuple[Path, str]]:
    for file in sorted(path.rglob("*")):
        match = _NAME.match(file.name)
        if match and match["type"] in USED_TYPES and file.is_file():
            yield file, match["type"]


def _open(file: Path) -> IO[bytes]:
    if file.suffix == ".gz":
        return io.BufferedReader(gzip.GzipFile(file))
    return file.open("rb")
