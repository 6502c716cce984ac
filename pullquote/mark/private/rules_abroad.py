"""Patterns of private details in German, French and Spanish: see ``dates`` for which.

What ``rules`` has that every language writes alike (addresses on the network, numbers,
3.3.1951) is not written twice.
"""

from __future__ import annotations

from pullquote.mark.private.dates import YOUNG
from pullquote.mark.private.rules import Rule

_NAME = r"[A-ZÀ-ÖØ-Þ][\w'-]+"
_YEAR = r"(?:19|20)\d\d"
_OLD = r"(?:9\d|1[01]\d)"
_DE = "Januar|Jänner|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember"
_FR = (
    "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre"
    "|décembre"
)
_ES = (
    "enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|setiembre|octubre"
    "|noviembre|diciembre"
)
MONTHS_ABROAD = frozenset(f"{_DE}|{_FR}|{_ES}".casefold().split("|"))
_KIN_DE = (
    "Frau|Mann|Sohn|Tochter|Mutter|Vater|Bruder|Schwester|Oma|Opa|Freundin|Freund"
    "|Kollegin|Kollege|Chefin|Chef|Nachbarin|Nachbar|Tante|Onkel|Enkelin|Enkel"
)
_TOWN_DE = (
    "hofen|hausen|heim|burg|berg|dorf|stadt|stedt|bach|ingen|kirchen|felden|furt|brück"
    "|brücken|münster|rode|reuth|weiler|haven|hagen|leben|beuren|stetten|itz|büttel"
)
_ASKS_DE = "fragt|schreibt|möchte|will|wissen|hat|ist|,"

ABROAD = {
    "de": (
        Rule(
            "date",
            rf"\b\d{{1,2}}\. ?(?:{_DE})\b(?: {_YEAR}\b)?|\b(?:{_DE}) {_YEAR}\b",
            rf"\b(?:am|vom|zum|seit dem|bis zum) \w+t?en (?:{_DE})\b(?: {_YEAR}\b)?",
        ),
        Rule(
            YOUNG,
            r"\b\d{1,3} Jahren? alt\b|\b\d{1,3} Jahre alt\b|\bmit \d{1,3} Jahren\b",
        ),
        Rule(
            "age",
            rf"\b{_OLD} Jahren? alt\b|\b{_OLD} Jahre alt\b|\bmit {_OLD} Jahren\b",
            rf"\b{_OLD}[ -]?jährige?[mnrs]?\b",
        ),
        Rule(
            "address",
            rf"\b{_NAME}(?:straße|strasse|str\.|weg|gasse|allee|platz|ring|ufer|damm)"
            r" \d{1,4} ?[a-z]?\b",
            cased=True,
        ),
        Rule(
            "address", rf"\b{_NAME} (?:Straße|Str\.|Weg|Allee|Platz|Gasse) \d{{1,4}}\b"
        ),
        Rule(
            "employer or place",
            r"\b(?:arbeite[nt]?|arbeitete|angestellt|beschäftigt) (?:bei|beim|für)"
            rf" (?:der |dem |die |den )?(?P<it>{_NAME}(?: {_NAME})*)",
            cased=True,
        ),
        Rule(
            "name",
            r"\b(?:[Ii]ch heiße|[Mm]ein Name ist|[Hh]ier (?:ist|spricht)|namens)"
            rf" (?P<it>{_NAME}(?: {_NAME})?)",
            rf"\b(?:[Mm]ein|[Ss]ein|[Ii]hr|[Uu]nser)(?:e[mnrs]?)? (?:{_KIN_DE}) (?P<it>{_NAME})",
            cased=True,
        ),
        Rule(
            "place",
            rf"\b(?:aus|in|bei|nach) (?P<it>(?:Bad |Sankt |St\. )?[A-ZÄÖÜ]\w+(?:{_TOWN_DE}))\b",
            rf"\baus (?P<it>{_NAME})(?=,? (?:{_ASKS_DE}))",
            cased=True,
        ),
    ),
    "fr": (
        Rule(
            "date",
            rf"\b(?:1er|premier|\d{{1,2}}) (?:{_FR})\b(?: {_YEAR}\b)?",
            rf"\b(?:{_FR}) {_YEAR}\b",
        ),
        Rule("age", rf"\b(?:j'ai|a|âgée?s? de|avoir|mes|ses) {_OLD} ans\b"),
        Rule(
            "address",
            r"\b\d{1,4}(?: ?bis| ?ter)?,? (?:rue|avenue|boulevard|place|chemin|impasse"
            r"|allée|quai|route|cours|square|passage|villa|faubourg)"
            r"(?: (?:de la|de l'|du|des|de|d'|la|le|les))? ?[\w'-]+(?: [A-ZÀ-Ý][\w'-]+)*",
        ),
        Rule(
            "name",
            rf"\b(?:[Jj]e m'appelle|[Mm]on nom est|[Ii]ci) (?P<it>{_NAME}(?: {_NAME})?)",
            cased=True,
        ),
    ),
    "es": (
        Rule(
            "date",
            rf"\b(?:primero|uno|\d{{1,2}}) de (?:{_ES})\b(?:,? del? (?:año )?{_YEAR}\b)?",
            rf"\b(?:{_ES}) del? (?:año )?{_YEAR}\b",
        ),
        Rule("age", rf"\b(?:tengo|tiene|cumpl\w+|edad de|de) {_OLD} años\b"),
        Rule(
            "address",
            r"\b(?:calle|avenida|avda\.?|plaza|paseo|camino|carretera|ronda)"
            r" (?:(?:de|del|la|las|los) )*[\w'-]+(?: [\w'-]+){0,3}?,? (?:número |n\.º ?)?\d{1,4}\b",
        ),
        Rule(
            "name",
            rf"\b(?:[Mm]e llamo|[Mm]i nombre es|[Ss]oy) (?P<it>{_NAME}(?: {_NAME})?)",
            cased=True,
        ),
    ),
}
"""By language (ISO 639-1)."""
