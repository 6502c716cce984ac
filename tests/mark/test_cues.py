import sys
from pathlib import Path

import pytest

from pullquote.mark.suggest import cues, frames
from pullquote.mark.suggest.phrases import Book, Phrases

DATA = Path(__file__).parents[1] / "data"


@pytest.mark.parametrize(
    "text",
    [
        "Is heat fine?",
        "What other test is there.",
        "I would like to know how long it is safe.",
        "A viewer wants to know whether to buy it.",
        "She was wondering about ice.",
        "Tell us about fusion.",
        "Please explain how it works.",
        "So, can you rest too much",
        "He asks whether ice is better.",
        "My question is about ice.",
        "I also have a question here about which mattress is best.",
        "Two toes are numb, and he asks, is that serious.",
        "A viewer has asked us to explain what the test is for.",
    ],
)
def test_a_question_is_known_without_its_mark(text: str) -> None:
    assert cues.asks(text)


@pytest.mark.parametrize(
    "text",
    [
        "What a helpful hour.",
        "Keep moving, within reason.",
        "It is a very good answer.",
        "My doctor gave me ibuprofen.",
    ],
)
def test_a_statement_does_not_ask(text: str) -> None:
    assert not cues.asks(text)


@pytest.mark.parametrize(
    ("text", "declined"),
    [
        ("We are not able to comment on products.", True),
        ("That is not something that our guests can answer on the air.", True),
        ("We will leave that one unanswered tonight.", True),
        ("So we will move on.", True),
        ("Keep moving.", False),
    ],
)
def test_a_refusal_is_heard(text: str, declined: bool) -> None:
    assert cues.declines(text) is declined


def test_other_signs_are_heard() -> None:
    assert cues.hands_over("And Doctor Hale?")
    assert cues.hands_over("How do you see it?")
    assert not cues.hands_over("Is heat fine?")
    assert cues.closes("Thank you both.")
    assert cues.presents("The next question is from Ohio.")
    assert not cues.presents("I have a pacemaker.")
    assert cues.own_story("I have a pacemaker.")
    assert cues.of_viewers("A gentleman writes.")
    assert not cues.asks_outright("She asks about ice.")


def test_phrases_are_found_in_parts_as_they_are_in_one() -> None:
    """RE2 looks first, without look-around and in ASCII alone (``phrases``)."""
    texts = {
        sentence.lstrip("*-^")
        for path in (DATA / "programmes").glob("*s*.txt")
        for line in path.read_text().splitlines()[1::3]
        for sentence in line.split("|")[1:]
    }
    held = [*vars(cues).values(), *vars(frames).values()]
    phrases = [one for one in held if isinstance(one, Phrases)]
    assert len(phrases) > 30
    assert len(texts) > 3000
    for one in phrases:
        wrong = [t for t in texts if one(t) != bool(one.whole.search(t))]
        assert wrong == []


def test_half_a_surrogate_is_no_letter() -> None:
    assert cues.asks("Can you rest too much \ud800")
    assert not cues.asks("\udfff")


@pytest.mark.parametrize("has_re2", [True, False])
def test_phrases_are_found_without_re2_too(
    has_re2: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not has_re2:
        monkeypatch.setitem(sys.modules, "re2", None)
    book = Book()
    asks, greets = book.any_of(r"ask(?! not)", r"\bwonder"), book.any_of("^hello")
    assert book.found_in("Hello, they ASK caf\u00e9s.") == {asks, greets}
    assert book.found_in("\u00c9ask not, a task: I wonder") == {asks}
    assert book.found_in("He asks not; they ask not") == {asks}
    assert book.found_in("a mask, \u00e9wonder, say hello") == frozenset()


def test_phrases_that_come_after_the_first_test_are_found_too() -> None:
    book = Book()
    asks = book.any_of(r"\bshould i\b")
    assert asks("Should I?")
    thanks = book.any_of(r"\bthank you\b")
    assert thanks("Thank you. Should I?")
    assert asks("Thank you. Should I?")
