"""What zone evaluation found, in words; bokmål is complete. Numbers are as registered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import ROUND_FLOOR, Decimal

from domain.content.observable import CATALOGUE, canonical, is_possible, name
from domain.content.zone import Threshold, ThresholdBasis, ZoneLevel
from domain.following.assessment import Assessment, Doubt, Finding, FindingKind
from domain.local_time import moment_in_words
from domain.words import DEFAULT_LANGUAGE, spoken

Words = Mapping[str, Mapping[str, str]]

_LEVELS: Mapping[ZoneLevel, Mapping[str, str]] = {
    ZoneLevel.GREEN: {"nb": "grønn", "en": "green"},
    ZoneLevel.YELLOW: {"nb": "gul", "en": "yellow"},
    ZoneLevel.RED: {"nb": "rød", "en": "red"},
}
_UNITS: Words = {
    "/min": {"nb": "per minutt", "en": "per minute"},
    "{beats}/min": {"nb": "per minutt", "en": "per minute"},
    "{breaths}/min": {"nb": "per minutt", "en": "per minute"},
    "{score}": {"nb": "poeng", "en": "points"},
    "mm[Hg]": {"nb": "mmHg", "en": "mmHg"},
    "Cel": {"nb": "°C", "en": "°C"},
    "[degF]": {"nb": "°F", "en": "°F"},
}
_RANGES: Words = {
    "low": {"nb": "{low} {unit} eller mer", "en": "{low} {unit} or more"},
    "high": {"nb": "under {high} {unit}", "en": "below {high} {unit}"},
    "both": {"nb": "mellom {low} og {high} {unit}", "en": "between {low} and {high} {unit}"},
    "baseline": {
        "nb": "{range} av egen beste verdi ({baseline} {unit})",
        "en": "{range} of the personal best ({baseline} {unit})",
    },
    "lasting": {
        "nb": "{range} og har vært det i {hours} timer",
        "en": "{range} and has been for {hours} hours",
    },
}
_FOUND: Mapping[FindingKind, Mapping[str, str]] = {
    FindingKind.MEASUREMENT: {
        "nb": "{level} sone: {name} {quantity} er {range}.",
        "en": "{level} zone: {name} {quantity} is {range}.",
    },
    FindingKind.SIGN: {"nb": "{level} sone: «{name}».", "en": "{level} zone: “{name}”."},
    FindingKind.CHOICE: {
        "nb": "{level} sone er valgt i meldingen.",
        "en": "The {level} zone was chosen in the report.",
    },
}
_TOLD = {"nb": "{level} sone, slik det er meldt.", "en": "{level} zone, as reported."}
_CANNOT_SAY = {
    "nb": "Vi kan ikke si hvilken sone dette er.",
    "en": "We can't say which zone this is.",
}
_READ_THE_PLAN = {
    "nb": "Les sonene i planen, og se hvilken som passer.",
    "en": "Read the zones of the plan, and see which one fits.",
}
_WHOLE: Mapping[Doubt, Mapping[str, str]] = {
    Doubt.SWITCHED_OFF: {
        "nb": "Sonen blir ikke regnet ut her.",
        "en": "The zone is not worked out here.",
    },
    Doubt.NOT_APPROVED: {
        "nb": "Planen er ikke godkjent ennå, så sonen blir ikke regnet ut.",
        "en": "The plan is not approved yet, so the zone is not worked out.",
    },
    Doubt.ON_HOLD: {
        "nb": "Planen er satt på vent, så sonen blir ikke regnet ut.",
        "en": "The plan is on hold, so the zone is not worked out.",
    },
    Doubt.NOTHING_TO_GO_ON: {
        "nb": "Planen har ingen grenser å måle mot, og ingen sone er valgt.",
        "en": "The plan has no limits to measure against, and no zone was chosen.",
    },
}
_ABOUT = {
    "nb": "Vi kan ikke si noe om {name}: {why}.",
    "en": "We can't say anything about {name}: {why}.",
}
_DOUBTS: Mapping[Doubt, Mapping[str, str]] = {
    Doubt.MISSING: {"nb": "ingen verdi er meldt", "en": "no value was reported"},
    Doubt.OLD: {
        "nb": "siste verdi er fra {moment}",
        "en": "the last value is from {moment}",
    },
    Doubt.IN_THE_FUTURE: {
        "nb": "tidspunktet for målingen er ikke kommet ennå",
        "en": "the time of the measurement has not come yet",
    },
    Doubt.IMPOSSIBLE: {"nb": "verdien kan ikke stemme", "en": "the value can't be right"},
    Doubt.WRONG_UNIT: {
        "nb": "verdien har en enhet vi ikke kan bruke",
        "en": "the value has a unit that we can't use",
    },
    Doubt.NO_ZONE: {
        "nb": "planen har ingen sone for {quantity}",
        "en": "the plan has no zone for {quantity}",
    },
    Doubt.NOT_SHOWN_TO_LAST: {
        "nb": "{quantity} er {level} sone når det har vart i {hours} timer, og det vet vi ikke",
        "en": "{quantity} is the {level} zone after {hours} hours, and that we don't know",
    },
    Doubt.UNUSABLE_LIMIT: {
        "nb": "grensen i planen kan ikke brukes",
        "en": "the limit in the plan can't be used",
    },
    Doubt.EXAMPLE_LIMIT: {
        "nb": "grensen i planen er et eksempel som ingen har fastsatt for pasienten",
        "en": "the limit in the plan is an example that nobody has set for the patient",
    },
    Doubt.UNKNOWN_OBSERVABLE: {
        "nb": "vi kjenner ikke denne målingen",
        "en": "we don't know this measurement",
    },
    Doubt.UNKNOWN_SIGN: {
        "nb": "tegnet står ikke i planen",
        "en": "the sign is not in the plan",
    },
}
_THEN = {
    "nb": "{why}, og var da i {level} sone",
    "en": "{why}, and was in the {level} zone then",
}


def level_name(level: ZoneLevel, language: str) -> str:
    """Return a zone's colour as it stands in running text."""
    return _LEVELS[level][spoken(language)]


