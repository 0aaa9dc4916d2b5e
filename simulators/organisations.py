"""The health region of the synthetic world: who employs whom, and where patients are met.

Names are invented. The legal entity's number is the one that the attest in docs/sources.md shows.
"""

from __future__ import annotations

import msgspec

HOSPITAL = "983974899"
MUNICIPALITY = "999000101"
EMERGENCY_CLINIC = "999000150"
VENDOR = "999000900"


class Organisation(msgspec.Struct, frozen=True, rename="camel", omit_defaults=True):
    """A legal entity (no `part_of`) or a unit of one."""

    number: str
    name: str
    part_of: str | None = None
    location: str | None = None


def _unit(number: str, name: str, part_of: str, location: str | None = None) -> Organisation:
    return Organisation(number, name, part_of, location)


ORGANISATIONS: dict[str, Organisation] = {
    organisation.number: organisation
    for organisation in (
        Organisation(HOSPITAL, "Fjordvik universitetssykehus HF"),
        _unit(
            "974795515", "Barne- og ungdomsavdelingen", HOSPITAL, "Barnepoliklinikken, inngang C"
        ),
        _unit("974795523", "Lungeavdelingen", HOSPITAL, "Lungepoliklinikken, 3. etasje"),
        _unit("974795531", "Hjerteavdelingen", HOSPITAL, "Hjertepoliklinikken, 2. etasje"),
        _unit("974795540", "Endokrinologisk avdeling", HOSPITAL, "Diabetespoliklinikken"),
        _unit("974795558", "Kreftavdelingen", HOSPITAL, "Kreftpoliklinikken, inngang B"),
        _unit("974795566", "Nevrologisk avdeling", HOSPITAL, "Nevrologisk poliklinikk"),
        _unit("974795574", "Geriatrisk avdeling", HOSPITAL, "Geriatrisk poliklinikk"),
        _unit("974795582", "Barnehabiliteringen", HOSPITAL, "Barnehabiliteringen, Parkveien 4"),
        _unit("974795590", "Avansert hjemmesykehus for barn", HOSPITAL),
        _unit("974795604", "Palliativt team", HOSPITAL, "Palliativt senter"),
        _unit("974795612", "Psykiatrisk poliklinikk", HOSPITAL, "DPS Fjordvik"),
        Organisation(MUNICIPALITY, "Fjordvik kommune"),
        _unit("999000118", "Hjemmetjenesten Fjordvik", MUNICIPALITY),
        _unit("999000126", "Solsiden barneavlastning", MUNICIPALITY),
        _unit("999000134", "Koordinerende enhet Fjordvik", MUNICIPALITY),
        _unit("999000142", "Fysio- og ergoterapitjenesten", MUNICIPALITY),
        _unit("999000169", "Helsestasjons- og skolehelsetjenesten", MUNICIPALITY),
        _unit("999000177", "Psykisk helse og rus", MUNICIPALITY),
        Organisation(EMERGENCY_CLINIC, "Fjordvik legevakt"),
        Organisation("999000207", "Torget legesenter"),
        Organisation("999000215", "Strandgata fastlegekontor"),
        Organisation("999000223", "Solvær legekontor"),
        Organisation(VENDOR, "Nordlys Hjemmemåling AS"),
    )
}

GP_OFFICES = ("999000207", "999000215", "999000223")

PAEDIATRICS = "974795515"
LUNG = "974795523"
HEART = "974795531"
ENDOCRINOLOGY = "974795540"
CANCER = "974795558"
NEUROLOGY = "974795566"
GERIATRICS = "974795574"
HABILITATION = "974795582"
HOME_HOSPITAL = "974795590"
PALLIATIVE = "974795604"
PSYCHIATRY = "974795612"
HOME_CARE = "999000118"
RESPITE = "999000126"
COORDINATION = "999000134"
THERAPY = "999000142"
SCHOOL_HEALTH = "999000169"
MENTAL_HEALTH = "999000177"


def legal_entity(number: str) -> Organisation:
    """Return the legal entity that a unit belongs to, or the organisation itself."""
    organisation = ORGANISATIONS[number]
    return ORGANISATIONS[organisation.part_of] if organisation.part_of else organisation
