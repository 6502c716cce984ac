"""Whether what looks like a name is somebody's own: by what stands around it. Pure.

A capital, or a word that no dictionary has, may as well be a brand, a book, a sign or
somebody whom everybody knows. Four layers; the first that speaks decides:

1. a title or a relative before it: somebody's;
2. a way of speaking that is only of things and of the famous ("I read", "X or Y"): not;
3. what leads to a person or a place, or what a person does: somebody's;
4. a list of names: somebody's.

What none speaks for is doubtful: editors see it, and it hinders no signature.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from pullquote.mark.lexicon.common_words import BODIES, NAMES_TOO, PLACES, bare_form
from pullquote.mark.lexicon.names import BY_CHANCE, name_lists
from pullquote.mark.lexicon.places import (
    BODY_FIRSTS,
    BODY_HEADS,
    LAST_ONLY,
    OF_HEADS,
    PLACE_TAILS,
    SURE_FIRSTS,
)
from pullquote.mark.lexicon.things import DOES_OF_PEOPLE
from pullquote.mark.private.at_events import is_everybodys
from pullquote.mark.private.rules import KIN_WORDS, NUMBER, OFFICES
from pullquote.mark.private.word_levels import NAMED, ORDINARY_WORD, RARE, TOWN, levels
from pullquote.model.transcript import Word

_AROUND = 6
"""Words before and after that are looked at."""
_SOON = 8
"""Words after a name in which "she" means it."""
_LONGEST = 12
"""Words of a name; more in a row are a list of people, or nonsense."""
_OFFICE = re.compile(rf"\b(?:{OFFICES}) of the ")
_HEADS = BODIES | BODY_HEADS | LAST_ONLY | PLACE_TAILS
_TITLES = (
    "mrs?|ms|miss|dr|doctor|doktor|mister|missus|prof|professor|principal"
    "|council(?:l?or|man|woman)|alder(?:man|woman)|coach|nurse|sister|brother|father"
    "|rev|reverend|officer|judge|pastor|rabbi|imam|sheikh|captain|sergeant|sgt|canon"
    "|deacon|mayor|aunt(?:ie|y)?|uncle|grandma|grandpa|gran|granny|nan|nana|cousin|baby"
    "|herr|frau|madame|signora?|chief|clerk"
)
_PLAIN = (
    "new|old|own|first|last|second|third|next|little|big|trusty|whole|current"
    "|favou?rite|other|right|left|good|best|previous|usual|had|got|get|take|\\w+(?:[^s]s|ed|ing)"
)
"""What says nothing of whose a name is: "my new Garmin"."""
_TITLED = re.compile(
    rf"\b(?:{KIN_WORDS}|kid|children|parent)s?(?:[ -]in[ -]law)?(?:,? |, the | \(the )$"
    rf"|(?:^|[ (])(?:{_TITLES})\.?(?: \w{{1,2}}\.)* $"
)
_LEADS = re.compile(
    r"(?:^|[ (\"'])(?:(?:named|called)(?: (?:the|our|my|his|her|a) \w+)?|calls? (?:me|him|her|us|it)"
    r"|(?:first |last |sur|married |maiden )?names?(?:'?s| is| was)?|say|short for"
    r"|i'?m|i am|myself|me llamo|hola,? soy|mi chiamo|je m'appelle|ich hei(?:ß|ss)e|ich bin(?: der| die)?|by one"
    r"|it'?s|it is|this is|here is|that'?s|chat is|spelled|remember me"
    r"|from|near|outside|around|at|off|in|by|behind|front of"
    r"|(?<!glass )(?<!bottle )(?<!cup )(?<!dose )(?<!bit )(?<!lot )(?<!kind )(?<!type )of"
    r"|dear|hi|hello|hey|good (?:morning|evening|afternoon)|thanks|thank you|all right"
    r"|regards|cheers|signed(?:-off-by)?|sincerely|yours|love|god rest|ours"
    r"|caller|viewer|listener|tell|told|saw|seeing|asked|ask|asks|met|known|married|remind|convince|persuade|thank|visit(?:ing|ed)?|phoned?|since|because|without|between|whenever"
    r"|we'?re|we are|we have|we'?ve got|company|division|firm|agency|club|team|&|co\.)"
    r"(?: the| just| rainy| sunny)?[,.:]* $"
)
"""What leads to a person or a place."""
_WITHOUT = re.compile(r"\b(?:without|because|since) $")
"""What of that leads to any noun too, which some write with a capital."""
_WORKS_FOR = re.compile(
    r"\b(?:works?|worked|working|drives?|driving|deliver|job|pilot|lineman|nurse|driver|\w+er"
    r"|\w+ist|swim|sing|plays?|pitches|bus|truck) (?:with|for)(?: the)? $"
)
_OWN = re.compile(
    rf"\b(?:my|our|his|her|their)(?: [\w'.-]+){{0,2}} (?!(?:{_PLAIN})\b)[a-z][\w'-]+ $"
    r"|\b(?:my|our|his|her|their|the|an?)(?: [\w'.-]+){0,3}"
    rf" (?!(?:{_PLAIN})\b)[a-z][\w'-]+, $"
)
"""What somebody is to the viewer: "my roommate", "the other side's solicitor,"."""
_DOES = re.compile(
    r"(?:said|says?|thinks?|thought|told|tells|gave|gives|did|swears?|recommend(?:s|ed)"
    r"|suggest(?:s|ed)|prescribed|wants?|wanted|refuse[sd]|promise[sd]|insist(?:s|ed)"
    r"|claim(?:s|ed)|explain(?:s|ed)|operated|treated|moved|lives?|lived|died|asked|asks"
    r"|wrote|writes|wonders?|here|from|speaking|who|whom|keeps|kept|calls|called"
    r"|showed|rewrote|would (?:like|love)|see|go|come|wear|eat|drive|lift|sit|sleep|rest|walk|travel|fly|swim|keep|(?!help|hurt|eas|caus|work|reliev|affect|chang|stopp|start)\w+ed (?:me|us)|sent|sends|joined|hasn'?t|family|and (?:i|his|her|my)|both"
    r"|has (?:sent|written|asked|raised|joined|been waiting)|(?:is|was) (?:back|next|on the line|calling|listening)"
    rf"|(?:is|was) (?:my|our|an?|asking|from|in|at|{NUMBER})|in [a-z]+ (?:asks|here))\b"
    r"|\("
)
"""What a person does, and a thing hardly."""
_CALLS = re.compile(r"(?:^|[.?!] |\b(?:so|okay|well|hey|hi|hello) )$")
"""What stands before who is spoken to: "so quorlan you've had two"."""
_HAS = re.compile(
    rf"(?:{KIN_WORDS}|house|home|flat|place|office|letter|question|e?mail|message|garden"
    r"|pain|back|neck|knee|hip|leg|foot|shoulder|arm|hand|operation|car|computer|room|bed|birthday|wedding|funeral|name)s?\b"
)
"""What a person has."""
_APPOSED = re.compile(
    r"(?:my|our|his|her|who|whom|whose|aged?|an?|the|from|in|at|of|here|thanks?|spelled"
    rf"|i'?m|i|she(?:'s)?|he(?:'s)?|that's|both|you|{NUMBER})\b"
)
"""What follows a name and its comma."""
_OF_WORKS = re.compile(
    r"(?:\b(?:read|reading|reread|cites?|citing|quotes?|quoting|watch(?:ed|ing)?"
    r"|heard of|according to|(?:sounds?|looks?) like|versus|vs\.?"
    r"|(?:book|books|novel|film|movie|song|series|album|essay|memoir)"
    r"(?: called| by| of| on)?|(?:app|brand|game|program(?:me)?|software|library|plugin"
    r"|podcast|edition|language|framework)(?: called)?)(?: the)?"
    r"|\btrue(?: that)?) [\"\u201c]?$"
)
"""What is said of works and things, and of whom everybody knows."""
_COMPARED = re.compile(r"(?:\b(?:than|as)|, like) $")
"""So are things, and people of one name too: "older than Anna"."""
_ARTICLE = re.compile(r"\b(?<!i'm )an?(?: old| new| used| second-hand| cheap)? $")
A_WORK = re.compile(
    r"[\"\u201c]|(?:\w+ )?(?:book|novel|theory|method|laws?|film|songs?|style|edition"
    r"|translation|index|scale|test|rules?|rods?|roses?)\b"
)
"""What follows who made it."""
_VERSION = re.compile(r"\d+(?:\.\d+)*(?:[,.;:?!]|$| )|(?:[IV]{2,}|grade|type)\b")
_AGED = re.compile(r"[1-9]\d,? (?:who|s?he(?:'s)?)\b")
"""What recognisers leave of "Wilhelmina Straker, 62, who keeps the books"."""
_ASKS = re.compile(
    r"(?:^|[.?!] |\b(?:so|and|or|but|whether|if) )(?:(?:why|how|what|when|where) )?"
    r"(?:did|does|do|would|was|were|is|had|could|should|how come) $"
)
"""How people ask about one whom everybody knows, where nobody of theirs follows."""
_OURS = re.compile(r"\b(?:me|my|mine|i|i'?m|us|our|ours|we|you|your)\b")
_CLOSED = re.compile(r"(?:^|[.?!,:;\u2013\u2014-]\W*)$")
_DASHED = re.compile(r"(?:^| )[-\u2013\u2014~/&]+ $")
_HAVING = re.compile(r"\b(?:with|have|has|had|of|got|and|is it|for) $")
"""What leads to an illness: "diagnosed with Addison's"."""
_QUOTES = "\"'\u201c\u2018"
_OF_PERSONS = re.compile(r"\b(?:he|she|his|her|him|hers|he's|she's)\b")
"""What speaks of a person once more, soon after."""
_OR = ("or", "versus", "vs", "vs.")


@dataclass(frozen=True)
class _Found:
    """A run of words that looks like a name, and what stands around it."""

    text: Sequence[str]
    first: int
    last: int
    language: str

    @cached_property
    def said(self) -> Sequence[str]:
        return self.text[self.first : self.last + 1]

    @cached_property
    def bare(self) -> list[str]:
        return [bare_form(word) for word in self.said]

    @cached_property
    def level(self) -> list[int]:
        return levels(self.bare, frozenset(), self.language)

    @cached_property
    def before(self) -> str:
        words = self.text[max(0, self.first - _AROUND) : self.first]
        return "".join(f"{word} " for word in words).casefold()

    @cached_property
    def before_pair(self) -> str:
        """What stands before the other of two, where this one is the second."""
        pair = self.word(self.first - 1) in _OR
        return "".join(f"{w} " for w in self.before.split()[: -2 if pair else None])

    @cached_property
    def after(self) -> str:
        return " ".join(self.text[self.last + 1 : self.last + 1 + _AROUND])

    @cached_property
    def after_long(self) -> str:
        words = self.text[self.last + 1 : self.last + 1 + _SOON]
        return " ".join(words).casefold()

    @cached_property
    def leads(self) -> list[str]:
        """What stands before each of its words: a pattern may have found a lead too."""
        inside = "".join(f"{word} " for word in self.said).casefold()
        ends = [0, *(n + 1 for n, c in enumerate(inside) if c == " ")][:-1]
        return [self.before + inside[:end] for end in ends]

    def word(self, at: int) -> str:
        return self.text[at].casefold() if 0 <= at < len(self.text) else ""

    def starts(self) -> bool:
        """Say whether a sentence begins with it."""
        return self.first == 0 or self.text[self.first - 1][-1] in ".?!"


def is_doubtful(
    words: Sequence[Word], first: int, last: int, kind: str, language: str
) -> bool:
    """Say whether nothing but its form speaks for a name or a place of a turn.

    Never outside English, whose words these are.
    """
    if not language.casefold().startswith("en") or last - first >= _LONGEST:
        return False
    begin = max(0, first - _AROUND - 2)  # never all: a turn may be a whole talk
    around = words[begin : last + _SOON + 2]
    text = [word.text.replace("\u2019", "'") for word in around]
    found = _Found(text, first - begin, last - begin, language)
    if not found.level or any(_TITLED.search(lead) for lead in found.leads):
        return False
    following = found.text[found.last + 1 : found.last + 2]
    if is_everybodys(found.said, found.level, found.before, following):
        return True
    if kind != "name":
        return _is_a_subject(found) if kind == "place" else _is_ordinary(found)
    led = any(_LEADS.search(lead) for lead in found.leads[1:])
    if led and found.said[0][0].islower():
        return False  # a pattern has found "name is" too
    if _is_spoken_of(found):
        return True
    return not _is_due(found) and not _is_listed(found)


def _is_a_subject(found: _Found) -> bool:
    """Say whether somebody is "in" a subject, a book or a style: in no town."""
    if _is_owners(found):
        return True  # "in Jane Austen's Emma"
    if found.after.casefold().startswith("style"):
        return True
    written = found.said[0][0].isupper()
    return (
        len(found.said) == 1
        and found.before.endswith(" in ")
        and found.level[0] <= (ORDINARY_WORD if written else RARE)
        and found.bare[0] not in name_lists().towns | PLACES
    )


def _is_ordinary(found: _Found) -> bool:
    """Say whether what is called as houses are is so by chance: "a Bank Holiday"."""
    led = _LEADS.search(found.before) or _WORKS_FOR.search(found.before)
    return (
        not led
        and found.said[0][0].isupper()
        and max(found.level) <= ORDINARY_WORD
        and not any(word.isdecimal() for word in found.bare)
    )


def _is_spoken_of(found: _Found) -> bool:
    """Say whether it is spoken of as works, things and the famous are."""
    quoted = found.said[0][0] in _QUOTES or found.said[-1][0] in _QUOTES
    if quoted or _OF_WORKS.search(found.before):
        return True
    many = len(found.said) > 1 or not _is_listed(found)
    if many and _COMPARED.search(found.before):
        return True
    if _ARTICLE.search(found.before) and not _DOES.match(found.after):
        return True
    owner = re.search(r"'s[.,;:?!]*$", found.said[-1]) and _HAVING.search(found.before)
    if owner and (found.said[-1][-1] != "s" or not found.after):
        return True
    goes_on = found.said[-1][-1] not in ",.;:?!"
    if goes_on and _AGED.match(found.after):
        return False
    if goes_on and (A_WORK.match(found.after) or _VERSION.match(found.after)):
        return True
    if _is_one_of_two(found, goes_on):
        return True
    if _is_owners(found):
        return True  # "Robert's Rules"
    rest = " ".join(found.after.casefold().split(" that ")[0].split()[:4])
    return (
        many
        and not (len(found.said) == 1 and _is_busy(found))
        and _ASKS.search(found.before) is not None
        and _OURS.search(re.split(r"[.?!]", rest)[0]) is None
    )


def _is_owners(found: _Found) -> bool:
    """Say whether somebody's work is named by who made it, and it is no house."""
    owned = any(w.endswith("'s") and w[0].isupper() for w in found.said[:-1])
    return owned and found.said[-1][0].isupper() and not _is_called(found)


