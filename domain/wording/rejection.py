"""The sentences users read when a write was not done, by language; bokmål is complete."""

from __future__ import annotations

from collections.abc import Mapping

from domain.following.entry import AlreadyChanged, NotYourEntry
from domain.following.receiving import AlreadyTaken
from domain.wording.care_team import function_name
from domain.words import DEFAULT_LANGUAGE
from domain.writing import rejection
from domain.writing.rejection import FunctionTaken, Rejection, TaskTaken

_SENTENCES: Mapping[type[Rejection], Mapping[str, str]] = {
    rejection.InvalidInput: {
        "nb": "Noe i det du sendte må rettes. Alt som må rettes, står i listen.",
        "en": "Something in what you sent must be corrected. The list names all of it.",
    },
    rejection.NotAllowed: {
        "nb": "Du kan ikke gjøre dette.",
        "en": "You may not do this.",
    },
    rejection.NothingFound: {
        "nb": "Det du viser til, finnes ikke, eller du har ikke tilgang til det.",
        "en": "What you refer to does not exist, or you may not see it.",
    },
    rejection.KeyReused: {
        "nb": "Nøkkelen er brukt før til noe annet. Lag en ny nøkkel og send på nytt.",
        "en": "The key has been used before for something else. Make a new key and send again.",
    },
    rejection.NoChange: {
        "nb": "Det er ikke endret noe, så det er ingenting å lagre.",
        "en": "Nothing has changed, so there is nothing to save.",
    },
    rejection.WrongState: {
        "nb": "Dette kan ikke gjøres slik planen står nå.",
        "en": "This can't be done with the plan where it stands now.",
    },
    rejection.WrongApproval: {
        "nb": "Godkjenningen står ikke slik at dette kan gjøres.",
        "en": "Approval does not stand so that this can be done.",
    },
    rejection.DraftClosed: {
        "nb": "Utkastet er avsluttet. Begynn et nytt for å endre planen.",
        "en": "The draft is closed. Begin a new one to change the plan.",
    },
    rejection.ContentMissing: {
        "nb": "Planen kan ikke tas i bruk ennå. Listen viser alt som mangler.",
        "en": "The plan can't be activated yet. The list shows all that is missing.",
    },
    rejection.AlreadyShared: {
        "nb": "Dette er allerede delt med mottakeren. Du kan endre eller trekke den delingen.",
        "en": "This is already shared with the recipient. You can change or withdraw that share.",
    },
    rejection.ShareClosed: {
        "nb": "Delingen er avsluttet. Del på nytt om det trengs.",
        "en": "The share has ended. Share again if it is needed.",
    },
    rejection.NoCode: {
        "nb": "Helsepersonell logger inn. Koder er for dem utenfor helsetjenesten.",
        "en": "Health personnel log in. Codes are for those outside health care.",
    },
    rejection.WrongCommentStatus: {
        "nb": "Dette kan ikke gjøres med kommentaren slik den står nå.",
        "en": "This can't be done with the comment where it stands now.",
    },
    rejection.SuggestionClosed: {
        "nb": "Forslaget er allerede avgjort eller trukket.",
        "en": "The suggestion has already been decided about or taken back.",
    },
    rejection.ConsentMissing: {
        "nb": "Pasienten har ikke samtykket til å ha en plan. Spør om samtykke først.",
        "en": "The patient has not consented to have a plan. Ask for consent first.",
    },
    rejection.TooLateToUndo: {
        "nb": "Fristen for å angre er gått ut. Innholdet slettes så snart journalen har alt.",
        "en": "The time to undo is over. All is erased as soon as the record has every version.",
    },
    rejection.TooManySearches: {
        "nb": "Du har lett etter for mange numre som ikke førte til noen. Vent en time, eller la "
        "en kollega gjøre det.",
        "en": "You have looked for too many numbers that led to nobody. Wait an hour, or let a "
        "colleague do it.",
    },
    rejection.AlreadyDecided: {
        "nb": "Dette er allerede avgjort.",
        "en": "This has already been decided.",
    },
    rejection.VersionConflict: {
        "nb": "Noen har endret dette etter at du åpnet det. Se hva som er endret, og prøv igjen.",
        "en": "Somebody has changed this since you opened it. See what has changed, and try again.",
    },
    rejection.AlreadyHandedOver: {
        "nb": "En annen virksomhet er alt bedt om å ta over. Vent på svar, eller trekk det først.",
        "en": "Another organisation is asked already. Wait for the answer, or take it back first.",
    },
    rejection.HandoverClosed: {
        "nb": "Dette er alt besvart eller trukket.",
        "en": "This has been answered or taken back already.",
    },
    rejection.NothingToHandOver: {
        "nb": "Det er ingen plan i bruk å ta over.",
        "en": "There is no plan in use to take over.",
    },
    rejection.FunctionTaken: {
        "nb": "Bare én om gangen kan ha oppgaven {function}. {name} har den nå.",
        "en": "Only one at a time can be {function}. {name} is now.",
    },
    rejection.LastResponsible: {
        "nb": "Noen må ha ansvaret for planen. Gi oppgaven til en annen først.",
        "en": "Somebody must answer for the plan. Give the task to somebody else first.",
    },
    rejection.StillAnswers: {
        "nb": "Virksomheten har fortsatt ansvaret for en plan. Be en annen om å ta over først.",
        "en": "The organisation still answers for a plan. Ask another to take over first.",
    },
    rejection.MembershipEnded: {
        "nb": "Medlemmet er ute av behandlingsteamet.",
        "en": "The member has left the care team.",
    },
    rejection.TaskTaken: {
        "nb": "{name} har tatt denne.",
        "en": "{name} has taken this one.",
    },
    AlreadyChanged: {
        "nb": "Denne registreringen er alt rettet, trukket eller flyttet.",
        "en": "This entry has already been corrected, withdrawn or moved.",
    },
    NotYourEntry: {
        "nb": "Bare den som registrerte dette, kan endre det.",
        "en": "Only the person who registered this can change it.",
    },
    AlreadyTaken: {
        "nb": "Noen har alt sett eller fulgt opp denne meldingen.",
        "en": "Somebody has already seen or acted on this report.",
    },
}


def sentence(of: Rejection, language: str) -> str:
    """Return the sentence for a rejection, in bokmål where the language has none."""
    by_language = _SENTENCES[type(of)]
    template = by_language.get(language, by_language[DEFAULT_LANGUAGE])
    return template.format(**_names(of, language))


def _names(of: Rejection, language: str) -> dict[str, str]:
    """Return the names that a rejection's sentence has room for."""
    if isinstance(of, FunctionTaken):
        return {"function": function_name(of.function, language), "name": of.holder.name}
    return {"name": of.by.name} if isinstance(of, TaskTaken) else {}
