"""Four common cancers."""

from __future__ import annotations

from simulators import catalogue as c
from simulators import organisations as org
from simulators.clinical import (
    Ages,
    Code,
    Critical,
    Meeting,
    Post,
    Prescription,
    Story,
    icd10,
)
from simulators.stories.parts import (
    GP_LETTER,
    HOME_NURSE,
    as_needed,
    check,
    fixed,
    papers,
)

_RELIEF = (
    fixed(
        "paracet_500",
        "2 tabletter 4 ganger daglig",
        "2+2+2+2",
        "Smertelindring",
        chance=0.7,
    ),
    as_needed(
        "oxynorm",
        "1 kapsel ved behov, inntil 6 ganger daglig",
        "Mot gjennombruddssmerter",
        chance=0.5,
    ),
    as_needed("afipran", "1 tablett inntil 3 ganger daglig", "Mot kvalme", chance=0.6),
    fixed("movicol", "1 pose daglig", "1+0+0", "Mot forstoppelse", chance=0.6),
)
_MEETINGS = (
    check(
        c.CANCER,
        "Kontroll hos onkolog",
        org.CANCER,
        "Overlege",
        12,
        "Blodprøver tas to dager før.",
    ),
    Meeting(
        service=c.CANCER,
        description="Kur, dagbehandling",
        unit=org.CANCER,
        title="Kreftsykepleier",
        every=3,
        minutes=180,
        contact="2",
        level="2",
    ),
)
_PAPERS = papers(
    org.CANCER,
    "Overlege",
    (c.JOURNAL, "Poliklinisk notat"),
    (c.TEST, "Histologisvar"),
    (c.IMAGING, "CT thorax, abdomen og bekken"),
    GP_LETTER,
)
_TEAM = (
    Post(
        unit=org.CANCER,
        title="Overlege",
        functions=("CONTACT_DOCTOR", "PLAN_RESPONSIBLE"),
        role="Kontaktlege",
    ),
    Post(unit=org.CANCER, title="Kreftsykepleier", functions=("PRIMARY_CONTACT",)),
    Post(unit=org.PALLIATIVE, title="Sykepleier i palliativt team", chance=0.4),
    HOME_NURSE,
)


def _cancer(
    diagnosis: Code,
    medicine: Prescription,
    ages: Ages,
    count: int,
    gender: str | None = None,
) -> Story:
    return Story(
        key="kreft",
        count=count,
        ages=ages,
        gender=gender,
        problems=(diagnosis,),
        prescriptions=(medicine, *_RELIEF),
        meetings=_MEETINGS,
        papers=_PAPERS,
        team=_TEAM,
        critical=(Critical(category="6", code=None, text="Veneport høyre side", chance=0.5),),
        vitals=(c.TEMPERATURE, c.PULSE),
    )


STORIES: tuple[Story, ...] = (
    _cancer(
        icd10("C50.9", "Uspesifisert ondartet svulst i bryst"),
        fixed("letrozol", "1 tablett daglig", "1+0+0", "Mot brystkreft"),
        (38, 82),
        14,
        "female",
    ),
    _cancer(
        icd10("C61", "Ondartet svulst i blærehalskjertel"),
        fixed("xtandi", "4 tabletter daglig", "4+0+0", "Mot prostatakreft"),
        (58, 86),
        12,
        "male",
    ),
    _cancer(
        icd10("C34.9", "Uspesifisert ondartet svulst i bronkie eller lunge"),
        fixed("tagrisso", "1 tablett daglig", "1+0+0", "Mot lungekreft"),
        (50, 84),
        10,
    ),
    _cancer(
        icd10("C18.9", "Uspesifisert ondartet svulst i tykktarm"),
        fixed(
            "capecitabin",
            "3 tabletter morgen og kveld i 14 dager, deretter 7 dager pause",
            "3+0+3",
            "Mot tarmkreft",
        ),
        (45, 84),
        9,
    ),
)
