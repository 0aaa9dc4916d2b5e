"""A share opened by a short-lived code: handed over in person, used once, good for a working day.

The code is ten letters and digits that can't be taken for each other, some 49 bits: with five tries
a quarter of an hour, nobody guesses one. Codes and tokens are kept as digests only.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

from domain.author import Author
from domain.noun import Noun
from domain.plan.sharing import Share

CODE_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
CODE_LENGTH = 10
CODE_LIFETIME = timedelta(minutes=15)
TOKEN_LIFETIME = timedelta(hours=8)
PREFIX = "dbep-opening."

MOST_TRIES = 5
TRIES_WINDOW = timedelta(minutes=15)


class Opening(Noun):
    """One code made for a share, and the access that it has opened, if it has.

    Somebody who has the code can open the share until `code_expires_at`, once; the access then
    lasts until `expires_at`, or for as long as the share is open if that is shorter.
    """

    id: str
    patient_id: str
    share_id: str
    code_digest: bytes
    made_by: Author
    made_at: datetime
    code_expires_at: datetime
    opened_at: datetime | None = None
    token_digest: bytes | None = None
    expires_at: datetime | None = None

    def can_be_opened(self, now: datetime) -> bool:
        """Tell whether its code still can be used."""
        return self.opened_at is None and now < self.code_expires_at

    def __repr__(self) -> str:
        return f"Opening({self.id})"


def new_code() -> str:
    """Return a new code."""
    return "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))


def new_token() -> str:
    """Return a new access token, told from a signed one by its beginning."""
    return PREFIX + secrets.token_urlsafe(32)


def typed(code: str) -> str:
    """Return a code as it was made, however it was typed: small letters, spaces and hyphens."""
    return "".join(filter(str.isalnum, code)).upper()


def digest(secret: str) -> bytes:
    """Return what is kept of a code or token."""
    return hashlib.sha256(secret.encode()).digest()


def access_until(share: Share, now: datetime) -> datetime:
    """Return when access that is opened now ends: never after the share does."""
    longest = now + TOKEN_LIFETIME
    return longest if share.until is None else min(longest, share.until)
