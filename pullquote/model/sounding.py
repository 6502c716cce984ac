"""How a word sounds, roughly, from how it is written. Pure.

A name that a machine does not know is written down as it sounds: "kool mond" for
Quillmont. Two keys make such spellings comparable: one letter a sound, all vowels
one; and the same with sounds that are taken for each other as one. The rules are
those of English spelling; letters of other scripts stand for themselves.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

_RULES = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"^(?:kn|gn|pn)", "n"),
        (r"^wr", "r"),
        (r"^ps", "s"),
        (r"^x", "s"),
        (r"rh", "r"),
        (r"wh", "w"),
        (r"ph", "f"),
        (r"ght", "t"),
        (r"gh", ""),
        (r"sch", "sk"),
        (r"ck", "k"),
        (r"t?ch", "C"),
        (r"sh", "S"),
        (r"th", "0"),
        (r"dg(?=[eiy])", "j"),
        (r"(?:ti|si|ci)(?=on|ous|al|an)", "S"),
        (r"sc(?=[eiy])", "s"),
        (r"c(?=[eiy])", "s"),
        (r"c", "k"),
        (r"qu?", "kw"),
        (r"x", "ks"),
        (r"g(?=[eiy])", "j"),
        (r"(?<=[aeiou])w$", ""),
        (r"mb$", "m"),
        (r"z", "s"),
        (r"y", "i"),
        (r"(?<=[^aeiou])e$", ""),
        (r"[aeiou]+", "a"),
    )
)
_ALIKE = str.maketrans("bd0gCvSjnr", "pttkkfssml", "hw")
"""Sounds that are taken for each other: voiced and voiceless, both nasals."""
_SPELLED = """\
a ay b bee c see d dee e ee f ef g jee h aitch i eye j jay k kay l el m em n en o oh \
p pee q kew r ar s es t tee u you v vee w doubleyou x ex y why z zee \
0 zero 1 one 2 two 3 three 4 four 5 five 6 six 7 seven 8 eight 9 nine""".split()  # noqa: SIM905
_NAMES = dict(zip(_SPELLED[::2], _SPELLED[1::2], strict=True))
_LETTERS = re.compile(r"[^\W\d_]+|\d")
_LONGEST_SPELLED = 5


@dataclass(frozen=True, slots=True)
class Sounding:
    """Two keys of one text; empty where it holds no letter."""

    fine: str
    rough: str


def sounding(text: str) -> Sounding:
    """Return how ``text`` sounds; where words end makes no difference."""
    found = "".join(_sound(word) for word in _LETTERS.findall(_plain(text)))
    fine = _single(re.sub("a+", "a", found))
    return Sounding(fine, _single(fine.translate(_ALIKE)))


def likeness(one: Sounding, other: Sounding) -> float:
    """Return from 0 to 1 how alike two texts sound: the mean of both keys."""
    fine = Levenshtein.normalized_similarity(one.fine, other.fine)
    return (fine + Levenshtein.normalized_similarity(one.rough, other.rough)) / 2


def _plain(text: str) -> str:
    """Take accents off, and apostrophes out of words."""
    apart = unicodedata.normalize("NFKD", text)
    bare = "".join(c for c in apart if not unicodedata.combining(c))
    return re.sub("['\N{RIGHT SINGLE QUOTATION MARK}]", "", bare)


def _sound(word: str) -> str:
    if _is_spelled(word):
        return "".join(_sound(_NAMES[letter]) for letter in word.casefold())
    word = word.casefold()
    for pattern, sound in _RULES:
        word = pattern.sub(sound, word)
    return word


def _is_spelled(word: str) -> bool:
    """Say whether a word is read letter by letter: MRI, 5, and dmg."""
    if len(word) > _LONGEST_SPELLED or not word.isascii():
        return False
    return word.isdigit() or word.isupper() or not re.search("[aeiouy]", word)


def _single(text: str) -> str:
    return re.sub(r"(.)\1+", r"\1", text)
