from __future__ import annotations

import hashlib
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import fsspec
import pytest
from fsspec.implementations.local import LocalFileSystem

from pullquote.errors import EngineError, PullquoteError, UsageError
from pullquote.formats.disk import file_sha256
from pullquote.model.show import TranscribeSettings
from pullquote.transcribe.cluster.pieces import Hearing, Piece, read
from pullquote.transcribe.cluster.storage import Storage
from pullquote.transcribe.engine.runtime import Runtime
from pullquote.transcribe.engine.weights import Weights
from pullquote.transcribe.stage import Asked
from pullquote.transcribe.words.detector import Probabilities


class Stumbling(LocalFileSystem):  # type: ignore[misc]
    """A folder over a bad line: every other call fails, or all do."""

    protocol = "stumbling"
    cachable = False
    calls = 0
    always = False
    error: type[OSError] = ConnectionResetError
    seconds = 0.0
    """That each call takes."""

    def cat_file(self, path: str, *args: Any, **more: Any) -> Any:
        self._stumble()
        return super().cat_file(path, *args, **more)

    def pipe_file(self, path: str, *args: Any, **more: Any) -> Any:
        self._stumble()
        return super().pipe_file(path, *args, **more)

    @classmethod
    def _strip_protocol(cls, path: str) -> str:
        return str(path).removeprefix("stumbling://")

    def _stumble(self) -> None:
        cls = type(self)
        cls.calls += 1
        time.sleep(cls.seconds)
        if cls.always or cls.calls % 2:
            raise cls.error("no answer")


@pytest.fixture
def stumbling(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Storage:
    monkeypatch.setattr("pullquote.transcribe.cluster.storage._WAIT", 0.001)
    fsspec.register_implementation("stumbling", Stumbling, clobber=True)
    Stumbling.calls, Stumbling.always, Stumbling.seconds = 0, False, 0.0
    Stumbling.error = ConnectionResetError
    return Storage(f"stumbling://{tmp_path}")


def test_what_is_kept_is_found_by_others(tmp_path: Path) -> None:
    Storage(str(tmp_path)).put("ab12", b"words")
    assert Storage(tmp_path.as_uri()).get("ab12") == b"words"
    assert Storage(str(tmp_path)).get("cd34") is None
    assert [p for p in tmp_path.rglob("*") if ".part" in p.name] == []


@pytest.mark.parametrize("cut", [0, 10, 64, 65, 66])
def test_what_is_cut_off_or_garbled_counts_as_missing(tmp_path: Path, cut: int) -> None:
    storage = Storage(str(tmp_path))
    storage.put("ab12", b"words")
    file = tmp_path / "results/ab/ab12"
    whole = file.read_bytes()
    file.write_bytes(whole[:cut])
    assert storage.get("ab12") is None
    file.write_bytes(whole[:-1] + b"\xff")
    assert storage.get("ab12") is None


def test_a_storage_that_stumbles_is_asked_again(stumbling: Storage) -> None:
    stumbling.put("ab12", b"words")
    assert stumbling.get("ab12") == b"words"


def test_a_storage_that_only_fails_is_one_line(stumbling: Storage) -> None:
    Stumbling.always = True
    with pytest.raises(PullquoteError, match="cannot be used \\(no answer\\)"):
        stumbling.put("ab12", b"words")
    calls = Stumbling.calls
    Stumbling.error = PermissionError
    with pytest.raises(PullquoteError, match="cannot be used"):
        stumbling.put("ab12", b"words")
    assert Stumbling.calls == calls + 1, "read-only stays read-only"


@pytest.fixture
def mounted(tmp_path: Path) -> Iterator[Path]:
    """A file system of its own; a test may close it to writers."""
    folder = tmp_path / "mounted"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(folder)]
    if shutil.which("mount") is None or subprocess.run(mount, check=False).returncode:
        pytest.skip("only root may mount")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_storage_that_is_mounted_read_only_is_read_and_told(
    mounted: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "pullquote.transcribe.cluster.storage._WAIT", 60.0
    )  # asked again, it would stay closed
    recording = tmp_path / "talk.opus"
    recording.write_bytes(b"sound")
    storage, sha256 = Storage(str(mounted)), hashlib.sha256(b"sound").hexdigest()
    name = storage.bring(recording, sha256)
    storage.put("ab12", b"words")
    closed = ["mount", "-o", "remount,ro", str(mounted)]
    subprocess.run(closed, check=True)
    assert storage.bring(recording, sha256) == name
    assert storage.fetch(name, tmp_path).read_bytes() == b"sound"
    assert storage.get("ab12") == b"words"
    line = r"mounted: cannot be used \(.*Read-only file system.*\); check \[cluster\]"
    with pytest.raises(PullquoteError, match=line):
        storage.put("cd34", b"words")
    with pytest.raises(PullquoteError, match=line):
        storage.bring(recording, "0" * 64)


