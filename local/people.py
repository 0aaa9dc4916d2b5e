"""The test persons, as the development issuer's tokens describe them.

Numbers of patients are those of the simulated world (`simulators/`); all of them are synthetic.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass

Claims = dict[str, object]

ATTEST_TYPE = "nhn:tillitsrammeverk:parameters"
ORGANISATION = "urn:oid:2.16.578.1.12.4.1.4.101"
PURPOSE = "urn:oid:2.16.840.1.113883.1.11.20448"
PROFESSION = "urn:oid:2.16.578.1.12.4.1.1.9060"
HPR = "helseid://claims/hpr/hpr_number"
IDENTITY = "helseid://claims/identity/"
ROLE = "dbep://claims/role"
CLIENT = "helseid://claims/client/claims/"

HOSPITAL = "983974899"
CHILD_WARD = "974795515"
MUNICIPALITY = "999000101"
COORDINATION = "999000134"
EMERGENCY_CLINIC = "999000150"
VENDOR = "999000900"

NUMBERS = {
    "arne": "02834530190",
    "kari": "14898430252",
    "ola": "03868130139",
}  # as in simulators/cast.py
ASSISTANT_NUMBER = "12849030289"


@dataclass(frozen=True)
class TestPerson:
    """Someone a token can be made out for; the role picker shows title and description."""

    __test__ = False  # not a test, whatever pytest thinks of the name

    title: str
    description: str
    claims: Mapping[str, object]

    @property
    def is_machine(self) -> bool:
        """Tell whether this is a system that asks for itself."""
        return "sub" not in self.claims

    def claims_at(self, now: float) -> Claims:
        """Return the person's claims in a token that is made out now."""
        claims = dict(self.claims)
        if HPR in claims:
            claims["authorization_details"] = [_attest(claims, now)]
        return claims


def _citizen(key: str, number: str, title: str, description: str) -> TestPerson:
    return TestPerson(
        title=title,
        description=description,
        claims={
            "sub": f"citizen-{key}",
            "client_id": "dbep-citizen-app",
            "name": title,
            IDENTITY + "pid": number,
            IDENTITY + "security_level": "4",
        },
    )


def _clinician(
    title: str,
    description: str,
    hpr: str,
    profession: str,
    place: tuple[str, str],
    purpose: str = "TREAT",
    **more: object,
) -> TestPerson:
    legal_entity, unit = place
    return TestPerson(
        title=title,
        description=description,
        claims={
            "sub": f"hpr-{hpr}",
            "client_id": "dbep-record-system",
            "name": title,
            HPR: hpr,
            IDENTITY + "security_level": "4",
            CLIENT + "orgnr_parent": legal_entity,
            CLIENT + "orgnr_child": unit,
            "profession": profession,
            "purpose": purpose,
            **more,
        },
    )


def _officer(key: str, title: str, description: str, legal_entity: str) -> TestPerson:
    return TestPerson(
        title=title,
        description=description,
        claims={
            "sub": f"officer-{key}",
            "client_id": "dbep-privacy-officer",
            "name": title,
            ROLE: "personvernombud",
            IDENTITY + "security_level": "4",
            CLIENT + "orgnr_parent": legal_entity,
        },
    )


PEOPLE: dict[str, TestPerson] = {
    "clinician": _clinician(
        "Ingrid Haugen",
        "Sykepleier på sykehusets barneavdeling.",
        "9144897",
        "SP",
        (HOSPITAL, CHILD_WARD),
    ),
    "citizen": _citizen(
        "arne", NUMBERS["arne"], "Arne Fjell", "Eldre mann med KOLS: sin egen plan."
    ),
    "parent": _citizen("kari", NUMBERS["kari"], "Kari Fjell", "Noras mor."),
    "father": _citizen("ola", NUMBERS["ola"], "Ola Fjell", "Noras far."),
    "assistant": _citizen(
        "vidar", ASSISTANT_NUMBER, "Vidar Berg", "Assistent på skolen: det som er delt med ham."
    ),
    "vendor": TestPerson(
        title="Nordlys Hjemmemåling AS",
        description="Maskinen til et firma for hjemmemåling.",
        claims={
            "client_id": "nordlys-home-monitoring",
            "name": "Nordlys Hjemmemåling AS",
            CLIENT + "orgnr_parent": VENDOR,
        },
    ),
    "doctor": _clinician(
        "Omar Rashid",
        "Overlege på sykehusets barneavdeling.",
        "7412582",
        "LE",
        (HOSPITAL, CHILD_WARD),
    ),
    "coordinator": _clinician(
        "Siri Nordvik",
        "Barnekoordinator i kommunen.",
        "8033226",
        "VP",
        (MUNICIPALITY, COORDINATION),
        "COC",
    ),
    "locum": _clinician(
        "Tuva Lien",
        "Vikar på legevakten, kjenner ingen av pasientene.",
        "9506421",
        "LE",
        (EMERGENCY_CLINIC, EMERGENCY_CLINIC),
        "ETREAT",
    ),
    "doctor_on_call": _clinician(
        "Omar Rashid",
        "Den samme overlegen, på vakt på legevakten: en annen arbeidsgiver, valgt ved innlogging.",
        "7412582",
        "LE",
        (EMERGENCY_CLINIC, EMERGENCY_CLINIC),
        "ETREAT",
    ),
    "student": _clinician(
        "Jonas Moe",
        "Sykepleierstudent på barneavdelingen, under veiledning av Ingrid Haugen.",
        "9601173",
        "SP",
        (HOSPITAL, CHILD_WARD),
        supervisor="9144897",
    ),
    "clinic_officer": _officer(
        "nina",
        "Nina Aas",
        "Personvernombud på legevakten: loggen, og nødtilganger å gjennomgå.",
        EMERGENCY_CLINIC,
    ),
    "officer": _officer(
        "marit",
        "Marit Solbakken",
        "Personvernombud på sykehuset: loggen og spørsmål om den, ingen planer.",
        HOSPITAL,
    ),
}


def _attest(claims: Claims, now: float) -> Claims:
    """Return the attest without a patient: who is at work, where and for what purpose."""
    profession, purpose = claims.pop("profession"), claims.pop("purpose")
    supervisor = claims.pop("supervisor", None)
    under = {"student": True, "supervisor": {"hpr_nr": supervisor}} if supervisor else {}
    return {
        "type": ATTEST_TYPE,
        "practitioner": {
            "hpr_nr": claims[HPR],
            "authorization": {"code": profession, "system": PROFESSION},
            "legal_entity": {"id": claims[CLIENT + "orgnr_parent"], "system": ORGANISATION},
            "point_of_care": {"id": claims[CLIENT + "orgnr_child"], "system": ORGANISATION},
            **under,
        },
        "care_relation": {"purpose_of_use": {"code": purpose, "system": PURPOSE}},
        "toa": int(now),
    }


def claims_of(name: str) -> Claims:
    """Return a test person's claims, made out now; raises KeyError for a name that is none."""
    return PEOPLE[name].claims_at(time.time())
