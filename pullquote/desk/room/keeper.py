"""A room with its log and its file: what is done is on disk, what is on disk is shown.

Every change is in the log before anybody is told of it; ``transcript.md`` follows within
a second. What another program changes in the file is merged into the room.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from typing import Literal

from pullquote.desk.room.change import step_turn
from pullquote.desk.room.document import Document, document_of, transcript_of
from pullquote.desk.room.hiding import Hidden
from pullquote.desk.room.history import Change
from pullquote.desk.room.journal import Found, Journal
from pullquote.desk.room.operations import Join, Operation, touched
from pullquote.desk.room.recognise import recognise, same_turns
from pullquote.desk.room.room import Asked, Room
from pullquote.desk.room.times import Times
from pullquote.errors import PullquoteError, UsageError
from pullquote.formats.disk import (
    read_text,
    stamp,
    text_digest,
    unreadable,
    write_unless,
)
from pullquote.formats.folder import EpisodeFolder
from pullquote.formats.transcript_md import format_transcript, parse_transcript
from pullquote.formats.words_json import format_words, load_words
from pullquote.model.transcript import MachineTranscript, Transcript

SOON = 0.2
"""Seconds after a change until the file is written."""
_AGAIN = 2.0
"""Seconds until writing is tried again where it failed."""

_PATIENCE = 3.0
"""Seconds for which another program may go on writing the file."""
_Stat = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Changed:
    """Something was done; ``touched`` turns have new words, times or names."""

    changes: tuple[Change, ...]
    touched: tuple[str, ...]
    reordered: bool
    """Turns came or went."""


@dataclass(frozen=True, slots=True)
class Saved:
    """``transcript.md`` holds this revision; or it does not, and why."""

    revision: int
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class Retimed:
    """The machine's words are others now: all times are new."""


News = Changed | Saved | Retimed
"""What a keeper tells whoever listens."""


