"""What somebody is called by what they are to a patient, and who that is."""

from __future__ import annotations

from collections.abc import Mapping

from domain.access.age import LIMITED, MAJORITY, OF_AGE
from domain.access.facts import DEFAULT
from domain.access.standing import Standing
from domain.words import Words

STANDINGS: Mapping[Standing, Words] = {
    Standing.PATIENT: Words(nb="pasient", en="patient"),
    Standing.YOUTH: Words(nb="ungdom med egen tilgang", en="youth with own access"),
    Standing.WITHOUT_CAPACITY: Words(
        nb="pasient uten samtykkekompetanse", en="patient without capacity to consent"
    ),
    Standing.PARENT: Words(
        nb=f"forelder til barn under {LIMITED} år", en=f"parent of a child under {LIMITED}"
    ),
    Standing.CHILD_WELFARE: Words(nb="barneverntjenesten", en="child welfare service"),
    Standing.GUARDIAN: Words(nb="verge", en="guardian"),
    Standing.PROXY: Words(nb="fullmektig", en="proxy"),
    Standing.ADVISER: Words(nb="lege eller advokat for pasienten", en="doctor or lawyer for them"),
    Standing.NEXT_OF_KIN: Words(nb="nærmeste pårørende", en="next of kin"),
    Standing.PARENT_12_15: Words(
        nb=f"forelder til barn på {LIMITED}–{OF_AGE - 1} år",
        en=f"parent of a child of {LIMITED} to {OF_AGE - 1}",
    ),
    Standing.PARENT_16_17: Words(
        nb=f"forelder til ungdom på {OF_AGE}–{MAJORITY - 1} år",
        en=f"parent of a youth of {OF_AGE} or {MAJORITY - 1}",
    ),
    Standing.PARENT_WITHOUT_CARE: Words(nb="forelder uten omsorgen", en="parent without the care"),
    Standing.RESPONSIBLE: Words(nb="planansvarlig", en="whoever answers for the plan"),
    Standing.PERSONNEL: Words(nb="helsepersonell", en="health personnel"),
    Standing.STUDENT: Words(nb="student", en="student"),
    Standing.EMERGENCY: Words(nb="helsepersonell med nødtilgang", en="personnel in an emergency"),
    Standing.RECIPIENT: Words(nb="mottaker av deling", en="recipient of a share"),
    Standing.VENDOR: Words(nb="leverandør", en="vendor"),
    Standing.SYSTEM: Words(nb="system uten bruker", en="system without a user"),
    Standing.OFFICER: Words(nb="personvernombud", en="privacy officer"),
}

