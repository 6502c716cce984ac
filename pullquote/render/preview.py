"""One answer's page as readers will see it, made alone and in memory."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from pullquote.model import address
from pullquote.model.answer import Answer
from pullquote.model.library import Library
from pullquote.render.templating import kept_environment, render_page
from pullquote.render.views.edition import edition
from pullquote.render.views.pages import pages, site_of


def preview_page(
    library: Library,
    answer: Answer,
    *,
    templates: Path | None,
    today: date,
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
    site = site_of(chosen, frozenset(), today)
    path = address.answer_page(answer.slug)
    page = next(page for page in pages(chosen, site) if page.path == path)
    return render_page(kept_environment(templates, site.show.words), site, page)
