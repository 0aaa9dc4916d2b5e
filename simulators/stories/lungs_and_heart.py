"""KOLS, heart failure, both, and asthma in grown-ups."""

from __future__ import annotations

from simulators import catalogue as c
from simulators import organisations as org
from simulators.clinical import (
    Critical,
    Post,
    Story,
    icpc2,
)
from simulators.stories.parts import (
    ANAESTHESIA,
    ASTHMA,
    ATRIAL_FIBRILLATION,
    COORDINATOR,
    COPD,
    GP_LETTER,
    HEART_FAILURE,
    HOME_NURSE,
    HYPERTENSION,
    MONITORING,
    as_needed,
    check,
    course,
    fixed,
    papers,
)

COPD_MEDICINES = (
    fixed("trelegy", "1 inhalasjon hver morgen", "1+0+0", "Forebyggende mot kols", COPD, 0.8),
    as_needed(
        "ventoline_aer", "1-2 inhalasjoner ved behov, inntil 4 ganger daglig", "Mot tung pust", COPD
    ),
    fixed("bronkyl", "1 brusetablett daglig", "1+0+0", "Slimløsende", chance=0.4),
    course(
        "prednisolon_20", "2 tabletter daglig i 5 dager ved forverring", "Ved kolsforverring", 0.5
    ),
    course(
        "doxylin",
        "2 tabletter første dag, deretter 1 daglig i 6 dager",
        "Ved gulgrønt oppspytt",
        0.4,
    ),
)

HEART_MEDICINES = (
    fixed("entresto", "1 tablett morgen og kveld", "1+0+1", "For hjertet", HEART_FAILURE, 0.7),
    fixed("selozok_100", "1 tablett hver morgen", "1+0+0", "For hjertet", HEART_FAILURE),
    fixed(
        "furix_40", "1 tablett morgen og 1 tablett kl. 14", "1+1+0", "Vanndrivende", HEART_FAILURE
    ),
    fixed("spirix", "1 tablett hver morgen", "1+0+0", "For hjertet", HEART_FAILURE, 0.6),
    fixed("forxiga", "1 tablett daglig", "1+0+0", "For hjertet", HEART_FAILURE, 0.6),
    fixed(
        "eliquis_5",
        "1 tablett morgen og kveld",
        "1+0+1",
        "Blodfortynnende",
        ATRIAL_FIBRILLATION,
        0.5,
    ),
    fixed("lipitor", "1 tablett daglig", "0+0+1", "Mot høyt kolesterol", chance=0.5),
)

LUNG_MEETINGS = (
    check(
        c.LUNG,
        "Kontroll kols med spirometri",
        org.LUNG,
        "Overlege",
        26,
        "Ikke bruk inhalator 6 timer før.",
    ),
    check(c.LUNG, "Samtale med lungesykepleier", org.LUNG, "Lungesykepleier", 13),
)

_HEART_MEETINGS = (
    check(
        c.HEART,
        "Kontroll hjertesvikt med ekkokardiografi",
        org.HEART,
        "Overlege",
        26,
        "Ta med medisinlisten.",
    ),
    check(
        c.HEART,
        "Hjertesviktpoliklinikk",
        org.HEART,
        "Hjertesviktsykepleier",
        8,
        "Vei deg samme morgen.",
    ),
)

LUNG_TEAM = (
    Post(unit=org.LUNG, title="Overlege", functions=("CONTACT_DOCTOR",), role="Kontaktlege"),
    Post(unit=org.LUNG, title="Lungesykepleier", functions=("PLAN_RESPONSIBLE", "PRIMARY_CONTACT")),
)

_HEART_TEAM = (
    Post(unit=org.HEART, title="Overlege", functions=("CONTACT_DOCTOR",), role="Kontaktlege"),
    Post(
        unit=org.HEART,
        title="Hjertesviktsykepleier",
        functions=("PLAN_RESPONSIBLE", "PRIMARY_CONTACT"),
    ),
)

LUNG_PAPERS = papers(
    org.LUNG,
    "Overlege",
    (c.DISCHARGE, "Epikrise, innleggelse for kolsforverring"),
    (c.FUNCTION, "Spirometri"),
    (c.IMAGING, "Røntgen thorax"),
    GP_LETTER,
)

