"""What the rights of the policy's table are called: as they go on after «kan»."""

from __future__ import annotations

from collections.abc import Mapping

from domain.access.right import Right
from domain.words import Words

RIGHTS: Mapping[Right, Words] = {
    Right.SEE_PATIENT: Words(nb="se hvem pasienten er", en="see who the patient is"),
    Right.PLAN_STATUS: Words(nb="se om det finnes en plan", en="see whether there is a plan"),
    Right.READ_ZONES: Words(
        nb="lese soneark med rutiner og kontakter",
        en="read the zone sheet with routines and contacts",
    ),
    Right.READ_PLAN: Words(nb="lese hele planen", en="read the whole plan"),
    Right.READ_DRAFTS: Words(nb="lese utkast", en="read drafts"),
    Right.READ_REPORTS: Words(nb="lese meldinger og målinger", en="read reports and measurements"),
    Right.READ_MEDICINES: Words(nb="se legemidlene", en="see the medicines"),
    Right.READ_CRITICAL_INFO: Words(nb="se kritisk informasjon", en="see critical information"),
    Right.READ_APPOINTMENTS: Words(nb="se timeavtalene", en="see the appointments"),
    Right.READ_DOCUMENTS: Words(nb="se dokumentene", en="see the documents"),
    Right.READ_CARE_TEAM: Words(
        nb="se behandlingsteamet som sykehuset kjenner",
        en="see the care team that the hospital knows",
    ),
    Right.READ_LOG: Words(nb="lese loggen over bruk", en="read the log of use"),
    Right.EXPORT: Words(nb="hente ut alt som en fil", en="take everything out as a file"),
    Right.SUBSCRIBE: Words(nb="følge med mens noe endres", en="follow changes as they happen"),
    Right.REPORT: Words(nb="sende en melding", en="send a report"),
    Right.MEASURE: Words(nb="registrere målinger", en="register measurements"),
    Right.CHANGE_ENTRY: Words(
        nb="rette eller trekke en melding eller måling",
        en="correct or take back a report or measurement",
    ),
    Right.MOVE_REPORT: Words(
        nb="flytte en melding til barnet den gjaldt", en="move a report to the child it was about"
    ),
    Right.RECEIVE_REPORT: Words(
        nb="merke en melding som sett eller fulgt opp", en="mark a report as seen or acted on"
    ),
    Right.COMMENT: Words(nb="kommentere og svare", en="comment and answer"),
    Right.SETTLE_COMMENT: Words(
        nb="utsette eller gjenåpne en kommentar", en="put off or reopen a comment"
    ),
    Right.SUGGEST: Words(nb="foreslå endringer", en="suggest changes"),
    Right.DECIDE_SUGGESTION: Words(nb="svare på forslag", en="decide about suggestions"),
    Right.AGREE: Words(nb="si seg enig eller uenig", en="say whether they agree"),
    Right.WRITE_DRAFT: Words(
        nb="skrive utkast og be om godkjenning", en="write drafts and ask for approval"
    ),
    Right.APPROVE: Words(nb="godkjenne eller sende tilbake", en="approve or send back"),
    Right.ACTIVATE: Words(nb="ta et utkast i bruk", en="take a draft into use"),
    Right.END: Words(nb="sette på vent og ta ut av bruk", en="pause a part and take it out of use"),
    Right.EDIT_TEAM: Words(nb="endre behandlingsteamet", en="change the care team"),
    Right.REVIEW: Words(nb="evaluere planen", en="review the plan"),
    Right.TAKE_TASK: Words(nb="ta og slippe gjøremål", en="take tasks and let them go"),
    Right.HAND_OVER: Words(
        nb="be en annen virksomhet om å ta over", en="ask another organisation to take over"
    ),
    Right.ANSWER_HANDOVER: Words(
        nb="svare på ansvarsoverføring og melde flytting",
        en="answer a handover and register a move",
    ),
    Right.SHARE: Words(nb="dele planen med andre", en="share the plan with others"),
    Right.CONSENT: Words(
        nb="gi eller trekke samtykke til å ha en plan", en="give or withdraw consent to have a plan"
    ),
    Right.RESERVE: Words(
        nb="reservere seg eller oppheve det", en="reserve against the plan or end that"
    ),
    Right.LOCK: Words(nb="sperre og blokkere", en="restrict and block"),
    Right.OPEN_RESTRICTION: Words(nb="åpne det som er sperret", en="open what is restricted"),
    Right.HIDE: Words(nb="skjule noe for foreldre", en="hide something from parents"),
    Right.DECIDE_FOR_CHILD: Words(
        nb="bestemme hva foreldre beholder og den unge ser",
        en="decide what parents keep and the youth sees",
    ),
    Right.INFORM_KIN: Words(
        nb="la nærmeste pårørende lese når pasienten ikke kan samtykke, eller er død",
        en="let next of kin read where the patient can't consent, or has died",
    ),
    Right.REFUSE_OWN_ACCESS: Words(
        nb="nekte pasienten innsyn når det er fare for liv eller helse",
        en="refuse the patient's own access where life or health is in danger",
    ),
    Right.REVIEW_EMERGENCY: Words(
        nb="etterkontrollere nødtilgang", en="review emergency access afterwards"
    ),
    Right.PREVIEW: Words(
        nb="forhåndsvise det pasienten eller en representant ser",
        en="preview what the patient or a representative sees",
    ),
    Right.ASK_CORRECTION: Words(
        nb="be om retting eller sletting", en="ask for correction or deletion"
    ),
    Right.DECIDE_CORRECTION: Words(
        nb="avgjøre et krav om retting eller sletting", en="decide a request for correction"
    ),
    Right.ASK_ABOUT_LOG: Words(nb="spørre om en linje i loggen", en="ask about a line of the log"),
    Right.ANSWER_ABOUT_LOG: Words(
        nb="svare på spørsmål om loggen", en="answer questions about the log"
    ),
}
