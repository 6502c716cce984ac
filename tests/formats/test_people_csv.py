from __future__ import annotations

from pathlib import Path

import pytest

from pullquote.cli import main
from pullquote.errors import ContentError
from pullquote.formats.people_csv import load_people, new_people, parse_people
from pullquote.formats.show_toml import load_show
from pullquote.model.show import Person

FILE = Path("speakers.csv")
HEAD = 'title = "Show"\ndescription = "D."\nsite = "https://show.example/"\n'
LIST = """\
Name;First name;Academic title;Affiliation;E-mail;Consent;Title
Fernby;Ada;Dr.;"Institute for Backs; Northgate";a@x.example;yes;How backs heal
Mossgröve;Jörg;;;j@x.example;Yes
Fernby;Carl;MSc;;c@x.example;yes
Aldermoor;Quentin;Prof.;;q@x.example;no
Quillfeather;Amara;;;m@x.example;
;;;;;
"""


def test_a_speakers_list_becomes_people_and_the_rest_of_the_show_stays(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    show = tmp_path / "show.toml"
    before = HEAD + '# ours\n[[people]]\nid = "carl"\nname = "Carl Fernby"\n'
    show.write_text(before)
    file = tmp_path / "speakers.csv"
    file.write_bytes(LIST.replace("\n", "\r\n").encode("cp1252"))
    command = ["import-people", str(file), "--show", str(tmp_path)]
    assert main(command) == 0
    assert "2 people added, 1 there already, 2 left out" in capsys.readouterr().out
    assert show.read_text().startswith(before)
    _, ada, jorg = load_show(show).people
    assert (ada.id, ada.name, ada.credentials) == ("fernby", "Ada Fernby", "Dr.")
    assert ada.affiliation == "Institute for Backs; Northgate"
    assert (jorg.id, jorg.name, jorg.role) == ("mossgrove", "Jörg Mossgröve", "guest")
    assert "Quentin" not in show.read_text()
    assert "Amara" not in show.read_text()
    whole = show.read_bytes()
    assert main(command) == 0
    assert show.read_bytes() == whole


def test_two_of_one_surname_have_an_id_each(tmp_path: Path) -> None:
    file = tmp_path / "speakers.csv"
    rows = 'Speaker,Role\n"Ada Fernby, MD",Host\nCarl Fernby,chair\n'
    file.write_text(rows, "utf-16")
    (tmp_path / "show.toml").write_text(f"people = []\n{HEAD}")
    assert [one.role for one in load_people(file).people] == ["host", "guest"]
    assert main(["import-people", str(file), "--show", str(tmp_path)]) == 0
    found = [one.id for one in load_show(tmp_path / "show.toml").people]
    assert found == ["fernby", "carl-fernby"]


def test_two_of_one_name_are_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The second one's words would stand under the first one's credentials."""
    file, show = tmp_path / "speakers.csv", tmp_path / "show.toml"
    rows = "Ada Fernby,MD\nDr. Ada Fernby,DDS\nCarl Fernby,DO\nCarl Fernby,\n"
    file.write_text(f"Name,Credentials\n{rows}")
    show.write_text(f"people = []\n{HEAD}")
    assert main(["import-people", str(file), "--show", str(tmp_path)]) == 0
    told = capsys.readouterr().err
    assert told.count("if these are two") == 1
    assert (
        "Dr. Ada Fernby, DDS is in the list; fernby is there as Ada Fernby, MD" in told
    )


def test_a_list_that_is_not_there_is_said_to_be_none(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="no such file; check the path"):
        load_people(tmp_path / "speakers.csv")


def test_a_person_is_there_with_titles_or_without() -> None:
    known = [Person(id="f", name="Ada Fernby"), Person(id="a", name="Dr. Bo Alder")]
    rows = "Dr. Ada Fernby\nBo  Alder\nProf. Dr. Bo Alder\nPhil Baker\nMed Baker\n"
    found = parse_people(f"Name\n{rows}", FILE)
    new = new_people(found.people, known)
    assert [one.name for one in new] == ["Phil Baker", "Med Baker"]


@pytest.mark.parametrize(
    "text",
    [
        "Name,Consent\nAda Fernby\n",
        "Name,Consent to publish?\nAda Fernby,no\n",
        "Name,Yes/no: consent to publish\nAda Fernby,no\n",
        "Name,Recording consent,Agrees to video\nAda Fernby,yes,\n",
        "Vorname,Nachname,Einwilligung (Foto)\nAda,Fernby,nein\n",
    ],
)
def test_who_did_not_say_yes_in_every_column_of_consent_is_left_out(text: str) -> None:
    found = parse_people(text, FILE)
    assert (found.people, found.refused) == ((), 1)


@pytest.mark.parametrize(
    ("text", "line", "told"),
    [
        ("Mail,Room\na@x.example,B\n", 1, "head a column 'Name'"),
        ("Name,Does not consent\nAda Fernby,x\n", 1, "let it say who did, with yes"),
        ("Name,Consent declined\nAda Fernby,yes\n", 1, "says who did not agree"),
        ("", 1, "no column of names"),
        ("Name,Bio\nAda Fernby,x\n,who\n", 3, "has no name"),
        (f"Name\n{'long ' * 40}\n", 2, "too long"),
        ('Name,Bio\nIda Low,x\n"Ada Fernby,x\nBo Low,y\n', 3, "quotation marks"),
    ],
)
def test_what_is_no_list_of_people_is_told_with_its_line(
    text: str, line: int, told: str
) -> None:
    with pytest.raises(ContentError, match=told) as caught:
        parse_people(text, FILE)
    assert caught.value.line == line


@pytest.mark.parametrize("head", ["sep=;\n", '"sep=;"\n', "\n", ""])
def test_a_first_line_for_excel_is_none_of_names(head: str) -> None:
    found = parse_people(f"{head}Name;Bio\n\nAda Fernby;Heals, and runs\n", FILE)
    assert [one.bio for one in found.people] == ["Heals, and runs"]


@pytest.mark.parametrize(
    ("name", "encoding"),
    [
        ("Jörg Mossgröve", "mac_roman"),
        ("Éloïse Fernby", "mac_roman"),
        ("Käthe Müßig", "mac_roman"),
        ("Käthe Müßig", "cp850"),
    ],
)
def test_a_name_that_would_lose_letters_is_refused(
    tmp_path: Path, name: str, encoding: str
) -> None:
    file = tmp_path / "speakers.csv"
    file.write_bytes(f"Name\rAda Fernby\r{name}\r".encode(encoding))
    with pytest.raises(ContentError, match="CSV UTF-8") as caught:
        load_people(file)
    assert caught.value.line == 3


@pytest.mark.parametrize(
    "name", ["Zoë Lebœuf", "Siân O\u2019Fernby \u2013 MD", "Renée Košir"]
)
def test_what_windows_writes_is_read(tmp_path: Path, name: str) -> None:
    file = tmp_path / "speakers.csv"
    file.write_bytes(f"Name,Bio\r\n{name},“Clinic”… €5\r\n".encode("cp1252"))
    assert [one.name for one in load_people(file).people] == [name]


def test_a_spreadsheets_own_file_is_told_from_a_table(tmp_path: Path) -> None:
    file = tmp_path / "speakers.xlsx"
    file.write_bytes(b"PK\x03\x04\x14\0")
    with pytest.raises(ContentError, match="spreadsheet's own file; save it as CSV"):
        load_people(file)
