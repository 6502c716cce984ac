from __future__ import annotations

import io
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from pullquote.errors import ContentError
from pullquote.formats.words_po import load_words, packaged_templates, wordings
from tools.make_words import WORDS, text_of, wanted

NOWHERE = Path("nowhere")
SHIPPED = ("de", "es", "fr")
ARABIC = (
    '"Plural-Forms: nplurals=6; plural=n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : '
    'n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5;\\n"'
)


def own(folder: Path, name: str, *rows: str) -> Path:
    """Write a show's catalogue; return its templates' folder."""
    (folder / "words").mkdir(parents=True, exist_ok=True)
    (folder / "words" / name).write_text("\n".join(rows), "utf-8")
    return folder


def test_every_wording_of_templates_and_code_is_in_the_list_for_translators() -> None:
    listed = (WORDS / "words.pot").read_text("utf-8")
    assert listed == text_of(wanted()), "run python -m tools.make_words"


@pytest.mark.parametrize("language", SHIPPED)
def test_what_is_shipped_is_complete(language: str) -> None:
    path = packaged_templates() / "words" / f"{language}.po"
    known = read_po(io.StringIO(path.read_text("utf-8")), language)
    assert [m.id for m in known if m.id and (m.fuzzy or not m.string)] == []
    every = set(wordings(WORDS / "words.pot"))
    assert set(wordings(path)) == every
    load_words(NOWHERE, language)  # facts, plurals and markup are as in the English


def test_all_that_is_shipped_is_looked_at() -> None:
    assert sorted(path.stem for path in WORDS.glob("*.po")) == [*SHIPPED]


@pytest.mark.parametrize(
    ("language", "said", "text"),
    [
        ("de", "de", "Alle Antworten"),
        ("de-AT", "de-AT", "Alle Antworten"),
        ("fr_CA", "fr_CA", "Toutes les réponses"),
        ("en-GB", "en-GB", "All answers"),
        ("it", "en", "All answers"),
        ("not a language", "en", "All answers"),
    ],
)
def test_a_language_is_said_in_it_or_in_english(
    language: str, said: str, text: str
) -> None:
    words = load_words(NOWHERE, language)
    assert (words.language, words.gettext("All answers")) == (said, text)


def test_a_shows_own_wording_goes_first_and_the_rest_stays(tmp_path: Path) -> None:
    rows = ('msgid "All answers"', 'msgstr "Was gefragt wurde"')
    words = load_words(own(tmp_path, "de.po", *rows), "de-CH")
    assert words.gettext("All answers") == "Was gefragt wurde"
    assert words.gettext("Home page") == "Startseite"
    other = load_words(own(tmp_path, "de.po", *rows, "#"), "de-CH")
    assert repr(other) != repr(words)
    english = ('msgid "All answers"', 'msgstr "Every answer"')
    words = load_words(own(tmp_path, "en.po", *english), "en")
    assert words.gettext("All answers") == "Every answer"
    assert load_words(tmp_path, "it").gettext("All answers") == "Every answer"


def test_plurals_are_those_of_the_language(tmp_path: Path) -> None:
    forms = [f'msgstr[{n}] "{n}: %(num)s"' for n in range(6)]
    header = ('msgid ""', 'msgstr ""', ARABIC)
    rows = (*header, 'msgid "1 answer"', 'msgid_plural "%(num)s answers"', *forms)
    words = load_words(own(tmp_path, "ar.po", *rows), "ar")
    chosen = [
        words.catalogue.ngettext("1 answer", "%(num)s answers", n)[0]
        for n in (0, 1, 2, 3, 11, 100)
    ]
    assert chosen == list("012345")


HEAD = 'msgid "Hear it at %(time)s"'


@pytest.mark.parametrize(
    ("rows", "problem", "line"),
    [
        (('msgid "a"', "msgstr b"), "is no gettext catalogue", 2),
        (('msgid "a"', 'mgstr "b"'), "is no gettext catalogue", 2),
        (("", HEAD, 'msgstr "Hören ab"'), "lacks %(time)s", 2),
        ((HEAD, 'msgstr "Ab %(zeit)s"'), "has %(zeit)s, which the English has not", 1),
        ((HEAD, 'msgstr "Ab %(time)s, 5 %"'), "has a % alone", 1),
        (('msgid "a"', 'msgstr "<b>"'), "has one of < >", 1),
        (('msgid "a"', 'msgstr "x\\"y"'), "has one of < >", 1),
        (
            ('msgid "a"', 'msgid_plural "%(num)s b"', 'msgstr[0] "c"'),
            "has not the 2 plural forms",
            1,
        ),
        (
            ('msgid ""', 'msgstr ""', '"Plural-Forms: nplurals=2; plural=n$;\\n"'),
            "its Plural-Forms are no rule",
            1,
        ),
    ],
)
def test_what_is_wrong_is_one_line(
    tmp_path: Path, rows: tuple[str, ...], problem: str, line: int
) -> None:
    folder = own(tmp_path, "de.po", *rows)
    with pytest.raises(ContentError, match=r"words/de\.po") as caught:
        load_words(folder, "de")
    assert problem in str(caught.value)
    assert caught.value.line == line


def test_a_file_that_is_no_text_is_one_line(tmp_path: Path) -> None:
    own(tmp_path, "de.po")
    (tmp_path / "words/de.po").write_bytes(b'msgid "a"\nmsgstr "\xfc"\n')
    with pytest.raises(ContentError, match="is not UTF-8 text"):
        load_words(tmp_path, "de")
