"""Kill the server and the browser in the middle of typing, and see what is left."""

from __future__ import annotations

import random
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, Playwright

from bench.desk_running import (
    FLAGS,
    Served,
    chromium_path,
    free_port,
    kill_group,
    open_page,
    put_caret,
    wait_for,
)
from bench.long_show import SLUG
from pullquote.formats.folder import ShowFolder
from pullquote.formats.transcript_md import load_transcript

SECOND = 1.0


def type_until(page: Page, moment: float, name: str) -> list[tuple[str, float]]:
    """Type numbered words until a moment; return each with the time of its last key."""
    typed = []
    number = 0
    while time.monotonic() < moment:
        token = f"{name}n{number}"
        page.keyboard.type(f"{token} ", delay=12)
        typed.append((token, time.monotonic()))
        number += 1
    return typed


def lost(show: Path, typed: list[tuple[str, float]], moment: float) -> list[float]:
    """Return the ages, in seconds at ``moment``, of typed words that are not on disk.

    Raises ContentError where the file is not valid.
    """
    path = ShowFolder(show).episode(SLUG).transcript
    load_transcript(path)
    there = set(path.read_text().split())
    return [moment - at for token, at in typed if token not in there]


def killed_servers(
    browser: Browser, desk: Served, show: Path, times: int
) -> dict[str, Any]:
    """Kill the server at random moments; the browser stays and sends the rest later."""
    page = open_page(browser, desk, SLUG)
    put_caret(page, "t200")
    page.keyboard.press("Space")
    rng = random.Random(1)
    oldest, forgotten = 0.0, 0
    for number in range(times):
        moment = time.monotonic() + rng.uniform(0.2, 2.0)
        typed = type_until(page, moment, f"s{number}")
        killed = time.monotonic()
        desk.kill()
        left = lost(show, typed, killed)
        desk.start()
        # the log is ahead of the file by what the desk writes when it opens it again
        typed += type_until(page, time.monotonic() + 0.3, f"t{number}")
        wait_saved(page)
        time.sleep(0.7)
        forgotten += len(lost(show, typed, killed))
        oldest = max([oldest, *left])
    page.context.close()
    return {
        "server_kills": times,
        "server_kill_oldest_word_not_in_file_s": round(oldest, 2),
        "server_kill_words_lost_in_the_end": forgotten,
    }


def wait_saved(page: Page) -> None:
    """Wait until the page says that everything is saved."""
    page.wait_for_selector(".saved:text-is('Saved')", timeout=60_000)


def killed_browsers(
    playwright: Playwright, desk: Served, show: Path, times: int
) -> dict[str, Any]:
    """Kill the browser at random moments of typing."""
    rng = random.Random(2)
    oldest = 0.0
    for number in range(times):
        port = free_port()
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
            process = subprocess.Popen(
                [
                    chromium_path() or playwright.chromium.executable_path,
                    "--headless=new",
                    *FLAGS,
                    f"--remote-debugging-port={port}",
                    f"--user-data-dir={profile}",
                ],
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
            try:
                wait_for(port)
                browser = playwright.chromium.connect_over_cdp(
                    f"http://127.0.0.1:{port}"
                )
                page = open_page(browser, desk, SLUG)
                put_caret(page, "t250")
                page.keyboard.press("Space")
                moment = time.monotonic() + rng.uniform(0.2, 2.0)
                typed = type_until(page, moment, f"b{number}")
                killed = time.monotonic()
            finally:
                kill_group(process)
        time.sleep(1.0)  # what the server had already is written
        oldest = max([oldest, *lost(show, typed, killed)])
    return {
        "browser_kills": times,
        "browser_kill_oldest_word_lost_s": round(oldest, 2),
    }
