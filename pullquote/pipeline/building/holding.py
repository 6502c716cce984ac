"""What stops a build, and what is held back where a withdrawal cannot wait.

A build stops at an unsound file, and nothing goes out, so nothing that was withdrawn goes
away. What is held back is an answer, as one that waits for its signature, an episode's
notes, or an episode that nobody has seen yet, as a draft: less than might be public, never
more. What would take something from subscribers or readers that they have (an episode of
the feed, its transcript) is not held back: the build stops at it as ever.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

from pullquote.errors import ContentError, GateError, PullquoteError, each_fault
from pullquote.formats.addresses_json import load_addresses
from pullquote.formats.folder import EpisodeFolder, ShowFolder
from pullquote.formats.toml import one_or_many
from pullquote.model.history import History
from pullquote.model.library import Entry
from pullquote.pipeline.library.load import Loaded

_REMEDY = "mend what is named, then build again"


def stop_at(folder: ShowFolder, faults: tuple[PullquoteError, ...]) -> None:
    """Raise what is wrong, if anything is: one fault as it is, several in one."""
    if faults:
        raise one_or_many(folder.root, faults)


def may_go_out(
    loaded: Loaded, folder: ShowFolder, *, hold_back: bool
) -> tuple[Loaded, frozenset[str]]:
    """Return what may go out now, and the episodes of which something is held back.

    ``faults`` name what is held back, and why; ``public_faults`` are what stops the
    build all the same, with the withdrawals that this keeps from readers. Raises
    ContentError or FaultsError where nobody can say what was public.
    """
    held = frozenset[str]()
    if hold_back:
        loaded, held = _without_unsound(loaded, folder)
    if stops := loaded.public_faults:
        loaded = replace(
            loaded, public_faults=(*stops, *_waiting(loaded, folder, tried=hold_back))
        )
    return loaded, held


def _without_unsound(
    loaded: Loaded, folder: ShowFolder
) -> tuple[Loaded, frozenset[str]]:
    seen = load_addresses(folder.addresses).episodes
    left = {str(fault): fault for fault in loaded.public_faults}
    told: list[PullquoteError] = []
    entries = []
    slugs = set()
    for entry in loaded.library.entries:
        paths = folder.episode(entry.slug)
        mine = [fault for fault in left.values() if _is_of(fault, paths)]
        kept, why, notes = entry, list[PullquoteError](), list[PullquoteError]()
        if mine and entry.episode.status == "published":
            kept, why, notes = _held(entry, paths, mine, entry.episode.guid in seen)
        if kept is not entry:
            slugs.add(entry.slug)
        told += notes
        for fault in why:
            del left[str(fault)]
        entries.append(kept)
    library = replace(loaded.library, entries=tuple(entries))
    faults = (*loaded.faults, *told)
    rest = tuple(left.values())
    made = replace(loaded, library=library, faults=faults, public_faults=rest)
    return made, frozenset(slugs)


def _is_of(fault: PullquoteError, paths: EpisodeFolder) -> bool:
    where = Path(fault.where)
    folders = paths.facts.parent, paths.transcript.parent
    return any(where.is_relative_to(folder) for folder in folders)


def _held(
    entry: Entry, paths: EpisodeFolder, faults: Collection[PullquoteError], seen: bool
) -> tuple[Entry, list[PullquoteError], list[PullquoteError]]:
    """Return an episode without what is unsound, the faults met so, and what to tell."""
    of_answers = {
        str(file): answer
        for answer in entry.approved
        for file in (paths.answer(answer.slug), paths.approved(answer.id))
    }
    if not seen:
        draft = replace(entry.episode, status="draft")
        note = ContentError(
            paths.facts, "is held back: nobody has seen it yet", _REMEDY
        )
        hidden = replace(entry, episode=draft, approved=(), origin=None, ground=None)
        return hidden, [*faults], [note]
    why = [f for f in faults if f.where in of_answers or f.where == str(paths.notes)]
    if not why:
        return entry, [], []
    unsound = {of_answers[f.where].id for f in why if f.where in of_answers}
    files = [paths.answer(a.slug) for a in entry.approved if a.id in unsound]
    shown = entry.notes
    if any(fault.where == str(paths.notes) for fault in why):
        shown = ""
        files.append(paths.notes)
    notes: list[PullquoteError] = [
        ContentError(path, "is held back from site and feeds", _REMEDY)
        for path in files
    ]
    approved = tuple(a for a in entry.approved if a.id not in unsound)
    kept = replace(entry, approved=approved, notes=shown, origin=None, ground=None)
    return kept, why, notes


@contextmanager
def saying_what_waits(
    loaded: Loaded, folder: ShowFolder, *, tried: bool
) -> Iterator[None]:
    """Add to what stops a build the withdrawals that this keeps from readers.

    ``tried``: holding the rest back was not enough.
    """
    try:
        yield
    except PullquoteError as error:
        if not (waits := tuple(_waiting(loaded, folder, tried=tried))):
            raise
        stop_at(folder, (*each_fault(error), *waits))


def _waiting(loaded: Loaded, folder: ShowFolder, *, tried: bool) -> Iterator[GateError]:
    """Yield each answer that was withdrawn and stays public while the build stops."""
    remedy = "mend the rest first"
    if not tried:
        remedy = "mend the rest, or hold it back: pullquote build --hold-back"
    history = History()
    with suppress(PullquoteError):
        history = load_addresses(folder.addresses)
    for entry in loaded.library.entries:
        for answer in entry.answers:
            known = history.answers.get(answer.id)
            if known and answer.status == "withdrawn" and not known.withdrawn:
                yield GateError(
                    folder.episode(entry.slug).answer(answer.slug),
                    "was withdrawn, and stays on the site while the build stops",
                    remedy,
                )
