"""Whether private words stand where they may not: searched for by their digests.

A redaction tells when something was said, not what. So that outputs can be searched
for it once it is gone, the telling words (names, places, long numbers) are kept as
salted digests, alone and in pairs; in other spellings too: "Zoë" is "zoe" in a slug.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby, pairwise

from pullquote.mark.lexicon.common_words import COMMON, KNOWN, PLACES
from pullquote.mark.lexicon.meanings import LEVEL, words
from pullquote.mark.private import unspaced
from pullquote.mark.private.abroad import (
    GREETINGS_ABROAD,
    MONTHS_ABROAD,
    genitive_of,
)
from pullquote.mark.private.codes import RUN, in_digits, spelled
from pullquote.mark.private.forms import (
    SPELLINGS,
    TOKEN,
    decoded,
    form_of,
    in_digraphs,
    plain,
    unelided,
    unmarked,
    words_in,
)
from pullquote.mark.private.public_places import without_places
from pullquote.mark.private.redact import Covered
from pullquote.mark.private.rules import MONTHS
from pullquote.mark.private.spans import names_in
from pullquote.mark.private.word_levels import is_written, strange_words
from pullquote.model.align import normal_form
from pullquote.model.answer import Clip, Redaction
from pullquote.model.transcript import TimedTurn, Word

_PART = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])")
"""Where words are joined: "AnnaBrown", "anna2"."""
_LONG_NUMBER = 4
_DATED = re.compile(r"(?:19|20)\d\d|\d{1,2}(?:st|nd|rd|th)")
"""A year stands in every feed's dates, a day anywhere: they tell with their month."""
_MEASURED = re.compile(r"(?:19|20)\d\ds|\d{1,3}(?:am|pm|mg|mcg|ml|kg|cm|mm|lbs)")
"""Digits that tell nothing of a person."""
_SEASONS = (
    frozenset(MONTHS.split("|"))
    | MONTHS_ABROAD
    | words("march may spring summer fall autumn winter christmas easter thanksgiving")
)
_BETWEEN = frozenset(("of", "the"))
"""Between a day and its month: "the 14th of March"."""
_DIGITS = re.compile(r"\d[\d\s().\u2010-\u2013-]{4,28}\d")
"""A number in groups, such as a telephone's."""
_MAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64}){1,5}")
_HYPHENS = ("-", "\u2010", "\u2011")
_LETTERS = 2
"""Letters of the shortest name: "Bo"."""
_MANY = 4
"""Words of a name that may stand in one: "vanderberg"."""
_JOINED = 6
"""Letters of the shortest names that are searched for as one: "annalee"."""
_TELEPHONE = 7
_WINDOW = 40
"""Words in which one number is said."""
_SMALL, _SHORT, _UNSPACED, _SPOKEN = "small", "short", "unspaced", "spoken"
"""Marks a word that tells though it is written small; one of two letters; how many
letters a name has that stands among others without a space; that numbers are searched
for as they are spoken, which takes a third more time."""
_MARKS = (_SMALL, _SHORT)
_FIRST = "first"
"""Marks a word that tells with the one after it though both are written small."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Redacted:
    """What a machine remembers of private words."""

    salt: str
    digests: frozenset[str]
    public: tuple[str, ...] = ()
    """Places of which the show says that anybody may speak of them."""


@lru_cache(maxsize=1 << 17)  # a site says the same few thousand words again and again
def digest(salt: str, *words: str) -> str:
    """Return the digest of one word, or of two that follow each other."""
    return hashlib.sha256(" ".join((salt, *words)).encode()).hexdigest()[:24]


def telling(
    turns: Sequence[TimedTurn],
    redactions: Sequence[Redaction],
    known: frozenset[str],
    language: str = "en",
    stays: frozenset[tuple[str, str]] = frozenset(),
) -> frozenset[tuple[str, ...]]:
    """Return the words, and pairs of words, that tell what a redaction hides.

    ``turns`` are not redacted; ``known`` are words that the show itself publishes.
    What is also said outside every redaction tells nothing alone; a pair that ``stays``
    where a person kept it tells nothing either.
    """
    covered: list[list[str]] = []
    public: set[str] = set()
    whole: set[tuple[str, ...]] = set()
    owners: set[str] = set()
    gone = Covered(redactions)
    strange = _strange(turns, gone, known, language)
    for turn in turns:
        some = any(map(gone.has, turn.words))
        names = names_in(turn, known) if some else frozenset[int]()
        run: list[str] = []
        before, heard = "", list[str]()
        for place, word in enumerate(turn.words):
            parts = words_in(word.text)
            if not gone.has(word):
                public.update(parts)
                public.add(form_of(word.text))
                run, before, heard = [], "", []
                continue
            heard = [*heard[-_WINDOW:], *parts]
            whole |= _whole(word.text, in_digits(heard))
            if place in names:
                whole |= _apart(word.text)
            for form in parts:
                if _is_date(before, form) or _is_code(before, form):
                    whole.add((before, form))
                before = before if form in _BETWEEN else form
                if place in names and form not in known:
                    owners |= genitive_of(form, language)
                if not _tells(form, place in names or form in strange, known):
                    run = []
                    continue
                if not run:
                    covered.append(run)
                run.append(form)
    single = {w for r in covered for w in r if w not in public and w not in PLACES}
    pairs = {(a, b) for r in covered for a, b in pairwise(r)} - stays
    joined = {w for pair in pairs for w in _as_account(*pair) if len(w) >= _JOINED}
    joined |= {"".join(r) for r in covered if 2 < len(r) <= _MANY}
    joined = {w for w in joined - public - known if not is_written(w)}
    small = {(_SMALL, w) for w in (single & strange) | joined}
    short = {(_SHORT, w) for w in single if len(w) == _LETTERS}
    long = {(w,) for w in single if len(w) > _LETTERS}
    long |= {(w,) for w in owners - public - known - COMMON - KNOWN}
    found = long | pairs | {(w,) for w in joined} | small | short | whole
    found |= {(_FIRST, a) for a, _ in pairs}
    spelt = {tuple(map(write, row)) for row in found for write in SPELLINGS} - found
    open_ = public | known | COMMON | KNOWN
    spelt = {
        row
        for row in spelt
        if row[-1] not in open_ or (len(row) > 1 and row[0] not in _MARKS)
    }
    by_letters = {name for name in _spelled(turns, gone) if name not in open_}
    letters: set[tuple[str, ...]] = {(w,) for w in by_letters}
    letters |= {(_SMALL, w) for w in by_letters if not is_written(w)}
    return frozenset(found | spelt | letters | _unspaced(turns, gone))


def staying(
    turns: Sequence[TimedTurn], redactions: Sequence[Redaction], kept: Sequence[Clip]
) -> frozenset[tuple[str, str]]:
    """Return the pairs of words that may stay where somebody kept them.

    A street that is spoken of is no secret because a viewer lives there.
    """
    found: set[tuple[str, str]] = set()
    gone = Covered(redactions)
    here = Covered(Redaction(clip=clip, replacement="") for clip in kept)
    for turn in turns if kept else ():
        for stays, run in groupby(turn.words, here.has):
            if stays:
                texts = [word.text for word in run if not gone.has(word)]
                found |= {*pairwise(form for text in texts for form in words_in(text))}
    return frozenset(found)


def _as_account(first: str, last: str) -> Iterator[str]:
    """Yield how a name of two words is written as one, as before the @ of an address."""
    yield from (first + last, last + first, first[0] + last, first + last[0])


def _spelled(turns: Sequence[TimedTurn], covered: Covered) -> Iterator[str]:
    """Yield the names that are redacted where somebody spells them."""
    for turn in turns:
        rows = ((word.text, covered.has(word)) for word in turn.words)
        for gone, run in groupby(rows, lambda row: row[1]):
            if gone:
                yield from spelled(" ".join(text for text, _ in run))


def _strange(
    turns: Sequence[TimedTurn],
    covered: Covered,
    known: frozenset[str],
    language: str,
) -> frozenset[str]:
    """Return the words under redactions that are names however they are written."""
    forms = {
        form
        for turn in turns
        for word in turn.words
        if covered.has(word)
        for form in words_in(word.text)
    }
    return strange_words(sorted(forms), known, language) if forms else frozenset()


def _whole(text: str, digits: str) -> set[tuple[str, ...]]:
    """Return an address whole, its names as a pair, and a number's groups as one."""
    found: set[tuple[str, ...]] = set()
    if mail := _MAIL.search(text):
        found.add((mail.group().casefold(),))
        found |= set(pairwise(words_in(mail.group().partition("@")[0])))
    if re.search(r"\w[._]\w", text):  # an account
        found |= {
            (a, b)
            for a, b in pairwise(words_in(text))
            if len(a) > _LETTERS and (len(b) > _LETTERS or b.isdecimal())
            if not a.isdecimal() and COMMON.isdisjoint((a, b))
        }
    if len(digits) >= _TELEPHONE:
        found |= {(digits,), (_SPOKEN, "")}
    return found


