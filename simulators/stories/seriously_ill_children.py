"""Seriously ill children: two homes, large teams, respite, and a plan for the worst days."""

from __future__ import annotations

from simulators import catalogue as c
from simulators import organisations as org
from simulators.clinical import (
    Ages,
    Code,
    Critical,
    Meeting,
    PerKilo,
    Post,
    Prescription,
    Story,
    icd10,
)
from simulators.stories.child_parts import LEVETIRACETAM, PAIN_RELIEF, SEIZURE_STOPPERS, for_child
from simulators.stories.parts import check, papers

_ALL = (0, 17)

_RELIEF: tuple[Prescription, ...] = (
    PAIN_RELIEF,
    for_child(
        "oramorph",
        "{dose} ved behov, inntil hver 4. time",
        "Mot sterke smerter og tung pust",
        _ALL,
        use="behov",
        per_kilo=PerKilo(0.1, 2, 5),
    ),
    for_child("nexium_gran", "1 pose daglig", "Mot sure oppstøt", _ALL, chance=0.7),
    for_child("movicol_junior", "1 pose daglig", "Mot forstoppelse", (2, 17)),
    for_child(
        "zofran_mikst",
        "{dose} inntil 2 ganger daglig",
        "Mot kvalme",
        _ALL,
        use="behov",
        chance=0.7,
        per_kilo=PerKilo(0.1, 0.8, 4),
    ),
    for_child("melatonin", "1 tablett til natten", "For søvn", (2, 17), chance=0.6),
    for_child("divisun", "5 dråper daglig", "Vitamin D", (0, 3)),
)

_TEAM = (
    Post(
        unit=org.PAEDIATRICS,
        title="Overlege",
        functions=("CONTACT_DOCTOR", "PLAN_RESPONSIBLE"),
        role="Kontaktlege",
    ),
    Post(unit=org.PAEDIATRICS, title="Barnesykepleier", functions=("PRIMARY_CONTACT",)),
    Post(unit=org.PAEDIATRICS, title="Klinisk ernæringsfysiolog"),
    Post(
        unit=org.HOME_HOSPITAL, title="Barnesykepleier", role="Sykepleier, avansert hjemmesykehus"
    ),
    Post(unit=org.HABILITATION, title="Overlege", role="Lege, habilitering"),
    Post(unit=org.HABILITATION, title="Fysioterapeut"),
    Post(unit=org.HABILITATION, title="Psykolog"),
    Post(unit=org.PALLIATIVE, title="Overlege", role="Lege, barnepalliativt team"),
    Post(unit=org.PALLIATIVE, title="Sykepleier i palliativt team"),
    Post(unit=org.COORDINATION, title="Barnekoordinator", functions=("CHILD_COORDINATOR",)),
    Post(unit=org.RESPITE, title="Vernepleier"),
    Post(unit=org.RESPITE, title="Avlaster"),
    Post(unit=org.THERAPY, title="Ergoterapeut"),
    Post(unit=org.SCHOOL_HEALTH, title="Helsesykepleier"),
)

_MEETINGS = (
    check(
        c.PAEDIATRICS,
        "Kontroll hos kontaktlege",
        org.PAEDIATRICS,
        "Overlege",
        6,
        "Ta med medisinliste og plan.",
    ),
    check(c.HABILITATION, "Tverrfaglig oppfølging", org.HABILITATION, "Fysioterapeut", 8),
    Meeting(
        service=c.PALLIATION,
        description="Hjemmebesøk av barnepalliativt team",
        unit=org.PALLIATIVE,
        title="Sykepleier i palliativt team",
        every=4,
        minutes=60,
        contact="2",
    ),
    Meeting(
        service=c.PAEDIATRICS,
        description="Ansvarsgruppemøte på video",
        unit=org.PAEDIATRICS,
        title="Overlege",
        every=12,
        is_virtual=True,
        contact="5",
    ),
)

