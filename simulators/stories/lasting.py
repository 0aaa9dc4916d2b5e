"""Diabetes and epilepsy in grown-ups."""

from __future__ import annotations

from simulators import catalogue as c
from simulators import organisations as org
from simulators.clinical import (
    Critical,
    Post,
    Prescription,
    Story,
    icpc2,
)
from simulators.stories.parts import (
    DIABETES_1,
    DIABETES_2,
    EPILEPSY,
    GP_LETTER,
    HYPERTENSION,
    INSULIN,
    as_needed,
    check,
    fixed,
    papers,
)

STORIES: tuple[Story, ...] = (
    Story(
        key="diabetes2",
        count=75,
        ages=(38, 86),
        problems=(DIABETES_2, HYPERTENSION),
        prescriptions=(
            fixed(
                "metformin",
                "2 tabletter morgen og kveld",
                "2+0+2",
                "Mot høyt blodsukker",
                DIABETES_2,
                0.9,
            ),
            fixed("jardiance", "1 tablett daglig", "1+0+0", "Mot høyt blodsukker", DIABETES_2, 0.6),
            Prescription(
                medicine="ozempic",
                dosage="0,5 mg under huden én gang i uken",
                reason="Mot høyt blodsukker",
                code=DIABETES_2,
                chance=0.4,
            ),
            fixed("ramipril", "1 tablett daglig", "1+0+0", "Mot høyt blodtrykk", HYPERTENSION, 0.7),
            fixed("lipitor", "1 tablett daglig", "0+0+1", "Mot høyt kolesterol", chance=0.8),
            fixed("albyl", "1 tablett daglig", "1+0+0", "Forebygger blodpropp", chance=0.3),
        ),
        meetings=(
            check(
                c.ENDOCRINOLOGY,
                "Årskontroll diabetes",
                org.ENDOCRINOLOGY,
                "Diabetessykepleier",
                52,
                "Ta med blodsukkerapparatet.",
            ),
        ),
        papers=papers(
            org.ENDOCRINOLOGY,
            "Overlege",
            (c.JOURNAL, "Årskontroll diabetes"),
            (c.TEST, "HbA1c og lipider"),
            GP_LETTER,
        ),
        team=(
            Post(
                unit=org.ENDOCRINOLOGY,
                title="Diabetessykepleier",
                functions=("PLAN_RESPONSIBLE", "PRIMARY_CONTACT"),
            ),
            Post(unit=org.ENDOCRINOLOGY, title="Overlege", chance=0.5),
        ),
        vitals=(c.GLUCOSE, c.SYSTOLIC),
    ),
    Story(
        key="diabetes1",
        count=30,
        ages=(18, 62),
        problems=(DIABETES_1, icpc2("T89", "Diabetes insulinavhengig")),
        prescriptions=(
            fixed(
                "tresiba",
                "24 E under huden hver kveld",
                "0+0+24E",
                "Langsomtvirkende insulin",
                DIABETES_1,
            ),
            fixed(
                "novorapid",
                "6-10 E under huden til måltid, etter karbohydrater",
                "8+8+8",
                "Hurtigvirkende insulin",
                DIABETES_1,
            ),
            as_needed(
                "glucagon",
                "1 mg settes i lårmuskelen ved alvorlig føling",
                "Ved alvorlig lavt blodsukker",
                DIABETES_1,
            ),
        ),
        meetings=(
            check(
                c.ENDOCRINOLOGY,
                "Kontroll diabetes type 1",
                org.ENDOCRINOLOGY,
                "Overlege",
                26,
                "Last opp data fra sensoren før timen.",
            ),
        ),
        papers=papers(
            org.ENDOCRINOLOGY,
            "Overlege",
            (c.JOURNAL, "Poliklinisk notat diabetes"),
            (c.TEST, "HbA1c"),
            (c.FUNCTION, "Øyebunnsfoto"),
        ),
        team=(
            Post(
                unit=org.ENDOCRINOLOGY,
                title="Overlege",
                functions=("PLAN_RESPONSIBLE", "CONTACT_DOCTOR"),
                role="Kontaktlege",
            ),
            Post(
                unit=org.ENDOCRINOLOGY, title="Diabetessykepleier", functions=("PRIMARY_CONTACT",)
            ),
        ),
        critical=(INSULIN,),
        vitals=(c.GLUCOSE,),
    ),
    Story(
        key="epilepsi",
        count=25,
        ages=(18, 75),
        problems=(EPILEPSY, icpc2("N88", "Epilepsi")),
        prescriptions=(
            fixed(
                "lamictal_100", "1 tablett morgen og kveld", "1+0+1", "Forebygger anfall", EPILEPSY
            ),
            fixed(
                "keppra_500",
                "1 tablett morgen og kveld",
                "1+0+1",
                "Forebygger anfall",
                EPILEPSY,
                0.6,
            ),
            as_needed(
                "buccolam_10",
                "1 sprøyte i kinnet ved anfall over 5 minutter",
                "Stopper anfall",
                EPILEPSY,
                0.7,
            ),
        ),
        meetings=(
            check(
                c.NEUROLOGY,
                "Kontroll epilepsi",
                org.NEUROLOGY,
                "Overlege",
                26,
                "Ta med anfallskalender.",
            ),
        ),
        papers=papers(
            org.NEUROLOGY, "Overlege", (c.FUNCTION, "EEG"), (c.IMAGING, "MR caput"), GP_LETTER
        ),
        team=(
            Post(
                unit=org.NEUROLOGY,
                title="Overlege",
                functions=("CONTACT_DOCTOR",),
                role="Kontaktlege",
            ),
            Post(
                unit=org.NEUROLOGY,
                title="Epilepsisykepleier",
                functions=("PLAN_RESPONSIBLE", "PRIMARY_CONTACT"),
            ),
        ),
        critical=(
            Critical(
                category="5",
                code=EPILEPSY,
                text="Epilepsi med langvarige anfall",
                note="Anfall over 5 minutter: gi anfallsbrytende medisin og ring 113.",
                chance=0.6,
            ),
        ),
        vitals=(c.PULSE,),
    ),
)
