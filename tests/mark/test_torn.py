"""Words that a clip's edges tear off, and those under another's name; all invented."""

from __future__ import annotations

import pytest

from pullquote.mark.cut.torn import torn_off
from pullquote.mark.guard.answers import changes
from pullquote.model.answer import Clip
from pullquote.model.transcript import TimedTurn
from tests import factory

QUILL, OSTER, HOST = "Dana Quillmark", "Benedek Osterfeld", "Maren Tolliver"
NEVER = (factory.timed(0, QUILL, "You should never take this with wine."),)


def _found(
    turns: tuple[TimedTurn, ...], clip: tuple[int, int], body: str, *speakers: str
) -> list[str]:
    answer = factory.answer(
        "a",
        answered=Clip(start=clip[0], end=clip[1]),
        body=body,
        speakers=speakers or ("quill",),
    )
    return [finding.tick for finding in changes(answer, turns, factory.show())]


@pytest.mark.parametrize(
    ("sentences", "clip", "body", "kind"),
    [
        (["You should never take this."], (900, 1500), "Take this.", "negation"),
        (["I would not", "take this."], (900, 1500), "Take this.", "negation"),
        (["It is safe unless you drink."], (0, 900), "It is safe.", "negation"),
        (["It is safe if you rest."], (0, 900), "It is safe.", "condition"),
        (["I think that it is safe."], (900, 1800), "It is safe.", "doubt"),
    ],
)
def test_what_an_edge_tears_off_a_sentence_is_named(
    sentences: list[str], clip: tuple[int, int], body: str, kind: str
) -> None:
    (tick,) = _found((factory.timed(0, QUILL, *sentences),), clip, body)
    assert kind in tick.partition(":")[0].split(", ")


def test_so_is_what_was_said_before_somebody_fell_into_the_words() -> None:
    turns = (
        factory.timed(0, QUILL, "You should never"),
        factory.timed(950, HOST, "Never?"),
        factory.timed(1300, QUILL, "take this with wine."),
    )
    (tick,) = _found(turns, (1300, 2500), "Take this with wine.")
    assert tick.startswith("may or must, negation: You should never")


@pytest.mark.parametrize(
    "lead", ["Well, as I said before,", "So, um,", "You should rest it.", "Right. So"]
)
def test_what_says_nothing_may_stay_outside(lead: str) -> None:
    turns = (factory.timed(0, QUILL, f"{lead} take this with wine."),)
    first = len(lead.split()) * 300
    if lead.endswith("."):
        turns = (factory.timed(0, QUILL, lead, "Take this with wine."),)
    assert _found(turns, (first, 9000), "Take this with wine.") == []


def test_words_that_the_clip_does_not_play_are_named() -> None:
    (tick,) = _found(NEVER, (900, 2100), "You should never take this with wine.")
    assert tick.startswith("outside the clip: You should never")
    turns = (factory.timed(0, QUILL, "It helps.", "Not with wine."),)
    (tick,) = _found(turns, (850, 2000), "Not with wine.")  # a sixth of it is played
    assert tick.startswith("outside the clip: Not with wine.")
    assert _found(turns, (700, 2000), "Not with wine.") == []


def test_without_full_stops_a_line_or_a_pause_is_an_edge() -> None:
    lines = [" ".join([f"word{n}"] * 12) for n in range(10)]
    turns = (factory.timed(0, QUILL, *lines),)
    line = 12 * 300
    assert torn_off(turns, Clip(start=4 * line, end=6 * line)) == ((), ())
    before, after = torn_off(turns, Clip(start=4 * line + 600, end=6 * line - 300))
    assert [len(before), len(after)] == [2, 1]


def test_nothing_is_torn_where_nobody_speaks() -> None:
    assert torn_off(NEVER, Clip(start=9000, end=9500)) == ((), ())


def test_one_word_under_another_name_is_named() -> None:
    turns = (
        factory.timed(0, QUILL, "Should you operate?"),
        factory.timed(2000, OSTER, "Never."),
        factory.timed(4000, QUILL, "Always."),
    )
    exchanged = f"**{QUILL}:** Should you operate? Never.\n\n**{OSTER}:** Always."
    assert _found(turns, (0, 9000), exchanged, "quill", "oster") == [
        f"speaker: {OSTER}: Never. -> {QUILL}: Never.",
        f"speaker: {QUILL}: Always. -> {OSTER}: Always.",
    ]
    right = f"**{QUILL}:** Should you operate?\n\n**{OSTER}:** Never.\n\n**{QUILL}:** Always."
    assert _found(turns, (0, 9000), right, "quill", "oster") == []


def test_a_word_that_both_said_is_nobodys() -> None:
    turns = (
        factory.timed(0, HOST, "Never."),
        factory.timed(2000, QUILL, "Never.", "Rest it."),
    )
    found = _found(turns, (0, 9000), "Never. Rest it.")
    assert not [tick for tick in found if tick.startswith("speaker")]
