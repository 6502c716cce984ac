"""``words/<language>.po``: gettext catalogues of what pages and feeds say.

Pullquote's own lie in its ``templates/words/``; a show's, in the same place in its own
folder, go first and hold as many wordings as they like.
"""

from __future__ import annotations

import gettext
import hashlib
import io
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import pullquote
from pullquote.errors import ContentError
from pullquote.formats.disk import read_text
from pullquote.model.words import ENGLISH, Words

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog, Message

_FACT = re.compile(r"%\(\w+\)s|\{\w+\}")
_LINE = re.compile(
    r'(?:#.*|(?:msg(?:id|id_plural|ctxt|str|str\[\d\])\s+)?"(?:[^"\\]|\\.)*")?'
)
_LONGEST = 500_000
"""Characters; all wordings are a tenth of it."""
_TOO_MANY = re.compile(r"nplurals\s*=\s*(?:0\b|[7-9]|\d\d)")
_MARKUP = re.compile(r'[<>"]')


def packaged_templates() -> Path:
    """Return Pullquote's own templates: in the wheel, else in the repository."""
    package = Path(pullquote.__file__).parent
    inside = package / "templates"
    return inside if inside.is_dir() else package.parent / "templates"


def load_words(own: Path, language: str) -> Words:
    """Return the wordings of a language; ``own`` is the show's templates' folder.

    ``de-AT`` is looked for as such, then as ``de``. A language without any catalogue
    has English wordings. Raises ContentError where a catalogue is unsound.
    """
    files = [*catalogues(own, language)]
    if not files and language.partition("-")[0] != "en":
        language = ENGLISH.language
        files = [*catalogues(own, language)]
    if not files:
        return ENGLISH if language == "en" else Words(language, ENGLISH.catalogue)
    texts = [read_text(path) for path in files]
    first, *others = (
        gettext.GNUTranslations(io.BytesIO(_compiled(path, text)))
        for path, text in zip(files, texts, strict=True)
    )
    for other in others:
        first.add_fallback(other)
    digest = hashlib.sha256("\0".join(texts).encode()).hexdigest()
    return Words(language, first, digest)


def catalogues(own: Path, language: str) -> Iterator[Path]:
    """Yield a language's catalogues, the first the one that goes first."""
    folders = {own.absolute(): own, packaged_templates(): packaged_templates()}
    parts = language.lower().replace("_", "-").split("-")
    for count in range(len(parts), 0, -1):
        wanted = "-".join(parts[:count])
        for folder in folders.values():
            for path in sorted((folder / "words").glob("*.po")):
                if path.stem.lower().replace("_", "-") == wanted:
                    yield path


def wordings(path: Path) -> dict[tuple[str, str], Message]:
    """Return a catalogue's messages by context and English wording."""
    found = (message for message in _read(path, read_text(path)) if message.id)
    return {
        (message.context or "", _forms(message.id)[0]): message for message in found
    }


@lru_cache(maxsize=8)
def _compiled(path: Path, text: str) -> bytes:
    """Return a catalogue as gettext reads it. Raises ContentError."""
    from babel.messages.mofile import write_mo

    catalog = _read(path, text)
    for message in catalog:
        if message.id and any(_forms(message.string)) and not message.fuzzy:
            _check(path, catalog, message)
    made = io.BytesIO()
    catalog.charset = "utf-8"  # as it was read, whatever its header says
    try:
        write_mo(made, catalog)
        gettext.GNUTranslations(io.BytesIO(made.getvalue()))
    except ValueError as error:
        problem = f"its Plural-Forms are no rule ({error})"
        raise ContentError(path, problem, "take that line out", line=1) from None
    return made.getvalue()


def _read(path: Path, text: str) -> Catalog:
    """Return a catalogue; Babel passes over much that nobody can have meant."""
    from babel.core import UnknownLocaleError
    from babel.messages.pofile import PoFileError, read_po

    if len(text) > _LONGEST:
        problem = f"is longer than {_LONGEST:,} characters"
        raise ContentError(path, problem, "take out what no page says", line=1)
    lines = enumerate(text.split("\n"), 1)
    wrong = [number for number, line in lines if not _LINE.fullmatch(line.strip())]
    what, line = "a line of no known form", wrong[0] if wrong else 1
    if not wrong and _TOO_MANY.search(text):
        what = "no language has so many plural forms"
    elif not wrong:
        locale = path.stem.replace("-", "_") if path.suffix == ".po" else None
        try:
            return read_po(io.StringIO(text), locale, abort_invalid=True)
        except PoFileError as error:
            what, line = str(error).rpartition(" on ")[0], error.lineno + 1
        except UnknownLocaleError:
            remedy = "name it after a language, such as fr.po"
            raise ContentError(path, "its name is no language", remedy) from None
        except (ValueError, TypeError, LookupError) as error:  # its header
            what = str(error)
    problem = f"is no gettext catalogue ({what})"
    remedy = (
        'write msgid "English" and below it msgstr "…", or use a program such as Poedit'
    )
    raise ContentError(path, problem, remedy, line=line)


def _check(path: Path, catalog: Catalog, message: Message) -> None:
    """Refuse what would be printed wrongly, or lose a fact such as a name."""
    english, said = _forms(message.id), _forms(message.string)
    problem = remedy = ""
    facts = set(_FACT.findall(" ".join(english)))
    for text in said:
        mine = set(_FACT.findall(text))
        if "%" in _FACT.sub("", text).replace("%%", ""):
            problem, remedy = "has a % alone", "write %% for a percent sign"
        elif unknown := mine - facts:
            problem = f"has {min(unknown)}, which the English has not"
            remedy = "use the names of the English"
        elif lost := facts - mine - ({"%(num)s"} if len(english) > 1 else set()):
            problem = f"lacks {min(lost)}"
            remedy = "put it where the fact is to stand"
        elif set(_MARKUP.findall(text)) - set(_MARKUP.findall(english[0])):
            problem = 'has one of < > " where the English has none'
            remedy = "write text alone, with quotation marks such as “ ”"
    if len(english) > 1 and (len(said) != catalog.num_plurals or not all(said)):
        problem = f"has not the {catalog.num_plurals} plural forms of the language"
        remedy = f"write msgstr[0] to msgstr[{catalog.num_plurals - 1}]"
    if problem:
        what = f"{said[0]!r} {problem}"
        raise ContentError(path, what, remedy, line=message.lineno)


def _forms(text: str | Sequence[str] | None) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text or ())
