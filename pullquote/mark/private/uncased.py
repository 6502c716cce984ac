"""Names in text without capitals: words that its language does not know.

Some recognisers, and some captions, write neither capitals nor full stops. A name
then looks like any other word. It is told by how rarely the word is written
otherwise, by what leads to it, and by what it is called last: "grace chapel".
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from pullquote.mark.lexicon.common_words import (
    COMMON,
    CONTRACTED,
    NAMES_TOO,
    REGIONS,
    TELLS,
    is_known,
)
from pullquote.mark.lexicon.meanings import is_drug, words
from pullquote.mark.lexicon.names import name_lists
from pullquote.mark.lexicon.things import (
    BREEDS,
    DOES_OF_THINGS,
    SPEAKS_OF_PEOPLE,
    TAKEN,
    THINGS,
)
from pullquote.mark.private.rules import (
    KIN,
    KIN_WORDS,
    NUMBER,
    ORDINAL,
    SMALL,
    STREET,
    TEENS,
    TENS,
    Rule,
)
from pullquote.mark.private.uncased_places import IN, LEADS_TO_FIRMS, SmallPlaces, Span
from pullquote.mark.private.word_levels import RARE, SELDOM, STRANGE, TOWN

_WHO = rf"(?!(?:{'|'.join(sorted(COMMON | CONTRACTED.keys()))})\b)[^\W\d_][\w'-]*"
"""A word that does not begin sentences."""
_ANY = rf"(?!(?:{'|'.join(sorted((COMMON | CONTRACTED.keys()) - NAMES_TOO))})\b)[^\W\d_][\w'-]*"
"""The same, or a name that is such a word: "will"."""
_REGION = "|".join(sorted(REGIONS))
_ASKERS = r"(?:anonymous|caller|listener|member|man|woman|resident|student|neighbou?r|person|guy|he|she|they|everyone|[a-z]+s)\b"
"""Who asks without a name; plurals too."""
_AUNT = "(?:aunt(?:ie|y)?|uncle|granny|grandma|grandpa|nana)"
_PETS = (
    "horse|mare|rabbit|hamster|parrot|budgie|tortoise|goat|puppy|kitten|"
    + "|".join(sorted(BREEDS))
)
_SPEAKS = r"(?= (?:from|calling|writing|again|here|over in|down in|up in|out in)\b)"
"""What follows who speaks."""
_DOES = rf"(?:{'|'.join(sorted(TELLS))}|gave|put|did|recommends|suggests|prescribed|thinks)\b"
UNCASED = (
    Rule(
        "name",
        rf"\b(?:named|called) (?P<it>{_WHO} [b-hj-z])\b",
        rf"\bname(?:'?s| is| was) {_ANY}(?: {_WHO}){{0,2}}",
    ),
    Rule("name", rf"\b(?:named|called) {_WHO}(?: {_WHO}){{0,3}}", telling=True),
    Rule(
        "name",  # but "i'm numb from the hip down"
        rf"\b(?:this is|i am|i'?m) (?!the|a|an|my|not|what|how|it)(?P<it>{_WHO}(?: {_WHO}){{0,3}}){_SPEAKS}(?! from (?:the|my|all|this)\b)",
    ),
    Rule(
        "name",
        # but "it's worse again"
        rf"\bit'?s (?!the|a|an|my|not|what|how|it)(?P<it>{_WHO}(?: {_WHO}){{0,3}}){_SPEAKS}",
        # "this is hyun woo i am a violinist"
        rf"\bthis is (?!the|a|an|my|not|what|how|it)(?P<it>{_WHO}(?: {_WHO}){{0,2}})"
        r"(?= (?:i am|i'?m|i have|i've|i had|i got|i was|and i|and my|my|with)\b)",
        telling=True,
    ),
    Rule(
        "name",
        rf"\bdoctor (?P<it>(?!{_DOES}|\w+(?:ed|ly)\b){_WHO})"
        r" (?=(?:said|says|told|gave|wants|thinks|failed|did|in|at|from|who|and i|prescribed|operated|put)\b)",
        unless=r"\b(?:my|the|a|your|our|another|his|her|same|company|family|every|no) $",
    ),
    Rule(
        "place",
        rf"\b(?:this is|i am|i'?m|it'?s) \w+(?: \w+){{0,3}} (?:from|over in|down in|up in|out in)"
        rf" (?P<it>{_WHO}(?: {_WHO})?)",
    ),
    Rule(
        "name", rf"\bthis is (?P<it>{_WHO}) in (?={_WHO}(?: {_WHO})? (?:{_REGION})\b)"
    ),
    Rule(
        "place",
        rf"\b(?:in|from|near) (?P<it>(?:{_WHO} ){{1,2}}(?:{_REGION}))\b",
        rf"\b(?:over|down|up|out|back) in (?P<it>(?!{NUMBER}\b){_WHO}(?: {_WHO})?)",
    ),
    Rule(
        "name",
        rf"(?:^|\b(?:so|okay|and|um|uh|now|well) )(?P<it>(?!{_ASKERS}){_WHO})"
        r" (?:is asking|asks|says|wants to know|wonders|writes|would like to)\b",
        telling=True,
    ),
    Rule(
        "name",
        rf"\bwe(?:'ve| have)(?: got)? (?P<it>(?!{_ASKERS}){_WHO} and (?!{_ASKERS}){_WHO})",
    ),
    Rule(
        "name",
        rf"\b(?:comes|question|message|letter|hear|one|is) from (?P<it>{_WHO}(?: {_WHO})?)",
        telling=True,
    ),
    Rule(
        "name",
        rf"\b(?:mr|mrs|ms|miss|dr|mister|missus|missis|professor|councillor)\.? (?!{_DOES}){_WHO}(?: {_WHO})?",
    ),
    Rule(
        "place",
        rf"\b(?:lives?|living|writes?|writing|calling) (?:to us )?(?:in|from|near) (?P<it>{_WHO}(?: {_WHO})?)",
    ),
    Rule(
        "employer or place",
        rf"\b(?:work(?:s|ed|ing)?|driv(?:e|es|ing|er)|deliver(?:s|ing)?|cook(?:s|ing)?|clean(?:s|ing)?|job(?:'s)?|employed|retired|senior|junior|sophomore|freshman|student|press|shift)"
        rf" (?:at|for|with|from|down at|over at) (?P<it>(?!(?:home|nights?|weekends|heights?|times|least|full|part|school|pain)\b){_WHO}(?: {_WHO}){{0,2}})",
        unless=r"\bdo(?:es)? [\w' ]{1,24}work (?:for|with) $",
    ),
    Rule(
        "employer or place",
        rf"\b(?:this is|i'?m|i am|it'?s) {_WHO}(?: {_WHO})? (?:over )?(?:at|with) (?P<it>{_WHO}(?: {_WHO})?)",
        rf"\b(?:goes|go|went|going) to (?P<it>{_WHO} {_WHO}(?: {_WHO})?)",
        telling=True,
    ),
    Rule(
        "employer or place",
        rf"\b(?:{ORDINAL}|\w+ hundred(?: and)? {ORDINAL}) (?:\w+ )?(?:battalion|regiment|brigade|infantry|division|airborne|squadron|company|corps|marines|rangers|cavalry|artillery|wing)\b",
    ),
    Rule(
        "address",
        rf"\b(?:number )?(?:(?:{SMALL}|{TEENS}|{TENS}|hundred|\d+)[ -]){{1,5}}{_WHO}(?: {_WHO})? (?:{STREET})\b",
        rf"\b(?:in|on|off|at|of|from|near|down|up|along|(?:moved?|moving|went|go|going|came|drove|back) to) (?P<it>{_WHO}(?: {_WHO})? (?:street|avenue|road|lane|boulevard|terrace|parkway|court|drive|row|alley|crescent|mews|highway|parade|close|rise|quay|grove))\b(?! (?:to|by|together|enough)\b)",
    ),
    Rule(
        "employer or place",
        rf"\b(?:the|our) (?:kindergarten|nursery|school|clinic|practice|firm|company|church|charity) (?P<it>{_WHO}(?: {_WHO})?)"
        rf" (?:{'|'.join(sorted(TELLS))}|gave|recommends|refuses)\b",
        telling=True,
    ),
    Rule(
        "name",
        rf"\b(?:my|our|his|her|their) (?:{KIN_WORDS}|{_PETS}) (?P<it>(?!(?:food|bed|bite|sitter|walker|flap|bowl|allergy|hair|box|run|\w+ly)\b)(?:{_WHO} )?(?!\w{{3,}}ed\b){_WHO})"
        r" (?=(?:has|had|is|was|hasn't|isn't|wasn't|turned|keeps|kept|ate|eats|won't|can't|wouldn't|doesn't|who|and (?:he|she)|\w{3,}ed|got|gets|bit|fell|went|came|ran|says|said|wants|needs|loves|likes|takes|can|will)\b)",
        rf"\bcalls? (?:me|him|her) (?P<it>{_AUNT} {_WHO})|\b{_AUNT} {_WHO} (?=(?:from|here|says|asks|is|was|has|had)\b)",
    ),
    Rule(
        "address",
        rf"\bnumber {NUMBER} (?:on|in|of) {_WHO}(?: {_WHO})? (?:{STREET})\b",
    ),
    Rule("number", r"\b[a-z]{2}\d\d [a-z]{3}\b", telling=True),  # of a car in Britain
    Rule(
        "number",
        r"\b[a-z]{1,2}\d[a-z\d]? \d[abd-hjlnp-uw-z]{2}\b(?<!st|nd|rd|th|lb|ft|gb|hz)",
    ),
    Rule(
        "name",
        rf"\b(?:they|(?:every|some)(?:one|body)|people|friends|mates|colleagues) calls? (?:me|him|her|us) (?P<it>{_WHO})",
    ),
    Rule(
        "place",
        rf"\b(?:village|town|city|parish|hamlet|suburb|island|isle) of (?P<it>{_WHO}(?: {_WHO})?)",
    ),
    Rule(
        "employer or place",
        rf"\b{_WHO} & {_WHO}(?: {_WHO})?",
        telling=True,
        needs=" & ",
    ),
    Rule(
        "place",
        rf"\b(?:i'?m|i am|we'?re|we are|family|man|woman|lady|lot|us|people) from (?P<it>{_WHO}(?: {_WHO})?)",
    ),
)


_THE = frozenset(
    ("the", "a", "an", "this", "that", "these", "those", "any", "some", "no")
)
_JOINING = words("van von de del della di da der den la le al el bin ibn ben mc o")
_BEFORE_NAMES = words("van von der ter den bin ibn")
_LEADS = re.compile(
    r"\b(?:(?P<due>signs? (?:him|her|them)sel(?:f|ves)|thanks|regards|sincerely|signed|name is|name's|deacon|pastor|father"
    r"|reverend|rabbi|imam|sister|brother|councilman|mayor|officer|nurse|professor)"
    r"|(?:here|hi|hiya|howdy|hello|hey|morning|evening|afternoon|again|guys|all|everyone|so|um|well|doctors?) its"
    r"|hi|hiya|howdy|hello|hey|dear|thank you|cheers|yours|goes by|go by|call(?:s|ed)? me|named|by the name of|desk of|shout ?out to"
    r"|next up(?: is)?|up next(?: is)?|next is|next (?:caller|viewer|question) is"
    r"|(?:next|another) (?:caller|viewer)|sent (?:in )?by|written by|ask(?:s|ed)|one from"
    r"|(?:question|message|letter|email|is|comes) from|a lady here|a gentleman here"
    r"|doctor|coach|councilwoman"
    r"|welcome|on the line is|it's|this is|it is|i'm|i am|we have|caller is) (?=\w)"
)
"""What leads to a name."""
_ROLES = re.compile(
    rf"\b(?:my|our|his|her|their|the)(?: \w+)? (?:{KIN.pattern}|rabbi|imam|priest|reverend"
    r"|trainer|buddy|dog|cat|surgeon|doctor|colleague|coworker|client|tutor|twins|kids"
    r"|neurologist|oncologist|dermatologist|cardiologist|chiropractor|godmother"
    r"|godfather|fianc[eé]e?|ex|little one|toddler|newborn|sponsor|partner|chaplain|pediatrician|physio|therapist|secretary) (?=\w)"
)
_FOLLOWED = re.compile(
    r" (?:here|asks?|writes?|wrote|says|wants|wonders|wondered|is (?:asking|wondering)"
    r"|would like|thank you|thanks for|you're (?:on|next|up)|your question|has been"
    r" waiting|go ahead|is on the line|age \w|aged \w|again with|and (?:his|her) )"
)
"""What follows the name of one who asks."""
_OWNERS = words("my our his her their your the a an")
"""Before what somebody is, no name: "my physio wants"."""
_OPENING = re.compile(
    r"(?:(?:so|okay|um|uh|and|now|well|hi|hello|hey|next) )*(?P<one>[\w'-]+)"
    r"(?P<other> and [\w'-]+)? (?:from|in|here|has|near)\b"
)


class Lowercase(SmallPlaces):
    """What is private among a turn's words."""

    def spans(self) -> Iterator[Span]:
        """Yield what is a name, a place or a firm, by the words' positions."""
        if not self.level:
            return
        for first, last, kind in (
            *self._runs(),
            *self._led(),
            *self._followed(),
            *self._opening(),
        ):
            start = self._what_stands_there(first) if kind == "place" else first
            yield start, last, kind
            if self._word(last + 1) == "and" and self._is_apart(last + 2):
                yield last + 2, last + 2, kind
        yield from self.places()

    def _runs(self) -> Iterator[Span]:
        """Yield names wherever they stand, with what belongs to them."""
        at, end = 0, len(self.bare)
        while at < end:
            if self.level[at] < STRANGE:
                at += 1
                continue
            first = last = at
            while self._level(last + 1) >= SELDOM or (
                self._word(last + 1) in _JOINING and self._level(last + 2) >= RARE
            ):
                last += 1
            if self._is_surname(last + 1):
                last += 1
            while (
                self._level(first - 1) >= SELDOM and self._word(first - 1) not in COMMON
            ):
                first -= 1
            while self._word(first - 1) in _BEFORE_NAMES:
                first -= 1
            first, last = self._called(first), self._initial(self._firm(first, last))
            the = self._word(first - 1) == "the" and self._word(first - 2) in IN
            if self._word(first - 1) in LEADS_TO_FIRMS and (
                self._word(last + 1) == "and" and self._level(last + 2) >= SELDOM
            ):
                last += 2  # a firm of two partners
            if not self._is_thing(first, last):
                before = self._word(first - 1)
                place = "employer or place" if the else "place"
                yield first, last, place if the or before in IN else "name"
            at = last + 1

    def _is_surname(self, at: int) -> bool:
        """Say whether a rare word after a name is one too, and no verb."""
        verb = self._word(at).endswith(("s", "ed", "ing"))
        return self._level(at) == RARE and not verb and self._ends_a_name(at)

    def _initial(self, last: int) -> int:
        """Return the last word of a name with the initial that may follow it."""
        return last + 1 if re.fullmatch(r"[b-hj-z]", self._word(last + 1)) else last

    def _is_thing(self, first: int, last: int) -> bool:
        """Say whether a strange word is a medicine or a machine by its neighbours."""
        before, after = self._word(first - 1), self._word(last + 1)
        if after in THINGS or self._word(last) in THINGS:
            return KIN.fullmatch(before) is None
        if before == "the" and self._is_family(first, last):
            return False
        if after in SPEAKS_OF_PEOPLE:
            return False
        if any(self._listed(word) for word in self.bare[first : last + 1]):
            return False
        if before in ("is", "are", "does", "do", "can", "will", "did"):
            return after in DOES_OF_THINGS
        house = TOWN.fullmatch(self.bare[first]) and self._word(first - 2) in IN
        if before == "the" and (self._word(first - 2) == "at" or house):
            return False
        if before in ("her", "him", "me", "them"):
            return self._word(first - 2) in ("gave", "give", "giving", "prescribed")
        return (
            before in _THE | TAKEN
            or before in ("on", "than", "like")
            or is_known(before)
            or is_drug(before)
        )

    def _is_family(self, first: int, last: int) -> bool:
        """Say whether a strange plural is a family: "we're the kowalczyks"."""
        return self.bare[last].endswith("s") and (
            self._listed(self.bare[last][:-1])
            or self._word(first - 2) in ("we're", "are", "i")
            or self._word(last + 1) in ("both", "from")
        )

    @staticmethod
    def _listed(word: str) -> bool:
        return word in name_lists().people or word in name_lists().towns

    def _led(self) -> Iterator[Span]:
        for pattern in (_LEADS, _ROLES):
            for match in pattern.finditer(self._text):
                at = bisect_left(self._starts, match.end())
                due = pattern is _ROLES or match["due"] is not None
                last = self._named(at, due)
                if last is not None and (
                    pattern is _ROLES or self.bare[at] not in COMMON
                ):
                    yield at, last, "name"

    def _named(self, at: int, due: bool) -> int | None:
        """Return the last word of a name that may be led to, or is surely due."""
        last = at - 1
        while last < at + 2 and self._level(last + 1) >= RARE:
            last += 1
        while last >= at and self.level[last] < SELDOM:
            last -= 1
        if last < at or self.telling(at, last) < SELDOM:
            return None
        if self._initial(last) > last:
            return last + 1
        if last == at and self.level[at] < STRANGE and not due:
            return last if self._ends_a_name(at) else None
        return last

    def _followed(self) -> Iterator[Span]:
        for match in _FOLLOWED.finditer(self._text):
            end = bisect_left(self._starts, match.start() + 1) - 1
            last = end - 1 if re.fullmatch(r"[b-hj-z]", self.bare[end]) else end
            if self._level(last) < SELDOM or self._word(last - 1) in _OWNERS:
                continue
            first = last
            while last - first < 2 and self._level(first - 1) >= SELDOM:
                first -= 1
            yield first, end, "name"

    def _opening(self) -> Iterator[Span]:
        """Yield a name at the very start: "rose from yakima", "pat in apartment 6"."""
        match = _OPENING.match(self._text)
        if match and match["one"] != "will":
            at = bisect_left(self._starts, match.start("one"))
            region = self._word(at + 2) in REGIONS
            if self._level(at) >= (RARE if region else SELDOM):
                yield at, at, "name"
                if match["other"] and self._level(at + 2) >= SELDOM:
                    yield at + 2, at + 2, "name"
