"""The words that lines of the log of use are made of, in every language at once."""

from __future__ import annotations

from collections.abc import Mapping

from domain.access.relation import Basis
from domain.operation import Operation
from domain.refusal import Refusal
from domain.words import Words

# What somebody did, as it goes on after their name.
DID: Mapping[Operation, Words] = {
    Operation.START_DRAFT: Words(nb="begynte på et utkast", en="began a draft"),
    Operation.SAVE_DRAFT: Words(nb="lagret et utkast", en="saved a draft"),
    Operation.DISCARD_DRAFT: Words(nb="la bort et utkast", en="put a draft away"),
    Operation.ACTIVATE: Words(nb="tok en del av planen i bruk", en="took a part into use"),
    Operation.HOLD: Words(nb="satte en del av planen på vent", en="paused a part of the plan"),
    Operation.RESUME: Words(nb="tok opp igjen en del av planen", en="took a part up again"),
    Operation.COMPLETE: Words(nb="avsluttet en del av planen", en="ended a part of the plan"),
    Operation.REVOKE: Words(nb="trakk tilbake en del av planen", en="withdrew a part of the plan"),
    Operation.ENTER_IN_ERROR: Words(
        nb="merket en del av planen som feilregistrert", en="marked a part as entered in error"
    ),
    Operation.REQUEST_APPROVAL: Words(nb="ba om godkjenning", en="asked for approval"),
    Operation.DECIDE_APPROVAL: Words(
        nb="svarte på en forespørsel om godkjenning", en="decided about approval"
    ),
    Operation.AGREE: Words(nb="registrerte hvem som er enig i planen", en="registered who agrees"),
    Operation.SHARE: Words(nb="delte en del av planen", en="shared a part of the plan"),
    Operation.CHANGE_SHARE: Words(nb="endret en deling", en="changed a share"),
    Operation.WITHDRAW_SHARE: Words(nb="trakk en deling", en="withdrew a share"),
    Operation.MAKE_SHARE_CODE: Words(nb="laget en kode for en deling", en="made a sharing code"),
    Operation.OPEN_SHARE: Words(nb="åpnet det som er delt", en="opened what is shared"),
    Operation.COMMENT: Words(nb="skrev en kommentar", en="wrote a comment"),
    Operation.ANSWER_COMMENT: Words(nb="svarte på en kommentar", en="answered a comment"),
    Operation.PARK_COMMENT: Words(
        nb="la en kommentar til neste evaluering", en="put a comment off to the next review"
    ),
    Operation.REOPEN_COMMENT: Words(nb="åpnet en kommentar igjen", en="opened a comment again"),
    Operation.WITHDRAW_COMMENT: Words(nb="trakk en kommentar", en="took a comment back"),
    Operation.SUGGEST: Words(nb="foreslo en endring", en="suggested a change"),
    Operation.DECIDE_SUGGESTION: Words(nb="svarte på et forslag", en="answered a suggestion"),
    Operation.WITHDRAW_SUGGESTION: Words(nb="trakk et forslag", en="took a suggestion back"),
    Operation.OPEN_HANDOVER: Words(
        nb="ba en annen virksomhet ta over ansvaret", en="asked another organisation to take over"
    ),
    Operation.ACCEPT_HANDOVER: Words(nb="tok over ansvaret", en="took over responsibility"),
    Operation.DECLINE_HANDOVER: Words(
        nb="sa nei til å ta over ansvaret", en="declined to take over"
    ),
    Operation.WITHDRAW_HANDOVER: Words(
        nb="trakk en forespørsel om å ta over", en="took back a request to take over"
    ),
    Operation.REGISTER_MOVE: Words(nb="meldte flytting", en="registered a move"),
    Operation.ADD_TEAM_MEMBER: Words(
        nb="la noen til i behandlingsteamet", en="added somebody to the care team"
    ),
    Operation.CHANGE_TEAM_MEMBER: Words(
        nb="endret noe i behandlingsteamet", en="changed something in the care team"
    ),
    Operation.END_TEAM_MEMBERSHIP: Words(
        nb="tok noen ut av behandlingsteamet", en="took somebody out of the care team"
    ),
    Operation.HOLD_REVIEW: Words(nb="evaluerte planen", en="reviewed the plan"),
    Operation.SET_REVIEW_DUE: Words(
        nb="satte dato for evaluering", en="set the day of the next review"
    ),
    Operation.TAKE_TASK: Words(nb="tok på seg en oppgave", en="took on a task"),
    Operation.RELEASE_TASK: Words(nb="ga fra seg en oppgave", en="let a task go"),
    Operation.GIVE_CONSENT: Words(nb="registrerte samtykke", en="registered consent"),
    Operation.WITHDRAW_CONSENT: Words(nb="trakk tilbake samtykke", en="withdrew consent"),
    Operation.RESERVE: Words(nb="registrerte reservasjon", en="registered a reservation"),
    Operation.UNDO_RESERVATION: Words(nb="opphevet reservasjonen", en="ended the reservation"),
    Operation.SET_RESTRICTION: Words(nb="sperret noe", en="restricted something"),
    Operation.LIFT_RESTRICTION: Words(nb="opphevet en sperring", en="lifted a restriction"),
    Operation.BLOCK_PERSON: Words(nb="blokkerte noen", en="blocked somebody"),
    Operation.LIFT_BLOCK: Words(nb="opphevet en blokkering", en="lifted a block"),
    Operation.OPEN_RESTRICTION: Words(
        nb="åpnet det som er sperret, med samtykke",
        en="opened what is restricted, on consent",
    ),
    Operation.OPEN_EMERGENCY: Words(nb="åpnet nødtilgang", en="opened emergency access"),
    Operation.CLOSE_ACCESS: Words(nb="lukket det som var åpnet", en="closed what was opened"),
    Operation.REVIEW_EMERGENCY: Words(
        nb="gjennomgikk en nødtilgang", en="reviewed an emergency access"
    ),
    Operation.ASK_CORRECTION: Words(
        nb="ba om retting eller sletting", en="asked for correction or deletion"
    ),
    Operation.DECIDE_CORRECTION: Words(
        nb="avgjorde et krav om retting eller sletting", en="decided a request for correction"
    ),
    Operation.EXPORT: Words(nb="lastet ned alt som en fil", en="took everything out as a file"),
    Operation.SEND_REPORT: Words(nb="sendte en melding", en="sent a report"),
    Operation.REGISTER_MEASUREMENTS: Words(nb="sendte målinger", en="sent measurements"),
    Operation.CORRECT_ENTRY: Words(nb="rettet en melding", en="corrected a report"),
    Operation.WITHDRAW_ENTRY: Words(nb="trakk en melding", en="took a report back"),
    Operation.MOVE_REPORT: Words(
        nb="flyttet en melding til rett barn", en="moved a report to the right child"
    ),
    Operation.MARK_SEEN: Words(nb="så en melding", en="saw a report"),
    Operation.MARK_ACTED_ON: Words(nb="fulgte opp en melding", en="acted on a report"),
    Operation.ESCALATE: Words(
        nb="sendte videre en melding som ingen hadde sett",
        en="passed on a report that nobody had seen",
    ),
    Operation.HIDE_FROM_PARENTS: Words(
        nb="skjulte noe for foreldre", en="hid something from parents"
    ),
    Operation.STOP_HIDING: Words(
        nb="viste foreldre noe som var skjult", en="let parents see what was hidden"
    ),
    Operation.REFUSE_OWN_ACCESS: Words(
        nb="holdt noe tilbake for pasienten", en="kept something from the patient"
    ),
    Operation.END_REFUSAL: Words(
        nb="ga pasienten innsyn i noe som var holdt tilbake",
        en="let the patient see what was kept from them",
    ),
    Operation.DECIDE_FOR_CHILD: Words(
        nb="bestemte hvem som ser hva av barnets plan",
        en="decided who sees what of the child's plan",
    ),
    Operation.END_DECISION: Words(
        nb="opphevet en bestemmelse om barnets plan", en="ended a decision about the child's plan"
    ),
    Operation.GIVE_OWN_ACCESS: Words(
        nb="sa ja til at barnet logger inn selv", en="agreed to the child's own login"
    ),
    Operation.WITHDRAW_OWN_ACCESS: Words(
        nb="sa nei til at barnet logger inn selv", en="took back the child's own login"
    ),
    Operation.REGISTER_INCAPACITY: Words(
        nb="registrerte at pasienten ikke kan samtykke",
        en="registered that the patient can't consent",
    ),
    Operation.END_INCAPACITY: Words(
        nb="registrerte at pasienten kan samtykke igjen",
        en="registered that the patient can consent again",
    ),
    Operation.REGISTER_CARE_TAKEN_OVER: Words(
        nb="registrerte at barneverntjenesten har omsorgen",
        en="registered that the child welfare service has the care",
    ),
    Operation.END_CARE_TAKEN_OVER: Words(
        nb="registrerte at barneverntjenesten ikke lenger har omsorgen",
        en="registered that the child welfare service no longer has the care",
    ),
    Operation.ASK_STATUS: Words(nb="spurte om det finnes en plan", en="asked if there is a plan"),
    Operation.INFORM_KIN: Words(nb="lot en pårørende lese planen", en="let next of kin read"),
    Operation.STOP_INFORMING_KIN: Words(
        nb="tok fra en pårørende innsynet", en="ended next of kin's reading"
    ),
    Operation.REGISTER_REPRESENTATION: Words(
        nb="registrerte hvem som kan handle for pasienten",
        en="registered who may act for the patient",
    ),
    Operation.END_REPRESENTATION: Words(
        nb="registrerte at noen ikke lenger kan handle for pasienten",
        en="registered that somebody may no longer act for the patient",
    ),
    Operation.WARN_OF_BIRTHDAY: Words(
        nb="minnet om at barnet snart fyller 12 år", en="told that the child will soon be 12"
    ),
    Operation.COMPARE: Words(
        nb="spurte de andre systemene om noe er endret, for å se om planen fortsatt stemmer",
        en="asked the other systems whether anything has changed, to see if the plan still holds",
    ),
    Operation.ASK_ABOUT_LOG: Words(nb="spurte om noe i loggen", en="asked about the log"),
    Operation.ANSWER_ABOUT_LOG: Words(
        nb="svarte på et spørsmål om loggen", en="answered a question about the log"
    ),
    Operation.PREVIEW: Words(
        nb="så planen slik pasienten eller en representant ville sett den",
        en="saw the plan as the patient or a representative would see it",
    ),
    Operation.EXPLAIN_ACCESS: Words(
        nb="spurte hva de har tilgang til, og hvorfor", en="asked what they may see, and why"
    ),
}

