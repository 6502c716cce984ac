"""Words by which people show that they ask, announce, hand over or decline.

Written from how moderators speak; each is one sentence's test, without context.
"""

from __future__ import annotations

from pullquote.formats.sentences import has_question_mark
from pullquote.mark.suggest.phrases import Book

BOOK = Book()

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

opens = BOOK.any_of(
    rf"^{_LEAD}{_WH} (?!is why|is because|an? )",
    rf"^{_LEAD}{_AUX} (?:{_SUBJECT}|[\w-]+ [\w-]+)",
)
"""Whether words begin as a question does."""
tells_more = BOOK.any_of(
    r"^(?:and|or|but|so)\b",
    rf"^(?:which|who|whose|where|when) (?:{_AUX}|(?:he|she|they|it|we|i|you)\b)",
)
"""Whether words go on with a sentence: "…, which will have to wait"."""
_CLEFT = r"(?!is why|is because|an? |(?:i|you|we|they|he|she)(?:'\w+)? )"
_DIRECT = BOOK.any_of(
    rf"^{_LEAD}{_WH}(?:'s|'re)? {_CLEFT}",
    rf"^{_LEAD}{_AUX} {_SUBJECT}\b",
    rf",? (?:and|or|but|so) (?:{_WH} {_AUX}|{_AUX} {_SUBJECT})\b",
)
"""Asks by the order of its words: "Is it safe", "How long does it last"."""
asks_within = BOOK.any_of(
    rf"\b(?:{_WH} (?:much|many|long)? ?{_AUX}|{_AUX} {_SUBJECT})\b"
)
"""Whether words ask somewhere, in a text without marks."""
_REPORTED = BOOK.any_of(
    r"\b(?:wants?|wanted|would like|'d like|like) to (?:know|ask|hear|understand)\b",
    rf"\b{_ASKER} (?:was |is |am |are |were |also )*"
    r"(?:wonder(?:s|ing)?|curious)\b",
    r"\b(?:asks?|asked|asking) (?:us |you |me )?(?:if|whether|about|how|what|why|when"
    r"|which|where|who|to (?:explain|tell|say))\b",
    rf"\b{_ASKER} (?:asks|asked|wonders),",
    r"\bwonder(?:s|ed|ing)? (?:if|whether|how|what|why|when|which|where|who)\b",
    r"\bquestion (?:here )?(?:is|was|about|on|concerns)\b",
)
"""Tells that somebody asks: "She wants to know how long it lasts."."""
orders = BOOK.any_of(
    rf"^{_LEAD}(?:please |can you |could you |would you )?(?:tell (?:us|me)|explain"
    r"|describe|talk (?:to us |a (?:little|bit) )?about|walk us through|say (?:more|a"
    r" (?:few words|little|bit)))\b",
)
"""Whether words ask as an order does: "Tell us how long it lasts."."""
of_viewers = BOOK.any_of(
    r"\b(?:viewers?|listeners?|audience|mailbox|question box|in the chat|online|"
    r"gentleman|lady|caller|attendee|somebody|someone|writes?(?: in)?|wrote|wonders|"
    r"ask(?:s|ed)?|question|message|e-?mail)\b",
)
"""Whether a sentence speaks of viewers, their questions or messages."""
of_message = BOOK.any_of(
    r"\b(?:viewers?|listeners?|audience|mailbox|question box|in the chat|gentleman|lady|"
    r"caller|attendee|(?:writes?|wrote)(?: in)?)\b",
    r"\b(?:next|last|first|final|another|one more) (?:question|message|one)\b",
    r"\b(?:question|message|one) (?:comes |is |came )?from\b",
)
"""Whether a sentence can only speak of a viewer, or of what one sent in."""
presents = BOOK.any_of(
    r"^(?:thank|thanks|welcome|hello|hi\b|good (?:morning|afternoon|evening|night))",
    r"\b(?:next|last|first|another|final|one more|following|this) (?:question|message"
    r"|one|viewer|speaker|caller|person)\b",
    r"\b(?:question|message|one) (?:is|comes|came)? ?(?:from|for)\b",
    r"\bhear from\b|\b(?:both|two) of you\b",
    r"\b(?:here is|here's|let us|let's|let me|we have time|we can (?:fit|take)|i am (?:your"
    r"|joined|going)|i'm (?:your|joined|going)|you (?:take|can go|go) |stay with us)\b",
    r"\b(?:writes?|wrote|lives?|living) (?:in|from|to us)\b",
    r"\b(?:his|her|their) name is\b|\bcomes? from\b|\b(?:told|asked) us\b",
    r"\b(?:squeeze|fit|sneak|slip) (?:in )?(?:one|another|this|that|a)\b",
    r"\brunning (?:short|out|late)\b|\btime for (?:one|another|a)\b|\bone more\b",
)
"""Whether a sentence announces: who asks, who is to answer, what comes."""
_ABOUT_ASKER = BOOK.any_of(
    r"\b(?:lives?|living|writes?|writing|wrote) (?:to us )?(?:in|from|near)\b",
    r"\b(?:his|her|their) name is\b|\bis [\w-]+(?: [\w-]+)? years old\b",
)
"""Tells who asks: "She lives in Hull.", "His name is Bob."."""
_LEADS_IN = (
    r"\b(?:the following|(?:writes?|wrote|sent|says)(?: in| us)?|this (?:question"
    r"|message)|(?:question|message) is)(?: (?:question|message))?"
)
leads_in = BOOK.any_of(rf"{_LEADS_IN}[,:]?$")
"""Whether words end as those before a message that is read out."""
may_lead_in = BOOK.any_of(_LEADS_IN)
"""Whether words of a sentence may end so somewhere in it."""
starts_programme = BOOK.any_of(
    r"\bstart(?:s|ing)? us off\b|\bto (?:begin|start) with\b",
    r"\bbefore we (?:turn|go|take|get|open|start|come|begin)\b",
)
"""Whether a host asks of their own accord, before viewers' questions."""
counts_something = BOOK.any_of(
    r"\b(?:\d+|\w+teen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)\b"
)
"""Whether a number from thirteen on stands in it, or any in digits."""
own_story = BOOK.any_of(r"\b(?:i|i'm|i've|i'd|i'll|my|me|mine|myself)\b")
"""Whether somebody speaks of themselves, as in a message read out."""
declines = BOOK.any_of(
    r"\b(?:not|n't|unable) (?:be )?(?:something|able|allowed|going|in a position|"
    r"possible)\b[^.?]*\b(?:answer|comment|discuss|say|advise|go into|take|give)\b",
    r"\b(?:cannot|can't|can not|won't|will not|unable to|may not|must not) (?:really )?"
    r"(?:comment|answer|discuss|advise|speak (?:to|about)|give advice|take"
    r"|(?:go|get) into|touch)\b",
    r"\b(?:leave|skip|pass on|pass over) (?:that|this|it)\b(?! (?:on|in|off|alone|open|out)\b)",
    r"\b(?:move|moving|go|going) on\b",
    r"\bhave to wait\b|\b(?:out of|no) time\b(?! limit)|\btime(?:'s| is) up\b",
    r"\bunanswered\b|\bno comment\b|\bbeyond (?:what|the scope)\b",
    r"\b(?:outside|not within) (?:the|our) (?:scope|field)\b",
)
"""Whether a sentence refuses to answer or goes on to something else."""
hands_over = BOOK.any_of(
    r"\b(?:how|what) (?:would|about) you\b|\b(?:how|what) do you (?:see|feel|think|say|make)\b",
    r"\b(?:how|what) about (?:dr|doctor|our|the other)\b",
    r"\b(?:do|would) you (?:agree|see it|want to add|like to add|have anything)\b",
    r"\banything (?:else )?to add\b|\badd to that\b",
    r"\byour (?:view|thoughts?|take|opinion|experience|side)\b",
    r"^(?:and|or)?,? ?(?:doctor|dr\.?) [\w'-]+[?.]?$",
    r"^(?:and|or),? (?:you\b|(?-i:[A-Z])[\w'-]+)(?: [\w'-]+)?\?$",
)
"""Whether a sentence passes the same question to somebody else."""
asks_for_last_words = BOOK.any_of(
    r"\b(?:last|final|closing|parting) (?:words?|thoughts?|remarks?|comments?)\b"
    r"|\bwhat have we (?:all )?learn(?:ed|t)\b"
)
"""Whether a host asks for somebody's last words."""
closes = BOOK.any_of(
    r"\bthank(?:s| you)\b",
    r"\b(?:good ?night|(?:good ?)?bye)\b|\bthat is all\b|\bthat's all\b|\bout of time\b",
    r"\btake care\b|\bsee you\b|\bmy pleasure\b|\bnext (?:month|week|time)\b",
    r"\b(?:closes|concludes|ends) (?:the|our|this)\b|\bwe(?:'ll| will)? move to\b",
)
"""Whether a sentence thanks or takes leave."""


def asks(text: str) -> bool:
    """Say whether a sentence asks, by its mark or its words."""
    return has_question_mark(text) or asks_without_mark(text)


def asks_without_mark(text: str) -> bool:
    """Say whether a sentence's words ask: directly, as reported, or as an order."""
    return _DIRECT(text) or _REPORTED(text) or orders(text)


def asks_outright(text: str) -> bool:
    """Say whether a sentence is a question itself, not only tells of one."""
    return has_question_mark(text) or _DIRECT(text)


def tells_of_asker(text: str) -> bool:
    """Say whether a sentence tells who asks, from where or how old: no question."""
    return _ABOUT_ASKER(text) and not own_story(text)


def announces(text: str) -> bool:
    """Say whether a sentence leads one to expect a question."""
    return of_viewers(text) or presents(text)
