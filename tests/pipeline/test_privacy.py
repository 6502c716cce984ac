"""What is searched for private things, and how loud a stretch may be."""

import gzip
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from mutagen.mp4 import MP4
from numpy.typing import NDArray

from pullquote.formats.disk import file_sha256
from pullquote.formats.folder import EpisodeFolder, ShowFolder
from pullquote.formats.redacted_json import load_redacted, save_redacted
from pullquote.mark.private.leaks import remembered
from pullquote.model.answer import Clip, Kept, Redaction, SuggestedQuestion, Suggestion
from pullquote.model.episode import Enclosure, HostedEnclosure, Recording
from pullquote.model.transcript import Turn
from pullquote.pipeline.private.audible import sound_leaks
from pullquote.pipeline.private.privacy import memory, private_details, remember
from pullquote.pipeline.private.redacting import without_words
from pullquote.pipeline.private.searching import (
    entry_leaks,
    output_leaks,
    show_leaks,
    source_leaks,
    tells,
)
from pullquote.pull.enclosure import heard_in
from tests.factory import answer, machine, transcript
from tests.mark.shows import SHOW, entry, library, said
from tests.media.made import RATE, write

HIDDEN = Redaction(clip=Clip(start=1000, end=2000), replacement="a viewer")
REDACTED = entry(redactions=(HIDDEN,))


@pytest.fixture
def paths(tmp_path: Path) -> EpisodeFolder:
    found = ShowFolder(tmp_path).episode("e")
    found.facts.parent.mkdir(parents=True)
    return found