def _apart(text: str) -> set[tuple[str, ...]]:
    """Return a name with an apostrophe as a slug writes it: "o-brien"."""
    pieces = [normal_form(piece) for piece in re.split("['\u2019]", text)]
    return {(a, b) for a, b in pairwise(pieces) if a and b and b != "s"}


def hidden(word: Word, redactions: Sequence[Redaction]) -> bool:
    """Say whether a word's middle lies in a redaction."""
    middle = (word.start + word.end) // 2
    return any(r.clip.start <= middle < r.clip.end for r in redactions)


def _unspaced(turns: Sequence[TimedTurn], covered: Covered) -> set[tuple[str, ...]]:
    """Return redacted names of scripts without spaces, and how long they are."""
    names: set[str] = set()
    for turn in turns:
        texts = [word.text for word in turn.words]
        gone = [*map(covered.has, turn.words)]
        names |= {n for a, b, n in unspaced.named(texts) if any(gone[a : b + 1])}
        rows = zip(texts, gone, strict=True)
        for here, run in groupby(rows, lambda row: row[1]):
            if here:
                names.add(unspaced.bare("".join(text for text, _ in run)))
    long = {n for n in names if 1 < len(n) <= unspaced.LONGEST}
    syllables = {pair for name in long for pair in unspaced.in_slug(name)}
    return {(n,) for n in long} | {(_UNSPACED, str(len(n))) for n in long} | syllables


