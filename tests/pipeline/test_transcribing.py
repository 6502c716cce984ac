"""What an editor does while a recording is being heard counts."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from pullquote.errors import ContentError
from pullquote.formats.episode_toml import load_episode
from pullquote.formats.folder import EpisodeFolder
from pullquote.formats.redactions_toml import add_redactions
from pullquote.formats.show_toml import load_show
from pullquote.formats.words_json import load_words, save_words
from pullquote.model.answer import Clip, Redaction
from pullquote.model.show import TranscribeSettings
from pullquote.pipeline.library.load import load_library
from pullquote.pipeline.outcome import Outcome, Quiet
from pullquote.pipeline.transcribing.episodes import (
    Due,
    Hints,
    due_to_transcribe,
    outcome_of,
)
from pullquote.pipeline.transcribing.farming import in_its_language
from pullquote.transcribe.stage import Asked, Transcribed
from tests.desk.running import SLUG, sample_show


@pytest.mark.parametrize(
    ("show", "model", "chosen", "language"),
    [
        ("de", "small.en", None, "de"),
        ("de-AT", "base.en", None, "de"),
        ("de", "small.en", "en", "en"),
        ("de", "small", None, None),
        ("en-GB", "base.en", None, None),
    ],
)
def test_a_model_of_english_alone_makes_no_english_of_a_german_show(
    tmp_path: Path, show: str, model: str, chosen: str | None, language: str | None
) -> None:
    german = replace(load_show(sample_show(tmp_path).show), language=show)
    settings = TranscribeSettings(model=model, language=chosen)
    assert in_its_language(settings, german).language == language


def test_a_redaction_that_came_meanwhile_is_kept(tmp_path: Path) -> None:
    folder = sample_show(tmp_path / "show")
    show, paths = load_show(folder.show), folder.episode(SLUG)
    heard = load_words(paths.words)
    sha256 = heard.recording_sha256
    due = Due(
        paths=paths,
        episode=load_episode(paths.facts),
        media=paths.recording("recording.opus"),
        asked=Asked(episode=SLUG, recording_sha256=sha256, settings=show.transcribe),
        duration=heard.duration,
    )
    word = max(heard.words, key=lambda word: len(word.text))
    clip = Clip(start=word.start, end=word.end)
    add_redactions(paths.redactions, [Redaction(clip=clip, replacement="a viewer")])
    assert outcome_of(due, show, Transcribed(machine=heard)).state == "done"
    assert word.text not in paths.words.read_text()


def test_without_its_offers_an_episode_is_not_transcribed(tmp_path: Path) -> None:
    """Else a run that was stopped between both would leave them out for good."""
    folder = sample_show(tmp_path / "show")
    show, paths = load_show(folder.show), folder.episode(SLUG)
    heard = load_words(paths.words)
    due = due_to_transcribe(
        Hints(folder, show, show.transcribe, Quiet()), SLUG, again=True
    )
    assert isinstance(due, Due)
    paths.words.unlink()
    paths.corrections.unlink(missing_ok=True)
    paths.corrections.mkdir()  # it cannot be written
    assert outcome_of(due, show, Transcribed(machine=heard)).state == "failed"
    assert not paths.words.exists()


def test_words_of_another_recording_stop_the_build(tmp_path: Path) -> None:
    """Else a doctor's answer would play what somebody else says at that second."""
    folder = sample_show(tmp_path / "show")
    paths = folder.episode(SLUG)
    nothing_redacted(paths)
    assert not load_library(folder).public_faults
    facts = paths.facts.read_text()
    paths.facts.write_text(re.sub(r'sha256 = "\w+"', f'sha256 = "{"0" * 64}"', facts))
    says = "words.json: is of another recording than that of episode.toml; "
    (fault,) = load_library(folder).public_faults
    assert str(fault).endswith(f"{says}pullquote transcribe {SLUG}")
    words = paths.words.read_text()
    paths.words.write_text(
        words.replace('"runtime": "ctranslate2"', '"runtime": "import"')
    )
    (fault,) = load_library(folder).public_faults
    assert f"{says}move transcript.md away and import this one's" in str(fault)


