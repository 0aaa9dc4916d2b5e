"""The simulated sending service, with the contact register it looks people up in.

It keeps what it has sent and shows it at `GET /_messages`, as the phones and inboxes would.
Everybody can be reached but those whom `POST /_changes` has taken out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime

import msgspec
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from simulators.people import Person
from simulators.server import application
from simulators.source import Alteration, Settings, Source, bearer
from simulators.wire import Answer, Call, Handler, Refusal, json
from simulators.world import World

MOST_SMS_CHARACTERS = 2144


class _Sms(msgspec.Struct, rename="camel"):
    body: str
    sending_time_policy: str = "Daytime"


class _Email(msgspec.Struct, rename="camel"):
    subject: str
    body: str
    content_type: str = "Plain"


class _Person(msgspec.Struct, rename="camel"):
    national_identity_number: str
    channel_schema: str
    ignore_reservation: bool = False
    sms_settings: _Sms | None = None
    email_settings: _Email | None = None


class _Recipient(msgspec.Struct, rename="camel"):
    recipient_person: _Person


class _Order(msgspec.Struct, rename="camel"):
    idempotency_id: str
    recipient: _Recipient


@dataclass(frozen=True, slots=True)
class Message:
    """What a person got: how, when, and every word of it."""

    order_id: str
    idempotency_id: str
    number: str
    channel: str
    subject: str | None
    body: str
    at: str


_ORDER = msgspec.json.Decoder(_Order)


class Sender(Source):
    """Sends each order once, by its sender's id; ordered again, the answer is the same."""

    name = "sender"

    def __init__(self, world: World, settings: Settings) -> None:
        super().__init__(world, settings)
        self.sent: list[Message] = []
        self.answers: dict[str, dict[str, object]] = {}
        self.reserved: set[str] = set()
        self.without_contact: set[str] = set()

    def routes(self) -> Mapping[tuple[str, str], Handler]:
        return {("POST", "/notifications/orders"): self._order}

    def alterations(self) -> Mapping[str, Alteration]:
        return {
            "reserve-contact": self._take_out(self.reserved),
            "lose-contact": self._take_out(self.without_contact),
            "give-contact": self._give_contact,
        }

    def authenticate(self, call: Call) -> None:
        if bearer(call) != self.settings.sender_token:
            raise Refusal(401, "Ugyldig eller manglende token", "unauthorized")

    def failure(self, refusal: Refusal, event_id: str) -> bytes:
        return msgspec.json.encode(
            {"title": refusal.reason, "status": refusal.status, "traceId": event_id}
        )

    def forget(self, person: Person) -> None:
        """Forget nothing: what was sent can't be taken back."""

    def _order(self, call: Call) -> Answer:
        order = _decoded(call.body)
        known = self.answers.get(order.idempotency_id)
        if known is not None:
            return json(known)
        number = f"N-{len(self.answers) + 1:06}"
        person = order.recipient.recipient_person
        lookup = self._lookup(person)
        if lookup["status"] == "Success":
            self.sent.append(_message(order, number))
        answer: dict[str, object] = {
            "notificationOrderId": number,
            "idempotencyId": order.idempotency_id,
            "recipientLookup": lookup,
        }
        self.answers[order.idempotency_id] = answer
        return json(answer, 201)

    def _lookup(self, person: _Person) -> dict[str, object]:
        number = person.national_identity_number
        reserved = [number] if number in self.reserved and not person.ignore_reservation else []
        missing = [number] if number in self.without_contact else []
        status = "Failed" if reserved or missing else "Success"
        return {"status": status, "isReserved": reserved, "missingContact": missing}

    def _take_out(self, of: set[str]) -> Alteration:
        def change(person: Person) -> str:
            of.update(number.value for number in person.numbers)
            return "contact"

        return change

    def _give_contact(self, person: Person) -> str:
        for number in person.numbers:
            self.reserved.discard(number.value)
            self.without_contact.discard(number.value)
        return "contact"


def create_app(world: World, settings: Settings | None = None) -> Starlette:
    """Return the simulated sending service."""
    sender = Sender(world, settings or Settings())
    app = application(sender)

    async def messages(_: Request) -> Response:
        return JSONResponse([asdict(each) for each in sender.sent])

    app.routes.append(Route("/_messages", messages, methods=["GET"]))
    return app


def _decoded(body: bytes) -> _Order:
    try:
        order = _ORDER.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise Refusal(400, "Bestillingen kan ikke leses") from None
    person = order.recipient.recipient_person
    number = person.national_identity_number
    if not (number.isascii() and number.isdigit() and len(number) == 11):
        raise Refusal(422, "Mottakeren er ukjent")
    sms, email = person.sms_settings, person.email_settings
    is_sms = person.channel_schema == "Sms" and sms is not None
    is_email = person.channel_schema == "Email" and email is not None
    if not is_sms and not is_email:
        raise Refusal(400, "Kanal og tekst mangler eller hører ikke sammen")
    if sms is not None and len(sms.body) > MOST_SMS_CHARACTERS:
        raise Refusal(400, "Teksten er for lang for en SMS")
    return order


def _message(order: _Order, number: str) -> Message:
    person = order.recipient.recipient_person
    sms, email = person.sms_settings, person.email_settings
    return Message(
        order_id=number,
        idempotency_id=order.idempotency_id,
        number=person.national_identity_number,
        channel=person.channel_schema,
        subject=email.subject if email and person.channel_schema == "Email" else None,
        body=sms.body if sms else email.body if email else "",
        at=datetime.now(UTC).isoformat(timespec="seconds"),
    )
