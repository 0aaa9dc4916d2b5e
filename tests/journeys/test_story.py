"""docs/story.md, every step of it in order, against the whole stack."""

from __future__ import annotations

import asyncio
import re
from datetime import timedelta
from typing import Any

from gateway.settings import Settings
from local.settings import PORTS
from tests.docs.kept import Names, put_in, unlike
from tests.docs.story import Curl, Step, chosen, steps
from tests.gateway.serving import serving
from tests.journeys.conftest import Stack
from tests.journeys.emitted import EMITTED
from worker.app import create_app

# Questions; the worker asks a source that was down again after minutes of the stack's clock.
PATIENCE = 300
_TOKEN = re.compile(r"\$\(python3 dev\.py token (\w+)\)")


async def test_the_story_runs_as_it_is_told(own_stack: Stack) -> None:
    names: Names = chosen()
    for step in steps():
        own_stack.now += timedelta(seconds=1)
        answer = await _answer(own_stack, step, names)
        faults = unlike(step.answer, answer, names)
        assert not faults, "\n".join([f"story.md, step {step.number}:", *faults, str(answer)])
        assert "errors" not in answer or "errors" in step.answer, f"{step.number}: {answer}"


async def _answer(stack: Stack, step: Step, names: Names) -> Any:
    if step.is_asked_until:
        return await _when_worked(stack, step, names)
    return await (_curl if step.command else _ask)(stack, step, names)


async def _when_worked(stack: Stack, step: Step, names: Names) -> Any:
    """Ask until the answer is as told, or for long enough, while the worker works."""
    assert isinstance(stack.settings, Settings)
    worker = create_app(stack.settings, lambda: stack.now, 0.05)
    async with serving(EMITTED.watched(worker)):
        for _ in range(PATIENCE):
            answer = await _ask(stack, step, names)
            if not unlike(step.answer, answer, dict(names)):
                break
            await asyncio.sleep(0.1)
            stack.now += timedelta(seconds=1)
        return answer


async def _ask(stack: Stack, step: Step, names: Names) -> Any:
    return await stack.ask(step.person, step.document, **put_in(step.variables, names))


async def _curl(stack: Stack, step: Step, names: Names) -> Any:
    command = Curl.read(_TOKEN.sub(lambda found: stack.token(found[1]), step.command))
    headers = put_in(command.headers, names)
    body = put_in(command.body, names)
    url = _address(stack, command.url)
    async with stack.session.request(command.method, url, headers=headers, data=body) as answer:
        assert answer.status < 300, f"story.md, {step.number}: {await answer.text()}"
        return await answer.json()


def _address(stack: Stack, url: str) -> str:
    """Return the address in the stack for one of `dev.py run`."""
    running = {"DBEP_PORT": stack.url} | {
        f"DBEP_{name.upper()}_PORT": source for name, source in stack.sources.items()
    }
    for setting, address in running.items():
        url = url.replace(f"http://127.0.0.1:{PORTS[setting]}", address)
    return url
