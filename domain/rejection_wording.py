"""The sentences users read when a write was not done, by language; bokmål is complete."""

from __future__ import annotations

from collections.abc import Mapping

from domain import rejection
from domain.entry import AlreadyChanged, NotYourEntry
from domain.receiving import AlreadyTaken
from domain.rejection import Rejection
from domain.wording import DEFAULT_LANGUAGE

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
    rejection.VersionConflict: {
        "nb": "Noen har endret dette etter at du åpnet det. Se hva som er endret, og prøv igjen.",
        "en": "Somebody has changed this since you opened it. See what has changed, and try again.",
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
    return by_language.get(language, by_language[DEFAULT_LANGUAGE])
