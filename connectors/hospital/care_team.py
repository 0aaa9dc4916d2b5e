"""From the hospital's care teams to those who take part in them."""

from __future__ import annotations

from collections.abc import Iterable

from connectors.fhir.bundle import Entry
from connectors.fhir.concept import coded_in, first_words
from connectors.hospital.included import Included
from connectors.hospital.wire import WireCareTeam, WireParticipant, WireRole
from domain.coding import Coding
from domain.plan.care_team import CareTeamFunction, CareTeamMember

_PROFESSION = "urn:oid:2.16.578.1.12.4.1.1.9060"

_FUNCTIONS = {
    "planansvarlig": CareTeamFunction.PLAN_RESPONSIBLE,
    "primærkontakt": CareTeamFunction.PRIMARY_CONTACT,
    "koordinator": CareTeamFunction.COORDINATOR,
    "barnekoordinator": CareTeamFunction.CHILD_COORDINATOR,
    "kontaktlege": CareTeamFunction.CONTACT_DOCTOR,
}

# A team that has ended is nobody's team any more; one with an unknown status may be.
_ENDED = frozenset({"inactive", "entered-in-error"})


def references_of(team: WireCareTeam) -> Iterable[str]:
    """Return the addresses of the patient and of the members."""
    members = (participant.member for participant in team.participant)
    return [r.reference for r in (team.subject, *members) if r and r.reference]


def members_in(
    entry: Entry[WireCareTeam], included: Included, wrong: list[str]
) -> list[CareTeamMember]:
    """Return the members of a team that hasn't ended; one without a name is told in `wrong`."""
    team = entry.resource
    if team.status in _ENDED:
        return []
    members: dict[str, CareTeamMember] = {}
    for index, participant in enumerate(team.participant):
        name = included.name_of(participant.member)
        if name is None:
            wrong.append(f"{entry.path}.participant[{index}].member")
            continue
        address = (participant.member.reference if participant.member else None) or str(index)
        # By its member, so that an id outlives a new order; a second task of one gets a number.
        id = f"{team.id}/{address.rsplit('/', 1)[-1]}"
        id = f"{id}/{index}" if id in members else id
        members[id] = _member(id, name, team, participant, included)
    return list(members.values())


def _member(
    id: str, name: str, team: WireCareTeam, participant: WireParticipant, included: Included
) -> CareTeamMember:
    role = included.find(participant.member, WireRole)
    organisation = role.organization if role else None
    period = participant.period
    return CareTeamMember(
        id=id,
        name=name,
        role=_role(participant, role),
        functions=_functions(participant),
        organisation=included.name_of(organisation),
        organisation_number=included.organisation_number(organisation),
        team=team.name,
        phone=_phone(role),
        reachable=role.availability_exceptions if role else None,
        since=period.start.day if period and period.start else None,
        until=period.end.day if period and period.end else None,
    )


def _role(participant: WireParticipant, role: WireRole | None) -> Coding | None:
    """Return the profession; where no code is known, the source's word for the role."""
    coding = coded_in(_PROFESSION, participant.role) or coded_in(
        _PROFESSION, role.code if role else ()
    )
    text = first_words(participant.role)
    if coding is None or not coding.code:
        return Coding(text=text) if text else None
    return Coding(text=coding.display or coding.code, system=_PROFESSION, code=coding.code)


def _functions(participant: WireParticipant) -> tuple[CareTeamFunction, ...]:
    texts = (concept.text.strip().casefold() for concept in participant.role if concept.text)
    return tuple(_FUNCTIONS[text] for text in texts if text in _FUNCTIONS)


def _phone(role: WireRole | None) -> str | None:
    telecom = role.telecom if role else ()
    return next((t.value for t in telecom if t.system == "phone" and t.value), None)
