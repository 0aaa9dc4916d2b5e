"""A temporary folder that is removed with its run, or by the next run if that was killed."""

import shutil
import tempfile
from pathlib import Path


class Scratch:
    """One run's temporary folder, noted in a file that outlives the run.

    Sockets live here because their whole path may be no longer than about 100 characters.
    """

    def __init__(self, note: Path) -> None:
        self._note = note

    def make(self) -> Path:
        """Make the folder, open to its owner only."""
        self.drop()
        folder = tempfile.mkdtemp(prefix="dbep-")
        self._note.write_text(folder)
        return Path(folder)

    def drop(self) -> None:
        """Remove the noted folder, if there is one."""
        if self._note.exists():
            shutil.rmtree(self._note.read_text(), ignore_errors=True)
            self._note.unlink()
