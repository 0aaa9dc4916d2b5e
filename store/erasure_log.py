"""The erasures, kept outside the database: a restored backup does not know of them.

One JSON line each, in a file that is only ever added to. A line is on the disk before the erasure
it tells of is committed, so that none is forgotten. Each is tied to the one before it.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import msgspec

from domain.keeping.erasure import Erasure, is_chain, sealed

_encode = msgspec.json.Encoder(order="sorted").encode
_decode = msgspec.json.Decoder(Erasure).decode


class ErasureLogBroken(Exception):
    """The log is not what was written to it; the sentence says so and nothing of what is in it."""


class ErasureLog:
    """The log in one file; several processes may share it."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self) -> list[Erasure]:
        """Return every erasure in order; raises ErasureLogBroken when one was changed or is gone.

        A line that was never finished tells of nothing that was done, and is passed over.
        """
        try:
            content = self._path.read_bytes()
        except FileNotFoundError:
            return []
        return _checked(content)

    def append(self, erasure: Erasure) -> Erasure:
        """Add an erasure, tied to the last, and return it as it now stands on the disk."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with self._locked() as file:
            content = file.read()
            known = _checked(content)
            added = sealed(erasure, known[-1].digest if known else "")
            file.truncate(content.rfind(b"\n") + 1)
            file.seek(0, os.SEEK_END)
            file.write(_encode(added) + b"\n")
            file.flush()
            os.fsync(file.fileno())
        self._sync_folder()
        return added

    @contextmanager
    def _locked(self) -> Iterator[BinaryIO]:
        with os.fdopen(os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600), "r+b") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield file

    def _sync_folder(self) -> None:
        """Put the file's own name on the disk, which a new file needs."""
        folder = os.open(self._path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _checked(content: bytes) -> list[Erasure]:
    lines = content.split(b"\n")[:-1]
    try:
        erasures = [_decode(line) for line in lines]
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise ErasureLogBroken("A line of the erasure log can't be read.") from None
    if not is_chain(erasures):
        raise ErasureLogBroken("The erasure log has been changed since it was written.")
    return erasures
