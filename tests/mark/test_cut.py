from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from pullquote.errors import ContentError, UsageError
from pullquote.formats.transcript_md import save_transcript
from pullquote.mark.private.redact import redact
from pullquote.model.answer import Clip, Redaction
from pullquote.model.show import EditingRules
from pullquote.model.transcript import (
    Transcript,
    Turn,
    Word,
    heard_in,
    within,
)
from tests.mark.shows import HALE, SHOW, TURNS, drafted, said

ASKED = Clip(start=650, end=1050)
VERBATIM = replace(SHOW, editing=EditingRules(fillers=False, false_starts=False))


def test_the_draft_holds_what_was_said() -> None:
    answer = drafted(ASKED, Clip(start=2050, end=3900))
    assert answer.question == "Is heat fine?"
    assert answer.slug == "heat-fine"
    assert answer.speakers == ("lin",)
    assert answer.topics == ("heat",)
    assert answer.cut_by == "clare"
    assert answer.status == "draft"
    assert answer.body == "It is.\n\nTry a"


def test_both_clips_are_clamped_to_the_edges_of_words() -> None:
    answer = drafted(ASKED, Clip(start=2050, end=3850))
    assert answer.asked == Clip(start=600, end=1100)
    assert answer.answered == Clip(start=2000, end=3900)


def test_a_question_over_a_turns_edge_keeps_both_turns() -> None:
    answer = drafted(Clip(start=900, end=2150), Clip(start=10_000, end=10_100))
    assert answer.question == "Heat fine? It is."


def test_several_speakers_are_named_and_the_host_does_not_answer() -> None:
    answer = drafted(ASKED, Clip(start=2000, end=11_000))
    assert answer.speakers == ("lin", "hale")
    assert answer.body == (
        "**Tiffany Lin:** It is.\n\nTry a warm bath.\n\n"
        "**Clare Fenn:** And Doctor Hale?\n\n**Sam Hale:** I agree \\* fully."
    )


def test_a_host_who_answers_alone_is_the_speaker() -> None:
    answer = drafted(ASKED, Clip(start=9000, end=9400), slug="mine")
    assert answer.speakers == ("clare",)
    assert answer.slug == "mine"


@given(st.data())
def test_every_turn_with_a_word_in_the_clip_is_there(data: st.DataObject) -> None:
    """Also where several turns have one moment: words that were put in have no length."""
    clock, turns = 0, []
    for _ in range(data.draw(st.integers(1, 8))):
        words = []
        for _ in range(data.draw(st.integers(1, 3))):
            end = clock + data.draw(st.sampled_from([0, 0, 100]))
            words.append(Word(start=clock, end=end, text="so"))
            clock = end
        turns.append(
            replace(said(0, "S1", "So."), start=words[0].start, words=tuple(words))
        )
    start = data.draw(st.sampled_from([w.start for turn in turns for w in turn.words]))
    clip = Clip(start=start, end=start + data.draw(st.sampled_from([1, 150])))
    expected = [
        turn
        for turn in turns
        if any(clip.overlaps(w.start, max(w.end, w.start + 1)) for w in turn.words)
    ]
    assert [*heard_in(turns, clip)] == expected


@pytest.mark.parametrize(
    ("start", "problem", "remedy", "line"),
    [
        (12_000, "the voice 'S4' has no name", "write the name", 6),
        (13_000, "'Tiffany Lin' is a guess", "take the question mark away", 9),
        (14_000, "'Bob Ray' is nobody in show.toml", "[[people]]", 12),
    ],
)
def test_a_voice_without_a_confirmed_name_is_not_cut(
    tmp_path: Path, start: int, problem: str, remedy: str, line: int
) -> None:
    turns = tuple(
        Turn(start=t.start, speaker=t.speaker, guessed=t.guessed, sentences=(t.text,))
        for t in TURNS[4:]
    )
    path = tmp_path / "transcript.md"
    save_transcript(path, Transcript(episode="e", language="en", turns=turns))
    with pytest.raises(ContentError) as caught:
        drafted(ASKED, Clip(start=start, end=start + 100), path)
    assert problem in caught.value.problem
    assert remedy in caught.value.remedy
    assert caught.value.line == line


@pytest.mark.parametrize(
    ("asked", "answered", "which"),
    [
        (Clip(start=60_000, end=61_000), Clip(start=2000, end=2100), "question's"),
        (ASKED, Clip(start=5000, end=6000), "answer's"),
    ],
)
def test_a_clip_without_words_is_refused(
    asked: Clip, answered: Clip, which: str
) -> None:
    with pytest.raises(UsageError, match=which):
        drafted(asked, answered)


def test_people_with_marks_in_their_names_are_named_as_they_are() -> None:
    show = replace(SHOW, people=(*SHOW.people[:2], replace(HALE, name="S*m_")))
    turns = (*TURNS[:3], replace(TURNS[3], speaker="S*m_"))
    answer = drafted(ASKED, Clip(start=2000, end=11_000), turns=turns, show=show)
    assert "**S\\*m\\_:** I agree" in answer.body


_sentence = st.lists(
    st.sampled_from(
        """it 1. 2) - + # *no* _a_ [x] <b> &amp; = ` --- === ~~~ > 5<6 | \\ ![x](y) +-""".split()  # noqa: SIM905
    ),
    min_size=1,
    max_size=6,
).map(" ".join)


@given(st.lists(_sentence, min_size=1, max_size=4))
def test_markdown_shows_the_very_words(lines: list[str]) -> None:
    turn = said(2000, "Doctor Lin", *lines)
    told = Clip(start=2000, end=turn.end)
    answer = drafted(ASKED, told, turns=(TURNS[0], turn), show=VERBATIM)
    (paragraph,) = (
        token for token in MarkdownIt().parse(answer.body) if token.type == "inline"
    )
    assert {c.type for c in paragraph.children or ()} <= {
        "text",
        "softbreak",
        "text_special",
    }
    shown = " ".join(c.content or " " for c in paragraph.children or ())
    assert "".join(shown.split()) == "".join(turn.text.split())


@given(st.integers(0, 15_000), st.integers(1, 15_000))
def test_cutting_never_loses_repeats_or_reorders_words(start: int, length: int) -> None:
    clip = Clip(start=start, end=start + length)
    found = [w for t in within(TURNS, clip) for w in t.words]
    every = [w for t in TURNS for w in t.words]
    assert found == [w for w in every if clip.overlaps(w.start, w.end)]


@pytest.mark.parametrize(
    "slug", ["../evil", "a/b", ".hidden", "Heat", "x" * 101, "a\n"]
)
def test_a_slug_that_cannot_be_an_address_is_refused(slug: str) -> None:
    with pytest.raises(UsageError, match="cannot be an address; use at most 100"):
        drafted(ASKED, Clip(start=2050, end=3900), slug=slug)


def test_a_redaction_over_a_cuts_edge_leaves_no_half_of_it() -> None:
    asked = said(0, "Clare Fenn", "Zebulon Quandary asks, is heat fine?")
    told = said(2000, "Tiffany Lin", "Heat is fine for you.")
    gone = Redaction(clip=Clip(start=0, end=250), replacement="a viewer")
    turns = redact((asked, told), (gone,))
    asks, tells = Clip(start=150, end=700), Clip(start=2000, end=2500)
    answer = drafted(asks, tells, turns=turns)
    said_now = answer.question + answer.slug
    assert not {"Zebulon", "Quandary", "zebulon", "quandary"} & set(said_now.split("-"))
    assert "Quandary" not in said_now
    assert answer.question.endswith("is heat fine?")
