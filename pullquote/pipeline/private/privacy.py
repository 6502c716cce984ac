"""What is private in an episode, and what is remembered of it once it is redacted."""

from __future__ import annotations

import secrets
from collections.abc import Collection

from pullquote.errors import UsageError, number_of
from pullquote.formats.folder import EpisodeFolder, ShowFolder
from pullquote.formats.redacted_json import load_redacted, save_redacted
from pullquote.formats.redactions_toml import load_kept
from pullquote.formats.show_toml import load_show
from pullquote.formats.shown_json import load_shown
from pullquote.mark.private.details import (
    Detail,
    details,
    each_said_again,
    words_of_show,
)
from pullquote.mark.private.leaks import Redacted, remembered, staying, telling
from pullquote.mark.private.redact import holding
from pullquote.mark.private.unresolved import asked_in
from pullquote.model.align import align, normal_form
from pullquote.model.answer import Clip, Redaction
from pullquote.model.library import Entry
from pullquote.model.show import Show
from pullquote.model.transcript import (
    MachineTranscript,
    TimedTurn,
    Transcript,
)
from pullquote.pipeline.library.episode_reader import load_spoken


def private_details(entry: Entry, show: Show) -> tuple[Detail, ...]:
    """Return what is private in an episode and neither redacted nor kept.

    What is suggested as a viewer's question is searched whoever reads it.
    """
    return details(entry.turns, show, asked=asked_in(entry), kept=entry.kept)


def as_shown(
    paths: EpisodeFolder, found: tuple[Detail, ...], numbers: Collection[int]
) -> list[int]:
    """Return today's numbers of details that were listed under ``numbers``.

    A number means what it meant in the list that was shown last: a name that is taken
    out, or a voice that is named, shifts all that follow. Raises UsageError where a
    detail is not there any more as it was shown.
    """
    shown = load_shown(paths.shown) if numbers else ()
    places = {(one.clip.start, one.clip.end): n for n, one in enumerate(found, 1)}
    now = []
    for number in numbers:
        clip = shown[number - 1] if shown and 0 < number <= len(shown) else None
        if clip is not None and clip not in places:
            raise UsageError(
                f"detail {number}",
                "is not there any more as it was listed",
                f"see what is open now: pullquote private {paths.slug}",
            )
        now.append(places[clip] if clip is not None else number)
    return now


def resolve(
    paths: EpisodeFolder,
    found: tuple[Detail, ...],
    *,
    redact: Collection[int],
    keep: Collection[int],
) -> tuple[list[Redaction], list[Clip]]:
    """Return what is to go, and which stretches may stay.

    Raises UsageError where there is no detail of such a number, or one is in both.
    """
    for number in (*redact, *keep):
        if not 1 <= number <= len(found):
            raise UsageError(
                f"detail {number}",
                f"{paths.slug} has {number_of(len(found), 'private detail')}",
                f"see them: pullquote private {paths.slug}",
            )
    if both := set(redact) & set(keep):
        raise UsageError(f"detail {min(both)}", "is to go and to stay", "name it once")
    going = [found[number - 1].redaction() for number in sorted(set(redact))]
    return going, [found[number - 1].clip for number in sorted(set(keep))]


def said_elsewhere(
    paths: EpisodeFolder,
    show: Show,
    machine: MachineTranscript,
    redactions: tuple[Redaction, ...],
) -> tuple[int, ...]:
    """Return where names are said again, in ms, that redactions are about to take out.

    Only as long as the words are there does anything tell that they are names: once "I
    am Ann Bell" is gone, nobody knows whom "Thank you, Ann" means.
    """
    kept = load_spoken(paths, show).kept
    found = details(_as_turns(machine), show)
    names = [one for one in found if one.kind == "name" and one.grave]
    going = [one for one in names if _covered(one.clip, redactions)]
    each = each_said_again({one.text for one in going}, found).values()
    again = {other.clip.start: other for others in each for other in others}
    return tuple(
        start
        for start, other in sorted(again.items())
        if not _covered(other.clip, redactions)
        and not any(k.overlaps(other.clip.start, other.clip.end) for k in kept)
    )


def _covered(clip: Clip, redactions: tuple[Redaction, ...]) -> bool:
    return any(one.clip.overlaps(clip.start, clip.end) for one in redactions)


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
    told = [_as_turns(machine)]  # each may have a name as the other has it not
    if transcript is not None:
        told.append(align(transcript, machine))
    kept = holding(load_kept(paths.redactions), told[-1])
    stays = frozenset[tuple[str, str]]().union(
        *(staying(turns, redactions, kept) for turns in told)
    )
    found = {
        row
        for turns in told
        for row in telling(turns, redactions, known, show.language, stays)
    }
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
    if not by_salt:
        return ()
    public = (
        load_show(folder.show).review.public_places if folder.show.is_file() else ()
    )
    return tuple(
        Redacted(salt=salt, digests=digests, public=public)
        for salt, digests in by_salt.items()
    )
