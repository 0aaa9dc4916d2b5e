"""Who works where: the staff of the demonstration and a generated staff around them."""

from __future__ import annotations

from functools import cache
from random import Random

import msgspec

from simulators import organisations as org
from simulators.names import FAMILY_NAMES, FEMALE_NAMES, MALE_NAMES


class Staff(msgspec.Struct, frozen=True):
    """Someone who works with patients. `role` is Volven 9060, or None where no code fits."""

    name: str
    hpr: str | None
    role: str | None
    title: str
    unit: str
    phone: str


ROLE_NAMES = {
    "LE": "Lege",
    "SP": "Sykepleier",
    "FT": "Fysioterapeut",
    "ET": "Ergoterapeut",
    "KE": "Klinisk ernæringsfysiolog",
    "PS": "Psykolog",
    "VP": "Vernepleier",
    "HF": "Helsefagarbeider",
}

INGRID = Staff("Ingrid Haugen", "9144897", "SP", "Barnesykepleier", org.PAEDIATRICS, "99011002")
OMAR = Staff("Omar Rashid", "7412582", "LE", "Overlege", org.PAEDIATRICS, "99011001")
SIRI = Staff("Siri Nordvik", "8033226", "VP", "Barnekoordinator", org.COORDINATION, "99012001")
TUVA = Staff("Tuva Lien", "9506421", "LE", "Legevikar", org.EMERGENCY_CLINIC, "99013001")
# The doctor whom one patient has blocked, and a vendor's contact without authorisation.
BLOCKED_DOCTOR = Staff("Geir Moen", "7209932", "LE", "Overlege", org.LUNG, "99011090")
VENDOR_CONTACT = Staff("Mette Sund", None, None, "Responssenter", org.VENDOR, "99014001")

NAMED = (INGRID, OMAR, SIRI, TUVA, BLOCKED_DOCTOR, VENDOR_CONTACT)

# (unit, role, title, how many)
_POSTS: tuple[tuple[str, str | None, str, int], ...] = (
    (org.PAEDIATRICS, "LE", "Overlege", 4),
    (org.PAEDIATRICS, "SP", "Barnesykepleier", 5),
    (org.PAEDIATRICS, "KE", "Klinisk ernæringsfysiolog", 1),
    (org.LUNG, "LE", "Overlege", 4),
    (org.LUNG, "SP", "Lungesykepleier", 4),
    (org.HEART, "LE", "Overlege", 4),
    (org.HEART, "SP", "Hjertesviktsykepleier", 4),
    (org.ENDOCRINOLOGY, "LE", "Overlege", 3),
    (org.ENDOCRINOLOGY, "SP", "Diabetessykepleier", 4),
    (org.CANCER, "LE", "Overlege", 5),
    (org.CANCER, "SP", "Kreftsykepleier", 5),
    (org.NEUROLOGY, "LE", "Overlege", 3),
    (org.NEUROLOGY, "SP", "Epilepsisykepleier", 3),
    (org.GERIATRICS, "LE", "Overlege", 3),
    (org.GERIATRICS, "SP", "Sykepleier", 3),
    (org.HABILITATION, "LE", "Overlege", 2),
    (org.HABILITATION, "FT", "Fysioterapeut", 2),
    (org.HABILITATION, "PS", "Psykolog", 2),
    (org.HOME_HOSPITAL, "SP", "Barnesykepleier", 4),
    (org.PALLIATIVE, "LE", "Overlege", 3),
    (org.PALLIATIVE, "SP", "Sykepleier i palliativt team", 4),
    (org.PSYCHIATRY, "LE", "Overlege", 2),
    (org.PSYCHIATRY, "PS", "Psykologspesialist", 3),
    (org.HOME_CARE, "SP", "Sykepleier", 6),
    (org.HOME_CARE, "HF", "Helsefagarbeider", 4),
    (org.RESPITE, "VP", "Vernepleier", 3),
    (org.RESPITE, None, "Avlaster", 3),
    (org.COORDINATION, "SP", "Koordinator", 4),
    (org.COORDINATION, "VP", "Barnekoordinator", 3),
    (org.THERAPY, "FT", "Fysioterapeut", 3),
    (org.THERAPY, "ET", "Ergoterapeut", 3),
    (org.SCHOOL_HEALTH, "SP", "Helsesykepleier", 3),
    (org.MENTAL_HEALTH, "SP", "Psykiatrisk sykepleier", 3),
    ("999000207", "LE", "Fastlege", 4),
    ("999000215", "LE", "Fastlege", 4),
    ("999000223", "LE", "Fastlege", 3),
)


@cache
def everyone() -> tuple[Staff, ...]:
    """Return all staff. They don't depend on the seed, so that links to them last."""
    random = Random("staff")
    generated: list[Staff] = []
    names = {member.name for member in NAMED}
    for unit, role, title, count in _POSTS:
        for _ in range(count):
            name = _new_name(random, names)
            hpr = f"{8100000 + 7919 * (len(generated) + 1) % 890000}" if role else None
            generated.append(Staff(name, hpr, role, title, unit, f"990{20000 + len(generated)}"))
    return (*NAMED, *generated)


@cache
def at(unit: str, title: str) -> tuple[Staff, ...]:
    """Return who holds a post in a unit; the named ones come first."""
    return tuple(s for s in everyone() if s.unit == unit and s.title == title)


def _new_name(random: Random, taken: set[str]) -> str:
    while True:
        given = random.choice(random.choice((FEMALE_NAMES, MALE_NAMES)))
        name = f"{given} {random.choice(FAMILY_NAMES)}"
        if name not in taken:
            taken.add(name)
            return name
