"""Attacks on files: what people write, what stages leave, what other programs export."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from pullquote.errors import ContentError
from pullquote.formats.addresses_json import parse_addresses
from pullquote.formats.answer_md import format_answer, parse_answer
from pullquote.formats.corrections_json import load_corrections, load_glossary
from pullquote.formats.disk import read_text
from pullquote.formats.enclosure_json import parse_enclosure
from pullquote.formats.episode_toml import format_episode, parse_episode
from pullquote.formats.folder import ShowFolder
from pullquote.formats.imported import parse_segments
from pullquote.formats.podcast_json import format_podcast_json
from pullquote.formats.redacted_json import load_redacted
from pullquote.formats.redactions_toml import parse_redactions
from pullquote.formats.show_toml import parse_show
from pullquote.formats.sidecar_toml import parse_sidecar
from pullquote.formats.source_json import parse_told
from pullquote.formats.srt import format_srt
from pullquote.formats.suggestions_json import format_suggestions, parse_suggestions
from pullquote.formats.transcript_md import format_transcript, parse_transcript
from pullquote.formats.voice_json import load_voice
from pullquote.formats.webvtt import format_webvtt
from pullquote.formats.words_json import format_words, parse_words
from pullquote.formats.words_po import load_words
from pullquote.model.align import align
from pullquote.model.transcript import Transcript, Turn
from pullquote.pipeline.pulling.visits import remembered_visits
from pullquote.pull.known import known
from pullquote.transcribe.words.journal import Journal
from tests import factory
from tests.attacks.attack import Attack
from tests.attacks.hostile import (
    anything,
    captions,
    damaged,
    dumped,
    encoded,
    numbers,
    objects,
    scalars,
    texts,
    toml,
)

ROOT = Path(__file__).parents[2]
_LARGE = 200_000
SAMPLE = "2026-03-11-back-pain-basics"


def from_file(
    scratch: Path, name: str, load: Callable[[Path], object]
) -> Callable[[bytes], object]:
    """Return a check that reads a case the way the program does: from a file."""
    path = scratch / name
    path.parent.mkdir(parents=True, exist_ok=True)

    def check(data: bytes) -> object:
        path.write_bytes(data)
        return load(path)

    return check


def _again(
    parse: Callable[[str, Path], Any], form: Callable[[Any], str]
) -> Callable[[Path], None]:
    """Return a check that what was read is read again as the same."""

    def load(path: Path) -> None:
        text = form(parse(read_text(path), path))
        assert form(parse(text, path)) == text

    return load


@cache
def _sample(name: str) -> bytes:
    return (ROOT / name).read_bytes()


def written(scratch: Path) -> list[Attack]:
    """Return attacks on all that is TOML, Markdown or JSON inside a show."""
    return [*_by_people(scratch), *_by_stages(scratch)]


def _by_people(scratch: Path) -> list[Attack]:
    texts_of = f"transcripts/{SAMPLE}"
    answer = _sample(f"{texts_of}/answers/rest-or-keep-moving.md")
    transcript = _sample(f"{texts_of}/transcript.md")[:3_000]
    people = [
        "id",
        "name",
        "role",
        "url",
        "title",
        "site",
        "description",
        "only",
        "terms",
    ]
    facts = ["guid", "title", "held", "status", "published", "chapters", "number", "x"]
    deep = {"nested 100,000 deep": lambda: b"a = " + b"[" * 100_000}
    return [
        Attack(
            name="show.toml",
            cases=st.one_of(
                damaged(
                    [
                        _sample("show.toml")[:2_500],
                        b'title="T"\ndescription="D"\nsite="https://x.example/"\n',
                    ]
                ),
                toml(
                    people,
                    ["[[people]]", "[[sources]]", "[review]", "[feed]", "[[topics]]"],
                ),
            ),
            check=from_file(
                scratch, "show.toml", lambda p: parse_show(read_text(p), p)
            ),
            corpus=deep,
            bulk=_large_toml(),
        ),
        Attack(
            name="episode.toml",
            cases=st.one_of(
                damaged([format_episode(e.episode).encode() for e in _entries()]),
                toml(facts, ["[recording]", "[[chapters]]", "[enclosure]"]),
            ),
            check=from_file(
                scratch, "episode.toml", _again(parse_episode, format_episode)
            ),
            corpus=deep,
        ),
        Attack(
            name="sidecar.toml",
            cases=toml(
                [*facts, "summary", "people", "watch", "season"], ["[[chapters]]"]
            ),
            check=from_file(
                scratch, "x.toml", lambda p: parse_sidecar(read_text(p), p)
            ),
        ),
        Attack(
            name="redactions.toml",
            cases=st.one_of(
                damaged([_sample(f"{texts_of}/redactions.toml")]),
                toml(
                    ["start", "end", "replacement", "reason"],
                    ["[[redaction]]", "[[kept]]"],
                ),
            ),
            check=from_file(
                scratch, "redactions.toml", lambda p: parse_redactions(read_text(p), p)
            ),
        ),
        Attack(
            name="answer.md",
            cases=st.one_of(
                damaged([answer]),
                _fenced(
                    ["id", "question", "asked", "answered", "status", "accepted"],
                    ["[review]", "[[corrections]]", "[anchor.asked]"],
                ),
            ),
            check=from_file(scratch, "answer.md", _again(parse_answer, format_answer)),
        ),
        Attack(
            name="transcript.md",
            cases=st.one_of(
                damaged([transcript]), _fenced(["episode", "language", "words"], [])
            ),
            check=from_file(
                scratch, "transcript.md", _again(parse_transcript, format_transcript)
            ),
            bulk={
                "a line of 20 MB": lambda: (
                    transcript + b"\nword" * 1 + b" word" * 4_000_000
                )
            },
        ),
        Attack(
            name="words.po",
            cases=st.one_of(
                damaged([_sample("templates/words/de.po")[:3_000]]), _catalogue()
            ),
            check=from_file(
                scratch, "words/de.po", lambda p: load_words(p.parents[1], "de")
            ),
            bulk={
                "a line of blanks": lambda: b" " * 400_000 + b"x",
                "100,000 wordings": lambda: b'msgid "a"\nmsgstr "b"\n' * 100_000,
            },
        ),
    ]


def _catalogue() -> st.SearchStrategy[bytes]:
    keys = [
        "msgid",
        "msgid_plural",
        "msgctxt",
        "msgstr",
        "msgstr[0]",
        "msgstr[7]",
        "#,",
    ]
    said = [
        *("", "a", "%(a)s", "%", "%%", "%(", "<b>", "{n}", "\\", "\\n"),
        "Plural-Forms: nplurals=2; plural=n>1;\\n",
        "Plural-Forms: nplurals=999999999; plural=n;\\n",
        "Plural-Forms: nplurals=2; plural=n%0;\\n",
        *("Content-Type: text/plain; charset=utf-7\\n", "Language: xx_QQ\\n"),
    ]
    line = st.tuples(st.sampled_from(keys), st.sampled_from(said))
    lines = st.lists(line.map(lambda t: f'{t[0]} "{t[1]}"'), max_size=12)
    return st.tuples(lines, texts).map(lambda t: encoded("\n".join([*t[0], t[1][:9]])))


def _fenced(keys: Sequence[str], tables: Sequence[str]) -> st.SearchStrategy[bytes]:
    turn = st.one_of(
        texts,
        st.sampled_from(
            ["**A** [00:00:01]", "**B?** [00:00:02.5]", "****", "** ** []"]
        ),
    )
    body = st.lists(turn, max_size=5).map("\n".join).map(encoded)
    front = st.one_of(toml(keys, tables), st.just(b'episode = "x"\nlanguage = "en"'))
    return st.tuples(front, body).map(lambda t: b"+++\n" + t[0] + b"\n+++\n" + t[1])


def _large_toml() -> dict[str, Callable[[], bytes]]:
    return {
        "100,000 tables": lambda: b"".join(
            b"[[people]]\nid=1\n" for _ in range(100_000)
        ),
        "a key of 1 MB": lambda: b"a" * 1_000_000 + b" = 1",
        "20,000 dotted keys": lambda: b"".join(
            b"a.b%d = 1\n" % n for n in range(20_000)
        ),
        "a string of 10 MB": lambda: b'title = "' + b"x" * 10_000_000 + b'"',
        "a key of 20,000 dots": lambda: b".".join([b"a"] * 20_000) + b" = 1",
    }


def _entries() -> list[Any]:
    return [factory.basics(), factory.posture(), factory.draft()]


def _by_stages(scratch: Path) -> list[Attack]:
    words = format_words(factory.basics().machine).encode()  # type: ignore[arg-type]
    suggested = format_suggestions("x", factory.draft().suggestions or ()).encode()
    span = {"start": numbers, "end": numbers}
    row = st.lists(st.one_of(numbers, texts), max_size=5)
    segment = objects(
        **span, speaker=texts, words=st.lists(row, max_size=3), doubts=st.lists(texts)
    )
    deep = {"nested 100,000 deep": lambda: b"[" * 100_000}

    def json_of(schema: str, **fields: Any) -> st.SearchStrategy[bytes]:
        made = objects(**fields).map(lambda d: dumped({"schema": schema, **d}))
        return st.one_of(made, anything.map(dumped), texts.map(encoded))

    def file(name: str, load: Callable[[Path], object]) -> Callable[[bytes], object]:
        return from_file(scratch, name, load)

    show = ShowFolder(scratch)
    machine_facts = {
        "episode": texts,
        "language": texts,
        "duration": numbers,
        "recording": objects(sha256=texts),
    }
    engine = objects(
        runtime=texts,
        model=texts,
        weights_sha256=texts,
        options=anything,
        versions=anything,
    )
    told = objects(title=texts, description=texts)
    visit = objects(
        complete=scalars,
        missed=st.lists(objects(line=texts, source_id=texts)),
        waiting=anything,
        left_out=anything,
        filters=texts,
        offered=anything,
    )
    return [
        Attack(
            name="words.json",
            cases=st.one_of(
                damaged([words]),
                json_of(
                    "pullquote/words-1",
                    **machine_facts,
                    engine=engine,
                    segments=st.lists(segment, max_size=3),
                    turns=st.lists(st.lists(st.one_of(numbers, texts)), max_size=2),
                    guesses=anything,
                ),
            ),
            check=file("words.json", _again(parse_words, format_words)),
            corpus=deep,
        ),
        Attack(
            name="corrections.json",
            cases=json_of(
                "pullquote/corrections-1",
                glossary=anything,
                corrections=st.lists(
                    objects(
                        **span,
                        offered=texts,
                        kind=st.sampled_from(["person", "term", "x"]),
                        likeness=numbers,
                        heard=scalars,
                    ),
                    max_size=2,
                ),
            ),
            check=file(
                "corrections.json", lambda p: (load_corrections(p), load_glossary(p))
            ),
            corpus=deep,
        ),
        Attack(
            name="voice prints",
            cases=json_of(
                "pullquote/voice-1",
                prints=st.lists(
                    objects(episode=texts, made_from=texts, print=st.lists(numbers)),
                    max_size=2,
                ),
            ),
            check=file(".pullquote/voices/lin.json", load_voice),
            corpus=deep,
        ),
        Attack(
            name="suggestions.json",
            cases=st.one_of(
                damaged([suggested]),
                json_of(
                    "pullquote/suggestions-1",
                    suggestions=st.lists(
                        objects(
                            rank=numbers,
                            question=objects(**span, text=texts),
                            answer=objects(**span),
                            speakers=st.lists(texts),
                            p_question=numbers,
                            p_answered=numbers,
                        ),
                        max_size=2,
                    ),
                ),
            ),
            check=file(
                "suggestions.json", lambda p: parse_suggestions(read_text(p), p)
            ),
        ),
        Attack(
            name="addresses.json",
            cases=st.one_of(
                damaged([_sample("feeds/addresses.json")]),
                json_of("pullquote/addresses-1", answers=anything, episodes=anything),
            ),
            check=file("addresses.json", lambda p: parse_addresses(read_text(p), p)),
        ),
        Attack(
            name="enclosure.json",
            cases=st.one_of(
                damaged([_sample(f"episodes/{SAMPLE}/enclosure.json")]),
                json_of(
                    "pullquote/enclosure-1",
                    file=texts,
                    length=numbers,
                    type=texts,
                    duration=numbers,
                    sha256=texts,
                    loudness=numbers,
                ),
            ),
            check=file("enclosure.json", lambda p: parse_enclosure(read_text(p), p)),
        ),
        Attack(
            name="redacted.json",
            cases=json_of("pullquote/redacted-1", salt=texts, digests=st.lists(texts)),
            check=file("redacted.json", load_redacted),
        ),
        Attack(
            name="source.json",
            cases=st.one_of(told.map(dumped), anything.map(dumped), texts.map(encoded)),
            check=file("source.json", lambda p: parse_told(read_text(p), p)),
        ),
        Attack(
            name="what the last pull remembered",
            cases=st.one_of(
                st.dictionaries(texts, visit, max_size=2).map(dumped),
                anything.map(dumped),
            ),
            check=file(".pullquote/sources.json", lambda _: remembered_visits(show)),
            corpus=deep,
        ),
        Attack(
            name="which recordings are the same",
            cases=anything.map(dumped),
            check=file(".pullquote/same-recordings.json", lambda _: known(show)),
            corpus=deep,
        ),
        Attack(
            name="what was pulled before",
            cases=st.one_of(
                toml(["source_id", "sha256", "guid"], ["[recording]"]),
                st.just(b"source_id = " + b"[" * 100_000),
            ),
            check=file("episodes/x/episode.toml", lambda _: known(show)),
        ),
        Attack(
            name="a journal of windows",
            cases=st.lists(
                st.one_of(
                    anything.map(dumped),
                    st.tuples(
                        texts,
                        objects(
                            text=texts,
                            tokens=numbers,
                            logprob=numbers,
                            no_speech=numbers,
                            complete=scalars,
                        ),
                    ).map(dumped),
                ),
                max_size=3,
            ).map(b"\n".join),
            check=file("journal.jsonl", Journal),
            corpus=deep,
        ),
    ]


def _segments(path: Path) -> None:
    """Read an export, and write it in every form that others read."""
    segments = parse_segments(read_text(path), path)
    assert all(s.start <= s.end and s.words for s in segments)
    starts = [s.start for s in segments]
    assert starts == sorted(starts)
    if path.stat().st_size > _LARGE:
        return  # it is read in time; what is written of it takes as long as it is
    turns = tuple(
        Turn(
            start=s.start,
            speaker=" ".join((s.speaker or "S1").split()) or "S1",
            guessed=False,
            sentences=(" ".join(w.text for w in s.words),),
        )
        for s in segments
    )
    transcript = Transcript(episode="x", language="en", turns=turns)
    parse_transcript(format_transcript(transcript), path)
    timed = align(transcript, None)
    names = [turn.speaker for turn in timed]
    for form in (format_webvtt, format_srt, format_podcast_json):
        text = form(timed, names)
        if timed:
            parse_segments(text, path)


def exported(scratch: Path) -> list[Attack]:
    """Return attacks on transcripts that other programs export."""
    check = from_file(scratch, "export", _segments)
    seconds = st.one_of(st.floats(0, 1e4), numbers)
    word = objects(
        word=texts,
        start=seconds,
        end=seconds,
        probability=numbers,
        score=numbers,
        speaker=texts,
    )
    whisper = objects(
        segments=st.lists(
            objects(
                start=seconds,
                end=seconds,
                text=texts,
                speaker=texts,
                words=st.lists(
                    st.one_of(word, st.lists(scalars, max_size=5)), max_size=3
                ),
            ),
            max_size=4,
        )
    )
    podcast = objects(
        version=texts,
        segments=st.lists(
            objects(startTime=seconds, endTime=seconds, body=texts, speaker=texts),
            max_size=4,
        ),
    )
    data = ROOT / "tests/data"
    vtt = [p.read_bytes() for p in sorted((data / "webvtt").glob("*.vtt"))]
    srt = [p.read_bytes() for p in sorted((data / "srt").glob("*.srt"))]
    cue = b"00:00:01.000 --> 00:00:02.000\n"
    return [
        Attack(
            name="WebVTT",
            cases=st.one_of(damaged(vtt), captions("WEBVTT")),
            check=check,
            bulk={
                "100,000 cues at one time": lambda: (
                    b"WEBVTT\n\n" + (cue + b"word\n\n") * 100_000
                ),
                "a cue of 5 MB": lambda: b"WEBVTT\n\n" + cue + b"word " * 1_000_000,
                "a cue of 1 MB of <": lambda: b"WEBVTT\n\n" + cue + b"<v " * 300_000,
                "a cue of 1 MB of {": lambda: b"WEBVTT\n\n" + cue + b"{\\" * 500_000,
                "a cue of 1 MB of tags": lambda: b"WEBVTT\n\n" + cue + b"<a" * 500_000,
                "500,000 spaces before an arrow": lambda: (
                    b"WEBVTT\n\n" + b" " * 500_000 + b"-->"
                ),
                "a time of 1 MB": lambda: (
                    b"WEBVTT\n\n" + b"1" * 1_000_000 + b" --> 1\nx"
                ),
                "300,000 ampersands": lambda: b"WEBVTT\n\n" + cue + b"&amp" * 300_000,
                "200,000 voices": lambda: b"WEBVTT\n\n" + cue + b"<v A>x" * 200_000,
                "a name of 1 MB": lambda: (
                    b"WEBVTT\n\n" + cue + b"A" * 1_000_000 + b": x"
                ),
                "names for ever": lambda: b"WEBVTT\n\n" + cue + b"Aa " * 200_000,
                "50 MB of blank lines": lambda: b"WEBVTT\n" + b"\n" * 50_000_000,
            },
        ),
        Attack(
            name="SRT",
            cases=st.one_of(damaged(srt), captions()),
            check=check,
            bulk={
                "100,000 cards": lambda: b"".join(
                    b"%d\n00:00:01,000 --> 00:00:02,000\nAna Lin: yes\n\n" % n
                    for n in range(100_000)
                ),
            },
        ),
        Attack(
            name="Podcasting 2.0 JSON",
            cases=st.one_of(
                podcast.map(dumped).map(
                    lambda b: b.replace(b'"startTimeX"', b'"startTime"')
                ),
                damaged(
                    [
                        b'{"version": "1.0.0", "segments": [{"speaker": "A", "startTime": 0.5, "endTime": 1.5, "body": "hi"}]}'
                    ]
                ),
            ),
            check=check,
            bulk={
                "100,000 segments": lambda: json.dumps(
                    {"segments": [{"startTime": 1, "body": "a b"}] * 100_000}
                ).encode()
            },
        ),
        Attack(
            name="Whisper JSON",
            cases=st.one_of(
                whisper.map(dumped),
                anything.map(dumped),
                damaged(
                    [
                        b'{"segments": [{"start": 0.5, "end": 1.5, "text": "hi", "words": [{"word": " hi", "start": 0.5, "end": 1}]}]}'
                    ]
                ),
            ),
            check=check,
            corpus={
                "nested 100,000 deep": lambda: b'{"segments": ' + b"[" * 100_000,
                "nested 900 deep in a word": lambda: (
                    b'{"segments":[{"start":0,"end":1,"words":[{"word":'
                    + b"[" * 900
                    + b"]" * 900
                    + b"}]}]}"
                ),
            },
        ),
    ]


def not_text(scratch: Path) -> list[Attack]:
    """Return the attack on reading itself: bytes of any encoding."""

    def load(path: Path) -> None:
        text = read_text(path)
        if "\r" in text:
            raise ContentError(path, "kept a carriage return", "take it out")

    seeds = ["Grüße".encode(c) for c in ("utf-16", "utf-32", "latin-1", "utf-8-sig")]
    return [
        Attack(
            name="text in any encoding",
            cases=st.one_of(
                st.binary(max_size=200), damaged([*seeds, "ß\r\nx\ry".encode()])
            ),
            check=from_file(scratch, "any.md", load),
        )
    ]
