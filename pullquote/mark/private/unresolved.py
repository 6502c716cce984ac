"""What is private and neither redacted nor kept, as faults; words are never told."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice, pairwise
from pathlib import Path, PurePath

from pullquote.errors import GateError
from pullquote.formats.clock import format_clock
from pullquote.formats.disk import read_text
from pullquote.formats.folder import EpisodeFolder
from pullquote.formats.front_matter import key_line
from pullquote.formats.sentences import sentence_starts
from pullquote.formats.toml import key_lines, line_of
from pullquote.formats.transcript_md import header_line, word_line
from pullquote.mark.lexicon.common_words import bare_form
from pullquote.mark.private.details import Detail, details
from pullquote.mark.private.read_out import DOES_ASK, MESSAGE
from pullquote.mark.private.said_again import telling
from pullquote.mark.private.spans import TOLD
from pullquote.model.answer import Answer, Clip
from pullquote.model.library import Entry
from pullquote.model.show import Show
from pullquote.model.speaking import Spoken, confirmed_person, is_named
from pullquote.model.transcript import TimedTurn, Word

_IN = r"(?:[:*_/]?in(?:nen)?)?"
_PARTS = re.compile(
    r"(?:(?:announcer|attendee|audience|caller|chair|citizen|clerk|delegate|(?:the )?floor"
    r"|host|interviewer|listener|moderator|narrator|panel|panelist|participant|presenter"
    r"|public|questioner|resident|spectator|student|tenant|viewer|visitor)s?(?: member)?"
    r"|member of the (?:audience|public)"
    r"|(?:anrufer|anwohner|besucher|einwohner|fragesteller|hörer|interviewer|moderator"
    rf"|schüler|student|teilnehmer|zuhörer|zuschauer){_IN}|frage|publikum|studierende[rn]?"
    r"|(?:animat|audit|modérat|présentat|(?:télé)?spectat)(?:eur|rice)s?|citoyen(?:ne)?s?"
    r"|(?:étudiant|habitant|intervenant|participant|résident)e?s?|visiteu(?:r|se)s?"
    r"|membre du public|salle"
    r"|(?:ciudadan|vecin)[oa]s?|(?:espectador|moderador|presentador)(?:a|as|es)?"
    r"|asistentes?|estudiantes?|oyentes?|participantes?|residentes?|televidentes?|público"
    r")(?: (?:\d{1,3}|[a-z]))?"
    rf"|bürger{_IN}(?: \d{{1,3}})?",  # a surname too, which an initial may follow
    re.IGNORECASE,
)
"""What somebody does there, which names nobody: "Audience member 2"."""
_LIKELY = 0.5
"""How likely a suggestion is a viewer's question for it to be searched as one."""
_LISTED = re.compile(
    r"[\s>*(\[\\-]*(?:\d{1,2}:)?\d{1,3}:\d\d[\s)\]\\:.|\u2013-]+(\S.*)"
)
"""A line of show notes that begins with a time, as a list of chapters has them."""
_HANDED = re.compile(
    rf"\b(?:{DOES_ASK}|(?P<of>{MESSAGE})\b[^.?!]{{0,24}}\bfrom)\b", re.IGNORECASE
)
"""What says in show notes who asks; whoever else these name may be anybody."""
_MOST = 1000
"""Places of notes that are looked at: a source may have sent a book."""
_NEAR = 60
"""Letters of notes before who asks, or after."""
_ENDED = re.compile(r"(?<!\b[DM]r)(?<!\bM[rs]s)(?<!\bProf)(?<!\bMs)[.?!]\s")
_PROFESSIONAL = frozenset(
    ("dr", "doctor", "prof", "professor", "doktor", "professorin", "docteur")
)
"""Whoever is called so in a title is somebody who answers."""
_HEAD = re.compile(r"^((?:[^\s:]+ ){0,2}[^\s:]+?)(?::| [|\u2013\u2014-])(?= )")
"""Before what is asked, whoever asks it; a single word may be any: "Whiplash: ..."."""
_APART = 100_000
"""Milliseconds, a word each, between two titles."""
_REMEDY = "redact it, or say that it may stay: pullquote private {slug}"

