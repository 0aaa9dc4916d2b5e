"""The sentences users read about states, reasons and refusals, by language; bokmål is complete."""

from __future__ import annotations

from domain.refusal import Refusal
from domain.source.section import ReasonCode
from domain.words import DEFAULT_LANGUAGE

_SENTENCES: dict[ReasonCode | Refusal, dict[str, str]] = {
    ReasonCode.UNREADABLE_ITEM: {
        "nb": "Kilden sendte opplysninger som ikke kunne leses. De er utelatt her.",
        "en": "The source sent items that could not be read. They are left out here.",
    },
    ReasonCode.TRUNCATED: {
        "nb": "Kilden har flere opplysninger enn det som vises her.",
        "en": "The source holds more items than are shown here.",
    },
    ReasonCode.PART_UNAVAILABLE: {
        "nb": "En del av opplysningene kunne ikke hentes nå.",
        "en": "Some of the information could not be fetched now.",
    },
    ReasonCode.NO_PRESCRIPTION_LOOKUP: {
        "nb": "Kilden har ikke slått opp i Reseptformidleren. Resepter kan mangle.",
        "en": "The source did not look up the prescription database. Prescriptions may be missing.",
    },
    ReasonCode.NO_KJERNEJOURNAL_LOOKUP: {
        "nb": "Kilden har ikke slått opp i kjernejournal. Legemidler kan mangle.",
        "en": "The source did not look up kjernejournal. Medicines may be missing.",
    },
    ReasonCode.STALE_COPY: {
        "nb": "Kilden svarer ikke nå. Dette er en eldre kopi.",
        "en": "The source does not answer now. This is an older copy.",
    },
    ReasonCode.WITHHELD_BY_SOURCE: {
        "nb": "Kilden holder tilbake opplysninger.",
        "en": "The source withholds information.",
    },
    ReasonCode.LOCKED_PRESCRIPTION: {
        "nb": "Låste resepter vises ikke uten eget samtykke.",
        "en": "Locked prescriptions are not shown without a consent of their own.",
    },
    ReasonCode.RESTRICTED: {
        "nb": "Opplysningene er sperret. De kan åpnes med samtykke eller ved akutt behov.",
        "en": "The information is restricted. It opens with consent or in an emergency.",
    },
    ReasonCode.BLOCKED: {
        "nb": "Kilden gir ikke ut opplysninger fordi pasienten har blokkert helsepersonell.",
        "en": "The source gives out nothing since the patient has blocked health personnel.",
    },
    ReasonCode.ACCESS_DENIED: {
        "nb": "Du har ikke tilgang til disse opplysningene.",
        "en": "You may not see this information.",
    },
    ReasonCode.NO_NATIONAL_NUMBER: {
        "nb": "Kilden er ikke spurt: den kjenner bare personer med fødselsnummer eller D-nummer.",
        "en": "The source was not asked: it knows only persons with a national or D-number.",
    },
    ReasonCode.NO_KJERNEJOURNAL: {
        "nb": "Pasienten har ikke kjernejournal, eller har reservert seg.",
        "en": "The patient has no kjernejournal, or has opted out.",
    },
    ReasonCode.UNKNOWN_TO_SOURCE: {
        "nb": "Kilden kjenner ikke pasienten.",
        "en": "The source does not know the patient.",
    },
    ReasonCode.SOURCE_TIMEOUT: {
        "nb": "Kilden svarte ikke i tide. Vi vet ikke hva den inneholder.",
        "en": "The source did not answer in time. We don't know what it holds.",
    },
    ReasonCode.SOURCE_UNREACHABLE: {
        "nb": "Kilden kunne ikke nås. Vi vet ikke hva den inneholder.",
        "en": "The source could not be reached. We don't know what it holds.",
    },
    ReasonCode.SOURCE_ERROR: {
        "nb": "Kilden har en feil. Vi vet ikke hva den inneholder.",
        "en": "The source has a fault. We don't know what it holds.",
    },
    ReasonCode.SOURCE_RATE_LIMITED: {
        "nb": "Kilden tar ikke imot flere forespørsler akkurat nå.",
        "en": "The source takes no more requests just now.",
    },
    ReasonCode.SOURCE_REFUSED: {
        "nb": "Kilden avviste forespørselen. Vi vet ikke hva den inneholder.",
        "en": "The source refused the request. We don't know what it holds.",
    },
    ReasonCode.SOURCE_INVALID_ANSWER: {
        "nb": "Svaret fra kilden kunne ikke leses. Vi vet ikke hva den inneholder.",
        "en": "The source's answer could not be read. We don't know what it holds.",
    },
    Refusal.NO_CARE_RELATION: {
        "nb": "Virksomheten din har ikke en behandlingsrelasjon til pasienten.",
        "en": "Your organisation has no care relation to the patient.",
    },
    Refusal.NOT_REPRESENTATIVE: {
        "nb": "Du er verken pasienten selv eller registrert som representant.",
        "en": "You are neither the patient nor registered as a representative.",
    },
    Refusal.NOT_SHARED: {
        "nb": "Dette er ikke delt med deg eller virksomheten din.",
        "en": "This is not shared with you or your organisation.",
    },
    Refusal.PARENT_12_16: {
        "nb": "Barnet er fylt 12 år. Foreldre ser da ikke lenger hele planen digitalt.",
        "en": "The child is 12 or older. Parents then no longer see the whole plan digitally.",
    },
    Refusal.OVER_16: {
        "nb": "Ungdommen er fylt 16 år og bestemmer selv.",
        "en": "The young person is 16 or older and decides for themselves.",
    },
    Refusal.ROLE: {
        "nb": "Dette er for helsepersonell.",
        "en": "This is for health personnel.",
    },
    Refusal.NOT_RESPONSIBLE: {
        "nb": "Dette er for den som er ansvarlig for planen, koordinator, lege eller psykolog.",
        "en": "This is for whoever answers for the plan, a coordinator, doctor or psychologist.",
    },
    Refusal.NOT_AUTHOR: {
        "nb": "Bare den som skrev dette, kan trekke det.",
        "en": "Only whoever wrote this can take it back.",
    },
    Refusal.PATIENT_ONLY: {
        "nb": "Dette er for pasienten selv, eller den som har foreldreansvar.",
        "en": "This is for the patient, or whoever has parental responsibility.",
    },
    Refusal.DECEASED: {
        "nb": "Pasienten er død, og planen er lukket.",
        "en": "The patient has died, and the plan is closed.",
    },
    Refusal.NOT_ANSWERING: {
        "nb": "Dette er for den som har ansvaret for denne delen av planen, eller enheten deres.",
        "en": "This is for whoever answers for this part of the plan, or their unit.",
    },
    Refusal.NOT_RECEIVER: {
        "nb": "Dette er for virksomheten som er bedt om å ta over.",
        "en": "This is for the organisation that is asked to take over.",
    },
    Refusal.NOT_SENDER: {
        "nb": "Dette er for virksomheten som har bedt en annen om å ta over.",
        "en": "This is for the organisation that has asked another to take over.",
    },
    Refusal.RESERVED: {
        "nb": "Pasienten har reservert seg. Planen er skjult for alle.",
        "en": "The patient has reserved against the plan. It is hidden from everyone.",
    },
    Refusal.NO_CONSENT: {
        "nb": "Samtykket til å ha en plan er trukket tilbake. Innholdet vises bare for pasienten.",
        "en": "Consent to have a plan is withdrawn. What it says is shown to the patient only.",
    },
    Refusal.SECURITY_LEVEL: {
        "nb": "Kilden krever innlogging på sikkerhetsnivå 4, for eksempel med BankID.",
        "en": "The source asks for a login at security level 4, such as BankID.",
    },
    Refusal.UNDER_16: {
        "nb": "Fra du er 16 år, bestemmer du dette selv. Til da gjør foreldre eller helsepersonell "
        "det, etter å ha hørt deg.",
        "en": "From 16 you decide this yourself. Until then parents or health personnel do it, "
        "after hearing you.",
    },
    Refusal.BLOCKED: {
        "nb": "Pasienten har blokkert deg. Det gjelder også ved nødtilgang, og bare pasienten "
        "kan oppheve det.",
        "en": "The patient has blocked you. That holds in an emergency too, and only the patient "
        "can lift it.",
    },
    Refusal.RESTRICTED: {
        "nb": "Pasienten har sperret dette. Det kan åpnes med pasientens samtykke eller i en "
        "nødssituasjon.",
        "en": "The patient has restricted this. It opens with the patient's consent, or in an "
        "emergency.",
    },
    Refusal.ADDRESS_PROTECTED: {
        "nb": "Den som har beskyttet adresse, kan verken representere eller bli representert her.",
        "en": "Who has a protected address can neither represent nor be represented here.",
    },
    Refusal.PARENT_ADDRESS: {
        "nb": "Ingen forelder med tilgang er registrert på barnets adresse.",
        "en": "No parent with access is registered at the child's address.",
    },
    Refusal.CARE_TAKEN_OVER: {
        "nb": "Barneverntjenesten har omsorgen. En ansvarlig behandler bestemmer hva foreldre ser.",
        "en": "The child welfare service has the care. A responsible clinician decides what "
        "parents see.",
    },
    Refusal.NO_OWN_ACCESS: {
        "nb": "Egen tilgang begynner ved 13 år, når foreldrene har samtykket til det.",
        "en": "Own access begins at 13, once the parents have agreed to it.",
    },
    Refusal.NOT_SUITABLE: {
        "nb": "Behandleren din har ikke åpnet dette for deg ennå. Spør dem gjerne.",
        "en": "Your clinician has not opened this for you yet. You may ask them.",
    },
    Refusal.NO_CAPACITY: {
        "nb": "Helsepersonell har vurdert at andre må bestemme dette for deg nå.",
        "en": "Health personnel have found that others must decide this for you now.",
    },
    Refusal.PROXY_SCOPE: {
        "nb": "Fullmakten eller vergemandatet ditt gjelder ikke dette.",
        "en": "Your power of attorney or mandate does not cover this.",
    },
    Refusal.PURPOSE: {
        "nb": "Formålet som er oppgitt, gir ikke tilgang til planen.",
        "en": "The purpose that is stated gives no access to the plan.",
    },
    Refusal.NO_SUPERVISOR: {
        "nb": "Studenter trenger en navngitt veileder for å se en plan.",
        "en": "Students need a named supervisor to see a plan.",
    },
    Refusal.STUDENT: {
        "nb": "Dette kan ikke studenter gjøre. Be veilederen din om det.",
        "en": "Students can't do this. Ask your supervisor to.",
    },
    Refusal.EMERGENCY_ONLY: {
        "nb": "Nødtilgang gjelder bare det som trengs for å hjelpe nå.",
        "en": "Emergency access is only to what is needed to help now.",
    },
    Refusal.NOT_DOCTOR: {
        "nb": "Dette må en lege avgjøre.",
        "en": "A doctor must decide this.",
    },
    Refusal.NO_LEGAL_BASIS: {
        "nb": "Ingen lov som gjelder i dag, åpner for dette.",
        "en": "No law that is in force today allows this.",
    },
}


def sentence(code: ReasonCode | Refusal, language: str) -> str:
    """Return the sentence for a code, in bokmål where the language has none."""
    by_language = _SENTENCES[code]
    return by_language.get(language, by_language[DEFAULT_LANGUAGE])
