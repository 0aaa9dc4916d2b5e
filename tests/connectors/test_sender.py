"""The connector to the sending service, against the simulated one over real HTTP."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import aiohttp
import pytest

from connectors.http import SourceClient, SourceFailure, SourceSettings
from connectors.sender import Outcome, SenderConnector, SenderName
from domain.cooperation.notice_choice import Channel
from domain.source.section import ReasonCode
from simulators import sender
from simulators.building import build
from simulators.sender import Sender
from simulators.serving import serve
from tests.connectors.asking import NORA, NOW, a_caller
from tests.domain.cooperation.test_message import a_message

SYSTEM = a_caller(
    hpr_number=None, profession=None, point_of_care=None, system_organisation="999000002"
)
MESSAGE = a_message(number=NORA)


@dataclass
class Post:
    """A running sending service, and the connector to it."""

    sender: Sender
    url: str
    http: aiohttp.ClientSession
    connector: SenderConnector

    async def faults(self, *faults: dict[str, Any]) -> None:
        async with self.http.put(f"{self.url}/_faults", json=faults) as answer:
            assert answer.status == 200


@pytest.fixture
async def post() -> AsyncIterator[Post]:
    app = sender.create_app(build(today=NOW.date(), patients=1))
    async with serve(app) as url, aiohttp.ClientSession() as http:
        settings = SourceSettings(
            name=SenderName.SENDER, base_url=url, token="dev-sender", total_timeout=0.5
        )
        client = SourceClient(settings)
        yield Post(app.state.source, url, http, SenderConnector(client))
        await client.close()


@pytest.mark.parametrize("channel", list(Channel))
async def test_it_is_sent_once_however_often_it_is_ordered(post: Post, channel: Channel) -> None:
    message = a_message(number=NORA, channel=channel)
    first = await post.connector.send(message, SYSTEM)
    assert first.outcome is Outcome.ACCEPTED
    assert await post.connector.send(message, SYSTEM) == first
    (sent,) = post.sender.sent
    assert (sent.idempotency_id, sent.order_id) == (message.id, first.receipt)
    assert (sent.subject is None) is (channel is Channel.SMS)


async def test_what_was_sent_can_be_read(post: Post) -> None:
    await post.connector.send(MESSAGE, SYSTEM)
    async with post.http.get(f"{post.url}/_messages") as answer:
        (shown,) = await answer.json()
    assert (shown["number"], shown["channel"]) == (NORA, "Sms")
    assert "Helsenorge" in shown["body"]


@pytest.mark.parametrize("change", ["reserve-contact", "lose-contact"])
async def test_whom_the_register_does_not_let_through_gets_nothing(post: Post, change: str) -> None:
    wish = {"patient": NORA, "change": change}
    async with post.http.post(f"{post.url}/_changes", json=wish) as answer:
        assert answer.status == 200
    sent = await post.connector.send(MESSAGE, SYSTEM)
    assert (sent.outcome, sent.receipt, post.sender.sent) == (Outcome.UNREACHED, None, [])
    async with post.http.post(f"{post.url}/_changes", json=wish | {"change": "give-contact"}):
        pass
    again = await post.connector.send(a_message(id="msg_2", number=NORA), SYSTEM)
    assert again.outcome is Outcome.ACCEPTED


async def test_an_order_that_it_won_t_have_is_refused(post: Post) -> None:
    sent = await post.connector.send(a_message(number="12"), SYSTEM)
    assert (sent.outcome, post.sender.sent) == (Outcome.REFUSED, [])


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        ({"kind": "status", "status": 503}, ReasonCode.SOURCE_ERROR),
        ({"kind": "reset"}, ReasonCode.SOURCE_UNREACHABLE),
        ({"kind": "hang", "ms": 2000}, ReasonCode.SOURCE_TIMEOUT),
        ({"kind": "shortBody"}, ReasonCode.SOURCE_INVALID_ANSWER),
        ({"kind": "wrongBody"}, ReasonCode.SOURCE_INVALID_ANSWER),
        ({"kind": "wrongBody", "body": "{}"}, ReasonCode.SOURCE_INVALID_ANSWER),
    ],
)
async def test_without_an_answer_nobody_knows(
    post: Post, fault: dict[str, Any], code: ReasonCode
) -> None:
    await post.faults(fault)
    with pytest.raises(SourceFailure) as caught:
        await post.connector.send(MESSAGE, SYSTEM)
    assert caught.value.code is code
    assert NORA not in str(caught.value)


async def test_a_receipt_for_another_order_is_none(post: Post) -> None:
    answer = (
        '{"notificationOrderId": "N-1", "idempotencyId": "msg_9",'
        ' "recipientLookup": {"status": "Success"}}'
    )
    await post.faults({"kind": "wrongBody", "body": answer})
    with pytest.raises(SourceFailure):
        await post.connector.send(MESSAGE, SYSTEM)


async def test_without_the_secret_nothing_is_sent(post: Post) -> None:
    settings = SourceSettings(name=SenderName.SENDER, base_url=post.url, token="wrong")
    client = SourceClient(settings)
    with pytest.raises(SourceFailure) as caught:
        await SenderConnector(client).send(MESSAGE, SYSTEM)
    assert caught.value.code is ReasonCode.SOURCE_REFUSED
    await client.close()
