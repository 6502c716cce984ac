"""What an editor does while a recording is being heard counts."""

from __future__ import annotations

from pathlib import Path

from pullquote.formats.episode_toml import load_episode
from pullquote.formats.redactions_toml import add_redaction
from pullquote.formats.show_toml import load_show
from pullquote.formats.words_json import load_words
from pullquote.model.answer import Clip, Redaction
from pullquote.pipeline.outcome import Quiet
from pullquote.pipeline.transcribing import Due, Hints, due_to_transcribe, outcome_of
from pullquote.transcribe.stage import Transcribed
from tests.desk.running import SLUG, sample_show


def test_a_redaction_that_came_meanwhile_is_kept(tmp_path: Path) -> None:
    folder = sample_show(tmp_path / "show")
    show, paths = load_show(folder.show), folder.episode(SLUG)
    hints = Hints(folder, show, show.transcribe, Quiet())
    due = due_to_transcribe(hints, SLUG, again=True)
    assert isinstance(due, Due), load_episode(paths.facts)
    heard = load_words(paths.words)
    word = max(heard.words, key=lambda word: len(word.text))
    clip = Clip(start=word.start, end=word.end)
    add_redaction(paths.redactions, Redaction(clip=clip, replacement="a viewer"))
    assert outcome_of(due, show, Transcribed(machine=heard)).state == "done"
    assert word.text not in paths.words.read_text()
