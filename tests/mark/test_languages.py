"""What is not said in English: the rules know no word of it, and must not guess."""

from dataclasses import replace
from pathlib import Path

import pytest

from pullquote.formats.words_po import load_words
from pullquote.mark.cut.tidy import tidied
from pullquote.mark.guard.answers import changes
from pullquote.mark.guard.edits import edits
from pullquote.mark.private.details import details
from pullquote.model.align import align
from pullquote.model.answer import Clip
from pullquote.model.show import EditingRules
from pullquote.model.transcript import Transcript, Turn
from tests.mark.shows import SHOW, drafted, entry, said

ASKED = "Frau Ahrens, so hilft Wärme?"
GERMAN = (
    replace(said(0, "Clare Fenn", ASKED), language="de"),
    replace(
        said(
            2000,
            "Tiffany Lin",
            "Ja, um den Nerv zu schonen, er, der Arzt, gibt 1,5 Gramm.",
            "Nicht mehr.",
        ),
        language="de-AT",
    ),
)
SPOKEN = GERMAN[1].text
WHOLE = Clip(start=2000, end=9000)
DRAFT = drafted(Clip(start=0, end=1000), WHOLE, turns=GERMAN)


def findings(body: str) -> list[tuple[str, str, str]]:
    found = changes(replace(DRAFT, body=body), GERMAN, SHOW)
    return [(finding.kind, finding.said, finding.published) for finding in found]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Um das zu wissen, er, der Arzt, muss fragen."),
        ("pt", "Tome um comprimido, um só."),
        ("es", "Es muy, muy bueno."),
    ],
)
def test_no_word_of_another_language_is_a_filler(language: str, text: str) -> None:
    spoken = said(0, "Tiffany Lin", text)
    other = replace(spoken, language=language)
    assert tidied(other, EditingRules()) == other
    assert tidied(spoken, EditingRules()) != spoken


def test_a_draft_holds_question_and_answer_as_they_were_said() -> None:
    answer = DRAFT
    assert answer.question == ASKED
    assert " ".join(answer.body.split()) == SPOKEN
    assert findings(answer.body) == []
    assert edits(answer, GERMAN, SHOW) == ()


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("Nicht mehr.", "Mehr.", ("1,5 Gramm. Nicht mehr.", "1,5 Gramm. Mehr.")),
        ("1,5 Gramm", "15 Gramm", ("Arzt, gibt 1,5 Gramm. Nicht",) * 2),
        ("Ja, um den", "Ja, den", ("Ja, um den Nerv", "Ja, den Nerv")),
    ],
)
def test_each_change_of_words_is_named(
    old: str, new: str, shown: tuple[str, str]
) -> None:
    ((kind, before, after),) = findings(SPOKEN.replace(old, new))
    assert (kind, before) == ("wording", shown[0])
    assert after == shown[1].replace(old.split()[0], new.split()[0])
    (edit,) = edits(replace(DRAFT, body=SPOKEN.replace(old, new)), GERMAN, SHOW)
    assert edit.kind != "filler"
    assert edit.meaning == ("wording",)


def test_marks_and_capitals_are_no_words() -> None:
    assert findings(SPOKEN.replace("Ja, um", "\u201eJa\u201c \u2013 Um")) == []


def test_a_sign_that_is_put_in_is_named() -> None:
    assert len(findings(SPOKEN.replace("1,5 Gramm", "> 1,5 Gramm"))) == 1


def test_what_a_host_says_in_between_may_go() -> None:
    host = replace(said(4000, "Clare Fenn", "Aha, so."), language="de")
    found = changes(DRAFT, (*GERMAN, host), SHOW)
    assert found == ()


def test_where_all_nouns_have_capitals_lists_and_titles_tell_names() -> None:
    asked = replace(
        said(0, "S1", "Meine Frage kommt von Sabine: hilft Wärme im Rücken?"),
        language="de",
    )
    titled = replace(said(5000, "S2", "Danke, Herr Xylander."), language="de")
    found = [detail.text for detail in details((asked, titled), SHOW)]
    assert found == ["Sabine:", "Herr Xylander."]


