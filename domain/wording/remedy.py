"""What would change each refusal, in words; docs/errors.md says the same."""

from __future__ import annotations

from collections.abc import Mapping

from domain.refusal import Refusal
from domain.words import Words

REMEDIES: Mapping[Refusal, Words] = {
    Refusal.NO_CARE_RELATION: Words(
        nb="At virksomheten din kommer i behandlingsteamet, får planen delt eller ansvaret "
        "overført, eller går god for tjenstlig behov i innloggingen.",
        en="Care-team membership, an open share or handover to your organisation, or an attest "
        "for this patient in the token.",
    ),
    Refusal.NOT_REPRESENTATIVE: Words(
        nb="At du blir registrert som representant, for eksempel med fullmakt.",
        en="Being registered as a representative, such as by a power of attorney.",
    ),
    Refusal.NOT_SHARED: Words(
        nb="At pasienten, en forelder eller de ansvarlige deler det.",
        en="The patient, a parent or those responsible share it.",
    ),
    Refusal.PARENT_12_16: Words(
        nb="At en behandler bestemmer at du beholder det.",
        en="A clinician decides that the parent keeps it.",
    ),
    Refusal.OVER_16: Words(
        nb="At ungdommen gir fullmakt, eller at en behandler bestemmer at du trenger det for å ta "
        "foreldreansvaret.",
        en="A power of attorney from the youth, or a clinician's decision that it is needed for "
        "parental responsibility.",
    ),
    Refusal.ROLE: Words(
        nb="At noen som dette er for, gjør det.", en="Somebody whom this is for does it."
    ),
    Refusal.NOT_RESPONSIBLE: Words(
        nb="At en kollega ved enheten som svarer for planen, gjør det, eller at ansvaret blir "
        "overført.",
        en="A colleague of the responsible unit does it, or responsibility is handed over.",
    ),
    Refusal.NOT_AUTHOR: Words(
        nb="At den som skrev det, gjør det.", en="The author does it; personnel can park a comment."
    ),
    Refusal.PATIENT_ONLY: Words(
        nb="At pasienten selv sier det.", en="The person says it themselves."
    ),
    Refusal.DECEASED: Words(nb="Ingenting.", en="Nothing."),
    Refusal.NOT_ANSWERING: Words(
        nb="At den som svarer for plandelen, gjør det.",
        en="They do it; a coordinator who does not answer for the part can't.",
    ),
    Refusal.NOT_RECEIVER: Words(nb="At en kollega der gjør det.", en="A colleague there does it."),
    Refusal.NOT_SENDER: Words(
        nb="At en kollega der gjør det, eller at mottakeren avslår.",
        en="A colleague there does it; the receiver can decline.",
    ),
    Refusal.RESERVED: Words(
        nb="At pasienten opphever reservasjonen.", en="The patient ends the reservation."
    ),
    Refusal.NO_CONSENT: Words(nb="Et nytt samtykke.", en="A new consent."),
    Refusal.SECURITY_LEVEL: Words(
        nb="En innlogging på sikkerhetsnivå 4.", en="A login at level 4."
    ),
    Refusal.UNDER_16: Words(
        nb="At en forelder gjør det til du er 12. Fra da fører helsepersonell det, etter å ha hørt "
        "deg og foreldrene dine.",
        en="A parent does it until 12; from then on personnel write it down after hearing child "
        "and parents.",
    ),
    Refusal.BLOCKED: Words(
        nb="At pasienten opphever blokkeringen.", en="The patient lifts the block."
    ),
    Refusal.RESTRICTED: Words(
        nb="Pasientens samtykke, eller at det haster.",
        en="The patient's consent, or an emergency.",
    ),
    Refusal.ADDRESS_PROTECTED: Words(nb="Ingenting her.", en="Nothing that a client can do."),
    Refusal.PARENT_ADDRESS: Words(
        nb="Adressen i folkeregisteret.", en="The address in the population register."
    ),
    Refusal.CARE_TAKEN_OVER: Words(
        nb="At en behandler bestemmer hva du skal se.",
        en="A clinician decides what the parent keeps.",
    ),
    Refusal.NO_OWN_ACCESS: Words(
        nb="At du er 13, og at foreldrene dine samtykker.", en="From 13, the parents' agreement."
    ),
    Refusal.NOT_SUITABLE: Words(
        nb="At en behandler vurderer at det passer for deg.", en="A clinician decides that it is."
    ),
    Refusal.NO_CAPACITY: Words(
        nb="At helsepersonell vurderer det på nytt.", en="The assessment is ended."
    ),
    Refusal.PROXY_SCOPE: Words(
        nb="En fullmakt eller et mandat som omfatter det, der det er mulig.",
        en="A mandate that covers it, where one can.",
    ),
    Refusal.PURPOSE: Words(
        nb="At du oppgir det formålet du har, når det er helsehjelp, samordning eller nødtilgang.",
        en="TREAT, ETREAT, COC or BTG, where true.",
    ),
    Refusal.NO_SUPERVISOR: Words(
        nb="En innlogging som nevner veilederen din.", en="A token that names the supervisor."
    ),
    Refusal.STUDENT: Words(nb="At veilederen din gjør det.", en="The supervisor does it."),
    Refusal.EMERGENCY_ONLY: Words(nb="En behandlingsrelasjon.", en="A care relation."),
    Refusal.NOT_DOCTOR: Words(nb="At en lege gjør det.", en="A doctor does it."),
    Refusal.NO_LEGAL_BASIS: Words(nb="En lov som åpner for det.", en="A law."),
}
