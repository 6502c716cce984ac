from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from tests.media.made import picture
from tests.pipeline.test_moving import item, old_feed
from tests.pull.faults import ROOT, SHORT, Harness
from tests.pull.server import Page, Site, entry, feed


def test_after_faults_every_recording_is_whole_and_nothing_is_left(
    site: Site, tmp_path: Path
) -> None:
    report = Harness(site, tmp_path / "show", seed=20210616).run(SHORT)
    assert report.good, report
    assert report.whole == len(SHORT)


def test_no_moment_to_be_killed_or_out_of_space_does_harm(
    site: Site, tmp_path: Path, opus: Path
) -> None:
    """A few of its moments; bench/pull_faults.py goes through them all."""
    address = site.media("/a.opus", opus.read_bytes())
    body = feed(entry("Talk", address, "guid-a"))
    url = site.put("/feed.xml", Page(type="text/xml", body=body))
    come_to_harm("pull", tmp_path, url, each=13)


def test_a_show_that_moves_here_may_be_stopped_at_any_moment(
    site: Site, tmp_path: Path
) -> None:
    art = picture(tmp_path / "art.png", 1500, 1500).read_bytes()
    image = site.put("/art.png", Page(body=art, type="image/png"))
    head = f'<itunes:image href="{image}"/>'
    rows = old_feed(*(item(n) for n in range(3)), head=head)
    url = site.put("/feed.xml", Page(type="text/xml", body=rows))
    come_to_harm("init", tmp_path, url, each=9)


def come_to_harm(what: str, folder: Path, url: str, each: int) -> None:
    """Come to harm at every ``each``-th file operation of a pull or a move."""
    command = [sys.executable, "-m", "tests.pull.moments", what, str(folder), url]
    command += [str(each)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    for kind, found in json.loads(done.stdout).items():
        assert found["wrong"] == {}, f"{kind}: {done.stderr}"
        assert found["moments"] >= 3
