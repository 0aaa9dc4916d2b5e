"""Frailty, bipolar disorder and life after a stroke."""

from __future__ import annotations

from simulators import catalogue as c
from simulators import organisations as org
from simulators.clinical import (
    Critical,
    Post,
    Prescription,
    Story,
    icd10,
    icpc2,
)
from simulators.stories.parts import (
    ATRIAL_FIBRILLATION,
    COORDINATOR,
    GP_LETTER,
    HOME_NURSE,
    HYPERTENSION,
    as_needed,
    check,
    fixed,
    papers,
)

STORIES: tuple[Story, ...] = (
    Story(
        key="skropelig_eldre",
        count=40,
        ages=(80, 99),
        problems=(icd10("R54", "Alderdom"), icpc2("P70", "Demens"), icpc2("L95", "Osteoporose")),
        prescriptions=(
            fixed("aricept", "1 tablett hver kveld", "0+0+1", "Mot hukommelsessvikt", chance=0.6),
            fixed("calcigran", "1 tablett daglig", "1+0+0", "Mot benskjørhet"),
            Prescription(
                medicine="alendronat",
                dosage="1 tablett hver mandag, fastende",
                reason="Mot benskjørhet",
                chance=0.6,
            ),
            fixed("norvasc", "1 tablett daglig", "1+0+0", "Mot høyt blodtrykk", HYPERTENSION, 0.5),
            fixed(
                "eliquis_2_5",
                "1 tablett morgen og kveld",
                "1+0+1",
                "Blodfortynnende",
                ATRIAL_FIBRILLATION,
                0.4,
            ),
            fixed("remeron", "1 tablett til natten", "0+0+0+1", "For søvn og appetitt", chance=0.4),
            as_needed("paracet_500", "2 tabletter inntil 3 ganger daglig", "Mot smerter"),
            fixed("movicol", "1 pose daglig", "1+0+0", "Mot forstoppelse", chance=0.5),
        ),
        meetings=(
            check(
                c.GERIATRICS,
                "Geriatrisk vurdering",
                org.GERIATRICS,
                "Overlege",
                26,
                "Ta gjerne med pårørende.",
            ),
        ),
        papers=papers(
            org.GERIATRICS,
            "Overlege",
            (c.DISCHARGE, "Epikrise, fall i hjemmet"),
            (c.NURSING, "Sykepleiesammenfatning"),
            GP_LETTER,
        ),
        team=(
            Post(
                unit=org.HOME_CARE,
                title="Sykepleier",
                functions=("PLAN_RESPONSIBLE", "PRIMARY_CONTACT"),
            ),
            Post(unit=org.HOME_CARE, title="Helsefagarbeider"),
            Post(unit=org.GERIATRICS, title="Overlege"),
            Post(unit=org.THERAPY, title="Ergoterapeut", chance=0.5),
            COORDINATOR,
        ),
        critical=(
            Critical(
                category="5",
                code=None,
                text="Ingen hjerte-lunge-redning etter avtale",
                note="Avtalt med pasient og pårørende.",
                chance=0.3,
            ),
        ),
        vitals=(c.SYSTOLIC, c.PULSE),
    ),
    Story(
        key="bipolar",
        count=18,
        ages=(20, 68),
        problems=(
            icd10("F31.9", "Uspesifisert bipolar affektiv lidelse"),
            icpc2("P73", "Affektiv psykose"),
        ),
        prescriptions=(
            fixed("litium", "2 tabletter morgen og kveld", "2+0+2", "Stemningsstabiliserende"),
            fixed(
                "quetiapin", "1 tablett hver kveld", "0+0+1", "Stemningsstabiliserende", chance=0.7
            ),
            as_needed("circadin", "1 tablett før leggetid", "For søvn", chance=0.4),
        ),
        meetings=(
            check(c.PSYCHIATRY, "Samtale hos behandler", org.PSYCHIATRY, "Psykologspesialist", 4),
            check(
                c.PSYCHIATRY,
                "Kontroll medisiner og litiumspeil",
                org.PSYCHIATRY,
                "Overlege",
                13,
                "Blodprøve 12 timer etter siste tablett.",
            ),
        ),
        papers=papers(
            org.PSYCHIATRY,
            "Overlege",
            (c.JOURNAL, "Poliklinisk notat"),
            (c.TEST, "Serum-litium"),
            (c.DISCHARGE, "Epikrise, innleggelse"),
        ),
        team=(
            Post(
                unit=org.PSYCHIATRY,
                title="Psykologspesialist",
                functions=("PLAN_RESPONSIBLE", "PRIMARY_CONTACT"),
            ),
            Post(unit=org.PSYCHIATRY, title="Overlege"),
            Post(unit=org.MENTAL_HEALTH, title="Psykiatrisk sykepleier"),
            COORDINATOR,
        ),
        critical=(
            Critical(
                category="5",
                code=None,
                text="Litiumbehandling",
                note="Fare for forgiftning ved væsketap.",
                chance=0.7,
            ),
        ),
    ),
    Story(
        key="hjerneslag",
        count=15,
        ages=(50, 90),
        problems=(icd10("I69.3", "Følgetilstander etter hjerneinfarkt"), HYPERTENSION),
        prescriptions=(
            fixed("plavix", "1 tablett daglig", "1+0+0", "Forebygger nytt slag"),
            fixed("lipitor", "1 tablett daglig", "0+0+1", "Mot høyt kolesterol"),
            fixed("norvasc", "1 tablett daglig", "1+0+0", "Mot høyt blodtrykk", HYPERTENSION),
            fixed("baklofen", "1 tablett 3 ganger daglig", "1+1+1", "Mot spastisitet", chance=0.5),
        ),
        meetings=(check(c.NEUROLOGY, "Kontroll etter hjerneslag", org.NEUROLOGY, "Overlege", 26),),
        papers=papers(
            org.NEUROLOGY,
            "Overlege",
            (c.DISCHARGE, "Epikrise, hjerneinfarkt"),
            (c.IMAGING, "CT caput"),
            GP_LETTER,
        ),
        team=(
            Post(
                unit=org.COORDINATION,
                title="Koordinator",
                functions=("PLAN_RESPONSIBLE", "COORDINATOR"),
            ),
            Post(unit=org.NEUROLOGY, title="Overlege"),
            Post(unit=org.THERAPY, title="Fysioterapeut"),
            Post(unit=org.THERAPY, title="Ergoterapeut"),
            HOME_NURSE,
        ),
        vitals=(c.SYSTOLIC,),
    ),
)
