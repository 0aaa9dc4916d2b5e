"""Names and streets for synthetic people."""

from __future__ import annotations


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


FEMALE_NAMES = _words(
    "Anne Astrid Aud Berit Bodil Borghild Camilla Elin Elise Ella Emma Eva Frida Gerd Grete Guro "
    "Hanne Hedda Helga Hilde Ida Inger Ingeborg Jorunn Julie Karin Kirsten Kristin Liv Maja Maria "
    "Marit Martine Mona Nina Oda Olaug Ragnhild Randi Ronja Sara Signe Silje Sofie Solveig Synnøve "
    "Thea Tone Tora Turid Unni Vigdis Vilde Wenche Åse Amina Fatima Oksana Agnieszka Elle Máret"
)

MALE_NAMES = _words(
    "Anders Arild Asbjørn Aslak Bjørn Dag Einar Eirik Erik Espen Filip Finn Frode Geir Gunnar "
    "Halvor Harald Henrik Håkon Ivar Jakob Jan Johan Jonas Jørgen Kjell Knut Kåre Lars Leif "
    "Magnus Martin Mathias Nils Noah Odd Oddvar Oskar Per Petter Roar Rolf Rune Sander Sigurd "
    "Stein Svein Terje Tobias Tor Torstein Trond Ulrik Vegard Øyvind Åge Hassan Mohammed Piotr Ánte"
)

FAMILY_NAMES = _words(
    "Aas Andersen Bakke Berg Berntsen Bjørnstad Bratli Brekke Dahl Eide Eliassen Engen Foss "
    "Gjerde Grønli Hagen Halvorsen Hansen Haugland Hegge Holm Isaksen Iversen Jakobsen Johansen "
    "Karlsen Knutsen Kvam Larsen Lund Lunde Lyng Martinsen Moe Myhre Myklebust Nes Nilsen Nygård "
    "Olsen Opdal Paulsen Pedersen Rognli Rønning Sandvik Sara Skar Solberg Solheim Strand "
    "Strøm Sætre Tangen Thorsen Tveit Ulvestad Vik Wold Ødegård Ali Ahmed Kowalski Kovalenko Utsi"
)

STREETS = _words(
    "Bakkegata Bjørkeveien Elvegata Fjellveien Fjordgata Furuveien Havnegata Kirkegata Lysveien "
    "Markveien Nygata Parkveien Rognebærveien Skolegata Solbakken Storgata Strandgata "
    "Sørliveien Torggata Øvreveien"
)

# Invented municipalities with invented post codes.
MUNICIPALITIES = (
    ("Fjordvik", "9910", 6),
    ("Nordnes", "9921", 2),
    ("Solvær", "9932", 1),
)