_HEART_PAPERS = papers(
    org.HEART,
    "Overlege",
    (c.DISCHARGE, "Epikrise, hjertesvikt"),
    (c.FUNCTION, "Ekkokardiografi"),
    (c.TEST, "Blodprøver, proBNP"),
    GP_LETTER,
)

OXYGEN = Critical(
    category="6",
    code=None,
    text="Hjemmeoksygen 1,5 l/min",
    note="Mål for metning 88-92 %.",
    chance=0.3,
)

_ICD = Critical(
    category="6",
    code=None,
    text="Implantert hjertestarter (ICD)",
    note="MR bare etter avtale.",
    chance=0.25,
)

STORIES: tuple[Story, ...] = (
    Story(
        key="kols",
        count=70,
        ages=(52, 90),
        problems=(COPD, icpc2("R95", "Kronisk obstruktiv lungesykdom")),
        prescriptions=(
            *COPD_MEDICINES,
            fixed("calcigran", "1 tablett daglig", "1+0+0", "Mot benskjørhet", chance=0.3),
        ),
        meetings=LUNG_MEETINGS,
        papers=LUNG_PAPERS,
        team=(*LUNG_TEAM, HOME_NURSE, MONITORING),
        critical=(OXYGEN, ANAESTHESIA),
        vitals=(c.SPO2_LOW, c.PULSE, c.RESPIRATION),
    ),
    Story(
        key="hjertesvikt",
        count=60,
        ages=(58, 93),
        problems=(HEART_FAILURE, ATRIAL_FIBRILLATION, HYPERTENSION),
        prescriptions=HEART_MEDICINES,
        meetings=_HEART_MEETINGS,
        papers=_HEART_PAPERS,
        team=(*_HEART_TEAM, HOME_NURSE, MONITORING),
        critical=(_ICD, ANAESTHESIA),
        vitals=(c.SYSTOLIC, c.PULSE, c.SPO2),
    ),
    Story(
        key="kols_hjertesvikt",
        count=35,
        ages=(62, 91),
        problems=(COPD, HEART_FAILURE, ATRIAL_FIBRILLATION),
        prescriptions=(*COPD_MEDICINES[:3], *HEART_MEDICINES),
        meetings=(*LUNG_MEETINGS[:1], *_HEART_MEETINGS),
        papers=(*LUNG_PAPERS[:2], *_HEART_PAPERS),
        team=(
            *_HEART_TEAM,
            Post(unit=org.LUNG, title="Overlege"),
            Post(unit=org.LUNG, title="Lungesykepleier"),
            HOME_NURSE,
            COORDINATOR,
            MONITORING,
        ),
        critical=(OXYGEN, _ICD),
        vitals=(c.SPO2_LOW, c.SYSTOLIC, c.PULSE),
    ),
    Story(
        key="astma",
        count=45,
        ages=(18, 72),
        problems=(ASTHMA, icpc2("R96", "Astma")),
        prescriptions=(
            fixed(
                "symbicort",
                "1 inhalasjon morgen og kveld",
                "1+0+1",
                "Forebyggende mot astma",
                ASTHMA,
            ),
            as_needed("bricanyl", "1 inhalasjon ved behov", "Mot tung pust", ASTHMA),
            fixed(
                "singulair_10",
                "1 tablett hver kveld",
                "0+0+1",
                "Forebyggende mot astma",
                ASTHMA,
                0.4,
            ),
            as_needed(
                "nasonex",
                "2 doser i hvert nesebor daglig i pollensesongen",
                "Mot tett nese",
                chance=0.4,
            ),
        ),
        meetings=(check(c.LUNG, "Kontroll astma med spirometri", org.LUNG, "Overlege", 52),),
        papers=papers(
            org.LUNG, "Overlege", (c.FUNCTION, "Spirometri"), (c.TEST, "Allergitest"), GP_LETTER
        ),
        team=LUNG_TEAM,
        vitals=(c.SPO2, c.PULSE),
    ),
)
