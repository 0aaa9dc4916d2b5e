"""Medicines by the name, strength and ATC code that the Norwegian register (FEST) gives them.

Names are FEST's NavnFormStyrke style. FEST ids are invented, for the real ones change.
"""

from __future__ import annotations

from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

import msgspec

FEST_PRODUCT = "http://dmp.no/fhir/NamingSystem/festLegemiddelMerkevare"
ATC = "http://www.whocc.no/atc"


class Medicine(msgspec.Struct, frozen=True):
    """A product: its name with form and strength, its substance and its form."""

    name: str
    atc: str
    substance: str
    form: str

    @property
    def fest_id(self) -> str:
        """An id in FEST's manner, always the same for the same product."""
        return f"ID_{str(uuid5(NAMESPACE_URL, self.name)).upper()}"


def _read(table: str) -> dict[str, Medicine]:
    medicines: dict[str, Medicine] = {}
    for line in table.splitlines():
        if line and not line.startswith("#"):
            key, *columns = (column.strip() for column in line.split("|"))
            medicines[key] = Medicine(*columns)
    return medicines


MEDICINES = _read(Path(__file__).with_name("medicines.txt").read_text("utf-8"))
