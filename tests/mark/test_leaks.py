from pullquote.mark.leaks import leaks, remembered, telling
from pullquote.model.answer import Clip, Redaction
from tests.mark.shows import said

TURNS = (
    said(0, "Clare Fenn", "It is from Zebulon Quandary who lives in Maple, Ohio."),
)
REDACTION = Redaction(clip=Clip(start=250, end=1000), replacement="a viewer")
WORDS = telling(TURNS, (REDACTION,), frozenset())
MEMORY = remembered("salt", WORDS, None)


def test_only_telling_words_are_remembered_and_none_as_it_is() -> None:
    assert {
        ("zebulon",),
        ("quandary",),
        ("maple",),
        ("zebulon", "quandary"),
        ("maple", "ohio"),
    } == WORDS
    assert not any("zebulon" in digest for digest in MEMORY.digests)


def test_a_private_word_is_found_with_its_line() -> None:
    text = (
        "# Notes\n\nWe heard who lives in a maple house in Ohio.\nQuandary&#39;s back."
    )
    assert list(leaks(text, MEMORY)) == [4]
    assert list(leaks("From Maple, Ohio.", MEMORY)) == [1]
    assert list(leaks("zebulon-asks.md", MEMORY, name=True)) == [1]
    assert list(leaks("she-asks.md", MEMORY, name=True)) == []


def test_what_is_said_elsewhere_too_tells_nothing_alone() -> None:
    turns = (*TURNS, said(3000, "Clare Fenn", "A Quandary it is."))
    words = telling(turns, (REDACTION,), frozenset({"maple"}))
    assert words == {("zebulon",), ("zebulon", "quandary")}


def test_what_was_remembered_stays() -> None:
    more = remembered("salt", {("new",)}, MEMORY)
    assert more.digests > MEMORY.digests
    assert remembered("other", {("new",)}, MEMORY).digests.isdisjoint(MEMORY.digests)
