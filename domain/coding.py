"""A concept from a code system, or plain text where no code is known."""

from __future__ import annotations

from domain.noun import Noun


class Coding(Noun):
    """A code with its system and the words to show; `system` and `code` are None for plain text.

    Systems are URIs, such as `urn:oid:2.16.578.1.12.4.1.1.7110` for ICD-10. What a source says is
    kept as it came, unknown codes and systems included; what is written here names a system of
    `domain.code_system`.
    """

    text: str
    system: str | None = None
    code: str | None = None
