"""What is private: found, redacted, and searched for in everything that is published."""

from __future__ import annotations

import gzip
import secrets
import zlib
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from pullquote.errors import ContentError, GateError, PullquoteError, UsageError
from pullquote.formats.captions import text_of
from pullquote.formats.clock import format_clock
from pullquote.formats.disk import read_text
from pullquote.formats.folder import EpisodeFolder, ShowFolder
from pullquote.formats.redacted_json import load_redacted, save_redacted
from pullquote.formats.redactions_toml import add_kept
from pullquote.formats.transcript_md import word_line
from pullquote.mark.lexicon.common_words import COMMON
from pullquote.mark.private.details import Detail, details, words_of_show
from pullquote.mark.private.leaks import Redacted, hidden, leaks, remembered, telling
from pullquote.mark.private.quoted import quoted
from pullquote.mark.private.redact import mask
from pullquote.mark.private.unresolved import asked_in
from pullquote.model.align import align, normal_form
from pullquote.model.answer import Clip, Redaction
from pullquote.model.library import Entry, Library
from pullquote.model.show import Show
from pullquote.model.transcript import (
    MachineTranscript,
    TimedTurn,
    Transcript,
    Word,
)

_TEXTS = frozenset(
    [
        ".html",
        ".xml",
        ".json",
        ".md",
        ".toml",
        ".txt",
        ".js",
        ".css",
        ".svg",
        ".webmanifest",
        ".opml",
    ]
)
_CAPTIONS = frozenset((".vtt", ".srt"))
_AUDIBLE = 0.08
"""Amplitude above that of a bleep (``media.loudness``): speech is louder."""
_BLUR = 60
"""Milliseconds at a redaction's edges that are not listened to."""
_TAGGED = frozenset((".mp3", ".m4a"))
_PACKED = frozenset((".pf_fragment", ".pf_filter", ".pf_meta"))
"""Of the search index: what it shows, and its people and topics."""
_ADDRESSES = "_redirects"


def private_details(entry: Entry, show: Show) -> tuple[Detail, ...]:
    """Return what is private in an episode and neither redacted nor kept.

    What is suggested as a viewer's question is searched whoever reads it.
    """
    return details(entry.turns, show, asked=asked_in(entry), kept=entry.kept)


def resolve(
    paths: EpisodeFolder,
    found: tuple[Detail, ...],
    *,
    redact: Collection[int],
    keep: Collection[int],
) -> list[Redaction]:
    """Write what may stay into ``redactions.toml``, and return what is to go.

    Raises UsageError where there is no detail of such a number, or one is in both.
    """
    for number in (*redact, *keep):
        if not 1 <= number <= len(found):
            raise UsageError(
                f"detail {number}",
                f"{paths.slug} has {len(found)} private details",
                f"see them: pullquote private {paths.slug}",
            )
    if both := set(redact) & set(keep):
        raise UsageError(f"detail {min(both)}", "is to go and to stay", "name it once")
    for number in sorted(set(keep)):
        add_kept(paths.redactions, found[number - 1].clip)
    return [found[number - 1].redaction() for number in sorted(set(redact))]


def remember(
    paths: EpisodeFolder,
    show: Show,
    machine: MachineTranscript,
    transcript: Transcript | None,
    redactions: tuple[Redaction, ...],
) -> None:
    """Keep digests of the words that are about to be masked."""
    known = words_of_show(show) | {
        normal_form(word) for r in redactions for word in r.replacement.split()
    }
    found = set(telling(_as_turns(machine), redactions, known, show.language))
    if transcript is not None:
        found |= telling(align(transcript, machine), redactions, known, show.language)
    before = _load(paths)
    made = remembered(before.salt if before else _salt(paths), found, before)
    if made.digests:
        save_redacted(paths.redacted, made.salt, made.digests)


def _as_turns(machine: MachineTranscript) -> tuple[TimedTurn, ...]:
    return tuple(
        TimedTurn(
            start=segment.start,
            end=segment.end,
            speaker=segment.speaker or "",
            guessed=True,
            words=segment.words,
            sentence_starts=(0,),
            language=machine.language,
        )
        for segment in machine.segments
        if segment.words
    )


def _load(paths: EpisodeFolder) -> Redacted | None:
    loaded = load_redacted(paths.redacted)
    return Redacted(salt=loaded[0], digests=loaded[1]) if loaded else None


def _salt(paths: EpisodeFolder) -> str:
    """Return the salt of the show's other episodes: then one search serves all."""
    known = memory(ShowFolder(paths.root))
    return known[0].salt if known else secrets.token_hex(16)


def memory(folder: ShowFolder) -> tuple[Redacted, ...]:
    """Return the digests of all episodes, those of one salt as one.

    Of those too whose folder was renamed or deleted since: the words stay private.
    """
    by_salt: dict[str, frozenset[str]] = {}
    for path in sorted(folder.episode("x").redacted.parent.glob("*.json")):
        if loaded := load_redacted(path):
            salt, digests = loaded
            by_salt[salt] = by_salt.get(salt, frozenset()) | digests
    return tuple(Redacted(salt=s, digests=d) for s, d in by_salt.items())


