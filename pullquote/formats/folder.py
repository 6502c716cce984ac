"""Where everything lies inside a show's folder, and which episode a name means."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path

from pullquote.errors import UsageError
from pullquote.formats.disk import file_named

_FEW = 6
"""Episodes that a message names."""


@lru_cache(maxsize=1 << 10)  # those of an episode are asked for again and again
def _path(root: Path, *parts: str) -> Path:
    return Path(root, *parts)


def log_of(state: Path, slug: str) -> Path:
    """Return where a transcript's log lies in the desk's folder ``state``."""
    return state / "transcripts" / f"{slug}.jsonl"


@dataclass(frozen=True, slots=True)
class EpisodeFolder:
    """The paths of one episode; none of them need exist."""

    root: Path
    slug: str

    @property
    def facts(self) -> Path:
        """``episode.toml``: people write it."""
        return _path(self.root, "episodes", self.slug, "episode.toml")

    @property
    def notes(self) -> Path:
        """Show notes, Markdown."""
        return _path(self.root, "episodes", self.slug, "notes.md")

    @property
    def enclosure(self) -> Path:
        """The sound that the feed points at."""
        return _path(self.root, "episodes", self.slug, "enclosure.mp3")

    @property
    def enclosure_facts(self) -> Path:
        """``enclosure.json``: length, type and loudness of the enclosure."""
        return _path(self.root, "episodes", self.slug, "enclosure.json")

    @property
    def m4a(self) -> Path:
        """The enclosure once more as M4A, where the show asks for it."""
        return _path(self.root, "episodes", self.slug, "enclosure.m4a")

    @property
    def m4a_facts(self) -> Path:
        """``enclosure-m4a.json``: the same facts of the M4A."""
        return _path(self.root, "episodes", self.slug, "enclosure-m4a.json")

    @property
    def peaks(self) -> Path:
        """``peaks.json``: the waveform, for the desk and for players."""
        return _path(self.root, "episodes", self.slug, "peaks.json")

    @property
    def told(self) -> Path:
        """``source.json``: what the source said when the episode was pulled."""
        return _path(self.root, "episodes", self.slug, "source.json")

    @property
    def redacted(self) -> Path:
        """``redacted.json``: digests of private words; this machine's, never in git.

        A digest of a name can be guessed, so it may not be pushed.
        """
        return self.root / ".pullquote" / "redacted" / f"{self.slug}.json"

    @property
    def shown(self) -> Path:
        """``shown.json``: the numbers under which private details were last listed."""
        return self.root / ".pullquote" / "shown" / f"{self.slug}.json"

    @property
    def begun(self) -> Path:
        """``begun.json``: a redaction that is being done, with the words it takes out."""
        return self.root / ".pullquote" / "desk" / "begun" / f"{self.slug}.json"

    @property
    def captions(self) -> tuple[Path, ...]:
        """``captions.<language>.vtt``: the source's own; never published."""
        found = _path(self.root, "episodes", self.slug).glob("captions.*.vtt")
        return tuple(sorted(found))

    def recording(self, file: str) -> Path:
        """Return the path of the media as pulled."""
        return file_named(_path(self.root, "episodes", self.slug), file)

    @property
    def words(self) -> Path:
        """``words.json``: transcribe writes it."""
        return _path(self.root, "transcripts", self.slug, "words.json")

    @property
    def transcript(self) -> Path:
        """``transcript.md``: people correct it."""
        return _path(self.root, "transcripts", self.slug, "transcript.md")

    @property
    def corrections(self) -> Path:
        """``corrections.json``: what may have been said instead; transcribe writes it."""
        return _path(self.root, "transcripts", self.slug, "corrections.json")

    @property
    def redactions(self) -> Path:
        """``redactions.toml``: people write it."""
        return _path(self.root, "transcripts", self.slug, "redactions.toml")

    @property
    def suggestions(self) -> Path:
        """``suggestions.json``: suggest writes it."""
        return _path(self.root, "transcripts", self.slug, "suggestions.json")

    @property
    def decisions(self) -> Path:
        """``decisions.json``: what editors made of the suggestions."""
        return _path(self.root, "transcripts", self.slug, "decisions.json")

    @property
    def answers(self) -> Path:
        """Folder of ``<slug>.md`` answer files."""
        return _path(self.root, "transcripts", self.slug, "answers")

    def answer(self, slug: str) -> Path:
        """Return the path of one answer file."""
        return _path(self.root, "transcripts", self.slug, "answers", f"{slug}.md")

    @property
    def all_edits(self) -> tuple[Path, ...]:
        """Where the typed differences of the episode's answers lie."""
        folder = _path(self.root, "transcripts", self.slug, "edits")
        return tuple(sorted(folder.glob("*.json")))

    def edits(self, answer_id: str) -> Path:
        """Return where the typed differences of an answer lie."""
        return _path(self.root, "transcripts", self.slug, "edits", f"{answer_id}.json")

    @property
    def signed(self) -> Path:
        """Folder of answers as they were signed."""
        return _path(self.root, "transcripts", self.slug, "approved")

    def approved(self, answer_id: str) -> Path:
        """Return where the answer lies as it was signed."""
        return _path(self.root, "transcripts", self.slug, "approved", f"{answer_id}.md")