def quantity(value: float, unit: str, language: str) -> str:
    """Return a value with its unit as people write it: `3,5 mmol/L`, `72 per minutt`."""
    return f"{_number(value, language)} {_unit(unit, language)}"


def range_in_words(threshold: Threshold, language: str) -> str:
    """Return a threshold's limits: `under 80 % av egen beste verdi (310 L/min)`."""
    lang = spoken(language)
    low, high = (
        "" if end is None else _number(end, lang) for end in (threshold.low, threshold.high)
    )
    is_percent = threshold.basis is ThresholdBasis.PERCENT_OF_BASELINE
    unit = _unit(threshold.unit, lang)
    ends = "both" if low and high else "low" if low else "high"
    words = _RANGES[ends][lang].format(low=low, high=high, unit="%" if is_percent else unit)
    if is_percent and threshold.baseline is not None:
        baseline = _number(threshold.baseline, lang)
        words = _RANGES["baseline"][lang].format(range=words, baseline=baseline, unit=unit)
    if threshold.for_hours:
        hours = _number(threshold.for_hours, lang)
        words = _RANGES["lasting"][lang].format(range=words, hours=hours)
    return words


def zone_sentences(
    level: ZoneLevel | None, assessment: Assessment | None, language: str
) -> Iterator[str]:
    """Tell the zone and what decided it, then everything that nothing can be said about.

    `level` is the report's; where evaluation is switched off it rests on what was told alone.
    """
    lang = spoken(language)
    findings = () if assessment is None else assessment.findings
    doubt = None if assessment is None else assessment.doubt
    decisive = [each for each in findings if level is not None and each.level is level]
    if level is not None and not decisive:
        yield _capital(_TOLD[lang].format(level=level_name(level, lang)))
    if doubt is not None:
        yield _WHOLE.get(doubt, _CANNOT_SAY)[lang]
    yield from (_found(each, lang) for each in decisive)
    yield from (_doubted(each, lang) for each in findings if each.doubt)
    if doubt is not None:
        yield _READ_THE_PLAN[lang]


def finding_sentence(finding: Finding, language: str) -> str:
    """Return what one finding says: the zone and the limit it lies in, or why nothing is said."""
    lang = spoken(language)
    return _found(finding, lang) if finding.doubt is None else _doubted(finding, lang)


def _found(finding: Finding, lang: str) -> str:
    words = _FOUND[finding.kind][lang].format(**_details(finding, finding.level, lang))
    return _capital(words)


def _doubted(finding: Finding, lang: str) -> str:
    details = _details(finding, finding.would_be, lang)
    why = _DOUBTS[finding.doubt or Doubt.MISSING][lang].format(**details)
    if finding.is_old and finding.would_be in {ZoneLevel.YELLOW, ZoneLevel.RED}:
        why = _THEN[lang].format(why=why, **details)
    return _ABOUT[lang].format(name=details["name"], why=why)


def _details(finding: Finding, level: ZoneLevel | None, lang: str) -> dict[str, str]:
    """Return the words that a template may ask for; empty where the finding lacks them."""
    limit, at = finding.threshold, finding.measured_at
    observed = "" if finding.observable is None else name(finding.observable, lang)
    lasting = None if limit is None else limit.for_hours
    return {
        "level": "" if level is None else level_name(level, lang),
        "name": finding.text or observed,
        "quantity": _measured(finding, lang),
        "range": "" if limit is None else range_in_words(limit, lang),
        "hours": "" if lasting is None else _number(lasting, lang),
        "moment": moment_in_words(at, lang) if at is not None and finding.is_old else "",
    }


def _measured(finding: Finding, lang: str) -> str:
    """Return the value as registered, and beside it in the catalogue's unit if that is another."""
    if finding.observable is None or finding.value is None or finding.unit is None:
        return ""
    words = quantity(finding.value, finding.unit, lang)
    unit = CATALOGUE[finding.observable].unit
    exact = canonical(finding.observable, finding.value, finding.unit)
    is_known = exact is not None and is_possible(finding.observable, exact)
    if exact is None or not is_known or _unit(unit, lang) == _unit(finding.unit, lang):
        return words
    rounded = exact.quantize(Decimal("0.01"), ROUND_FLOOR)
    return f"{words} ({quantity(float(rounded), unit, lang)})"


def _number(value: float, lang: str) -> str:
    text = f"{Decimal(str(value)).normalize():f}"
    return text.replace(".", ",") if lang == DEFAULT_LANGUAGE else text


def _unit(unit: str, lang: str) -> str:
    return _UNITS[unit][lang] if unit in _UNITS else unit


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
