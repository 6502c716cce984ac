"""What the pipeline does for the desk: the house behind its pages."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path

from pullquote.errors import GateError, PullquoteError, UsageError
from pullquote.formats.answer_md import load_answer
from pullquote.formats.disk import stamp
from pullquote.formats.folder import EpisodeFolder, ShowFolder
from pullquote.formats.show_toml import load_show
from pullquote.formats.toml import one_or_many
from pullquote.formats.writing import writing
from pullquote.mark.guard.answers import changes, ticked
from pullquote.mark.private.details import Detail, details
from pullquote.mark.review.check import check_entry
from pullquote.model.address import is_slug
from pullquote.model.answer import Answer, Clip
from pullquote.model.decision import Reason
from pullquote.model.library import Entry, Library
from pullquote.model.show import Show
from pullquote.pipeline.building.build import build_day
from pullquote.pipeline.building.making import own_templates
from pullquote.pipeline.library.episode_reader import (
    Spoken,
    load_episode_entry,
    load_spoken,
)
from pullquote.pipeline.library.load import load_with_words, stops
from pullquote.pipeline.marking.answers import (
    Compared,
    refuse_unheard,
    write_approval,
    write_cut,
)
from pullquote.pipeline.marking.deciding import reject
from pullquote.pipeline.private.privacy import memory, private_details
from pullquote.pipeline.private.searching import entry_leaks, refuse_private
from pullquote.pipeline.private.voice_names import call_voice, called_privately

_KEPT = 4
"""Episodes that stay in memory: those somebody works at."""
_DEPLOYS = ("deploy --dry-run", "deploy")
_BUILDS = ("build", "build --hold-back")
_STAGES = ("pull", "transcribe", "suggest", "check", *_BUILDS, "run", *_DEPLOYS)
"""What may be started from the desk, as the command line has it."""
_OF_EPISODES = ("transcribe", "suggest")
"""Those of them that can be started for one episode."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """One episode as it lies on disk now."""

    show: Show
    entry: Entry
    faults: tuple[PullquoteError, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """What a look at a whole episode tells."""

    private: int
    """Details that hinder a signature, neither redacted nor kept."""
    stops: tuple[str, ...]
    """What is wrong with what of it is public."""


def known_episode(folder: ShowFolder, slug: str) -> EpisodeFolder:
    """Return an episode's paths. Raises UsageError where there is none of this slug."""
    paths = folder.episode(slug)
    if not is_slug(slug) or not paths.facts.is_file():
        check_there(folder)
        raise UsageError(slug, "is no episode", "choose one on the shelf")
    return paths


def check_there(folder: ShowFolder) -> None:
    """Raise PullquoteError where the whole show is away: its disk may come back.

    A page tries again then, as with a full disk.
    """
    if not folder.show.is_file():
        problem, remedy = "is not there", "look after the disk or share that it lies on"
        raise PullquoteError(folder.show, problem, remedy)


