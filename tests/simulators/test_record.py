"""The record keeps each document once, and says no to what it can't keep."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from simulators.identity import is_valid
from simulators.world import World
from tests.simulators.asking import ARNE, NORA, Asking, Reply

SYSTEM: dict[str, Any] = {
    "system": {"legal_entity": {"id": "999000002", "system": "urn:oid:2.16.578.1.12.4.1.4.101"}},
    "toa": 1795388400,
}


def a_document(number: str = NORA, **changes: Any) -> dict[str, Any]:
    known = {
        "id": f"dlv_{uuid4()}",
        "patientNumber": {"value": number},
        "organisationNumber": "974795515",
        "text": "Egenbehandling",
        "content": {"title": "Egenbehandling"},
    }
    return known | changes


async def send(journal: Asking, document: object, **more: Any) -> Reply:
    return await journal.ask("POST", "/journal/documents", attest=SYSTEM, json=document, **more)


async def listed(journal: Asking, number: str) -> list[str]:
    found = await journal.ask(
        "POST", "/journal/documents/_search", attest=SYSTEM, json={"fnr": number}
    )
    return [each["documentId"] for each in found.json["documents"]]


async def test_a_document_is_kept_and_answered_with_a_receipt(journal: Asking) -> None:
    document = a_document()
    answer = await send(journal, document)
    assert (answer.status, answer.json["documentId"]) == (201, document["id"])
    assert answer.json["id"]
    assert await listed(journal, NORA) == [document["id"]]
    assert await listed(journal, ARNE) == []


async def test_sent_again_it_is_kept_once_and_the_receipt_is_the_same(journal: Asking) -> None:
    document = a_document()
    first, second = await send(journal, document), await send(journal, document)
    assert (first.json, second.status) == (second.json, 200)
    assert len(await listed(journal, NORA)) == 1


@pytest.mark.parametrize(
    ("document", "status"),
    [
        ([], 400),
        ({}, 400),
        (a_document(text=None), 400),
        (a_document(organisationNumber="123"), 422),
        (a_document(organisationNumber="abcdefghi"), 422),
        (a_document("12345678901"), 422),
    ],
)
async def test_what_it_can_t_keep_is_refused(
    journal: Asking, document: object, status: int
) -> None:
    answer = await send(journal, document)
    assert answer.status == status
    assert answer.json["error"]["message"]


async def test_it_asks_for_its_own_token(journal: Asking) -> None:
    answer = await send(journal, a_document(), headers={"Authorization": "Bearer feil"})
    assert answer.status == 401


async def test_its_faults_can_be_switched_on_for_one_patient(journal: Asking) -> None:
    await journal.faults([{"kind": "status", "status": 503, "patient": NORA}])
    assert (await send(journal, a_document())).status == 503
    assert (await send(journal, a_document(ARNE))).status == 201


def test_everybody_in_the_world_can_have_a_document(world: World) -> None:
    assert all(is_valid(person.number.value) for person in world.people)


async def test_a_death_is_told_in_the_register_s_feed(kj: Asking, world: World) -> None:
    last = (await deaths(kj, 0))["siste"]
    someone = world.people[-1].number.value  # nobody whom another test is about
    await kj.change(someone, "die")
    await kj.change(NORA, "addAllergy")
    told = await deaths(kj, last)
    assert [death["fnr"] for death in told["dodsfall"]] == [someone]
    assert told["dodsfall"][0]["dodsdato"]
    assert (await deaths(kj, told["siste"]))["dodsfall"] == []


async def deaths(kj: Asking, after: int) -> dict[str, Any]:
    answer = await kj.ask("POST", "/v1/dodsfall", attest=SYSTEM, json={"etter": after})
    found: dict[str, Any] = answer.json
    return found