def nothing_redacted(paths: EpisodeFolder) -> None:
    """Make an episode one of which a machine heard each word, and none was taken out."""
    paths.redactions.unlink(missing_ok=True)
    heard = load_words(paths.words)
    segments = (
        replace(
            segment,
            words=tuple(
                word._replace(probability=word.probability or 1.0)
                for word in segment.words
            ),
        )
        for segment in heard.segments
    )
    save_words(paths.words, replace(heard, segments=tuple(segments)))


def test_a_renamed_episode_takes_its_transcript_along(tmp_path: Path) -> None:
    folder = sample_show(tmp_path / "show")
    show = load_show(folder.show)
    before = folder.episode(SLUG)
    typed = before.transcript.read_text()
    other = folder.root / "transcripts" / "2020-01-01-of-another-recording"
    other.mkdir()
    (other / "words.json").write_text(
        re.sub(r'"sha256": "\w+"', '"sha256": "0"', before.words.read_text(), count=1)
    )
    after = folder.episode("2026-03-11-basics")
    before.facts.parent.rename(after.facts.parent)
    (fault, _) = load_library(folder).public_faults
    assert "belongs to no episode" in str(fault)
    hints = Hints(folder, show, show.transcribe, Quiet())
    assert isinstance(due_to_transcribe(hints, after.slug, again=False), Outcome)
    assert after.transcript.read_text() == typed
    assert not before.transcript.parent.exists()
    assert other.is_dir()


def test_what_was_heard_of_a_renamed_episode_is_not_written_where_it_was(
    tmp_path: Path,
) -> None:
    """Its redactions are elsewhere: names stood there in clear, for git to take."""
    folder = sample_show(tmp_path / "show")
    show, before = load_show(folder.show), folder.episode(SLUG)
    heard = load_words(before.words)
    hints = Hints(folder, show, show.transcribe, Quiet())
    due = due_to_transcribe(hints, SLUG, again=True)
    assert isinstance(due, Due)
    after = folder.episode("2026-03-11-basics")
    before.facts.parent.rename(after.facts.parent)
    before.transcript.parent.rename(after.transcript.parent)
    outcome = outcome_of(due, show, Transcribed(machine=heard))
    assert "was renamed or deleted while it was heard" in str(outcome.error)
    assert not before.transcript.parent.exists()


def test_redactions_in_captions_are_never_taken_over_to_words_with_times(
    tmp_path: Path,
) -> None:
    """A caption's name and the doctor's next "No" shared the time that was guessed."""
    folder = sample_show(tmp_path / "show")
    show, paths = load_show(folder.show), folder.episode(SLUG)
    words = paths.words.read_text()
    paths.words.write_text(
        words.replace('"runtime": "ctranslate2"', '"runtime": "import"')
    )
    hints = Hints(folder, show, show.transcribe, Quiet())
    assert isinstance(due_to_transcribe(hints, SLUG, again=False), Outcome)
    says = "redactions.toml: has its times from captions, which tell no word's time"
    with pytest.raises(ContentError, match=says):
        due_to_transcribe(hints, SLUG, again=True)
    paths.words.unlink()  # the times are heard by now
    assert isinstance(due_to_transcribe(hints, SLUG, again=True), Due)


def test_redactions_are_never_taken_over_to_another_recording(tmp_path: Path) -> None:
    """In a longer cut a name is said at another second than it was."""
    folder = sample_show(tmp_path / "show")
    show, paths = load_show(folder.show), folder.episode(SLUG)
    says = "redactions.toml: its times were found in another recording"
    facts = paths.facts.read_text()
    assert not load_library(folder).public_faults
    paths.facts.write_text(re.sub(r'sha256 = "\w+"', f'sha256 = "{"0" * 64}"', facts))
    (fault,) = load_library(folder).public_faults
    assert says in str(fault)
    hints = Hints(folder, show, show.transcribe, Quiet())
    for again in (False, True):
        with pytest.raises(ContentError, match=says):
            due_to_transcribe(hints, SLUG, again=again)
    paths.words.unlink()  # the times are right now
    assert not [f for f in load_library(folder).public_faults if says in str(f)]