WHO: Mapping[Standing, Words] = {
    Standing.PATIENT: Words(
        nb=f"Den planen gjelder, fra fylte {OF_AGE} år. Bestemmer selv om helsen sin.",
        en=f"Whose plan it is, from {OF_AGE}. Decides alone on health matters.",
    ),
    Standing.YOUTH: Words(
        nb=f"Den planen gjelder, fra fylte {DEFAULT.own_access_from} til {OF_AGE} år, når "
        "foreldrene har samtykket til egen innlogging.",
        en=f"Whose plan it is, from {DEFAULT.own_access_from} to {OF_AGE}, once the parents have "
        "agreed to an own login.",
    ),
    Standing.WITHOUT_CAPACITY: Words(
        nb="Den planen gjelder, når helsepersonell har vurdert at de ikke kan samtykke selv.",
        en="Whose plan it is, where health personnel have found that they can't consent.",
    ),
    Standing.PARENT: Words(
        nb=f"Den som har foreldreansvar for et barn under {LIMITED} år.",
        en=f"Who has parental responsibility for a child under {LIMITED}.",
    ),
    Standing.CHILD_WELFARE: Words(
        nb=f"Den som arbeider i barneverntjenesten som har omsorgen for et barn under {OF_AGE} år.",
        en=f"Who works for the child welfare service that has the care of a child under {OF_AGE}.",
    ),
    Standing.GUARDIAN: Words(
        nb="Verge, eller den som har en fremtidsfullmakt som er trådt i kraft.",
        en="A guardian (verge), or who holds a lasting power of attorney that has taken effect.",
    ),
    Standing.PROXY: Words(
        nb=f"Den som har fullmakt fra en pasient på {OF_AGE} år eller mer.",
        en=f"Who has a power of attorney from a patient of {OF_AGE} or more.",
    ),
    Standing.ADVISER: Words(
        nb="Lege eller advokat som leser for en pasient som er nektet innsyn.",
        en="A doctor or lawyer who reads for a patient who has been refused.",
    ),
    Standing.NEXT_OF_KIN: Words(
        nb="Nærmeste pårørende til en pasient som ikke kan samtykke eller er død, når "
        "helsepersonell har latt dem lese.",
        en="Next of kin of a patient who can't consent or has died, once health personnel have let "
        "them read.",
    ),
    Standing.PARENT_12_15: Words(
        nb=f"Den som har foreldreansvar for et barn fra fylte {LIMITED} til {OF_AGE} år, og "
        "beholder noe.",
        en=f"Who has parental responsibility for a child from {LIMITED} to {OF_AGE}, and keeps "
        "something.",
    ),
    Standing.PARENT_16_17: Words(
        nb=f"Den som har foreldreansvar for en ungdom fra fylte {OF_AGE} til {MAJORITY} år, når en "
        f"behandler etter {OF_AGE}-årsdagen har bestemt at de skal se noe.",
        en=f"Who has parental responsibility for a youth from {OF_AGE} to {MAJORITY}, where a "
        f"clinician has decided after the {OF_AGE}th birthday that they see something.",
    ),
    Standing.PARENT_WITHOUT_CARE: Words(
        nb="Den som har foreldreansvar for et barn som barneverntjenesten har omsorgen for, når en "
        "behandler etterpå har bestemt at de skal se noe.",
        en="Who has parental responsibility for a child in the care of the child welfare service, "
        "where a clinician has decided since that they see something.",
    ),
    Standing.RESPONSIBLE: Words(
        nb="Helsepersonell som svarer for plandelen, eller en kollega ved samme enhet. Også "
        "enheten til den som er planansvarlig, koordinator eller barnekoordinator i "
        "behandlingsteamet.",
        en="Health personnel who answer for the part, or a colleague of the same unit; also the "
        "unit of the team's plan responsible, coordinator or child coordinator.",
    ),
    Standing.PERSONNEL: Words(
        nb="Helsepersonell ved en enhet som har behandlingsrelasjon til pasienten. Relasjonen er "
        "enhetens, den som er valgt ved innlogging, ikke personens.",
        en="Health personnel at a unit with a care relation to the patient: the unit chosen at "
        "login, never the person.",
    ),
    Standing.STUDENT: Words(
        nb="Student ved en slik enhet, under en veileder som er navngitt.",
        en="A student at such a unit, under a named supervisor.",
    ),
    Standing.EMERGENCY: Words(
        nb="Helsepersonell uten behandlingsrelasjon, når det haster, etter å ha oppgitt grunn. "
        "Varer kort, vises for pasienten og blir etterkontrollert.",
        en="Health personnel without a care relation, in an emergency and with a reason; short, "
        "shown to the patient, and reviewed.",
    ),
    Standing.RECIPIENT: Words(
        nb="En person utenfor helsetjenesten som har fått biter av en plandel.",
        en="A person outside health care who has been given pieces of a part.",
    ),
    Standing.VENDOR: Words(
        nb="Et system uten bruker som har fått en hel plandel.",
        en="A system without a user that has been given a whole part.",
    ),
    Standing.SYSTEM: Words(
        nb="Et system uten bruker ved en enhet som har behandlingsrelasjon, for eksempel "
        "journalsystemet.",
        en="A system without a user, of a unit with a care relation; such as its record system.",
    ),
    Standing.OFFICER: Words(
        nb="Den som fører tilsyn med loggen for en virksomhet. Ser ingen planer.",
        en="Who oversees the log for an organisation. Sees no plan.",
    ),
}
