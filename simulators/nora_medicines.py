"""Nora Fjell's medicines: doses for a girl of eleven who weighs 37 kg, examples and not advice."""

from __future__ import annotations

from datetime import date, timedelta

import msgspec

from simulators.clinical import Code, Prescription
from simulators.medicine_list import Entry
from simulators.stories.children import ASTHMA
from simulators.stories.parts import EPILEPSY


class Treatment(msgspec.Struct, frozen=True):
    """A medicine of hers; days count back from the world's day."""

    days: int
    medicine: str
    dosage: str
    reason: str
    code: Code | None = None
    short: str | None = None
    use: str = "fast"
    renewed_from: int | None = None
    status: str = "active"
    ended: int | None = None
    locked: bool = False


_STOP = "1 sprøyte i kinnet ved anfall over 5 minutter. Ring 113"
_EPIPEN = "1 penn i låret ved alvorlig allergisk reaksjon. Ring 113"

TREATMENTS = (
    Treatment(
        202,
        "seretide_100",
        "1 inhalasjon morgen og kveld",
        "Forebyggende mot astma",
        ASTHMA,
        "1+0+1",
        renewed_from=569,
    ),
    Treatment(
        202,
        "ventoline_aer",
        "2 inhalasjoner ved behov, inntil 6 ganger daglig",
        "Mot tung pust",
        ASTHMA,
        use="behov",
    ),
    Treatment(
        202, "singulair_5", "1 tyggetablett hver kveld", "Forebyggende mot astma", ASTHMA, "0+0+1"
    ),
    Treatment(
        120,
        "xolair",
        "300 mg under huden hver 4. uke, settes på sykehuset",
        "Mot alvorlig allergisk astma",
        ASTHMA,
    ),
    Treatment(
        65,
        "prednisolon_20",
        "2 tabletter daglig i 3 dager",
        "Ved astmaforverring",
        ASTHMA,
        use="kur",
        status="completed",
        ended=62,
    ),
    Treatment(
        88,
        "keppra_mikst",
        "5,5 ml (550 mg) morgen og kveld",
        "Forebygger anfall",
        EPILEPSY,
        "5,5+0+5,5",
        renewed_from=300,
    ),
    Treatment(
        88, "frisium", "1 tablett (10 mg) hver kveld", "Forebygger anfall", EPILEPSY, "0+0+1"
    ),
    Treatment(88, "buccolam_10", _STOP, "Stopper anfall", EPILEPSY, use="behov"),
    Treatment(150, "epipen", _EPIPEN, "Mot anafylaksi", use="behov"),
    Treatment(230, "aerius_mikst", "5 ml daglig i pollensesongen", "Mot allergi", use="behov"),
    Treatment(65, "melatonin", "2 tabletter 1 time før leggetid", "For søvn", locked=True),
    Treatment(
        640,
        "orfiril_mikst",
        "5 ml (300 mg) morgen og kveld",
        "Forebygger anfall",
        EPILEPSY,
        status="stopped",
        ended=301,
    ),
)


def medicines_of_nora(today: date, by: str) -> list[Entry]:
    """Return her twelve treatments; two are renewed, one is locked, one stopped."""
    return [_entry(treatment, today, by) for treatment in TREATMENTS]


def _entry(treatment: Treatment, today: date, by: str) -> Entry:
    prescription = Prescription(
        medicine=treatment.medicine,
        dosage=treatment.dosage,
        reason=treatment.reason,
        short=treatment.short,
        use=treatment.use,
        code=treatment.code,
    )
    return Entry(
        prescription=prescription,
        dosage=treatment.dosage,
        prescribed=today - timedelta(days=treatment.days),
        by=by,
        renewed_from=_before(today, treatment.renewed_from),
        status=treatment.status,
        ended=_before(today, treatment.ended),
        locked=treatment.locked,
    )


def _before(today: date, days: int | None) -> date | None:
    return None if days is None else today - timedelta(days=days)
