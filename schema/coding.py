"""A concept from a code system."""

from __future__ import annotations

import strawberry

from schema.field import plain


@strawberry.type(description="A concept from a code system, or plain text where no code is known.")
class Coding:
    text: str = plain("The words to show.")
    system: str | None = plain(
        "The code system as a URI, for instance urn:oid:2.16.578.1.12.4.1.1.7110 for ICD-10."
    )
    code: str | None = plain("The code, as it came; codes we don't know are kept.")
