"""Words by which people show that they ask, announce, hand over or decline.

Written from how moderators speak; each is one sentence's test, without context.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property, lru_cache

KEPT = 4096
"""Sentences of which it is remembered what they are: each is looked at several times."""


class Phrases:
    """Finds any of some patterns, whatever is written large; a transcript may lack
    apostrophes.

    None begins within a word: not to try there saves time. Small letters are looked for
    in a text made small, which takes a third of the time of minding neither; patterns
    with a capital are looked for in the text as it is.
    """

    def __init__(self, patterns: Sequence[str]) -> None:
        self._patterns = patterns
        small = [one for one in patterns if not _CAPITAL.search(one)]
        large = [one for one in patterns if _CAPITAL.search(one)]
        self._small = re.compile(_either(small)) if small else None
        self._large = re.compile(_either(large), re.IGNORECASE) if large else None

    @cached_property
    def whole(self) -> re.Pattern[str]:
        """All in one, to tell where they stand."""
        return re.compile(_either(self._patterns), re.IGNORECASE)

    def search(self, text: str) -> bool:
        """Say whether any stands in a text."""
        return bool(
            (self._small and self._small.search(text.lower()))
            or (self._large and self._large.search(text))
        )

    def match(self, text: str) -> bool:
        """Say whether a text begins with any."""
        return bool(
            (self._small and self._small.match(text.lower()))
            or (self._large and self._large.match(text))
        )


_CAPITAL = re.compile(r"(?<!\\)[A-Z]")


def _either(patterns: Sequence[str]) -> str:
    either = re.sub(r"'(?=(?:s|ve|t|m)\b)", "'?", "|".join(patterns))
    return rf"(?:(?<!\w)|(?!\w))(?:{either})"


def any_of(*patterns: str) -> Phrases:
    """Return what finds any of some patterns."""
    return Phrases(patterns)


_WH = r"(?:what|how|why|when|where|which|who|whose|whom)"
_AUX = (
    r"(?:am|is|are|was|were|do|does|did|can|could|should|would|will|have|has|may|might"
    r"|isn't|aren't|don't|doesn't|can't|couldn't|shouldn't|wouldn't)"
)
_SUBJECT = (
    r"(?:i|you|he|she|it|we|they|there|this|that|these|those|the|a|an|any|my|your|our"
    r"|his|her|their|some|someone|somebody|people|everyone|patients?)"
)
_LEAD = (
    r"(?:(?:so|and|but|or|well|now|then|okay|also|finally|lastly|first|second|third|next(?: up)?)"
    r",? )*"
)
_ASKER = (
    r"(?:i|he|she|they|viewer|listener|caller|attendee|person|gentleman|lady|woman|man"
    r"|patient|somebody|someone)"
)

_OPENING = any_of(
    rf"^{_LEAD}{_WH} (?!is why|is because|an? )",
    rf"^{_LEAD}{_AUX} (?:{_SUBJECT}|[\w-]+ [\w-]+)",
)
_TELLING_MORE = any_of(
    r"^(?:and|or|but|so)\b",
    rf"^(?:which|who|whose|where|when) (?:{_AUX}|(?:he|she|they|it|we|i|you)\b)",
)
_CLEFT = r"(?!is why|is because|an? |(?:i|you|we|they|he|she)(?:'\w+)? )"
_DIRECT = any_of(
    rf"^{_LEAD}{_WH}(?:'s|'re)? {_CLEFT}",
    rf"^{_LEAD}{_AUX} {_SUBJECT}\b",
    rf",? (?:and|or|but|so) (?:{_WH} {_AUX}|{_AUX} {_SUBJECT})\b",
)
_WITHIN = any_of(rf"\b(?:{_WH} (?:much|many|long)? ?{_AUX}|{_AUX} {_SUBJECT})\b")
_REPORTED = any_of(
    r"\b(?:wants?|wanted|would like|'d like|like) to (?:know|ask|hear|understand)\b",
    rf"\b{_ASKER} (?:was |is |am |are |were |also )*"
    r"(?:wonder(?:s|ing)?|curious)\b",
    r"\b(?:asks?|asked|asking) (?:us |you |me )?(?:if|whether|about|how|what|why|when"
    r"|which|where|who|to (?:explain|tell|say))\b",
    rf"\b{_ASKER} (?:asks|asked|wonders),",
    r"\bwonder(?:s|ed|ing)? (?:if|whether|how|what|why|when|which|where|who)\b",
    r"\bquestion (?:here )?(?:is|was|about|on|concerns)\b",
)
_ORDERED = any_of(
    rf"^{_LEAD}(?:please |can you |could you |would you )?(?:tell (?:us|me)|explain"
    r"|describe|talk (?:to us |a (?:little|bit) )?about|walk us through|say (?:more|a"
    r" (?:few words|little|bit)))\b",
)
_ABOUT_VIEWERS = any_of(
    r"\b(?:viewers?|listeners?|audience|mailbox|question box|in the chat|online|"
    r"gentleman|lady|caller|attendee|somebody|someone|writes?(?: in)?|wrote|wonders|"
    r"ask(?:s|ed)?|question|message|e-?mail)\b",
)
_OF_MESSAGE = any_of(
    r"\b(?:viewers?|listeners?|audience|mailbox|question box|in the chat|gentleman|lady|"
    r"caller|attendee|(?:writes?|wrote)(?: in)?)\b",
    r"\b(?:next|last|first|final|another|one more) (?:question|message|one)\b",
    r"\b(?:question|message|one) (?:comes |is |came )?from\b",
)
_PRESENTING = any_of(
    r"^(?:thank|thanks|welcome|hello|hi\b|good (?:morning|afternoon|evening|night))",
    r"\b(?:next|last|first|another|final|one more|following|this) (?:question|message"
    r"|one|viewer|speaker|caller|person)\b",
    r"\b(?:question|message|one) (?:is|comes|came)? ?(?:from|for)\b",
    r"\bhear from\b|\b(?:both|two) of you\b|\bthis one\b",
    r"\b(?:here is|here's|let us|let's|let me|we have time|we can (?:fit|take)|i am (?:your"
    r"|joined|going)|i'm (?:your|joined|going)|you (?:take|can go|go) |stay with us)\b",
    r"\b(?:writes?|wrote|lives?|living) (?:in|from|to us)\b",
    r"\b(?:his|her|their) name is\b|\bcomes? from\b|\b(?:told|asked) us\b",
    r"\b(?:squeeze|fit|sneak|slip) (?:in )?(?:one|another|this|that|a)\b",
    r"\brunning (?:short|out|late)\b|\btime for (?:one|another|a)\b|\bone more\b",
)
_ABOUT_ASKER = any_of(
    r"\b(?:lives?|living|writes?|writing|wrote) (?:to us )?(?:in|from|near)\b",
    r"\b(?:his|her|their) name is\b|\bis [\w-]+(?: [\w-]+)? years old\b",
)
_LEADING_IN = any_of(
    r"\b(?:the following|(?:writes?|wrote|sent|says)(?: in| us)?|this (?:question"
    r"|message)|(?:question|message) is)(?: (?:question|message))?[,:]?$",
)
_STARTING = any_of(
    r"\bstart(?:s|ing)? us off\b|\bto (?:begin|start) with\b|\bset the stage\b",
    r"\bbefore we (?:turn|go|take|get|open|start|come|begin)\b",
)
_OWN_STORY = any_of(r"\b(?:i|i'm|i've|i'd|i'll|my|me|mine|myself)\b")
_DECLINED = any_of(
    r"\b(?:not|n't|unable) (?:be )?(?:something|able|allowed|going|in a position|"
    r"possible)\b[^.?]*\b(?:answer|comment|discuss|say|advise|go into|take|give)\b",
    r"\b(?:cannot|can't|can not|won't|will not|unable to|may not|must not) (?:really )?"
    r"(?:comment|answer|discuss|advise|speak (?:to|about)|give advice|take"
    r"|(?:go|get) into|touch)\b",
    r"\b(?:leave|skip|pass on|pass over) (?:that|this|it)\b(?! (?:on|in|off|alone|open|out)\b)",
    r"\b(?:move|moving|go|going) on\b",
    r"\bhave to wait\b|\b(?:out of|no) time\b(?! limit)|\btime is up\b|\btime's up\b",
    r"\bunanswered\b|\bno comment\b|\bbeyond (?:what|the scope)\b",
    r"\b(?:outside|not within) (?:the|our) (?:scope|field)\b",
)
_HANDOVER = any_of(
    r"\b(?:how|what) (?:would|about) you\b|\b(?:how|what) do you (?:see|feel|think|say|make)\b",
    r"\b(?:how|what) about (?:you|dr|doctor|our|the other)\b",
    r"\b(?:do|would) you (?:agree|see it|want to add|like to add|have anything)\b",
    r"\banything (?:else )?to add\b|\badd to that\b|\bwould you add\b",
    r"\byour (?:view|thoughts?|take|opinion|experience|side)\b",
    r"^(?:and|or)?,? ?(?:doctor|dr\.?) [\w'-]+[?.]?$",
    r"^(?:and|or),? (?:you\b|(?-i:[A-Z])[\w'-]+)(?: [\w'-]+)?\?$",
)
_PARTING = any_of(
    r"\b(?:last|final|closing|parting) (?:words?|thoughts?|remarks?|comments?)\b"
    r"|\bwhat have we (?:all )?learn(?:ed|t)\b"
)
_CLOSING = any_of(
    r"\bthank(?:s| you)\b",
    r"\b(?:good ?night|(?:good ?)?bye)\b|\bthat is all\b|\bthat's all\b|\bout of time\b",
    r"\btake care\b|\bsee you\b|\bmy pleasure\b|\bnext (?:month|week|time)\b",
    r"\b(?:closes|concludes|ends) (?:the|our|this)\b|\bwe(?:'ll| will)? move to\b",
)


def asks(text: str) -> bool:
    """Say whether a sentence asks, by its mark or its words."""
    return "?" in text or asks_without_mark(text)


@lru_cache(KEPT)
def asks_without_mark(text: str) -> bool:
    """Say whether a sentence's words ask: directly, as reported, or as an order."""
    return _DIRECT.search(text) or _REPORTED.search(text) or _ORDERED.match(text)