_OUT = (
    "take it out; who is of the show belongs into [[people]], a name that may stay all the"
    " same among the terms of show.toml"
)
_RENAME = (
    "rename it in episodes/ and in transcripts/ alike, then: pullquote run; what was"
    " public goes from feeds/addresses.json too"
)


def asked_in(entry: Entry) -> tuple[Clip, ...]:
    """Return the stretches in which a viewer's question is, or likely is, whoever reads it."""
    cut = (answer.asked for answer in entry.answers)
    suggested = (
        suggestion.question.clip
        for suggestion in entry.suggestions or ()
        if suggestion.p_question >= _LIKELY
    )
    return (*cut, *suggested)


def private_faults(
    answer: Answer, entry: Entry, show: Show, path: Path
) -> tuple[GateError, ...]:
    """Return what private things stand unresolved in an answer's clips, or its question.

    Nothing where the show does not ask for it.
    """
    if not show.review.require_private:
        return ()
    asked = asked_in(entry)
    if answer.asked not in asked:
        asked = (*asked, answer.asked)
    found = details(entry.turns, show, asked=asked, kept=entry.kept)
    clips = (answer.asked, answer.answered)
    in_clips = (
        GateError(
            path, f"{_said(detail)} in its clips", _REMEDY.format(slug=entry.slug)
        )
        for detail in found
        if detail.grave
        and any(c.overlaps(detail.clip.start, detail.clip.end) for c in clips)
    )
    return (*in_clips, *_typed(answer, entry, show, path))


def _typed(answer: Answer, entry: Entry, show: Show, path: Path) -> Iterator[GateError]:
    """Yield names in an answer's question that nobody says: somebody knew, and typed them.

    What is said is looked at where it is said, and may stay there.
    """
    said = {bare_form(word.text) for turn in entry.turns for word in turn.words}
    asked = (
        [_as_asked(answer.question, _language(entry))]
        if answer.question.split()
        else []
    )
    for detail in details(asked, show):
        names = telling(detail.text) or [bare_form(w) for w in detail.text.split()]
        if detail.grave and detail.kind in TOLD and not said.issuperset(names):
            yield GateError(
                path,
                f"its question tells something private ({detail.kind}) that nobody says",
                "take it out; what was heard wrongly is corrected in transcript.md",
                line=key_line(path, "question"),
            )


def _language(entry: Entry) -> str:
    return entry.transcript.language if entry.transcript else "en"


def _as_asked(question: str, language: str, start: int = 0) -> TimedTurn:
    """Return a question as if an unknown voice said it, a millisecond a word."""
    texts = question.split()
    rows = zip(texts, pairwise(range(start, start + len(texts) + 1)), strict=True)
    return TimedTurn(
        start=start,
        end=start + len(texts),
        speaker="",
        guessed=True,
        words=tuple(Word(start=a, end=b, text=t) for t, (a, b) in rows),
        sentence_starts=sentence_starts(texts),
        language=language,
    )


def named_beside(
    entry: Entry, show: Show, paths: EpisodeFolder, *, public: bool = False
) -> tuple[tuple[Path, int | None, str], ...]:
    """Return what names a viewer beside the transcript: file, line (None: folder), name.

    As where the source calls a chapter by who asks, which a machine heard as another
    word: no redaction in the transcript finds that. What a person kept there stays.
    ``public``: only what readers are told, not how a recording's file is called.
    """
    stays = {
        bare_form(word.text)
        for turn in entry.turns
        for word in (turn.words if entry.kept else ())
        if any(clip.takes(word.start, word.end) for clip in entry.kept)
    }
    rows = [*_told(entry, paths, public=public)]
    found = (
        (*rows[n][:2], name)
        for n, name in _named_in([row[2] for row in rows], _language(entry), show)
        if not stays.issuperset(map(bare_form, name.split()))
    )
    return tuple(dict.fromkeys((*found, *_corrected(entry, show, paths))))


