"""Children with asthma, diabetes and epilepsy."""

from __future__ import annotations

from simulators import catalogue as c
from simulators import organisations as org
from simulators.clinical import (
    Critical,
    PerKilo,
    Post,
    Story,
    icd10,
    icpc2,
)
from simulators.stories.child_parts import (
    LEVETIRACETAM,
    PAEDIATRIC_NURSE,
    PAEDIATRICIAN,
    SCHOOL_NURSE,
    SEIZURE_STOPPERS,
    for_child,
)
from simulators.stories.parts import DIABETES_1, EPILEPSY, GP_LETTER, INSULIN, check, papers

ASTHMA = icd10("J45.0", "Hovedsakelig allergisk astma")


STORIES: tuple[Story, ...] = (
    Story(
        key="astma_barn",
        count=32,
        ages=(1, 17),
        problems=(ASTHMA, icpc2("R96", "Astma")),
        prescriptions=(
            for_child(
                "flutide_50",
                "1 inhalasjon morgen og kveld i kammer",
                "Forebyggende mot astma",
                (1, 4),
                ASTHMA,
            ),
            for_child(
                "flutide_100",
                "1 inhalasjon morgen og kveld",
                "Forebyggende mot astma",
                (5, 11),
                ASTHMA,
            ),
            for_child(
                "seretide_100",
                "1 inhalasjon morgen og kveld",
                "Forebyggende mot astma",
                (12, 17),
                ASTHMA,
            ),
            for_child(
                "ventoline_aer",
                "1-2 inhalasjoner i kammer ved behov",
                "Mot tung pust",
                (1, 17),
                ASTHMA,
                use="behov",
            ),
            for_child(
                "singulair_4",
                "1 tyggetablett hver kveld",
                "Forebyggende mot astma",
                (2, 5),
                ASTHMA,
                chance=0.5,
            ),
            for_child(
                "singulair_5",
                "1 tyggetablett hver kveld",
                "Forebyggende mot astma",
                (6, 14),
                ASTHMA,
                chance=0.4,
            ),
            for_child(
                "aerius_mikst",
                "5 ml daglig i pollensesongen",
                "Mot allergi",
                (6, 11),
                use="behov",
                chance=0.4,
            ),
        ),
        meetings=(
            check(
                c.PAEDIATRICS,
                "Kontroll astma",
                org.PAEDIATRICS,
                "Overlege",
                26,
                "Ta med inhalator og kammer.",
            ),
            check(c.PAEDIATRICS, "Astmaskole", org.PAEDIATRICS, "Barnesykepleier", 52),
        ),
        papers=papers(
            org.PAEDIATRICS,
            "Overlege",
            (c.JOURNAL, "Poliklinisk notat astma"),
            (c.TEST, "Allergitest"),
            GP_LETTER,
        ),
        team=(PAEDIATRICIAN, PAEDIATRIC_NURSE, SCHOOL_NURSE),
        vitals=(c.SPO2, c.CHILD_PULSE),
    ),
    Story(
        key="diabetes1_barn",
        count=26,
        ages=(3, 17),
        problems=(DIABETES_1, icpc2("T89", "Diabetes insulinavhengig")),
        prescriptions=(
            for_child(
                "levemir",
                "4 E under huden morgen og kveld",
                "Langsomtvirkende insulin",
                (3, 8),
                DIABETES_1,
            ),
            for_child(
                "tresiba",
                "12 E under huden hver kveld",
                "Langsomtvirkende insulin",
                (9, 17),
                DIABETES_1,
            ),
            for_child(
                "novorapid",
                "1-3 E under huden til måltid, etter karbohydrater",
                "Hurtigvirkende insulin",
                (3, 8),
                DIABETES_1,
            ),
            for_child(
                "novorapid",
                "4-8 E under huden til måltid, etter karbohydrater",
                "Hurtigvirkende insulin",
                (9, 17),
                DIABETES_1,
            ),
            for_child(
                "glucagon",
                "0,5 mg settes i lårmuskelen ved alvorlig føling",
                "Ved alvorlig lavt blodsukker",
                (3, 7),
                DIABETES_1,
                use="behov",
            ),
            for_child(
                "glucagon",
                "1 mg settes i lårmuskelen ved alvorlig føling",
                "Ved alvorlig lavt blodsukker",
                (8, 17),
                DIABETES_1,
                use="behov",
            ),
        ),
        meetings=(
            check(
                c.PAEDIATRICS,
                "Kontroll diabetes type 1",
                org.PAEDIATRICS,
                "Overlege",
                13,
                "Last opp data fra pumpe og sensor.",
            ),
        ),
        papers=papers(
            org.PAEDIATRICS,
            "Overlege",
            (c.JOURNAL, "Poliklinisk notat diabetes"),
            (c.TEST, "HbA1c"),
            (c.LETTER, "Orientering til skolen"),
        ),
        team=(
            PAEDIATRICIAN,
            PAEDIATRIC_NURSE,
            SCHOOL_NURSE,
            Post(unit=org.PAEDIATRICS, title="Klinisk ernæringsfysiolog"),
        ),
        critical=(INSULIN,),
        vitals=(c.GLUCOSE,),
    ),
    Story(
        key="epilepsi_barn",
        count=14,
        ages=(1, 17),
        problems=(EPILEPSY, icpc2("N88", "Epilepsi")),
        prescriptions=(
            LEVETIRACETAM,
            for_child(
                "orfiril_mikst",
                "{dose} morgen og kveld",
                "Forebygger anfall",
                (1, 10),
                EPILEPSY,
                chance=0.4,
                per_kilo=PerKilo(10, 60, 900),
            ),
            for_child(
                "lamictal_25",
                "1 tablett morgen og kveld",
                "Forebygger anfall",
                (11, 17),
                EPILEPSY,
                chance=0.5,
            ),
            *SEIZURE_STOPPERS,
        ),
        meetings=(
            check(
                c.PAEDIATRICS,
                "Kontroll epilepsi",
                org.PAEDIATRICS,
                "Overlege",
                17,
                "Ta med anfallskalender.",
            ),
        ),
        papers=papers(
            org.PAEDIATRICS,
            "Overlege",
            (c.FUNCTION, "EEG"),
            (c.JOURNAL, "Poliklinisk notat epilepsi"),
            (c.LETTER, "Orientering til skolen"),
        ),
        team=(PAEDIATRICIAN, PAEDIATRIC_NURSE, SCHOOL_NURSE),
        critical=(
            Critical(
                category="5",
                code=EPILEPSY,
                text="Epilepsi med langvarige anfall",
                note="Gi bukkal midazolam ved anfall over 5 minutter. Ring 113.",
            ),
        ),
        vitals=(c.CHILD_PULSE, c.SPO2),
    ),
)
