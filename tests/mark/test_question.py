import re
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pullquote.mark.cut.question import page_question, question_slug


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("Is heat fine?", "Is heat fine?"),
        ("Anna. Is heat fine?", "Is heat fine?"),
        ("And the last question, from the chat: Is heat fine?", "Is heat fine?"),
        ("The next question from our live audience, is heat fine?", "Is heat fine?"),
        ("Another resident wants to know: is heat fine?", "Is heat fine?"),
        ("The resident asks, is heat fine?", "Is heat fine?"),
        (
            "The last question you answered was about heat: is ice fine?",
            "The last question you answered was about heat: is ice fine?",
        ),
        ("Hi, Anna here. Is heat fine?", "Is heat fine?"),
        ("Rose here, is heat fine?", "Is heat fine?"),
        ("anna here again is heat fine?", "Is heat fine?"),
        ("This is Anna from Leeds, is heat fine?", "Is heat fine?"),
        ("I'm Xiomara. Is heat fine?", "Is heat fine?"),
        ("J. K. from Leeds. Is heat fine?", "Is heat fine?"),
        ("Sciatica. Is heat fine?", "Sciatica. Is heat fine?"),
        ("Pain here. Is heat fine?", "Pain here. Is heat fine?"),
        ("Orthovisc. Is it safe?", "Orthovisc. Is it safe?"),
        ("It's cold. Is heat fine?", "It's cold. Is heat fine?"),
        ("I was wondering if you can't drive?", "I was wondering if you can't drive?"),
        ("And following up on that, could heat help?", "Could heat help?"),
        ("Finally, which stretch is best?", "Which stretch is best?"),
        ("So what is sciatica?", "What is sciatica?"),
        (
            "As a follow-up to that, I have diabetes. Will it raise my glucose?",
            "I have diabetes. Will it raise my glucose?",
        ),
        (
            "She asks, does everyone need an MRI, and what will it show?",
            "Does everyone need an MRI, and what will it show?",
        ),
        (
            "My doctor gave me a relaxant. I would like to know how long it is safe"
            " to take it.",
            "My doctor gave me a relaxant. How long is it safe to take it?",
        ),
        ("I was wondering if I should rest.", "Should I rest?"),
        (
            "I was wondering whether running is safe.",
            "Is running safe?",
        ),
        (
            "I have a pacemaker. What other test is there.",
            "I have a pacemaker. What other test is there?",
        ),
        (
            "Hello doctors, my question is this: how much rest do I need?",
            "How much rest do I need?",
        ),
        (
            "Good evening. My name is Ann Bell. Our next question comes from Ohio."
            " Um, is, uh, ice better?",
            "Is, ice better?",
        ),
        ("Ann Bell from Dayton, Ohio asks, is ice better?", "Is ice better?"),
        (
            "A viewer wants to know why they can not sleep.",
            "Why can they not sleep?",
        ),
        ("Tell us about fusion. Is it needed?", "Tell us about fusion. Is it needed?"),
        ("Thank you. That is all.", "That is all."),
        ("Hello.", "Hello."),
        ("So, so, so", "So"),
        ("Um", "Um"),
        ("", ""),
        ("My question is about ice", "My question is about ice"),
        ("Can you tell us when it isn't safe?", "Can you tell us when it isn't safe?"),
        (
            "And a follow up from the same person, is it normal that it feels warm?",
            "Is it normal that it feels warm?",
        ),
        (
            "A gentleman wonders whether stem cells can regrow his cartilage",
            "Can stem cells regrow his cartilage?",
        ),
        (
            "A nurse from our hospital wrote to ask how she should lift patients.",
            "How should she lift patients?",
        ),
        (
            "Somebody in the chat wants to know how long the swelling lasts.",
            "Somebody in the chat wants to know how long the swelling lasts.",
        ),
        (
            "I would like to know what a discectomy is and how it works.",
            "I would like to know what a discectomy is and how it works.",
        ),
        (
            "The question is whether cold therapy works.",
            "The question is whether cold therapy works.",
        ),
        ("My question is if heat is safe.", "Is heat safe?"),
        ("Dr. Lin, before we begin, what is a disc?", "What is a disc?"),
        ("What do you think of ice, Dr. Hale?", "What do you think of ice?"),
        ("So I guess what I'm asking is should I rest?", "Should I rest?"),
        ("And then the last one here. Is ice fine?", "Is ice fine?"),
        (
            "I wonder if the pain that I have is normal.",
            "I wonder if the pain that I have is normal.",
        ),
    ],
)
def test_the_question_itself_is_kept(said: str, asked: str) -> None:
    assert page_question(said) == asked


SAID = """So, and I would like to know how long it is safe. not 5 mg left? Hello, my
question is this: if she asks, whether um, Ann from Ohio"""


@given(
    st.lists(st.sampled_from(SAID.split()), max_size=25).map(" ".join),
)
def test_no_word_is_added_and_no_negation_or_number_lost(said: str) -> None:
    found = page_question(said)
    words = re.compile(r"[\w']+")
    before = Counter(words.findall(said.lower()))
    after = Counter(words.findall(found.lower()))
    assert not after - before
    for kept in ("not", "5", "left"):
        assert after[kept] == before[kept] or said.startswith("Hello,")
    assert bool(found) == bool(said)


def test_a_slug_is_short_plain_and_no_other_answers() -> None:
    long = "Why " + "very " * 100 + "long?"
    assert len(question_slug(long)) <= 60
    assert question_slug("Is it?") == "is-it"
    assert question_slug("¿?") == "question"
    assert question_slug("../../etc <script>") == "etc-script"
    assert question_slug("Größe: 5 mg?") == "grosse-5-mg"
    taken: set[str] = set()
    for _ in range(3):
        taken.add(question_slug("Is heat fine?", taken))
    assert taken == {"heat-fine", "heat-fine-2", "heat-fine-3"}


def test_a_slug_is_of_the_question_not_of_its_story_where_that_says_enough() -> None:
    story = "I run marathons and I was told to stop. "
    assert question_slug(f"{story}Is running bad for the knees?") == "running-bad-knees"
    assert question_slug(f"{story}Is that true?") == "run-marathons-told-stop-true"


def test_a_negation_stays_in_the_slug() -> None:
    assert question_slug("Should I not rest?") == "not-rest"


def test_an_apostrophe_parts_no_word_of_a_slug() -> None:
    assert (
        question_slug("Why can't my husband's back bend?") == "cant-husbands-back-bend"
    )
