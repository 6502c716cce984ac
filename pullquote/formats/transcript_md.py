"""``transcript.md``: the words as people correct them, one sentence a line.

    +++
    episode = "2021-06-16-sprains"
    language = "en"
    words = "sha256:…"
    +++

    **Tiffany Lin** [00:12:47]
    Heat can help.
    It rarely harms.

    **Sam Hale?** [00:13:02]
    Thank you.

A question mark after the name means that a machine guessed it. Text is literal:
no character in it is Markdown. Only a line that begins with ``**`` would be taken
for a speaker's line, and one of ``=======`` and its kin for git's: spoken text that
is so begins with a backslash.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from pullquote.errors import ContentError
from pullquote.formats.clock import format_clock, parse_clock
from pullquote.formats.disk import read_text, unmerged, write_text
from pullquote.formats.front_matter import split_front_matter
from pullquote.formats.toml import parse_toml, validate
from pullquote.model.strict import Strict
from pullquote.model.transcript import Transcript, Turn

_HEADER = re.compile(r"\*\*(.+)\*\*\s*\[([^\[\]]*)\]")
_NOT_TEXT = re.compile(r"\\*(?:\*\*|={7}$|(?:<{7}|\|{7}|>{7}) )")
"""What a line of text has a backslash, or one more, before."""
_SHAPE = "write it as **Name** [00:12:47]"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Facts(Strict):
    """The front matter."""

    episode: str
    language: str
    words: str | None = None


def format_transcript(transcript: Transcript) -> str:
    """Return the file's text; times get decimals only where they need them.

    Facts that a file had stay as they stood there: comments are people's notes.
    """
    facts = [
        f"episode = {_quoted(transcript.episode)}",
        f"language = {_quoted(transcript.language)}",
    ]
    if transcript.words_digest is not None:
        facts.append(f"words = {_quoted(transcript.words_digest)}")
    front = "\n".join(facts) if transcript.front is None else transcript.front
    blocks = [f"+++\n{front}\n+++", *map(_block, transcript.turns)]
    return "\n\n".join(blocks) + "\n"


def _quoted(text: str) -> str:
    """Return a TOML basic string."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + re.sub(r"[\x00-\x1f\x7f]", _escape, escaped) + '"'


def _escape(match: re.Match[str]) -> str:
    return f"\\u{ord(match.group()):04x}"


def _block(turn: Turn) -> str:
    name = " ".join(turn.speaker.split())
    mark = "?" if turn.guessed else ""
    clock = format_clock(turn.start, decimals=3 if turn.start % 1000 else 0)
    return "\n".join([f"**{name}{mark}** [{clock}]", *_lines(turn.sentences)])


def _lines(sentences: tuple[str, ...]) -> list[str]:
    lines = [" ".join(sentence.split()) for sentence in sentences]
    return [f"\\{line}" if _NOT_TEXT.match(line) else line for line in lines]


def parse_transcript(text: str, path: Path) -> Transcript:
    """Return the transcript; ``path`` is for messages alone.

    Raises ContentError with the line (FaultsError for several in the front matter).
    """
    front, rest = split_front_matter(text, path)
    data = parse_toml(front, path, first_line=2)
    facts = validate(_Facts, data, front, path, first_line=2)
    return Transcript(
        episode=facts.episode,
        language=facts.language,
        words_digest=facts.words,
        front=front,
        turns=_turns(rest.split("\n"), front.count("\n") + 4, path),
    )


def _turns(lines: list[str], first_line: int, path: Path) -> tuple[Turn, ...]:
    heads: list[tuple[str, bool, int]] = []
    texts: list[list[str]] = []
    for number, raw in enumerate(lines, first_line):
        line = " ".join(raw.split())
        if not line:
            continue
        if line == "=======":  # the one mark of a merge that somebody overlooked
            raise unmerged(path, number)
        if line.startswith("**"):
            heads.append(_header(line, heads[-1][2] if heads else 0, path, number))
            texts.append([])
        elif not texts:
            raise ContentError(
                path,
                "text stands before the first speaker's line",
                f"say who speaks: {_SHAPE}",
                line=number,
            )
        else:
            escaped = line.startswith("\\") and _NOT_TEXT.match(line)
            texts[-1].append(line[1:] if escaped else line)
    return tuple(
        Turn(start=start, speaker=name, guessed=guessed, sentences=tuple(sentences))
        for (name, guessed, start), sentences in zip(heads, texts, strict=True)
    )


def _header(line: str, earliest: int, path: Path, number: int) -> tuple[str, bool, int]:
    match = _HEADER.fullmatch(line)
    if match is None:
        raise ContentError(
            path,
            f"{line[:60]!r} begins like a speaker's line but has no time",
            f"{_SHAPE}, or put a backslash before spoken text",
            line=number,
        )
    name, clock = match.group(1).strip(), match.group(2)
    try:
        start = parse_clock(clock)
    except ValueError as error:
        raise ContentError(
            path, f"{clock!r} is not a time", "write it as 00:12:47", line=number
        ) from error
    if start < earliest:
        raise ContentError(
            path,
            f"the turn starts at {clock}, before the turn above it",
            "correct the time or move the turn",
            line=number,
        )
    guessed = name.endswith("?")
    name = name.rstrip("? ")
    if not name:
        raise ContentError(path, "the turn has no name", _SHAPE, line=number)
    return name, guessed, start


def header_line(path: Path, speaker: str, start: int) -> int | None:
    """Return the line of a speaker's header nearest to ``start`` ms, for messages.

    None where the file cannot be read or has no turn of this speaker.
    """
    try:
        lines = read_text(path).split("\n")
        headers = [
            (n, _header(" ".join(line.split()), 0, path, n))
            for n, line in enumerate(lines, 1)
            if line.lstrip().startswith("**")
        ]
    except ContentError:
        return None
    theirs = [(abs(at - start), n) for n, (name, _, at) in headers if name == speaker]
    return min(theirs)[1] if theirs else None


def word_line(path: Path, speaker: str, start: int, word: str) -> int | None:
    """Return the line of a word in the turn of ``header_line``, else that of its header."""
    first = header_line(path, speaker, start)
    lines = read_text(path).split("\n") if first is not None else []
    after = range(first or 0, len(lines))
    return next((n + 1 for n in after if word in lines[n]), first)


def load_transcript(path: Path) -> Transcript:
    """Read ``transcript.md``. Raises ContentError or FaultsError."""
    return parse_transcript(read_text(path), path)


def save_transcript(path: Path, transcript: Transcript) -> None:
    """Write ``transcript.md`` atomically."""
    write_text(path, format_transcript(transcript))
