"""What a reader sees of Markdown: the page and the guard read the same words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pullquote.formats.markdown import shown_lines
from pullquote.mark.cut.published import published_words
from pullquote.render.views.prose import text_of, to_html

_PIECES = [
    "never take it\n",
    "\n\n",
    "**",
    "*",
    "_",
    "`",
    "```",
    "[",
    "](",
    "](x)",
    "][",
    "]: x",
    ": ",
    ")",
    "<",
    ">",
    "> ",
    "- ",
    "1. ",
    "3. ",
    "# ",
    " 'not'",
    '"not"',
    "\\",
    "&amp;",
    "&#110;",
    "&#8238;",
    "    ",
    " ",
    " ",
    " - ",
    "---\n",
    "!",
    "~~",
    "\u202e",
    "two*3",
]
_PIECES += ["|", "| a |\n|---|\n| b | c |\n", "safe"]


def _on_the_page(body: str) -> list[str]:
    return text_of(body, to_html(body)).split()


@given(st.lists(st.sampled_from(_PIECES), max_size=14).map("".join))
def test_the_page_and_the_guard_read_the_same_words(body: str) -> None:
    compared = [word for word, _, _ in published_words(body)]
    labels = [f"{line.label}:" for line in shown_lines(body) if line.label]
    on_page = " ".join(_on_the_page(body))
    for label in labels:
        on_page = on_page.replace(label, "", 1)
    assert "".join(compared) == "".join(on_page.split())


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        ("Surgery is\n[never]: needed", "Surgery is [never]: needed"),
        ("[Take it](not ever).", "[Take it](not ever)."),
        ("One [tablet][or ten].", "One [tablet][or ten]."),
        ("It is\n```not\nsafe\n```", "It is safe"),
        ("| a |\n|---|\n| b | not |", "a b"),
        ("2*5 mg", "2*5 mg"),
        ("At most\n2. tablets", "At most 2. tablets"),
        ("At most\n\n2. tablets", "At most 2. tablets"),
        ("1. Ice\n2. Heat\n3) Rest", "Ice Heat 3) Rest"),
    ],
)
def test_signs_that_are_none_are_words(body: str, shown: str) -> None:
    assert " ".join(line.text for line in shown_lines(body)) == shown
    assert " ".join(_on_the_page(body)) == shown


def test_a_line_keeps_its_number_and_its_name() -> None:
    body = "# Rest\n\n**Dana\\_Q:** It *is*\nnot [safe](x).\n\n- **Not bold**: then\n\n    code\n"
    assert [(line.number, line.label, line.text) for line in shown_lines(body)] == [
        (1, "", "Rest"),
        (3, "Dana_Q", " It is"),
        (4, "", "not safe."),
        (6, "", "Not bold: then"),
        (8, "", "code"),
    ]


def test_a_link_tells_nothing_that_is_not_read() -> None:
    assert "children" not in to_html('It is [safe](https://x.example "for children").')


def test_letters_are_shown_in_their_order() -> None:
    for mark in ("\u202e", "&#8238;", "&#x202E;"):
        body = f"It is {mark}ton\u202c safe."
        assert "\u202e" not in to_html(body)
        assert "\u202e" not in shown_lines(body)[0].text