def source_leaks(folder: ShowFolder, library: Library) -> tuple[PullquoteError, ...]:
    """Return private words that stand in files people write, with their lines."""
    faults: list[PullquoteError] = []
    for entry in library.entries:
        paths = folder.episode(entry.slug)
        faults += _standing(entry, paths)
        faults += _come_later(entry, paths)
    known = memory(folder)
    if known:
        for entry in library.entries:
            faults += _in_files(_sources(folder.episode(entry.slug)), known)
    return tuple(faults)


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


def sound_leaks(paths: EpisodeFolder, entry: Entry) -> tuple[PullquoteError, ...]:
    """Return each redaction that can be heard, here or at the host the feed leads to."""
    if entry.redactions and entry.episode.enclosure is not None:
        at = format_clock(entry.redactions[0].clip.start)
        problem = f"leads to sound at another host, with what is redacted at {at} in it"
        remedy = (
            "delete [enclosure], then pullquote run: the sound that was pulled is"
            " published instead; where none was, pull it first (docs/producer.md)"
        )
        return (GateError(paths.facts, problem, remedy),)
    return audible(paths, entry)


def audible(paths: EpisodeFolder, entry: Entry) -> tuple[PullquoteError, ...]:
    """Return each redaction whose stretch of an enclosure is more than a bleep.

    The sound was made before the redaction then.
    """
    from pullquote.media.loudness import loudest

    return tuple(
        GateError(
            sound,
            f"something private can be heard at {format_clock(redaction.clip.start)}",
            "make the sound again: pullquote run",
        )
        for sound in (paths.enclosure, paths.m4a)
        if entry.redactions and sound.is_file()
        for redaction in entry.redactions
        if (inner := _inside(redaction.clip)) and loudest(sound, inner) > _AUDIBLE
    )


def _inside(clip: Clip) -> Clip | None:
    """Return a stretch without its edges, where a coder lets some sound over."""
    if clip.end - clip.start <= 3 * _BLUR:
        return None
    return Clip(start=clip.start + _BLUR, end=clip.end - _BLUR)


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
    if not known:
        return ()
    answers = (paths.answer(answer.slug) for answer in entry.approved)
    public = [p for p in (paths.facts, paths.notes, *answers) if p.is_file()]
    text = "\n".join(turn.text for turn in entry.turns)
    spoken = _in_text(paths.transcript, text, known, lines=False)
    return (*_in_files(public, known), *spoken)


def _sources(paths: EpisodeFolder) -> Iterator[Path]:
    texts = (paths.facts, paths.notes, paths.transcript, paths.redactions)
    machine = (paths.told, paths.suggestions, paths.decisions, paths.corrections)
    for path in (*texts, *machine, *paths.captions):
        if path.is_file():
            yield path
    yield from sorted(paths.answers.glob("*.md"))
    yield from paths.all_edits
    yield from sorted(paths.signed.glob("*.md"))


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


def _in_file(path: Path, known: tuple[Redacted, ...]) -> Iterator[PullquoteError]:
    if not path.is_file():
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
        for line in leaks(text, one, name=name):
            yield _leak(path, line if lines else None, "holds a private word")


def _leak(path: Path, line: int | None, problem: str) -> GateError:
    remedy = "take it out there too: its redaction says what to write instead"
    if path.name == "source.json":
        remedy = "take it out at the source, or delete this file: nothing needs it"
    return GateError(path, problem, remedy, line=line)


def _standing(entry: Entry, paths: EpisodeFolder) -> Iterator[PullquoteError]:
    """Yield what ``transcript.md`` still holds of a redaction; outputs are without it."""
    if not entry.redactions or entry.transcript is None:
        return
    turns = [turn for turn in entry.transcript.turns if turn.text.split()]
    for turn, timed in zip(turns, align(entry.transcript, entry.machine), strict=True):
        for redaction in entry.redactions:
            instead = {normal_form(w) for w in redaction.replacement.split()}
            word = next(
                (
                    w
                    for w in timed.words
                    if hidden(w, (redaction,)) and _tells(w, instead)
                ),
                None,
            )
            if word is not None:
                yield GateError(
                    paths.transcript,
                    f"still holds words of the redaction at"
                    f" {format_clock(redaction.clip.start)}",
                    f"write {redaction.replacement!r} in their place",
                    line=word_line(
                        paths.transcript, turn.speaker, turn.start, word.text
                    ),
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
        for one in {q.redaction: q for q in reversed(quoted(answer, entry))}.values():
            yield GateError(
                path,
                "still quotes words of the redaction at"
                f" {format_clock(one.redaction.clip.start)}",
                f"write {one.redaction.replacement!r} in their place, wherever they stand",
                line=_first_line(path, one.text),
            )


def _first_line(path: Path, text: str) -> int | None:
    rows = enumerate(read_text(path).splitlines(), 1)
    return next((number for number, row in rows if text in row), None)


def _tells(word: Word, instead: set[str]) -> bool:
    form = normal_form(word.text)
    return form not in instead and form not in COMMON
