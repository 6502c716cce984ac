"""Whether private words stand in files: in what people write, and in what is built."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path

from pullquote.errors import ContentError, GateError, PullquoteError
from pullquote.formats.captions import text_of
from pullquote.formats.clock import format_clock
from pullquote.formats.disk import read_text
from pullquote.formats.folder import EpisodeFolder, ShowFolder
from pullquote.formats.toml import one_or_many
from pullquote.formats.transcript_md import word_line
from pullquote.mark.lexicon.common_words import COMMON
from pullquote.mark.private.leaks import Redacted, hidden, leaks
from pullquote.mark.private.redact import Covered, mask
from pullquote.mark.private.written import quoted
from pullquote.mark.review.answer_faults import shown_file
from pullquote.model.align import align, normal_form
from pullquote.model.answer import Answer, Redaction
from pullquote.model.library import Entry, Library
from pullquote.model.show import Show
from pullquote.model.transcript import TimedTurn, Turn, Word
from pullquote.pipeline.private.privacy import memory

_TEXTS = frozenset(
    ".html .xml .json .md .toml .txt .js .css .svg .webmanifest .opml".split()  # noqa: SIM905
)
_CAPTIONS = frozenset((".vtt", ".srt"))
_TAGGED = frozenset((".mp3", ".m4a"))
_PACKED = frozenset((".pf_fragment", ".pf_filter", ".pf_meta"))
"""Of the search index: what it shows, and its people and topics."""
_ADDRESSES = "_redirects"
_LEFT = (".orig", ".bak", ".rej", ".old")
_NAMING = ("episode.toml", "transcript.md")
_LARGEST = 8 << 20
"""Bytes of a file that may be a text: a transcript of a day is smaller."""
_MANY = 5
"""Lines of a file with private words from which they are told as one."""
_PUBLIC = (
    ". Is it a street or a building of which anybody may speak: public_places under"
    " [review] in show.toml"
)


def source_leaks(folder: ShowFolder, library: Library) -> tuple[PullquoteError, ...]:
    """Return private words that stand in files people write, with their lines."""
    faults: list[PullquoteError] = []
    for entry in library.entries:
        if entry.guessed:  # that its words are gone is told
            continue
        paths = folder.episode(entry.slug)
        faults += _standing(entry, paths)
        faults += _beside(entry, paths)
        faults += _come_later(entry, paths)
    known = memory(folder)
    if known:
        faults += show_leaks(folder, library.show, known)
        for entry in library.entries:
            paths = folder.episode(entry.slug)
            faults += _called(paths, known)
            faults += _in_files(_sources(paths), known)
            faults += _heard(entry, paths, known)
    return tuple(faults)


def show_leaks(
    folder: ShowFolder, show: Show, known: tuple[Redacted, ...]
) -> tuple[PullquoteError, ...]:
    """Return private words in what pages have from ``show.toml`` and from templates.

    Where recordings come from is on no page.
    """
    if not known:
        return ()
    found = [*_in_files(sorted(folder.templates.rglob("*")), known)]
    told = "\n\n".join(_strings(asdict(replace(show, sources=()))))
    if folder.show.is_file() and any(_in_text(folder.show, told, known)):
        lines = [*_in_file(folder.show, known)]
        found += lines or [_leak(folder.show, None, "holds a private word")]
    return tuple(found)


def _strings(value: object) -> Iterator[str]:
    """Yield all texts in tables and lists of a show."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from _strings(one)
    elif isinstance(value, tuple | list | frozenset):
        for one in value:
            yield from _strings(one)