def _is_date(before: str, form: str) -> bool:
    """Say whether two words are a month, or a season, and its day or year."""
    return (before in _SEASONS and _DATED.fullmatch(form) is not None) or (
        form in _SEASONS and _DATED.fullmatch(before) is not None
    )


def _is_code(before: str, form: str) -> bool:
    """Say whether two words hold letters and digits, as a postcode's do."""
    return all(
        one.isalnum()
        and not (one.isalpha() or one.isdecimal())
        and not any(p.fullmatch(one) for p in (LEVEL, _DATED, _MEASURED))
        for one in (before, form)
    )


def _tells(form: str, named: bool, known: frozenset[str]) -> bool:
    if form in known or form in COMMON or form in KNOWN or _DATED.fullmatch(form):
        return False
    if (
        form in MONTHS_ABROAD or form in GREETINGS_ABROAD
    ):  # "3. März": every page has it
        return False
    if any(c.isdigit() for c in form) and not LEVEL.fullmatch(form):
        return len(form) >= _LONG_NUMBER and not _MEASURED.fullmatch(form)
    return named and len(form) >= _LETTERS


def leaks(text: str, redacted: Redacted, *, name: bool = False) -> Iterator[int]:
    """Yield the lines, from 1, on which a private word stands.

    ``name`` says that the text is a file's name or a slug, where capitals are lost;
    elsewhere a private word has one, or is a number.
    """
    known = _Known(redacted)
    for number, line in enumerate(unmarked(text).split("\n"), 1):
        if known.stand_in(without_places(decoded(line), redacted.public), name):
            yield number


def _parts(word: str) -> dict[str, None]:
    """Return a word and, where it is several in one, each of them."""
    return dict.fromkeys((word, *_PART.split(word)))