def asks_outright(text: str) -> bool:
    """Say whether a sentence is a question itself, not only tells of one."""
    return "?" in text or _DIRECT.search(text)


def of_viewers(text: str) -> bool:
    """Say whether a sentence speaks of viewers, their questions or messages."""
    return _ABOUT_VIEWERS.search(text)


def of_message(text: str) -> bool:
    """Say whether a sentence can only speak of a viewer, or of what one sent in."""
    return _OF_MESSAGE.search(text)


@lru_cache(KEPT)
def presents(text: str) -> bool:
    """Say whether a sentence announces: who asks, who is to answer, what comes."""
    return _PRESENTING.search(text)


def asks_within(text: str) -> bool:
    """Say whether words ask somewhere, in a text without marks."""
    return _WITHIN.search(text)


def opens(text: str) -> bool:
    """Say whether words begin as a question does."""
    return _OPENING.match(text)


def tells_more(text: str) -> bool:
    """Say whether words go on with a sentence: "…, which will have to wait"."""
    return _TELLING_MORE.match(text)


def tells_of_asker(text: str) -> bool:
    """Say whether a sentence tells who asks, from where or how old: no question."""
    return _ABOUT_ASKER.search(text) and not own_story(text)


def leads_in(text: str) -> bool:
    """Say whether words end as those before a message that is read out."""
    return _LEADING_IN.search(text)


def starts_programme(text: str) -> bool:
    """Say whether a host asks of their own accord, before viewers' questions."""
    return _STARTING.search(text)


@lru_cache(KEPT)
def announces(text: str) -> bool:
    """Say whether a sentence leads one to expect a question."""
    return of_viewers(text) or presents(text)


def own_story(text: str) -> bool:
    """Say whether somebody speaks of themselves, as in a message read out."""
    return _OWN_STORY.search(text)


def declines(text: str) -> bool:
    """Say whether a sentence refuses to answer or goes on to something else."""
    return _DECLINED.search(text)


def hands_over(text: str) -> bool:
    """Say whether a sentence passes the same question to somebody else."""
    return _HANDOVER.search(text)


def asks_for_last_words(text: str) -> bool:
    """Say whether a host asks for somebody's last words."""
    return _PARTING.search(text)


def closes(text: str) -> bool:
    """Say whether a sentence thanks or takes leave."""
    return _CLOSING.search(text)