def _heard(
    entry: Entry, paths: EpisodeFolder, known: tuple[Redacted, ...]
) -> Iterator[PullquoteError]:
    """Yield where the machine has a private word outside its redaction.

    As after another hearing, whose times are others; then the sound has it too.
    """
    if entry.machine is None:
        return
    segments = [segment for segment in entry.machine.segments if segment.words]
    text = "\n".join(segment.text for segment in segments)
    for one in known:
        found = [format_clock(segments[n - 1].start) for n in leaks(text, one)]
        remedy = "hear it, and write [[redaction]] with its start and end into"
        remedy += " redactions.toml"
        many = len(found) >= _MANY
        for at in found[:1] if many else found:
            yield GateError(
                paths.words,
                f"holds a private word, heard in what is said from {at} on"
                + (f", and {len(found) - 1} times more" if many else ""),
                remedy + (_PUBLIC if many else ""),
            )


def tells(name: str, known: tuple[Redacted, ...]) -> bool:
    """Say whether a slug or a file's name holds a private word."""
    return any(next(leaks(name, one, name=True), 0) for one in known)


def output_leaks(
    folder: ShowFolder, *, site: bool = True
) -> tuple[PullquoteError, ...]:
    """Return private words in what was built: site, feeds, file names, tags."""
    known = memory(folder)
    if not known:
        return ()
    tops = (folder.site, folder.feeds) if site else (folder.feeds,)
    files = (path for top in tops for path in sorted(top.rglob("*")))
    made = sorted(folder.root.glob("episodes/*/enclosure.m*"))
    return tuple(_in_files((*files, *made), known))


def feed_leaks(
    feeds: Mapping[str, bytes], known: tuple[Redacted, ...]
) -> tuple[PullquoteError, ...]:
    """Return private words in feeds that are to be published; ``known`` is ``memory``."""
    if not known:
        return ()
    return tuple(
        fault
        for name, data in feeds.items()
        for fault in _in_text(Path(name), data.decode(errors="replace"), known)
    )


def entry_leaks(
    paths: EpisodeFolder, entry: Entry, known: tuple[Redacted, ...]
) -> tuple[PullquoteError, ...]:
    """Return private words in what is to be published of an episode."""
    beside = tuple(_beside(entry, paths))
    if not known:
        return beside
    answers = (shown_file(answer, entry, paths) for answer in entry.approved)
    notes = [paths.notes] if entry.notes else []
    public = [p for p in (paths.facts, *notes, *answers) if p.is_file()]
    text = "\n".join(turn.text for turn in entry.turns)
    spoken = tuple(_in_text(paths.transcript, text, known, lines=False))
    if spoken and (lines := tuple(_in_files([paths.transcript], known))):
        spoken = lines  # only what breaks over two of them is in none
    heard = _heard(entry, paths, known) if entry.redactions else ()
    found = (*_called(paths, known), *_in_files(public, known), *spoken, *heard)
    return (*beside, *found)


def _called(
    paths: EpisodeFolder, known: tuple[Redacted, ...]
) -> Iterator[PullquoteError]:
    """Yield that an episode's folder, which is part of its address, tells a name."""
    if tells(paths.slug, known):
        yield GateError(
            paths.facts,
            "its folder's name holds a private word, and so does its address",
            "rename it in episodes/ and in transcripts/ alike, then: pullquote run",
        )


def _sources(paths: EpisodeFolder) -> Iterator[Path]:
    """Yield the texts of an episode, and others that lie among them.

    As what a text editor, or git, leaves of what a file said before; sound is no text,
    and figures may look like a telephone's.
    """
    figures = (paths.words, paths.peaks, paths.enclosure_facts, paths.m4a_facts)
    for folder in (paths.facts.parent, paths.transcript.parent):
        for path in sorted(folder.rglob("[!.]*")):
            sound = path.suffix in _TAGGED or path.stem == "recording"
            if sound or path in figures:
                continue
            if path.is_file() and path.stat().st_size <= _LARGEST:
                yield path


def _in_files(
    files: Collection[Path] | Iterator[Path], known: tuple[Redacted, ...]
) -> Iterator[PullquoteError]:
    """Yield what files and their names hold; one that cannot be read hides no other."""
    for path in files:
        if tells(path.name, known):
            yield _leak(path, None, "its name holds a private word")
        try:
            yield from _in_file(path, known)
        except PullquoteError as error:
            yield error