def _is_one_of_two(found: _Found, goes_on: bool) -> bool:
    """Say whether it is to be chosen, as things are: "Valhalla or Lexicon?"."""
    if found.word(found.first - 1) in _OR and _is_cased(found, found.first - 2):
        return _LEADS.search(found.before_pair) is None
    return (
        goes_on
        and found.word(found.last + 1) in _OR
        and _is_cased(found, found.last + 2)
        and _LEADS.search(found.before) is None
    )


def _is_cased(found: _Found, at: int) -> bool:
    """Say whether the other of two is written as this one is."""
    if not 0 <= at < len(found.text):
        return False
    return found.text[at][0].isupper() == found.said[0][0].isupper()


def _is_due(found: _Found) -> bool:
    """Say whether it is led to, signs, opens, or does what people do."""
    leads = (*found.leads, found.before_pair)
    anything = _is_plain(found) and _WITHOUT.search(found.before)
    if not anything and any(_LEADS.search(lead) for lead in leads):
        return True
    if any(re.match(r"[A-Z]\.", word) for word in found.said[1:]):
        return True
    if any(p.search(found.before) for p in (_OWN, _WORKS_FOR, _DASHED)):
        return True
    return _stands_alone(found) or _is_busy(found)


def _is_plain(found: _Found) -> bool:
    """Say whether it is one word that every dictionary has, and no list of names."""
    plain = len(found.said) == 1 and found.level[0] <= ORDINARY_WORD
    return plain and found.bare[0] not in NAMES_TOO | BY_CHANCE


