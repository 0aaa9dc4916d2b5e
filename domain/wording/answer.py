"""The sentences of an answer: zone, who reads, whom to call now; bokmål is complete."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime, time

from domain.content import observable
from domain.content.self_care import ReadingHours, Weekday
from domain.content.zone import ZoneLevel
from domain.following.answer import Answer, Called
from domain.following.reading import MIDNIGHT, Reading
from domain.following.report import URGENT
from domain.local_time import WEEKDAYS, clock, is_same_day, moment_in_words
from domain.wording.entry import label
from domain.wording.zone import zone_sentences
from domain.words import spoken

_WORDS: Mapping[str, Mapping[str, str]] = {
    "measure again": {
        "nb": "Mål på nytt: {values}. Se at apparatet og klokka virker.",
        "en": "Measure again: {values}. Check that the device and its clock work.",
    },
    "late": {
        "nb": "Dette gjelder {then}. Det kom hit først {received}.",
        "en": "This is about {then}. It came here only on {received}.",
    },
    "nobody": {
        "nb": "Ingen leser det som meldes her.",
        "en": "Nobody reads what is reported here.",
    },
    "reads": {
        "nb": "{unit} leser meldinger {hours}, men ikke på helligdager.",
        "en": "{unit} reads messages {hours}, but not on public holidays.",
    },
    "unknown hours": {
        "nb": "{unit} har ikke sagt når de leser meldinger.",
        "en": "{unit} has not said when they read messages.",
    },
    "open": {
        "nb": "Meldinger blir lest nå, til {until}.",
        "en": "Messages are being read now, until {until}.",
    },
    "closed": {"nb": "Ingen leser nå.", "en": "Nobody reads now."},
    "opens": {"nb": "Neste gang er {moment}.", "en": "The next time is {moment}."},
    "sent": {
        "nb": "Meldingen er sendt til {unit}. Ingen har sett den ennå.",
        "en": "The report has been sent to {unit}. Nobody has seen it yet.",
    },
    "seen": {"nb": "Sett av {who} {moment}.", "en": "Seen by {who} on {moment}."},
    "acted on": {"nb": "Fulgt opp av {who} {moment}.", "en": "Acted on by {who} on {moment}."},
    "passed on": {"nb": "{who} fikk beskjed {moment}.", "en": "{who} was told on {moment}."},
    "passing on": {
        "nb": "Har ingen sett den innen {moment}, får {who} beskjed.",
        "en": "If nobody has seen it by {moment}, {who} is told.",
    },
    "at once": {"nb": "{who} får beskjed med en gang.", "en": "{who} is told at once."},
    "call unit": {"nb": "Du kan ringe {unit}: {phone}.", "en": "You can call {unit}: {phone}."},
    "call in red": {
        "nb": "Gjør som planen sier. Ring 113 ved fare for liv. Legevakten er 116117.",
        "en": "Do what the plan says. Call 113 if life is in danger. Out of hours, call 116117.",
    },
    "call instead": {
        "nb": "Ring 116117, og 113 ved fare for liv.",
        "en": "Call 116117, and 113 if life is in danger.",
    },
    "call if needed": {
        "nb": "Trenger du hjelp nå: ring 116117, og 113 ved fare for liv.",
        "en": "If you need help now: call 116117, and 113 if life is in danger.",
    },
    "clock": {"nb": "kl. {clock}", "en": "{clock}"},
    "always": {"nb": "hele døgnet", "en": "at all hours"},
    "weekdays": {"nb": "hverdager", "en": "on weekdays"},
    "every day": {"nb": "alle dager", "en": "every day"},
    "on days": {"nb": "{days}", "en": "on {days}"},
    "and": {"nb": "{first} og {last}", "en": "{first} and {last}"},
}
_WORKDAYS = frozenset(Weekday) - {Weekday.SATURDAY, Weekday.SUNDAY}


def sentences(answer: Answer, language: str) -> tuple[str, ...]:
    """Return what the reporter is told; first the zone, last whom to call."""
    lang = spoken(language)
    report = answer.report
    if not report.is_current:
        return (f"{label(report.status, lang)}.", *_calling(answer, lang))
    return (
        *zone_sentences(report.level, report.assessment, lang),
        *_measure_again(answer, lang),
        *_late(answer, lang),
        *_reading(answer.reading, lang),
        *_receiving(answer, lang),
        *_calling(answer, lang),
    )


def hours_in_words(hours: Collection[ReadingHours], language: str) -> str:
    """Return when a unit reads: `hverdager 08–15 og lørdag 10–14`."""
    lang = spoken(language)
    return _listed([f"{_days(each.weekdays, lang)} {_span(each, lang)}" for each in hours], lang)


def _measure_again(answer: Answer, lang: str) -> Iterator[str]:
    if answer.to_measure_again:
        values = _listed([observable.name(each, lang) for each in answer.to_measure_again], lang)
        yield _say("measure again", lang, values=values)


def _late(answer: Answer, lang: str) -> Iterator[str]:
    if answer.report.is_late:
        then = moment_in_words(answer.report.told_of, lang)
        received = moment_in_words(answer.report.received_at, lang)
        yield _say("late", lang, then=then, received=received)


def _reading(reading: Reading, lang: str) -> Iterator[str]:
    if reading.reader is None:
        yield _say("nobody", lang)
        return
    hours = hours_in_words(reading.hours, lang)
    yield _say("reads" if hours else "unknown hours", lang, unit=reading.reader, hours=hours)
    if reading.closes_at is not None:
        yield _say("open", lang, until=_until(reading.closes_at, reading.at, lang))
    else:
        yield _say("closed", lang)
    if reading.opens_next_at is not None:
        yield _say("opens", lang, moment=moment_in_words(reading.opens_next_at, lang))


def _receiving(answer: Answer, lang: str) -> Iterator[str]:
    """Tell where a yellow or red report stands; of others, only what somebody has done."""
    received = answer.report.receiving
    if received is None:
        return
    if received.acted_at is not None:
        yield _done("acted on", received.acted_by, received.acted_at, lang)
    elif received.seen_at is not None:
        yield _done("seen", received.seen_by, received.seen_at, lang)
    elif answer.report.urgency in URGENT:
        yield _say("sent", lang, unit=received.unit)
    if received.escalated_at is not None:
        yield _done("passed on", received.escalated_to, received.escalated_at, lang)
    if answer.escalates_at is not None:
        is_now = answer.escalates_at <= answer.report.received_at
        words = "at once" if is_now else "passing on"
        yield _done(words, answer.escalates_to, answer.escalates_at, lang)


def _done(what: str, who: str | None, at: datetime, lang: str) -> str:
    return _say(what, lang, who=who or "", moment=moment_in_words(at, lang))


def _calling(answer: Answer, lang: str) -> Iterator[str]:
    for call in answer.calls:
        if call.called is Called.UNIT and call.phone is not None:
            yield _say("call unit", lang, unit=call.label or "", phone=call.phone)
    level = answer.report.level
    if level is ZoneLevel.RED:
        yield _say("call in red", lang)
    elif level is ZoneLevel.YELLOW and not answer.reading.is_open:
        yield _say("call instead", lang)
    else:
        yield _say("call if needed", lang)


def _until(closes: datetime, now: datetime, lang: str) -> str:
    if is_same_day(closes, now):
        return _say("clock", lang, clock=clock(closes))
    return moment_in_words(closes, lang)


def _days(weekdays: Collection[Weekday], lang: str) -> str:
    if set(weekdays) == _WORKDAYS:
        return _say("weekdays", lang)
    if set(weekdays) == set(Weekday):
        return _say("every day", lang)
    days = [WEEKDAYS[lang][day.value - 1] for day in Weekday if day in weekdays]
    return _say("on days", lang, days=_listed(days, lang))


def _span(hours: ReadingHours, lang: str) -> str:
    if hours.opens == hours.closes == MIDNIGHT:
        return _say("always", lang)
    closes = "24" if hours.closes == MIDNIGHT else _time(hours.closes)
    return f"{_time(hours.opens)}–{closes}"


def _time(clock: time) -> str:
    return f"{clock:%H:%M}" if clock.minute else f"{clock:%H}"


def _listed(words: list[str], lang: str) -> str:
    if len(words) < 2:
        return "".join(words)
    return _say("and", lang, first=", ".join(words[:-1]), last=words[-1])


def _say(what: str, lang: str, **words: str) -> str:
    return _WORDS[what][lang].format(**words)
