from collections.abc import Sequence
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from pullquote.mark.guard.edits import counted, edits
from pullquote.model.align import exact_form
from pullquote.model.answer import Clip
from pullquote.model.edit import Edit
from tests.mark.shows import SHOW, drafted, said

TURNS = (
    said(0, "Clare Fenn", "Is heat fine?"),
    said(
        2000,
        "Tiffany Lin",
        "Um, I would, I would use it for fifteen minutes at a time.",
        "And do not fall asleep on it.",
    ),
)
WHOLE = Clip(start=2000, end=9000)
DRAFT = drafted(Clip(start=0, end=300), WHOLE, turns=TURNS)


def apply(said: Sequence[str], made: Sequence[Edit]) -> list[str]:
    """Return the published words from the spoken ones."""
    text: list[str] = []
    at = 0
    for edit in made:
        first, last = edit.words
        text += [*said[at:first], *edit.published.split()]
        at = last
    return [*text, *said[at:]]


def kinds(body: str) -> list[tuple[str, str, str, tuple[str, ...]]]:
    answer = replace(DRAFT, body=body)
    found = edits(answer, TURNS, SHOW)
    return [(e.kind, e.said, e.published, e.meaning) for e in found]


def test_a_draft_is_what_was_said_without_fillers_and_false_starts() -> None:
    answer = DRAFT
    assert answer.body.startswith("I would use it for fifteen minutes")
    found = edits(answer, TURNS, SHOW)
    assert [e.said for e in found] == ["Um, I would,"]
    assert not any(e.meaning for e in found)
    plain = replace(
        SHOW, editing=replace(SHOW.editing, fillers=False, false_starts=False)
    )
    verbatim = replace(
        answer,
        body="Um, I would, I would use it for fifteen minutes at a time.\n"
        "And do not fall asleep on it.",
    )
    assert edits(verbatim, TURNS, plain) == ()


def test_each_edit_has_its_kind_and_what_it_means() -> None:
    assert kinds(
        "Um, I would, I would use it for fifty minutes at a time.\n"
        "And fall asleep on it."
    ) == [
        ("reworded", "fifteen", "fifty", ("number",)),
        ("left out", "do not", "", ("negation",)),
    ]
    assert kinds(
        "Um, I would, I would use it for the fifteen minutes at a time [once].\n"
        "And do not fall sleeping on it."
    ) == [
        ("grammar", "", "the", ()),
        ("put in", "", "[once].", ("added",)),
        ("reworded", "asleep", "sleeping", ("wording",)),
    ]


def test_a_point_between_two_digits_is_a_change() -> None:
    turns = (said(2000, "Tiffany Lin", "Take 1.5 grams, not more."),)
    answer = replace(DRAFT, answered=WHOLE, body="Take 15 grams, not more.")
    (edit,) = edits(answer, turns, SHOW)
    assert (edit.said, edit.published, edit.meaning) == ("1.5", "15", ("dose",))


def test_a_lone_dash_is_no_edit_and_a_lost_apostrophe_is_one() -> None:
    turns = (said(2000, "Tiffany Lin", "We inj- inject it when we're sure."),)
    answer = replace(DRAFT, answered=WHOLE, body="We inject it \u2014 when were sure")
    assert [(e.kind, e.said, e.published) for e in edits(answer, turns, SHOW)] == [
        ("false start", "inj-", ""),
        ("reworded", "we're", "were"),
    ]


def test_kinds_are_counted() -> None:
    assert counted(edits(DRAFT, TURNS, SHOW)).total() == 1
    nobody = replace(DRAFT, answered=Clip(start=90_000, end=91_000))
    assert edits(nobody, TURNS, SHOW) == ()


WORDS = st.lists(
    st.sampled_from(
        ["um", "heat", "is", "not", "five", "left", "the", "1.5", "15", "\u2014"]
    ),
    min_size=1,
    max_size=25,
)


@given(WORDS, WORDS)
def test_spoken_words_and_edits_give_what_is_published(
    spoken: list[str], shown: list[str]
) -> None:
    turns = (said(2000, "Tiffany Lin", " ".join(spoken)),)
    answer = replace(DRAFT, answered=WHOLE, body=" ".join(shown))
    made = edits(answer, turns, SHOW)
    given_back = filter(None, map(exact_form, apply(spoken, made)))
    assert [*given_back] == [*filter(None, map(exact_form, shown))]
