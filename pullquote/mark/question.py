"""From a question as it was said to the question of a page, and its slug.

Only words go: greetings, who asks and from where, "I was wondering if". What stays
keeps its order, but for "how long it is safe", which becomes "how long is it safe".
Where no rule fits, the words stay as they were said.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from pullquote.formats.sentences import sentences

_WORD = r"[A-Z][\w'\u2019-]+"
_NAMES = rf"{_WORD}(?: {_WORD})*"
_WHO = (
    r"(?:[Hh]e|[Ss]he|[Tt]hey|[Ss]omebody|[Ss]omeone"
    r"|(?:[Aa]|[Oo]ne|[Oo]ur|[Aa]nother|[Tt]his|[Tt]he)(?: (?:next|first|last|other))?"
    r" (?:viewer|listener|person|gentleman|lady|caller)"
    rf"|{_NAMES}(?:,? (?:from|in|of) {_NAMES}(?:, {_NAMES})?)?)"
)
_ASKS = r"(?:is |also )?(?:asks|asked|asking|writes|wrote|wonders|wants to know)"
_WH = r"(?:what|how|why|when|where|which|who|whom|whose)"
_PRONOUN = r"(?:it|i|you|they|he|she|we|there|this|that|these|those)"
_AUX = r"(?:is|are|was|were|can|could|should|will|would|may|might|must)"
_ASKING = rf"(?:{_WH}|{_AUX}|am|do|does|did|has|have|if|whether)\b"


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE)


_HESITATION = _any(r"(?<!\S)(?:um+|uh+|erm?|hmm+)(?:[,.\u2026]+|(?!\S))\s*")
_GREETING = r"(?:hi|hello|hey|good (?:morning|afternoon|evening|day))"
_LEADS = (
    _any(
        r"(?:so|and|but|well|okay|ok|now|then|also|finally|lastly)(?:, | (?="
        + _ASKING
        + r"|following up|as a follow))",
        r"as a follow[- ]?up(?: (?:to|on) (?:that|this))?,? ",
        r"following up on (?:that|this),? ",
        rf"{_GREETING}(?: (?:there|everyone|everybody|all|doctors?))?, ",
        rf"(?:my|the|our|her|his|their)(?: \w+)? question (?:is|was)(?: this)?"
        rf"(?:[,:] | (?={_ASKING}))",
    ),
    re.compile(rf"(?:{_WHO}) {_ASKS}[,:] "),
)
_INTRODUCTION = _any(
    rf"{_GREETING}\b(?:\W+\w+){{0,3}}\W*$",
    rf"{_GREETING}\b(?:\W+\w+){{0,2}},? (?:my name is|this is)\b",
    r"thank(?:s| you)\b(?:\W+\w+){0,6}\W*$",
    r"my name is\b",
    r"(?:the |our |this )?(?:next|first|second|last|another|one more)(?: \w+)?"
    r" (?:is|comes|came) from\b",
    r"(?:this|it|the question|this question|this one) (?:is|comes|came) from\b",
    r"(?:a viewer|somebody|someone|one viewer) (?:writes|wrote)\b[^?]*following\W*$",
    r"(?:let us|let's) (?:go|turn|move|take|get|open|hear)\b",
)
_INDIRECT = _any(
    r"(?:i would|i'd|she would|he would) like to know ",
    r"i want(?:ed)? to (?:know|ask) ",
    r"i(?: was| am|'m) (?:just |also )?(?:wondering|curious) ",
    r"i wonder ",
    r"(?:can|could|would) you (?:please )?tell (?:me|us) ",
    r"please tell (?:me|us) ",
    rf"(?:{_WHO}) (?:wants|would like) to know ",
)
_ORDER = re.compile(
    rf"(?:(?:if|whether)|(?P<wh>{_WH}(?: (?!(?:{_PRONOUN}|{_AUX})\b)[\w-]+){{0,2}}))"
    rf" (?P<who>{_PRONOUN}) (?P<aux>{_AUX})(?P<rest>\b(?!n't).*)",
    re.IGNORECASE,
)
_SMALL_WORDS = """a an and are as at be been but by can could did do does for from had has have how
    i if in into is it its me my of on or our she he should so some than that the their
    them then there these they this to us was we were what when where which who why will
    with would you your""".split()  # noqa: SIM905
_LONGEST_SLUG = 60


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
    return (
        bool(following)
        and "?" not in sentence
        and bool(_INTRODUCTION.match(_without_leads(sentence)))
    )


def _plain(sentence: str) -> str:
    text = _direct(_without_leads(sentence))
    if text.endswith(".") and re.match(_ASKING, text, re.IGNORECASE):
        text = f"{text[:-1]}?"
    return text[:1].upper() + text[1:]


def _without_leads(sentence: str) -> str:
    """Take off what stands before the question, as long as something does."""
    text, before = sentence, ""
    while text != before:
        before = text
        for lead in _LEADS:
            match = lead.match(text)
            if match and match.end() < len(text):
                text = text[match.end() :]
    return text


def _direct(sentence: str) -> str:
    """Turn "I wonder how long it is safe" around, where its grammar is plain."""
    lead = _INDIRECT.match(sentence)
    asked = _ORDER.fullmatch(sentence[lead.end() :]) if lead else None
    if asked is None:
        return sentence
    who, aux = asked["who"], asked["aux"].lower()
    words = [asked["wh"], aux, "I" if who == "i" else who]
    turned = " ".join(filter(None, words)) + asked["rest"]
    return turned.rstrip(".?") + "?"


def question_slug(question: str, taken: Collection[str] = ()) -> str:
    """Return a short, lasting name for the page that no other answer has.

    >>> question_slug("What are trigger point injections?")
    'trigger-point-injections'
    >>> question_slug("Is it safe?", {"safe"})
    'safe-2'
    """
    from slugify import slugify

    def made(stopwords: Collection[str]) -> str:
        return slugify(
            question[:1000],
            max_length=_LONGEST_SLUG,
            word_boundary=True,
            save_order=True,
            stopwords=tuple(stopwords),
        )

    slug = made(_SMALL_WORDS) or made(()) or "question"
    number, unique = 1, slug
    while unique in taken:
        number += 1
        unique = f"{slug}-{number}"
    return unique
