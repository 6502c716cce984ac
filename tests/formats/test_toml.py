from pathlib import Path

import pytest

from pullquote.errors import ContentError, FaultsError
from pullquote.formats.show_toml import load_show, parse_show
from pullquote.formats.toml import key_lines, line_of, parse_toml

PATH = Path("show.toml")
HEAD = 'title = "A"\ndescription = "B"\nsite = "https://a.example/"\n'


def fault(text: str) -> str:
    with pytest.raises(ContentError) as caught:
        parse_show(text, PATH)
    return str(caught.value)


def test_a_show_of_three_lines_is_enough() -> None:
    show = parse_show(HEAD, PATH)
    assert (show.title, show.people, show.review.two_people) == ("A", (), True)


def test_no_show_here_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="no show here; go to a show's folder"):
        load_show(tmp_path / "show.toml")


def test_text_that_is_not_toml_names_its_line() -> None:
    assert fault(HEAD + "people = [\n1 2\n").startswith(
        "show.toml:5: is not valid TOML"
    )


@pytest.mark.parametrize(
    ("line", "remedy"),
    [
        ("author = “Back Talk”", 'write straight quotes ("), not the curly ones'),
        (
            "author\xa0= 'Back Talk'",
            "write plain spaces; a word processor put in others",
        ),
    ],
)
def test_signs_of_a_word_processor_are_told(line: str, remedy: str) -> None:
    found = fault(HEAD + line + "\n")
    assert found.startswith("show.toml:4: is not valid TOML")
    assert remedy in found


def test_text_that_ends_too_early_names_the_last_line() -> None:
    assert fault(HEAD + 'x = """never closed').startswith("show.toml:4:")


def test_a_wrong_type_names_its_line_and_value() -> None:
    found = fault(HEAD + '[review]\n# why\ntwo_people = "maybe"\n')
    assert found.startswith("show.toml:6: 'review.two_people' is 'maybe'")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('[people]\nid = "a"\n', "write [[people]], with two brackets, above each"),
        (
            '[[people]]\nid = "a"\nname = "A"\n[people.before]\nuntil = 2026-01-01\n',
            "write [[people.before]], with two brackets, above each",
        ),
        (
            '[[sources]]\nurl = "a"\nmin_duration = "00:10:00"\n',
            "or a time as 00:12:31.200; neither stands in quotes",
        ),
        (
            "author = 5\n",
            "'author' is 5: input should be a valid string; put it in quotes",
        ),
        ('[feed]\nexplicit = "maybe"\n', "write true or false, without quotes"),
        ('video = "no"\n', "should be 'keep' or 'drop'; write one of these, in quotes"),
    ],
)
def test_what_stands_for_a_value_of_another_kind_says_how_to_write_it(
    text: str, told: str
) -> None:
    assert fault(HEAD + text).endswith(told)


def test_an_unknown_key_offers_the_nearest_known_one() -> None:
    found = fault(HEAD + '[[people]]\nid = "a"\nname = "A"\ncredentails = "MD"\n')
    assert found == (
        "show.toml:7: unknown key 'people.1.credentails'; did you mean 'credentials'?"
    )


def test_an_unknown_key_like_no_other_points_to_the_docs() -> None:
    assert fault(HEAD + "zzzzqq = 1\n").endswith("; see docs/file-formats.md")


