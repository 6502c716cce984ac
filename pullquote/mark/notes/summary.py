"""Show notes drafted from the speakers' own sentences, marked as made by a machine."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pullquote.formats.clock import format_short_clock, parse_clock
from pullquote.mark.cut.tidy import tidied
from pullquote.mark.private.details import details
from pullquote.mark.suggest.cues import asks, closes, presents
from pullquote.mark.tagger.cohesion import telling_words
from pullquote.model.align import exact_form
from pullquote.model.answer import Answer, Suggestion
from pullquote.model.show import Show
from pullquote.model.speaking import confirmed_person
from pullquote.model.transcript import TimedTurn
from pullquote.model.words import ENGLISH, Words

_SENTENCES = 5
_SHORTEST, _LONGEST = 7, 32
_LEANS = re.compile(
    r"(?:it|that|this|they|these|those|he|she|so|and|but|or|because|then|which|also|yes"
    r"|no|well|there|such|both|either|neither|otherwise|instead|however)\b",
    re.IGNORECASE,
)
"""How a sentence begins that cannot stand alone."""
_TURNS = re.compile(
    r"(?:but|however|unless|except|only if|although|though|not|no|never|wrong|yet|if not"
    r"|on the other hand|(?:that|this|it)(?:['\u2019]s| is| was) (?:not|wrong|only|a myth|what)"
    r"|(?:that|this|it) (?:isn|wasn|doesn)['\u2019]t)\b",
    re.IGNORECASE,
)
"""How a sentence begins that takes back or limits the one before it."""
_OTHERS = re.compile(
    r"\b(?:people|patients|folks|some|many|they|everyone|everybody|others|we)"
    r" (?:\w+ )?(?:say|think|believe|claim|assume|tell|told|thought|used to)\b|\bmyth\b",
    re.IGNORECASE,
)
"""What others say, or was once believed: not what the speaker does."""
_MARKS = re.compile(r"([\\`*_\[\]<>&|~#])")
"""What means something in Markdown."""
_ROW = re.compile(r"- (?:[“„«]\s*(.+?)\s*[”“»].*|.+) \(((?:\d+:)?[0-5]?\d:[0-5]\d)\)")
"""A line of ``notes_text``, in any language's quotation marks, with its second."""
_ANSWERS = 2.0
"""How much more a sentence of an answer counts than one outside."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """A sentence as it was said, but for fillers and false starts."""

    start: int
    text: str
    speaker: str | None
    """A person's name; None where nobody confirmed who speaks."""


def draft_summary(
    turns: Sequence[TimedTurn],
    suggestions: Sequence[Suggestion],
    show: Show,
    *,
    title: str = "",
    answers: Sequence[Answer] = (),
) -> tuple[Quote, ...]:
    """Return a few sentences that say most of what is spoken of, in their order.

    By those who are no hosts, from the beginnings of answers first, at most one an
    answer; never one with anything private in it. ``turns`` are redacted;
    what the episode's ``title`` says is public. Nothing of ``answers`` that were
    withdrawn.
    """
    asked = [s.question.clip for s in suggestions]
    private = [d.clip for d in details(turns, show, asked=asked, title=title)]
    counts = Counter(w for t in turns for w in telling_words(t.text))
    most = max(counts.values(), default=1)
    weight = {word: count / most for word, count in counts.items()}
    clips = [s.answer for s in suggestions if s.answer is not None]
    rated = []
    for quote, end in _candidates(turns, show):
        if any(clip.overlaps(quote.start, end) for clip in private):
            continue
        if _taken_back(quote.text, quote.start, answers):
            continue
        words = telling_words(quote.text)
        score = sum(weight[word] for word in words) / (4 + len(words))
        within = (n for n, a in enumerate(clips) if a.start <= quote.start < a.end)
        where = next(within, None)
        rated.append((score * (_ANSWERS if where is not None else 1), where, quote))
    rated.sort(key=lambda row: (-row[0], row[2].start))
    return tuple(sorted(_varied(rated), key=lambda quote: quote.start))


def _candidates(turns: Sequence[TimedTurn], show: Show) -> Iterator[tuple[Quote, int]]:
    """Yield sentences that can stand alone, with their ends."""
    for at, turn in enumerate(turns):
        person = confirmed_person(turn, show)
        if person is not None and person.role in ("host", "announcer"):
            continue
        clean = tidied(turn, show.editing)
        edges = (*clean.sentence_starts, len(clean.words), len(clean.words))
        for first, last, after in zip(edges, edges[1:], edges[2:], strict=False):
            words = clean.words[first:last]
            rest = " ".join(word.text for word in clean.words[last:after])
            # who goes on after "Mm-hmm", or answers, may take it back as well
            follows = [rest] if rest else [t.text for t in turns[at + 1 : at + 3]]
            text = " ".join(word.text for word in words)
            if not _SHORTEST <= len(words) <= _LONGEST or not text.endswith("."):
                continue
            if _LEANS.match(text) or asks(text) or closes(text) or presents(text):
                continue
            if _OTHERS.search(text) or any(map(_TURNS.match, follows)):
                continue  # alone it would say what nobody here says
            name = person.name if person else None
            quote = Quote(start=words[0].start, text=text, speaker=name)
            yield quote, max(words[-1].end, words[0].start + 1)


