"""Test persons' tokens: `python -m local.token NAME` prints one, without a name it lists them.

The development issuer signs with the same key file, so a token works whether or not it runs.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
import uuid
from pathlib import Path

from joserfc import jwt
from joserfc.jwk import ECKey

from local.people import PEOPLE

KEY_FILE = Path(__file__).resolve().parent.parent / ".data" / "issuer-key.json"
ISSUER = "http://127.0.0.1:8104"
AUDIENCE = "dbep:gateway"
LIFETIME_SECONDS = 3600


def signing_key(path: Path = KEY_FILE) -> ECKey:
    """Return the key in the file, making both if there is none yet."""
    try:
        return ECKey.import_key(json.loads(path.read_bytes()))
    except FileNotFoundError:
        return _make(path)


def token_for(name: str, key: ECKey, issuer: str = ISSUER) -> str:
    """Return a test person's access token, good for an hour."""
    now = int(time.time())
    claims = {
        **PEOPLE[name].claims_at(now),
        "iss": issuer,
        "aud": AUDIENCE,
        "iat": now,
        "nbf": now,
        "exp": now + LIFETIME_SECONDS,
        "jti": str(uuid.uuid4()),
    }
    return jwt.encode({"alg": "ES256", "kid": key.kid, "typ": "at+jwt"}, claims, key)


def _make(path: Path) -> ECKey:
    key = ECKey.generate_key("P-256", {"use": "sig", "alg": "ES256", "kid": str(uuid.uuid4())})
    path.parent.mkdir(parents=True, exist_ok=True)
    # mkstemp makes files that are their owner's alone.
    handle, unfinished = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    with os.fdopen(handle, "w") as file:
        json.dump(key.as_dict(private=True), file)
    try:
        # A link, not a rename: whoever comes first with a whole key wins.
        path.hardlink_to(unfinished)
    except FileExistsError:
        return ECKey.import_key(json.loads(path.read_bytes()))
    finally:
        Path(unfinished).unlink()
    return key


def main(arguments: list[str]) -> int:
    """Print one token, or who there is."""
    parser = argparse.ArgumentParser(prog="token", description="Print a test person's token.")
    parser.add_argument("name", nargs="?", help="one of the test persons")
    parser.add_argument("--issuer", default=ISSUER, help="the address the token says it is from")
    parser.add_argument("--key", type=Path, default=KEY_FILE, help=argparse.SUPPRESS)
    chosen = parser.parse_args(arguments)
    if chosen.name is None:
        for name, person in PEOPLE.items():
            print(f"{name:12} {person.title}: {person.description}")
        return 0
    if chosen.name not in PEOPLE:
        print(f"There is no such test person; there are {', '.join(PEOPLE)}.", file=sys.stderr)
        return 2
    print(token_for(chosen.name, signing_key(chosen.key), chosen.issuer))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
