"""Cut, approve and withdraw: a person's decisions, written to answer files."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

from pullquote.errors import (
    ContentError,
    GateError,
    PullquoteError,
    UsageError,
    number_of,
)
from pullquote.formats.answer_md import (
    format_answer,
    load_answer,
    save_answer,
    save_clips,
    save_cutter,
    save_review,
    save_superseded,
)
from pullquote.formats.disk import replacing
from pullquote.formats.edits_json import save_edits
from pullquote.formats.episode_toml import load_episode
from pullquote.formats.folder import EpisodeFolder, ShowFolder, chosen_slug
from pullquote.formats.toml import one_or_many
from pullquote.formats.writing import writing
from pullquote.mark.cut.anchor import anchors, followed
from pullquote.mark.cut.draft import cut
from pullquote.mark.guard.answers import changes, codes, ticked
from pullquote.mark.guard.compare import Finding
from pullquote.mark.guard.edits import edits
from pullquote.mark.private.unresolved import private_faults
from pullquote.mark.private.written import answer_leaks
from pullquote.mark.review.check import check_entry, meaning_faults
from pullquote.mark.review.sign_off import approve, take_back, withdraw
from pullquote.model.address import is_slug
from pullquote.model.answer import Answer, Clip, Suggestion, Withdrawal
from pullquote.model.edit import Edit
from pullquote.model.library import Entry, Library
from pullquote.model.show import Show
from pullquote.pipeline.library.episode_reader import load_episode_entry
from pullquote.pipeline.library.load import Loaded
from pullquote.pipeline.marking.deciding import keep_cut
from pullquote.pipeline.marking.filing import refuse_taken, slugs_now, slugs_once


def entry_of(library: Library, name: str) -> Entry:
    """Return the episode with this slug, or the only one that starts with it.

    Raises UsageError where there is none, or more than one, and what is wrong with it
    where it cannot be read.
    """
    folder = ShowFolder(library.root)
    slug = chosen_slug(name, folder.slugs())
    if entry := library.entry(slug):
        return entry
    entry, found = load_episode_entry(folder.episode(slug), library.show)
    if entry is None:
        raise one_or_many(folder.episode(slug).facts, found)
    return entry


def heard_entry(folder: ShowFolder, loaded: Loaded, name: str) -> Entry:
    """Return what ``entry_of`` does where all that was said in it can be read.

    Raises as ``refuse_unheard``.
    """
    entry = entry_of(loaded.library, name)
    refuse_unheard(folder, entry, loaded.faults)
    return entry


def refuse_unheard(
    folder: ShowFolder, entry: Entry, faults: Iterable[PullquoteError]
) -> None:
    """Raise the fault of an episode's transcript, words or redactions, if there is one.

    Nothing private, no question and no chapter would be found in what is not there.
    """
    paths = folder.episode(entry.slug)
    unread = {str(paths.redactions)}
    unread |= {str(paths.transcript)} if entry.transcript is None else set()
    unread |= {str(paths.words)} if entry.machine is None else set()
    for fault in faults:
        if fault.where in unread:
            raise fault


@contextmanager
def as_it_is_now(
    folder: ShowFolder, loaded: Loaded, name: str
) -> Iterator[tuple[Loaded, Entry]]:
    """Yield a show with one episode read anew, which no desk changes meanwhile.

    A whole show takes its time to be read, and desks cannot wait for that. Raises what
    ``entry_of`` and ``writing`` do, and why the episode cannot be read.
    """
    library = loaded.library
    paths = folder.episode(entry_of(library, name).slug)
    with writing(folder.desk):
        entry, found = load_episode_entry(paths, library.show)
        if entry is None:
            raise one_or_many(paths.facts, found)
        found += check_entry(entry, library.show, paths)
        faults = {str(fault): fault for fault in (*found, *loaded.faults)}
        entries = (entry if e.slug == entry.slug else e for e in library.entries)
        library = replace(library, entries=tuple(entries))
        yield replace(loaded, library=library, faults=(*faults.values(),)), entry


def answer_of(entry: Entry, slug: str) -> Answer:
    """Return an episode's answer. Raises UsageError where there is none so called."""
    name = Path(slug).name.removesuffix(".md")
    for answer in entry.answers:
        if answer.slug == name:
            return answer
    raise _no_answer(slug, entry.slug, (answer.slug for answer in entry.answers))


def _no_answer(slug: str, episode: str, known: Iterable[str]) -> UsageError:
    names = ", ".join(sorted(known))
    remedy = f"choose one of: {names}" if names else "cut one first: pullquote cut"
    return UsageError(slug, f"no such answer in {episode}", remedy)


