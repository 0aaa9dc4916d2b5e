"""Orders messages from a sending service, which looks the person up in the contact register.

The order has the shape of Altinn's notification orders. The service is told who is to be reached
and what to say; the register (Kontakt- og reservasjonsregisteret) says where, or that not at all.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import Any

import msgspec

from connectors.http import Answer, Endpoint, SourceClient, SourceFailure
from domain.caller import Caller
from domain.cooperation.message import Message
from domain.cooperation.notice_choice import Channel
from domain.noun import Noun
from domain.source.section import ReasonCode
from domain.wording.message import words

ORDER = Endpoint("POST", "/notifications/orders", frozenset({200, 201, 400, 413, 422}))

_HEADERS = {"Content-Type": "application/json"}


class SenderName(Enum):
    """The systems that send something to people, as the log names them."""

    SENDER = "SENDER"


class Outcome(Enum):
    """What a sending service does with an order that it has read.

    UNREACHED: the register has a reservation, or no number or address. REFUSED: it does not want
    the order as it is.
    """

    ACCEPTED = "ACCEPTED"
    UNREACHED = "UNREACHED"
    REFUSED = "REFUSED"


class Sent(Noun):
    """What came of an order; `receipt` is the service's own id of it when it was accepted."""

    outcome: Outcome
    receipt: str | None = None


class _Lookup(msgspec.Struct, rename="camel"):
    status: str


class _Receipt(msgspec.Struct, rename="camel"):
    notification_order_id: str
    idempotency_id: str
    recipient_lookup: _Lookup


_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(_Receipt).decode


class SenderConnector:
    """The service sends an order once by its idempotency id, so that ordering again is safe."""

    def __init__(self, client: SourceClient) -> None:
        self._client = client

    async def send(self, message: Message, caller: Caller) -> Sent:
        """Return what the service does with a message.

        Raises SourceFailure when there was no answer that can be used: then nobody knows whether
        it was sent, and it is to be ordered again, as the same.
        """

        def read(answer: Answer) -> Sent:
            if answer.status >= 400:
                return Sent(outcome=Outcome.REFUSED)
            return _sent(answer, message.id)

        body = _encode(_order(message))
        return await self._client.call(ORDER, caller, read, headers=_HEADERS, body=body)


def _sent(answer: Answer, message_id: str) -> Sent:
    try:
        receipt = _decode(answer.body)
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise SourceFailure(ReasonCode.SOURCE_INVALID_ANSWER) from None
    if receipt.idempotency_id != message_id or not receipt.notification_order_id:
        raise SourceFailure(ReasonCode.SOURCE_INVALID_ANSWER)
    if receipt.recipient_lookup.status != "Success":
        return Sent(outcome=Outcome.UNREACHED)
    return Sent(outcome=Outcome.ACCEPTED, receipt=receipt.notification_order_id)


def _order(message: Message) -> Mapping[str, Any]:
    """Return the order: quiet hours are ours, so that the service may send at any time."""
    said = words(message.language, is_urgent=message.is_urgent)
    settings: Mapping[str, Any]
    if message.channel is Channel.SMS:
        settings = {"smsSettings": {"body": said.body, "sendingTimePolicy": "Anytime"}}
    else:
        text = {"subject": said.subject, "body": said.body, "contentType": "Plain"}
        settings = {"emailSettings": text}
    person = {
        "nationalIdentityNumber": message.number,
        "ignoreReservation": False,
        "channelSchema": "Sms" if message.channel is Channel.SMS else "Email",
        **settings,
    }
    return {"idempotencyId": message.id, "recipient": {"recipientPerson": person}}
