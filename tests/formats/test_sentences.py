import pytest
from hypothesis import given
from hypothesis import strategies as st

from pullquote.formats.sentences import sentence_starts, sentences


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ()),
        ("No end", ("No end",)),
        ("One. Two.", ("One.", "Two.")),
        (
            "Dr. Lin spoke. Mrs. Hale left.",
            ("Dr. Lin spoke.", "Mrs. Hale left."),
        ),
        ("Take 3.5 mg. Then rest.", ("Take 3.5 mg.", "Then rest.")),
        ("It is L4. L5 is below.", ("It is L4.", "L5 is below.")),
        ("Heat, e.g. a bath. Good.", ("Heat, e.g. a bath.", "Good.")),
        ("What? and why? well.", ("What?", "and why?", "well.")),
        ("Ask Robert J. Smith. He knows.", ("Ask Robert J. Smith.", "He knows.")),
        ("Take vitamin D. It helps.", ("Take vitamin D.", "It helps.")),
        ("So do I. You too.", ("So do I.", "You too.")),
        ('He said "Stop." Then he left.', ('He said "Stop."', "Then he left.")),
        ("Ice, heat, etc. Then rest.", ("Ice, heat, etc.", "Then rest.")),
        ("Wait… What now?", ("Wait…", "What now?")),
        ("No. No. It is rare.", ("No.", "No.", "It is rare.")),
        ("See Fig. 3 and No. 7.", ("See Fig. 3 and No. 7.",)),
        ("It took approx. ten days.", ("It took approx. ten days.",)),
        ("¿Duele? Sí.", ("¿Duele?", "Sí.")),
        ("Am 3. März war es so. Gut.", ("Am 3. März war es so.", "Gut.")),
        ("Seit dem 2. Tag. Ja.", ("Seit dem 2. Tag.", "Ja.")),
        ("I am 45. Should I run?", ("I am 45.", "Should I run?")),
        ("لماذا؟ لا أعرف. حسنا", ("لماذا؟", "لا أعرف.", "حسنا")),
        ("یہ کیا ہے؟ یہ برف ہے\u06d4 ٹھیک", ("یہ کیا ہے؟", "یہ برف ہے\u06d4", "ٹھیک")),
        ("यह क्या है? यह बर्फ है। ठीक", ("यह क्या है?", "यह बर्फ है।", "ठीक")),
        ("好吗\uff1f 好。 是", ("好吗\uff1f", "好。", "是")),
        ("Γιατί\u037e Έτσι; ίσως", ("Γιατί\u037e", "Έτσι; ίσως")),
    ],
)
def test_spoken_text_is_split_at_sentence_ends(
    text: str, expected: tuple[str, ...]
) -> None:
    assert sentences(text) == expected


@given(st.text())
def test_no_word_is_lost_or_moved(text: str) -> None:
    assert " ".join(sentences(text)).split() == text.split()


@given(st.lists(st.text(min_size=1, alphabet="aA.?! "), max_size=20))
def test_starts_rise_from_zero(words: list[str]) -> None:
    starts = sentence_starts(words)
    assert list(starts) == sorted(set(starts))
    assert starts[:1] == ((0,) if words else ())