def test_a_storage_that_is_full_is_told_at_once(
    mounted: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pullquote.transcribe.cluster.storage._WAIT", 60.0)
    with pytest.raises(PullquoteError, match="No space left"):
        Storage(str(mounted)).put("ab12", bytes(100_000))
    assert Storage(str(mounted)).get("ab12") is None
    assert [path for path in mounted.rglob("*") if path.is_file()] == []


@pytest.mark.model
def test_a_full_disk_of_a_worker_is_one_line(
    excerpt: Path,
    weights: Weights,
    ctranslate2: Runtime,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Else the client takes it for a scheduler that vanished, and asks for ever."""
    settings, sha256 = TranscribeSettings(language="en"), file_sha256(excerpt)
    piece = Piece(
        step="look",
        storage=str(tmp_path),
        recording=Storage(str(tmp_path)).bring(excerpt, sha256),
        asked=Asked(episode="e", recording_sha256=sha256, settings=settings),
        weights_sha256=weights.sha256,
    )
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "file"))
    hearing = Hearing(weights, ctranslate2, settings)
    with pytest.raises(PullquoteError, match="worker's disk: cannot be written"):
        hearing.do(piece)


@pytest.mark.model
def test_a_slow_or_broken_storage_costs_time_and_no_recording(
    stumbling: Storage,
    excerpt: Path,
    weights: Weights,
    ctranslate2: Runtime,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(disk))
    settings, sha256 = TranscribeSettings(language="en"), file_sha256(excerpt)
    piece = Piece(
        step="listen",
        part=0,
        storage=stumbling.url,
        recording=stumbling.bring(excerpt, sha256),
        asked=Asked(episode="e", recording_sha256=sha256, settings=settings),
        weights_sha256=weights.sha256,
    )
    hearing = Hearing(weights, ctranslate2, settings)
    Stumbling.always = True
    broken = hearing.do(piece)
    assert broken.unkept is not None
    assert "cannot be used (no answer)" in broken.unkept
    assert len(read(Probabilities, broken.body)) == 30_000 // 32 + 1
    Stumbling.always, Stumbling.seconds = False, 0.2
    slow, kept = hearing.do(piece), hearing.do(piece)
    assert (slow.fresh, slow.unkept, kept.fresh) == (True, None, False)
    assert slow.body == kept.body == broken.body
    with pytest.raises(EngineError, match="give all workers the same weights"):
        hearing.do(replace(piece, weights_sha256="0" * 64))
    assert not list(disk.iterdir()), "killed, a worker leaves no recording"


def test_a_recording_is_brought_once_and_checked(tmp_path: Path) -> None:
    recording = tmp_path / "talk.OPUS"
    recording.write_bytes(b"sound")
    sha256 = hashlib.sha256(b"sound").hexdigest()
    storage = Storage(str(tmp_path / "shared"))
    name = storage.bring(recording, sha256)
    assert name == f"{sha256}.opus"
    there = storage.fetch(name, tmp_path)
    assert there == tmp_path / "shared/recordings" / name
    before = there.stat().st_mtime_ns
    storage.bring(recording, sha256)
    assert there.stat().st_mtime_ns == before
    there.write_bytes(b"noise")
    with pytest.raises(PullquoteError, match="is damaged"):
        storage.fetch(name, tmp_path)


def test_where_nothing_is_mounted_a_recording_is_copied(tmp_path: Path) -> None:
    recording = tmp_path / "talk.mp3"
    recording.write_bytes(b"sound")
    sha256 = hashlib.sha256(b"sound").hexdigest()
    storage = Storage("memory://shared")
    name = storage.bring(recording, sha256)
    (tmp_path / "worker").mkdir()
    copy = storage.fetch(name, tmp_path / "worker")
    assert copy.read_bytes() == b"sound"
    assert copy.parent == tmp_path / "worker"
    with pytest.raises(PullquoteError, match="lacks"):
        storage.fetch("0" * 64 + ".mp3", tmp_path / "worker")


def test_what_is_no_storage_is_one_line() -> None:
    with pytest.raises(UsageError, match="is no storage"):
        Storage("nothing://x").get("ab12")


def test_a_missing_driver_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(url: str) -> Any:
        raise ImportError("Install s3fs to access S3")

    monkeypatch.setattr("fsspec.core.url_to_fs", missing)
    with pytest.raises(EngineError, match=r"pip install 'pullquote\[deploy\]'"):
        Storage("s3://bucket").get("ab12")