def refuse_private(folder: ShowFolder, answer: Answer, path: Path) -> None:
    """Raise GateError or FaultsError for private words in what is about to be signed.

    Here they are known; where it is built, as on a server, perhaps not.
    """
    text = f"{answer.question}\n{answer.body}"
    known = memory(folder)
    if any(next(leaks(text, one), 0) for one in known):
        found = [*_in_file(path, known)]
        raise one_or_many(path, found or [_leak(path, None, "holds a private word")])


def _in_file(path: Path, known: tuple[Redacted, ...]) -> Iterator[PullquoteError]:
    if not path.is_file() or path.name.startswith("._"):  # a Mac's own, on a share
        return
    if path.suffix in _CAPTIONS:
        yield from _in_text(path, text_of(path), known)
    elif path.suffix in _TEXTS:
        yield from _in_text(path, read_text(path), known)
    elif path.suffix in _PACKED:
        yield from _in_text(path, _unpacked(path), known, lines=False)
    elif path.name == _ADDRESSES:
        yield from _in_text(path, read_text(path), known, name=True)
    elif path.suffix in _TAGGED:
        from pullquote.media.tags import tag_texts

        texts = "\n".join(tag_texts(path))
        yield from _in_text(path, texts, known, lines=False)
    elif path.name[0] != "." and (text := _if_text(path)) is not None:  # ours is hidden
        yield from _in_text(path, text, known)


def _if_text(path: Path) -> str | None:
    """Return what any other file holds, None where it is no text: a picture, a font."""
    try:
        return path.read_bytes().decode()
    except (OSError, UnicodeDecodeError):
        return None


def _unpacked(path: Path) -> str:
    try:
        return gzip.decompress(path.read_bytes()).decode(errors="replace")
    except (OSError, EOFError, zlib.error) as error:
        remedy = "make it again: pullquote build"
        raise ContentError(path, "cannot be unpacked", remedy) from error


def _in_text(
    path: Path,
    text: str,
    known: tuple[Redacted, ...],
    *,
    lines: bool = True,
    name: bool = False,
) -> Iterator[PullquoteError]:
    for one in known:
        found = [*leaks(text, one, name=name)]
        problem, many = "holds a private word", len(found) >= _MANY
        if many:
            problem = f"holds private words in {len(found)} lines, here the first"
        for line in found[:1] if many else found:
            yield _leak(path, line if lines else None, problem, many=many)


def _leak(
    path: Path, line: int | None, problem: str, *, many: bool = False
) -> GateError:
    remedy = "take it out there too: its redaction says what to write instead"
    if many:
        remedy += _PUBLIC
    if path.suffix in _LEFT or path.name.endswith("~"):
        remedy = "delete it: nothing reads it, and git may keep it"
    elif path.name == "source.json":
        remedy = "take it out at the source, or delete this file: nothing needs it"
    elif path.name in _NAMING and line is not None and _is_name(path, line):
        remedy = "what it names is renamed, and written here as it is called then"
    return GateError(path, problem, remedy, line=line)


def _is_name(path: Path, line: int) -> bool:
    """Say whether a line holds the name of a file or folder: no redaction's words."""
    (text,) = read_text(path).split("\n")[line - 1 : line] or ("",)
    return text.startswith(("source = ", "source_id = ", "episode = "))


def _standing(entry: Entry, paths: EpisodeFolder) -> Iterator[PullquoteError]:
    """Yield what ``transcript.md`` still holds of a redaction; outputs are without it."""
    for turn, timed in _written(entry):
        for one in entry.redactions:
            under = (w for w in timed.words if hidden(w, (one,)))
            word = next((w for w in under if _tells(w, one)), None)
            if word is not None:
                problem = "still holds words of the redaction"
                yield _left(paths, turn, one, word, problem)


