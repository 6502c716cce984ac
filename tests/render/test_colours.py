from __future__ import annotations

from pathlib import Path

from pullquote.formats.words_po import packaged_templates
from pullquote.render.colours import colour_faults

PACKAGED = (packaged_templates() / "static" / "tokens.css").read_text()
HERE = Path("tokens.css")


def told(own: str) -> list[str]:
    return [str(fault) for fault in colour_faults(own, PACKAGED, HERE)]


def test_our_own_colours_can_be_read_in_both_schemes() -> None:
    assert told(PACKAGED) == []


def test_a_pale_colour_is_named_with_its_line_ground_and_scheme() -> None:
    pale = PACKAGED.replace("--ink-soft: #4a5c65", "--ink-soft: #999")
    line = pale.split("\n").index("  --ink-soft: #999;") + 1
    (fault,) = told(pale)
    assert fault.startswith(
        f"tokens.css:{line}: --ink-soft on --wash has a contrast of 2.64:1 in the light"
        " scheme, and text needs 4.5:1; make one of the two darker"
    )
    (fault,) = told(PACKAGED.replace("--ink-soft: #a8bac3", "--ink-soft: #566"))
    assert "in the dark scheme" in fault


def test_what_the_dark_scheme_leaves_out_is_as_in_the_light_one() -> None:
    own = PACKAGED.replace("--on-accent: #06222d;", "/* --on-accent: #06222d; */")
    (fault,) = told(own)
    assert "--on-accent on --accent-strong" in fault
    assert "in the dark scheme" in fault


def test_a_colour_is_read_however_it_is_written() -> None:
    (fault,) = told(PACKAGED.replace("#4a5c65", "oklch(90% 0 0)"))
    assert "--ink-soft on --wash" in fault


def test_what_only_a_browser_knows_is_not_judged() -> None:
    for value in ("var(--line)", "color-mix(in srgb, white, black)", "#99999980"):
        assert told(PACKAGED.replace("#4a5c65", value)) == []


def test_a_file_of_a_single_token_takes_all_others_away() -> None:
    (fault,) = told(":root { --accent: #0b5a77 }\n")
    assert fault.startswith("tokens.css:1: lacks 20 tokens, such as --font; ")
    (fault,) = told(PACKAGED.replace("--line:", "--lines:"))
    assert fault.startswith("tokens.css:1: lacks --line; ")