class Keeper:
    """One transcript that is open in the desk."""

    def __init__(
        self, paths: EpisodeFolder, log: Path, tell: Callable[[Keeper, News], None]
    ) -> None:
        """Open it. Raises PullquoteError where it cannot be read or written."""
        self.paths = paths
        self.lock = threading.RLock()
        self.fault: PullquoteError | None = None
        """Why ``transcript.md`` cannot be read or written, None where all is well."""
        self.words_problem: str | None = None
        self._tell = tell
        self._writing = threading.RLock()
        self._unsettled: _Stat | None = None
        self._due: float | None = None
        self._log = log
        self._journal = Journal(log)
        try:
            self._open()
        except BaseException:
            self._journal.close()
            raise

    @property
    def problem(self) -> str | None:
        """What is wrong with the file, in words for the editor."""
        if self.fault is None:
            return None
        return f"{self.fault}. What you change here is kept and written after that."

    @property
    def began(self) -> str:
        """When the desk first opened the transcript, ISO 8601."""
        return self._journal.began

    @property
    def log_problem(self) -> str | None:
        """What is wrong with the log, in words for the editor."""
        if self._journal.damaged is None:
            return None
        return (
            f"{self._log}: could not be read to its end; undo and versions begin there. "
            f"A copy lies in {self._journal.damaged.name}."
        )

    @property
    def language(self) -> str:
        """The transcript's language, BCP 47."""
        return self._facts.language

    def prepare(self) -> None:
        """Have the times of all words at hand."""
        with self.lock:
            self.room.times  # noqa: B018, made when it is first asked for

    def submit(self, operation: Operation, asked: Asked) -> Changed:
        """Do an operation; sent twice it is done once. Raises PullquoteError."""
        with self.lock:
            if again := self._done_as(asked.key):
                return again
            change = self.room.plan(operation, asked)
            base = self.room.history.document_at(asked.revision)
            shown = touched(operation, base)  # by the page already
            if not change.steps and not change.clashes:
                reordered = isinstance(operation, Join)
                return Changed((), tuple(shown), reordered=reordered)
            done = self._do((change,))
            return replace(done, touched=tuple(dict.fromkeys((*done.touched, *shown))))

    def choose(self, clash: str, *, theirs: bool, asked: Asked) -> Changed:
        """Choose upon a clash; sent twice it is done once. Raises PullquoteError."""
        with self.lock:
            if again := self._done_as(asked.key):
                return again
            change = self.room.plan_choice(clash, theirs=theirs, asked=asked)
            return self._do((change,))

    def undo(
        self, by: str, kind: Literal["undo", "redo"], key: str | None = None
    ) -> Changed:
        """Take back what a person did last, or do it again; sent twice it is done once."""
        with self.lock:
            if again := self._done_as(key):
                return again
            changes = self.room.plan_undo(by, kind, key)
            if not changes:
                return Changed((), (), reordered=False)
            return self._do(changes)

    def _done_as(self, key: str | None) -> Changed | None:
        """Return what was done already by what has this key: its answer was lost."""
        known = self.room.history.done_as(key)
        ids = (step_turn(step) for change in known for step in change.steps)
        return Changed(known, tuple(ids), reordered=True) if known else None

    def _do(self, changes: Sequence[Change]) -> Changed:
        self._journal.append(changes)
        before = self.room.document
        ids = [i for change in changes for i in self.room.accept(change)]
        done = Changed(
            tuple(changes),
            tuple(dict.fromkeys(ids)),
            reordered=tuple(before.places) != tuple(self.room.document.places),
        )
        if self._due is None:
            self._due = time.monotonic() + SOON
        self._tell(self, done)
        return done

    def tick(self) -> None:
        """Look at the disk, and write what is due; to be called often."""
        if not self._writing.acquire(blocking=False):
            return  # somebody holds it still
        try:
            self._look_at_words()
            if self._look_at_file():
                self.forget()
                if self._is_due():
                    self._write()
        except (PullquoteError, OSError) as error:  # the next look may do
            self._due = None if self._due is None else time.monotonic() + _AGAIN
            if isinstance(error, OSError):  # of one transcript: others are written
                error = unreadable(error.filename or self._log, error)
            self._say(error)
        finally:
            self._writing.release()

    def flush(self) -> None:
        """Write ``transcript.md`` now. Raises PullquoteError where that fails."""
        until = time.monotonic() + _PATIENCE
        while self._due is not None:
            with self._writing:
                if self._look_at_file():
                    self._write()
            if self.fault is not None and self._due is not None:
                raise self.fault
            if time.monotonic() > until:
                break
            time.sleep(0.05)

    @contextmanager
    def still(self) -> Iterator[None]:
        """Have the file hold what was done, and leave it alone for a while.

        What is done meanwhile is merged with what the file holds then, which everybody
        has before they do anything else.
        """
        with self._writing:
            self.flush()
            yield
            self._look_at_once()

    def forget(self) -> Hidden:
        """Take out of the log what is to leave it; return what left.

        What people did can still be undone. Raises PullquoteError.
        """
        hidden = Hidden({}, {})
        for asked, words in self._journal.leaving():
            with self._writing, self.lock:
                self._look_at_once()
                history, gone = self._journal.hide(words)
                self.room = Room(history, self._times)
                hidden = Hidden(
                    {**hidden.letters, **gone.letters},
                    {**hidden.clashes, **gone.clashes},
                )
                asked.unlink()
        return hidden

    def remember(self, hidden: Hidden) -> None:
        """Put back into the log what left it. Raises PullquoteError."""
        with self._writing, self.lock:
            self.room = Room(self._journal.show(hidden), self._times)

    def close(self) -> None:
        """Write what is left, and let go."""
        with self._writing:
            try:
                if self._due is not None and self._look_at_file():
                    self._write()
            except PullquoteError:
                pass  # a full disk: all that was done is in the log
            finally:
                self._journal.close()

    def _open(self) -> None:
        found = self._journal.load()
        path = self.paths.transcript
        self._seen = stamp(path)
        self._words_seen = stamp(self.paths.words)
        if self._seen is None and found is None:
            raise UsageError(
                self.paths.slug,
                "has no transcript yet",
                f"transcribe it first: pullquote transcribe {self.paths.slug}",
            )
        self._facts = Transcript(episode=self.paths.slug, language="en", turns=())
        begun = found is None
        if found is None:
            found = self._begin()
        self._base = self._base_of(found)
        self.room = Room(found.history, self._times)
        if self._seen is None:
            self._facts = self._facts_of_words() or self._facts
            self._due = time.monotonic()
        elif not begun:
            # whatever the file holds is seen as new against what it held when we left
            self._unsettled, self._seen = self._seen, (0, 0, 0)
            self._look_at_file()
        self.forget()

    def _facts_of_words(self) -> Transcript | None:
        """Return what stood at the top of a file that is gone: the log has no language."""
        if (machine := self._machine()) is None:
            return None
        return Transcript(
            episode=self.paths.slug,
            language=machine.language,
            words_digest=text_digest(format_words(machine)),
            turns=(),
        )

    def _begin(self) -> Found:
        text = read_text(self.paths.transcript)
        self._facts = parse_transcript(text, self.paths.transcript)
        document = document_of(self._facts, map("t{}".format, count(1)))
        return self._journal.begin(document, text_digest(text))

    def _base_of(self, found: Found) -> Document:
        """Return what the file held when it was last written, as the log tells.

        The write that was noted last may not have come about.
        """
        try:
            digest = text_digest(read_text(self.paths.transcript))
        except PullquoteError:
            digest = ""
        last = found.files[:-3:-1]
        known = [revision for revision, noted in last if noted == digest]
        return found.history.document_at((known or [last[0][0]])[0])

    def _times(self, document: Document) -> Times:
        """Return the times of a document's words: half a second for four hours."""
        return Times(self._machine(), document)

    def _machine(self) -> MachineTranscript | None:
        self.words_problem = None
        if self._words_seen is None:
            self.words_problem = "There is no words.json: times of words are guessed."
            return None
        try:
            return load_words(self.paths.words)
        except PullquoteError as error:
            self.words_problem = f"{error} Until then times of words are guessed."
            return None

    def _look_at_words(self) -> None:
        state = stamp(self.paths.words)
        if state == self._words_seen:
            return
        self._words_seen = state
        with self.lock:
            self.room.forget_times()
            self._tell(self, Retimed())

    def _look_at_once(self) -> None:
        for _ in range(2):  # at the first look a file may be being written
            self._look_at_file()

    def _look_at_file(self) -> bool:
        """Take in what another program wrote; say whether the file may be written."""
        state = stamp(self.paths.transcript)
        if state == self._seen:
            self._unsettled = None
            return True
        if state is None:  # gone: it comes back with the next change
            self._seen = None
            return True
        if state != self._unsettled:  # perhaps it is being written just now
            self._unsettled = state
            return False
        return self._take_in(state)

    def _take_in(self, state: _Stat) -> bool:
        path = self.paths.transcript
        try:
            text = read_text(path)
            read = parse_transcript(text, path)
        except PullquoteError as error:
            self._say(error)
            return False
        if stamp(path) != state:
            return False
        with self.lock:
            theirs = recognise(self._base, read.turns, self.room.new_ids())
            change = self.room.plan_merge(self._base, theirs)
            if change.steps or change.clashes:
                self._do((change,))
            behind = not same_turns(self.room.document, read.turns)
            if not behind and not same_turns(self._base, read.turns):
                # or what is changed there next would stand against this very change
                self._journal.note_file(self.room.revision, text_digest(text))
            self._facts = replace(read, turns=())
            self._base, self._seen = theirs, state
            self._due = time.monotonic() if behind else None
        self._say(None)
        return True

    def _is_due(self) -> bool:
        return self._due is not None and time.monotonic() >= self._due

    def _write(self) -> None:
        with self.lock:
            if self._due is None:
                return
            document, revision = self.room.document, self.room.revision
            text = format_transcript(transcript_of(document, self._facts))
        path = self.paths.transcript
        try:
            if not path.parent.is_dir():  # or a share's empty place would get the file
                problem = "is not there"
                remedy = (
                    "look after the disk or share that it lies on, or take it from git"
                )
                raise PullquoteError(path.parent, problem, remedy)
            with self.lock:
                self._journal.note_file(revision, text_digest(text))
            if not write_unless(lambda: stamp(path) != self._seen, path, text):
                return  # another program wrote it just now: it is looked at the next time
        except PullquoteError as error:
            self._due = time.monotonic() + _AGAIN
            self._say(error)
            return
        with self.lock:
            self._base, self._seen = document, stamp(path)
            later = self.room.revision > revision
            self._due = time.monotonic() + SOON if later else None
        self.fault = None
        self._tell(self, Saved(revision))

    def _say(self, fault: PullquoteError | None) -> None:
        before, self.fault = self.problem, fault
        if before != self.problem:
            self._tell(self, Saved(self.room.revision, self.problem))
