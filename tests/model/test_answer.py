"""What is signed, and until when it holds."""

from dataclasses import replace
from datetime import date

from pullquote.model.answer import Answer, Clip, Review

ANSWER = Answer(
    slug="waerme",
    id="0123456789abcdef" * 2,
    question="Hilft Wärme “immer”?",
    speakers=("lin", "oster"),
    asked=Clip(start=751_200, end=760_900),
    answered=Clip(start=761_300, end=842_900),
    body="Nein.\n\nZehn Minuten, 38 °C.\n",
)
SIGNED = replace(
    ANSWER,
    status="approved",
    review=Review(by="lin", on=date(2026, 3, 20), digest=ANSWER.digest()),
)


def test_what_was_ever_signed_stays_signed() -> None:
    """Another digest of the same words would take back every signature there is."""
    assert ANSWER.digest() == (
        "sha256:5af34d3ba66360c73dc407dd220eef4d733bcf82c7a5f954d268673d618ec416"
    )
    assert replace(ANSWER, body=f"\n{ANSWER.body.strip()}").digest() == ANSWER.digest()


def test_any_change_of_what_was_signed_reopens_it() -> None:
    assert SIGNED.approved
    assert not replace(SIGNED, status="draft").approved
    assert not replace(SIGNED, review=None).approved
    assert replace(SIGNED, slug="warmth", topics=("heat",)).approved
    for change in (
        {"question": "Hilft Eis?"},
        {"body": "Ja."},
        {"speakers": ("lin",)},
        {"asked": Clip(start=0, end=1)},
        {"answered": Clip(start=0, end=1)},
        {"status": "withdrawn"},
    ):
        assert not replace(SIGNED, **change).approved


def test_a_review_is_due_after_its_days_and_overdue_on_the_next() -> None:
    assert SIGNED.due(10) == date(2026, 3, 30)
    assert not SIGNED.overdue(10, date(2026, 3, 30))
    assert SIGNED.overdue(10, date(2026, 3, 31))
    assert SIGNED.due(10**9) == date.max
    assert ANSWER.due(10) is None
    assert not ANSWER.overdue(10, date.max)


def test_clips_meet_only_where_they_share_time() -> None:
    clip = Clip(start=5, end=9)
    met = [span for span in ((3, 5), (3, 6), (8, 9), (9, 9)) if clip.overlaps(*span)]
    assert met == [(3, 6), (8, 9)]
