"""The show's words: what they are, what sounds like them, what is made of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pullquote.model.episode import Chapter, Episode
from pullquote.model.show import Person, Show, Topic, TranscribeSettings
from pullquote.model.transcript import (
    Correction,
    Engine,
    Segment,
    Word,
)
from pullquote.transcribe.current import glossary_matters, is_current, offered_anew
from pullquote.transcribe.stage import options_of
from pullquote.transcribe.words.expect import (
    expected,
    heard_again,
    outweighs,
    replaced,
    respelled,
    still_likely,
    within,
)
from pullquote.transcribe.words.glossary import glossary_of, show_texts
from pullquote.transcribe.words.near import is_said, near_entries, said_places, says
from pullquote.transcribe.words.offers import corrections_of, heard_corrections
from pullquote.transcribe.words.windows import Window
from tests import factory

SHOW = Show(
    title="Spine Time",
    description="",
    site="https://show.example/",
    people=(
        Person(id="q", name="Nora Quillmont", aliases=("Dr. Quillmont",)),
        Person(id="f", name="Clare Fennimark"),
    ),
    topics=(Topic(id="t", title="Cauda equina syndrome", terms=("cauda equina",)),),
    terms=("contrast dye", "nonsteroidal drugs", "EMG", "ice", "multifidus"),
)
GLOSSARY = glossary_of(SHOW)
EPISODE = Episode(
    guid="g",
    title="Stenosis and you",
    held=date(2026, 1, 1),
    people=("f",),
    summary="With Doctor Maya Larkenfeld about walking.",
    chapters=(Chapter(start=0, title="Walking"),),
)


def pieces(text: str) -> int:
    return 2 if text in ("Stenosis", "Larkenfeld") else 1


def words(text: str, probability: float = 0.5) -> tuple[Word, ...]:
    return tuple(
        Word(start=i * 500, end=i * 500 + 400, text=t, probability=probability)
        for i, t in enumerate(text.split())
    )


def segment(text: str, probability: float = 0.5) -> Segment:
    found = words(text, probability)
    return Segment(start=found[0].start, end=found[-1].end, words=found)


def test_people_are_called_by_any_of_their_names() -> None:
    wholes = {e.text: (e.kind, e.whole) for e in GLOSSARY}
    assert wholes["Quillmont"] == ("person", "Nora Quillmont")
    assert wholes["Nora"] == ("person", "Nora Quillmont")
    assert wholes["cauda equina"] == ("topic", "cauda equina")
    assert wholes["EMG"] == ("term", "EMG")
    assert "Dr. Quillmont" not in wholes


def test_an_episode_adds_what_is_unusual_in_its_own_words() -> None:
    found = glossary_of(SHOW, EPISODE, pieces)
    new = [e.text for e in found if e.kind == "episode"]
    assert new == ["Stenosis", "Larkenfeld"]
    assert found[0].text == "Clare Fennimark"  # who is expected comes first


def test_what_counts_as_the_shows_words_is_what_stands_there() -> None:
    assert "Dr. Quillmont" in show_texts(SHOW)
    assert len(set(show_texts(SHOW))) == len(show_texts(SHOW))


def test_the_likeliest_words_of_each_entry_are_found() -> None:
    near = near_entries(
        ["thank", "you", "doctor", "kool", "mond", "then"], GLOSSARY, 0.8
    )
    assert [(n.first, n.last, n.entry.text) for n in near] == [(3, 5, "Quillmont")]
    assert near_entries([], GLOSSARY, 0.5) == near_entries(["so"], (), 0.5) == ()


@pytest.mark.parametrize(
    ("said", "text"),
    [
        ("non-steroidal drugs,", "nonsteroidal drugs"),
        ("Quillmont's", "Quillmont"),
        ("EMGs.", "EMG"),
        ("contrast dyes", "contrast dye"),
    ],
)
def test_marks_case_and_plural_make_no_other_word(said: str, text: str) -> None:
    assert is_said(said.split(), text)
    assert list(said_places(["so", *said.split(), "then"], text)) == [
        (1, 1 + len(said.split()))
    ]


def test_one_of_what_a_title_has_several_of_is_heard_rightly() -> None:
    glossary = glossary_of(
        replace(SHOW, people=(), topics=(), terms=("Herniated Discs",))
    )
    one = "surgery for a herniated disc soon"
    assert expected(words(one, 0.3), glossary) == ()
    assert corrections_of([segment(one, 0.3)], glossary) == ()
    second = one.replace("herniated disc", "Herniated Discs").split()
    assert heard_again(one.split(), second, glossary) == ()
    assert expected(words("the hurniated disks"), glossary) == ("Herniated Discs",)
    # a person's name has its s
    people = (Person(id="c", name="Collins"),)
    (collins,) = glossary_of(replace(SHOW, people=people, topics=(), terms=()))
    assert not says(["Collin"], collins)


def test_only_doubtful_words_are_worth_a_second_hearing() -> None:
    assert expected(words("doctor kool mond"), GLOSSARY) == ("Nora Quillmont",)
    assert expected(words("so cold mountains", 0.99), GLOSSARY) == ()
    assert expected(words("doctor Quillmont"), GLOSSARY) == ()
    sure = words("places contrast", 0.99)
    doubt = words("x x line", 0.1)[2]._replace(text="line")
    assert expected((*sure, doubt), GLOSSARY) == ("contrast dye",)


def test_a_short_word_is_like_too_much() -> None:
    assert expected(words("eyes and us"), GLOSSARY) == ()


def test_what_is_heard_again_takes_the_place_of_what_sounded_like_it() -> None:
    first = [
        "that",
        "can",
        "mean",
        "caught",
        "at",
        "an",
        "echinocendrom.",
        "Go",
        "at",
        "once",
    ]
    second = ["this", "can", "mean", "cauda", "equina", "syndrome.", "Go", "at", "once"]
    (change,) = heard_again(first, second, GLOSSARY)
    assert replaced(first, [change]) == (
        ["that", "can", "mean", "cauda", "equina", "syndrome.", "Go", "at", "once"]
    )


@pytest.mark.parametrize(
    ("heard", "told", "written"),
    [
        (
            "what is a microdosectomy and",
            "what is a Microdiscectomy and",
            "microdiscectomy",
        ),
        (
            "rest. Microdosectomy is done",
            "rest. Microdiscectomy is done",
            "Microdiscectomy",
        ),
        ("a (herniated disk) in the", "a (Herniated disc) in the", "(herniated disc)"),
    ],
)
def test_a_topics_title_is_written_as_its_term_is_within_a_sentence(
    heard: str, told: str, written: str
) -> None:
    topics = (
        Topic(id="m", title="Microdiscectomy", terms=("microdiscectomy",)),
        Topic(id="d", title="Herniated disc"),
    )
    show = replace(SHOW, topics=topics, terms=("herniated disc",))
    (change,) = heard_again(heard.split(), told.split(), glossary_of(show))
    assert " ".join(within(change, heard.split()).words) == written


def test_what_is_offered_within_a_sentence_has_no_titles_capital() -> None:
    topic = Topic(id="m", title="Microdiscectomy", terms=("microdiscectomy",))
    glossary = glossary_of(replace(SHOW, topics=(topic,)))
    for said, text in (("A micro", "microdiscectomy"), ("Micro", "Microdiscectomy")):
        (offer,) = corrections_of([segment(f"{said}dosectomy it is.", 0.3)], glossary)
        assert offer.offered == text


def test_a_name_heard_where_nothing_sounds_like_it_is_not_taken() -> None:
    first = ["we", "will", "see", "about", "it", "tomorrow"]
    second = ["we", "will", "see", "Nora", "Quillmont", "tomorrow"]
    assert heard_again(first, second, GLOSSARY) == ()
    assert heard_again(first, ["Quillmont", *first], GLOSSARY) == ()


@pytest.mark.parametrize(
    ("said", "text"),
    [
        ("the L4 nerve root hurts", "L5 nerve root"),
        ("a T2 fracture there", "T12 fracture"),
        ("she has type one diabetes now", "type 2 diabetes"),
        ("at L5-S1 it is worn", "L4-L5"),
        ("she has hypertension and takes it", "hypotension"),
        ("he is symptomatic and comes again", "asymptomatic"),
        ("he has a symptomatic disc there", "asymptomatic"),
        ("prescribe some opioids for three days", "non-opioid"),
        ("after a left hip replacement you walk", "right hip replacement"),
        (
            "the anterior longitudinal ligament is thick",
            "posterior longitudinal ligament",
        ),
        ("it is an inflammatory disease again", "anti-inflammatory"),
    ],
)
def test_what_means_another_thing_is_not_expected(said: str, text: str) -> None:
    """A model that was told to expect the one wrote it for the other."""
    glossary = glossary_of(replace(SHOW, people=(), topics=(), terms=(text,)))
    first = words(said, probability=0.5)
    assert expected(first, glossary) == ()
    assert still_likely(first, (), glossary) == ()
    assert corrections_of([segment(said)], glossary) == ()
    assert respelled(said.split(), (), glossary) == ()
    second = [said.split()[0], *text.split(), *said.split()[-2:]]
    assert heard_again(said.split(), second, glossary) == ()


def test_what_only_begins_like_a_prefix_is_none() -> None:
    glossary = glossary_of(replace(SHOW, people=(), terms=("annulus fibrosus",)))
    assert expected(words("the anulus fibrasis"), glossary) == ("annulus fibrosus",)


def test_a_prefix_may_stand_apart() -> None:
    glossary = glossary_of(replace(SHOW, people=(), terms=("microdiscectomy",)))
    (change,) = respelled(["a", "micro", "discectomy"], (), glossary)
    assert (change.first, change.words) == (1, ("microdiscectomy",))


def test_a_number_may_have_been_heard_as_words() -> None:
    glossary = glossary_of(replace(SHOW, people=(), topics=(), terms=("L4-L5",)))
    assert expected(words("the L for L five disc"), glossary) == ("L4-L5",)
    first = ["the", "L", "for", "L", "five", "disc"]
    assert heard_again(first, ["the", "L4-L5", "disc"], glossary)


def test_a_name_is_taken_each_time_it_was_said() -> None:
    first = ["ask", "kulmont", "or", "kool", "mond", "there"]
    second = ["ask", "Quillmont", "or", "Quillmont", "there"]
    changes = heard_again(first, second, GLOSSARY)
    assert replaced(first, changes) == second


def test_what_sounds_the_same_is_still_likely() -> None:
    found = still_likely(words("(Mylti-fidus), yes"), (), GLOSSARY)
    (one,) = found
    assert one.words == ("(Multifidus),",)
    assert still_likely(words("so cold mountains"), (), GLOSSARY) == ()
    assert outweighs(-90.0, -92.0, 0.95)
    assert not outweighs(-90.0, -99.0, 0.95)


def test_the_shows_own_spelling_wins() -> None:
    heard = ["take", "non-steroidal", "drugs,", "please"]
    changes = respelled(heard, (), GLOSSARY)
    assert replaced(heard, changes) == ["take", "nonsteroidal", "drugs,", "please"]
    assert respelled(["take", "nonsteroidal", "drugs"], (), GLOSSARY) == ()


@given(st.text("abcdeknqulmot ", max_size=60), st.text("abcdeknqulmot ", max_size=60))
def test_words_without_the_glossary_never_change(one: str, other: str) -> None:
    first, second = one.split(), other.split()
    changes = heard_again(first, second, GLOSSARY)
    kept = replaced(first, changes)
    taken = sum(change.last - change.first for change in changes)
    put = sum(len(change.words) for change in changes)
    assert len(kept) == len(first) - taken + put


def test_the_editor_is_offered_what_was_not_heard() -> None:
    (offer,) = corrections_of([segment("Thank you, doctor kool mond.")], GLOSSARY)
    assert (offer.start, offer.end, offer.offered) == (1_500, 2_400, "Quillmont")
    assert (offer.kind, offer.heard) == ("person", False)


def test_nothing_is_offered_for_what_is_said_or_was_surely_heard() -> None:
    said = [segment("Thank you, doctor Quillmont."), segment("a cold month", 0.99)]
    assert corrections_of(said, GLOSSARY) == ()


def test_a_word_surely_heard_and_written_small_is_nobodys_name() -> None:
    for text, offered in (("Quilmont", True), ("quilmont", False)):
        found = corrections_of([segment(text, 0.99)], GLOSSARY)
        assert bool(found) == offered


def test_what_was_heard_again_is_on_record() -> None:
    heard = words("ask Quillmont today")
    change = heard_again(["kulmont"], ["Quillmont"], GLOSSARY)[0]
    window = Window(index=0, start=0, end=2_000, speech=())
    (one,) = heard_corrections(heard, [(window, change)])
    assert (one.start, one.end, one.heard) == (500, 900, True)
    assert heard_corrections(words("nobody"), [(window, change)]) == ()


def test_a_glossary_matters_where_something_new_sounds_like_the_words() -> None:
    machine = factory.heard(segment("Thank you, doctor kool mond."))
    before = show_texts(replace(SHOW, people=SHOW.people[1:]))
    assert glossary_matters(machine, before, (), SHOW)
    assert not glossary_matters(machine, show_texts(SHOW), (), SHOW)
    without = factory.heard(segment("We will see you tomorrow then."))
    assert not glossary_matters(without, before, (), SHOW)


def test_a_glossary_matters_where_something_that_was_taken_is_gone() -> None:
    machine = factory.heard(segment("Thank you, doctor Quillmont."))
    made = [
        Correction(
            start=0, end=9, offered="Quillmont", kind="person", likeness=1, heard=True
        )
    ]
    less = replace(SHOW, people=SHOW.people[1:])
    assert glossary_matters(machine, show_texts(SHOW), made, less)
    assert not glossary_matters(machine, show_texts(SHOW), (), less)


def test_offers_are_made_anew_beside_those_that_stay() -> None:
    machine = factory.heard(segment("Thank you, doctor kool mond."))
    stays = Correction(start=9_000, end=9_500, offered="x", kind="episode", likeness=1)
    goes = replace(stays, start=8_000, kind="term")
    found = offered_anew(machine, [stays, goes], SHOW)
    assert [one.offered for one in found] == ["Quillmont", "x"]


def test_a_transcript_is_current_as_long_as_people_chose_the_same() -> None:
    settings = TranscribeSettings()
    engine = Engine(
        runtime="ctranslate2",
        model="base",
        weights_sha256="1" * 64,
        options={**options_of(settings), "pipeline": 0},
    )
    machine = replace(factory.heard(), engine=engine)
    assert is_current(machine, "0" * 64, settings)
    assert not is_current(machine, "1" * 64, settings)
    assert not is_current(machine, "0" * 64, replace(settings, language="de"))
