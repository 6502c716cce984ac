from __future__ import annotations

from pathlib import Path

from tests.pull.faults import SHORT, Harness
from tests.pull.server import Site


def test_after_faults_every_recording_is_whole_and_nothing_is_left(
    site: Site, tmp_path: Path
) -> None:
    report = Harness(site, tmp_path / "show", seed=20210616).run(SHORT)
    assert report.good, report
    assert report.whole == len(SHORT)