def supersede(
    folder: ShowFolder, older: Sequence[tuple[EpisodeFolder, Answer]], by: str
) -> None:
    """Write which newer answer takes the place of others; an empty name takes it back.

    Raises UsageError, before anything is written, where there is no such answer, or it
    is one of these, or was withdrawn, or nobody signed it: readers would be told of what
    they cannot read; or was given before, for pages call it the newer; ContentError or
    FaultsError where a file cannot be read.
    """
    newer = None
    if by:
        found = folder.root.glob(f"transcripts/*/answers/{by}.md")
        path = next(found, None) if is_slug(by) else None
        newer = load_answer(path) if path else None
        ids = {answer.id for _, answer in older}
        if newer is None or newer.id in ids or newer.status == "withdrawn":
            raise UsageError(
                by,
                "is no other answer of this show",
                "name the newer answer as its address does: heat-or-ice",
            )
        if newer.status == "draft":
            problem = "has no signature yet: nobody can read it"
            raise UsageError(by, problem, "let it be signed, then say so again")
        assert path is not None
        there = folder.episode(path.parents[1].name)
        held = load_episode(there.facts).held
        if any(held < load_episode(paths.facts).held for paths, _ in older):
            problem = f"was given before, on {held.isoformat()}: it is the older one"
            raise UsageError(by, problem, "exchange the two, or withdraw the newer one")
    for paths, answer in older:
        save_superseded(paths.answer(answer.slug), newer.id if newer else None)


def suggested(entry: Entry, number: int) -> Suggestion:
    """Return a suggestion by its number. Raises UsageError where there is none."""
    suggestions = entry.suggestions or ()
    found = next((s for s in suggestions if s.rank == number), None)
    if found is None:
        raise UsageError(
            f"suggestion {number}",
            f"{entry.slug} has {number_of(len(suggestions), 'suggestion')}",
            "see them with `pullquote suggest`, or cut by --question and --answer",
        )
    return found


def write_cut(
    folder: ShowFolder,
    show: Show,
    entry: Entry,
    clips: tuple[Clip, Clip],
    *,
    slug: str | None = None,
    by: str | None,
) -> tuple[Path, Answer]:
    """Write a new draft answer file and return its path and content.

    The same cut once more is the draft that is there. Raises ContentError where a voice
    in it has no confirmed name, UsageError where another answer has the slug, or had it.
    """
    known_person(by, show)
    asked, answered = clips
    answer = cut(
        entry,
        show,
        asked=asked,
        answered=answered,
        id=uuid.uuid4().hex,
        taken_slugs=slugs_now(folder) | slugs_once(folder),
        slug=slug,
        cut_by=by,
        path=folder.episode(entry.slug).transcript,
    )
    answer = replace(answer, anchor=anchors(answer, entry.turns, show))
    if (same := _cut_before(entry, answer, slug)) is not None:
        # what was stopped on its way is finished; who cut it may be said later
        answer = replace(same, cut_by=same.cut_by or by)
    path = folder.episode(entry.slug).answer(answer.slug)
    if same is None:
        refuse_taken(folder, answer.slug)
        save_answer(path, answer)
    elif by is not None:
        save_cutter(path, by)
    write_edits(folder, show, entry, answer)
    keep_cut(folder.episode(entry.slug), entry, answer, datetime.now(tz=UTC).date())
    return path, answer


def follow_words(
    folder: ShowFolder, show: Show, entry: Entry
) -> tuple[tuple[Path, Answer], ...]:
    """Write the times at which the very same words of each cut lie now.

    As after a longer cut of the recording. Returns the files that were changed, and
    their answers as they were: what was signed waits for its signature again.
    """
    changed = []
    for answer in entry.answers:
        now = followed(answer, entry.turns)
        if now != answer and answer.status != "withdrawn":
            path = folder.episode(entry.slug).answer(answer.slug)
            save_clips(path, now)
            write_edits(folder, show, entry, now)
            changed.append((path, answer))
    return tuple(changed)


def _cut_before(entry: Entry, answer: Answer, slug: str | None) -> Answer | None:
    """Return the draft that the very same cut has made already."""
    same = (
        a
        for a in entry.answers
        if slug in (a.slug, None)
        and (a.asked, a.answered, a.status) == (answer.asked, answer.answered, "draft")
        and (a.cut_by == answer.cut_by or None in (a.cut_by, answer.cut_by))
    )
    return next(same, None)


def write_edits(folder: ShowFolder, show: Show, entry: Entry, answer: Answer) -> None:
    """Keep what was done to the spoken words of an answer, as typed differences."""
    made = edits(answer, entry.turns, show)
    save_edits(folder.episode(entry.slug).edits(answer.id), answer.id, made)


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """An answer, each edit in it, and each change of meaning."""

    answer: Answer
    path: Path
    findings: tuple[Finding, ...]
    ticked: frozenset[int]
    """Numbers of findings, from 1."""
    edits: tuple[Edit, ...] = ()

    @property
    def codes(self) -> tuple[str, ...]:
        """What a person types to tick each finding."""
        return codes(self.findings, self.answer)


