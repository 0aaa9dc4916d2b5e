"""Asks a simulated source as a caller would, with all headers right unless told otherwise."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

import aiohttp

NORA = "20811590267"
ARNE = "02834530190"
EMIL = "11852290341"
KARI = "14898430252"
BLOCKED = "05846813804"
RESTRICTED = "17897505746"
NO_JOURNAL = "11829092680"
RESERVED = "30865104940"
NO_PRESCRIPTIONS = "08914999465"
LOCKED = "21878336590"
HELD_BACK = "14836247265"
TEMPORARY = "80875172690"
EMPTY = "09859922500"
UNKNOWN_CODES = "26885704203"
MANY = "19814410431"

FNR = "urn:oid:2.16.578.1.12.4.1.4.1"

ORGANISATION = {"id": "983974899", "system": "urn:oid:2.16.578.1.12.4.1.4.101"}
CLINICIAN: dict[str, Any] = {
    "practitioner": {
        "hpr_nr": "9144897",
        "authorization": {"code": "SP", "system": "urn:oid:2.16.578.1.12.4.1.1.9060"},
        "legal_entity": ORGANISATION,
    },
    "care_relation": {
        "purpose_of_use": {"code": "TREAT", "system": "urn:oid:2.16.840.1.113883.1.11.20448"}
    },
    "toa": 1795388400,
}
CITIZEN: dict[str, Any] = {"citizen": {"representation": "SELF"}, "toa": 1795388400}

PURPOSE = {"system": "urn:oid:2.16.840.1.113883.1.11.20448"}
ACUTE = CLINICIAN | {"care_relation": {"purpose_of_use": PURPOSE | {"code": "ETREAT"}}}
_ATTESTS = {"INNSYN": CITIZEN, "AKUTT": ACUTE}


@dataclass
class Reply:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        """The body as JSON."""
        return json.loads(self.body)


@dataclass
class Asking:
    """A caller of one source."""

    session: aiohttp.ClientSession
    url: str
    token: str
    more: dict[str, str] = field(default_factory=dict)

    async def ask(
        self,
        method: str,
        path: str,
        *,
        attest: dict[str, Any] | None = CLINICIAN,
        headers: dict[str, str | None] | None = None,
        **body: Any,
    ) -> Reply:
        """Call with right headers; a header given as None is left out."""
        sent: dict[str, str | None] = {
            "Authorization": f"Bearer {self.token}",
            "nhn-event-id": "hendelse-1",
            "nhn-attest": quote(json.dumps(attest)) if attest else None,
            **self.more,
            **(headers or {}),
        }
        kept = {name: value for name, value in sent.items() if value is not None}
        async with self.session.request(method, self.url + path, headers=kept, **body) as answer:
            reply = {name.lower(): value for name, value in answer.headers.items()}
            return Reply(answer.status, reply, await answer.read())

    async def faults(self, faults: list[dict[str, Any]]) -> None:
        """Set the fault switch."""
        async with self.session.put(f"{self.url}/_faults", json=faults) as answer:
            assert answer.status == 200, await answer.text()

    async def change(self, number: str, change: str) -> dict[str, Any]:
        """Make a change happen."""
        wish = {"patient": number, "change": change}
        async with self.session.post(f"{self.url}/_changes", json=wish) as answer:
            assert answer.status == 200, await answer.text()
            made: dict[str, Any] = await answer.json()
            return made

    # Kjernejournal

    async def indicator(self, number: str, **more: Any) -> Reply:
        """Ask for the indicator."""
        headers = {"X-EPJ-System": "DBEP"} | more.pop("headers", {})
        return await self.ask(
            "POST", "/v1/helseindikator", headers=headers, json={"fnr": number}, **more
        )

    async def critical(
        self, number: str, kind: str = "AllergyIntolerance", basis: str = "UNNTAK", **more: Any
    ) -> Reply:
        """Ask for critical information, with a ticket from the indicator."""
        attest = _ATTESTS.get(basis, CLINICIAN)
        ticket = (await self.indicator(number)).json.get("ticket", "ingen")
        role = {"system": "urn:oid:2.16.578.1.12.4.1.1.9060", "code": "SP"}
        headers = {
            "nhn-patient-nin": number,
            "nhn-user-role": None if attest is CITIZEN else quote(json.dumps(role)),
            "nhn-source-system": "DBEP-test",
            "nhn-access-basis": basis,
            "ticket": ticket,
        } | more.pop("headers", {})
        path = f"/critical-information/v1/{kind}"
        return await self.ask("GET", path, attest=attest, headers=headers, **more)

    # Medication

    async def medicines(
        self,
        number: str,
        consent: str | None = "HPUNNTAK",
        extra: dict[str, str] | None = None,
        **more: Any,
    ) -> Reply:
        """Ask for a medicine list."""
        patient = {"resourceType": "Patient", "identifier": [{"system": FNR, "value": number}]}
        parameters: list[dict[str, Any]] = [{"name": "patient", "resource": patient}]
        for name, code in ({"SamtykkeKjernejournal": consent} | (extra or {})).items():
            if code:
                parameters.append({"name": name, "valueCode": code})
        body = {"resourceType": "Parameters", "parameter": parameters}
        return await self.ask("POST", "/Patient/$getMedication", json=body, **more)

    # Hospital

    async def search(self, kind: str, *numbers: str, **more: Any) -> Reply:
        """Search for many patients' resources."""
        form = {
            "patient.identifier": ",".join(f"{FNR}|{number}" for number in numbers),
            "_include": "*",
            "_count": str(more.pop("count", 1000)),
        }
        return await self.ask("POST", f"/{kind}/_search", data=form, **more)

    async def documents(self, number: str, **more: Any) -> Reply:
        """Ask for one patient's documents."""
        form = {"patient.identifier": f"{FNR}|{number}", "status": "current", "_sort": "-date"}
        return await self.ask("POST", "/DocumentReference/_search", data=form, **more)