# What can be shown of a patient, by the name of the field in the graph.
THINGS: Mapping[str, Words] = {
    "plan": Words(nb="planen", en="the plan"),
    "medications": Words(nb="legemidlene", en="the medicines"),
    "critical_info": Words(nb="kritisk informasjon", en="critical information"),
    "appointments": Words(nb="timeavtalene", en="the appointments"),
    "care_team": Words(nb="behandlingsteamet", en="the care team"),
    "documents": Words(nb="dokumentene", en="the documents"),
    "drafts": Words(nb="utkastene", en="the drafts"),
    "versions": Words(nb="tidligere versjoner av planen", en="earlier versions of the plan"),
    "differences": Words(nb="hva som er endret i planen", en="what has changed in the plan"),
    "overdue_lines": Words(
        nb="tiltak og mål der fristen er passert", en="actions and goals that are overdue"
    ),
    "reviews": Words(nb="evalueringene", en="the reviews"),
    "may_be_outdated": Words(
        nb="om planen kan være utdatert", en="whether the plan may be outdated"
    ),
    "comparisons": Words(
        nb="om planen er sammenlignet med kildene",
        en="whether the plan was compared with the sources",
    ),
    "notices": Words(nb="varslene", en="the notices"),
    "changes": Words(nb="at noe var endret", en="that something had changed"),
    "comments": Words(nb="kommentarene", en="the comments"),
    "suggestions": Words(nb="forslagene til endring", en="the suggested changes"),
    "agreements": Words(nb="hvem som er enige i planen", en="who agrees to the plan"),
    "sharing": Words(nb="hvem planen er delt med", en="whom the plan is shared with"),
    "reports": Words(nb="meldingene", en="the reports"),
    "series": Words(nb="målingene", en="the measurements"),
    "silent": Words(nb="hvilke målinger som mangler", en="which measurements are missing"),
    "proposals": Words(nb="forslag fra andre systemer", en="proposals from other systems"),
    "consents": Words(nb="samtykkene", en="the consents"),
    "reservation": Words(nb="reservasjonen", en="the reservation"),
    "restrictions": Words(nb="hva som er sperret", en="what is restricted"),
    "blocks": Words(nb="hvem som er blokkert", en="who is blocked"),
    "opened_access": Words(nb="hva som er åpnet", en="what was opened"),
    "emergencies": Words(nb="en nødtilgang", en="an emergency access"),
    "erasures": Words(nb="hva som er slettet", en="what was erased"),
    "deliveries": Words(nb="hva journalen har fått", en="what the record was given"),
    "correction_requests": Words(nb="krav om retting", en="requests for correction"),
    "log": Words(nb="loggen", en="the log"),
    "access_rules": Words(nb="hvem som ser hva", en="who sees what"),
    "representations": Words(nb="hvem som kan handle for pasienten", en="who acts for the patient"),
    "log_questions": Words(nb="spørsmål om loggen", en="questions about the log"),
    "shift_report": Words(nb="hva som er nytt i planen", en="what is new in the plan"),
    "representatives": Words(nb="hvem som er representant", en="who the representatives are"),
    "worklist": Words(nb="navnet på en arbeidsliste", en="the name on a worklist"),
}
# Shown of everybody who is shown at all, or beside something that has its own word.
UNSAID = frozenset({"age", "access", "suggested_templates", "scopes", "withheld", "review_overdue"})

