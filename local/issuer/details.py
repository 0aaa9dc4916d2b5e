"""`authorization_details` (RFC 9396): the attest, and the organisation that a client asks for."""

from __future__ import annotations

import json
from collections.abc import Mapping

from local.issuer.refusal import OAuthError
from local.people import ATTEST_TYPE

AUTHORIZATION_TYPE = "helseid_authorization"
_TYPES = (ATTEST_TYPE, AUTHORIZATION_TYPE)

Detail = dict[str, object]


def asked(form: Mapping[str, str], assertion: Mapping[str, object]) -> list[Detail]:
    """Return what a client asks for, in its request or, as at HelseID, in its assertion."""
    try:
        in_form = json.loads(form.get("authorization_details", "[]"))
    except ValueError:
        raise _refusal() from None
    found = [*_listed(in_form), *_listed(assertion.get("authorization_details", []))]
    if any(detail.get("type") not in _TYPES for detail in found):
        raise _refusal()
    return found


def granted(own: object, asked_for: list[Detail]) -> list[Detail]:
    """Return a person's details with what the client asked for, which goes first."""
    kinds = {detail["type"] for detail in asked_for}
    return asked_for + [detail for detail in _listed(own) if detail["type"] not in kinds]


def _listed(details: object) -> list[Detail]:
    """Return a list; HelseID takes a single detail without one around it."""
    given = details if isinstance(details, list) else [details]
    found = [detail for detail in given if isinstance(detail, dict)]
    if found != given:
        raise _refusal()
    return found


def _refusal() -> OAuthError:
    return OAuthError("invalid_authorization_details", f"The types are {', '.join(_TYPES)}.")
