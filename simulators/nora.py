"""Nora Fjell's chart: severe asthma and epilepsy, a large team, two homes, a full record."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from simulators import catalogue as c
from simulators import organisations as org
from simulators import staff
from simulators.chart import Chart
from simulators.clinical import Code, Critical, Meeting
from simulators.hospital_record import Visit
from simulators.nora_medicines import medicines_of_nora
from simulators.people import Employer, Role, TeamMember, member
from simulators.stories.children import ASTHMA
from simulators.stories.parts import EPILEPSY

OMAR = member(staff.OMAR, "CONTACT_DOCTOR", title="Kontaktlege", since="2021-08-16")
INGRID = member(
    staff.INGRID, "PLAN_RESPONSIBLE", "PRIMARY_CONTACT", title="Primærkontakt", since="2022-01-10"
)
SIRI = member(staff.SIRI, "CHILD_COORDINATOR", since="2023-09-01")


def team_of_nora(gp: TeamMember) -> list[TeamMember]:
    """Return her fifteen: hospital, municipality, school, GP and home monitoring."""
    return [
        OMAR,
        INGRID,
        _at(org.PAEDIATRICS, "Barnesykepleier", 1, "Astmasykepleier", "2022-03-14"),
        _at(org.NEUROLOGY, "Epilepsisykepleier", 0, "Epilepsisykepleier", "2023-02-06"),
        _at(org.PAEDIATRICS, "Overlege", 1, "Barnenevrolog", "2022-11-21"),
        _at(org.PAEDIATRICS, "Klinisk ernæringsfysiolog", 0, None, "2024-01-15"),
        _at(org.HABILITATION, "Psykolog", 0, None, "2024-08-20"),
        _at(org.HABILITATION, "Fysioterapeut", 0, None, "2024-08-20"),
        SIRI,
        _at(org.RESPITE, "Avlaster", 0, "Avlaster, annenhver helg", "2025-01-11"),
        _at(org.SCHOOL_HEALTH, "Helsesykepleier", 0, None, "2021-08-18"),
        _school("Lene Aas", "Kontaktlærer", "99015001"),
        _school("Vidar Berg", "Assistent", "99015002"),
        gp,
        member(staff.VENDOR_CONTACT, since="2025-06-02"),
    ]


def _at(unit: str, title: str, number: int, role: str | None, since: str) -> TeamMember:
    return member(staff.at(unit, title)[number], title=role, since=since)


def _school(name: str, role: str, phone: str) -> TeamMember:
    school = Employer(name="Fjordvik skole")
    return TeamMember(name=name, role=Role(text=role), organisation=school, phone=phone)


def _meeting(
    description: str,
    instruction: str | None,
    *,
    minutes: int = 30,
    contact: str = "3",
    level: str = "3",
    unit: str = org.PAEDIATRICS,
    service: Code = c.PAEDIATRICS,
    is_virtual: bool = False,
) -> Meeting:
    return Meeting(
        service=service,
        description=description,
        unit=unit,
        title="Overlege",
        every=4,
        minutes=minutes,
        contact=contact,
        level=level,
        instruction=instruction,
        is_virtual=is_virtual,
    )


_TEAM = team_of_nora(OMAR)
_CONTROL = _meeting(
    "Kontroll astma hos kontaktlege", "Ta med egenmålinger og inhalator.", minutes=45
)
_INJECTION = _meeting(
    "Xolair-injeksjon", "Beregn en time på avdelingen etterpå.", contact="2", level="2", minutes=90
)
_VIDEO = _meeting("Videosamtale med astmasykepleier", None, is_virtual=True)
_SEIZURES = _meeting("Kontroll epilepsi", "Ta med anfallskalender.", minutes=45)
_EEG = _meeting("EEG", "Nora bør ha sovet lite natten før.", contact="1", minutes=60)
_FOOD = _meeting("Kostveiledning", None, contact="2")
_TALK = _meeting("Samtale hos psykolog", None, unit=org.HABILITATION, service=c.HABILITATION)
_BREATHING = _meeting(
    "Fysioterapi, pusteteknikk",
    "Ta med treningstøy.",
    unit=org.HABILITATION,
    service=c.HABILITATION,
    contact="2",
)
_GROUP = _meeting("Ansvarsgruppemøte på video", None, contact="5", minutes=60, is_virtual=True)

# Days from the world's day, hour, what and with whom.
MEETINGS: tuple[tuple[int, int, Meeting, TeamMember], ...] = (
    (-92, 9, _CONTROL, OMAR),
    (-65, 11, _INJECTION, INGRID),
    (-37, 11, _INJECTION, INGRID),
    (-9, 11, _INJECTION, INGRID),
    (11, 10, _CONTROL, OMAR),
    (18, 13, _VIDEO, _TEAM[2]),
    (19, 11, _INJECTION, INGRID),
    (25, 9, _SEIZURES, _TEAM[4]),
    (32, 12, _EEG, _TEAM[4]),
    (40, 14, _FOOD, _TEAM[5]),
    (46, 10, _TALK, _TEAM[6]),
    (53, 12, _BREATHING, _TEAM[7]),
    (60, 14, _GROUP, INGRID),
)


DOCUMENTS: tuple[tuple[int, Code, str, TeamMember], ...] = (
    (9, c.NURSING, "Sykepleienotat, Xolair-injeksjon", INGRID),
    (62, c.DISCHARGE, "Epikrise etter innleggelse med astmaforverring", OMAR),
    (64, c.IMAGING, "Røntgen thorax", OMAR),
    (64, c.TEST, "Blodprøver", OMAR),
    (92, c.FUNCTION, "Spirometri", OMAR),
    (92, c.JOURNAL, "Poliklinisk notat, astma", OMAR),
    (120, c.LETTER, "Brev til fastlege om oppstart av Xolair", OMAR),
    (150, c.TEST, "Allergitest", OMAR),
    (301, c.FUNCTION, "EEG", OMAR),
    (330, c.CERTIFICATE, "Legeerklæring, omsorgspenger", OMAR),
)

CRITICAL = (
    Critical(
        category="5",
        code=EPILEPSY,
        text="Epilepsi med langvarige anfall",
        note="Gi bukkal midazolam ved anfall over 5 minutter. Ring 113.",
    ),
    Critical(
        category="5",
        code=ASTHMA,
        text="Alvorlig astma, tidligere intensivopphold",
        note="Lav terskel for innleggelse. Magnesium intravenøst har hatt effekt.",
    ),
    Critical(
        category="2",
        code=None,
        text="Bronkospasme ved innledning av narkose",
        note="Kontakt barneanestesilege før narkose.",
    ),
)
_RECORDED = (date(2022, 11, 21), date(2023, 2, 14), date(2021, 6, 10))


def fill_nora(chart: Chart, today: date) -> None:
    """Write her chart as it stands on a day."""
    for entry in medicines_of_nora(today, OMAR.name):
        chart.medicine(entry)
    for days, hour, meeting, by in MEETINGS:
        start = datetime.combine(today + timedelta(days=days), time(hour, 30))
        status = "fulfilled" if days < 0 else "booked"
        online = meeting.is_virtual
        chart.visit(Visit(meeting=meeting, start=start, by=by, status=status, online=online))
    team = chart.person.team
    chart.team("Behandlingsteam rundt Nora", team[:8], org.HOSPITAL)
    chart.team("Ansvarsgruppe for Nora", team[8:], org.MUNICIPALITY)
    for days, kind, title, author in DOCUMENTS:
        at = datetime.combine(today - timedelta(days=days), time(14, 20))
        chart.document(kind, title, at, author)
    _register_critical(chart)


def _register_critical(chart: Chart) -> None:
    first_dose = "Anafylaksi etter første dose. Adrenalin gitt."
    chart.allergy(c.AMOXICILLIN, date(2024, 10, 2), OMAR, note=first_dose)
    chart.allergy(c.PEANUT, date(2019, 5, 21), OMAR, verification="presumed")
    chart.allergy(c.PLASTER, date(2023, 3, 9), INGRID, clinical="inactive", verification="refuted")
    for critical, recorded in zip(CRITICAL, _RECORDED, strict=True):
        chart.condition(critical, recorded, OMAR)
