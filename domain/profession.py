"""Health personnel's professions (Volven 9060)."""

from __future__ import annotations

SYSTEM = "urn:oid:2.16.578.1.12.4.1.1.9060"

NAMES = {
    "AT": "Apotektekniker",
    "AU": "Audiograf",
    "BI": "Bioingeniør",
    "ET": "Ergoterapeut",
    "FA1": "Provisorfarmasøyt",
    "FA2": "Reseptarfarmasøyt",
    "FB": "Fiskehelsebiolog",
    "FO": "Fotterapeut",
    "FT": "Fysioterapeut",
    "HE": "Helsesekretær",
    "HF": "Helsefagarbeider",
    "HP": "Hjelpepleier",
    "JO": "Jordmor",
    "KE": "Klinisk ernæringsfysiolog",
    "KI": "Kiropraktor",
    "LE": "Lege",
    "OI": "Ortopediingeniør",
    "OP": "Optiker",
    "OR": "Ortoptist",
    "PE": "Perfusjonist",
    "PS": "Psykolog",
    "RA": "Radiograf",
    "SP": "Sykepleier",
    "TH": "Tannhelsesekretær",
    "TL": "Tannlege",
    "TP": "Tannpleier",
    "TT": "Tanntekniker",
    "VE": "Veterinær",
    "VP": "Vernepleier",
}

# Who may stand behind a plan by their profession alone; a setting of the organisation's in time.
DOCTOR = "LE"
APPROVING = frozenset({DOCTOR, "PS"})


def name(code: str | None) -> str | None:
    """Return a profession in words, or the code itself where we have none."""
    return None if code is None else NAMES.get(code, code)