def _corrected(
    entry: Entry, show: Show, paths: EpisodeFolder
) -> Iterator[tuple[Path, int | None, str]]:
    """Yield whom a note on a correction names: readers see it, and no doctor signs it.

    As whoever pointed out what was wrong.
    """
    told = [
        (paths.answer(answer.slug), n, one.note)
        for answer in entry.answers
        for n, one in enumerate(answer.corrections)
        if answer.status != "withdrawn"
    ]
    for one in _grave([note for *_, note in told], _language(entry), show):
        path, n, _ = told[one.clip.start // _APART]
        if one.kind in ("name", "place") and not _is_titled(one):
            yield path, key_line(path, "corrections", n, "note"), one.text


def _told(
    entry: Entry, paths: EpisodeFolder, *, public: bool
) -> Iterator[tuple[Path, int | None, str]]:
    """Yield titles, address, whom show notes list or say to ask, a file's name."""
    episode, lines = entry.episode, key_lines(read_text(paths.facts))
    texts: list[tuple[tuple[str | int, ...], str | None]] = [
        (("title",), episode.title),
        (("summary",), episode.summary),
    ]
    for n, chapter in enumerate(episode.chapters):
        texts.append((("chapters", n, "title"), chapter.title))
    source = episode.recording.source if episode.recording else ""
    if not public and "://" not in source:
        texts.append((("recording", "source"), _apart(PurePath(source).stem)))
    for where, text in texts:
        if text:
            yield paths.facts, line_of(lines, where), text
    for n, text in islice(_in_notes(entry.notes), _MOST):
        yield paths.notes, n, text
    yield paths.facts.parent, None, _apart(entry.slug)


def _in_notes(notes: str) -> Iterator[tuple[int, str]]:
    """Yield lines that begin with a time, and what says who asks, with their numbers."""
    for n, text in enumerate(notes.split("\n"), 1):
        if found := _LISTED.fullmatch(text):
            yield n, found[1]
            continue
        for one in _HANDED.finditer(text):
            if one["of"]:
                who = text[one.end() : one.end() + _NEAR]
                yield n, f"{one[0]} {_ENDED.split(who)[0]}"
            else:
                who = text[max(0, one.start() - _NEAR) : one.start()]
                yield n, _ENDED.split(who)[-1] + one[0]


def _apart(name: str) -> str:
    """Return the words of a slug or a file's name, without its day."""
    return re.sub(r"[-_\s]+", " ", re.sub(r"^[\d\W_]+", "", name))


def _named_in(
    titles: Sequence[str], language: str, show: Show
) -> Iterator[tuple[int, str]]:
    """Yield the number of each title that names somebody, and whom.

    In English, whose titles have capitals, what is a name without them too.
    """
    shown = [" ".join(title.split()) for title in titles]
    rows = [shown]
    if language.partition("-")[0] == "en":
        asks = [_HEAD.sub(r"\1 asks:", title) for title in shown]
        small = [
            (ours if " " in (ours.partition(" asks:")[0]) else title).lower()
            for title, ours in zip(shown, asks, strict=True)
        ]
        rows = [asks, small]
    written, *others = (_grave(row, language, show) for row in rows)
    for one in written:
        start, end = one.clip.start - 1, one.clip.end + 1  # "asks" may be put in
        agreed = all(any(d.clip.overlaps(start, end) for d in row) for row in others)
        if one.kind == "name" and agreed and not _is_titled(one):
            yield one.clip.start // _APART, one.text


def _is_titled(one: Detail) -> bool:
    return bare_form(one.text.split()[0]) in _PROFESSIONAL


def _grave(titles: Sequence[str], language: str, show: Show) -> list[Detail]:
    """Return what titles tell for sure, each at a time of its own."""
    turns = [
        _as_asked(title, language, n * _APART)
        for n, title in enumerate(titles)
        if title
    ]
    return [d for d in details(turns, show) if d.grave and d.kind in TOLD]


def told_names(entry: Entry, show: Show, paths: EpisodeFolder) -> Iterator[GateError]:
    """Yield where readers of a public episode are told who asks, beside its transcript.

    Nothing where the show does not ask for it, and before anything was heard.
    """
    if not _is_asked(entry, show) or not entry.turns:
        return
    places = named_beside(entry, show, paths, public=True)
    for path, line in dict.fromkeys((path, line) for path, line, _ in places):
        yield GateError(
            path,
            "names somebody who is nobody of the show",
            _OUT if line else _RENAME,
            line=line,
        )


def still_private(
    entry: Entry, show: Show, paths: EpisodeFolder, *, each: bool = False
) -> tuple[GateError, ...]:
    """Return that a public transcript holds private things, as one fault or each."""
    found = [detail for detail in _open(entry, show) if detail.grave]
    remedy = _REMEDY.format(slug=entry.slug)
    if each or len(found) < 2:
        return tuple(
            GateError(
                paths.transcript, _said(one), remedy, line=_line(entry, paths, one)
            )
            for one in found
        )
    kinds = ", ".join(dict.fromkeys(detail.kind for detail in found))
    problem = f"{len(found)} private details ({kinds}) are said, the first at"
    return (
        GateError(
            paths.transcript,
            f"{problem} {format_clock(found[0].clip.start)}",
            remedy.replace("it", "each", 1),
            line=_line(entry, paths, found[0]),
        ),
    )


def is_stranger(turn: Spoken, show: Show) -> bool:
    """Say whether a turn has a confirmed name, which is printed, that is nobody's.

    Of nobody in show.toml; what somebody does there ("Viewer 2") is no name.
    """
    known = (
        _PARTS.fullmatch(turn.speaker)
        or turn.speaker.rstrip(" 0123456789") == show.words.gettext("Viewer")
        or confirmed_person(turn, show)
    )
    return is_named(turn) and not known


def strangers(entry: Entry, show: Show, paths: EpisodeFolder) -> tuple[GateError, ...]:
    """Return that voices of a public transcript have names that nobody of the show has.

    A meeting's captions name whoever asked: confirmed, that is printed. Nothing where the
    show does not ask for it.
    """
    if not _is_asked(entry, show):
        return ()
    first: dict[str, int] = {}
    for turn in entry.turns:
        if is_stranger(turn, show):
            first.setdefault(turn.speaker, turn.start)
    return tuple(
        GateError(
            paths.transcript,
            "a voice has a confirmed name that nobody in show.toml has",
            f"write S9 or {show.words.gettext('Viewer')!r} in its place, wherever it"
            " stands, or add who it is to [[people]]",
            line=header_line(paths.transcript, speaker, start),
        )
        for speaker, start in first.items()
    )


def still_unsure(
    entry: Entry, show: Show, paths: EpisodeFolder
) -> tuple[GateError, ...]:
    """Return that names in a public transcript may be people of the show, misheard.

    It stops no build: a correction is all that most of them need.
    """
    found = [detail for detail in _open(entry, show) if detail.maybe is not None]
    if not found:
        return ()
    people = " or ".join(dict.fromkeys(str(detail.maybe) for detail in found))
    return (
        GateError(
            paths.transcript,
            f"{'a name' if len(found) == 1 else f'{len(found)} names'} may be {people},"
            f" heard wrongly; the first is at {format_clock(found[0].clip.start)}",
            f"correct it, redact it, or let it stay: pullquote private {entry.slug}",
            line=_line(entry, paths, found[0]),
        ),
    )


def _open(entry: Entry, show: Show) -> tuple[Detail, ...]:
    """Return what is unresolved in a transcript, where the show asks for none of it."""
    if not _is_asked(entry, show):
        return ()
    return details(entry.turns, show, asked=asked_in(entry), kept=entry.kept)


def _is_asked(entry: Entry, show: Show) -> bool:
    return show.review.require_private and entry.episode.status == "published"


def _said(detail: Detail) -> str:
    at = format_clock(detail.clip.start)
    return f"something private ({detail.kind}) is said at {at}"


def _line(entry: Entry, paths: EpisodeFolder, detail: Detail) -> int | None:
    start = detail.clip.start
    turn = next((t for t in reversed(entry.turns) if t.start <= start), None)
    if turn is None:
        return None
    return word_line(paths.transcript, turn.speaker, turn.start, detail.text.split()[0])
