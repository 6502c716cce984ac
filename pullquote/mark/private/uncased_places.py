"""The words of a turn without capitals, and the places and firms among them.

How much each word tells, and what is beside it; places and firms are told by what they
are called first or last.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from pullquote.mark.lexicon.common_words import (
    COMMON,
    CONTRACTED,
    PLACES,
    bare_form,
    is_known,
)
from pullquote.mark.lexicon.meanings import words
from pullquote.mark.lexicon.names import name_lists
from pullquote.mark.lexicon.places import (
    BODY_ENDINGS,
    BODY_FIRSTS,
    BODY_HEADS,
    DISTRICTS,
    LAST_ONLY,
    LONG_HEADS,
    OF_HEADS,
    ORDINARY,
    PLACE_FIRSTS,
    PLACE_TAILS,
    SURE_FIRSTS,
    WEAK_TAILS,
)
from pullquote.mark.lexicon.things import PHRASES, THINGS
from pullquote.mark.private.word_levels import (
    NAMED,
    ORDINARY_WORD,
    RARE,
    SELDOM,
    STOP,
    STRANGE,
    TOWN,
    is_medical,
    levels,
)
from pullquote.model.transcript import Word

Span = tuple[int, int, str]
"""First and last word, kind."""

BARE = words("in at near to from for with of by outside on against through behind")
"""What stands before a name directly, and before a thing with "the"."""
_OWNED = re.compile(r"['\N{RIGHT SINGLE QUOTATION MARK}]s$")
_ANYBODY = words("children men women kids people girls boys teacher doctor today")
_APART = re.compile(
    r"(?: (?:and|from|here|i|i'm|my|a|an|in|at|who|whose|calling|had|has|wants|age|he|she"
    r"|they|is|was|are|were|have|will|can|works|wrote|asks|says|both|said|told|thinks|why|how|what|when|could|would|should|\d+"
    r"|sister|brother|daughter|son|mother|father|mom|dad)\b|$)"
)
"""What may follow a name, and hardly an adjective."""
_FAMOUS = re.compile(
    rf"(?<!\S)(?:{'|'.join(sorted(PHRASES)).replace('-', '[- ]')})s?(?!\S)"
)


IN = frozenset(("in", "at", "near", "to", "from", "outside", "around", "through"))
"""What stands before a place."""
_MOVES = words(
    """
    take took taking taken move moved moving go goes going went drive drives drove travel
    fly flew came back sent trip flight bus train ferry road transferred
    """
)
_FIRMS = words("firm company business employer shop pub charity agency breeder")
LEADS_TO_FIRMS = _FIRMS | {"at", "for", "with"}
_BEFORE_FIRMS = _FIRMS | BODY_HEADS | BARE | {"the"}
_TAILS = BODY_HEADS | PLACE_TAILS
_ADJECTIVES = words("big grand great little lower new old upper")
"""What is said of a thing after "the": "the new hoover"."""
_MORE = _TAILS | LAST_ONLY
_LONG_FIRSTS = frozenset(head.split()[0] for head in LONG_HEADS)
_TELLING_TAILS = PLACE_TAILS - WEAK_TAILS


class SmallPlaces:
    """One turn's words without capitals, how much each tells, and where places are."""

    def __init__(self, said: Sequence[Word], known: frozenset[str], language: str):
        self.bare = bare = [
            CONTRACTED.get(one, one) for one in (bare_form(word.text) for word in said)
        ]
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
        for match in _FAMOUS.finditer(self._text):
            first, last = (bisect_left(self._starts, at) for at in match.span())
            self.level[first:last] = [ORDINARY_WORD] * (last - first)

    def telling(self, first: int, last: int) -> int:
        """Return the highest level of a stretch of words."""
        return max(self.level[first : last + 1], default=STOP)

    def tells(self, first: int, last: int) -> bool:
        """Say whether one of a stretch's words may be a name; yes without dictionary."""
        return not self.level or self.telling(first, last) >= RARE

    def _word(self, at: int) -> str:
        return self.bare[at] if 0 <= at < len(self.bare) else ""

    def _level(self, at: int) -> int:
        return self.level[at] if 0 <= at < len(self.bare) else STOP

    def _is_apart(self, at: int) -> bool:
        """Say whether a name that is a word too stands by itself."""
        if self._level(at) < NAMED or self.bare[at] in COMMON:
            return False
        return self._ends_a_name(at)

    def _ends_a_name(self, at: int) -> bool:
        end = self._starts[at] + len(self.bare[at])
        return _APART.match(self._text, end) is not None

    def _tells(self, first: int, last: int) -> bool:
        return any(
            (word not in ORDINARY or (n in self._owners and word not in _ANYBODY))
            and not is_medical(word)
            and (word in LAST_ONLY or not is_known(word))
            for n, word in enumerate(self.bare[first : last + 1], first)
        )

    def _before(self, at: int, most: int) -> int:
        """Return where the words begin that go with a head."""
        first = at
        while (
            first
            and at - first < most
            and self._word(first - 1) not in BARE
            and (
                self.level[first - 1] > STOP
                or self._word(first - 1) in PLACE_FIRSTS | {"first"}
            )
        ):
            first -= 1
        return first

    def places(self) -> Iterator[Span]:
        """Yield towns, places and firms."""
        for first, last, kind in (*self._towns(), *self._places()):
            yield self._what_stands_there(first), last, kind
        yield from self._bodies()

    def _what_stands_there(self, first: int) -> int:
        """Return where a place begins with its house: "the hospital at mossy ford"."""
        if self._word(first - 1) not in ("at", "in", "of", "on", "near"):
            return first
        house = self._before(first - 1, 3)
        the = self._word(house - 1) == "the"
        leads = self._word(house - 1 - the) in ("at", "for", "from", "with")
        if house < first - 1 and leads and self._tells(house, first - 2):
            return house - the
        if self._word(first - 2) not in _TAILS | OF_HEADS:
            return first
        return first - 3 if self._word(first - 3) == "the" else first - 2

    def _called(self, first: int) -> int:
        """Return where a place's name begins: "in castle tarrow", "at the royal lode"."""
        house = self._before(first, 2)
        before = self._word(house - 1)
        if before == "the":
            before = self._word(house - 2)
        return house if before in IN and before != "to" else first

    def _firm(self, first: int, last: int) -> int:
        """Return where a firm's or a school's name ends: "at dellaway crisps"."""
        before = self._word(first - 1)
        if before not in _BEFORE_FIRMS or self._word(last + 1) in THINGS:
            return last
        while self._level(last + 1) >= RARE or self._word(last + 1) in _MORE:
            last += 1
        firm = before in LEADS_TO_FIRMS
        more = self._level(last + 1) > STOP and self._word(last + 1).endswith("s")
        return last + (firm and more and self._level(last + 2) <= STOP)

    def _towns(self) -> Iterator[Span]:
        towns = name_lists().towns
        for at, word in enumerate(self.bare):
            if word not in IN and word != "of":
                continue
            for length in (3, 2):
                if (
                    at + length < len(self.bare)
                    and " ".join(self.bare[at + 1 : at + 1 + length]) in towns
                ):
                    yield at + 1, at + length, "place"
                    break
            else:
                last = self._town(at)
                if last and (word not in ("to", "of") or self._moves(at)):
                    yield at + 1, self._firm(at + 1, last), "place"

    def _moves(self, at: int) -> bool:
        """Say whether somebody goes "to" there."""
        return not _MOVES.isdisjoint(self.bare[max(0, at - 3) : at])

    def _town(self, at: int) -> int:
        """Return the last word of a town after "in", 0 where there is none."""
        level = self._level(at + 1)
        if (
            level == SELDOM
            or (level == NAMED and self._word(at + 1) in name_lists().towns)
            or (self._word(at) == "at" and self._is_apart(at + 1))
            or (
                level == RARE
                and self._word(at) != "from"
                and self._level(at + 2) == STOP
            )
        ):
            return at + 1
        weak = level <= STOP or self._word(at + 1) in BARE
        return 0 if weak or self._level(at + 2) < SELDOM else at + 2

    def _places(self) -> Iterator[Span]:
        for at, word in enumerate(self.bare):
            if word == "the" and self._is_team(at):
                yield at, at + 2, "employer or place"
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

    def _is_team(self, at: int) -> bool:
        """Say whether a town's team is spoken of: "the linford lions"."""
        town, team = self._word(at + 1), self._word(at + 2)
        called = town in PLACES or (
            self._level(at + 1) >= SELDOM
            and (town in name_lists().towns or TOWN.fullmatch(town) is not None)
        )
        plural = team.endswith("s") and not is_medical(team) and team not in THINGS
        return called and plural and self._level(at + 2) > STOP >= self._level(at + 3)

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
        if before == "the":
            return level >= NAMED and self.bare[at] not in _ADJECTIVES
        if self.bare[at] in SURE_FIRSTS and before in BARE:
            return level > STOP and self._word(at + 1) not in ORDINARY
        if before in ("in", "at", "near", "from") and level >= RARE:
            return level >= SELDOM or self._level(at + 2) == STOP
        least = STRANGE if self.bare[at] in COMMON else RARE  # "bad orlingen"
        return before in BARE and level >= least

    def _tailed(self, at: int, weak: bool) -> Iterator[Span]:
        first = self._before(at, 3)
        if first == at:
            return
        before = self._word(first - 1)
        level = self._strength(first, at - 1)
        leads = before in BARE or (before == "the" and self.bare[at] in DISTRICTS)
        bare = leads and not weak and self._tells(first, at - 1)
        rare = level >= RARE and before in BARE | {"the"}
        if (level >= NAMED and (leads or not weak)) or rare or bare:
            yield first, at, "place"

    def _strength(self, first: int, last: int) -> int:
        """Return how much words before a head tell: "orchard heights neighborhood"."""
        if last > first and _TELLING_TAILS & set(self.bare[first : last + 1]):
            return NAMED
        return self.telling(first, last)

    def _bodies(self) -> Iterator[Span]:
        for at, word in enumerate(self.bare):
            long = self._long(at) if word in _LONG_FIRSTS else 0
            if long or word in BODY_HEADS | LAST_ONLY or word.endswith(BODY_ENDINGS):
                first = self._before(at, 3)
                sure = 1 if long else -1 if word in LAST_ONLY else 0
                if first < at and self._is_body(first, at, sure):
                    last = at + max(long, 1) - 1
                    yield first, self._room(last), "employer or place"
            if word in BODY_FIRSTS and self._is_called(at + 1, word):
                more = self._level(at + 2) >= SELDOM
                yield at, at + 1 + more, "employer or place"

    def _long(self, at: int) -> int:
        """Return how many words a head of several has, 0 where there is none."""
        heads = (n for n in (2, 3) if " ".join(self.bare[at : at + n]) in LONG_HEADS)
        return next(heads, 0)

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

    def _is_at(self, first: int, level: int) -> bool:
        """Say whether somebody is "at the beacon centre"."""
        return level >= RARE and self._word(first - 2) == "at"

    def _is_body(self, first: int, head: int, sure: int) -> bool:
        """Say whether what stands before a head names a firm; a sure one needs less."""
        before = self._word(first - 1)
        level = self._strength(first, head - 1)
        if self.bare[head] in ("surgery", "practice") and before != "at":
            return before == "the" and (level >= NAMED or self._is_at(first, level))
        if self.bare[head] == "united" and level < SELDOM:
            return False  # "to fly united"
        if before in BARE or (sure > 0 and before == "the"):
            return level >= NAMED or self._tells(first, head - 1)
        if sure < 0:
            return before == "the" and (level >= SELDOM or self._is_at(first, level))
        return level >= SELDOM or (level >= RARE and before == "the")
