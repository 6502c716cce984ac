"""Names in text without capitals: words that its language does not know.

Some recognisers, and some captions, write neither capitals nor full stops. A name
then looks like any other word. It is told by how rarely the word is written
otherwise, by what leads to it, and by what it is called last: "grace chapel".
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from pullquote.mark.lexicon.common_words import COMMON, REGIONS, is_known
from pullquote.mark.lexicon.meanings import is_drug, words
from pullquote.mark.lexicon.names import name_lists
from pullquote.mark.lexicon.things import (
    DOES_OF_THINGS,
    SPEAKS_OF_PEOPLE,
    TAKEN,
    THINGS,
)
from pullquote.mark.private.rules import KIN
from pullquote.mark.private.uncased_places import IN, LEADS_TO_FIRMS, SmallPlaces, Span
from pullquote.mark.private.word_levels import RARE, SELDOM, STRANGE, TOWN

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
