"""Collect the wordings of templates and code into templates/words/, for translators.

Writes words.pot and brings each shipped catalogue up to date with it: what is new in
it is empty, what nobody says any more is gone.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, BinaryIO

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.pofile import read_po, write_po
from jinja2.ext import extract_from_ast

from pullquote.render.templating import environment

ROOT = Path(__file__).parent.parent
WORDS = ROOT / "templates" / "words"
_UNTOLD = (
    *("POT-Creation-Date", "PO-Revision-Date", "Generated-By", "Project-Id-Version"),
    *("Report-Msgid-Bugs-To", "Last-Translator", "Language-Team"),
)
"""What a header may say and nobody reads: it would differ with each run."""
KEYWORDS = DEFAULT_KEYWORDS | {"say": None}


def wanted() -> Catalog:
    """Return every wording that templates and code have."""
    catalog = Catalog(
        header_comment="# Wordings of Pullquote's pages and feeds.", fuzzy=False
    )
    for file in sorted((ROOT / "templates").glob("*.j2")):
        _collect(catalog, file, _of_template)
    for file in sorted((ROOT / "pullquote").rglob("*.py")):
        if "gettext" in file.read_text("utf-8"):  # reading all takes seconds
            _collect(catalog, file, "python")
    return catalog


def _collect(catalog: Catalog, file: Path, method: Any) -> None:
    name = file.relative_to(ROOT).as_posix()
    with file.open("rb") as source:
        for _, message, _, context in extract(method, source, KEYWORDS):
            catalog.add(message, None, [(name, 0)], context=context)


def _of_template(
    source: BinaryIO, keywords: Sequence[str], *_: object, **__: object
) -> Iterator[tuple[int, str, Any, list[str]]]:
    tree = environment(None).parse(source.read().decode())
    for line, function, message in extract_from_ast(tree, keywords):
        yield line, function, message, []


def text_of(catalog: Catalog) -> str:
    """Return a catalogue as it is written."""
    target = io.BytesIO()
    write_po(target, catalog, width=0, ignore_obsolete=True, include_lineno=False)
    lines = target.getvalue().decode().split("\n")
    made = tuple(f'"{name}' for name in _UNTOLD)
    return "\n".join(line for line in lines if not line.startswith(made))


def main() -> None:
    """Write all."""
    catalog = wanted()
    (WORDS / "words.pot").write_text(text_of(catalog), "utf-8")
    for path in sorted(WORDS.glob("*.po")):
        known = read_po(io.StringIO(path.read_text("utf-8")), path.stem)
        known.update(catalog, no_fuzzy_matching=True)
        path.write_text(text_of(known), "utf-8")


if __name__ == "__main__":
    main()
