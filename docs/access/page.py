"""The whole page, and where its file is."""

from __future__ import annotations

from pathlib import Path

from docs.access.entitled import entitled
from docs.access.law import law
from docs.access.locks import locks
from docs.access.markdown import page, table
from docs.access.people import people
from domain.refusal import Refusal
from domain.wording.policy import NOTICE
from domain.wording.reason import sentence

FILE = Path(__file__).parent.parent / "tilgang.md"

_INTRODUCTION = """# Tilgang

Hvem som får se og gjøre hva med en plan, slik løsningen avgjør det. Siden er for jurister,
personvernombud og andre som vil kontrollere reglene. Hvordan de virker i hverdagen, står i
[prosess.md](behandlingsplan/prosess.md#hvem-som-ser-planen).

Siden er skrevet av `make docs` fra tabellene som avgjør (`domain/access/`), og en test ser etter at
den stemmer. Den er ikke juridisk råd: paragrafene må kontrolleres av jurist før løsningen tas i
bruk.

- [Slik avgjøres det](#slik-avgjøres-det)
- [Hvem en er](#hvem-en-er)
- [Hva hver kan](#hva-hver-kan)
- [Låser](#låser)
- [Det som er skjult](#det-som-er-skjult)
- [Lovgrunnlag](#lovgrunnlag)
- [Avslag](#avslag)"""
_STEPS = """## Slik avgjøres det

Hvert oppslag avgjøres for seg: én pasient, én bruker, nå. Ingenting hentes før det er avgjort, og
ingenting vises før det er [logget](log.md).

1. **Hvem er du for pasienten?** Det gir én [egenskap](#hvem-en-er), eller et avslag.
2. **Hva har den egenskapen rett til?** Det står i [tabellene](#hva-hver-kan). Det som ikke står
   der, har ingen rett til.
3. **Er det stengt?** En [lås](#låser) stenger det en ellers har rett til. Den første som stenger,
   gir svaret.
4. **Er noe skjult?** Det [utelates uten et ord](#det-som-er-skjult).
5. **Finnes det lov for det den dagen?** Uten et [grunnlag](#lovgrunnlag) som gjelder på dagen, blir
   svaret nei."""
_WHO = """## Hvem en er

Er en flere ting, gjelder den egenskapen som står først."""
_WHAT = """## Hva hver kan

«Ja» er uten vilkår, et tall viser til vilkåret, og en strek er nei. Det som ikke står i en
tabell, har ingen i den rett til."""
_LOCKS = """## Låser

Låsene prøves i denne rekkefølgen. En sperring stenger det pasienten har valgt, høyst det som står
her. En blokkering er endelig, også ved nødtilgang."""
_HIDDEN = """## Det som er skjult

Noe kan være skjult for foreldre, etter ønske fra den unge eller av hensyn til sikkerheten. Og en
lege kan nekte pasienten innsyn i noe når det er fare for liv eller helse; da kan en lege eller
advokat se det for pasienten. Slikt utelates uten antall, hull eller begrunnelse, så ingen ser at
det finnes.

Derfor får pasienten og alle som representerer pasienten, alltid den samme setningen, enten noe er
skjult eller ikke: «{notice}»"""
_LAW = """## Lovgrunnlag

«Lest i kilde» sier at innholdet er lest i en offentlig kilde, ikke at en jurist er enig."""
_REASONS = """## Avslag

Den som får nei, får vite hvorfor, på bokmål eller engelsk. Hva som kan endre svaret, står i
[errors.md](errors.md#reasons). En innbygger som ikke er noe for pasienten, får vite det samme som
om pasienten ikke fantes. Alle andre kan spørre hvorfor de ser det de ser, og hva som kan endre det
(`explainAccess`). Det blir logget."""


def text() -> str:
    """Return the page as it should be."""
    return page(
        _INTRODUCTION,
        _STEPS,
        _WHO,
        people(),
        _WHAT,
        entitled(),
        _LOCKS,
        locks(),
        _HIDDEN.format(notice=NOTICE.nb),
        _LAW,
        law(),
        _REASONS,
        table(("Kode", "Svaret"), ((f"`{each.name}`", sentence(each, "nb")) for each in Refusal)),
    )


def is_stale() -> bool:
    """Tell whether the file is not what would be written."""
    return not FILE.exists() or FILE.read_text(encoding="utf-8") != text()
