"""Who somebody is to a patient, in words, with the ages that the rules turn on."""

from __future__ import annotations

from docs.access.markdown import listed, page, table
from domain.access.age import LIMITED, MAJORITY, OF_AGE
from domain.access.facts import DEFAULT, AddressRule
from domain.access.right import Right
from domain.access.standing import Standing
from domain.wording.log_words import PURPOSES
from domain.wording.right import RIGHTS
from domain.wording.standing import STANDINGS, WHO

_ADDRESS = {
    AddressRule.ALL_IF_ONE: "ser alle med foreldreansvar barnets plan så lenge én av dem er "
    "registrert på barnets adresse",
    AddressRule.ONLY_THAT: "ser bare den som er registrert på barnets adresse, barnets plan",
}
_RULES = """### Alder og foreldre

- **Alder** regnes ut på dagen, etter norsk dato og fødselsdatoen i registeret, aldri av
  fødselsnummeret. Den som er født 29. februar, fyller år 1. mars i vanlige år.
- **Under {own} år** har barnet ikke egen innlogging. **Fra {own} år** har det det når foreldrene
  har samtykket. Da ser den unge det en behandler har vurdert at passer. *Alderen er virksomhetens
  valg.*
- **Fra {of_age} år** bestemmer pasienten alt selv.
- **Til barnet er {limited} år** gjør en forelder det pasienten ellers kunne gjort selv.
- **Fra {limited} til {of_age} år** ser foreldrene det en behandler har bestemt. Til noen har
  bestemt det, kan de {kept}.
  *Hva de beholder til da, er virksomhetens valg.*
- **Fra {of_age} til {majority} år** ser foreldrene bare det en behandler har bestemt etter
  {of_age}-årsdagen, fordi de trenger det for å ta foreldreansvaret.
- **Fra {majority} år** ser foreldrene ingenting uten fullmakt.
- **Adresse:** Her {address}.
  *Det er virksomhetens valg, for kildene er ikke enige. Velges det andre,
  {other_address}.*
- **Har barneverntjenesten omsorgen**, handler den i foreldrenes sted. Foreldrene ser bare det en
  behandler har bestemt etter at omsorgen ble overtatt.

### De som representerer andre

- **Beskyttet adresse** hos pasienten eller den andre: da kan ingen representere, og svaret er det
  samme som om pasienten ikke fantes.
- **Verge, fremtidsfullmektig og fullmektig** har det mandatet nevner, og ikke mer, i den tiden det
  gjelder.
- **Fullmakt** kan bare en pasient på {of_age} år eller mer gi.
- **Nærmeste pårørende** har innsyn bare når helsepersonell har vurdert at pasienten mangler
  samtykkekompetanse, eller når pasienten er død. De registreres av helsepersonell, én for én.

### Etter et dødsfall

- **Ingen skriver** i planen, deler den eller melder noe, og det som er delt, blir tatt tilbake.
- **De som representerte pasienten**, gjør det ikke lenger, heller ikke foreldre og
  barneverntjenesten. Ingen logger inn som pasienten, og ingen åpner nødtilgang.
- **Nærmeste pårørende** leser soneark og plan når helsepersonell har registrert dem, om ikke
  særlige grunner taler mot det. Det som var skjult for en forelder, eller er det andre hjemmets,
  er det fortsatt.
- **Helsepersonell** med behandlingsrelasjon leser i {after_death} dager etter dødsdagen. *Hvor
  lenge er virksomhetens valg.* Siden står planen i journalen deres.

### De som gir helsehjelp

- **Behandlingsrelasjon** har enheten som er valgt ved innlogging, ikke personen: når enheten er i
  behandlingsteamet, har fått delt en hel plandel, er bedt om å ta over ansvaret, eller går god for
  tjenstlig behov for denne pasienten. Den tar slutt på dagen som er satt.
- **Formålet** som oppgis, må være et av disse: {purposes}.
- **Studenter** må ha en veileder som er navngitt i innloggingen.
- **Nødtilgang** er for den som ikke har behandlingsrelasjon, og for det pasienten har sperret. Den
  gjelder én person ved én virksomhet.
- **Planansvarlig** avgjøres for hver plandel. Gjelder det hele planen, er det nok å svare for én
  plandel som ikke er avsluttet.

### Systemer, og de som bare har en deling

- En mottaker eller et system ser plandelene som er delt, og av dem bare det delingen omfatter. Det
  som hentes fra kildene, ser de ikke.
- Et system ved en enhet med behandlingsrelasjon får vite om det finnes en plan, hvor den står, når
  den sist ble endret, og om den er sperret. Ikke hva den sier. Om alle andre får det samme svar som
  om pasienten ikke fantes.
- Det som er skjult for en forelder, følger ikke med i det forelderen deler. Har en enhet ikke annet
  enn en slik deling, får den ingen behandlingsrelasjon av den. Helsepersonell kan dele det.
- Telefonnummeret til en annen forelder enn den som delte, følger ikke med.
- Er pasienten reservert, er ingenting delt, og det står ikke hvorfor."""


def people() -> str:
    """Return the standings, and the rules that lead to them."""
    rows = ((STANDINGS[each].nb, f"`{each.name}`", WHO[each].nb) for each in Standing)
    return page(table(("Egenskap", "Kode", "Hvem det er"), rows), _rules())[:-1]


def _rules() -> str:
    other = next(rule for rule in AddressRule if rule is not DEFAULT.address_rule)
    return _RULES.format(
        own=DEFAULT.own_access_from,
        limited=LIMITED,
        of_age=OF_AGE,
        majority=MAJORITY,
        after_death=DEFAULT.read_after_death.days,
        kept=listed([RIGHTS[right].nb for right in Right if right in DEFAULT.kept_by_default]),
        address=_ADDRESS[DEFAULT.address_rule],
        other_address=_ADDRESS[other],
        purposes=listed([words.nb for words in PURPOSES.values()]),
    )
