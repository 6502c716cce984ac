"""Words, segments and turns. All times are integer milliseconds."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from operator import attrgetter, itemgetter
from typing import Literal, NamedTuple

from pullquote.model.answer import Clip

GlossaryKind = Literal["person", "topic", "term", "episode"]
"""Where a word of the glossary comes from; ``episode``: its title or description."""


class Word(NamedTuple):
    """One spoken word; ``text`` carries its punctuation, no spaces.

    A tuple, for a large show has millions: they are read as ``words.json`` has them.
    """

    start: int
    end: int
    text: str
    probability: float | None = None


start_of, text_of = itemgetter(0), itemgetter(2)
"""Of a word: for what is done a million times, where attributes are slow."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """Consecutive words of one voice, a sentence or so long."""

    start: int
    end: int
    words: tuple[Word, ...]
    speaker: str | None = None
    """The machine's label for the voice (``S1``), None if voices were not told apart."""
    doubts: tuple[str, ...] = ()
    """What speaks against the words: ``unsure``, ``unheard``, ``crosstalk`` …"""

    @property
    def text(self) -> str:
        """The words joined by spaces."""
        return " ".join(w.text for w in self.words)


@dataclass(frozen=True, slots=True, kw_only=True)
class VoiceTurn:
    """One voice speaks during ``[start, end)``, its short pauses included.

    Turns overlap where two speak at once, which words cannot show.
    """

    start: int
    end: int
    speaker: str
    """The machine's label for the voice, as in the segments."""


IMPORTED = "import"
"""The runtime that ``words.json`` names where no machine of ours listened."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Engine:
    """What made a machine transcript; equal engines make equal transcripts."""

    runtime: str
    model: str
    weights_sha256: str
    options: Mapping[str, object] = field(default_factory=dict)
    versions: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class MachineTranscript:
    """What the machine heard: the content of ``words.json``."""

    episode: str
    language: str
    duration: int
    recording_sha256: str
    engine: Engine
    segments: tuple[Segment, ...]
    turns: tuple[VoiceTurn, ...] = ()
    """Who speaks when, in order of start; empty if voices were not told apart."""
    guesses: Mapping[str, str] = field(default_factory=dict)
    """Person ids that voice prints suggest, by the voice's label."""
    masked: tuple[Clip, ...] = ()
    """Stretches whose words were taken out, in order of their start: the sound has them
    still, whatever redactions say now."""

    @property
    def words(self) -> tuple[Word, ...]:
        """All words in order."""
        return tuple(chain.from_iterable(s.words for s in self.segments))


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One speaker's stretch, as people edit it in ``transcript.md``."""

    start: int
    speaker: str
    """A person's name, or a machine's label such as ``S2``."""
    guessed: bool = False
    """A machine proposed the name; only a person takes the mark away."""
    sentences: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The sentences joined by spaces."""
        return " ".join(self.sentences)


@dataclass(frozen=True, slots=True, kw_only=True)
class Transcript:
    """The edited transcript: the content of ``transcript.md``."""

    episode: str
    language: str
    turns: tuple[Turn, ...]
    words_digest: str | None = None
    """Digest of the ``words.json`` it was scaffolded from."""
    front: str | None = field(default=None, compare=False, repr=False)
    """These facts as the file has them, with what people noted there as comments."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimedTurn:
    """A turn of the edited transcript with a time for every word."""

    start: int
    end: int
    speaker: str
    guessed: bool
    words: tuple[Word, ...]
    sentence_starts: tuple[int, ...]
    """Positions in ``words`` at which a sentence starts; the first is 0."""
    language: str = "en"
    """BCP 47, the transcript's."""
    _text: list[str] = field(
        default_factory=list, init=False, repr=False, compare=False
    )

    @property
    def text(self) -> str:
        """The words joined by spaces: made once, for every file and page asks for it."""
        if not self._text:
            self._text.append(" ".join(map(text_of, self.words)))
        return self._text[0]

    @property
    def english(self) -> bool:
        """The one language whose words marking knows: "um" is a filler, "er" a sound.

        In German they are "around" and "he", and "um" in Portuguese is "one".
        """
        return self.language.partition("-")[0].casefold() in ("en", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """Words that sound like something of the glossary: an offer to the editor."""

    start: int
    end: int
    """First and last moment of the words as heard, milliseconds."""
    offered: str
    """What may have been said, without the marks around it."""
    kind: GlossaryKind
    likeness: float
    """How alike both sound, from 0 to 1."""
    heard: bool = False
    """On second hearing the machine heard it: ``words.json`` says so already."""


def within(turns: Sequence[TimedTurn], clip: Clip) -> tuple[TimedTurn, ...]:
    """Return the turns' words that fall into a clip, none of them cut in half."""
    return tuple(
        turn
        if clip.start <= turn.words[0].start and turn.words[-1].start < clip.end
        else _part(turn, clip)
        for turn in heard_in(turns, clip)
    )


def heard_in(turns: Sequence[TimedTurn], clip: Clip) -> Iterator[TimedTurn]:
    """Yield the turns of which a word falls into a clip."""
    # turns come by their start, several may have the same, and one may last while the
    # next one starts
    first = bisect_left(turns, clip.start, key=attrgetter("start")) - 2
    for turn in turns[max(0, first) :]:
        if turn.start >= clip.end:
            break
        # words come by their start and share no time: the last one that starts in time
        # ends last
        after = bisect_left(turn.words, clip.end, key=start_of)
        if after and clip.overlaps(*turn.words[after - 1][:2]):
            yield turn


def _part(turn: TimedTurn, clip: Clip) -> TimedTurn:
    first = bisect_left(turn.words, clip.start, key=start_of)
    if first and clip.overlaps(*turn.words[first - 1][:2]):
        first -= 1
    words = turn.words[first : bisect_left(turn.words, clip.end, key=start_of)]
    starts = [n - first for n in turn.sentence_starts if first < n < first + len(words)]
    return replace(
        turn,
        start=words[0].start,
        end=words[-1].end,
        words=words,
        sentence_starts=(0, *starts),
    )
