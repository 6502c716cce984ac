"""Titles and descriptions come from outside: make them safe text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from html.parser import HTMLParser

from pullquote.model.episode import Chapter
from pullquote.model.show import Person

_LONGEST_TITLE = 1_000
_LONGEST_TEXT = 100_000
"""Characters; YouTube takes 5,000 of a description, a long page of notes has 20,000."""
_MOST_CHAPTERS = 1_000

_DATE = re.compile(r"(?<!\d)(\d{4})[-_. ]?(\d{2})[-_. ]?(\d{2})(?!\d)")
_DOTTED = re.compile(r"(?<![\d.])(\d{1,2})\. ?(\d{1,2})\. ?(\d{4})(?!\.?\d)")
_MONTHS = (
    r"jan(?:uary|uar|\.)?|janvier|enero|j\u00e4nner",
    r"feb(?:ruary|ruar|rero|\.)?|f\u00e9vrier",
    r"mar(?:ch|s|zo|\.)?|m\u00e4rz",
    r"apr(?:il|\.)?|avril|abril",
    r"may|mai|mayo",
    r"jun(?:e|i|io|\.)?|juin",
    r"jul(?:y|i|io|\.)?|juillet",
    r"aug(?:ust|\.)?|ao\u00fbt|agosto",
    r"sept?(?:ember|iembre|embre|\.)?",
    r"oct(?:ober|obre|ubre|\.)?|okt(?:ober|\.)?",
    r"nov(?:ember|embre|iembre|\.)?",
    r"dec(?:ember|\.)?|dez(?:ember|\.)?|d\u00e9cembre|diciembre",
)
"""Of the languages that Pullquote speaks, January first."""
_MONTH = "(?:{})(?![^\\W\\d_])".format("|".join(_MONTHS))
_NAMED_DATE = re.compile(
    rf"\b(?:(?P<m1>{_MONTH})\s+(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?"
    rf"|(?P<d2>\d{{1,2}})(?:st|nd|rd|th|er)?\.?\s+(?:(?:of|de)\s+)?(?P<m2>{_MONTH}))"
    r",?\s+(?:de\s+)?(?P<year>(?:19|20)\d\d)\b",
    re.IGNORECASE,
)
_HELD = re.compile(
    r"\b(?:recorded|held|live|broadcast|aired|streamed|took place)\b([^.\n]{0,60})",
    re.IGNORECASE,
)
_CHAPTER = re.compile(
    r"^[ \t(\[*-]*(?:(\d{1,2}):)?(\d{1,3}):(\d{2})[)\]]*[ \t:.|-]*(\S.*)$", re.MULTILINE
)
_URL = re.compile(r"https?://[^\s<>\"'`\\\[\]]*[^\s<>\"'`\\\[\].,;:!?()]")
_ESCAPED = re.compile(r"([\\`*_\[\]<>&~|])")
_BACKSLASH = r"\\\1"
_LINE_START = re.compile(r"^(\s*)([#+=-]|\d+(?=[.)]))")
_TAG = re.compile(r"</?[a-z][^<>]*>", re.IGNORECASE)
_BREAKS = re.compile(r"<(p|br|div|li|tr|h\d)\b", re.IGNORECASE)
_BLOCKS = frozenset({"p", "div", "ul", "ol", "table", "blockquote", "h1", "h2", "h3"})
_LINES = frozenset({"br", "li", "tr", "h4", "h5", "h6"})
_TARGET = re.compile(r"(?:https?://|mailto:)[^\s<>]{1,2000}", re.IGNORECASE)
_ENTITY = re.compile(r"&(?=#?\w+;)")
# characters that no text holds: a link's target, what shows it, its end
_LINK = re.compile("\ufdd0([^\ufdd0-\ufdd2]+)\ufdd1([^\ufdd0-\ufdd2]*)\ufdd2")
_ITEM = re.compile(r"^\ufdd3(-|\d{1,9}\.)\ufdd4 ?")  # of a list: a dash or its number
_UNPAIRED = re.compile("\ufdd0[^\ufdd1]*\ufdd1|[\ufdd0-\ufdd4]")
_UNSEEN = frozenset({"script", "style", "title", "head"})


def clean_title(text: str) -> str:
    """Return a title as one line of text, without control characters.

    Nothing else is taken away of the first thousand characters: a title may hold any
    script, ``<`` and emoji.

    >>> clean_title(" Sprains\\n & spasms\\x00 ")
    'Sprains & spasms'
    """
    return " ".join(_printable(text[:_LONGEST_TITLE]).split())


def date_in(text: str) -> date | None:
    """Return the first whole date in a file's name or a tag.

    >>> date_in("Zoom 20210616 evening"), date_in("2021-13-45"), date_in("2021")
    (datetime.date(2021, 6, 16), None, None)
    """
    found = find_date(text)
    return found[0] if found else None


def find_date(text: str) -> tuple[date, int, int] | None:
    """Return the first whole date in figures, and where it begins and ends.

    With dots the day comes first, as wherever dates are written so.

    >>> find_date("12.03.2025 Council")
    (datetime.date(2025, 3, 12), 0, 10)
    """
    matches = [*_DATE.finditer(text), *_DOTTED.finditer(text)]
    for match in sorted(matches, key=lambda one: one.start()):
        parts = [int(part) for part in match.groups()]
        try:
            found = date(*(parts if match.re is _DATE else reversed(parts)))
        except ValueError:
            continue
        if found.year >= 1900:
            return found, match.start(), match.end()
    return None


def date_in_words(text: str) -> date | None:
    """Return the first date that a title or a sentence names in its first thousand characters.

    >>> date_in_words("Live on June 16th, 2021"), date_in_words("16 Jun. 2021: knees")
    (datetime.date(2021, 6, 16), datetime.date(2021, 6, 16))
    """
    text = text[:_LONGEST_TITLE]  # months of four languages take their time
    if (found := date_in(text)) is not None:
        return found
    named = find_date_in_words(text)
    return named[0] if named else None


def find_date_in_words(text: str) -> tuple[date, int, int] | None:
    """Return the first date with a month's name, and where it begins and ends."""
    for match in _NAMED_DATE.finditer(text):
        number = _month(match["m1"] or match["m2"])
        try:
            found = date(int(match["year"]), number, int(match["d1"] or match["d2"]))
        except ValueError:
            continue
        return found, match.start(), match.end()
    return None


