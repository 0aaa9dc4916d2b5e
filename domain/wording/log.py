"""A line of the log of use in plain words: who, from where, what they saw or did, and why."""

from __future__ import annotations

from collections.abc import Sequence

from domain.access.log_line import LogLine
from domain.author import Author
from domain.operation import Operation
from domain.wording.log_words import DID, GROUNDS, PURPOSES, STOPPED, THINGS
from domain.words import Words

_YOU = Words(nb="Du", en="You")
_AT = Words(nb="ved", en="at")
_NUMBERED = Words(nb="virksomhet {number}", en="organisation {number}")
_SAW = Words(nb="så", en="saw")
_LOOKED = Words(nb="slo opp navnet", en="looked up the name")
_STOPPED = Words(
    nb="prøvde, men ble stoppet: {did}. Årsak: {why}",
    en="tried, but was stopped: {did}. Reason: {why}",
)
_TRIED_TO_SEE = Words(nb="ville se planen", en="wanted to see the plan")
_BEHALF = Words(nb="for barnet", en="for the child")
_GROUND = Words(nb="Grunnlag: {ground}", en="Ground: {ground}")
_PURPOSE = Words(nb="Formål: {purpose}", en="Purpose: {purpose}")
_TIMES = Words(nb="{count} ganger denne dagen", en="{count} times that day")
_AND = Words(nb="og", en="and")


def sentence(line: LogLine, *, is_own: bool, language: str) -> str:
    """Return the line's sentences; `is_own` says that the reader did it themselves."""
    who = _YOU.to(language) if is_own else _who(line.by, language)
    said = [f"{who} {_did(line, language)}"]
    if line.on_behalf_of is not None:
        said[0] += f" {_BEHALF.to(language)}"
    if line.count > 1:
        said[0] += f", {_TIMES.to(language).format(count=line.count)}"
    if line.refusal is None and line.basis is not None and not is_own:
        said.append(_GROUND.to(language).format(ground=GROUNDS[line.basis].to(language)))
    purpose = PURPOSES.get(line.purpose_of_use or "")
    if purpose is not None:
        said.append(_PURPOSE.to(language).format(purpose=purpose.to(language)))
    return ". ".join(said) + "."


def things(names: Sequence[str], language: str) -> list[str]:
    """Return what was shown, each thing in words; what has no word of its own is left out."""
    return [THINGS[name].to(language) for name in names if name in THINGS]


def _who(by: Author, language: str) -> str:
    place = by.organisation
    if place is None and by.organisation_number is not None:
        place = _NUMBERED.to(language).format(number=by.organisation_number)
    role = by.role.lower() if by.role else None
    at = f"{_AT.to(language)} {place}" if place and place != by.name else None
    described = " ".join(filter(None, (role, at)))
    return f"{by.name}, {described}," if described else by.name


def _did(line: LogLine, language: str) -> str:
    if line.refusal is not None:
        is_reading = line.operation is Operation.READ
        did = _TRIED_TO_SEE if is_reading else DID[line.operation]
        why = STOPPED[line.refusal].to(language)
        return _STOPPED.to(language).format(did=did.to(language), why=why)
    if line.operation is not Operation.READ:
        return DID[line.operation].to(language)
    seen = things(line.shown, language)
    return f"{_SAW.to(language)} {_listed(seen, language)}" if seen else _LOOKED.to(language)


def _listed(items: Sequence[str], language: str) -> str:
    """Return the items as they are said one after the other."""
    *before, last = items
    return f"{', '.join(before)} {_AND.to(language)} {last}" if before else last