@dataclass(frozen=True, slots=True)
class ShowFolder:
    """The paths of a show; a folder with a ``show.toml`` is a show."""

    root: Path

    @property
    def in_git(self) -> bool:
        """Whether the show lies in a git repository, which keeps what was committed."""
        root = self.root.resolve()
        return any((at / ".git").exists() for at in (root, *root.parents))

    def would_commit(self, name: str) -> bool:
        """Say whether a file lies in the show, in a folder that git is not to ignore."""
        top, _, inner = name.partition("/")
        if not (inner and self.in_git and (self.root / name).is_file()):
            return False
        ignored = self.root / ".gitignore"
        text = ignored.read_text(errors="replace") if ignored.is_file() else ""
        inside = (self.root / name).resolve().is_relative_to(self.root.resolve())
        return inside and top not in {line.strip("/ ") for line in text.split("\n")}

    @property
    def show(self) -> Path:
        """``show.toml``: people write it."""
        return self.root / "show.toml"

    @property
    def site(self) -> Path:
        """What is published; made anew by each build."""
        return self.root / "site"

    @property
    def preview(self) -> Path:
        """The site with drafts, for this machine alone."""
        return self.root / ".pullquote" / "preview"

    @property
    def feeds(self) -> Path:
        """Generated and committed: its diff is what subscribers will get."""
        return self.root / "feeds"

    @property
    def addresses(self) -> Path:
        """``addresses.json``: what once was public; committed with the feeds."""
        return self.feeds / "addresses.json"

    @property
    def templates(self) -> Path:
        """The show's own templates; they go before Pullquote's."""
        return self.root / "templates"

    @property
    def state(self) -> Path:
        """What a machine remembers between runs; losing it costs only time."""
        return self.root / ".pullquote"

    @property
    def desk(self) -> Path:
        """What the desk remembers beside the show's own files."""
        return self.state / "desk"

    def arriving(self, source_id: str) -> Path:
        """Return the folder into which a recording is pulled, until it is whole."""
        name = hashlib.sha256(source_id.encode()).hexdigest()[:16]
        return self.state / "pull" / name

    @property
    def voices(self) -> Path:
        """Prints of the voices of people who agreed; personal data, never in git."""
        return self.state / "voices"

    def voice(self, person: str) -> Path:
        """Return where the prints of one person's voice lie."""
        return self.voices / f"{person}.json"

    def episode(self, slug: str) -> EpisodeFolder:
        """Return the paths of one episode."""
        return EpisodeFolder(self.root, slug)

    def slugs(self) -> list[str]:
        """Return the episodes that have facts, newest slug first."""
        folder = self.root / "episodes"
        names = os.listdir(folder) if folder.is_dir() else []  # noqa: PTH208  # thousands
        found = (n for n in names if os.path.exists(f"{folder}/{n}/episode.toml"))  # noqa: PTH110
        return sorted(found, reverse=True)


def strays(folder: ShowFolder) -> list[str]:
    """Return the names of transcripts whose episode is missing, as after half a renaming."""
    transcripts, known = folder.root / "transcripts", set(folder.slugs())
    names = os.listdir(transcripts) if transcripts.is_dir() else []  # noqa: PTH208  # thousands
    return [
        name
        for name in sorted(set(names) - known)
        if not name.startswith(".") and (transcripts / name).is_dir()
    ]


_COPY = re.compile(r"(?i:.*(?:conflict|konflikt|conflit).*)| \(\d+\)| \d+|-\S*[A-Z]\S*")
"""What programs that share a folder add to a name where two wrote the file: Dropbox,
Nextcloud and Syncthing, then Google Drive, iCloud, and OneDrive with the machine's."""


def copies(folder: ShowFolder) -> dict[Path, Path]:
    """Return files that nothing reads, each with the file it is a copy of.

    Another program made such a copy where two wrote at once, or a name has capitals that
    only some file systems pass over.
    """
    known = [folder.show, folder.addresses]
    for slug in folder.slugs():
        one = folder.episode(slug)
        known += [one.facts, one.notes, one.transcript, one.redactions, one.decisions]
    found: dict[Path, Path] = {}
    for file in known:
        here = file.parent.is_dir()
        names = sorted(os.listdir(file.parent)) if here else []  # noqa: PTH208
        for name in names:
            stem, end = os.path.splitext(name)  # noqa: PTH122
            start, rest = stem[: len(file.stem)], stem[len(file.stem) :]
            like = start.lower() == file.stem and end.lower() == file.suffix
            if like and name != file.name and (not rest or _COPY.fullmatch(rest)):
                found[file.with_name(name)] = file
    return found


def chosen_slugs(folder: ShowFolder, names: Sequence[str]) -> list[str]:
    """Return the episodes meant by slugs or their beginnings; none means all.

    Raises UsageError where a name means no episode, or several.
    """
    slugs = folder.slugs()
    if not names:
        return slugs
    return [chosen_slug(name, slugs) for name in names]


def chosen_slug(name: str, slugs: Sequence[str]) -> str:
    """Return the slug that is ``name``, or the only one that starts with it.

    Raises UsageError where there is none, or more than one.
    """
    found = [slug for slug in slugs if slug == name]
    found = found or [slug for slug in slugs if slug.startswith(name)]
    if len(found) == 1:
        return found[0]
    problem = "names several episodes" if found else "is no episode"
    if not slugs:
        raise UsageError(name, problem, "there is none yet; pull one first")
    like = found or [slug for slug in slugs if name.lower() in slug]
    like = like or get_close_matches(name, slugs, n=_FEW) or [*slugs]
    others = f" ({len(slugs)} in all: pullquote status)" if len(like) > _FEW else ""
    chosen = ", ".join(like[:_FEW])
    raise UsageError(name, problem, f"choose one of: {chosen}{others}")