def _month(name: str) -> int:
    each = (re.fullmatch(one, name, re.IGNORECASE) for one in _MONTHS)
    return next(number for number, one in enumerate(each, 1) if one)


def date_held_in(description: str) -> date | None:
    """Return the day on which a description says that it was recorded.

    >>> date_held_in("Recorded live on June 16, 2021. Sign up by July 1, 2021!")
    datetime.date(2021, 6, 16)
    """
    for match in _HELD.finditer(description):
        if (found := date_in_words(match[1])) is not None:
            return found
    return None


def chapters_in(description: str) -> tuple[Chapter, ...]:
    """Return the chapters that a description lists, one a line.

    As players read them: at least three, from 0:00 on, in order.
    """
    found = []
    for match in _CHAPTER.finditer(plain_text(description)):
        hours, minutes, seconds = (int(part or 0) for part in match.group(1, 2, 3))
        start = ((hours * 60 + minutes) * 60 + seconds) * 1000
        found.append(Chapter(start=start, title=clean_title(match[4])))
    starts = [chapter.start for chapter in found]
    good = (
        3 <= len(found) <= _MOST_CHAPTERS
        and starts[0] == 0
        and starts == sorted(set(starts))
    )
    return tuple(found) if good else ()


def people_in(text: str, people: Iterable[Person]) -> tuple[str, ...]:
    """Return the ids of the people whose name or alias stands in a text.

    They are whom to expect, hosts first; it says of nobody what they said.
    """
    told = " ".join(text.casefold().split())
    found = []
    for person in people:
        places = [
            match.start()
            for name in person.names
            if (match := re.search(rf"(?<!\w){re.escape(name.casefold())}(?!\w)", told))
        ]
        if places:
            found.append((person.role != "host", min(places), person.id))
    return tuple(person_id for _, _, person_id in sorted(found))


def notes_markdown(description: str) -> str:
    """Return a description as Markdown that shows its text, links and lists, nothing more.

    HTML becomes plain text, its lists and its links to the web or a mail address stay; so do
    http(s) addresses; all else that Markdown would read is escaped. Ends in a
    newline unless it is empty.

    >>> notes_markdown('<p>See <a href="https://x.example/a?b=1&amp;c">soil</a>!')
    'See [soil](<https://x.example/a?b=1&c>)!\\n'
    """
    text = _text_of(description, _Linked())
    lines = [" ".join(line.split()) for line in text.split("\n")]
    paragraphs = "\n".join(lines).strip().split("\n\n")
    kept = [p.strip("\n").split("\n") for p in paragraphs if p.strip("\n")]
    if not kept:
        return ""
    return "\n\n".join(map(_paragraph, kept)) + "\n"


@lru_cache(maxsize=16)  # one description is asked for its text three times
def plain_text(description: str) -> str:
    """Return a description's text: no HTML, no control characters, no book."""
    return _text_of(description, _Text())