GROUNDS: Mapping[Basis, Words] = {
    Basis.OWN: Words(nb="egne opplysninger", en="their own information"),
    Basis.PARENT: Words(nb="foreldreansvar", en="parental responsibility"),
    Basis.CARE_TEAM: Words(nb="behandlingsteam", en="care team"),
    Basis.SHARE: Words(nb="deling", en="sharing"),
    Basis.HANDOVER: Words(nb="overføring av ansvar", en="handover"),
    Basis.ATTEST: Words(
        nb="virksomheten sier at de trengte det for å gi helsehjelp",
        en="the organisation says that it was needed for care",
    ),
    Basis.CHILD_WELFARE: Words(
        nb="barneverntjenesten har omsorgen", en="the child welfare service has the care"
    ),
    Basis.GUARDIAN: Words(nb="vergemål", en="guardianship"),
    Basis.LASTING_POWER: Words(nb="fremtidsfullmakt", en="lasting power of attorney"),
    Basis.POWER_OF_ATTORNEY: Words(nb="fullmakt", en="power of attorney"),
    Basis.ADVISER: Words(
        nb="lege eller advokat for pasienten", en="doctor or lawyer for the patient"
    ),
    Basis.NEXT_OF_KIN: Words(nb="nærmeste pårørende", en="next of kin"),
    Basis.EMERGENCY: Words(nb="nødtilgang", en="emergency access"),
    Basis.OVERSIGHT: Words(nb="tilsyn med loggen", en="oversight of the log"),
}
PURPOSES: Mapping[str, Words] = {
    "TREAT": Words(nb="helsehjelp", en="care"),
    "ETREAT": Words(nb="akutt helsehjelp", en="acute care"),
    "COC": Words(nb="samordning", en="coordination"),
    "BTG": Words(nb="nødtilgang", en="emergency access"),
}

