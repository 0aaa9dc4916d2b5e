"""A concept from a code system, or plain text where no code is known."""

from __future__ import annotations

from domain.noun import Noun


class Coding(Noun):
    """A code with its system and the words to show; `system` and `code` are None for plain text.

    Systems are URIs: `urn:oid:2.16.578.1.12.4.1.1.7110` (ICD-10), `…7170` (ICPC-2),
    `http://snomed.info/sct`, `http://www.whocc.no/atc`. Unknown codes are kept as they came.
    """

    text: str
    system: str | None = None
    code: str | None = None
