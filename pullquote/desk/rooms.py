"""The transcripts that are open in the desk, and who listens to what happens in them."""

from __future__ import annotations

import json
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from pullquote.desk.context import Desk
from pullquote.desk.house import known_episode
from pullquote.desk.room.keeper import Changed, Keeper, News, Saved
from pullquote.desk.room.report import report
from pullquote.desk.state.following import follow
from pullquote.errors import UsageError
from pullquote.formats.folder import log_of
from pullquote.model.address import is_slug

Listener = Callable[[str], None]
"""Is given JSON, from any thread."""
_EVERY = 0.1
"""Seconds between two looks at the disk."""
_IDLE = 600.0
"""Seconds after which a transcript that nobody has open is let go."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Present:
    """A page that has the transcript open."""

    page: str
    id: str
    """The person's account."""
    name: str
    turn: str | None = None
    """What is being edited there."""


class Rooms:
    """All open transcripts of a show; a thread writes and looks at the disk."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._lock = threading.RLock()
        self._opening: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)
        self._keepers: dict[str, Keeper] = {}
        self._used: dict[str, float] = {}
        self._renamed: dict[str, str] = {}
        """What an episode is called now, by a former name."""
        self._listeners: defaultdict[str, list[Listener]] = defaultdict(list)
        self._present: defaultdict[str, dict[str, Present]] = defaultdict(dict)
        self._ended = threading.Event()
        self._thread: threading.Thread | None = None

    def get(self, slug: str) -> Keeper:
        """Return an open transcript, opening it first.

        Raises UsageError where there is none, PullquoteError where it cannot be read.
        """
        with self._opening[slug] if is_slug(slug) else self._lock:
            with self._lock:
                self._used[slug] = time.monotonic()
                self._keep_writing()
                if (known := self._keepers.get(slug)) is not None:
                    return known
            paths = self._desk.folder.episode(slug)
            if slug in self._renamed and not paths.facts.is_file():
                problem = f"has another name by now, {self._renamed[slug]}"
                remedy = "open that one; copy there what is not saved yet"
                raise UsageError(slug, problem, remedy)
            paths = known_episode(self._desk.folder, slug)
            self._follow(slug)
            keeper = Keeper(
                paths, self._log(slug), lambda k, news: self._tell(slug, k, news)
            )
            with self._lock:
                self._keepers[slug] = keeper
            return keeper

    def _follow(self, slug: str) -> None:
        """Take over what was open under a former name, of which a page may be open still."""

        def let_go(former: str) -> None:
            self._renamed[former] = slug
            self.let_go(former)

        follow(self._desk.folder, slug, let_go)

    def _keep_writing(self) -> None:
        """Have a thread that writes, also where a fault in the code ended the last."""
        if self._thread is None or not self._thread.is_alive():
            self._thread = threading.Thread(target=self._run, daemon=True)
            self._thread.start()

    def flush(self, slug: str) -> None:
        """Have ``transcript.md`` hold what was done. Raises PullquoteError."""
        with self._lock:
            keeper = self._keepers.get(slug)
        if keeper is not None:
            keeper.flush()

    @contextmanager
    def still(self, slug: str) -> Iterator[Keeper | None]:
        """Have ``transcript.md`` hold what was done, and leave it alone for a while.

        Yield what keeps it, None where the desk never opened it. Raises PullquoteError.
        """
        self._follow(slug)
        if not self._log(slug).exists():
            yield None
            return
        keeper = self.get(slug)
        with keeper.still():
            yield keeper

    def _log(self, slug: str) -> Path:
        return log_of(self._desk.state, slug)

    @contextmanager
    def listening(self, slug: str, listener: Listener) -> Iterator[None]:
        """Tell ``listener`` what happens in a transcript, from any thread, at once."""
        with self._lock:
            self._listeners[slug].append(listener)
        try:
            yield
        finally:
            with self._lock:
                self._listeners[slug].remove(listener)
                self._used[slug] = time.monotonic()

    def close(self) -> None:
        """Write everything and let go."""
        self._ended.set()
        if self._thread is not None:
            self._thread.join()
        with self._lock:
            keepers = [*self._keepers.values()]
            self._keepers.clear()
        for keeper in keepers:  # not under the lock: a change may be told just now
            keeper.close()

    def enter(self, slug: str, page: Present) -> None:
        """Tell everybody that a page is there, and what is edited in it."""
        with self._lock:
            known = self._present[slug].get(page.page)
            self._present[slug][page.page] = page
        if known != page:
            self._tell_who(slug)

    def leave(self, slug: str, page: str) -> None:
        """Tell everybody that a page was closed."""
        with self._lock:
            self._present[slug].pop(page, None)
        self._tell_who(slug)

    def _tell_who(self, slug: str) -> None:
        with self._lock:
            there = [asdict(page) for page in self._present[slug].values()]
        self._shout(slug, {"type": "here", "pages": there})

    def _tell(self, slug: str, keeper: Keeper, news: News) -> None:
        if isinstance(news, Changed):
            ids, order, change = news.touched, news.reordered, news.changes[-1]
            self._shout(slug, report(keeper.room, ids, order=order, change=change))
        elif isinstance(news, Saved):
            self._shout(slug, {"type": "saved", **asdict(news)})
        else:
            ids = tuple(keeper.room.document.places)
            made = report(keeper.room, ids, order=False)
            self._shout(slug, {**made, "words_problem": keeper.words_problem})

    def _shout(self, slug: str, said: object) -> None:
        with self._lock:
            listeners = tuple(self._listeners[slug])
        if listeners:
            text = json.dumps(said)
            for listener in listeners:
                listener(text)

    def _run(self) -> None:
        while not self._ended.wait(_EVERY):
            with self._lock:
                keepers = dict(self._keepers)
            for slug, keeper in keepers.items():
                keeper.tick()
                if self._is_idle(slug):
                    self.let_go(slug, if_idle=True)

    def _is_idle(self, slug: str) -> bool:
        with self._lock:
            unused = time.monotonic() - self._used[slug] > _IDLE
            return unused and not self._listeners[slug]

    def let_go(self, slug: str, *, if_idle: bool = False) -> None:
        """Write a transcript and close it; who asks for it opens it again."""
        with self._opening[slug]:
            with self._lock:
                stays = if_idle and not self._is_idle(slug)
                keeper = None if stays else self._keepers.pop(slug, None)
            if keeper is not None:
                keeper.close()