def _beside(entry: Entry, paths: EpisodeFolder) -> Iterator[PullquoteError]:
    """Yield where outputs may have what ``transcript.md`` says instead of a redaction.

    As where one person redacted a sentence and another kept a correction of it: words
    that nobody heard there may be of the name, and lie outside the redaction's times.
    Those next to it count; where nobody here remembers the name, those of its turn.
    """
    gone, forgotten = Covered(entry.redactions), not paths.redacted.is_file()
    if not forgotten and _as_said(entry):
        return  # nothing is said otherwise, and so no word of it elsewhere
    for turn, timed in _written(entry):
        words = timed.words
        for one in entry.redactions:
            under = [n for n, w in enumerate(words) if hidden(w, (one,))]
            instead = [normal_form(text) for text in one.replacement.split()]
            if instead == [normal_form(words[n].text) for n in under]:
                continue
            if not under and forgotten and timed.start <= one.clip.start < timed.end:
                under = [len(words)]
            for word in _unheard(entry, words, under, forgotten) if under else ():
                if not gone.has(word) and _tells(word, one):
                    problem = "may say, here, words of the redaction"
                    yield _left(paths, turn, one, word, problem)
                    break


def _as_said(entry: Entry) -> bool:
    """Say whether a transcript has what outputs have."""
    turns = entry.transcript.turns if entry.transcript else ()
    written = [text for turn in turns for text in turn.text.split()]
    return written == [word.text for turn in entry.turns for word in turn.words]


def _unheard(
    entry: Entry, words: Sequence[Word], under: Sequence[int], everywhere: bool
) -> Iterator[Word]:
    """Yield words of a turn that no machine heard: next to some, or ``everywhere``."""
    machine = entry.machine.words if entry.machine else ()
    heard = {(w.start, w.end, normal_form(w.text)) for w in machine}
    for row in (words[: under[0]][::-1], words[under[-1] + 1 :]):
        for word in row:
            if (word.start, word.end, normal_form(word.text)) not in heard:
                yield word
            elif not everywhere:
                break


def _written(entry: Entry) -> Iterator[tuple[Turn, TimedTurn]]:
    """Yield the turns of ``transcript.md``, as written and with times."""
    if not entry.redactions or entry.transcript is None:
        return
    turns = [turn for turn in entry.transcript.turns if turn.text.split()]
    timed = align(entry.transcript, entry.machine)
    yield from zip(turns, timed, strict=True)


def _left(
    paths: EpisodeFolder, turn: Turn, redaction: Redaction, word: Word, problem: str
) -> GateError:
    return GateError(
        paths.transcript,
        f"{problem} at {format_clock(redaction.clip.start)}",
        f"write {redaction.replacement!r} in their place",
        line=word_line(paths.transcript, turn.speaker, turn.start, word.text),
    )


def _come_later(entry: Entry, paths: EpisodeFolder) -> Iterator[PullquoteError]:
    """Yield what came by a merge and still has words that were redacted elsewhere."""
    if entry.machine is not None and mask(entry.machine, entry.redactions) != (
        entry.machine
    ):
        yield GateError(
            paths.words,
            "still has words that a redaction takes out",
            "before you commit it: pullquote run",
        )
    for answer in entry.answers:
        path = paths.answer(answer.slug)
        first = {hides: text for text, hides in reversed(quoted(answer, entry))}
        for redaction, text in first.items():
            yield GateError(
                path,
                "still quotes words of the redaction at"
                f" {format_clock(redaction.clip.start)}",
                f"write {redaction.replacement!r} in their place, wherever they stand",
                line=_first_line(path, text),
            )


def _first_line(path: Path, text: str) -> int | None:
    rows = enumerate(read_text(path).splitlines(), 1)
    return next((number for number, row in rows if text in row), None)


def _tells(word: Word, redaction: Redaction) -> bool:
    """Say whether a word is more than is said instead, and no common one."""
    form = normal_form(word.text)
    instead = {normal_form(text) for text in redaction.replacement.split()}
    return form not in instead and form not in COMMON