def compared(folder: ShowFolder, loaded: Loaded, entry: Entry, slug: str) -> Compared:
    """Return what an answer changes of what was said, and what of it is ticked.

    Raises UsageError where there is no such answer, ContentError or FaultsError
    where it cannot be read.
    """
    path = _answer_path(folder, entry.slug, slug)
    answer = load_answer(path)
    findings = changes(answer, entry.turns, loaded.library.show)
    return Compared(
        answer=answer,
        edits=edits(answer, entry.turns, loaded.library.show),
        path=path,
        findings=findings,
        ticked=ticked(findings, answer.accepted),
    )


def refuse_changed(before: Loaded, entry: Entry, found: Compared) -> None:
    """Raise GateError where an answer is not what it was when the show was read.

    Whoever signs has seen what it said before.
    """
    known = before.library.entry(entry.slug)
    for answer in known.answers if known else ():
        same = answer.id == found.answer.id
        if same and answer.digest() != found.answer.digest():
            problem = "was changed while it was being signed"
            raise GateError(found.path, problem, "look at it once more, then sign it")


def write_approval(
    folder: ShowFolder,
    read: tuple[Show, Entry],
    faults: Iterable[PullquoteError],
    found: Compared,
    by: str,
    on: date,
    accept: Collection[str] = (),
) -> Answer:
    """Sign an answer off, and keep a copy of it as it was signed.

    ``faults`` are those of what was ``read``, ``accept`` codes of changes of meaning that the person ticks. Raises
    UsageError where there is none of that code, GateError or FaultsError where
    one is left without a tick or the show's policy forbids it, ContentError or
    FaultsError where the answer is unsound, or what was said or redacted cannot be read.
    """
    (show, entry), path, faults = read, found.path, [*faults]
    refuse_unheard(folder, entry, faults)
    _refuse_unsound(path, faults)
    answer = approve(
        replace(found.answer, accepted=_ticks(found, accept)),
        by=by,
        on=on,
        show=show,
        path=path,
        held=entry.episode.held,
    )
    left = (
        *meaning_faults(answer, entry, show, path),
        *private_faults(answer, entry, show, path),
        *answer_leaks(answer, entry, path),
    )
    if left:
        raise one_or_many(path, left)
    answer = replace(answer, anchor=anchors(answer, entry.turns, show))
    keep_cut(folder.episode(entry.slug), entry, answer, on)
    write_edits(folder, show, entry, answer)
    # until the review is written the older copy stays: a page may be made from it
    with replacing(folder.episode(entry.slug).approved(answer.id)) as copy:
        copy.write_bytes(format_answer(answer).encode(errors="replace"))
        save_review(path, answer)
    return answer


def _refuse_unsound(path: Path, faults: Iterable[PullquoteError]) -> None:
    """Raise the faults of an answer's file, but those that a signature mends."""
    unsound = [
        fault
        for fault in faults
        if fault.where == str(path) and not isinstance(fault, GateError)
    ]
    if unsound:
        raise one_or_many(path, unsound)


def _ticks(found: Compared, accept: Collection[str]) -> tuple[str, ...]:
    """Return the ticks of the changes that are still there, in their order."""
    for code in accept:
        if code not in found.codes:
            raise UsageError(
                f"--accept {code}",
                "is the code of no change of meaning in this answer as it is now",
                "read the list above, then type the code before each that is right",
            )
    listed = enumerate(zip(found.codes, found.findings, strict=True), 1)
    return tuple(
        finding.tick
        for number, (code, finding) in listed
        if number in found.ticked or code in accept
    )


def write_taking_back(folder: ShowFolder, episode: str, slug: str) -> None:
    """Take a signature back: the answer leaves the site until it is signed again.

    What somebody withdrew meanwhile stays withdrawn.
    """
    path = _answer_path(folder, episode, slug)
    if (answer := load_answer(path)).status != "withdrawn":
        save_review(path, take_back(answer))


def write_withdrawal(
    folder: ShowFolder, episode: str, slug: str, on: date, reason: str = ""
) -> Answer:
    """Take an answer back for good, which no desk signs meanwhile; its id stays spent."""
    with writing(folder.desk):
        path = _answer_path(folder, episode, slug)
        answer = withdraw(load_answer(path), Withdrawal(on=on, reason=reason))
        save_review(path, answer)
    return answer


def _answer_path(folder: ShowFolder, episode: str, slug: str) -> Path:
    paths = folder.episode(episode)
    path = paths.answer(Path(slug).name.removesuffix(".md"))
    if not path.is_file():
        known = paths.answers.glob("[!.]*.md")
        raise _no_answer(slug, episode, (p.stem for p in known))
    return path


def known_person(person: str | None, show: Show) -> None:
    """Raise ContentError unless nobody is named, or somebody in ``show.toml``."""
    if person is not None and show.person(person) is None:
        names = ", ".join(p.id for p in show.people) or "nobody yet"
        raise ContentError(
            "show.toml", f"has no person {person!r}", f"it knows: {names}"
        )
