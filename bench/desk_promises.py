"""What the desk promises that is no time: the tests that hold it, run and counted."""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from lxml.etree import _Element as Element
from lxml.etree import parse

ROOT = Path(__file__).parents[1]
HERE = "tests/desk/"
SESSION = {"12 steps": ["test_session.py::test_twelve_steps_by_keyboard_alone"]}
AXE = {
    "pages": ["test_pages.py::test_a_page_is_accessible_and_never_scrolls_sideways"],
    "high contrast": ["test_pages.py::test_a_page_stands_high_contrast_and_large_text"],
    "doors": [
        "test_pages.py::test_the_door_and_a_link_look_as_well",
        "test_pages.py::test_signing_in_is_accessible",
    ],
    "transcript": [
        "test_transcript_page.py::test_the_page_is_accessible",
        "test_transcript_panels.py::test_every_panel_is_accessible",
    ],
    "keys": ["test_keys.py::test_a_question_mark_shows_the_keys"],
}
ATTACKS = {
    "wrong Host": ["test_gate.py::test_another_host_is_refused"],
    "no token, another's token": [
        "test_gate.py::test_nothing_that_changes_works_without_a_token",
        "test_gate.py::test_nothing_changes_without_the_sessions_token",
        "test_gate.py::test_another_sites_form_is_refused",
        "test_gate.py::test_a_form_from_nowhere_is_refused",
        "test_review.py::test_another_sites_form_signs_nothing",
    ],
    "a WebSocket from elsewhere": [
        "test_gate.py::test_a_websocket_needs_host_origin_and_session"
    ],
    "another's session, none, a guessed one": [
        "test_gate.py::test_a_guessed_session_is_none",
        "test_gate.py::test_no_door_was_forgotten",
        "test_gate.py::test_a_reviewer_reaches_reviews_alone",
        "test_gate.py::test_a_sign_on_proxy_is_believed_and_nobody_else",
    ],
    "another's link, a guessed one": [
        "test_review.py::test_a_link_opens_one_answer_and_nothing_else",
        "test_review.py::test_a_guessed_link_opens_nothing",
    ],
    "path tricks": [
        "test_gate.py::test_no_path_leaves_the_folders",
        "test_answers.py::test_no_path_leads_anywhere_else",
    ],
    "script in a title": ["test_shelf.py::test_a_title_cannot_bring_script"],
    "script in a transcript": [
        "test_shelf.py::test_search_finds_places_and_escapes_them",
        "test_hostile.py::test_a_hostile_show_runs_no_script",
    ],
    "script in a name, in Markdown": [
        "test_answers.py::test_script_in_markdown_and_names_stays_text"
    ],
    "script in an SVG cover": [
        "test_gate.py::test_a_picture_that_is_a_program_stays_a_picture"
    ],
    "brute force": ["test_gate.py::test_brute_force_is_stopped"],
    "oversized body": [
        "test_gate.py::test_an_oversized_body_is_refused",
        "test_gate.py::test_an_oversized_body_without_a_length_is_refused",
    ],
    "anything sent to any route": [
        "test_hostile.py::test_nothing_that_is_sent_breaks_the_desk"
    ],
}
BAD_INPUT = {
    "a transcript edited on disk while open": [
        "room/test_keeper.py::test_changes_here_and_on_disk_are_merged_in_both",
        "room/test_keeper.py::test_a_file_that_cannot_be_read_is_not_written_over",
        "test_transcript_page.py::test_words_changed_in_two_pages_are_both_shown",
    ],
    "a recording that is missing": [
        "test_transcript.py::test_without_the_recording_the_enclosure_is_heard_then_a_note_says_why"
    ],
    "a recording that is still coming": [
        "test_transcript.py::test_a_recording_that_is_still_coming_is_said_to_be"
    ],
    "a recording that was made again": [
        "test_transcript_page.py::test_the_sound_that_is_another_recording_is_told",
        "test_transcript.py::test_without_the_recording_the_enclosure_is_heard_then_a_note_says_why",
    ],
    "words.json of an older version": [
        "room/test_keeper.py::test_words_of_another_schema_leave_guessed_times"
    ],
    "a disk that fills": [
        "room/test_keeper.py::test_a_full_disk_refuses_the_change_and_keeps_what_is_there",
        "test_answers.py::test_a_full_disk_loses_nothing",
        "test_transcript_rough.py::test_a_full_disk_is_told_and_nothing_is_lost",
    ],
    "a clock that jumps": [
        "room/test_keeper.py::test_a_clock_that_is_set_back_does_no_harm",
        "test_gate.py::test_a_clock_that_jumps_lets_nobody_in_for_ever",
    ],
    "one person in two tabs": [
        "test_transcript_page.py::test_another_page_shows_what_is_changed_and_who_is_at_it",
        "test_pages.py::test_two_who_type_at_once_lose_nothing",
    ],
    "200 kB of HTML pasted": [
        "test_transcript_page.py::test_pasted_html_comes_in_as_plain_words",
        "test_answers.py::test_200_kb_of_pasted_html_is_text",
    ],
    "a browser without the Highlight API": [
        "test_transcript_page.py::test_a_browser_without_highlights_or_plain_text_fields_works"
    ],
}
KINDS: Mapping[str, Mapping[str, list[str]]] = {
    "session": SESSION,
    "axe": AXE,
    "attacks": ATTACKS,
    "bad input": BAD_INPUT,
}
LOOK = re.compile(r"^axe: (.*), (\d+) px, (\w+): no violation$", re.MULTILINE)


def promises() -> dict[str, Any]:
    """Run the tests; return of each kind how many passed and how many failed."""
    found: dict[str, Any] = {}
    cases = run(
        test for kinds in KINDS.values() for one in kinds.values() for test in one
    )
    for name, kinds in KINDS.items():
        mine = {kind: of(cases, tests) for kind, tests in kinds.items()}
        every = [case for one in mine.values() for case in one]
        found[name] = {
            "kinds": len(kinds),
            "passed": sum(map(passed, every)),
            # a kind without a test that ran is not held by anything
            "failed": sum(
                not one or not all(map(passed, one)) for one in mine.values()
            ),
        }
        if name == "axe":
            told = "\n".join(case.findtext("system-out") or "" for case in every)
            looks = LOOK.findall(told)
            found[name] |= {
                "looks": len(looks),
                "pages": len({what for what, *_ in looks}),
            }
    return found


def run(tests: Iterable[str]) -> list[Element]:
    """Run tests and return what pytest wrote of each."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        argv = ["-q", f"--junitxml={report}", "-o", "junit_logging=system-out"]
        argv += ["-o", "junit_log_passing_tests=true"]
        asked = [HERE + one for one in tests]
        subprocess.run(
            [sys.executable, "-m", "pytest", *argv, *asked],
            cwd=ROOT,
            stdout=sys.stderr,
            check=False,
        )
        return list(parse(report).iter("testcase")) if report.exists() else []


def of(cases: list[Element], tests: list[str]) -> list[Element]:
    """Return the cases of some tests, with all their parameters."""
    wanted = {
        (HERE + path.removesuffix(".py")).replace("/", ".") + "::" + name
        for path, name in (one.split("::") for one in tests)
    }
    return [
        case
        for case in cases
        if f"{case.get('classname')}::{str(case.get('name')).partition('[')[0]}"
        in wanted
    ]


def passed(case: Element) -> bool:
    """Whether a case ran and did not fail."""
    return not any(child.tag in ("failure", "error", "skipped") for child in case)