class House:
    """Does what a page asks, by the functions that the command line uses.

    Each method raises PullquoteError where it cannot be done, and then changed nothing.
    """

    def __init__(self, folder: ShowFolder) -> None:
        self._folder = folder
        self._spoken = lru_cache(_KEPT)(self._load_spoken)
        self._entry = lru_cache(_KEPT)(self._load)

    def read(self, slug: str) -> Read:
        """Return an episode. Raises UsageError where there is none of this slug."""
        paths = known_episode(self._folder, slug)
        spoken, rest = _facts(self._folder.show, paths)
        entry, faults, show = self._entry(slug, spoken, rest)
        if entry is None:
            raise one_or_many(paths.facts, faults)
        return Read(show=show, entry=entry, faults=faults)

    def _load(
        self, slug: str, said: object, _rest: object
    ) -> tuple[Entry | None, tuple[PullquoteError, ...], Show]:
        show, _ = load_with_words(self._folder)
        spoken = self._spoken(slug, said)
        paths = self._folder.episode(slug)
        entry, faults = load_episode_entry(paths, show, spoken)
        return entry, faults, show

    def _load_spoken(self, slug: str, _said: object) -> Spoken:
        show = load_show(self._folder.show)
        return load_spoken(self._folder.episode(slug), show)

    def cut(self, slug: str, asked: Clip, answered: Clip, *, by: str | None) -> Answer:
        """Write a new draft answer; ``by`` is a person's id."""
        with writing(self._folder.desk):
            read = self.read(slug)
            refuse_unheard(self._folder, read.entry, read.faults)
            clips = asked, answered
            return write_cut(self._folder, read.show, read.entry, clips, by=by)[1]

    def reject(self, slug: str, number: int, *, by: str | None, reason: Reason) -> None:
        """Keep that a suggestion is not wanted, and why."""
        with writing(self._folder.desk):
            entry = self.read(slug).entry
            paths = self._folder.episode(slug)
            today = datetime.now(UTC).date()
            reject(paths, entry, [number], by=by, on=today, reason=reason)

    def preview(self, read: Read, answer: Answer) -> str:
        """Return the answer's page as readers will see it, a whole HTML document."""
        from pullquote.render.preview import preview_page

        library = Library(root=self._folder.root, show=read.show, entries=(read.entry,))
        templates = own_templates(self._folder)
        return preview_page(library, answer, templates=templates, today=build_day())

    def prose(self, markdown: str) -> str:
        """Return Markdown as safe HTML, as on a page."""
        from pullquote.render.views.prose import to_html

        return to_html(markdown, below=2)

    def approve(
        self,
        slug: str,
        answer: str,
        *,
        digest: str,
        by: str,
        on: date,
        ticks: Sequence[str] = (),
    ) -> Answer:
        """Sign an answer if it is still the one of this digest.

        ``ticks`` are the changes of meaning that the signer has seen and accepted.
        """
        with writing(self._folder.desk):
            read = self.read(slug)
            paths = self._folder.episode(slug)
            path = paths.answer(answer)
            now = load_answer(path)
            if now.digest() != digest:
                raise GateError(
                    path, "was changed while you read it", "look at it once more"
                )
            refuse_private(self._folder, now, path)
            findings = changes(now, read.entry.turns, read.show)
            chosen = ticked(findings, ticks)
            found = Compared(answer=now, path=path, findings=findings, ticked=chosen)
            faults = (*read.faults, *check_entry(read.entry, read.show, paths))
            whole = read.show, read.entry
            return write_approval(self._folder, whole, faults, found, by, on)

    def private(self, read: Read, clips: Sequence[Clip] = ()) -> tuple[Detail, ...]:
        """Return what is private in viewers' questions, neither redacted nor kept.

        Of the whole episode, or of an answer's question and answer alone.
        """
        if not clips:
            return private_details(read.entry, read.show)
        turns = [
            turn
            for turn in read.entry.turns
            if any(clip.overlaps(turn.start, turn.end) for clip in clips)
        ]
        found = details(turns, read.show, asked=clips[:1], kept=read.entry.kept)
        return tuple(
            d for d in found if any(c.overlaps(d.clip.start, d.clip.end) for c in clips)
        )

    @staticmethod
    def private_in(private: Iterable[Detail], answer: Answer) -> int:
        """Return how many of an episode's details hinder an answer's signature."""
        clips = (answer.asked, answer.answered)
        return sum(
            one.grave and any(c.overlaps(one.clip.start, one.clip.end) for c in clips)
            for one in private
        )

    def stops(self, read: Read) -> tuple[PullquoteError, ...]:
        """Return what of an episode a build would stop at, but for its sound."""
        paths = self._folder.episode(read.entry.slug)
        found = stops(read.entry, read.show, paths, read.faults)
        if read.entry.episode.status == "published":
            found += entry_leaks(paths, read.entry, memory(self._folder))
        return found

    def state(self, slug: str) -> object:
        """Return what is another once a file of an episode changed."""
        return _facts(self._folder.show, self._folder.episode(slug))

    def looked(self, slug: str) -> Looked:
        """Look at an episode that nobody works at. Raises PullquoteError without facts."""
        show, _ = load_with_words(self._folder)
        paths = known_episode(self._folder, slug)
        entry, faults = load_episode_entry(paths, show)
        if entry is None:
            raise one_or_many(paths.facts, faults)
        read = Read(show=show, entry=entry, faults=faults)
        return Looked(
            private=sum(detail.grave for detail in self.private(read)),
            stops=tuple(dict.fromkeys(map(str, self.stops(read)))),
        )

    def called_privately(self, read: Read) -> tuple[str, ...]:
        """Return names of voices that hold a redacted word, as captions have them."""
        voices = (turn.speaker for turn in read.entry.turns)
        return called_privately(self._folder, read.show, voices)

    def call_voice(self, slug: str, voice: str, name: str) -> None:
        """Call a voice otherwise in every file of the episode.

        Raises UsageError where the name would be printed and is nobody's of the show.
        """
        with writing(self._folder.desk):
            show, _ = load_with_words(self._folder)
            paths = known_episode(self._folder, slug)
            call_voice(self._folder, show, paths, voice, name)

    def command(self, stage: str, slugs: Sequence[str]) -> Sequence[str]:
        """Return the command line that runs a stage for these episodes, all if none."""
        if stage not in _STAGES:
            raise UsageError(
                stage, "is no stage", f"choose one of: {', '.join(_STAGES)}"
            )
        if slugs and stage not in _OF_EPISODES:
            raise UsageError(stage, "is for the whole show", "name no episode")
        if stage in _DEPLOYS and not load_show(self._folder.show).deploy_to:
            remedy = "write deploy_to into show.toml"
            raise UsageError("deploy", "says not where to", remedy)
        named = [known_episode(self._folder, slug).slug for slug in slugs]
        show = ("--show", str(self._folder.root))
        code = "from pullquote.cli import main; raise SystemExit(main())"
        # -P: no json.py of the folder where the desk was started is run
        return (sys.executable, "-P", "-c", code, *stage.split(), *named, *show)


def _facts(show: Path, paths: EpisodeFolder) -> tuple[object, object]:
    """Return what tells whether a file of what was said, or another, was changed."""
    said = (paths.words, paths.transcript, paths.redactions)
    rest = [show, paths.facts, paths.notes, paths.enclosure_facts, paths.suggestions]
    for folder in (paths.answers, paths.signed):
        rest += sorted(folder.glob("*.md"))
    return tuple(map(stamp, said)), tuple((path.name, stamp(path)) for path in rest)
