"""A real browser on a real desk."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Literal

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.desk.running import Client, Running

RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    "rules": {"target-size": {"enabled": True}},
}


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start the system's Chromium, without one Playwright's own."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    arguments = ["--no-sandbox", "--autoplay-policy=no-user-gesture-required"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=arguments)
        yield browser
        browser.close()


def come_in(context: BrowserContext, desk: Running, client: Client) -> None:
    """Give a browser the cookies of somebody who came in."""
    context.add_cookies(
        [
            {"name": name, "value": value, "url": desk.address}
            for name, value in client.cookies.items()
        ]
    )


Scheme = Literal["light", "dark"]
EVERY: Sequence[tuple[int, Scheme]] = (
    (320, "light"),
    (320, "dark"),
    (1280, "light"),
    (1280, "dark"),
)
NARROW_AND_WIDE: Sequence[tuple[int, Scheme]] = ((320, "dark"), (1280, "light"))
"""For one page's many states: half the time."""


def check_look(
    page: Page, what: str, cases: Sequence[tuple[int, Scheme]] = EVERY
) -> None:
    """Fail where axe finds anything or the page scrolls sideways.

    ``cases`` are widths in px and colour schemes.
    """
    axe = Axe()
    for width, scheme in cases:
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme)
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, f"{what} at {width} px is {wide} px wide"
        found = axe.run(page, options=RULES)
        assert found.violations_count == 0, f"{what}: {found.generate_report()}"
