"""One answer's page as readers will see it, made alone and in memory."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from pullquote.model import address
from pullquote.model.answer import Answer
from pullquote.model.library import Library
from pullquote.render.edition import edition
from pullquote.render.pages import pages, site_of
from pullquote.render.templating import (
    environment,
    packaged_templates,
    render_page,
)

if TYPE_CHECKING:
    from jinja2 import Environment


def preview_page(
    library: Library,
    answer: Answer,
    *,
    templates: Path | None,
    today: date,
    others: Collection[str] = (),
) -> str:
    """Return the HTML of an answer's page with what ``answer`` says now.

    ``library`` holds the answer's episode; what other episodes would add (lists of
    other answers) is not on the page. Raises ContentError where the answer names a
    person or topic that the show does not have, or a template is wrong.
    """
    entries = tuple(
        replace(
            entry,
            answers=tuple(answer if a.id == answer.id else a for a in entry.answers),
        )
        for entry in library.entries
    )
    chosen = edition(replace(library, entries=entries), drafts=True)
    site = site_of(chosen, frozenset(others), today)
    path = address.answer_page(answer.slug)
    page = next(page for page in pages(chosen, site) if page.path == path)
    return render_page(_environment(templates, _stamp(templates)), site, page)


@lru_cache(maxsize=1)
def _environment(templates: Path | None, _stamp: object) -> Environment:
    """Return the templates, compiled once: a preview is made at every pause in typing."""
    return environment(templates)


def _stamp(templates: Path | None) -> object:
    folders = [packaged_templates(), *([templates] if templates else [])]
    files = (path for folder in folders for path in sorted(folder.glob("*.j2")))
    return tuple((path, path.stat().st_mtime_ns) for path in files)
