"""Everything that may go wrong and is expected to.

PullquoteError              one line: where, what is wrong, what to do
├── ContentError            a file that people write cannot be used as it stands
├── MediaError              a recording cannot be read or encoded
├── SourceError             a channel, feed, page or address cannot be pulled
│   ├── NotWantedError      a filter of the source leaves it out
│   └── NotYetError         it is live, or to come: time alone will help
├── EngineError             weights or a speech runtime are missing or refuse
├── GateError               publishing would break a promise, so it stops
├── UsageError              the command asks for something that does not exist
└── FaultsError             several of these, found at once

Only ``pullquote.cli`` prints these and picks the exit code.
"""

from __future__ import annotations

from pathlib import Path

_LONGEST_PART = 600
"""Characters of a message's place, problem or remedy: much of it may be quoted."""
_JOINERS = "\u200c\u200d"
"""Unseen, but part of how names are written in Persian and in Indic scripts."""


class PullquoteError(Exception):
    """Base of every expected failure.

    Reads ``where: problem; remedy``, where ``where`` is ``path:line`` if a line
    is known. The parts stay available as attributes; what is read is one line that
    no quoted file can use to command a terminal or to flood it.
    """

    def __init__(
        self,
        where: Path | str,
        problem: str,
        remedy: str,
        *,
        line: int | None = None,
    ) -> None:
        self.where = str(where)
        self.line = line
        self.problem = problem
        self.remedy = remedy
        super().__init__(self.where, problem, remedy)

    def __str__(self) -> str:
        place = self.where if self.line is None else f"{self.where}:{self.line}"
        return f"{_line(place)}: {_line(self.problem)}; {_line(self.remedy)}"


def number_of(count: int, what: str) -> str:
    """Return how many there are, as messages say it.

    >>> number_of(1, "answer"), number_of(2, "answer"), number_of(0, "person")
    ('1 answer', '2 answers', '0 people')
    """
    if count == 1:
        return f"1 {what}"
    return f"{count} {'people' if what == 'person' else f'{what}s'}"


def _line(text: str) -> str:
    """Return a text as one line without control characters, cut in its middle."""
    if len(text) > _LONGEST_PART:
        half = _LONGEST_PART // 2
        text = f"{text[:half]}…{text[-half:]}"
    words = " ".join(text.split())
    return "".join(c if c.isprintable() or c in _JOINERS else "\ufffd" for c in words)


class ContentError(PullquoteError):
    """A file that people write cannot be used as it stands."""


class MediaError(PullquoteError):
    """A recording cannot be read or encoded."""


class SourceError(PullquoteError):
    """A channel, feed, page or address cannot be pulled."""


class NotWantedError(SourceError):
    """What a source offers does not pass its filters, as is known only now."""


class NotYetError(SourceError):
    """A recording is not there yet: it is live, to come, or just over."""


class EngineError(PullquoteError):
    """Weights or a speech runtime are missing, wrong or refuse to run."""


class GateError(PullquoteError):
    """Publishing would break a promise to readers or subscribers."""


class UsageError(PullquoteError):
    """The command names an episode, answer or option that does not exist."""


class FaultsError(PullquoteError):
    """Several faults found at once; ``faults`` holds each of them."""

    def __init__(self, where: Path | str, faults: tuple[PullquoteError, ...]) -> None:
        self.faults = faults
        super().__init__(
            where, f"{len(faults)} faults", "see each of them: pullquote check"
        )

    def __reduce__(self) -> tuple[object, ...]:
        """Keep the faults on the way out of another process."""
        return type(self), (self.where, self.faults)


def each_fault(error: PullquoteError) -> tuple[PullquoteError, ...]:
    """Return what is wrong, one by one."""
    return error.faults if isinstance(error, FaultsError) else (error,)
