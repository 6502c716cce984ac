"""Measure what a name costs that an hour's recording says forty times, at the desk.

    python bench/redacting.py [--places 40] [--words 9000]

An invented hour (``bench/long_show.py``) in which a viewer is named again and again, and
three answers. Printed is the processor time that the desk takes to redact the name
everywhere, to take one place back and to take all of them back.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

sys.path.insert(0, str(Path(__file__).parents[1]))

from bench.long_show import SLUG, make_show
from pullquote.cli import main as command
from pullquote.formats.folder import EpisodeFolder
from pullquote.formats.redactions_toml import load_redactions
from pullquote.formats.transcript_md import load_transcript, save_transcript
from pullquote.formats.words_json import load_words, save_words
from tests.desk.running import running

HERE = f"/episodes/{SLUG}/redactions"
NAMED = ("from", "Walter", "Pinchbrook")
AT = 4
"""The word of a sentence at which he is named."""


def name_viewer(paths: EpisodeFolder, places: int) -> None:
    """Have the host name him in the third sentence of so many turns."""
    machine, transcript = load_words(paths.words), load_transcript(paths.transcript)
    people = {"S1": "Hanna Vorlu", "S2": "Doran Peltri", "S3": "Mila Sulten"}
    segments = [*machine.segments]
    turns = [replace(one, speaker=people[one.speaker]) for one in transcript.turns]
    for n in range(0, 2 * places, 2):
        heard, turn = segments[5 * n + 2], turns[n]
        words = [*heard.words]
        for k, text in enumerate(NAMED, AT):
            words[k] = words[k]._replace(text=text)
        segments[5 * n + 2] = replace(heard, words=tuple(words))
        said = " ".join(word.text for word in words)
        turns[n] = replace(
            turn, sentences=(*turn.sentences[:2], said, *turn.sentences[3:])
        )
    save_words(paths.words, replace(machine, segments=tuple(segments)))
    save_transcript(paths.transcript, replace(transcript, turns=tuple(turns)))


@contextmanager
def timed(what: str) -> Iterator[None]:
    """Print the processor time of what is done meanwhile, in this process."""
    began = time.process_time()
    yield
    print(f"{what}: {time.process_time() - began:.1f} s of processor time")


def _fields(html: str, names: tuple[str, ...]) -> dict[str, str]:
    """Return hidden fields of a page's first form."""
    part = html.split('<form method="post"', 1)[1]
    return {n: part.split(f'name="{n}" value="')[1].split('"')[0] for n in names}


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--places", type=int, default=40)
    parser.add_argument("--words", type=int, default=9_000)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as top:
        folder = make_show(Path(top) / "show", given.words)
        paths = folder.episode(SLUG)
        name_viewer(paths, given.places)
        for number in ("1", "2", "3"):
            command(["cut", SLUG, number, "--by", "doc", "--show", str(folder.root)])
        with running(folder) as desk:
            client = desk.at_the_machine()
            log = folder.desk / f"transcripts/{SLUG}.jsonl"
            client.get(f"/episodes/{SLUG}/state")  # as somebody has it open
            with timed("the list of private details"):
                listed = client.get(HERE).text.partition('id="notes"')[2]
            asked = {"do": "redact", **_fields(listed, ("start", "end"))}
            with timed("the places in their sentences"):
                where = client.post(HERE, asked).headers["location"]
                shown = client.get(where).text
            seen = _fields(shown.partition('id="places"')[0] + shown, ("seen",))
            ticked = [("place", one) for one in seen["seen"].split()]
            fields = [*asked.items(), *seen.items(), ("choice", "redact"), *ticked]
            with timed(f"{len(ticked)} places redacted"):
                where = client.post(HERE, fields).headers["location"]
            assert len(load_redactions(paths.redactions)) == given.places
            assert NAMED[-1] not in paths.transcript.read_text() + log.read_text()
            (undo,) = parse_qs(urlsplit(where).query)["undo"]
            with timed("one of them taken back"):
                one = {"do": "undo", "undo": undo, "place": ticked[7][1]}
                where = client.post(HERE, one).headers["location"]
            assert paths.transcript.read_text().count(NAMED[-1]) == 1
            (undo,) = parse_qs(urlsplit(where).query)["undo"]
            with timed("all of them taken back"):
                client.post(HERE, {"do": "undo", "undo": undo})
            assert paths.transcript.read_text().count(NAMED[-1]) == given.places


if __name__ == "__main__":
    main()
