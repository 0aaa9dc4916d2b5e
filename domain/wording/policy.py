"""The words of the policy's conditions, its locks, and what opens them."""

from __future__ import annotations

from collections.abc import Mapping

from domain.access import lock
from domain.access.lock import LEVEL, Key, Lock
from domain.access.matrix import Condition
from domain.words import Words

# The same to every patient and representative, whether anything is left out or not.
NOTICE = Words(
    nb="Du ser det du har rett til å se. Det kan finnes mer.",
    en="You see what you may see. There may be more.",
)

# As they go on after what somebody may do.
CONDITIONS: Mapping[Condition, Words] = {
    Condition.KEPT: Words(
        nb="når det er bestemt at forelderen beholder det",
        en="where it has been decided that the parent keeps it",
    ),
    Condition.SUITABLE: Words(
        nb="når en behandler har vurdert at det passer for den unge",
        en="where a clinician has found it suitable for the youth",
    ),
    Condition.IN_SCOPE: Words(
        nb="når fullmakten eller mandatet omfatter det", en="where the mandate covers it"
    ),
    Condition.SHARED: Words(
        nb="det som er delt med dem, og ikke mer", en="what is shared with them, and no more"
    ),
    Condition.APPROVES: Words(nb="for leger og psykologer", en="for doctors and psychologists"),
    Condition.IS_DOCTOR: Words(nb="for leger", en="for doctors"),
    Condition.ANSWERS: Words(
        nb="den plandelen en selv eller enheten svarer for",
        en="the part that one answers for, or one's unit",
    ),
    Condition.SUPERVISED: Words(
        nb="under en navngitt veileder", en="under a supervisor who is named"
    ),
    Condition.OWN_ONLY: Words(nb="bare det som er ens eget", en="only what is one's own"),
    Condition.ON_WORD: Words(
        nb="når det føres på ordet til den som bestemmer",
        en="as the word of whoever decides, written down",
    ),
    Condition.HEARD: Words(
        nb="når barnet er 12 til 15 år, på ordet til barnet og foreldrene som er hørt",
        en="for a child of 12 to 15, as the word of child and parents, who have been heard",
    ),
}

LOCKS: Mapping[Lock, Words] = {
    lock.DECEASED: Words(nb="Dødsfall", en="Death"),
    lock.LONG_DECEASED: Words(
        nb="Dødsfall, når tiden helsepersonell kan lese er over",
        en="Death, once the time that personnel read is over",
    ),
    lock.LOW_LEVEL: Words(nb="Innloggingens nivå", en="The level of the login"),
    lock.RESERVED_TO_SELF: Words(
        nb="Reservasjon, for pasienten selv", en="Reservation, to the patient's side"
    ),
    lock.RESERVED: Words(nb="Reservasjon", en="Reservation"),
    lock.NO_CONSENT: Words(nb="Trukket samtykke", en="Withdrawn consent"),
    lock.BLOCKED: Words(nb="Blokkering", en="Block"),
    lock.BLOCKED_TO_MACHINES: Words(
        nb="Blokkering, for systemer uten bruker", en="Block, to machines"
    ),
    lock.RESTRICTED: Words(nb="Sperring", en="Restriction"),
}

KEYS: Mapping[Key, Words] = {
    Key.CONSENT: Words(nb="samtykke fra pasienten", en="the patient's consent"),
    Key.EMERGENCY: Words(
        nb="nødtilgang når det haster, med grunn", en="emergency access, with a reason"
    ),
    Key.HIGHER_LEVEL: Words(
        nb=f"innlogging på sikkerhetsnivå {LEVEL}", en=f"a login at security level {LEVEL}"
    ),
    Key.UNDO: Words(nb="at reservasjonen oppheves", en="the end of the reservation"),
}
