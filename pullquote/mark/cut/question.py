"""From a question as it was said to the question of a page, and its slug.

Only words go: greetings, who asks and from where, "I was wondering if". What stays
keeps its order, but for "how long it is safe", which becomes "how long is it safe".
Where no rule fits, the words stay as they were said.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from pullquote.formats.sentences import (
    ends_in_question_mark,
    has_question_mark,
    sentences,
)
from pullquote.mark.lexicon.common_words import COMMON, NAMES_TOO
from pullquote.mark.lexicon.names import BY_CHANCE, name_lists
from pullquote.mark.private.word_levels import strange_words
from pullquote.model.address import slug_letters

_WORD = r"[A-Z][\w'\u2019-]+"
_NAMES = rf"{_WORD}(?: {_WORD})*"
_WHO = (
    r"(?:[Hh]e|[Ss]he|[Tt]hey|[Ss]omebody|[Ss]omeone"
    r"|(?:[Aa]|[Oo]ne|[Oo]ur|[Aa]nother|[Tt]his|[Tt]he)(?: (?:next|first|last|other))?"
    r" (?:viewer|listener|person|gentleman|lady|caller|resident|neighbour|neighbor"
    r"|citizen|parent|member|patient|attendee|participant|visitor)"
    rf"|{_NAMES}(?:,? (?:from|in|of) {_NAMES}(?:, {_NAMES})?)?)"
)
_ASKS = r"(?:is |also )?(?:asks|asked|asking|writes|wrote|wonders|wants to know)"
_WH = r"(?:what|how|why|when|where|which|who|whom|whose)"
_PRONOUN = r"(?:it|i|you|they|he|she|we|there|this|that|these|those)"
_THING = (
    r"(?:(?!(?:that|which|who|to|it|i|you|they|he|she|we|there|not|what|how|when|where"
    r"|why|if|is|are|was|were|can|could|should|will|would|may|might|must|do|does|did"
    r"|has|have|had)\b)[\w'-]+ ){0,3}(?!not\b)[\w'-]+"
)
"""A few words that name something, none of them a verb that helps another."""
_AUX = r"(?:is|are|was|were|can|could|should|will|would|may|might|must)"
_ASKING = rf"(?:{_WH}|{_AUX}|am|do|does|did|has|have|if|whether)\b"


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE)


_HESITATION = _any(r"(?<!\S)(?:um+|uh+|erm?|hmm+)(?:[,.\u2026]+|(?!\S))\s*")
_GREETING = r"(?:hi|hello|hey|good (?:morning|afternoon|evening|day))"
_DOCTOR = r"(?:dr\.?|doctor) [\w'\u2019-]+"
_LEADS = (
    _any(
        r"(?:so|and|but|well|okay|ok|now|then|also|finally|lastly|next up|yeah|yes|sure"
        r"|right|alright|all right|great)(?:, | (?=" + _ASKING + r"|following up"
        r"|(?:as )?a follow|so\b|i guess\b|what i))",
        r"(?:the |a )?follow[- ]?up(?: question)?(?: (?:from|by|to|on) [^,?.]{1,40})?, ",
        rf"{_DOCTOR}, ",
        r"before we [^,?.]{1,40}, ",
        r"(?:and |so |now )?(?:the |our )?(?:first|next|second|third|last|final|another|one more)"
        r" question(?: (?:here|today|tonight))?(?:,? (?:from|in) (?:the|our)"
        r"(?: [\w'-]+){1,3})?[:,] ",
        rf"(?:i guess )?what i(?:'m| am) (?:asking|wondering) is,? (?={_ASKING})",
        r"as a follow[- ]?up(?: (?:to|on) (?:that|this))?,? ",
        r"following up on (?:that|this),? ",
        rf"{_GREETING}(?: (?:there|everyone|everybody|all|doctors?))?, ",
        rf"(?:my|the|our|her|his|their)(?: \w+)? question (?:is|was)(?: this)?"
        rf"(?:[,:] | (?!if|whether)(?={_ASKING}))",
    ),
    re.compile(rf"(?:{_WHO}) {_ASKS}[,:] "),
)
"""What stands before a question: "So, ", "As a follow-up, ", "Dr. Lin, ", "A viewer asks, "."""
_INTRODUCTION = _any(
    rf"{_GREETING}\b(?:\W+\w+){{0,3}}\W*$",
    rf"{_GREETING}\b(?:\W+\w+){{0,2}},? (?:my name is|this is)\b",
    r"thank(?:s| you)\b(?:\W+\w+){0,6}\W*$",
    r"my name is\b",
    r"(?:[a-z]\b\.? ?){1,3}(?:from|in) [^?]{2,40}$",
    r"(?:and |then )*(?:the |our )?(?:first|next|last|final) (?:one|question)(?: here)?\W*$",
    r"(?:the |our |this )?(?:next|first|second|last|another|one more)(?: \w+)?"
    r" (?:is|comes|came) from\b",
    r"(?:this|it|the question|this question|this one) (?:is|comes|came) from\b",
    r"(?:let us|let's) (?:go|turn|move|take|get|open|hear)\b",
)
"""How a sentence begins that asks nothing: "Hi, this is Ann.", "The next one is from Hull."."""
_SELF = re.compile(
    rf"(?:{_GREETING},? )?(?P<lead>(?:my name is|i'm|i am|(?P<it>this is|it's)) )?"
    r"(?P<name>[^\W\d_][\w'\u2019-]+"
    r"(?: (?!here|speaking|calling|again|from|in\b)[^\W\d_][\w'\u2019-]+)?)"
    r"(?P<here>(?: (?:here|speaking|calling|again))+)?"
    r"(?: (?:from|in|over in) [^,.?!]{2,40})?"
    rf"(?:[.!,]+ ?|$|(?:(?<=here)|(?<=again)) (?={_ASKING}))",
    re.IGNORECASE,
)
"""Who says who they are: "Anna.", "Anna here,", "This is Anna from Leeds."."""
_INDIRECT = _any(
    r"(?:i would|i'd|she would|he would) like to know ",
    r"i want(?:ed)? to (?:know|ask) ",
    r"i(?: was| am|'m) (?:just |also )?(?:wondering|curious) ",
    r"i wonder ",
    r"(?:my|the|our|her|his|their) question (?:is|was) (?=(?:if|whether)\b)",
    r"(?:(?:can|could|would) you (?:please )?|please )tell (?:me|us) ",
    rf"(?:{_WHO}) (?:wants|would like) to know ",
    r"(?:an?|one|another|this|the|our|some(?:body|one))\b[^,?.]{0,60}? (?:(?:wants|would"
    r" like|wrote) to (?:know|ask)|wonders|asks|asked|is asking|is wondering) "
    rf"(?=(?:{_WH}|if|whether)\b)",
)
"""What is taken off before "if" and "how long": "I was wondering ", "Can you tell us "."""
_ORDER = re.compile(
    rf"(?:(?:if|whether)|(?P<wh>{_WH}(?: (?!(?:{_PRONOUN}|{_AUX})\b)[\w-]+){{0,2}}))"
    rf" (?P<who>{_PRONOUN}|{_THING}) (?P<aux>{_AUX})(?P<rest>\b(?!['\u2019]).*)",
    re.IGNORECASE,
)
"""Words in the order of a clause, to be turned: "how long it is safe", "if I can walk"."""
_WELDED = re.compile(rf" (?:and|or|but) (?:{_WH}|if|whether)\b", re.IGNORECASE)
"""Two questions in one: turning the first around would leave the second as it is."""
_CALLED = re.compile(rf", {_DOCTOR}(?=\?$)", re.IGNORECASE)
_SMALL_WORDS = """a an and are as at be been but by can could did do does for from had has have how
    i if in into is it its me my of on or our she he should so some than that the their
    them then there these they this to us was we were what when where which who why will
    with would you your""".split()  # noqa: SIM905
_LONGEST_SLUG = 60
_LEAST_WORDS = 3
"""Of a slug; "Is that connected?" needs the story before it to tell what it is about."""


def page_question(said: str) -> str:
    """Return the question as a page asks it, in the words that were said.

    >>> page_question("And following up on that, could gabapentin help?")
    'Could gabapentin help?'
    >>> page_question("I would like to know how long it is safe to take them.")
    'How long is it safe to take them?'
    """
    spoken = tuple(_HESITATION.sub("", s).strip() for s in sentences(said))
    kept = [s for n, s in enumerate(spoken) if not _introduces(s, spoken[n + 1 :])]
    plain = [_plain(sentence) for sentence in kept]
    return " ".join(filter(None, plain)) or " ".join(said.split())


def _introduces(sentence: str, following: tuple[str, ...]) -> bool:
    """Say whether a sentence only greets or says who asks, with more to come."""
    text = _without_leads(sentence)
    return (
        bool(following)
        and not has_question_mark(sentence)
        and (bool(_INTRODUCTION.match(text)) or _self_named(text) == len(text))
    )


def _self_named(text: str) -> int:
    """Return how many letters of a text say who is speaking; 0 where none do.

    What is no name tells a subject: "Sciatica.", "Pain here.".
    """
    match = _SELF.match(text)
    if match is None or match["name"].casefold() in COMMON:
        return 0
    name = match["name"].casefold().split()
    plainly = bool(match["here"] or (match["lead"] and not match["it"]))
    if not plainly and not name_lists().people.issuperset(name):
        return 0  # a word that nobody knows may be the subject: "Orthovisc."
    words_too = NAMES_TOO | BY_CHANCE if match["lead"] or match["here"] else ()
    strange = strange_words(name, frozenset(), "en")
    named = all(word in strange or word in words_too for word in name)
    return match.end() if named else 0


def _plain(sentence: str) -> str:
    text = _CALLED.sub("", _direct(_without_leads(sentence)))
    if text.endswith(".") and re.match(_ASKING, text, re.IGNORECASE):
        text = f"{text[:-1]}?"
    return text[:1].upper() + text[1:]


def _without_leads(sentence: str) -> str:
    """Take off what stands before the question, as long as something does."""
    text, before = sentence, ""
    while text != before:
        before = text
        named = _self_named(text)
        text = text[named if named < len(text) else 0 :]
        for lead in _LEADS:
            match = lead.match(text)
            if match and match.end() < len(text):
                text = text[match.end() :]
    return text


def _direct(sentence: str) -> str:
    """Turn "I wonder how long it is safe" around, where its grammar is plain."""
    lead = _INDIRECT.match(sentence)
    asked = _ORDER.fullmatch(sentence[lead.end() :]) if lead else None
    if asked is None or _WELDED.search(asked["rest"]):
        return sentence
    who, aux = asked["who"], asked["aux"].lower()
    words = [asked["wh"], aux, "I" if who == "i" else who]
    turned = " ".join(filter(None, words)) + asked["rest"]
    return turned.rstrip(".?") + "?"


def question_slug(
    question: str, taken: Collection[str] = (), language: str = "en"
) -> str:
    """Return a short, lasting name for the page that no other answer has.

    >>> question_slug("What are trigger point injections?")
    'trigger-point-injections'
    >>> question_slug("Is it safe?", {"safe"})
    'safe-2'
    """
    from slugify import slugify

    asking = " ".join(s for s in sentences(question[:1000]) if ends_in_question_mark(s))

    def made(text: str, stopwords: Collection[str]) -> str:
        return slugify(
            text,
            max_length=_LONGEST_SLUG,
            word_boundary=True,
            save_order=True,
            stopwords=tuple(stopwords),
            replacements=(*slug_letters(language), ("'", ""), ("\u2019", "")),
        )

    slug = made(asking, _SMALL_WORDS)  # without the story that leads up to it
    if slug.count("-") < _LEAST_WORDS - 1:
        slug = made(question[:1000], _SMALL_WORDS)
    slug = slug or made(question[:1000], ()) or "question"
    number, unique = 1, slug
    while unique in taken:
        number += 1
        unique = f"{slug}-{number}"
    return unique