@pytest.mark.parametrize(
    ("language", "text", "told"),
    [
        ("de", "Die Anna kommt aus Halle.", ["Anna", "Halle."]),
        ("de", "Hans-Peter Aldermoor schreibt.", ["Hans-Peter Aldermoor"]),
        ("de", "Jana aus Bad Oeynhausen fragt.", ["Jana", "Bad Oeynhausen"]),
        ("de", "Guten Tag, Kevin, bitte.", ["Kevin,"]),
        ("de", "Heikes Rücken tut weh.", ["Heikes"]),
        ("de", "Es geht um Annas Knie, sagt sie.", ["Annas"]),
        ("de", "Lassen Sie nach, Frau Kern.", ["Frau Kern."]),
        ("de", "Sie wohnt in Oberpfaffenhofen.", ["Oberpfaffenhofen."]),
        ("fr", "Merci. La question vient de Camille.", ["Camille."]),
    ],
)
def test_beside_a_name_no_other_word_is_listed(
    language: str, text: str, told: list[str]
) -> None:
    turn = replace(said(0, "Clare Fenn", text), language=language)
    assert [one.text for one in details((turn,), SHOW)] == told


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Die Bandscheibe hat einen festen Ring und einen weichen Kern."),
        ("de", "Eine Ischialgie ist ein Symptom. Lassen Sie sich Zeit."),
        ("de", "Das Ende des Rubins, Omas Salbe und Autos ohne Lehne helfen keinem."),
        ("de", "In Ordnung, ein oder zwei Tage im Bett. Mein Arzt nickt. Danke."),
        ("de", "Es kann den Magen reizen, und der Blutzucker steigt, sagt das Team."),
        ("de", "Wer Wärme braucht, den berät eine Physiotherapeutin, liebe Frau."),
        ("fr", "Mesdames et Messieurs, merci. Est-ce utile ? Voici la première."),
        ("fr", "Ensuite, il faut bouger. Enfin, reposez-vous."),
    ],
)
def test_what_every_lecture_says_names_nobody(language: str, text: str) -> None:
    turn = replace(said(0, "Clare Fenn", text), language=language)
    assert details((turn,), SHOW) == ()


def test_what_is_said_instead_is_no_name() -> None:
    show = replace(SHOW, words=load_words(Path("nowhere"), "de"))
    turn = said(0, "Clare Fenn", "She lives in [Ort ausgelassen] now.")
    assert details((turn,), show) == ()


def test_a_turn_knows_its_transcripts_language() -> None:
    turn = Turn(start=0, speaker="S1", sentences=("Hilft Wärme?",))
    transcript = Transcript(episode="a", language="de", turns=(turn,))
    (timed,) = align(transcript, None)
    assert timed.language == "de"
    assert not timed.english
    assert not entry(turns=(timed,)).english
    assert entry(turns=()).english


@pytest.mark.parametrize(
    ("language", "text", "told"),
    [
        ("de", "Sie wurde am 3. März operiert.", {"3. März": "date"}),
        ("de", "Ich bin am dritten Mai 1951 geboren.", {"am dritten Mai 1951": "date"}),
        ("de", "Meine Frau Heike hat Schmerzen.", {"Frau Heike": "name"}),
        ("de", "Ich heiße Ute Xylander.", {"Ute Xylander.": "name"}),
        ("de", "Dr. Krügerstein sagt, Wärme hilft.", {"Dr. Krügerstein": "name"}),
        ("de", "Er wohnt in der Lindenstraße 14 b.", {"Lindenstraße 14 b.": "address"}),
        ("de", "Mein Mann ist 93 Jahre alt.", {"93 Jahre alt.": "age"}),
        ("de", "Eine 93-jährige Frau fragt.", {"93-jährige": "age"}),
        ("de", "Er wohnt Alte Allee 12.", {"Alte Allee 12.": "address"}),
        ("de", "Ich arbeite bei Xylander.", {"Xylander.": "employer or place"}),
        ("de", "Soll ich mich schonen, und wie lange?", {}),
        ("fr", "Je suis né le 3 mars 1951 à Pau.", {"3 mars 1951": "date"}),
        (
            "fr",
            "J\u2019habite 12 bis rue des Écoliers.",
            {"12 bis rue des Écoliers.": "address"},
        ),
        ("fr", "Je m\u2019appelle Ginette.", {"Ginette.": "name"}),
        ("fr", "Ma mère a 91 ans et tombe.", {"a 91 ans": "age"}),
        ("fr", "Combien de fois par jour, et pendant 2 ans ?", {}),
        ("es", "Me operaron el 3 de marzo de 2024.", {"3 de marzo de 2024.": "date"}),
        ("es", "Vivo en la calle de la Luna 14.", {"calle de la Luna 14.": "address"}),
        ("es", "Tengo 92 años.", {"Tengo 92 años.": "age"}),
    ],
)
def test_what_is_private_in_the_languages_of_pages(
    language: str, text: str, told: dict[str, str]
) -> None:
    turn = replace(said(0, "Clare Fenn", text), language=language)
    found = {one.text: one.kind for one in details((turn,), SHOW) if one.grave}
    assert told.items() <= found.items()
    assert told or not found


def test_something_else_is_said_in_the_shows_language() -> None:
    show = replace(SHOW, words=load_words(Path("nowhere"), "fr"))
    turn = replace(said(0, "Clare Fenn", "Je m\u2019appelle Ginette."), language="fr")
    (one,) = details((turn,), show)
    assert one.redaction().replacement == "une personne"
