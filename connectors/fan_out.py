"""One call for each patient of a batch, all at once, each patient once."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from typing import Any, TypeVar

from domain.access.subject import Subject

T = TypeVar("T")


async def each_once(
    subjects: Sequence[Subject], ask: Callable[[Subject], Coroutine[Any, Any, T]]
) -> list[T]:
    """Return the answers in the order of the subjects; a subject that repeats is asked for once.

    How many run at a time is the client's bound. If one raises, the others are cancelled.
    """
    if len(subjects) == 1:
        return [await ask(subjects[0])]
    asked = {subject.patient_id: subject for subject in subjects}
    async with asyncio.TaskGroup() as tasks:
        answers = {key: tasks.create_task(ask(subject)) for key, subject in asked.items()}
    return [answers[subject.patient_id].result() for subject in subjects]
