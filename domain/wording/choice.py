"""What withdrawing consent and reserving mean, in words, for whoever is about to choose."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from domain.access.reservation import Reservation
from domain.keeping.consent import living_parts
from domain.keeping.correction import CorrectionState
from domain.plan.part import Plan, PlanKind
from domain.words import DEFAULT_LANGUAGE

_Words = Mapping[str, Mapping[str, str]]

_KINDS: Mapping[PlanKind, Mapping[str, str]] = {
    PlanKind.BEHANDLINGSPLAN: {"nb": "Behandlingsplanen", "en": "The treatment plan"},
    PlanKind.EGENBEHANDLINGSPLAN: {"nb": "Egenbehandlingsplanen", "en": "The self-care plan"},
    PlanKind.KRISEPLAN: {"nb": "Kriseplanen", "en": "The crisis plan"},
    PlanKind.PALLIATIV_PLAN: {"nb": "Den palliative planen", "en": "The palliative plan"},
    PlanKind.BARN_BEREDSKAP_LIVSKVALITET: {
        "nb": "Planen for beredskap og livskvalitet",
        "en": "The plan for preparedness and quality of life",
    },
    PlanKind.INDIVIDUELL_PLAN: {"nb": "Den individuelle planen", "en": "The individual plan"},
}
_WITHDRAWAL: _Words = {
    "part": {
        "nb": "{kind} tas ut av bruk, og ingen kan endre den mer.",
        "en": "{kind} is taken out of use, and nobody can change it any more.",
    },
    "share": {
        "nb": "{recipient} kan ikke lenger se det som er delt.",
        "en": "{recipient} can no longer see what is shared.",
    },
    "drafts": {
        "nb": "Utkast som helsepersonell skriver på, legges bort.",
        "en": "Drafts that health personnel are writing are put away.",
    },
    "who sees": {
        "nb": "Helsepersonell ser at planen er trukket tilbake og hvorfor, men ikke hva som står i "
        "den. Du kan fortsatt lese den selv.",
        "en": "Health personnel see that the plan is withdrawn and why, but not what it says. You "
        "can still read it yourself.",
    },
    "nothing erased": {
        "nb": "Ingenting slettes. Vil du ha alt slettet, kan du reservere deg.",
        "en": "Nothing is erased. If you want everything erased, you can reserve.",
    },
    "record": {
        "nb": "Det som allerede står i journalen hos dem som har ansvaret, blir der. Loggen over "
        "hvem som har brukt planen, blir også stående.",
        "en": "What already stands in the record of those responsible stays there. The log of who "
        "has used the plan stays too.",
    },
    "again": {
        "nb": "Du kan samtykke igjen senere. Da kan helsepersonell også lese det som står her nå.",
        "en": "You can consent again later. Health personnel can then read what is here now, too.",
    },
}
_RESERVATION: _Words = {
    "undoable": {
        "nb": "Du har reservert deg. Alt er skjult for alle. Du kan angre til {day}. Etter det "
        "slettes innholdet for godt.",
        "en": "You have reserved. Everything is hidden from everyone. You can undo it until {day}. "
        "After that it is erased for good.",
    },
    "waiting": {
        "nb": "Du har reservert deg, og fristen for å angre gikk ut {day}. Alt er skjult. "
        "Innholdet slettes så snart journalen hos dem som har ansvaret, har alle versjoner.",
        "en": "You have reserved, and the time to undo it ended on {day}. Everything is hidden. It "
        "is erased as soon as the record of those responsible has every version.",
    },
    "erased": {
        "nb": "Du har reservert deg, og innholdet er slettet for godt. Vil du ha en plan igjen, "
        "kan du oppheve reservasjonen. Det som er slettet, kommer ikke tilbake.",
        "en": "You have reserved, and everything has been erased for good. If you want a plan "
        "again, you can end the reservation. What was erased does not come back.",
    },
    "undone": {
        "nb": "Reservasjonen ble opphevet {day}. Alt er som det var.",
        "en": "The reservation was ended on {day}. Everything is as it was.",
    },
    "ended": {
        "nb": "Reservasjonen ble opphevet {day}. Det som er slettet, kommer ikke tilbake.",
        "en": "The reservation was ended on {day}. What was erased does not come back.",
    },
}
_COMPLAINT: Mapping[CorrectionState, Mapping[str, str]] = {
    state: {
        "nb": "Er du ikke enig, kan du klage til Statsforvalteren. Klagen sender du til den som "
        "har avgjort saken. De skal hjelpe deg med klagen hvis du ber om det.",
        "en": "If you disagree, you can complain to the County Governor (Statsforvalteren). Send "
        "the complaint to those who decided. They must help you with it if you ask.",
    }
    for state in (CorrectionState.PARTLY, CorrectionState.DECLINED)
}


def of_withdrawal(plan: Plan | None, now: datetime, language: str) -> Sequence[str]:
    """Return what will happen when consent to have a plan is withdrawn."""
    parts = [
        _said(_WITHDRAWAL["part"], language, kind=_said(_KINDS[part.kind], language))
        for part in living_parts(plan)
        if part.content_version  # what is only being drafted is not the patient's to know of
    ]
    recipients = dict.fromkeys(share.recipient for share in (plan.open_shares(now) if plan else ()))
    shares = [
        _said(_WITHDRAWAL["share"], language, recipient=recipient) for recipient in recipients
    ]
    always = ("drafts", "who sees", "nothing erased", "record", "again")
    return [*parts, *shares, *(_said(_WITHDRAWAL[each], language) for each in always)]


def of_reservation(reservation: Reservation, now: datetime, language: str) -> str:
    """Return what a reservation means to whoever has made it."""
    is_erased = reservation.erased_at is not None
    if reservation.ended_at is not None:
        ended = f"{reservation.ended_at:%d.%m.%Y}"
        return _said(_RESERVATION["ended" if is_erased else "undone"], language, day=ended)
    if is_erased:
        return _said(_RESERVATION["erased"], language)
    case = "undoable" if reservation.can_be_undone(now) else "waiting"
    day = f"{reservation.erase_after:%d.%m.%Y}"
    return _said(_RESERVATION[case], language, day=day)


def of_complaint(state: CorrectionState, language: str) -> str | None:
    """Return the right to complain over a decision, None where nothing was refused."""
    words = _COMPLAINT.get(state)
    return None if words is None else _said(words, language)


def _said(words: Mapping[str, str], language: str, **names: str) -> str:
    return words.get(language, words[DEFAULT_LANGUAGE]).format(**names)
