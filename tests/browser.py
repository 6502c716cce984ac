"""A real browser, started once for many tests."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, expect, sync_playwright

# What is waited for comes in milliseconds, and later on a machine busy with other things.
expect.set_options(timeout=60_000)

_NAMES = ("chromium-headless-shell", "chromium", "chromium-browser")
"""The first has no window, and needs two thirds of the others' time."""


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start the system's Chromium, without one Playwright's own."""
    found = next(filter(None, map(shutil.which, _NAMES)), None)
    arguments = ["--no-sandbox", "--autoplay-policy=no-user-gesture-required"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=arguments)
        yield browser
        browser.close()
