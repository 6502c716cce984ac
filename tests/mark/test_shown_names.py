"""What stands after a name is what stood there when the answer was signed, or is told."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from pullquote.formats.folder import ShowFolder
from pullquote.mark.review.check import check_signed
from pullquote.mark.review.shown_names import renamed_faults
from pullquote.mark.review.sign_off import approve
from pullquote.model.answer import Answer
from pullquote.model.episode import Episode
from pullquote.model.library import Entry
from pullquote.model.show import Before, Person
from pullquote.model.transcript import TimedTurn
from tests.mark.shows import HALE, HEAT, HOST, LIN, SHOW, entry, library, said

SIGNED_ON = date(2026, 3, 20)
HELD = date(2026, 3, 11)
HALE_THEN = replace(HALE, affiliation="Northgate")
THEN = replace(SHOW, people=(HOST, LIN, HALE_THEN))
DRAFT = replace(HEAT, speakers=("hale", "lin"), cut_by="clare")
SIGNED = approve(DRAFT, by="lin", on=SIGNED_ON, show=THEN, path=Path("x"), held=HELD)
OTHER = replace(SIGNED, slug="ice", id="b" * 32)


def public(*answers: Answer) -> Entry:
    return replace(entry(*answers), approved=answers)


def told(root: Path, *people: Person, entries: tuple[Entry, ...] = ()) -> list[str]:
    show = replace(SHOW, people=(HOST, *people))
    tables = (f'[[people]]\nid = "{person.id}"\n' for person in show.people)
    (root / "show.toml").write_text("".join(tables))
    shown = library(*(entries or (public(SIGNED),)), show=show)
    return [str(fault) for fault in renamed_faults(shown, ShowFolder(root))]


def test_a_review_records_who_signed_and_who_answered() -> None:
    assert SIGNED.review is not None
    assert SIGNED.review.signed_as == "Tiffany Lin, MD"
    assert SIGNED.review.answered_by == ("Sam Hale, DO (Northgate)", "Tiffany Lin, MD")
    assert SIGNED.review.digest == DRAFT.digest()


def test_each_has_what_was_so_on_the_day_that_the_page_names(tmp_path: Path) -> None:
    """The speaker's is the day held, the reviewer's that of the review."""
    until = Before(until=date(2026, 3, 15), credentials="MD, resident")
    people = (replace(LIN, before=(until,)), HALE_THEN)
    show = replace(SHOW, people=(HOST, *people))
    signed = approve(
        DRAFT, by="lin", on=SIGNED_ON, show=show, path=Path("x"), held=HELD
    )
    assert signed.review is not None
    assert signed.review.signed_as == "Tiffany Lin, MD"
    assert signed.review.answered_by[1] == "Tiffany Lin, MD, resident"
    assert told(tmp_path, *people, entries=(public(signed),)) == []


def test_other_credentials_under_a_signed_page_are_told_with_line_and_day(
    tmp_path: Path,
) -> None:
    now = replace(LIN, credentials="MD, PhD")
    path = tmp_path / "show.toml"
    assert told(tmp_path, LIN, HALE_THEN) == []
    assert told(tmp_path, now, HALE_THEN) == [
        f"{path}:3: heat now has 'Tiffany Lin, MD, PhD' where 'Tiffany Lin, MD' was"
        " signed; was it so then: [[people.before]] with until = 2026-03-20 or later;"
        " was it wrong, or may not be shown: the same with shown = false"
    ]
    (many,) = told(tmp_path, now, HALE_THEN, entries=(public(SIGNED, OTHER),))
    assert ":3: 2 answers, such as ice, now have" in many
    moved = replace(HALE, affiliation="Southmoor")
    (place,) = told(tmp_path, LIN, moved)
    assert ":5: heat now has 'Sam Hale, DO (Southmoor)' where 'Sam Hale, DO (N" in place
    assert "until = 2026-03-11" in place


@pytest.mark.parametrize(
    "now",
    [
        replace(
            LIN,
            credentials="MD, PhD",
            before=(Before(until=SIGNED_ON, credentials="MD"),),
        ),
        replace(
            LIN,
            credentials="DO",
            before=(Before(until=HELD, credentials="MD", shown=False),),
        ),
        replace(LIN, name="Tiffany Lin-Oster", aliases=("Tiffany Lin",)),
    ],
)
def test_what_somebody_explained_is_silent(tmp_path: Path, now: Person) -> None:
    assert told(tmp_path, now, HALE_THEN) == []


def test_a_credential_that_may_not_be_shown_is_on_no_page() -> None:
    never = Before(until=SIGNED_ON, credentials="MD", shown=False)
    assert replace(LIN, credentials="DO", before=(never,)).on(HELD).credentials == "DO"


def test_another_name_that_nobody_linked_to_the_old_one_is_told(tmp_path: Path) -> None:
    (line,) = told(tmp_path, replace(LIN, name="Tiffany Oster"), HALE_THEN)
    assert "now has 'Tiffany Oster, MD' where 'Tiffany Lin, MD'" in line


def test_a_voice_that_is_called_by_another_doctors_name_is_told() -> None:
    paths = ShowFolder(Path("show")).episode("e")
    turns = (said(0, "Clare Fenn", "Is it safe?"), said(900, "Sam Hale", "It is."))

    def found(people: tuple[str, ...], *more: TimedTurn) -> list[str]:
        facts = Episode(guid="g", title="T", held=HELD, people=people)
        one = entry(episode=facts, turns=(*turns, *more))
        return [fault.problem for fault in check_signed(one, SHOW, paths)]

    told = (
        "has words of Sam Hale, whom 'people' of episode.toml does not name, and none of"
        " Tiffany Lin, whom it names"
    )
    assert found(("clare", "lin")) == [told]
    assert found(("clare", "hale")) == found(("clare",)) == found(()) == []
    assert found(("clare", "hale", "lin")) == []
    assert found(("clare", "lin"), said(2000, "S4", "Yes.")) == []  # who may be she


def test_reviews_of_old_and_what_is_not_public_are_silent(tmp_path: Path) -> None:
    assert SIGNED.review is not None
    review = replace(SIGNED.review, signed_as=None, answered_by=())
    old = replace(SIGNED, review=review)
    now = replace(LIN, credentials="MD, PhD")
    assert old.approved
    assert told(tmp_path, now, HALE, entries=(public(old),)) == []
    assert told(tmp_path, now, HALE, entries=(entry(SIGNED),)) == []
