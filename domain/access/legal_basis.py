"""The law that access rests on, as dated data: rules change, and a decision is made by its day's.

Which section covers what needs a lawyer's check; the sources are in the design notes, and every
entry says whether it was confirmed there. A law that has been repealed gets its `until`, and the
one that takes over a new entry beside it: nothing else changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from domain.access.matrix import CELLS, Condition
from domain.access.right import OF_KJERNEJOURNAL, Right
from domain.access.standing import HEALTH_PERSONNEL, OWN, PARENTS, Standing
from domain.noun import Noun
from domain.refusal import Refusal
from domain.words import Words


class LegalBasis(Noun):
    """A section of a law, from and until when it holds; `until` None is until further notice.

    `is_confirmed` tells that its content has been read in a source, not that a lawyer has agreed.
    """

    key: str
    law: Words
    section: str | None
    about: Words
    since: date
    until: date | None = None
    is_confirmed: bool = False

    def holds(self, day: date) -> bool:
        """Tell whether it is law on a day."""
        return self.since <= day and (self.until is None or day < self.until)

    def name(self, language: str) -> str:
        """Return the law and its section, as it is cited."""
        law = self.law.to(language)
        return law if self.section is None else f"{law} {self.section}"


_PBRL = Words(
    nb="pasient- og brukerrettighetsloven", en="the Patients' and Users' Rights Act (pbrl.)"
)
_HPL = Words(nb="helsepersonelloven", en="the Health Personnel Act (hpl.)")
_PERSONAL_DATA = Words(nb="personvernforordningen", en="the General Data Protection Regulation")
_RIGHTS_ACT, _RECORDS_ACT, _GDPR = date(2001, 1, 1), date(2015, 1, 1), date(2018, 7, 20)

OF_AGE = LegalBasis(
    key="PBRL_4_3",
    law=_PBRL,
    section="§ 4-3",
    about=Words(
        nb="Den som er over 16 år, samtykker selv til helsehjelp.",
        en="Who is over 16 consents to health care alone.",
    ),
    since=_RIGHTS_ACT,
)
OWN_RECORD = LegalBasis(
    key="PBRL_5_1",
    law=_PBRL,
    section="§ 5-1",
    about=Words(
        nb="Pasienten har rett til innsyn i egen journal, med snevre unntak.",
        en="The patient may see their own record, with narrow exceptions.",
    ),
    since=_RIGHTS_ACT,
)
INFORMED_PARENTS = LegalBasis(
    key="PBRL_3_4",
    law=_PBRL,
    section="§ 3-4",
    about=Words(
        nb="Barn og foreldre skal informeres; fra barnet er 12, kan noe holdes tilbake.",
        en="Child and parents shall be informed; from 12, something may be kept from the parents.",
    ),
    since=_RIGHTS_ACT,
    is_confirmed=True,
)
PARENTS_CONSENT = LegalBasis(
    key="PBRL_4_4",
    law=_PBRL,
    section="§ 4-4",
    about=Words(
        nb="Foreldrene samtykker for barn under 16 år; barnet skal høres.",
        en="Parents consent for a child under 16; the child shall be heard.",
    ),
    since=_RIGHTS_ACT,
)
INCAPACITY = LegalBasis(
    key="PBRL_4_5",
    law=_PBRL,
    section="§§ 4-5, 4-6",
    about=Words(
        nb="Hvem som avgjør for den som mangler samtykkekompetanse.",
        en="Who decides for somebody without capacity to consent.",
    ),
    since=_RIGHTS_ACT,
)
NEXT_OF_KIN = LegalBasis(
    key="PBRL_3_3",
    law=_PBRL,
    section="§§ 3-3, 5-1",
    about=Words(
        nb="Nærmeste pårørende til den som ikke kan samtykke, blir informert. Etter et dødsfall "
        "har de innsyn når ikke særlige grunner taler mot det.",
        en="Next of kin of who can't consent are informed; after a death they may see the record "
        "unless particular reasons speak against it.",
    ),
    since=_RIGHTS_ACT,
)
AGAINST_SPREADING = LegalBasis(
    key="PBRL_5_3",
    law=_PBRL,
    section="§ 5-3",
    about=Words(
        nb="Pasienten kan motsette seg at opplysninger gis videre.",
        en="The patient may oppose that information is passed on.",
    ),
    since=_RIGHTS_ACT,
)
COOPERATION = LegalBasis(
    key="HPL_25_45",
    law=_HPL,
    section="§§ 25, 45",
    about=Words(
        nb="Opplysninger kan gis til den som trenger dem for å yte helsehjelp.",
        en="Information may be given to those who need it to give care.",
    ),
    since=_RIGHTS_ACT,
)
NO_SNOOPING = LegalBasis(
    key="HPL_21_A",
    law=_HPL,
    section="§ 21 a",
    about=Words(
        nb="Forbud mot å tilegne seg opplysninger uten tjenstlig behov.",
        en="Nobody may look without a need in their service.",
    ),
    since=_RIGHTS_ACT,
)
CORRECTION = LegalBasis(
    key="HPL_42_43",
    law=_HPL,
    section="§§ 42, 43",
    about=Words(nb="Retting og sletting i journal.", en="Correction and deletion in records."),
    since=_RIGHTS_ACT,
)
USE_IS_LOGGED = LegalBasis(
    key="PJL_22",
    law=Words(nb="pasientjournalloven", en="the Patient Records Act"),
    section="§ 22",
    about=Words(
        nb="Bruk av opplysninger skal kunne etterspores.",
        en="The use of information shall be traceable.",
    ),
    since=_RECORDS_ACT,
)
SHARED_RECORD = LegalBasis(
    key="KJERNEJOURNAL",
    law=Words(nb="kjernejournalforskriften", en="the Kjernejournal Regulations"),
    section=None,
    about=Words(
        nb="Reservasjon, sperring, blokkering og nødtilgang i nasjonal kjernejournal.",
        en="Reservation, restriction, block and emergency access in kjernejournal.",
    ),
    since=date(2013, 6, 1),
)
GUARDIANSHIP = LegalBasis(
    key="VERGEMAL",
    law=Words(nb="vergemålsloven", en="the Guardianship Act"),
    section=None,
    about=Words(
        nb="Verge og fremtidsfullmektig handler innenfor sitt mandat.",
        en="A guardian, or who holds a lasting power, acts within the mandate.",
    ),
    since=date(2013, 7, 1),
)
CHILD_WELFARE = LegalBasis(
    key="BARNEVERN",
    law=Words(nb="barnevernsloven", en="the Child Welfare Act"),
    section=None,
    about=Words(
        nb="Barneverntjenesten har overtatt omsorgen.",
        en="The child welfare service has taken over the care.",
    ),
    since=date(2023, 1, 1),
)
OWN_WORD = LegalBasis(
    key="OWN_WORD",
    law=Words(nb="pasientens eget valg", en="the patient's own choice"),
    section=None,
    about=Words(
        nb="Pasienten har selv gitt fullmakt, delt eller samtykket.",
        en="The patient has given a power of attorney, shared or consented.",
    ),
    since=_RIGHTS_ACT,
)
OFFICERS_TASKS = LegalBasis(
    key="GDPR_39",
    law=_PERSONAL_DATA,
    section="art. 39",
    about=Words(nb="Personvernombudets oppgaver.", en="The privacy officer's tasks."),
    since=_GDPR,
)
PROCESSOR = LegalBasis(
    key="GDPR_28",
    law=_PERSONAL_DATA,
    section="art. 28",
    about=Words(
        nb="Leverandøren behandler opplysninger etter avtale med den ansvarlige.",
        en="The vendor processes information by agreement with the controller.",
    ),
    since=_GDPR,
)

ALL: tuple[LegalBasis, ...] = (
    OF_AGE,
    OWN_RECORD,
    INFORMED_PARENTS,
    PARENTS_CONSENT,
    INCAPACITY,
    NEXT_OF_KIN,
    AGAINST_SPREADING,
    COOPERATION,
    NO_SNOOPING,
    CORRECTION,
    USE_IS_LOGGED,
    SHARED_RECORD,
    GUARDIANSHIP,
    CHILD_WELFARE,
    OWN_WORD,
    OFFICERS_TASKS,
    PROCESSOR,
)

_OF_STANDING: Mapping[Standing, tuple[LegalBasis, ...]] = {
    **dict.fromkeys(OWN, (OWN_RECORD,)),
    **dict.fromkeys(PARENTS, (INFORMED_PARENTS,)),
    **dict.fromkeys(HEALTH_PERSONNEL, (COOPERATION,)),
    Standing.CHILD_WELFARE: (CHILD_WELFARE,),
    Standing.GUARDIAN: (GUARDIANSHIP,),
    Standing.PROXY: (OWN_WORD,),
    Standing.ADVISER: (OWN_RECORD,),
    Standing.NEXT_OF_KIN: (NEXT_OF_KIN,),
    Standing.EMERGENCY: (COOPERATION, SHARED_RECORD),
    Standing.RECIPIENT: (OWN_WORD,),
    Standing.VENDOR: (OWN_WORD, PROCESSOR),
    Standing.SYSTEM: (COOPERATION, PROCESSOR),
    Standing.OFFICER: (OFFICERS_TASKS,),
}
_DECIDES = frozenset({Right.AGREE, Right.SHARE, Right.CONSENT, Right.RESERVE, Right.LOCK})
_LOG = frozenset({Right.READ_LOG, Right.ASK_ABOUT_LOG})


def bases(right: Right, standing: Standing) -> tuple[LegalBasis, ...]:
    """Return what a right of somebody's rests on, whatever the day."""
    if right in _LOG and standing is not Standing.OFFICER:
        return (USE_IS_LOGGED,)
    if right is Right.INFORM_KIN:
        return (NEXT_OF_KIN,)
    if right is Right.DECIDE_CORRECTION or right is Right.ASK_CORRECTION:
        return (CORRECTION,)
    if right in _DECIDES and standing is Standing.PATIENT:
        return (OF_AGE,)
    is_written_down = CELLS[standing][right].condition is Condition.HEARD
    if right in _DECIDES and (standing in PARENTS or is_written_down):
        return (PARENTS_CONSENT,)
    found = _OF_STANDING[standing]
    is_shared = right in OF_KJERNEJOURNAL and SHARED_RECORD not in found
    return (*found, SHARED_RECORD) if is_shared else found


