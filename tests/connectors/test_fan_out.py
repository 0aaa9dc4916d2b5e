from __future__ import annotations

import asyncio

import pytest

from connectors.fan_out import each_once
from domain.access.subject import Subject
from tests.connectors.asking import a_subject


async def test_answers_come_in_the_order_asked_and_each_patient_is_asked_for_once() -> None:
    asked: list[str] = []

    async def ask(subject: Subject) -> str:
        asked.append(subject.patient_id)
        await asyncio.sleep(0 if subject.patient_id == "a" else 0.01)
        return subject.patient_id.upper()

    subjects = [a_subject(patient_id=key) for key in ("b", "a", "b", "c", "a")]
    assert await each_once(subjects, ask) == ["B", "A", "B", "C", "A"]
    assert sorted(asked) == ["a", "b", "c"]


async def test_no_subjects_are_no_answers() -> None:
    async def ask(subject: Subject) -> None:
        raise AssertionError

    assert await each_once([], ask) == []


async def test_a_mistake_of_ours_is_raised_and_the_others_are_cancelled() -> None:
    cancelled: list[str] = []

    async def ask(subject: Subject) -> None:
        if subject.patient_id == "bad":
            raise KeyError
        try:
            await asyncio.sleep(10)
        except asyncio.CancelledError:
            cancelled.append(subject.patient_id)
            raise

    with pytest.raises(ExceptionGroup) as caught:
        await each_once([a_subject(patient_id="slow"), a_subject(patient_id="bad")], ask)
    assert caught.group_contains(KeyError)
    assert cancelled == ["slow"]
