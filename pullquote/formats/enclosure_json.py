"""``enclosure.json``: what the feed must know of an enclosure."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

from pullquote.errors import MediaError, PullquoteError
from pullquote.formats.disk import file_sha256, read_text, write_text
from pullquote.formats.json_file import parse_schema
from pullquote.formats.toml import validate
from pullquote.model.episode import Enclosure

SCHEMA = "pullquote/enclosure-1"

_REMEDY = "delete it and run `pullquote pull` again"


def format_enclosure(enclosure: Enclosure) -> str:
    """Return the file's text; equal facts give equal bytes."""
    facts = {k: v for k, v in asdict(enclosure).items() if v is not None}
    data = {"schema": SCHEMA, **facts}
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def parse_enclosure(text: str, path: Path) -> Enclosure:
    """Return the facts; ``path`` is for messages alone.

    Raises ContentError if the text is not an ``enclosure.json`` of this schema.
    """
    data = parse_schema(text, path, SCHEMA, _REMEDY)
    return validate(Enclosure, data, text, path)


def load_enclosure(path: Path) -> Enclosure:
    """Read ``enclosure.json``. Raises ContentError or FaultsError."""
    return parse_enclosure(read_text(path), path)


def save_enclosure(path: Path, enclosure: Enclosure) -> None:
    """Write ``enclosure.json`` atomically."""
    write_text(path, format_enclosure(enclosure))


def is_sound_of(made: Enclosure, sound: Path, facts: Path) -> bool:
    """Say whether a file is the one that its facts tell of.

    It is read unless both have the same time, which pull gives them. Git brings facts of
    a sound that another machine made, such as one without a name that was redacted there.
    """
    if sound.stat().st_size != made.length:
        return False
    same = facts.is_file() and facts.stat().st_mtime_ns == sound.stat().st_mtime_ns
    return same or file_sha256(sound) == made.sha256


def is_own_sound(sound: Path, facts: Path) -> bool:
    """Say whether a file is the one that its facts tell of, where they tell of any."""
    try:
        made = load_enclosure(facts)
    except PullquoteError:
        return True
    return is_sound_of(made, sound, facts)


def another_sound(sound: Path, facts: Path) -> MediaError:
    """Return that a file is not the one that its facts tell of."""
    problem = f"is not the sound that {facts.name} tells of"
    return MediaError(sound, problem, "make it again: pullquote run")
