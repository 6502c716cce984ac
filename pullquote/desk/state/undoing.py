"""Redactions that may be taken back: what each changed in which file, for a day.

``.pullquote/desk/redacted/<id>.json``, which nobody else may read and git does not see.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec

from pullquote.desk.room.hiding import Hidden
from pullquote.desk.text.patch import Place
from pullquote.formats.begun_json import Begun
from pullquote.formats.disk import write_text
from pullquote.model.answer import Clip

_KEPT = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Undo:
    """One act that may be taken back by who did it: a place redacted, or forty."""

    id: str
    at: datetime
    by: str
    """Account."""
    episode: str
    text: str
    """What was said where the person pointed."""
    done: Begun
    """What is redacted by it and what may stay, that place first."""
    files: Mapping[str, tuple[Place, ...]]
    """What was changed in each file, by its path in the show."""
    hidden: Hidden
    """What left the transcript's log."""
    remembered: tuple[str, ...] = ()
    """The digests by which its words are searched for since."""

    @property
    def places(self) -> int:
        """How many places were redacted, or may stay where none was."""
        return len(self.done.redactions or self.done.kept)

    @property
    def clip(self) -> Clip:
        """The place at which the person pointed."""
        first = self.done.redactions
        return first[0].clip if first else self.done.kept[0]

    @property
    def replacement(self) -> str:
        """What is said instead there."""
        return self.done.redactions[0].replacement if self.done.redactions else ""

    def covers(self, clip: Clip) -> bool:
        """Say whether it redacted a place."""
        return any(one.clip == clip for one in self.done.redactions)


class Undos:
    """All redactions that may be taken back."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.all()  # what is too old goes

    def keep(self, undo: Undo) -> None:
        """Keep one more. Raises PullquoteError."""
        text = json.dumps(asdict(undo), default=str)
        write_text(self._path(undo.id), text, private=True)

    def all(self) -> tuple[Undo, ...]:
        """Return those of the last day, the newest first; older ones are forgotten."""
        now = datetime.now(UTC)
        found = []
        for path in self._folder.glob("[!.]*.json"):
            try:
                undo = msgspec.json.decode(path.read_bytes(), type=Undo)
            except FileNotFoundError:
                continue
            except ValueError:
                undo = None
            if undo is None or abs(now - undo.at) > _KEPT:
                path.unlink(missing_ok=True)
            else:
                found.append(undo)
        return tuple(sorted(found, key=lambda one: one.at, reverse=True))

    def of(self, episode: str, by: str) -> tuple[Undo, ...]:
        """Return what one person may take back in an episode, the newest first."""
        return tuple(u for u in self.of_episode(episode) if u.by == by)

    def of_episode(self, episode: str) -> tuple[Undo, ...]:
        """Return what anybody may take back in an episode, the newest first."""
        return tuple(u for u in self.all() if u.episode == episode)

    def drop(self, undo: Undo) -> None:
        """Forget one."""
        self._path(undo.id).unlink(missing_ok=True)

    def _path(self, name: str) -> Path:
        return self._folder / f"{name}.json"