def tone(level: float, start: int, end: int) -> NDArray[np.float32]:
    """Three seconds of silence with a tone from ``start`` to ``end`` milliseconds."""
    at = np.arange(3 * RATE) / RATE
    sound = level * np.sin(2 * np.pi * 1000 * at)
    sound[: start * RATE // 1000] = 0
    sound[end * RATE // 1000 :] = 0
    return sound.astype(np.float32)


@pytest.mark.parametrize(
    ("level", "start", "end", "heard"),
    [
        (0.06, 900, 2100, False),  # a bleep
        (0.12, 900, 2100, True),  # whoever speaks far from the microphone
        (0.5, 1200, 1300, True),  # a single syllable
        (0.5, 0, 1010, False),  # what a coder lets over
        (0.5, 1000, 1200, True),
        (0.5, 1850, 3000, True),
        (0.5, 2000, 3000, False),
    ],
)
@pytest.mark.parametrize("name", ["enclosure", "m4a"])
def test_more_than_a_bleep_is_heard_wherever_it_is(
    paths: EpisodeFolder, name: str, level: float, start: int, end: int, heard: bool
) -> None:
    write(getattr(paths, name), tone(level, start, end))
    found = sound_leaks(paths, REDACTED, SHOW)
    assert [fault.where for fault in found] == [str(getattr(paths, name))] * heard
    assert sound_leaks(paths, entry(), SHOW) == ()


def test_a_short_stretch_is_listened_to_and_what_is_all_edge_is_not(
    paths: EpisodeFolder,
) -> None:
    write(paths.enclosure, tone(0.5, 0, 3000))
    for end, heard in ((1180, False), (1200, True)):
        short = replace(HIDDEN, clip=Clip(start=1000, end=end))
        assert bool(sound_leaks(paths, entry(redactions=(short,)), SHOW)) == heard


def test_a_faint_voice_is_told_by_what_the_sound_was_made_of(
    paths: EpisodeFolder,
) -> None:
    """Somebody far from the microphone is quieter than a bleep, and was published."""
    write(paths.enclosure, tone(0.03, 0, 3000))
    recording = Recording(file="r", sha256="1", duration=3000, source="", source_id="")
    facts = replace(REDACTED.episode, recording=recording)
    made = Enclosure(
        file="enclosure.mp3",
        length=paths.enclosure.stat().st_size,
        type="audio/mpeg",
        duration=3000,
        sha256=file_sha256(paths.enclosure),
        loudness=-16.0,
        made_from="",
        sound_from=heard_in(SHOW, recording, ()),
    )
    told = replace(entry(episode=facts, redactions=(HIDDEN,)), enclosure=made)
    (fault,) = sound_leaks(paths, told, SHOW)
    assert "may be older than redactions.toml, with what is said at 00:00:01" in str(
        fault
    )
    heard = replace(made, sound_from=heard_in(SHOW, recording, (HIDDEN,)))
    for since in (heard, replace(made, sound_from=None)):
        assert sound_leaks(paths, replace(told, enclosure=since), SHOW) == ()
    elsewhere = replace(heard, sha256="0")  # git brought its facts, and not the sound
    (fault,) = sound_leaks(paths, replace(told, enclosure=elsewhere), SHOW)
    assert "is not the sound that enclosure.json tells of" in str(fault)


def test_sound_at_another_host_is_told_where_something_is_redacted(
    paths: EpisodeFolder,
) -> None:
    there = HostedEnclosure(
        url="https://old.example/1.mp3", length=1, type="audio/mpeg", duration=1
    )
    facts = replace(REDACTED.episode, enclosure=there)
    (fault,) = sound_leaks(paths, entry(episode=facts, redactions=(HIDDEN,)), SHOW)
    assert "leads to sound at another host" in str(fault)
    assert sound_leaks(paths, entry(episode=facts), SHOW) == ()


def test_what_is_likely_to_be_asked_is_searched_whoever_says_it() -> None:
    turns = (said(0, "Tiffany Lin", "Ask Zebulon Quandary, will heat do?"),)
    spoken = entry(turns=turns)
    assert private_details(spoken, SHOW) == ()
    question = SuggestedQuestion(start=0, end=600, text="")
    for likely, found in ((0.49, 0), (0.5, 1)):
        offered = Suggestion(
            rank=1,
            question=question,
            answer=None,
            speakers=(),
            p_question=likely,
            p_answered=0.0,
        )
        asked = replace(spoken, suggestions=(offered,))
        details = private_details(asked, SHOW)
        assert len(details) == found
    cut = answer("heat", asked=Clip(start=0, end=600))
    assert private_details(replace(spoken, answers=(cut,)), SHOW) == details
    (detail,) = details
    kept = Kept(start=detail.clip.start, end=detail.clip.end)
    assert private_details(replace(asked, kept=(kept,)), SHOW) == ()


def test_what_all_episodes_remember_is_searched_for(tmp_path: Path) -> None:
    folder = ShowFolder(tmp_path)
    for slug, salt, word in (
        ("2026-01-01-a", "one", "quandary"),
        ("2026-01-02-b", "one", "kowalczyk"),
        ("2026-01-03-c", "two", "zebulon"),
    ):
        paths = folder.episode(slug)
        paths.facts.parent.mkdir(parents=True)
        paths.facts.write_text("")
        made = remembered(salt, {(word,)}, None)
        save_redacted(paths.redacted, salt, made.digests)
    known = memory(folder)
    assert len(known) == 2
    for name in ("quandary-asks", "kowalczyk", "zebulon.jpg"):
        assert tells(name, known)
    assert not tells("heat-or-ice", known)


def test_what_was_masked_before_is_remembered_after_the_next_redaction(
    tmp_path: Path,
) -> None:
    folder = ShowFolder(tmp_path)
    paths = folder.episode("2026-01-02-b")
    other = folder.episode("2026-01-01-a")
    for one in (other, paths):
        one.facts.parent.mkdir(parents=True)
        one.facts.write_text("")
    for name in ("Zebulon", "Quandary"):
        heard = machine(paths.slug, [said(0, "Clare Fenn", f"it is {name}")], 300)
        clip = Clip(start=200, end=300)
        redaction = Redaction(clip=clip, replacement="a viewer")
        remember(paths, SHOW, heard, None, (redaction,))
        save_redacted(other.redacted, "another", frozenset())
    assert load_redacted(other.redacted) == ("another", frozenset())
    remember(other, SHOW, heard, None, (redaction,))
    assert [one.salt for one in memory(folder)].count("another") == 1
    assert tells("zebulon", memory(folder))
    assert tells("quandary", memory(folder))


@pytest.mark.parametrize(
    ("name", "language", "found"),
    [
        ("Zebulon", "en", True),
        ("Tiffany", "en", False),  # is of the show
        ("viewer", "en", False),  # is what stands there instead
        ("Nachmittag", "en", True),
        ("Nachmittag", "de", False),  # a word like any other
    ],
)
def test_the_shows_own_words_and_its_languages_are_no_private_ones(
    tmp_path: Path, name: str, language: str, found: bool
) -> None:
    folder = ShowFolder(tmp_path)
    paths = folder.episode("2026-01-01-a")
    paths.facts.parent.mkdir(parents=True)
    paths.facts.write_text("")
    show = replace(SHOW, language=language)
    heard = machine(paths.slug, [said(0, "S1", f"it is {name.lower()}")], 300)
    hides = Redaction(clip=Clip(start=200, end=300), replacement="a viewer")
    remember(paths, show, replace(heard, language=language), None, (hides,))
    assert tells(name, memory(folder)) == found


@pytest.fixture
def knowing(tmp_path: Path) -> ShowFolder:
    """A show of one episode that remembers a name."""
    folder = ShowFolder(tmp_path)
    paths = folder.episode("e")
    paths.facts.parent.mkdir(parents=True)
    paths.facts.write_text("")
    made = remembered("salt", {("quandary",)}, None)
    save_redacted(paths.redacted, "salt", made.digests)
    return folder


SOURCES = (
    *("episodes/e/episode.toml", "episodes/e/notes.md", "episodes/e/source.json"),
    *("episodes/e/captions.de.vtt", "transcripts/e/transcript.md"),
    *("transcripts/e/redactions.toml", "transcripts/e/suggestions.json"),
    *("transcripts/e/decisions.json", "transcripts/e/corrections.json"),
    *("transcripts/e/answers/heat.md", "transcripts/e/edits/x.json"),
    "transcripts/e/approved/x.md",
)


@pytest.mark.parametrize("name", SOURCES)
def test_every_file_of_an_episode_is_searched(knowing: ShowFolder, name: str) -> None:
    path = knowing.root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("so\nQuandary asks\n")
    (fault,) = source_leaks(knowing, library(entry(), root=knowing.root))
    assert (fault.where, fault.line) == (str(path), 2)
    path.write_text("so\nsomebody asks\n")
    assert source_leaks(knowing, library(entry(), root=knowing.root)) == ()


def test_an_answer_is_searched_as_its_page_shows_it(knowing: ShowFolder) -> None:
    """As it was signed, where an edit waits for its signature."""
    signed = answer("heat")
    one = entry(replace(signed, body="Edited."), episode=REDACTED.episode)
    paths = knowing.episode("e")
    copy = paths.approved(signed.id)
    copy.parent.mkdir(parents=True)
    copy.write_text("Quandary asks\n")
    shown = replace(one, approved=(signed,))
    (fault,) = entry_leaks(paths, shown, memory(knowing))
    assert fault.where == str(copy)
    assert entry_leaks(paths, one, memory(knowing)) == ()


ENDINGS = [
    "html",
    "xml",
    "json",
    "md",
    "toml",
    "vtt",
    "srt",
    "txt",
    "js",
    "css",
    "svg",
    "webmanifest",
    "opml",
]
OUTPUTS = (
    *(f"site/x.{ending}" for ending in ENDINGS),
    *("feeds/podcast.xml", "site/_redirects", "site/deep/er/index.html"),
    *(f"site/pagefind/x.{ending}" for ending in ("pf_fragment", "pf_filter")),
    "site/pagefind/x.pf_meta",
)


@pytest.mark.parametrize("name", OUTPUTS)
def test_everything_that_is_built_is_searched(knowing: ShowFolder, name: str) -> None:
    path = knowing.root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    for text, found in ((b"so Quandary asks", 1), (b"so somebody asks", 0)):
        path.write_bytes(gzip.compress(text) if ".pf_" in name else text)
        assert len(output_leaks(knowing)) == found
        of_feeds = found if name.startswith("feeds") else 0
        assert len(output_leaks(knowing, site=False)) == of_feeds


def test_a_folder_that_tells_a_name_is_to_be_renamed(knowing: ShowFolder) -> None:
    """It stands in many files, none of which can be mended by hand."""
    paths = knowing.episode("2026-01-01-quandary-asks")
    told = replace(entry(), slug=paths.slug)
    (fault,) = source_leaks(knowing, library(told, root=knowing.root))
    assert "rename it in episodes/ and in transcripts/ alike" in str(fault)
    (stops,) = entry_leaks(paths, told, memory(knowing))
    assert str(stops) == str(fault)


@pytest.mark.parametrize(
    ("name", "data", "found"),
    [
        ("site/static/own.mjs", b"// Quandary asks", 1),
        ("site/static/list.csv", b"a;Quandary", 1),
        ("site/_headers", b"/x\n  X-Asks: Quandary", 1),
        ("site/static/own.woff2", b"\xff\xfe Quandary", 0),  # no text
    ],
)
def test_whatever_is_text_is_searched(
    knowing: ShowFolder, name: str, data: bytes, found: int
) -> None:
    path = knowing.root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    assert len(output_leaks(knowing)) == found


def test_what_the_show_itself_says_is_searched(knowing: ShowFolder) -> None:
    known = memory(knowing)
    show = replace(SHOW, disclaimer="Mrs. Quandary asked.")
    knowing.show.write_text('title = "T"\ndisclaimer = "Mrs. Quandary asked."\n')
    (fault,) = show_leaks(knowing, show, known)
    assert (fault.where, fault.line) == (str(knowing.show), 2)
    assert show_leaks(knowing, show, ()) == ()
    # where recordings come from is on no page
    assert show_leaks(knowing, SHOW, known) == ()
    own = knowing.templates / "static" / "own.css"
    own.parent.mkdir(parents=True)
    own.write_text("/* as Quandary wished */")
    (fault,) = show_leaks(knowing, SHOW, known)
    assert fault.where == str(own)


def test_a_name_that_another_hearing_has_elsewhere_is_found(
    knowing: ShowFolder,
) -> None:
    """Its redaction has the times of the one before: the sound still says it."""
    paths = knowing.episode("e")
    heard = machine("e", [said(9000, "S1", "so Quandary asks")], 20_000)
    again = replace(REDACTED, slug="e", machine=heard)
    (fault,) = source_leaks(knowing, library(again, root=knowing.root))
    assert fault.where == str(paths.words)
    assert "from 00:00:09 on" in str(fault)
    assert "uandary" not in str(fault)
    (stops,) = entry_leaks(paths, again, memory(knowing))
    assert str(stops) == str(fault)


def test_the_tags_of_every_enclosure_are_searched(knowing: ShowFolder) -> None:
    sound = write(knowing.episode("e").m4a, tone(0.5, 0, 3000))
    tags = MP4(str(sound))
    tags["\xa9nam"] = ["So Quandary asks"]
    tags.save()
    (fault,) = output_leaks(knowing)
    assert fault.where == str(sound)


def test_a_show_has_one_salt_so_that_one_search_serves_all(knowing: ShowFolder) -> None:
    paths = knowing.episode("f")
    heard = machine("f", [said(0, "Clare Fenn", "it is Zebulon")], 300)
    hides = Redaction(clip=Clip(start=200, end=300), replacement="a viewer")
    remember(paths, SHOW, heard, None, (hides,))
    paths.facts.parent.mkdir(parents=True)
    paths.facts.write_text("")
    (known,) = memory(knowing)
    assert known.salt == "salt"


def test_a_turn_of_which_nothing_stays_leaves_the_transcript() -> None:
    spoken = [
        said(0, "Clare Fenn", "Who is it?"),
        said(300, "S2", "Zebulon Quandary."),
        said(500, "Clare Fenn", "Thank you."),
    ]
    written, heard = transcript("e", spoken), machine("e", spoken, 700)
    empty = Turn(speaker="S3", start=600, sentences=())
    written = replace(written, turns=(*written.turns, empty))
    for instead, left in (("", []), ("A viewer", ["A viewer."])):
        hides = Redaction(clip=Clip(start=300, end=500), replacement=instead)
        found = without_words(written, heard, (hides,))
        assert [turn.text for turn in found.turns] == [
            "Who is it?",
            *left,
            "Thank you.",
            "",
        ]
    far = Redaction(clip=Clip(start=900, end=950), replacement="")
    assert without_words(written, heard, (far,)) == written
