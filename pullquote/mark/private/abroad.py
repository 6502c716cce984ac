"""Private details in other languages than English: patterns, and names by their capitals. Pure.

What ``rules`` has that every language writes alike (addresses on the network, numbers,
3.3.1951) is not written twice. In German a capital tells nothing, for every noun has one,
and a surname is mostly a word too: Kern, Bauer, Ring. What tells is a given name, a title before a word, a word that a
list of names has and no dictionary, and a town that something comes from or lies in.
Elsewhere a capital tells a name, but at the beginning of a sentence: "Ensuite".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pullquote.mark.lexicon.common_words import bare_form
from pullquote.mark.lexicon.meanings import words as listed
from pullquote.mark.lexicon.names import FIRST_NAMES, given_beside_german, name_lists
from pullquote.mark.private.capitals import TITLES, has_capital
from pullquote.mark.private.rules import YOUNG, Rule
from pullquote.mark.private.word_levels import times_written
from pullquote.model.transcript import Word

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
GREETINGS_ABROAD = listed(
    "bien bonjour bonsoir bueno buenas buenos danke gracias hallo hola merci salut"
)
"""What stands before who is spoken to, with a capital at a sentence's beginning."""
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


NOUNS_HAVE_CAPITALS = frozenset(("de", "gsw", "lb"))
"""Languages in which a capital tells no name."""
_BEFORE_NAMES = TITLES | {"familie", "namens"}
_WHOSE = ("mein", "dein", "unser")
"""How that begins which makes a Frau a wife: "meine Frau Angst hat"."""
_BEFORE_TOWNS = frozenset(("in", "aus", "bei", "nach", "von", "bis"))
_OFTEN = 300
"""A word that is written as often is no name, whatever lists say: "die", "lassen"."""
_NOUNS_TOO = listed(
    """
    adler alpha angel anis april august aura bach bade baron berg berge blitz bronze
    brummer dame delfin din diva donner edel fischer fräulein gage gala garen granit
    hahn herb hexe holland ion iris islam jaguar joker kamel kader lira mai mandel marine
    melodie mentor messias mine neide niete nil nixe nova olive olympia otter panzer
    polen prinz reis ritter rom roma roman romane rose rosette rosine rute schmetterling
    schnaps seher seren serife sommer sonnenschein stein strom sultan tempo tone tore
    urban viola violette vital vitale wolf zeta
    """
)
"""Given names that in German stand for something else, nearly always."""


_ORDINARY = 1500
"""A word that French or Spanish has as often is no name for its capital alone."""


def is_beginning(
    words: Sequence[Word],
    span: tuple[int, int, str],
    starts: Sequence[int],
    language: str,
) -> bool:
    """Say whether a name is but a sentence's first word, or a title: "Voici"."""
    first, last, kind = span
    if kind != "name" or first != last or language == "en":
        return False
    bare = bare_form(words[first].text)
    if bare in TITLES:
        return True
    begins = first in starts or words[first - 1].text[-1] in ".?!"
    often = min(times_written(part, language) for part in bare.split("-"))
    return begins and often >= _ORDINARY and bare not in given_beside_german()


def names_among_nouns(
    words: Sequence[Word], known: frozenset[str]
) -> Iterator[tuple[int, int, str]]:
    """Yield first and last word of each name or town, and which of both it is.

    A name begins with its titles, and goes on with what has a capital and stands in no
    dictionary: "Kevin Aldermoor". ``known`` are the show's own words.
    """
    at = 0
    while at < len(words):
        kind = _kind(words, at, known)
        if kind is None:
            at += 1
            continue
        first = last = at
        while first and bare_form(words[first - 1].text) in TITLES:
            first -= 1
        while kind == "name" and _goes_on(words, last):
            last += 1
        yield first, last, kind
        at = last + 1


def _kind(words: Sequence[Word], at: int, known: frozenset[str]) -> str | None:
    """Return what a word tells: a name, a place, or None."""
    bare = bare_form(words[at].text)
    before = bare_form(words[at - 1].text) if at else ""
    if not has_capital(words[at].text) or bare in known | _BEFORE_NAMES:
        return None
    often, lists = times_written(bare, "de"), name_lists()
    if bare in lists.towns and before in _BEFORE_TOWNS:
        return "place"
    if before in _BEFORE_NAMES and often < _OFTEN and not _is_wife(words, at - 1):
        return "name"
    if not given_beside_german().isdisjoint(bare.split("-")):  # "Hans-Peter"
        told = often < _OFTEN and bare not in _NOUNS_TOO
        return "name" if told or bare in FIRST_NAMES - _NOUNS_TOO else None
    if words[at].text[-1].isalpha() and genitive_of(bare, "de"):
        return "name"
    if often or bare not in lists.people | lists.towns:
        return None
    return "name" if bare in lists.people else "place"


def genitive_of(bare: str, language: str) -> frozenset[str]:
    """Return the given name of which a word is the genitive, if so: "Heikes"."""
    name, given = bare.removesuffix("s"), given_beside_german()
    if language.partition("-")[0] not in NOUNS_HAVE_CAPITALS or name == bare:
        return frozenset()
    if bare in given or name in _NOUNS_TOO or name not in given:  # "Lukas"
        return frozenset()
    often = max(times_written(name, "de"), times_written(bare, "de"))
    return frozenset((name,)) if often < _OFTEN else frozenset()


def _is_wife(words: Sequence[Word], at: int) -> bool:
    return at > 0 and bare_form(words[at - 1].text).startswith(_WHOSE)


def _goes_on(words: Sequence[Word], at: int) -> bool:
    """Say whether the word behind a name is the rest of it."""
    if at + 1 >= len(words) or words[at].text[-1] in ".,;:?!":
        return False
    following = words[at + 1].text
    bare = bare_form(following)
    return has_capital(following) and (
        times_written(bare, "de") == 0
        or bare in name_lists().people
        or bare in given_beside_german()
    )