_PAPERS = papers(
    org.PAEDIATRICS,
    "Overlege",
    (c.DISCHARGE, "Epikrise, innleggelse med luftveisinfeksjon"),
    (c.JOURNAL, "Behandlingsavklaring"),
    (c.NURSING, "Sykepleiesammenfatning"),
    (c.TEST, "Blodprøver"),
    (c.IMAGING, "Røntgen thorax"),
    (c.CERTIFICATE, "Legeerklæring, omsorgspenger"),
    (c.LETTER, "Brev til kommunen om avlastning"),
)


def _child(
    problems: tuple[Code, ...],
    ages: Ages,
    count: int,
    medicines: tuple[Prescription, ...],
    note: str,
) -> Story:
    return Story(
        key="palliasjon_barn",
        count=count,
        ages=ages,
        problems=problems,
        prescriptions=(*medicines, *_RELIEF),
        meetings=_MEETINGS,
        papers=_PAPERS,
        team=_TEAM,
        critical=(
            Critical(category="5", code=problems[0], text=problems[0].text, note=note),
            Critical(
                category="6",
                code=None,
                text="PEG-sonde",
                note="Skiftes på barneavdelingen.",
                chance=0.7,
            ),
            Critical(
                category="2",
                code=None,
                text="Anestesirisiko",
                note="Kontakt barneanestesilege før narkose.",
                chance=0.5,
            ),
        ),
        vitals=(c.SPO2, c.CHILD_PULSE, c.TEMPERATURE),
        two_homes=True,
    )


_EPILEPTIC = (LEVETIRACETAM, *SEIZURE_STOPPERS)
_SPASTIC = (
    for_child(
        "baklofen_mikst",
        "{dose} 3 ganger daglig",
        "Mot spastisitet",
        (1, 17),
        per_kilo=PerKilo(0.2, 1, 20),
    ),
)

STORIES: tuple[Story, ...] = (
    _child(
        (icd10("G12.0", "Infantil spinal muskelatrofi, type I [Werdnig-Hoffmann]"),),
        (1, 6),
        3,
        (),
        "Bruker BiPAP om natten. Sug i luftveiene ved slim.",
    ),
    _child(
        (
            icd10("G80.0", "Spastisk kvadriplegisk cerebral parese"),
            icd10("G40.9", "Uspesifisert epilepsi"),
        ),
        (2, 16),
        4,
        (*_EPILEPTIC, *_SPASTIC),
        "Gi bukkal midazolam ved anfall over 5 minutter.",
    ),
    _child(
        (icd10("C71.9", "Uspesifisert ondartet svulst i hjerne"),),
        (4, 15),
        3,
        (LEVETIRACETAM,),
        "Ved brå hodepine eller oppkast: ring avdelingen.",
    ),
    _child(
        (icd10("E75.2", "Annen sfingolipidose"), icd10("G40.9", "Uspesifisert epilepsi")),
        (2, 9),
        3,
        _EPILEPTIC,
        "Følg plan for beredskap og livskvalitet.",
    ),
    Story(
        key="cystisk_fibrose_barn",
        count=3,
        ages=(6, 17),
        problems=(icd10("E84.0", "Cystisk fibrose med lungemanifestasjoner"),),
        prescriptions=(
            for_child("kaftrio", "2 tabletter hver morgen", "Mot cystisk fibrose", (12, 17)),
            for_child("creon", "2 kapsler til hvert måltid", "Fordøyelsesenzymer", _ALL),
            for_child(
                "ventoline_neb",
                "2,5 ml på forstøver før slimmobilisering",
                "Åpner luftveiene",
                _ALL,
            ),
        ),
        meetings=_MEETINGS[:2],
        papers=_PAPERS[:4],
        team=(*_TEAM[:3], *_TEAM[5:7], _TEAM[9], _TEAM[13]),
        critical=(
            Critical(
                category="4",
                code=None,
                text="Pseudomonas i luftveiene",
                note="Skal isoleres fra andre med cystisk fibrose.",
            ),
        ),
        vitals=(c.SPO2, c.CHILD_PULSE),
        two_homes=True,
    ),
)
