import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pullquote.mark.cut.tidy import tidied
from pullquote.mark.guard.compare import compare
from pullquote.mark.guard.spelling import Token
from pullquote.mark.guard.tokens import tokens
from pullquote.model.show import EditingRules
from tests.mark.rewording import harmless
from tests.mark.shows import said

ALL = EditingRules()
NONE = EditingRules(fillers=False, false_starts=False)


def tidy(*lines: str, rules: EditingRules = ALL) -> str:
    return tidied(said(0, "S1", *lines), rules).text


@pytest.mark.parametrize(
    ("spoken", "published"),
    [
        ("Um, it is fine.", "It is fine."),
        ("It is, uh, fine, um.", "It is, fine."),
        ("You know, it helps.", "It helps."),
        ("It does, you know, help many.", "It does, help many."),
        ("I mean, rest first.", "Rest first."),
        ("I would, I would wait.", "I would wait."),
        ("The the disc is soft.", "The disc is soft."),
        ("It was, uh, it was late.", "It was late."),
        ("We inj- we inject it.", "We inject it."),
        ("Th- the nerve.", "The nerve."),
    ],
)
def test_fillers_and_false_starts_go(spoken: str, published: str) -> None:
    assert tidy(spoken) == published


@pytest.mark.parametrize(
    "text",
    [
        "It is very, very rare.",
        "No, no, do not stop.",
        "Do you know what it means?",
        "You know the risk.",
        "I mean it.",
        "It feels like fire.",
        "Take two, two times a day.",
        "He had had surgery.",
        "It helps. It helps a lot.",
        "Go step by step.",
        "I sort of think so.",
        "Go to the ER at once.",
        "It is 5 mm wide.",
        "Take five, I mean, six tablets.",
        "It is, is it not?",
        "You can, can you?",
        "What it is is a joint.",
        "Take it once, once a day.",
        "Wait six- sixteen weeks.",
        "You can- can't drive.",
        "It weighs what a B B gun does.",
    ],
)
def test_what_says_something_stays(text: str) -> None:
    assert tidy(text) == text


def test_each_rule_can_be_switched_off() -> None:
    text = "Um, the the disc is soft."
    assert tidy(text, rules=NONE) == text
    fillers = EditingRules(false_starts=False)
    assert tidy(text, rules=fillers) == "The the disc is soft."
    starts = EditingRules(fillers=False)
    assert tidy(text, rules=starts) == "Um, the disc is soft."


def test_a_turn_of_nothing_else_stays_as_it_is() -> None:
    assert tidy("Um.") == "Um."


def test_sentences_keep_where_they_start() -> None:
    turn = tidied(said(0, "S1", "Um.", "It is, uh.", "Fine."), ALL)
    assert turn.text == "It is. Fine."
    assert turn.sentence_starts == (0, 2)


@given(st.integers(0, 10_000))
def test_what_is_taken_out_never_changes_the_meaning(seed: int) -> None:
    rng = random.Random(seed)
    _, _, sentence = next(harmless(1, seed))
    words = sentence.split()
    at = rng.randrange(len(words))
    noisy = [*words[:at], rng.choice(("um,", "uh,", words[at])), *words[at:]]
    turn = tidied(said(0, "S1", " ".join(noisy)), ALL)
    before, after = _tokens(noisy), _tokens(turn.text.split())
    assert compare(before, after, frozenset()) == ()


def _tokens(words: list[str]) -> list[Token]:
    return tokens((word, 1, True) for word in words)