# Why somebody was stopped, as it is told to others than them.
STOPPED: Mapping[Refusal, Words] = {
    Refusal.NO_CARE_RELATION: Words(
        nb="virksomheten har ingen behandlingsrelasjon",
        en="the organisation has no care relation",
    ),
    Refusal.NOT_REPRESENTATIVE: Words(
        nb="er ikke registrert som representant", en="is not registered as a representative"
    ),
    Refusal.SECURITY_LEVEL: Words(
        nb="innloggingen var ikke sikker nok", en="the login was not secure enough"
    ),
    Refusal.NOT_SHARED: Words(nb="det er ikke delt med dem", en="it is not shared with them"),
    Refusal.PARENT_12_16: Words(nb="barnet er fylt 12 år", en="the child is 12 or older"),
    Refusal.OVER_16: Words(nb="ungdommen er fylt 16 år", en="the young person is 16 or older"),
    Refusal.UNDER_16: Words(nb="er under 16 år", en="is under 16"),
    Refusal.ROLE: Words(nb="det er for andre enn dem", en="it is for others than them"),
    Refusal.NOT_RESPONSIBLE: Words(
        nb="er ikke ansvarlig for planen", en="does not answer for the plan"
    ),
    Refusal.NOT_AUTHOR: Words(nb="noen andre skrev det", en="somebody else wrote it"),
    Refusal.PATIENT_ONLY: Words(nb="det er for pasienten selv", en="it is for the patient"),
    Refusal.DECEASED: Words(nb="planen er lukket", en="the plan is closed"),
    Refusal.NOT_ANSWERING: Words(
        nb="har ikke ansvaret for denne delen", en="does not answer for this part"
    ),
    Refusal.NOT_RECEIVER: Words(
        nb="er ikke den som ble bedt om å ta over", en="was not asked to take over"
    ),
    Refusal.NOT_SENDER: Words(
        nb="er ikke den som ba en annen ta over", en="did not ask another to take over"
    ),
    Refusal.RESERVED: Words(nb="planen er reservert", en="the plan is reserved"),
    Refusal.NO_CONSENT: Words(nb="samtykket er trukket tilbake", en="consent has been withdrawn"),
    Refusal.BLOCKED: Words(nb="pasienten har blokkert dem", en="the patient has blocked them"),
    Refusal.RESTRICTED: Words(nb="pasienten har sperret det", en="the patient has restricted it"),
    Refusal.ADDRESS_PROTECTED: Words(nb="en adresse er beskyttet", en="an address is protected"),
    Refusal.PARENT_ADDRESS: Words(
        nb="ingen forelder er registrert på barnets adresse",
        en="no parent is registered at the child's address",
    ),
    Refusal.CARE_TAKEN_OVER: Words(
        nb="barneverntjenesten har omsorgen", en="the child welfare service has the care"
    ),
    Refusal.NO_OWN_ACCESS: Words(
        nb="har ikke egen tilgang ennå", en="has no access of their own yet"
    ),
    Refusal.NOT_SUITABLE: Words(
        nb="det er ikke åpnet for ungdommen", en="it has not been opened for the youth"
    ),
    Refusal.NO_CAPACITY: Words(nb="noen andre avgjør dette nå", en="others decide this now"),
    Refusal.PROXY_SCOPE: Words(
        nb="fullmakten gjelder ikke dette", en="the mandate does not cover this"
    ),
    Refusal.PURPOSE: Words(nb="formålet gir ikke tilgang", en="the purpose gives no access"),
    Refusal.NO_SUPERVISOR: Words(
        nb="studenten hadde ingen veileder", en="the student had no supervisor"
    ),
    Refusal.STUDENT: Words(nb="studenter kan ikke gjøre dette", en="students can't do this"),
    Refusal.EMERGENCY_ONLY: Words(
        nb="nødtilgang gjelder ikke dette", en="emergency access does not cover this"
    ),
    Refusal.NOT_DOCTOR: Words(nb="det må en lege avgjøre", en="a doctor must decide it"),
    Refusal.NO_LEGAL_BASIS: Words(
        nb="ingen lov åpner for det den dagen", en="no law allows it on that day"
    ),
}
