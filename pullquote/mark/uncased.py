"""Names in text without capitals: words that its language does not know.

Some recognisers, and some captions, write neither capitals nor full stops. A name
then looks like any other word. It is told by how rarely the word is written
otherwise, by what leads to it, and by what it is called last: "grace chapel".
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from pullquote.mark.meanings import is_drug, words
from pullquote.mark.name_lists import name_lists
from pullquote.mark.private_places import (
    BODY_ENDINGS,
    BODY_FIRSTS,
    BODY_HEADS,
    LAST_ONLY,
    LONG_HEADS,
    OF_HEADS,
    ORDINARY,
    PLACE_FIRSTS,
    PLACE_TAILS,
    SURE_FIRSTS,
    WEAK_TAILS,
)
from pullquote.mark.private_rules import KIN
from pullquote.mark.private_things import DOES_OF_THINGS, PHRASES, TAKEN, THINGS
from pullquote.mark.private_words import COMMON, bare_form, is_known
from pullquote.mark.word_levels import (
    NAMED,
    ORDINARY_WORD,
    RARE,
    SELDOM,
    STOP,
    STRANGE,
    is_medical,
    levels,
)
from pullquote.model.transcript import Word

Span = tuple[int, int, str]
"""First and last word, kind."""

_IN = frozenset(("in", "at", "near", "to", "from", "outside", "around", "through"))
_OWNED = re.compile(r"['\N{RIGHT SINGLE QUOTATION MARK}]s$")
_BARE = words("in at near to from for with of by outside on against through behind")
"""What stands before a name directly, and before a thing with "the"."""
_THE = frozenset(
    ("the", "a", "an", "this", "that", "these", "those", "any", "some", "no")
)
_ANYBODY = words("children men women kids people girls boys teacher doctor today")
_JOINING = words("van von de del della di da der den la le al el bin ibn ben mc o")
_LEADS = re.compile(
    r"\b(?:hi|hello|hey|dear|thanks|thank you|regards|sincerely|cheers|signed|yours"
    r"|goes by|go by|calls? me|name is|name's|named|by the name of|desk of|shout ?out to"
    r"|next up(?: is)?|up next(?: is)?|next is|next (?:caller|viewer|question) is"
    r"|(?:next|another) (?:caller|viewer)|sent (?:in )?by|written by|ask(?:s|ed)|one from"
    r"|(?:question|message|letter|email|is|comes) from|a lady here|a gentleman here"
    r"|doctor|deacon|pastor|father|reverend|rabbi|imam|sister|brother|coach|councilman"
    r"|mayor|officer|nurse|professor|councilwoman"
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
_OPENING = re.compile(
    r"(?:(?:so|okay|um|uh|and|now|well|hi|hello|hey|next) )*(?P<one>[\w'-]+)"
    r"(?P<other> and [\w'-]+)? (?:from|in|here|has|near)\b"
)
_APART = re.compile(
    r"(?: (?:and|from|here|i|i'm|my|a|an|in|at|who|whose|calling|had|has|wants|age|he|she"
    r"|they|is|was|works|both|said|told|thinks|why|how|what|when|could|would|should|\d+|sister|brother|daughter|son|mother|father|mom|dad)\b|$)"
)
"""What may follow a name, and hardly an adjective."""


class Lowercase:
    """One turn's words without capitals, and how much each tells."""

    def __init__(self, said: Sequence[Word], known: frozenset[str], language: str):
        self.bare = bare = [bare_form(word.text) for word in said]
        self._owners = {n for n, w in enumerate(said) if _OWNED.search(w.text)}
        self._starts: list[int] = []
        at = 0
        for word in bare:
            self._starts.append(at)
            at += len(word) + 1
        self._text = " ".join(bare)
        self.level = levels(bare, known, language)
        if self.level:
            self._leave_phrases()

    def _leave_phrases(self) -> None:
        """Take the names of the famous for ordinary words."""
        for phrase in PHRASES:
            if phrase in self._text:
                at = bisect_left(self._starts, self._text.index(phrase))
                for n in range(at, at + phrase.count(" ") + 1):
                    self.level[n] = ORDINARY_WORD

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
            yield first, last, kind
            if self._word(last + 1) == "and" and self._is_apart(last + 2):
                yield last + 2, last + 2, kind
        for first, last, kind in (*self._towns(), *self._places()):
            yield self._what_stands_there(first), last, kind
        yield from self._bodies()

    def _is_apart(self, at: int) -> bool:
        """Say whether a name that is a word too stands by itself."""
        if self._level(at) < NAMED or self.bare[at] in COMMON:
            return False
        return bool(_APART.match(self._text, self._starts[at] + len(self.bare[at])))

    def _what_stands_there(self, first: int) -> int:
        """Return where a place begins with its house: "the hospital at mossy ford"."""
        head = self._word(first - 2)
        if first < 2 or self.bare[first - 1] not in ("at", "in", "of", "on", "near"):
            return first
        if head not in BODY_HEADS | PLACE_TAILS | OF_HEADS:
            return first
        return first - 3 if self._word(first - 3) == "the" else first - 2

    def telling(self, first: int, last: int) -> int:
        """Return the highest level of a stretch of words."""
        return max(self.level[first : last + 1], default=STOP)

    def tells(self, first: int, last: int) -> bool:
        """Say whether one of a stretch's words may be a name; yes without dictionary."""
        return not self.level or self.telling(first, last) >= RARE

    def _word(self, at: int) -> str:
        return self.bare[at] if 0 <= at < len(self.bare) else ""

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
            while (
                self._level(first - 1) >= SELDOM and self._word(first - 1) not in COMMON
            ):
                first -= 1
            last = self._initial(last)
            if self._word(first - 1) in ("at", "for", "with") and (
                self._word(last + 1) == "and" and self._level(last + 2) >= NAMED
            ):
                last += 2  # a firm of two partners
            if not self._is_thing(first, last):
                before = self._word(first - 1)
                yield first, last, "place" if before in _IN else "name"
            at = last + 1

    def _initial(self, last: int) -> int:
        """Return the last word of a name with the initial that may follow it."""
        return last + 1 if re.fullmatch(r"[b-hj-z]", self._word(last + 1)) else last

    def _level(self, at: int) -> int:
        return self.level[at] if 0 <= at < len(self.bare) else STOP

    def _is_thing(self, first: int, last: int) -> bool:
        """Say whether a strange word is a medicine or a machine by its neighbours."""
        before, after = self._word(first - 1), self._word(last + 1)
        if after in THINGS or self._word(last) in THINGS:
            return KIN.fullmatch(before) is None
        if before == "the" and self._is_family(first, last):
            return False
        if any(self._listed(word) for word in self.bare[first : last + 1]):
            return False
        if before in ("is", "are", "does", "do", "can", "will", "did"):
            return after in DOES_OF_THINGS
        if before == "the" and self._word(first - 2) == "at":
            return False
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
            or self._word(last + 1) in ("both", "family", "from")
        )

    @staticmethod
    def _listed(word: str) -> bool:
        return word in name_lists().people or word in name_lists().towns

    def _led(self) -> Iterator[Span]:
        for pattern in (_LEADS, _ROLES):
            for match in pattern.finditer(self._text):
                at = bisect_left(self._starts, match.end())
                last = self._named(at)
                if last is not None and (
                    pattern is _ROLES or self.bare[at] not in COMMON
                ):
                    yield at, last, "name"

    def _named(self, at: int) -> int | None:
        """Return the last word of a name that is due at a word."""
        last = at - 1
        while last < at + 2 and self._level(last + 1) >= RARE:
            last += 1
        while last >= at and self.level[last] < SELDOM:
            last -= 1
        if last < at or self.telling(at, last) < SELDOM:
            return None
        if self._initial(last) > last:
            return last + 1
        if last == at and self.level[at] < STRANGE:
            end = self._starts[at] + len(self.bare[at])
            if not _APART.match(self._text, end):
                return None
        return last

    def _followed(self) -> Iterator[Span]:
        for match in _FOLLOWED.finditer(self._text):
            end = bisect_left(self._starts, match.start() + 1) - 1
            last = end - 1 if re.fullmatch(r"[b-hj-z]", self.bare[end]) else end
            if self._level(last) < SELDOM:
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
            if self._level(at) >= SELDOM:
                yield at, at, "name"
                if match["other"] and self._level(at + 2) >= SELDOM:
                    yield at + 2, at + 2, "name"

    def _towns(self) -> Iterator[Span]:
        towns = name_lists().towns
        for at, word in enumerate(self.bare):
            if word not in _IN and word != "of":
                continue
            for length in (3, 2):
                if (
                    at + length < len(self.bare)
                    and " ".join(self.bare[at + 1 : at + 1 + length]) in towns
                ):
                    yield at + 1, at + length, "place"
                    break
            else:
                following = self._word(at + 1)
                if (
                    self._level(at + 1) == SELDOM
                    or (self._level(at + 1) == NAMED and following in towns)
                    or (word == "at" and self._is_apart(at + 1))
                ) and word in ("in", "from", "near", "outside", "at"):
                    yield at + 1, at + 1, "place"

    def _places(self) -> Iterator[Span]:
        for at, word in enumerate(self.bare):
            if word in PLACE_TAILS:
                yield from self._tailed(at, word in WEAK_TAILS)
            elif word == "of" and self._is_of(at):
                more = (
                    self._level(at + 2) >= SELDOM or self._word(at + 2) in PLACE_TAILS
                )
                yield at - 1, at + 1 + more, "place"
            if word in PLACE_FIRSTS and self._is_first(at):
                last = at + 1
                while self._level(last + 1) >= RARE and last < at + 2:
                    last += 1
                yield at, last, "place"

    def _is_of(self, at: int) -> bool:
        """Say whether "of" joins a place to what is called by it: "mayor of pella"."""
        following = self._word(at + 1)
        return (
            self._word(at - 1) in OF_HEADS
            and self._level(at + 1) >= RARE
            and following not in PLACE_FIRSTS
        )

    def _is_first(self, at: int) -> bool:
        """Say whether "fort", "lower" begins a place's name here."""
        before, level = self._word(at - 1), self._level(at + 1)
        if before in ("the", "a", "an", "my", "this"):
            return level >= NAMED
        if self.bare[at] in SURE_FIRSTS and before in _BARE:
            return level > STOP and self._word(at + 1) not in ORDINARY
        return before in _BARE and level >= RARE

    def _tailed(self, at: int, weak: bool) -> Iterator[Span]:
        first = self._before(at, 3)
        if first == at:
            return
        before = self._word(first - 1)
        level = self._strength(first, at - 1)
        bare = before in _BARE and not weak and self._tells(first, at - 1)
        if (
            level >= NAMED
            or (level >= RARE and (bare or before in _BARE | {"the"}))
            or bare
        ):
            yield first, at, "place"

    def _strength(self, first: int, last: int) -> int:
        """Return how much words before a head tell: "orchard heights neighborhood"."""
        if last > first and (PLACE_TAILS - WEAK_TAILS) & set(
            self.bare[first : last + 1]
        ):
            return NAMED
        return self.telling(first, last)

    def _tells(self, first: int, last: int) -> bool:
        return any(
            (word not in ORDINARY or (n in self._owners and word not in _ANYBODY))
            and not is_medical(word)
            and not is_known(word)
            for n, word in enumerate(self.bare[first : last + 1], first)
        )

    def _before(self, at: int, most: int) -> int:
        """Return where the words begin that go with a head."""
        first = at
        while (
            first
            and at - first < most
            and (
                self.level[first - 1] > STOP
                or self._word(first - 1) in PLACE_FIRSTS | {"first"}
            )
        ):
            first -= 1
        return first

    def _bodies(self) -> Iterator[Span]:
        for at, word in enumerate(self.bare):
            long = next(
                (n for n in LONG_HEADS if tuple(self.bare[at : at + len(n)]) == n), ()
            )
            if long or word in BODY_HEADS | LAST_ONLY or word.endswith(BODY_ENDINGS):
                first = self._before(at, 3)
                sure = 1 if long else -1 if word in LAST_ONLY else 0
                if first < at and self._is_body(first, at, sure):
                    last = at + max(len(long), 1) - 1
                    yield first, self._room(last), "employer or place"
            if word in BODY_FIRSTS and self._is_called(at + 1, word):
                more = self._level(at + 2) >= SELDOM
                yield at, at + 1 + more, "employer or place"

    def _is_called(self, at: int, front: str) -> bool:
        """Say whether a word is what a house is called: "hotel montclere"."""
        least = ORDINARY_WORD if front in ("saint", "st", "hotel") else RARE
        return self._level(at) >= least and self._word(at) not in ORDINARY | BODY_HEADS

    def _room(self, last: int) -> int:
        """Return the last word of a house with its number: "hall room 312"."""
        while self._word(last + 1) in BODY_HEADS:
            last += 1
        if self._word(last + 1).isdigit():
            return last + 1  # engine company 27
        if self._word(last + 1) in ("room", "suite", "unit", "apartment", "number"):
            return last + 2 if re.match(r"\d|\w$", self._word(last + 2)) else last
        return last

    def _is_body(self, first: int, head: int, sure: int) -> bool:
        """Say whether what stands before a head names a firm; a sure one needs less."""
        before = self._word(first - 1)
        if self.bare[head] in ("surgery", "practice") and before != "at":
            return False
        level = self._strength(first, head - 1)
        if before in _BARE or (sure > 0 and before == "the"):
            return level >= NAMED or self._tells(first, head - 1)
        if sure < 0:
            return level >= SELDOM and before == "the"
        return level >= SELDOM or (level >= RARE and before == "the")
