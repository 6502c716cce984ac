"""One act of redacting, however many places it has, done and taken back."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from starlette.exceptions import HTTPException

from pullquote.desk.context import Desk, Who
from pullquote.desk.room.hiding import Hidden
from pullquote.desk.room.keeper import Keeper
from pullquote.desk.state.memory import Memory, forget
from pullquote.desk.state.undoing import Undo
from pullquote.desk.text.patch import Place, places, taken_back
from pullquote.errors import PullquoteError, UsageError
from pullquote.formats.begun_json import save_begun
from pullquote.formats.captions import text_of
from pullquote.formats.disk import (
    change_text,
    drop_empty,
    read_text,
    text_digest,
    write_text,
)
from pullquote.formats.folder import EpisodeFolder
from pullquote.formats.redacted_json import load_redacted, save_redacted
from pullquote.formats.redactions_toml import (
    parse_kept,
    parse_redactions,
    with_redactions,
    without_redactions,
)
from pullquote.formats.words_json import without_masked
from pullquote.model.answer import Clip, Kept, Redaction
from pullquote.pipeline.private.redacting import redact_episode

_WORDS = "words.json"


class Acts:
    """Redacts places of an episode, and notes how that is taken back.

    While it is called nobody else at the desk writes what it changes.
    """

    def __init__(self, desk: Desk, memory: Memory) -> None:
        self._desk = desk
        self._memory = memory

    def do(
        self,
        slug: str,
        redactions: Sequence[Redaction],
        kept: Sequence[Clip],
        text: str,
        there: Who,
        keeper: Keeper | None,
        *,
        before: Mapping[Path, str] | None = None,
    ) -> Undo:
        """Redact places, and let others stay; ``text`` is what is said in the first.

        ``before`` are files as they were ahead of an act that this one is done instead of.
        Raises PullquoteError where a file cannot be read or written.
        """
        instead = before is not None
        if before is None:
            before = {path: _told(path) for path in self._files(slug)}
        folder = self._desk.folder
        known = _remembered(folder.episode(slug))
        paths = folder.episode(slug)
        try:
            done = redact_episode(
                folder, paths, redactions, forget, kept, instead=instead
            )
        except PullquoteError as error:
            if paths.begun.is_file():
                raise _half_done(error) from error
            raise
        hidden = keeper.forget() if keeper else Hidden({}, {})
        files = {
            path.relative_to(self._desk.folder.root).as_posix(): made
            for path, was in before.items()
            if (made := places(was, _told(path)))
        }
        undo = Undo(
            id=secrets.token_hex(8),
            at=datetime.now(UTC),
            by=there.id,
            episode=slug,
            text=text.rstrip(".,;:?!"),
            done=done,
            files=files,
            hidden=hidden,
            remembered=tuple(sorted(_remembered(folder.episode(slug)) - known)),
        )
        with suppress(PullquoteError):  # a full disk: it is redacted all the same
            self._memory.undos.keep(undo)
        return undo

    def known(self, slug: str, name: str, there: Who) -> Undo:
        """Return an act that somebody may take back.

        Raises UsageError where there is none, HTTPException where it is another's.
        """
        found = next((u for u in self._memory.undos.all() if u.id == name), None)
        if found is None or found.episode != slug:
            problem = "can no longer be taken back here"
            remedy = "it was taken back already, or is older than a day: see git"
            raise UsageError("the redaction", problem, remedy)
        if found.by != there.id:
            raise HTTPException(403, "Only who redacted it can take it back.")
        return found

    def undo(self, undo: Undo, keeper: Keeper | None) -> int:
        """Bring the words back, the redaction itself last; so it can be done again.

        Returns how many places stay, for somebody changed them since.
        """
        files = self._paths(undo)
        redactions = self._desk.folder.episode(undo.episode).redactions
        rows = files.pop(redactions, ())
        clips = [one.clip for one in undo.done.redactions]
        stays = sum(
            _put_back(self._desk, path, made, clips) for path, made in files.items()
        )
        change_text(
            redactions, lambda text: _unredacted(text, rows, undo, redactions), _text
        )
        drop_empty(redactions)
        self._search_no_more(undo)
        if keeper is not None:
            keeper.remember(undo.hidden)
        self._memory.undos.drop(undo)
        return stays

    def without(
        self, undo: Undo, clip: Clip, there: Who, keeper: Keeper | None
    ) -> Undo:
        """Bring one place of an act back, which may stay then; return the act without it.

        All of it comes back and the rest goes again, but for the redactions, which change
        at once: no output has the other places at any moment. Killed meanwhile, the whole
        act is as it was.
        """
        paths = self._desk.folder.episode(undo.episode)
        left = [one for one in undo.done.redactions if one.clip != clip]
        kept = (*undo.done.kept, clip)
        files = self._paths(undo)
        rows = files.pop(paths.redactions, ())
        back = taken_back(_text(paths.transcript), files.get(paths.transcript, ()))[0]
        save_begun(paths.begun, replace(undo.done, transcript=text_digest(back)))
        for path, made in files.items():
            _put_back(self._desk, path, made, [r.clip for r in undo.done.redactions])
        self._search_no_more(undo)
        if keeper is not None:
            keeper.remember(undo.hidden)
        before = {path: _told(path) for path in self._files(undo.episode)}
        before[paths.redactions] = _unredacted(
            before[paths.redactions], rows, undo, paths.redactions
        )

        def changed(text: str) -> str:
            text = _unredacted(text, rows, undo, paths.redactions)
            by_time = Kept(start=clip.start, end=clip.end)  # until its words are back
            stays = (*undo.done.kept, by_time)
            return with_redactions(text, left, stays, paths.redactions)

        change_text(paths.redactions, changed)
        now = self.do(undo.episode, left, kept, undo.text, there, keeper, before=before)
        self._memory.undos.drop(undo)
        return now

    def _search_no_more(self, undo: Undo) -> None:
        """Forget the digests that an act made; a later one of the same words has them then.

        What an earlier one needs was there before.
        """
        path = self._desk.folder.episode(undo.episode).redacted
        words = {one.text for one in undo.done.going}
        for other in self._memory.undos.of_episode(undo.episode):
            if other.at > undo.at and any(g.text in words for g in other.done.going):
                both = {*other.remembered, *undo.remembered}
                handed = replace(other, remembered=tuple(sorted(both)))
                self._memory.undos.keep(handed)
                return
        if (known := load_redacted(path)) is None:
            return
        salt, digests = known
        if left := digests.difference(undo.remembered):
            save_redacted(path, salt, left)
        else:
            path.unlink()

    def _paths(self, undo: Undo) -> dict[Path, Sequence[Place]]:
        """Return what an act changed in each file, the redactions themselves last.

        ``words.json`` may note its places though it had no word there: a later act did.
        """
        root, paths = self._desk.folder.root, self._desk.folder.episode(undo.episode)
        found = {root / name: made for name, made in undo.files.items()}
        found.setdefault(paths.words, ())
        last = paths.redactions
        return {path: found[path] for path in sorted(found, key=lambda p: p == last)}

    def _files(self, slug: str) -> Iterator[Path]:
        """Yield what a redaction may change."""
        paths = self._desk.folder.episode(slug)
        yield from (paths.transcript, paths.notes, paths.facts)
        yield from paths.captions
        yield from sorted(paths.answers.glob("[!.]*.md"))
        yield from sorted(paths.signed.glob("*.md"))
        yield from paths.all_edits
        yield from (paths.suggestions, paths.corrections, paths.words)
        yield from self._memory.texts(slug)
        yield paths.redactions


def _half_done(error: PullquoteError) -> PullquoteError:
    problem = f"{error.problem}, and what is redacted stands there still"
    remedy = (
        f"{error.remedy}; the next redaction here, or the desk's next start, ends it"
    )
    return PullquoteError(error.where, problem, remedy)


def _remembered(paths: EpisodeFolder) -> frozenset[str]:
    known = load_redacted(paths.redacted)
    return known[1] if known else frozenset()


def _unredacted(text: str, rows: Sequence[Place], undo: Undo, path: Path) -> str:
    """Return ``redactions.toml`` without what an act wrote, though others wrote there too.

    As it was before where that says the same but for that; else without its entries
    alone: one entry looks like another, and a place may be found in the wrong one.
    """
    done = undo.done
    alone = without_redactions(text, done.redactions, done.kept, path)
    back = taken_back(text, rows)[0]
    with suppress(PullquoteError):
        back = without_redactions(back, done.redactions, done.kept, path)
        kept = parse_kept(alone, path), parse_kept(back, path)
        same = parse_redactions(alone, path) == parse_redactions(back, path)
        if same and set(kept[0]) <= set(kept[1]):  # the act may have taken some out
            return back
    return alone


def _put_back(
    desk: Desk, path: Path, made: Sequence[Place], clips: Collection[Clip]
) -> int:
    """Take back what a redaction changed in a file; return how many places stay.

    ``words.json`` notes its ``clips`` no more.

    What others write at this very moment stays. What the desk alone writes, which
    nobody else may read, needs no such look: the desk's lock is held.
    """
    stays = 0

    def put_back(text: str) -> str:
        nonlocal stays
        text, stays = taken_back(text, made)
        return without_masked(text, clips) if path.name == _WORDS else text

    if path.is_relative_to(desk.state):
        write_text(path, put_back(_text(path)), private=True)
    else:
        change_text(path, put_back, _text)
    drop_empty(path)  # the redaction made it
    return stays


def _told(path: Path) -> str:
    """Return a file's text but for what is taken back by itself."""
    return without_masked(_text(path)) if path.name == _WORDS else _text(path)


def _text(path: Path) -> str:
    if not path.is_file():
        return ""
    return text_of(path) if path.suffix == ".vtt" else read_text(path)
