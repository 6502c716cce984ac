from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.pull.faults import ROOT, SHORT, Harness
from tests.pull.server import Page, Site, entry, feed


def test_after_faults_every_recording_is_whole_and_nothing_is_left(
    site: Site, tmp_path: Path
) -> None:
    report = Harness(site, tmp_path / "show", seed=20210616).run(SHORT)
    assert report.good, report
    assert report.whole == len(SHORT)


@pytest.mark.parametrize(("kind", "each"), [("kill", 13), ("full", 11)])
def test_no_moment_to_be_killed_or_out_of_space_does_harm(
    site: Site, tmp_path: Path, opus: Path, kind: str, each: int
) -> None:
    """A few of its moments; bench/pull_faults.py goes through them all."""
    address = site.media("/a.opus", opus.read_bytes())
    body = feed(entry("Talk", address, "guid-a"))
    url = site.put("/feed.xml", Page(type="text/xml", body=body))
    told = [str(tmp_path), url, kind, str(each)]
    command = [sys.executable, "-m", "tests.pull.moments", *told]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    report = json.loads(done.stdout)
    assert report["wrong"] == {}, done.stderr
    assert report["moments"] >= 3