def _text_of(description: str, reader: _Text) -> str:
    text = description = description[:_LONGEST_TEXT]
    if not _TAG.search(description):
        return _printable(text)
    if not _BREAKS.search(description):  # text with a tag in it, no page
        text = re.sub(r"\r\n?|\n", "<br>", description)
    reader.feed(text)
    reader.close()
    return "".join(reader.parts)


def _printable(text: str) -> str:
    """Drop control and unassigned characters; every line end becomes ``\\n``."""
    text = re.sub(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]", "\n", text)
    text = text.replace("\t", " ")
    return "".join(
        c
        for c in text
        if c == "\n" or unicodedata.category(c) not in {"Cc", "Cs", "Cn"}
    )


def _paragraph(lines: list[str]) -> str:
    """Return Markdown of lines that stay lines; those of a list are its items."""
    parts: list[str] = []
    for line in lines:
        item = _ITEM.match(line)
        if parts:
            parts.append("\n" if item else "\\\n")
        parts.append(f"{item[1]} {_line(line[item.end() :])}" if item else _line(line))
    return "".join(parts)


def _line(line: str) -> str:
    """Return a line of Markdown of a text in which ``_Linked`` marked links."""
    parts: list[str] = []
    at = 0
    for link in _LINK.finditer(line):
        before = _escaped(line[at : link.start()])
        if before.endswith("!"):  # "![" would begin a picture
            before = f"{before[:-1]}\\!"
        parts += [before, _link(link[1], link[2])]
        at = link.end()
    return _at_start("".join((*parts, _escaped(line[at:]))))


def _link(target: str, shown: str) -> str:
    text = shown.strip()
    if not text or text == target:
        return _escaped(text)
    written = _ENTITY.sub(r"\\&", target.replace("\\", "%5C"))
    space = " " if shown[:1] == " " else "", " " if shown[-1:] == " " else ""
    return f"{space[0]}[{_ESCAPED.sub(_BACKSLASH, text)}](<{written}>){space[1]}"


def _escaped(text: str) -> str:
    line = _UNPAIRED.sub("", text)
    parts: list[str] = []
    at = 0
    for match in _URL.finditer(line):
        before = _ESCAPED.sub(_BACKSLASH, line[at : match.start()])
        parts += [before, f"<{match.group()}>"]
        at = match.end()
    return "".join((*parts, _ESCAPED.sub(_BACKSLASH, line[at:])))


def _at_start(whole: str) -> str:
    """Return a line without what begins a list, a heading or a rule in Markdown."""
    start = _LINE_START.match(whole)
    if start is None:
        return whole
    first = start.group(2)
    cut = start.end()
    if first.isdigit():
        return f"{whole[:cut]}\\{whole[cut:]}"
    return f"{start.group(1)}\\{first}{whole[cut:]}"


class _Text(HTMLParser):
    """The text of HTML, with a line end for each block."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._unseen += tag in _UNSEEN
        self._break(tag)

    def handle_endtag(self, tag: str) -> None:
        self._unseen -= tag in _UNSEEN and self._unseen > 0
        if tag in _BLOCKS:
            self._break(tag)

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            text = re.sub(r"\s+", " ", data) if data.strip() else " "
            self.parts.append(_printable(text))

    def _break(self, tag: str) -> None:
        if tag in _BLOCKS:
            self.parts.append("\n\n")
        elif tag in _LINES:
            self.parts.append("\n")


class _Linked(_Text):
    """The same, with links' targets and lists' items between characters of no text."""

    def __init__(self) -> None:
        super().__init__()
        self._lists: list[int | None] = []
        """For each list that is open its last number; None where it has none."""
        self._item = ""
        """What is to stand before the next text."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        super().handle_starttag(tag, attrs)
        if tag in ("ul", "ol"):
            self._lists.append(0 if tag == "ol" else None)
        elif tag == "li":
            self._item = f"\ufdd3{self._number()}\ufdd4"
        target = (dict(attrs).get("href") or "").strip() if tag == "a" else ""
        if _TARGET.fullmatch(target) and _printable(target) == target:
            self._begin_item()
            self.parts.append(f"\ufdd0{target}\ufdd1")

    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            self.parts.append("\ufdd2")
        elif tag in ("ul", "ol"):
            self._item = ""
            self._lists = self._lists[:-1]
        super().handle_endtag(tag)

    def handle_data(self, data: str) -> None:
        if not self._unseen and data.strip():
            self._begin_item()
        super().handle_data(data)

    def _number(self) -> str:
        if not self._lists or (last := self._lists[-1]) is None:
            return "-"
        self._lists[-1] = last + 1
        return f"{last + 1}."

    def _begin_item(self) -> None:
        self.parts.append(self._item)
        self._item = ""