class _Known:
    """What a machine remembers, asked for words."""

    def __init__(self, redacted: Redacted):
        self._salt, self._digests = redacted.salt, redacted.digests
        self._small: dict[str, bool] = {}
        self._firsts: dict[str, bool] = {}
        self._before = ""  # the last word of the line before
        self._broken = ""  # the same, with a hyphen after it
        self._spoken = self._is(_SPOKEN, "")
        self._lengths = [
            n for n in range(2, unspaced.LONGEST + 1) if self._is(_UNSPACED, str(n))
        ]

    def _is(self, *words: str) -> bool:
        return digest(self._salt, *words) in self._digests

    def stand_in(self, line: str, name: bool) -> bool:
        """Say whether any of it stands in a line."""
        before, broken = (self._before, self._broken) if line.strip() else ("", "")
        end, last = 0, before
        for match in TOKEN.finditer(line):
            word = unelided(match.group())
            goes_on = broken and not name and not line[end : match.start()].strip()
            if goes_on and self._tells_broken(broken + word):
                return True
            end = match.end() + 1
            broken = word if line[end - 1 : end] in _HYPHENS else ""
            if word[0].islower() and not name:
                if self._tells_small(word) or self._goes_with(last, word):
                    return True
            elif any(self._tells(part, before, name) for part in _parts(word)):
                return True
            last, before = word, before if word.casefold() in _BETWEEN else word
        self._before, self._broken = before, "" if line[end:].strip() else broken
        return (
            self._numbers_in(line)
            or self._unspaced_in(line)
            or any(map(self._is, spelled(line)))
        )

    def _tells_broken(self, word: str) -> bool:
        """Say whether a word is one of them, in which a hyphen stood."""
        return (
            self._tells_small(word)
            if word[0].islower()
            else self._tells(word, "", False)
        )

    def _tells_small(self, word: str) -> bool:
        if word not in self._small:
            forms = {form_of(part) for part in _parts(word)}
            forms |= {form[:-1] for form in forms if form.endswith("s")}
            self._small[word] = any(
                self._is(_SMALL, write(form))
                for form in forms
                for write in (plain, in_digraphs)
            )
        return self._small[word]

    def _goes_with(self, before: str, word: str) -> bool:
        """Say whether two words written small are one of them: "mark baker"."""
        if not before or not before[0].islower():
            return False
        if before not in self._firsts:
            self._firsts[before] = self._is(_FIRST, form_of(before))
        return self._firsts[before] and self._is(form_of(before), form_of(word))

    def _tells(self, word: str, before: str, name: bool) -> bool:
        form = form_of(word)
        short = len(form) == _LETTERS and (name or word.istitle())
        return (
            self._is(form)
            or self._is_spelt(before, form)
            or (form.endswith("s") and len(form) > 3 and self._is(form[:-1]))
            or (short and self._is(_SHORT, form))
            or (before != "" and self._is(form_of(before), form))
        )

    def _is_spelt(self, before: str, form: str) -> bool:
        """Say whether a word is one of them in other letters: "Bjørn" for "Bjorn"."""
        if form.isascii() and before.isascii():
            return False
        return any(
            self._is(write(form)) or self._is(write(form_of(before)), write(form))
            for write in (plain, in_digraphs)
        )

    def _unspaced_in(self, line: str) -> bool:
        """Say whether a name stands among others without a space."""
        return not line.isascii() and any(
            self._is(part)
            for length in self._lengths
            for part in unspaced.parts(line, length)
        )

    def _numbers_in(self, line: str) -> bool:
        """Say whether a number in groups, or an address, stands in a line."""
        numbers = [in_digits([found]) for found in _DIGITS.findall(line)]
        if self._spoken:
            numbers += [in_digits(words_in(found)) for found in RUN.findall(line)]
        return any(map(self._is, numbers)) or (
            "@" in line and any(self._is(m.casefold()) for m in _MAIL.findall(line))
        )


def remembered(
    salt: str, words: Iterable[tuple[str, ...]], before: Redacted | None
) -> Redacted:
    """Return what to remember: these words, and what was remembered before."""
    old = before.digests if before and before.salt == salt else frozenset()
    return Redacted(salt=salt, digests=old | {digest(salt, *w) for w in words})
