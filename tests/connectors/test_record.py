"""The connector to the record, against the simulated one over real HTTP."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any, cast

import aiohttp
import pytest
from msgspec.structs import replace
from starlette.applications import Starlette

from connectors.http import SourceClient, SourceFailure, SourceSettings
from connectors.record import ReceiverName, RecordConnector
from domain.identity_number import IdentityNumber, IdentityNumberKind
from domain.keeping.delivery import of_activated
from domain.keeping.record_document import RecordDocument, document_of
from domain.plan.part import PlanKind
from domain.source.section import ReasonCode
from simulators import record
from simulators.building import build
from simulators.record import Record
from simulators.serving import serve
from tests.connectors.asking import NORA, NOW, a_caller
from tests.domain.keeping.test_record_document import NORA as PATIENT
from tests.domain.keeping.test_record_document import VERSION
from tests.domain.parts import a_part

SYSTEM = a_caller(
    hpr_number=None, profession=None, point_of_care=None, system_organisation="999000002"
)


@dataclass
class Journal:
    """A running record, and the connector to it."""

    app: Starlette
    url: str
    connector: RecordConnector

    @property
    def kept(self) -> dict[str, Any]:
        source: Record = self.app.state.source
        return cast("dict[str, Any]", source.kept)

    async def faults(self, *faults: dict[str, Any]) -> None:
        async with (
            aiohttp.ClientSession() as http,
            http.put(f"{self.url}/_faults", json=faults) as answer,
        ):
            assert answer.status == 200


@pytest.fixture
async def journal() -> AsyncIterator[Journal]:
    app = record.create_app(build(today=NOW.date(), patients=1))
    async with serve(app) as url:
        settings = SourceSettings(
            name=ReceiverName.RECORD, base_url=url, token="dev-record", total_timeout=0.5
        )
        client = SourceClient(settings)
        yield Journal(app, url, RecordConnector(client))
        await client.close()


def a_document(**changes: Any) -> RecordDocument:
    number = IdentityNumber(value=NORA, kind=IdentityNumberKind.NATIONAL)
    patient = replace(PATIENT, identity_numbers=(number,))
    made = document_of(of_activated(a_part()), VERSION, PlanKind.KRISEPLAN, patient)
    assert made is not None
    return replace(made, **changes)


async def test_a_document_arrives_whole_and_its_receipt_comes_back(journal: Journal) -> None:
    document = a_document()
    receipt = await journal.connector.deliver(document, SYSTEM)
    kept = journal.kept[document.id]
    assert (receipt, kept.patient) == (kept.receipt, NORA)
    assert VERSION.content.title in kept.body.decode()


async def test_delivered_again_it_is_there_once_with_the_same_receipt(journal: Journal) -> None:
    document = a_document()
    first = await journal.connector.deliver(document, SYSTEM)
    assert await journal.connector.deliver(document, SYSTEM) == first
    assert len(journal.kept) == 1


async def test_what_the_record_won_t_have_has_no_receipt(journal: Journal) -> None:
    assert await journal.connector.deliver(a_document(organisation_number="1"), SYSTEM) is None


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        ({"kind": "status", "status": 503}, ReasonCode.SOURCE_ERROR),
        ({"kind": "status", "status": 429}, ReasonCode.SOURCE_RATE_LIMITED),
        ({"kind": "status", "status": 401}, ReasonCode.SOURCE_REFUSED),
        ({"kind": "reset"}, ReasonCode.SOURCE_UNREACHABLE),
        ({"kind": "hang", "ms": 5000}, ReasonCode.SOURCE_TIMEOUT),
        ({"kind": "wrongBody"}, ReasonCode.SOURCE_INVALID_ANSWER),
        ({"kind": "wrongBody", "body": "[]"}, ReasonCode.SOURCE_INVALID_ANSWER),
        (
            {"kind": "wrongBody", "body": '{"id": "J-1", "documentId": "en annens"}'},
            ReasonCode.SOURCE_INVALID_ANSWER,
        ),
        ({"kind": "truncate"}, ReasonCode.SOURCE_INVALID_ANSWER),
    ],
)
async def test_whatever_keeps_it_from_arriving_is_told_as_unknown(
    journal: Journal, fault: dict[str, Any], code: ReasonCode
) -> None:
    await journal.faults(fault)
    with pytest.raises(SourceFailure) as failed:
        await journal.connector.deliver(a_document(), SYSTEM)
    assert failed.value.code is code
