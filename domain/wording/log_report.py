"""A remark of the privacy officer's report in plain words, with the rule it was found by."""

from __future__ import annotations

from collections.abc import Mapping

from domain.access.log_report import (
    MANY_MISSES,
    MANY_PATIENTS,
    MANY_REFUSALS,
    TIMES_USUAL,
    AccessRemark,
    RemarkKind,
)
from domain.words import Words

_SAID: Mapping[RemarkKind, Words] = {
    RemarkKind.READ_WITHOUT_RELATION: Words(
        nb="{name} leste om {patients} pasient(er), {times} ganger, bare på grunn av at "
        "virksomheten har attestert behovet.",
        en="{name} read about {patients} patient(s), {times} times, only since the organisation "
        "has attested the need.",
    ),
    RemarkKind.REFUSED: Words(
        nb="{name} ble stoppet {times} ganger hos {patients} pasient(er). Fra {many} ganger på én "
        "dag står det her.",
        en="{name} was stopped {times} times with {patients} patient(s). From {many} times a day "
        "it stands here.",
    ),
    RemarkKind.UNUSUAL_VOLUME: Words(
        nb="{name} leste om {patients} pasienter. Ved enheten er {usual:.0f} vanlig (medianen). "
        "Fra {least} pasienter og over {factor} ganger det vanlige står det her.",
        en="{name} read about {patients} patients. At the unit {usual:.0f} is usual (the median). "
        "From {least} patients and over {factor} times the usual it stands here.",
    ),
    RemarkKind.UNREVIEWED_EMERGENCY: Words(
        nb="{name} åpnet nødtilgang til {patients} pasient(er), {times} ganger, som ingen har "
        "gjennomgått ennå.",
        en="{name} opened emergency access to {patients} patient(s), {times} times, which nobody "
        "has reviewed yet.",
    ),
    RemarkKind.SEARCHED_BY_NUMBER: Words(
        nb="{name} lette {times} ganger etter en pasient i en nødsituasjon uten å finne noen. Fra "
        "{misses} ganger på én dag står det her.",
        en="{name} looked {times} times for a patient in an emergency and found nobody. From "
        "{misses} times a day it stands here.",
    ),
}


def sentence(remark: AccessRemark, language: str) -> str:
    """Return what was found, and by which rule."""
    return (
        _SAID[remark.kind]
        .to(language)
        .format(
            name=remark.by.name,
            patients=remark.patients,
            times=remark.times,
            usual=remark.usual or 0,
            many=MANY_REFUSALS,
            least=MANY_PATIENTS,
            factor=TIMES_USUAL,
            misses=MANY_MISSES,
        )
    )
