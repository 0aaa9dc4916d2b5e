"""The page on which somebody becomes a test person: no password, nothing to learn."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from html import escape

from starlette.responses import HTMLResponse

from local.issuer.clients import Client

STYLE = """
body { margin: 0; font: 18px/1.5 system-ui, sans-serif; color: #10222f; background: #f4f7f9; }
main { max-width: 34rem; margin: 0 auto; padding: 1.5rem 1rem 3rem; }
h1 { font-size: 1.6rem; line-height: 1.2; }
ul { list-style: none; margin: 1rem 0; padding: 0; }
li { margin: 0 0 .5rem; }
button, select { font: inherit; color: inherit; background: #fff; border: 2px solid #13324b;
  border-radius: .4rem; padding: .6rem .8rem; min-height: 44px; cursor: pointer; }
li button { display: block; width: 100%; text-align: left; }
button strong, button span { display: block; }
button:hover { background: #e3edf4; }
:focus-visible { outline: 3px solid #b35900; outline-offset: 2px; }
"""
_POLICY = (
    "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; "
    f"style-src 'sha256-{b64encode(sha256(STYLE.encode()).digest()).decode()}'"
)
_HEADERS = {
    "content-security-policy": _POLICY,
    "cache-control": "no-store",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
}


def people_to_pick(client: Client, request_uri: str) -> HTMLResponse:
    """Return the page with the persons that a system is used by."""
    choices = "".join(
        f'<li><button name="person" value="{escape(name)}"><strong>{escape(person.title)}</strong>'
        f"<span>{escape(person.description)}</span></button></li>"
        for name, person in client.people.items()
        if not person.is_machine
    )
    return _page(
        "Hvem vil du være?",
        f"""<p>{escape(client.name)} spør hvem som logger inn. Velg en testperson.
Ingen av dem finnes i virkeligheten.</p>
<form method="post" action="/authorize">
<input type="hidden" name="client_id" value="{escape(client.id)}">
<input type="hidden" name="request_uri" value="{escape(request_uri)}">
<p><label for="level">Sikkerhetsnivå</label>
<select id="level" name="level"><option value="4">4, som med BankID</option>
<option value="3">3, som med MinID</option></select></p>
<ul>{choices}</ul>
<button name="person" value="">Avbryt</button>
</form>""",
    )


def nothing_to_pick() -> HTMLResponse:
    """Return the page for a login that is not under way."""
    return _page(
        "Denne innloggingen er over",
        "<p>Lenken er brukt, eller den er for gammel. Gå tilbake og logg inn på nytt.</p>",
        400,
    )


def _page(title: str, content: str, status: int = 200) -> HTMLResponse:
    return HTMLResponse(
        f"""<!doctype html>
<html lang="nb"><head><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>{STYLE}</style></head>
<body><main><h1>{title}</h1>{content}</main></body></html>""",
        status,
        _HEADERS,
    )
