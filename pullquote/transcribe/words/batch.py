"""Windows that are encoded together, and what a runtime makes of them, journalled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pullquote.model.transcript import Word
from pullquote.transcribe.engine.runtime import Decoding, Runtime, Said
from pullquote.transcribe.sound import cut
from pullquote.transcribe.words.expect import Replacement, outweighs, replaced
from pullquote.transcribe.words.journal import Journal
from pullquote.transcribe.words.windows import Window, whole_seconds

if TYPE_CHECKING:
    from pullquote.transcribe.sound import Sound


@dataclass(slots=True)
class Batch:
    """Windows that are encoded once, and only if something of them is not known."""

    sound: Sound
    runtime: Runtime
    journal: Journal
    windows: Sequence[Window]
    decoding: Decoding
    _encoded: Any = None

    @property
    def encoded(self) -> Any:
        """What the runtime made of the sound."""
        if self._encoded is None:
            sounds = [cut(self.sound, w.start, w.end) for w in self.windows]
            longest = whole_seconds(max(window.length for window in self.windows))
            self._encoded = self.runtime.encode(sounds, longest, self.decoding.pad)
        return self._encoded

    def said(self, rows: Sequence[int], prompts: Sequence[str]) -> list[Said]:
        """Return what some of the windows say, each after its prompt."""
        asked = list(zip(rows, prompts, strict=True))
        found = {
            at: said
            for at, prompt in asked
            if (said := self.journal.said(self.windows[at], self.decoding, prompt))
        }
        missing = [(at, prompt) for at, prompt in asked if at not in found]
        if missing:
            at, told = zip(*missing, strict=True)
            new = self.runtime.decode(self.encoded, at, self.decoding, told)
            found |= zip(at, new, strict=True)
            self.journal.add_said(
                self.decoding, [(self.windows[n], p, found[n]) for n, p in missing]
            )
        return [found[at] for at in rows]

    def words(
        self, rows: Sequence[int], texts: Sequence[str]
    ) -> list[tuple[Word, ...]]:
        """Return the words of some windows' texts, with their times."""
        pad = self.decoding.pad
        asked = list(zip(rows, texts, strict=True))
        found = {
            at: words
            for at, text in asked
            if (words := self.journal.words(self.windows[at], pad, text)) is not None
        }
        missing = [(at, text) for at, text in asked if at not in found]
        if missing:
            at, said = zip(*missing, strict=True)
            language = self.decoding.language
            new = self.runtime.align(self.encoded, at, said, language)
            found |= zip(at, new, strict=True)
            self.journal.add_words(
                pad, [(self.windows[n], text, found[n]) for n, text in missing]
            )
        return [found[at] for at in rows]

    def wins(self, at: int, texts: Sequence[str], change: Replacement) -> bool:
        """Say whether the sound is likelier with a change than without it."""
        window, pad = self.windows[at], self.decoding.pad
        prompt = f"{change.entry.whole}."
        both = [" ".join(texts), " ".join(replaced(texts, [change]))]
        known = [self.journal.score(window, pad, text, prompt) for text in both]
        scores = [score for score in known if score is not None]
        if len(scores) < len(both):
            language = self.decoding.language
            scores = self.runtime.scores(self.encoded, at, both, prompt, language)
            self.journal.add_scores(window, pad, prompt, zip(both, scores, strict=True))
        before, after = scores
        return outweighs(before, after, change.likeness)
