"""The receiver that docs/webhooks.md shows is run as it stands there."""

from __future__ import annotations

import asyncio
import base64
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from connectors.webhook import WebhookClient, signed
from domain.event import EventKind
from domain.live.address import Reach
from domain.live.change import ChangedSection, ChangeNotice
from domain.live.webhook import Failure
from tests.docs.markdown import ROOT
from worker import webhook_message

TEXT = (ROOT / "docs" / "webhooks.md").read_text(encoding="utf-8")
KEYS = [b"n" * 32, b"o" * 32]
NOTICE = ChangeNotice(
    id="5c9d",
    kind=EventKind.PART_REVISED,
    section=ChangedSection.PLAN,
    at=datetime(2026, 11, 22, tzinfo=UTC),
    patient_id="pat_1",
    subject_id="prt_1",
    version=3,
    cursor="somewhere",
)


class Example:
    """The receiver as a process of its own, and the way to it."""

    def __init__(self, url: str, output: Path) -> None:
        self.url = url
        self.output = output
        self.client = WebhookClient(Reach(plain=True, private=True))

    async def told(self, keys: list[bytes], at: datetime | None = None) -> Failure | None:
        """Send the change and return why it was not taken."""
        message = webhook_message.of_change(NOTICE)
        headers = message.headers(at or datetime.now(UTC), keys)
        return (await self.client.send(self.url, headers, message.body)).failure


@pytest.fixture(scope="module")
async def example(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Example]:
    (source,) = re.findall(r"```python\n(.*?)```", TEXT, re.DOTALL)
    folder = tmp_path_factory.mktemp("receiver")
    (folder / "receiver.py").write_text(source)
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    secrets = " ".join("whsec_" + base64.b64encode(key).decode() for key in KEYS)
    with (folder / "output").open("wb") as output:
        process = subprocess.Popen(  # noqa: ASYNC220  # it only starts
            [sys.executable, str(folder / "receiver.py"), str(port)],
            env={**os.environ, "SECRETS": secrets},
            stdout=output,
        )
    example = Example(f"http://127.0.0.1:{port}/hook", folder / "output")
    until = time.monotonic() + 20
    while await example.told([b"x"]) is Failure.UNREACHABLE and time.monotonic() < until:  # noqa: ASYNC110  # no event
        await asyncio.sleep(0.05)
    yield example
    await example.client.close()
    process.terminate()
    process.wait(10)


async def test_it_answers_a_challenge(example: Example) -> None:
    now = datetime.now(UTC)
    challenge, message = webhook_message.a_challenge(now)
    headers = message.headers(now, KEYS[:1])
    failure, said = await example.client.send(example.url, headers, message.body, reads=True)
    assert failure is None
    assert webhook_message.is_answered(challenge, KEYS[:1], said)
    assert not webhook_message.is_answered(challenge, [b"other"], said)
    assert not webhook_message.is_answered(challenge, KEYS, msgspec.json.encode({"response": ""}))


async def test_it_takes_what_is_genuine_once_and_refuses_the_rest(example: Example) -> None:
    for keys in (KEYS[:1], KEYS[1:], [b"x", KEYS[0]]):
        assert await example.told(keys) is None
    assert await example.told([b"somebody else's"]) is Failure.STATUS_4XX
    old = datetime.now(UTC) - timedelta(minutes=6)
    assert await example.told(KEYS, old) is Failure.STATUS_4XX
    assert example.output.read_text().splitlines() == ["PART_REVISED prt_1"]


def test_a_known_message_has_a_known_signature() -> None:
    # Computed with `openssl dgst -sha256 -mac HMAC`, apart from any of this.
    at = datetime.fromtimestamp(1_674_087_231, UTC)
    headers = signed("msg_1", at, b'{"a":1}', [b"k" * 24])
    assert headers["webhook-timestamp"] == "1674087231"
    assert headers["webhook-signature"] == "v1,rnzLWpMOExQDLxbQ41VF/MSd+OQRPBlq8Y/KPGzVmgI="
