"""What an editor does while a recording is being heard counts."""

from __future__ import annotations

from pathlib import Path

from pullquote.formats.episode_toml import load_episode
from pullquote.formats.redactions_toml import add_redaction
from pullquote.formats.show_toml import load_show
from pullquote.formats.words_json import load_words
from pullquote.model.answer import Clip, Redaction
from pullquote.pipeline.transcribing.episodes import Due, outcome_of
from pullquote.transcribe.stage import Asked, Transcribed
from tests.desk.running import SLUG, sample_show


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
    add_redaction(paths.redactions, Redaction(clip=clip, replacement="a viewer"))
    assert outcome_of(due, show, Transcribed(machine=heard)).state == "done"
    assert word.text not in paths.words.read_text()
