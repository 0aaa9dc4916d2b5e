"""What the people of the demonstration have reported: decided, and not left to chance."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from domain.content.observable import CATALOGUE, Observable
from domain.content.zone import ZoneLevel
from domain.following.assessment import Sign
from domain.following.measurement import NewMeasurement
from domain.following.report import Done, Feeling
from local.synthetic.cast import ARNE
from local.synthetic.diary import Diary, Teller
from local.synthetic.nora import INGRID, KARI, NORA, OLA
from local.synthetic.world import Person

Story = Callable[[Diary, datetime], None]

# The subjects are those of the test persons' tokens (local/people.py).
_KARI = Teller(KARI, "citizen-kari", NORA)
_OLA = Teller(OLA, "citizen-ola", NORA)
_ARNE = Teller(ARNE, "citizen-arne")

_DAY, _HOUR, _MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
_MORNINGS = (302, 296, 310, 305, 288, 270, 292, 300, 306, 298)
_SATURATIONS = (92, 91, 93, 92, 92, 91, 93, 92)


def of(person: Person) -> Story | None:
    """Return the story of somebody's reports, None where chance decides."""
    return {NORA: _nora, ARNE: _arne}.get(str(person.name))


def _nora(diary: Diary, now: datetime) -> None:
    """Mornings at two homes, a value that came late, a slip that was corrected, a yellow unseen."""
    morning = now - 20 * _MINUTE
    for days, peak_flow in zip(range(13, 3, -1), _MORNINGS, strict=True):
        at = morning - days * _DAY
        by = _KARI if days > 6 else _OLA  # a week with each
        diary.tell(by, at, _breath(at, peak_flow, 97), action_id="a2", done=Done.DONE)
    evening = morning - 4 * _DAY + 12 * _HOUR
    fever = (Sign(level=ZoneLevel.YELLOW, text="Feber"),)
    late = _breath(evening, 231, 95)
    diary.tell(_OLA, evening, late, evening + 11 * _HOUR, signs=fever, note="Ikke nett på hytta.")
    diary.see(INGRID, evening + 13 * _HOUR, "Ringte Ola. Feberen var nede om morgenen.")
    slip = morning - 2 * _DAY
    diary.tell(_KARI, slip, _breath(slip, 30, 97))
    diary.correct(_KARI, slip + 6 * _MINUTE, _breath(slip, 300, 97), "Glemte et siffer.")
    tired = "Våknet og hostet. Gikk bedre etter frokost."
    diary.tell(_KARI, morning - _DAY, note=tired, feeling=Feeling.SO_SO)
    diary.tell(_KARI, morning, _breath(morning, 220, 95), feeling=Feeling.BAD)


def _arne(diary: Diary, now: datetime) -> None:
    """Mornings by himself, and a walk that he did not take."""
    morning = now - 45 * _MINUTE
    for days, saturation in zip(range(8, 0, -1), _SATURATIONS, strict=True):
        at = morning - days * _DAY
        values = (
            _value(Observable.OXYGEN_SATURATION, saturation, at),
            _value(Observable.TEMPERATURE, 36.8, at),
            _value(Observable.RESPIRATION_RATE, 18, at),
        )
        diary.tell(_ARNE, at, values)
    diary.tell(_ARNE, morning, note="For glatt til å gå tur.", feeling=Feeling.SO_SO)


def _breath(at: datetime, peak_flow: float, saturation: float) -> tuple[NewMeasurement, ...]:
    return (
        _value(Observable.PEAK_FLOW, peak_flow, at),
        _value(Observable.OXYGEN_SATURATION, saturation, at),
    )


def _value(observable: Observable, value: float, at: datetime) -> NewMeasurement:
    unit = CATALOGUE[observable].unit
    return NewMeasurement(observable=observable, value=value, unit=unit, measured_at=at)
