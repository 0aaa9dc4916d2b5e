"""What a call for critical information must show in its headers."""

from __future__ import annotations

from simulators.source import caller_kind, parse_json_header, purpose_of
from simulators.wire import Call, Refusal

_ORDINARY = {"UNNTAK", "SAMTYKKE"}
ELEVATED = {"FORHOYET_SAMTYKKE", "FORHOYET_AKUTT"}
OPENING = ELEVATED | {"AKUTT", "INNSYN"}
_ACUTE = {"AKUTT", "FORHOYET_AKUTT"}
_ACUTE_PURPOSES = {"ETREAT", "BTG"}
_BASES = _ORDINARY | OPENING

MISSING = "KJ-0002"
NO_ACCESS = "KJ-0018"


def access_basis(call: Call) -> str:
    """Return the ground that a call is made on; refuse one whose headers don't go together."""
    for name in (b"nhn-patient-nin", b"nhn-source-system", b"nhn-access-basis", b"ticket"):
        if not call.header(name):
            raise Refusal(400, f"{name.decode()} mangler", MISSING)
    if not 3 <= len(call.header(b"nhn-source-system")) <= 512:
        raise Refusal(400, "nhn-source-system har feil lengde", MISSING)
    basis = call.header(b"nhn-access-basis")
    role = parse_json_header(call.header(b"nhn-user-role"))
    if basis not in _BASES:
        raise Refusal(400, "nhn-access-basis er ukjent", MISSING)
    if caller_kind(call) == "practitioner" and (
        role is None or not {"system", "code"} <= set(role)
    ):
        raise Refusal(400, "nhn-user-role mangler", MISSING)
    if (caller_kind(call) == "citizen") != (basis == "INNSYN"):
        raise Refusal(403, "INNSYN er innbyggerens eget grunnlag", NO_ACCESS)
    if basis in _ACUTE and purpose_of(call) not in _ACUTE_PURPOSES:
        raise Refusal(403, "AKUTT krever et akutt formål i attesten", NO_ACCESS)
    return basis
