"""What a source of show.toml offers."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from pullquote.model.show import Source
from pullquote.pull.download import list_address
from pullquote.pull.local import FEEDS, files_at, local_item, local_path
from pullquote.pull.plan import Access, Item


def list_items(source: Source, root: Path) -> tuple[Item, ...]:
    """Return everything a source offers, pulled before or not.

    A path may name a file, a folder or a feed saved as a file; a path that is
    not absolute starts at the show's folder ``root``. Raises SourceError.
    """
    path = local_path(source.url, root)
    access = Access(
        named=source.url if path is None else None,
        private_network=source.private_network,
    )
    if path is None:
        items = list_address(source.url, access)
    elif path.suffix.lower() in FEEDS and path.is_file():
        items = list_address(path.resolve().as_uri(), access, local=True)
    else:
        items = tuple(local_item(file, root) for file in files_at(path, source.url))
    return tuple(
        replace(item, people=item.people or source.people, access=access)
        for item in items
    )