def _stands_alone(found: _Found) -> bool:
    """Say whether it is a letter's last words, or its first."""
    if found.last + 1 == len(found.text) and _CLOSED.search(found.before):
        plain = found.level[0] == ORDINARY_WORD and found.bare[0] not in NAMES_TOO
        return not plain or (len(found.said) == 1 and found.said[0][-1] not in "?!")
    return found.first == 0 and found.said[-1][-1] in ",."


def _is_busy(found: _Found) -> bool:
    """Say whether it has or does what people have and do."""
    end, after = found.said[-1][-1], found.after.casefold()
    if _CALLS.search(found.before) and re.match(r"you(?:'re|'ve|r)\b", after):
        return True
    owns = found.said[-1].endswith("'s" if found.said[-1][0].isupper() else "s")
    if owns and _HAS.match(after):
        return True
    if _OF_PERSONS.search(found.after_long):
        return True
    if found.starts() and len(found.said) == 1 and found.level[0] <= ORDINARY_WORD:
        return False  # "Mine is 3 cm"
    if end == ",":
        return _APPOSED.match(after) is not None
    if end in ".;:?!":
        return False
    if _AGED.match(after):
        return True
    verb = bare_form(after.partition(" ")[0])
    stems = {verb, *(verb.removesuffix(e) for e in ("s", "es", "d", "ed", "ing"))}
    return _DOES.match(after) is not None or not DOES_OF_PEOPLE.isdisjoint(stems)


def _is_listed(found: _Found) -> bool:
    """Say whether lists have one of its words, or it is called as places are."""
    lists = name_lists()
    if found.before.endswith("the ") and len(found.said) == 1:
        return found.word(found.last + 1) in ("family", "household")
    named = any(
        (level >= NAMED or (word in NAMES_TOO and text[0].isupper()))
        and (
            word in NAMES_TOO
            or word in lists.people
            or word in lists.towns
            or word.removesuffix("s") in lists.people
        )
        for text, word, level in zip(found.said, found.bare, found.level, strict=True)
    )
    return named or _is_called(found)


def _is_called(found: _Found) -> bool:
    """Say whether it is called as places and houses are."""
    first, last = found.bare[0], found.bare[-1]
    return any(TOWN.fullmatch(word) for word in found.bare) or (
        first != last
        and (
            last in _HEADS
            or first in BODY_FIRSTS | SURE_FIRSTS
            or not OF_HEADS.isdisjoint(found.bare)
            or _OFFICE.search(" ".join(found.bare)) is not None
        )
    )
