"""What happened, in a few words for those who come on duty; bokmål is complete."""

from __future__ import annotations

from collections.abc import Mapping

from domain.event import EventKind
from domain.words import DEFAULT_LANGUAGE

_WORDS: Mapping[EventKind, Mapping[str, str]] = {
    EventKind.DRAFT_STARTED: {"nb": "Nytt utkast", "en": "New draft"},
    EventKind.DRAFT_SAVED: {"nb": "Utkastet er endret", "en": "The draft has changed"},
    EventKind.DRAFT_DISCARDED: {"nb": "Utkastet er lagt bort", "en": "The draft was put away"},
    EventKind.PART_ACTIVATED: {"nb": "Tatt i bruk", "en": "Taken into use"},
    EventKind.PART_REVISED: {"nb": "Ny versjon er tatt i bruk", "en": "A new version is in use"},
    EventKind.PART_HELD: {"nb": "Satt på vent", "en": "Put on hold"},
    EventKind.PART_RESUMED: {"nb": "Tatt opp igjen", "en": "Taken up again"},
    EventKind.PART_COMPLETED: {"nb": "Avsluttet", "en": "Ended"},
    EventKind.PART_REVOKED: {"nb": "Trukket tilbake", "en": "Withdrawn"},
    EventKind.PART_ENTERED_IN_ERROR: {
        "nb": "Merket som feilregistrert",
        "en": "Marked as entered in error",
    },
    EventKind.APPROVAL_REQUESTED: {
        "nb": "Det er bedt om godkjenning",
        "en": "Approval is asked for",
    },
    EventKind.APPROVAL_DECIDED: {
        "nb": "Godkjenningen er besvart",
        "en": "Approval has been answered",
    },
    EventKind.AGREEMENT_GIVEN: {
        "nb": "Noen har sagt om de er enige",
        "en": "Somebody has said whether they agree",
    },
    EventKind.SHARED: {"nb": "Delt med noen", "en": "Shared with somebody"},
    EventKind.SHARE_CHANGED: {"nb": "En deling er endret", "en": "A share has changed"},
    EventKind.SHARE_WITHDRAWN: {"nb": "En deling er trukket", "en": "A share was withdrawn"},
    EventKind.SHARE_CODE_MADE: {
        "nb": "Det er laget en kode for en deling",
        "en": "A code was made for a share",
    },
    EventKind.SHARE_OPENED: {
        "nb": "En deling er åpnet med kode",
        "en": "A share was opened by code",
    },
    EventKind.COMMENTED: {"nb": "Ny kommentar", "en": "New comment"},
    EventKind.COMMENT_ANSWERED: {
        "nb": "En kommentar er besvart",
        "en": "A comment was answered",
    },
    EventKind.COMMENT_PARKED: {
        "nb": "En kommentar er lagt til neste evaluering",
        "en": "A comment was put off to the next review",
    },
    EventKind.COMMENT_REOPENED: {
        "nb": "En kommentar er åpnet igjen",
        "en": "A comment was opened again",
    },
    EventKind.COMMENT_WITHDRAWN: {
        "nb": "En kommentar er trukket",
        "en": "A comment was withdrawn",
    },
    EventKind.SUGGESTED: {
        "nb": "Forslag til endring",
        "en": "A change was suggested",
    },
    EventKind.SUGGESTION_DECIDED: {
        "nb": "Et forslag er besvart",
        "en": "A suggestion was answered",
    },
    EventKind.SUGGESTION_WITHDRAWN: {
        "nb": "Et forslag er trukket",
        "en": "A suggestion was withdrawn",
    },
    EventKind.HANDOVER_OPENED: {
        "nb": "En annen virksomhet er bedt om å ta over ansvaret",
        "en": "Another organisation is asked to take over",
    },
    EventKind.HANDOVER_ACCEPTED: {
        "nb": "En annen virksomhet har tatt over ansvaret",
        "en": "Another organisation has taken over",
    },
    EventKind.HANDOVER_DECLINED: {
        "nb": "Den andre virksomheten tok ikke over ansvaret",
        "en": "The other organisation did not take over",
    },
    EventKind.HANDOVER_WITHDRAWN: {
        "nb": "Forespørselen om å ta over er trukket",
        "en": "The request to take over was taken back",
    },
    EventKind.MOVE_REGISTERED: {
        "nb": "Pasienten flytter, og den nye kommunen er bedt om å ta over",
        "en": "The patient moves, and the new municipality is asked to take over",
    },
    EventKind.TEAM_MEMBER_ADDED: {
        "nb": "Ny i behandlingsteamet",
        "en": "Somebody is new in the care team",
    },
    EventKind.TEAM_MEMBER_CHANGED: {
        "nb": "En oppgave eller kontaktopplysning i behandlingsteamet er endret",
        "en": "A task or contact detail in the care team has changed",
    },
    EventKind.TEAM_MEMBERSHIP_ENDED: {
        "nb": "Noen er ute av behandlingsteamet",
        "en": "Somebody has left the care team",
    },
    EventKind.REVIEW_HELD: {"nb": "Evaluert", "en": "Reviewed"},
    EventKind.REVIEW_DUE_SET: {
        "nb": "Ny dato for evaluering",
        "en": "New date for the review",
    },
    EventKind.CONSENT_GIVEN: {"nb": "Samtykke er gitt", "en": "Consent was given"},
    EventKind.CONSENT_WITHDRAWN: {
        "nb": "Samtykket er trukket tilbake",
        "en": "Consent was withdrawn",
    },
    EventKind.RESERVED: {"nb": "Pasienten har reservert seg", "en": "The patient has opted out"},
    EventKind.RESERVATION_UNDONE: {
        "nb": "Reservasjonen er opphevet",
        "en": "The reservation was undone",
    },
    EventKind.RESTRICTION_SET: {"nb": "Noe er sperret", "en": "Something was restricted"},
    EventKind.RESTRICTION_LIFTED: {
        "nb": "En sperring er opphevet",
        "en": "A restriction was lifted",
    },
    EventKind.PERSON_BLOCKED: {"nb": "Noen er blokkert", "en": "Somebody was blocked"},
    EventKind.BLOCK_LIFTED: {"nb": "En blokkering er opphevet", "en": "A block was lifted"},
    EventKind.RESTRICTION_OPENED: {
        "nb": "Det som er sperret, er åpnet med samtykke",
        "en": "What is restricted was opened on consent",
    },
    EventKind.EMERGENCY_OPENED: {
        "nb": "Noen har åpnet nødtilgang",
        "en": "Somebody has opened emergency access",
    },
    EventKind.ACCESS_CLOSED: {
        "nb": "Det som var åpnet, er lukket igjen",
        "en": "What was opened was closed again",
    },
    EventKind.EMERGENCY_REVIEWED: {
        "nb": "En nødtilgang er gjennomgått",
        "en": "An emergency access was reviewed",
    },
    EventKind.ERASURE_BLOCKED: {
        "nb": "Slettingen venter på at journalen får alt",
        "en": "Erasure waits for the record to get every version",
    },
    EventKind.ERASED: {"nb": "Innholdet er slettet for godt", "en": "The content was erased"},
    EventKind.CORRECTION_ASKED: {
        "nb": "Noen har bedt om retting eller sletting",
        "en": "Somebody has asked for correction or deletion",
    },
    EventKind.CORRECTION_DECIDED: {
        "nb": "Et krav om retting eller sletting er avgjort",
        "en": "A request for correction or deletion was decided",
    },
    EventKind.PATIENT_DIED: {"nb": "Pasienten er død", "en": "The patient has died"},
    EventKind.REPORT_SENT: {"nb": "Ny melding", "en": "New report"},
    EventKind.REPORT_CORRECTED: {"nb": "En melding er rettet", "en": "A report was corrected"},
    EventKind.REPORT_WITHDRAWN: {
        "nb": "En melding er trukket",
        "en": "A report was withdrawn",
    },
    EventKind.REPORT_MOVED: {
        "nb": "En melding er flyttet til rett barn",
        "en": "A report was moved to the right child",
    },
    EventKind.REPORT_SEEN: {"nb": "En melding er sett", "en": "A report was seen"},
    EventKind.REPORT_ACTED_ON: {
        "nb": "En melding er fulgt opp",
        "en": "A report was acted on",
    },
    EventKind.ACCESS_SET: {
        "nb": "Noe er bestemt om hvem som ser planen",
        "en": "Something was decided about who sees the plan",
    },
    EventKind.ACCESS_ENDED: {
        "nb": "Noe som var bestemt om hvem som ser planen, gjelder ikke lenger",
        "en": "Something that was decided about who sees the plan has ended",
    },
    EventKind.REPRESENTATION_GIVEN: {
        "nb": "Noen kan handle for pasienten",
        "en": "Somebody may act for the patient",
    },
    EventKind.REPRESENTATION_ENDED: {
        "nb": "Noen kan ikke lenger handle for pasienten",
        "en": "Somebody may no longer act for the patient",
    },
    EventKind.BIRTHDAY_NEAR: {
        "nb": "Barnet fyller snart 12 år",
        "en": "The child will soon be 12",
    },
    EventKind.REGISTER_TOLD: {
        "nb": "Folkeregisteret har nye opplysninger om familien",
        "en": "The population register has something new about the family",
    },
    EventKind.LOG_QUESTION_ASKED: {
        "nb": "Noen har spurt om loggen",
        "en": "Somebody has asked about the log",
    },
    EventKind.LOG_QUESTION_ANSWERED: {
        "nb": "Et spørsmål om loggen er besvart",
        "en": "A question about the log was answered",
    },
    EventKind.SOURCE_CHANGED: {
        "nb": "En kilde har nye opplysninger",
        "en": "A source has new information",
    },
    EventKind.REPORT_ESCALATED: {
        "nb": "En melding som ingen hadde sett, er sendt videre",
        "en": "A report that nobody had seen was passed on",
    },
    EventKind.MAY_BE_OUTDATED: {
        "nb": "Noe er endret i en kilde, og planen kan være utdatert",
        "en": "Something has changed in a source, and the plan may be outdated",
    },
    EventKind.NO_LONGER_OUTDATED: {
        "nb": "Merket om at planen kan være utdatert, er borte",
        "en": "The mark that the plan may be outdated is gone",
    },
    EventKind.TASK_TAKEN: {"nb": "Noen har tatt oppgaven", "en": "Somebody has taken the task"},
    EventKind.TASK_RELEASED: {"nb": "Oppgaven er ledig igjen", "en": "The task is free again"},
}


def words(kind: EventKind, language: str) -> str:
    """Return what happened, in bokmål where the language has no words."""
    by_language = _WORDS[kind]
    return by_language.get(language, by_language[DEFAULT_LANGUAGE])