def _varied(rated: Sequence[tuple[float, int | None, Quote]]) -> Iterator[Quote]:
    """Yield the best sentences, of different answers and with different words."""
    used: set[int] = set()
    said: set[str] = set()
    count = 0
    for _, where, quote in rated:
        words = set(telling_words(quote.text))
        if count == _SENTENCES or (where is not None and where in used):
            continue
        if len(words & said) * 2 > len(words):
            continue
        if where is not None:
            used.add(where)
        said |= words
        count += 1
        yield quote


def notes_text(quotes: Sequence[Quote], words: Words = ENGLISH) -> str:
    """Return the quotes as Markdown show notes; nothing for none."""
    rows = []
    for quote in quotes:
        said = words.gettext("“%(text)s”", text=_escaped(quote.text))
        who = f" {_escaped(quote.speaker)}" if quote.speaker else ""
        rows.append(f"- {said}{who} ({format_short_clock(quote.start)})")
    return "\n".join(rows)


def said_no_more(notes: str, turns: Sequence[TimedTurn], show: Show) -> Iterator[int]:
    """Yield the lines, from 1, of quotes that nobody of their name says so now.

    Of ``notes_text``, whose transcript was corrected since: another word, or another
    speaker. Capitals and marks are no other word. They may have been drafted while the
    show had another language.
    """
    own = show.words.gettext("“%(text)s”", text="\0").split("\0")
    before, after = map(re.escape, own)
    row = re.compile(rf"- (?:{before}|[“„«])(.+)(?:{after}|[”“»])(?: (.+))? \([\d:]+\)")
    for number, line in enumerate(notes.split("\n"), 1):
        if (found := row.fullmatch(line)) is None:
            continue
        said, who = found[1], found[2] and _plain(found[2])
        by = show.person_named(who) if who else None
        spoken = (t for t in turns if not who or confirmed_person(t, show) == by)
        if (who and by is None) or not _says(spoken, _plain(said), show):
            yield number


def taken_back(notes: str, answers: Sequence[Answer]) -> Iterator[int]:
    """Yield the lines, from 1, of quotes from an answer that was withdrawn since.

    Whoever took it back would go on saying it, in the podcast's feed too.
    """
    if all(answer.status != "withdrawn" for answer in answers):
        return
    for number, line in enumerate(notes.split("\n"), 1):
        found = _ROW.fullmatch(line)
        if found and _taken_back(
            _plain(found[1] or ""), parse_clock(found[2]), answers
        ):
            yield number


def without_taken_back(notes: str, answers: Sequence[Answer]) -> str:
    """Return a machine's notes without such lines; nothing where none is left."""
    gone = {*taken_back(notes, answers)}
    lines = [x for n, x in enumerate(notes.split("\n"), 1) if n not in gone]
    return "\n".join(lines) if any(map(_ROW.fullmatch, lines)) or not gone else ""


def _taken_back(text: str, at: int, answers: Sequence[Answer]) -> bool:
    """Say whether what was said at a second is of withdrawn answers, and of none signed.

    By its words: after another cut of the recording a note's second is another's.
    """
    wanted = _forms(text)
    there = [a for a in answers if text and any(wanted in said for said in _said(a))]
    there = there or [
        a for a in answers if a.answered.start - 1000 < at < a.answered.end
    ]
    withdrawn = any(answer.status == "withdrawn" for answer in there)
    return withdrawn and not any(answer.approved for answer in there)


def _said(answer: Answer) -> Iterator[str]:
    """Yield an answer as it was spoken when it was cut, and as it was written."""
    if answer.anchor is not None and answer.anchor.answered is not None:
        yield _forms(answer.anchor.answered.exact)
    yield _forms(answer.body)


def _says(turns: Iterable[TimedTurn], text: str, show: Show) -> bool:
    """Say whether words are said in one of the turns, as heard or as drafts are tidied."""
    wanted = _forms(text)
    return any(
        wanted in _forms(told.text)
        for turn in turns
        for told in (turn, tidied(turn, show.editing))
    )


def _forms(text: str) -> str:
    """Return words, each between two spaces, as they compare."""
    return f" {' '.join(filter(None, map(exact_form, text.split())))} "


def _escaped(text: str) -> str:
    return _MARKS.sub(r"\\\1", text)


def _plain(text: str) -> str:
    """Return what ``_escaped`` was given."""
    return re.sub(rf"\\{_MARKS.pattern}", r"\1", text)
