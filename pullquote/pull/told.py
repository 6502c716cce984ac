"""What a source says otherwise now: offered to the editor, never written. Pure."""

from __future__ import annotations

from pullquote.formats.source_json import Told
from pullquote.model.episode import Episode
from pullquote.pull.plan import Item
from pullquote.pull.wording import clean_title, plain_text


def told_of(item: Item, listed: str | None = None) -> Told:
    """Return what a source says of an item, as safe text.

    ``listed`` is its title in the source's list, which may be a translation.
    """
    text = plain_text(item.description or "")
    lines = [" ".join(line.split()) for line in text.split("\n")]
    title = clean_title(item.title or "") or None
    return Told(
        title=title,
        description="\n".join(lines).strip() or None,
        listed=listed if listed != title else None,
    )


def changed(before: Told, item: Item, episode: Episode) -> str | None:
    """Return in words what changed at the source since the pull, None if nothing.

    A listing often tells no description: what it does not tell has not changed.
    A title that the editor has taken over is none to offer.
    """
    now = told_of(item)
    parts = []
    if now.title not in (None, before.title, before.listed, episode.title):
        parts.append(f"its source calls it {now.title!r} now (was {before.title!r})")
    if now.description not in (None, before.description) and before.description:
        parts.append("its source describes it otherwise now")
    if not parts:
        return None
    return f"{' and '.join(parts)}; take it over, or delete source.json to keep yours"
