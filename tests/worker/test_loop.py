from __future__ import annotations

import asyncio
from contextlib import suppress

import pytest

from gateway.health import NotReady
from worker import loop
from worker.loop import Loop


class Counting:
    """A job that has so much to do, and then nothing."""

    def __init__(self, turns: int = 0, *, fails: bool = False) -> None:
        self.left = turns
        self.turns = 0
        self.fails = fails

    async def turn(self) -> bool:
        self.turns += 1
        self.left -= 1
        if self.fails:
            raise RuntimeError("05894500079")
        return self.left > 0


async def _run(for_seconds: float, rounds: Loop) -> None:
    with suppress(TimeoutError):
        async with asyncio.timeout(for_seconds):
            await rounds.run()


async def test_while_there_is_more_it_does_not_rest() -> None:
    job = Counting(turns=500)
    await _run(0.5, Loop([job], pause_seconds=60))
    assert job.turns == 500


async def test_a_job_that_fails_holds_up_no_other_and_its_message_is_not_logged(
    caplog: pytest.LogCaptureFixture,
) -> None:
    failing, other = Counting(fails=True), Counting()
    await _run(0.2, Loop([failing, other], pause_seconds=0.01))
    assert other.turns > 1
    assert failing.turns > 1
    assert "RuntimeError" in caplog.text
    assert "05894500079" not in caplog.text


async def test_a_loop_that_hangs_is_not_well(monkeypatch: pytest.MonkeyPatch) -> None:
    rounds = Loop([Counting()])
    await rounds.goes_round()
    monkeypatch.setattr(loop, "LATE_SECONDS", -1.0)
    with pytest.raises(NotReady, match="No round"):
        await rounds.goes_round()
