"""What children's stories share: doses by age and weight, examples and not advice."""

from __future__ import annotations

from simulators import organisations as org
from simulators.clinical import (
    Ages,
    Code,
    PerKilo,
    Post,
    Prescription,
)
from simulators.stories.parts import EPILEPSY


def for_child(
    medicine: str,
    dosage: str,
    reason: str,
    ages: Ages,
    code: Code | None = None,
    *,
    use: str = "fast",
    chance: float = 1.0,
    per_kilo: PerKilo | None = None,
) -> Prescription:
    """A medicine for a child of some ages, dosed by weight where `per_kilo` says so."""
    return Prescription(
        medicine=medicine,
        dosage=dosage,
        reason=reason,
        ages=ages,
        code=code,
        use=use,
        chance=chance,
        per_kilo=per_kilo,
    )


# One strength for each age: the dose of midazolam in the cheek goes by age.
SEIZURE_STOPPERS = tuple(
    for_child(
        medicine,
        "1 sprøyte i kinnet ved anfall over 5 minutter. Ring 113",
        "Stopper anfall",
        ages,
        EPILEPSY,
        use="behov",
    )
    for medicine, ages in (
        ("buccolam_2_5", (0, 0)),
        ("buccolam_5", (1, 4)),
        ("buccolam_7_5", (5, 9)),
        ("buccolam_10", (10, 17)),
    )
)
PAIN_RELIEF = for_child(
    "paracet_mikst",
    "{dose} inntil 4 ganger daglig",
    "Mot smerter og feber",
    (0, 11),
    use="behov",
    per_kilo=PerKilo(15, 24, 1000),
)
LEVETIRACETAM = for_child(
    "keppra_mikst",
    "{dose} morgen og kveld",
    "Forebygger anfall",
    (0, 17),
    EPILEPSY,
    per_kilo=PerKilo(15, 100, 1500),
)

PAEDIATRICIAN = Post(
    unit=org.PAEDIATRICS,
    title="Overlege",
    functions=("CONTACT_DOCTOR", "PLAN_RESPONSIBLE"),
    role="Kontaktlege",
)
PAEDIATRIC_NURSE = Post(
    unit=org.PAEDIATRICS, title="Barnesykepleier", functions=("PRIMARY_CONTACT",)
)
SCHOOL_NURSE = Post(unit=org.SCHOOL_HEALTH, title="Helsesykepleier", chance=0.7)
