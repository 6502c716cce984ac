"""Twenty editors on one server: how long an operation takes, and whether all are there."""

from __future__ import annotations

import json
import threading
import time
from pathlib import Path
from typing import Any

from websockets.sync.client import connect

from bench.desk_running import Editor, Served, share
from bench.long_show import SLUG
from pullquote.formats.folder import ShowFolder


class Worker(threading.Thread):
    """One editor: hears everything, and adds a numbered word now and then.

    Two of them share a turn, one at its start and one at its end.
    """

    def __init__(self, desk: Served, number: int, every: float, until: float) -> None:
        super().__init__()
        self.number = number
        self.every = every
        self.until = until
        self.desk = desk
        self.editor = Editor(desk, SLUG)
        state = self.editor.get("/state")
        turns = [t for t in state["turns"] if t["text"]]
        self.turn = turns[10 + 30 * (number // 2)]
        self.revision = state["revision"]
        self.at_start = number % 2 == 0
        self.took: list[float] = []
        self.heard: dict[int, float] = {}
        self.done: dict[int, float] = {}
        self.tokens: list[str] = []
        self.ended = threading.Event()
        self.lock = threading.Lock()

    def listen(self) -> None:
        """Hear what the others do, as a page does."""
        address = self.desk.address.replace("http:", "ws:")
        path = f"{address}/episodes/{SLUG}/live?since={self.revision}"
        headers = {"Cookie": self.editor.cookie, "Origin": self.desk.address}
        with connect(path, additional_headers=headers, compression=None) as socket:
            while not self.ended.is_set():
                try:
                    said = json.loads(socket.recv(timeout=0.5))
                except TimeoutError:
                    continue
                if said["type"] == "change":
                    self._take(said)

    def _take(self, said: dict[str, Any]) -> None:
        with self.lock:
            self.heard.setdefault(said["revision"], time.monotonic())
            for turn in said["turns"]:
                if turn["id"] == self.turn["id"] and said["revision"] >= self.revision:
                    self.turn, self.revision = turn, said["revision"]

    def run(self) -> None:
        """Work until the end."""
        listener = threading.Thread(target=self.listen)
        listener.start()
        time.sleep(self.every * self.number / 20)
        while time.monotonic() < self.until:
            began = time.monotonic()
            self._add()
            time.sleep(max(0.0, self.every - (time.monotonic() - began)))
        time.sleep(1)
        self.ended.set()
        listener.join()

    def _add(self) -> None:
        token = f"e{self.number}n{len(self.tokens)}"
        with self.lock:
            turn, revision = self.turn, self.revision
        at = 0 if self.at_start else len(turn["text"])
        inserted = f"{token} " if self.at_start else f" {token}"
        operation = {
            "kind": "edit",
            "turn": turn["id"],
            "at": at,
            "deleted": "",
            "inserted": inserted,
        }
        sent = {"operation": operation, "revision": revision, "key": token}
        began = time.monotonic()
        told = self.editor.post("/operations", sent)
        ended = time.monotonic()
        self.took.append(1000 * (ended - began))
        self.done[told["revision"]] = began
        self.tokens.append(token)
        self._take(told)


def many(desk: Served, show: Path, *, editors: int, seconds: float) -> dict[str, Any]:
    """Let editors work, four operations a second in all."""
    until = time.monotonic() + seconds
    workers = [Worker(desk, n, editors / 4, until) for n in range(editors)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    time.sleep(1)
    words = ShowFolder(show).episode(SLUG).transcript.read_text().split()
    places = {word: n for n, word in enumerate(words)}
    missing = [t for w in workers for t in w.tokens if t not in places]
    disordered = 0
    for worker in workers:
        order = [places[t] for t in worker.tokens if t in places]
        disordered += order != sorted(order, reverse=worker.at_start)
    heard = [
        1000 * (other.heard[revision] - began)
        for worker in workers
        for revision, began in worker.done.items()
        for other in workers
        if other is not worker and revision in other.heard
    ]
    took = [t for w in workers for t in w.took]
    return {
        "editors": editors,
        "seconds": round(seconds),
        "operations": len(took),
        "operations_per_second": round(len(took) / seconds, 2),
        "answered_median_ms": round(share(took, 0.5), 1),
        "answered_p95_ms": round(share(took, 0.95), 1),
        "answered_max_ms": round(max(took), 1),
        "seen_by_others_p95_ms": round(share(heard, 0.95), 1),
        "operations_missing": len(missing),
        "editors_out_of_order": disordered,
    }
