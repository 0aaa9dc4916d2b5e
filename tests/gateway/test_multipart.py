from __future__ import annotations

from starlette.types import Message

from gateway.multipart import Multipart


async def test_a_part_is_sent_with_the_boundary_that_lets_it_be_read() -> None:
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    multipart = Multipart(send, "spec=1", ("x-event-id", "e-1"))
    assert not multipart.has_begun
    await multipart.part(b"1")
    assert multipart.has_begun
    await multipart.part(b"2", is_last=True)
    start, *bodies = sent
    assert start["status"] == 200
    assert dict(start["headers"]) == {
        b"content-type": b'multipart/mixed; boundary="graphql"; spec=1',
        b"x-accel-buffering": b"no",
        b"x-event-id": b"e-1",
    }
    head = b"\r\ncontent-type: application/json\r\n\r\n"
    assert [(each["body"], each["more_body"]) for each in bodies] == [
        (b"\r\n--graphql" + head + b"1\r\n--graphql", True),
        (head + b"2\r\n--graphql--\r\n", False),
    ]