# What stands behind a refusal, where a law does.
_AGAINST: Mapping[Refusal, tuple[LegalBasis, ...]] = {
    Refusal.NO_CARE_RELATION: (NO_SNOOPING,),
    Refusal.PURPOSE: (NO_SNOOPING,),
    Refusal.PARENT_12_16: (INFORMED_PARENTS,),
    Refusal.OVER_16: (OF_AGE, INFORMED_PARENTS),
    Refusal.UNDER_16: (OF_AGE, PARENTS_CONSENT),
    Refusal.NO_CAPACITY: (INCAPACITY,),
    Refusal.CARE_TAKEN_OVER: (CHILD_WELFARE,),
    Refusal.PROXY_SCOPE: (GUARDIANSHIP, OWN_WORD),
    Refusal.NOT_SHARED: (OWN_WORD,),
    Refusal.RESERVED: (AGAINST_SPREADING, SHARED_RECORD),
    Refusal.NO_CONSENT: (OF_AGE, AGAINST_SPREADING),
    Refusal.BLOCKED: (AGAINST_SPREADING, SHARED_RECORD),
    Refusal.RESTRICTED: (AGAINST_SPREADING, SHARED_RECORD),
    Refusal.SECURITY_LEVEL: (SHARED_RECORD,),
}


def against(refusal: Refusal) -> tuple[LegalBasis, ...]:
    """Return the laws behind a refusal, whatever the day; none where it is the process's own."""
    return _AGAINST.get(refusal, ())


def in_force(found: Iterable[LegalBasis], day: date) -> tuple[LegalBasis, ...]:
    """Return those that are law on a day."""
    return tuple(basis for basis in found if basis.holds(day))
