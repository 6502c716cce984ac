"""What the desk has to reach, and how the figures are told."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

Figures = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Reach:
    """One line: what it is, what has to be reached, the figures in words, whether it is."""

    what: str
    reach: str
    told: Callable[[Figures], object]
    reached: Callable[[Figures], bool]


REACH = (
    Reach(
        "our script per key, median / p95",
        "3 ms / 8 ms",
        lambda f: f"{f['script_median_ms']} ms / {f['script_p95_ms']} ms",
        lambda f: f["script_median_ms"] <= 3 and f["script_p95_ms"] <= 8,
    ),
    Reach(
        "page usable after navigation, first / warm",
        "1.5 s",
        lambda f: (
            f"{f['usable_first_ms']} ms / {f['usable_median_ms']} ms (of the first "
            f"{f['usable_first_processor_ms']} ms of processor, server and page)"
        ),
        lambda f: f["usable_first_ms"] <= 1500,
    ),
    Reach(
        "DOM nodes, texts counted",
        "under 3,000",
        lambda f: f"{f['dom_nodes_with_texts']} ({f['dom_elements']} elements)",
        lambda f: f["dom_nodes_with_texts"] < 3000,
    ),
    Reach(
        "saved on disk after the last key, median / max",
        "1 s",
        lambda f: f"{f['saved_median_ms']} ms / {f['saved_max_ms']} ms",
        lambda f: f["saved_max_ms"] < 1000,
    ),
    Reach(
        "word lit after it begins, p95 / max",
        "50 ms",
        lambda f: f"{f['lit_p95_ms']} ms / {f['lit_max_ms']} ms",
        lambda f: f["lit_p95_ms"] <= 50,
    ),
    Reach(
        "jump to any word, median / max",
        "300 ms",
        lambda f: (
            f"{f['jump_median_ms']} ms / {f['jump_max_ms']} ms, "
            f"{100 * f['loaded_share_of_recording']:.0f} % of the recording loaded"
        ),
        lambda f: f["jump_max_ms"] <= 300 and f["loaded_share_of_recording"] < 1,
    ),
    Reach(
        "keys: take a suggestion; cut from nothing",
        "1; 6",
        lambda f: (
            f"{f['accept_keys']}; {f['scratch_keys']} "
            f"({f['scratch_keys_with_two_edges_moved']} with two edges moved)"
        ),
        lambda f: f["accept_keys"] == 1 and f["scratch_keys"] <= 6,
    ),
    Reach(
        "kill -9 of the server: oldest word not in the file",
        "1 s, file valid",
        lambda f: (
            f"{f['server_kill_oldest_word_not_in_file_s']} s in {f['server_kills']} "
            f"kills; {f['server_kill_words_lost_in_the_end']} lost in the end"
        ),
        lambda f: (
            f["server_kill_oldest_word_not_in_file_s"] <= 1
            and f["server_kill_words_lost_in_the_end"] == 0
        ),
    ),
    Reach(
        "kill -9 of the browser: oldest word lost",
        "1 s, file valid",
        lambda f: (
            f"{f['browser_kill_oldest_word_lost_s']} s in {f['browser_kills']} kills"
        ),
        lambda f: f["browser_kill_oldest_word_lost_s"] <= 1,
    ),
    Reach(
        "an answer, kill -9 of server or browser: oldest word lost",
        "1 s, file valid",
        lambda f: (
            f"{f['answer_kill_oldest_word_lost_s']} s in {f['answer_kills']} kills, "
            f"{f['answer_files_broken']} files broken; saved after the last key: "
            f"{f['answer_saved_median_ms']} ms / {f['answer_saved_max_ms']} ms"
        ),
        lambda f: (
            f["answer_kill_oldest_word_lost_s"] <= 1 and not f["answer_files_broken"]
        ),
    ),
    Reach(
        "20 editors: operation answered, p95",
        "150 ms",
        lambda f: (
            f"{f['answered_p95_ms']} ms ({f['operations']} operations, "
            f"{f['operations_per_second']} a second; seen by the others within "
            f"{f['seen_by_others_p95_ms']} ms; {f['operations_missing']} missing, "
            f"{f['editors_out_of_order']} out of order)"
        ),
        lambda f: (
            f["answered_p95_ms"] <= 150
            and not f["operations_missing"]
            and not f["editors_out_of_order"]
        ),
    ),
    Reach(
        "12 steps by keyboard alone, in a real browser",
        "pass",
        lambda f: f"{f['session']['passed']} passed, {f['session']['failed']} failed",
        lambda f: f["session"]["passed"] > 0 and not f["session"]["failed"],
    ),
    Reach(
        "axe, every rule of WCAG 2.2 A and AA: violations",
        "0 on every page, light, dark, 320 px",
        lambda f: (
            f"{f['axe']['failed']} in {f['axe']['looks']} looks at {f['axe']['pages']} pages"
        ),
        lambda f: f["axe"]["looks"] > 0 and not f["axe"]["failed"],
    ),
    Reach(
        "attacks that work",
        "none, a test each",
        lambda f: (
            f"{f['attacks']['failed']} of {f['attacks']['kinds']} kinds ({f['attacks']['passed']} tests)"
        ),
        lambda f: f["attacks"]["passed"] > 0 and not f["attacks"]["failed"],
    ),
    Reach(
        "bad input that does harm",
        "none, a test each",
        lambda f: (
            f"{f['bad input']['failed']} of {f['bad input']['kinds']} kinds ({f['bad input']['passed']} tests)"
        ),
        lambda f: f["bad input"]["passed"] > 0 and not f["bad input"]["failed"],
    ),
)


def tell(found: Mapping[str, Figures], say: Callable[[str], object]) -> int:
    """Say every figure that was measured; return how many were not reached."""
    figures = {name: value for part in found.values() for name, value in part.items()}
    missed = 0
    for one in REACH:
        try:
            told, good = one.told(figures), one.reached(figures)
        except KeyError:
            continue
        missed += not good
        say(f"{'ok  ' if good else 'MISS'} {one.what}: {told}   (reach: {one.reach})")
    for name, meaning in (
        ("other", "beside, another editor"),
        ("shelf", "the shelf"),
    ):
        if name in figures:
            say(f"     {meaning}: {json.dumps(figures[name])}")
    return missed