def test_several_faults_come_together_in_order_of_lines() -> None:
    text = 'title = 5\nsite = "https://a.example/"\n[[people]]\nid = "a"\n'
    with pytest.raises(FaultsError) as caught:
        parse_show(text, PATH)
    assert [f.line for f in caught.value.faults] == [1, 1, 3]
    assert "3 faults" in str(caught.value)


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        (HEAD.replace('"A"', '" "'), 1, "'title' is empty; write what the show is"),
        (HEAD.replace("https://a.example/", "a.example"), 3, "not an http(s) address"),
        (HEAD.replace("a.example", "[::1"), 3, "not an http(s) address"),
        (HEAD.replace("a.example", "ä.example"), 3, "not an http(s) address"),
        (HEAD.replace("a.example", "a.example/ b"), 3, "not an http(s) address"),
        (HEAD.replace("a.example", "a.example/?p="), 3, "the address of one page"),
        (HEAD + '[feed]\nhub = "https://a b/"\n', 5, "'hub' is 'https://a b/'"),
        (HEAD + "[review]\ndue_days = 99999999999\n", 5, "from 1 to 36500"),
        (HEAD + "[feed]\nloudness_mono = 19.0\n", 5, "LUFS from -30 to -10"),
        (HEAD + "[feed]\nloudness_mono = nan\n", 5, "'loudness_mono' is nan"),
        (HEAD + f"feed.bit_rate = 0x{'f' * 5000}\n", 1, "less than 64 bits"),
        (HEAD.replace("e/", "e"), 3, "does not end in /"),
        (HEAD + 'language = "English"\n', 4, "'English', which is no code"),
        (
            HEAD + '[transcribe]\nlanguage = "all"\n[[people]]\nid = "a"\nname = " "',
            8,
            "empty",
        ),
        (HEAD + '[transcribe]\nlanguage = "German"\n', 5, "'German', which is no code"),
        (HEAD + '[[people]]\nid = "A B"\nname = "A"\n', 5, "not made of a-z"),
        (
            HEAD + '[[people]]\nid = "a"\nname = "A"\n[[people]]\nid = "a"\nname = "B"',
            8,
            "used twice",
        ),
        (
            HEAD
            + '[[people]]\nid = "a"\nname = "A"\n[[people]]\nid = "b"\nname = "B"\naliases=["a"]',
            9,
            "another person's name",
        ),
        (  # one "ö" is of two letters, and one name has two blanks
            HEAD
            + '[[people]]\nid = "a"\nname = "Jo\u0308rg A"\n[[people]]\nid = "b"\nname = "B"\naliases=["J\u00f6rg  A"]',
            9,
            "another person's name",
        ),
        (  # nobody sees what a list that was pasted has behind a name
            HEAD
            + '[[people]]\nid = "a"\nname = "Ada Fern"\n[[people]]\nid = "b"\nname = "Ada Fern\u200b"',
            9,
            "another person's name",
        ),
        (HEAD + '[[sources]]\nurl = "x"\npeople = ["b"]\n', 6, "unknown person 'b'"),
        (
            HEAD + '[[topics]]\nid = "a"\ntitle = "A"\nformerly = ["a"]\n',
            7,
            "'a' is no id that only 'a' had",
        ),
        (HEAD + '[review]\nreviewers = ["b"]\n', 5, "unknown person 'b'"),
        (
            HEAD + '[review]\nreviewers = "b"\n',
            5,
            """'b', not a list; write reviewers = ["…"]""",
        ),
        (HEAD + '[[sources]]\nurl = "x"\nsince = "1.2.2026"\n', 6, "write 2026-03-12"),
        (HEAD + "[[sources]]\nurl = 'x'\nsince = 1.2.2026\n", 6, "days are 2026-03-12"),
    ],
)
def test_what_makes_no_sense_is_named_with_its_line(
    text: str, line: int, words: str
) -> None:
    found = fault(text)
    assert found.startswith(f"show.toml:{line}: ")
    assert words in found


def test_local_times_become_milliseconds() -> None:
    assert parse_toml("a = { b = [00:01:02.345] }", PATH) == {"a": {"b": [62_345]}}


def test_keys_inside_long_text_are_not_taken_for_keys() -> None:
    lines = key_lines('a = """\nb = 1\n[c]\n"""\nd = 1\n[x.y]\n"z w" = 2\n')
    assert lines == {("a",): 1, ("d",): 5, ("x", "y"): 6, ("x", "y", "z w"): 7}


def test_a_missing_key_is_placed_at_its_table() -> None:
    lines = key_lines("[[a]]\nb = 1\n[[a]]\n[[a.c]]\nd = 1\n")
    assert line_of(lines, ("a", 1, "c", 0, "e")) == 4
    assert line_of(lines, ("nowhere",)) == 1


def test_toml_nested_too_deeply_is_one_line() -> None:
    with pytest.raises(ContentError, match=r"show\.toml:1: is nested too deeply"):
        parse_toml("a = " + "[" * 20_000, PATH)
