"""The desk is killed while an answer is saved: the file is whole, and is what was sent."""

from __future__ import annotations

import http.client
import random
import re
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path

from pullquote.desk.text.drafting import draft_of, form_of
from pullquote.formats.answer_md import load_answer
from pullquote.formats.folder import ShowFolder
from tests.command import document
from tests.desk.running import ROOT, SLUG, Client

HERE = f"/episodes/{SLUG}/answers/heat-or-ice"


def started(show: ShowFolder) -> tuple[subprocess.Popen[str], Client]:
    """Start the desk as a person does, and come in."""
    argv = ["desk", "--show", str(show.root), "--port", "0", "--json", "--no-open"]
    server = subprocess.Popen(
        [sys.executable, str(ROOT / "publish.py"), *argv],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    address = document(server)["address"]
    client = Client(re.sub("/enter/.*", "", address))
    assert client.get(address.removeprefix(client.address)).status == 303
    return server, client


def end(server: subprocess.Popen[str]) -> None:
    """Kill it as a power cut does."""
    with server:  # closes its pipe
        server.kill()


def test_a_kill_leaves_the_last_text_that_was_answered(show: ShowFolder) -> None:
    """Once, ``bench/desk.py`` does it many times."""
    path = show.episode(SLUG).answer("heat-or-ice")
    server, client = started(show)
    answered = [0]

    def edit() -> None:
        csrf = client.csrf()
        fields = {"asked": "4:35 - 4:38", "answered": "4:39 - 4:59", "question": "Q?"}
        fields |= {"speakers": "brambleworth"}
        with suppress(OSError, http.client.HTTPException):  # the desk is gone
            for number in range(1, 10_000):
                fields["body"] = f"Number {number}.\n" * 2000
                told = client.post(HERE, {**fields, "was": was(path)}, csrf=csrf)
                assert told.status == 303, told.text
                answered[0] = number

    typing = threading.Thread(target=edit)
    typing.start()
    while not answered[0]:
        time.sleep(0.01)
    time.sleep(random.Random(1).uniform(0.1, 0.6))
    end(server)
    typing.join()
    found = load_answer(path).body.split("\n")
    assert len(set(found)) == 1
    number = int(found[0].split()[1].rstrip("."))
    assert number - answered[0] in (0, 1)
    server, client = started(show)
    assert client.get(f"{HERE}?edit").status == 200
    end(server)


def was(path: Path) -> str:
    """What a form made just now would say that it began with."""
    return form_of(draft_of(load_answer(path)))
