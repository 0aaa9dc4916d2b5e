"""What a notice says, in words; it names no diagnosis, and bokmål is complete."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from domain.cooperation.notice import Notice, NoticeTo
from domain.event import EventKind
from domain.words import DEFAULT_LANGUAGE

_TO_PATIENT_SIDE: Mapping[EventKind, Mapping[str, str]] = {
    EventKind.SHARED: {
        "nb": "Noe av planen er delt med noen.",
        "en": "Something of the plan has been shared with somebody.",
    },
    EventKind.HANDOVER_ACCEPTED: {
        "nb": "En annen virksomhet har tatt over ansvaret for planen.",
        "en": "Another organisation has taken over responsibility for the plan.",
    },
    EventKind.PART_ACTIVATED: {
        "nb": "En ny plan er tatt i bruk. Les hva som står i den.",
        "en": "A new plan is in use. Read what it says.",
    },
    EventKind.PART_REVISED: {
        "nb": "Planen er endret. Les hva som er nytt.",
        "en": "The plan has changed. Read what is new.",
    },
    EventKind.PART_HELD: {"nb": "Planen er satt på vent.", "en": "The plan is on hold."},
    EventKind.PART_RESUMED: {
        "nb": "Planen gjelder igjen.",
        "en": "The plan is to be followed again.",
    },
    EventKind.PART_COMPLETED: {"nb": "Planen er avsluttet.", "en": "The plan has ended."},
    EventKind.PART_REVOKED: {
        "nb": "Planen er trukket tilbake og skal ikke følges.",
        "en": "The plan has been withdrawn, and is not to be followed.",
    },
    EventKind.PART_ENTERED_IN_ERROR: {
        "nb": "En plan var feilregistrert og skal ikke følges.",
        "en": "A plan was entered in error, and is not to be followed.",
    },
    EventKind.BIRTHDAY_NEAR: {
        "nb": "Barnet fyller snart 12 år. Fra da av ser foreldre mindre av planen: det som trengs "
        "hver dag, om ikke helsepersonell bestemmer noe annet. Snakk gjerne med dem om det nå.",
        "en": "The child will soon be 12. From then on parents see less: what is needed "
        "every day, unless health personnel decide otherwise. Do talk to them about it now.",
    },
    EventKind.ACCESS_SET: {
        "nb": "Helsepersonell har bestemt hva foreldrene ser av planen. Les hva de har skrevet.",
        "en": "Health personnel have decided what parents see of the plan. Read what they wrote.",
    },
    EventKind.ACCESS_ENDED: {
        "nb": "Det som var bestemt om hva foreldrene ser av planen, gjelder ikke lenger.",
        "en": "What was decided about what parents see of the plan has ended.",
    },
    EventKind.CORRECTION_DECIDED: {
        "nb": "Kravet om retting eller sletting er avgjort.",
        "en": "The request for correction or deletion has been decided.",
    },
    EventKind.RESTRICTION_SET: {
        "nb": "Helsepersonell har registrert en sperring, slik dere ba om.",
        "en": "Health personnel have written down a restriction, as you asked.",
    },
    EventKind.RESTRICTION_LIFTED: {
        "nb": "Helsepersonell har opphevet en sperring, slik dere ba om.",
        "en": "Health personnel have lifted a restriction, as you asked.",
    },
    EventKind.PERSON_BLOCKED: {
        "nb": "Helsepersonell har registrert en blokkering, slik dere ba om.",
        "en": "Health personnel have written down a block, as you asked.",
    },
    EventKind.BLOCK_LIFTED: {
        "nb": "Helsepersonell har opphevet en blokkering, slik dere ba om.",
        "en": "Health personnel have lifted a block, as you asked.",
    },
    EventKind.RESTRICTION_OPENED: {
        "nb": "Det som er sperret, er åpnet for én person en stund. Se hvem, og hvor lenge.",
        "en": "What is restricted is open to one person for a while. See who, and for how long.",
    },
    EventKind.EMERGENCY_OPENED: {
        "nb": "Noen har åpnet planen i en nødsituasjon. Se hvem og hvorfor. Det blir gjennomgått "
        "av personvernombudet, og du kan spørre om det.",
        "en": "Somebody has opened the plan in an emergency. See who and why. The privacy officer "
        "reviews it, and you can ask about it.",
    },
    EventKind.EMERGENCY_REVIEWED: {
        "nb": "Personvernombudet har gjennomgått en nødtilgang. Les hva som ble funnet.",
        "en": "The privacy officer has reviewed an emergency access. Read what was found.",
    },
}
_TO_OTHERS: Mapping[EventKind, Mapping[str, str]] = {
    EventKind.ACCESS_SET: {
        "nb": "Helsepersonell har bestemt hva du ser av planen. Les hva de har skrevet.",
        "en": "Health personnel have decided what you see of the plan. Read what they wrote.",
    },
    EventKind.ACCESS_ENDED: {
        "nb": "Det som var bestemt om hva du ser av planen, gjelder ikke lenger.",
        "en": "What was decided about what you see of the plan has ended.",
    },
    EventKind.REPRESENTATION_GIVEN: {
        "nb": "Det er registrert at noen kan handle for en pasient.",
        "en": "It is registered that somebody may act for a patient.",
    },
    EventKind.REPRESENTATION_ENDED: {
        "nb": "Det er registrert at noen ikke lenger kan handle for en pasient.",
        "en": "It is registered that somebody may no longer act for a patient.",
    },
    EventKind.SHARED: {
        "nb": "Noe av en plan er delt med dere.",
        "en": "Something of a plan has been shared with you.",
    },
    EventKind.SHARE_CHANGED: {
        "nb": "Sluttdatoen for en deling er endret.",
        "en": "The end date of a share has changed.",
    },
    EventKind.SHARE_WITHDRAWN: {"nb": "Delingen er avsluttet.", "en": "The share has ended."},
    EventKind.HANDOVER_OPENED: {
        "nb": "Dere er bedt om å ta over ansvaret for en plan.",
        "en": "You are asked to take over responsibility for a plan.",
    },
    EventKind.MOVE_REGISTERED: {
        "nb": "En pasient flytter, og dere er bedt om å ta over ansvaret for en plan.",
        "en": "A patient moves, and you are asked to take over responsibility for a plan.",
    },
    EventKind.HANDOVER_ACCEPTED: {
        "nb": "Den andre virksomheten har tatt over ansvaret.",
        "en": "The other organisation has taken over.",
    },
    EventKind.HANDOVER_DECLINED: {
        "nb": "Den andre virksomheten tok ikke over. Ansvaret er deres som før.",
        "en": "The other organisation did not take over. The responsibility is yours as before.",
    },
    EventKind.HANDOVER_WITHDRAWN: {
        "nb": "Forespørselen om å ta over ansvaret er trukket.",
        "en": "The request to take over was taken back.",
    },
    EventKind.APPROVAL_REQUESTED: {
        "nb": "Noen ber om godkjenning.",
        "en": "Somebody asks for approval.",
    },
    EventKind.APPROVAL_DECIDED: {
        "nb": "Godkjenningen du ba om, er besvart.",
        "en": "The approval that you asked for has been answered.",
    },
    EventKind.COMMENT_ANSWERED: {
        "nb": "Kommentaren din er besvart.",
        "en": "Your comment has been answered.",
    },
    EventKind.SUGGESTION_DECIDED: {
        "nb": "Forslaget ditt er besvart.",
        "en": "Your suggestion has been answered.",
    },
    EventKind.REPORT_SEEN: {"nb": "Meldingen din er sett.", "en": "Your report has been seen."},
    EventKind.REPORT_ACTED_ON: {
        "nb": "Meldingen din er fulgt opp.",
        "en": "Your report has been acted on.",
    },
    EventKind.REPORT_ESCALATED: {
        "nb": "Ingen har sett meldingen din i tide. Den er sendt videre. Haster det, så ring.",
        "en": "Nobody has seen your report in time. It was passed on. If it is urgent, call.",
    },
    EventKind.REPORT_WITHDRAWN: {
        "nb": "Noe du meldte, er tatt ut av bruk. Et krav om sletting er godtatt.",
        "en": "Something you reported is no longer in use. A request for deletion was accepted.",
    },
    EventKind.COMMENT_WITHDRAWN: {
        "nb": "Kommentaren din er tatt bort. Et krav om sletting er godtatt.",
        "en": "Your comment has been taken away. A request for deletion was accepted.",
    },
    EventKind.PART_ACTIVATED: {
        "nb": "En plan som er delt med dere, er tatt i bruk.",
        "en": "A plan that is shared with you is in use.",
    },
    EventKind.PART_REVISED: {
        "nb": "En plan som er delt med dere, er endret. Bruk den nye.",
        "en": "A plan that is shared with you has changed. Use the new one.",
    },
    EventKind.CORRECTION_ASKED: {
        "nb": "Noen ber dere rette eller slette en opplysning.",
        "en": "Somebody asks you to correct or delete an entry.",
    },
}
_TO_ONE: Mapping[EventKind, Mapping[str, str]] = {
    EventKind.SHARED: {
        "nb": "Noe av en plan er delt med deg.",
        "en": "Something of a plan has been shared with you.",
    },
    EventKind.PART_REVISED: {
        "nb": "En plan som er delt med deg, er endret. Bruk den nye.",
        "en": "A plan that is shared with you has changed. Use the new one.",
    },
}

_WHY_OWN = {
    "nb": "Du får dette fordi planen er din.",
    "en": "You are told since the plan is yours.",
}
_WHY: Mapping[NoticeTo, Mapping[str, str]] = {
    NoticeTo.SENDER: {
        "nb": "Du får dette fordi du sendte inn det som er besvart.",
        "en": "You are told since you sent what this answers.",
    },
    NoticeTo.PATIENT_SIDE: {
        "nb": "Du får dette fordi du følger opp en annens plan.",
        "en": "You are told since you follow somebody else's plan.",
    },
    NoticeTo.CITIZEN: {
        "nb": "Du får dette fordi det er til deg.",
        "en": "You are told since it is meant for you.",
    },
    NoticeTo.PERSONNEL: {
        "nb": "Du får dette fordi det svarer på noe du gjorde.",
        "en": "You are told since it answers something you did.",
    },
    NoticeTo.SHARE: {
        "nb": "Du får dette fordi noe er delt med deg.",
        "en": "You are told since something is shared with you.",
    },
    NoticeTo.ORGANISATION: {
        "nb": "Du får dette fordi det er til virksomheten din.",
        "en": "You are told since it is meant for your organisation.",
    },
}


def why(told_as: Sequence[NoticeTo], language: str, *, is_own: bool) -> str:
    """Return why somebody is told: the closest of what they are told as, and nobody's name."""
    closest = next(each for each in _WHY if each in told_as)
    words = _WHY_OWN if is_own and closest is NoticeTo.PATIENT_SIDE else _WHY[closest]
    return words.get(language, words[DEFAULT_LANGUAGE])


def sentence(notice: Notice, language: str) -> str:
    """Return what a notice says to whom it is for, in bokmål where the language has no words."""
    by_language = _words(notice)
    return by_language.get(language, by_language[DEFAULT_LANGUAGE])


def _words(notice: Notice) -> Mapping[str, str]:
    if notice.is_to_patient_side and notice.kind in _TO_PATIENT_SIDE:
        return _TO_PATIENT_SIDE[notice.kind]
    if NoticeTo.ORGANISATION not in notice.told_as and notice.kind in _TO_ONE:
        return _TO_ONE[notice.kind]
    return _TO_OTHERS[notice.kind]
