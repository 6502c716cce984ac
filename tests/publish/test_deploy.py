"""Deploy: in the right order, only what changed, done again after any interruption."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import fsspec
import pytest
from fsspec.implementations.local import LocalFileSystem
from fsspec.implementations.memory import MemoryFileSystem
from hypothesis import given, settings
from hypothesis import strategies as st

from pullquote.cli import main
from pullquote.errors import EngineError, PullquoteError, UsageError
from pullquote.formats.folder import ShowFolder
from pullquote.formats.redactions_toml import add_redactions
from pullquote.model.answer import Clip, Redaction
from pullquote.publish.deploying.deploy import NOTE, STAGED, deploy, plan

FILES = {
    ".pullquote-site": "x",
    ".pullquote-pages": "x",
    "index.html": "home",
    "404.html": "none",
    "answers/bed-rest/index.html": "rest",
    "feeds/podcast.xml": "<rss/>",
    "sitemap.xml": "<urlset/>",
    "_redirects": "",
    "static/style.css": "a{}",
    "media/one.mp3": "ID3",
}
PUBLIC = {path for path in FILES if not path.startswith(".")}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    root = tmp_path / "site"
    for path, text in FILES.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)
    return root


def held(folder: Path) -> dict[str, str]:
    return {
        p.relative_to(folder).as_posix(): p.read_text()
        for p in folder.rglob("*")
        if p.is_file()
    }


def test_what_others_point_at_goes_first_and_feeds_last(
    site: Path, tmp_path: Path
) -> None:
    done = deploy(site, str(tmp_path / "host"))
    assert done.upload == (
        "media/one.mp3",
        "static/style.css",
        "404.html",
        "answers/bed-rest/index.html",
        "index.html",
        "_redirects",
        "feeds/podcast.xml",
        "sitemap.xml",
    )
    there = held(tmp_path / "host")
    assert there.keys() - {NOTE} == PUBLIC
    assert all(there[path] == FILES[path] for path in PUBLIC)


def test_only_what_changed_is_brought_and_what_left_is_deleted(
    site: Path, tmp_path: Path
) -> None:
    host = tmp_path / "host"
    deploy(site, str(host))
    assert deploy(site, str(host)).empty
    (site / "index.html").write_text("new home")
    (site / "answers/bed-rest/index.html").unlink()
    (host / "theirs.txt").write_text("not ours")
    dry = deploy(site, str(host), dry_run=True)
    assert (dry.upload, dry.delete) == (
        ("index.html",),
        ("answers/bed-rest/index.html",),
    )
    assert held(host)["index.html"] == "home"
    assert deploy(site, str(host)) == dry
    assert held(host)["index.html"] == "new home"
    assert "answers/bed-rest/index.html" not in held(host)
    assert held(host)["theirs.txt"] == "not ours"
    (host / "index.html").write_text("tampered")
    assert deploy(site, str(host)).empty
    assert len(deploy(site, str(host), everything=True).upload) == len(PUBLIC) - 1
    assert held(host)["index.html"] == "new home"


class Flaky(MemoryFileSystem):  # type: ignore[misc]
    """Storage that gives up after some uploads."""

    protocol = "flaky"
    store: dict[str, Any] = {}  # noqa: RUF012  # fsspec's own way
    pseudo_dirs = [""]  # noqa: RUF012
    left = 0

    def put_file(self, *args: Any, **kwargs: Any) -> None:
        if Flaky.left == 0:
            raise OSError(28, "No space left on device")
        Flaky.left -= 1
        super().put_file(*args, **kwargs)


def brought_to(files: type[MemoryFileSystem]) -> set[str]:
    return {path.partition("host/show/")[2] for path in files.store}


@pytest.fixture
def flaky() -> Iterator[None]:
    fsspec.register_implementation("flaky", Flaky, clobber=True)
    Flaky.store.clear()
    yield
    Flaky.store.clear()


@pytest.mark.usefixtures("flaky")
@pytest.mark.parametrize("stop", range(8))
def test_an_interrupted_deploy_is_done_again_and_no_feed_came_early(
    site: Path, stop: int
) -> None:
    Flaky.left = stop
    with pytest.raises(PullquoteError, match=r"refuses \(.*No space left") as caught:
        deploy(site, "flaky://host/show")
    assert "\n" not in str(caught.value)
    there = brought_to(Flaky)
    known = json.loads(Flaky("").cat_file(f"flaky://host/show/{NOTE}"))
    assert known.keys() >= there - {NOTE}, "what may have come is known"
    assert not any(known.values()), "and nothing is taken for brought"
    assert "feeds/podcast.xml" not in there or there >= PUBLIC - {"sitemap.xml"}
    Flaky.left = 100
    deploy(site, "flaky://host/show")
    there = brought_to(Flaky)
    assert there == {*PUBLIC, NOTE}


@pytest.mark.usefixtures("flaky")
def test_a_large_archive_does_not_begin_anew_where_nothing_can_be_renamed(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on S3: 700 GB of sound are not brought again for the last page's sake."""
    for number in range(6):
        (site / f"media/{number}.mp3").write_bytes(b"ID3" + bytes([number]) * 1000)
    monkeypatch.setattr("pullquote.publish.deploying.deploy._NOTED", 2000)
    Flaky.left = 5  # after the second and the fourth it is noted
    with pytest.raises(PullquoteError, match="it goes on where it was"):
        deploy(site, "flaky://host/show")
    Flaky.left = 100
    todo = deploy(site, "flaky://host/show", dry_run=True).upload
    assert [path for path in todo if path.endswith(".mp3")] == [
        "media/4.mp3",
        "media/5.mp3",
        "media/one.mp3",
    ]
    (site / "media/1.mp3").write_bytes(b"ID3 another")
    assert "media/1.mp3" in deploy(site, "flaky://host/show").upload
    assert brought_to(Flaky) >= {f"media/{number}.mp3" for number in range(6)}


@pytest.mark.usefixtures("flaky")
def test_what_left_the_site_after_an_interrupted_deploy_does_not_stay_there(
    site: Path,
) -> None:
    """An episode is taken back in between: its sound must not go on being public."""
    Flaky.left = 3
    with pytest.raises(PullquoteError, match="No space left"):
        deploy(site, "flaky://host/show")
    assert brought_to(Flaky) >= {"media/one.mp3"}
    (site / "media/one.mp3").unlink()
    Flaky.left = 100
    assert "media/one.mp3" in deploy(site, "flaky://host/show").delete
    assert "media/one.mp3" not in brought_to(Flaky)


def test_no_packed_copy_and_no_folders_name_outlives_what_was_said(
    site: Path, tmp_path: Path
) -> None:
    host = tmp_path / "host"
    (site / "static" / "code.js.gz").write_text("ours")
    deploy(site, str(host))
    changed = ("index.html", "answers/bed-rest/index.html")
    packed = (".gz", ".br", ".zst")
    for path in (*changed, "404.html"):
        for ending in packed:
            (host / f"{path}{ending}").write_text("as it was")
    (host / "theirs").mkdir()
    (site / "index.html").write_text("new home")
    (site / changed[1]).unlink()
    (site / "static" / "code.js").write_text("new")
    deploy(site, str(host))
    there = held(host)
    assert not there.keys() & {path + end for path in changed for end in packed}
    assert {"404.html.gz", "404.html.br", "static/code.js.gz"} <= there.keys()
    assert not (host / "answers").exists()
    assert (host / "theirs").is_dir()


def test_what_was_on_its_way_and_is_not_wanted_any_more_goes(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    host = tmp_path / "host"
    deploy(site, str(host))
    (site / "media/two.mp3").write_text("private")

    def breaks(*_: object, **__: object) -> None:
        raise EOFError  # as paramiko does where a connection ends

    with monkeypatch.context() as broken:
        broken.setattr(LocalFileSystem, "mv", breaks)
        with pytest.raises(PullquoteError, match=r"refuses \(EOFError\)"):
            deploy(site, str(host))
    assert "private" in held(host).values()
    (site / "media/two.mp3").unlink()
    assert deploy(site, str(host), dry_run=True).empty
    assert "private" in held(host).values()
    assert deploy(site, str(host)).empty
    assert "private" not in held(host).values()


class Bucket(MemoryFileSystem):  # type: ignore[misc]
    """Storage like S3, which is told what to say of a file."""

    protocol = ("bucket", "s3")
    store: dict[str, Any] = {}  # noqa: RUF012  # fsspec's own way
    pseudo_dirs = [""]  # noqa: RUF012
    told: dict[str, dict[str, Any]] = {}  # noqa: RUF012

    def put_file(self, lpath: str, rpath: str, **kwargs: Any) -> None:
        Bucket.told[rpath.partition("host/show/")[2]] = kwargs
        super().put_file(lpath, rpath)


def test_a_cache_before_a_bucket_asks_whether_a_page_still_says_so(site: Path) -> None:
    fsspec.register_implementation("bucket", Bucket, clobber=True)
    deploy(site, "bucket://host/show")
    assert Bucket.told["feeds/podcast.xml"] == {
        "ContentType": "application/rss+xml; charset=utf-8",
        "CacheControl": "no-cache",
    }
    assert {one["CacheControl"] for one in Bucket.told.values()} == {"no-cache"}


class NoCapitals(MemoryFileSystem):  # type: ignore[misc]
    """Storage that tells no capitals apart."""

    protocol = "nocapitals"
    store: dict[str, Any] = {}  # noqa: RUF012  # fsspec's own way
    pseudo_dirs = [""]  # noqa: RUF012

    @classmethod
    def _strip_protocol(cls, path: str) -> str:
        return str(super()._strip_protocol(path)).lower()


def test_a_file_that_only_changed_its_capitals_stays(site: Path) -> None:
    fsspec.register_implementation("nocapitals", NoCapitals, clobber=True)
    (site / "static/Logo.svg").write_text("old")
    deploy(site, "nocapitals://host/show")
    (site / "static/Logo.svg").rename(site / "static/logo.svg")
    done = deploy(site, "nocapitals://host/show")
    assert (done.upload, done.delete) == (("static/logo.svg",), ("static/Logo.svg",))
    assert "static/logo.svg" in brought_to(NoCapitals)
    NoCapitals.store.clear()


@pytest.mark.parametrize(
    "target", ["site", "site/out", ".", "link/deep", "transcripts", "episodes/a"]
)
def test_a_site_is_brought_neither_into_itself_nor_among_a_shows_files(
    site: Path, tmp_path: Path, target: str
) -> None:
    (tmp_path / "show.toml").write_text("")
    (tmp_path / "link").symlink_to(site)
    before = held(tmp_path)
    with pytest.raises(UsageError, match="name another folder"):
        deploy(site, str(tmp_path / target))
    assert held(tmp_path) == before


def test_a_file_where_a_folder_is_named_is_told_in_words(
    site: Path, tmp_path: Path
) -> None:
    (tmp_path / "host").write_text("x")
    with pytest.raises(PullquoteError, match=r"host: refuses \(Not a directory: /"):
        deploy(site, str(tmp_path / "host"))


def test_what_others_have_at_a_target_is_not_written_over(
    site: Path, tmp_path: Path
) -> None:
    host = tmp_path / "host"
    host.mkdir()
    (host / "index.html").write_text("the hospital")
    (host / "logo.svg").write_text("<svg/>")
    before = held(host)
    for dry in (True, False):
        with pytest.raises(UsageError, match=r"brought by deploy: index\.html; name"):
            deploy(site, str(host), dry_run=dry)
    assert held(host) == before
    (site / "robots.txt").write_text("Sitemap: https://one.example/sitemap.xml\n")
    deploy(site, str(host), everything=True)
    assert held(host)["index.html"] == "home"
    (site / "media/one.mp3").unlink()
    (site / "robots.txt").write_text("Sitemap: https://two.example/a/sitemap.xml\n")
    with pytest.raises(UsageError, match=r"the site of https://one\.example; name"):
        deploy(site, str(host))  # another show's, or the address is another now
    assert "media/one.mp3" in held(host)
    deploy(site, str(host), everything=True)
    assert "media/one.mp3" not in held(host)
    assert "logo.svg" in held(host)


def test_names_of_every_kind_come_and_go(site: Path, tmp_path: Path) -> None:
    host = tmp_path / "höst 100%20 #1"
    odd = site / "static/Größe 5%, #1?.css"
    odd.write_text("x")
    deploy(site, str(host))
    assert held(host)["static/Größe 5%, #1?.css"] == "x"
    odd.unlink()
    deploy(site, str(host))
    assert "static/Größe 5%, #1?.css" not in held(host)


def test_a_broken_upload_to_a_folder_leaves_the_old_file_whole(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    host = tmp_path / "host"
    deploy(site, str(host))
    (site / "index.html").write_text("new home")

    def half(_: object, source: str, target: str, **__: object) -> None:
        Path(target).write_text(Path(source).read_text()[:3])
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(LocalFileSystem, "put_file", half)
    with pytest.raises(PullquoteError, match="Input/output error"):
        deploy(site, str(host))
    assert (host / "index.html").read_text() == "home"


@pytest.mark.parametrize("note", ["{", "[]", '{"../../secret": "x", "/etc/x": "x"}'])
def test_a_damaged_note_deletes_nothing(site: Path, tmp_path: Path, note: str) -> None:
    (tmp_path / "host").mkdir()
    (tmp_path / "host" / NOTE).write_text(note)
    done = deploy(site, str(tmp_path / "host"))
    assert done.delete == ()
    assert set(done.upload) == PUBLIC


def test_what_is_no_target_or_no_site_is_one_line(site: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is no target"):
        deploy(site, "gopher://host/x")
    with pytest.raises(UsageError, match="there is no site yet"):
        deploy(tmp_path, str(tmp_path / "host"))


def test_a_missing_driver_says_what_to_install(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def absent(_: str) -> None:
        raise ImportError("Install s3fs to access S3")

    monkeypatch.setattr("fsspec.core.url_to_fs", absent)
    with pytest.raises(EngineError, match="pip install s3fs"):
        deploy(site, "s3://bucket/x")


def test_a_host_with_another_key_than_ssh_knows_is_refused(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Keys:  # paramiko is an extra; a real sshd was tried by hand
        def load(self, _: str) -> None:
            raise FileNotFoundError

        def lookup(self, host: str) -> dict[str, str] | None:
            return {"ssh-ed25519": "good"} if host == "known" else None

    class Key(str):
        def get_name(self) -> str:
            return "ssh-ed25519"

    class Config:  # says nothing of any host
        def parse(self, _: object) -> None: ...

        def lookup(self, host: str) -> dict[str, str]:
            return {"hostname": host}

    fake = SimpleNamespace(
        HostKeys=Keys,
        MissingHostKeyPolicy=object,
        SSHException=OSError,
        SSHConfig=Config,
    )
    monkeypatch.setitem(sys.modules, "paramiko", fake)

    def connected(_: str, *, host_key_policy: Any) -> tuple[MemoryFileSystem, str]:
        host_key_policy.missing_host_key(None, "new", Key("any"))
        host_key_policy.missing_host_key(None, "known", Key("good"))
        host_key_policy.missing_host_key(None, "known", Key("bad"))
        raise AssertionError

    monkeypatch.setattr("fsspec.core.url_to_fs", connected)
    with pytest.raises(PullquoteError, match="it may be another host"):
        deploy(site, "sftp://known/x")


def test_what_scp_would_take_is_no_folder(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for target in ("me@host.example:/var/www", "host:www", "host:/www"):
        with pytest.raises(UsageError, match="write sftp://USER@HOST/PATH"):
            deploy(site, target)
    assert deploy(site, "./host:www").upload
    assert deploy(site, "host:www").empty, "a folder that is there is one"


def test_an_error_of_our_own_passes_as_it_is(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fsspec.core.url_to_fs", lambda _: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        deploy(site, "s3://bucket/x")


digests = st.dictionaries(
    st.sampled_from(sorted(PUBLIC)), st.sampled_from("abc"), max_size=8
)


@settings(deadline=None)
@given(digests, digests)
def test_the_plan_makes_the_target_equal(
    here: dict[str, str], there: dict[str, str]
) -> None:
    todo = plan(here, there)
    after = there | {path: here[path] for path in todo.upload}
    for path in todo.delete:
        del after[path]
    assert after == here
    assert all(here[path] != there.get(path) for path in todo.upload)


def test_the_command_tells_what_it_does(
    site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "show.toml").write_text(
        'title = "T"\ndescription = "D"\nsite = "https://t.example/"\n'
    )
    host = str(tmp_path / "host")
    command = ["deploy", host, "--show", str(tmp_path)]
    assert main([*command, "--dry-run"]) == 0
    out = capsys.readouterr().out
    assert "upload feeds/podcast.xml" in out
    assert "8 files would be brought, 0 would be deleted" in out
    assert not Path(host).exists()
    assert main([*command, "--json"]) == 0
    assert len(json.loads(capsys.readouterr().out)["upload"]) == 8
    (site / "404.html").unlink()
    assert main([*command, "-v"]) == 0
    assert "delete 404.html" in capsys.readouterr().out


def test_a_site_that_lacks_what_was_saved_since_is_said_to(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    facts = tmp_path / "show.toml"
    facts.write_text('title = "T"\ndescription = "D"\nsite = "https://t.example/"\n')
    assert main(["build", "--show", str(tmp_path)]) == 0
    command = ["deploy", str(tmp_path / "host"), "--show", str(tmp_path)]
    long_ago = time.time() - 100 * 86_400
    os.utime(tmp_path / ".pullquote/built.json", (long_ago, long_ago))
    assert main(command) == 0
    assert "since its build" not in capsys.readouterr().err
    facts.write_text(facts.read_text() + 'author = "A"\n')
    assert main(command) == 0
    assert "the site lacks what was saved since its build" in capsys.readouterr().err


def test_a_site_from_before_a_redaction_does_not_go_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It may say the words still; once it went out with a note."""
    (tmp_path / "show.toml").write_text(
        'title = "T"\ndescription = "D"\nsite = "https://t.example/"\n'
    )
    paths = ShowFolder(tmp_path).episode("2026-01-01-a")
    paths.facts.parent.mkdir(parents=True)
    paths.facts.write_text('guid = "g"\ntitle = "A"\nheld = 2026-01-01\n')
    assert main(["build", "--show", str(tmp_path)]) == 0
    hides = Redaction(clip=Clip(start=0, end=1000), replacement="a viewer")
    add_redactions(paths.redactions, [hides])
    command = ["deploy", str(tmp_path / "host"), "--show", str(tmp_path)]
    for further in (["--dry-run"], []):
        assert main([*command, *further]) == 1
        told = capsys.readouterr().err
        assert "redactions.toml: was changed after the site was built" in told
        assert not (tmp_path / "host").exists()
    assert main(["build", "--show", str(tmp_path)]) == 0
    assert main(command) == 0
    assert (tmp_path / "host" / "index.html").is_file()
    # a build that had something to tell is one, too
    other = ShowFolder(tmp_path).episode("2026-01-02-b").facts
    other.parent.mkdir(parents=True)
    other.write_text(
        'guid = "h"\ntitle = "B"\nheld = 2026-01-02\nstatus = "published"\n'
        "published = 2999-01-01T00:00:00Z\n"
    )
    add_redactions(paths.redactions, [replace(hides, clip=Clip(start=5, end=9))])
    assert main(command) == 1
    capsys.readouterr()
    assert main(["build", "--show", str(tmp_path)]) == 0
    assert "waits until 2999-01-01" in capsys.readouterr().err
    assert main(command) == 0
    assert "since its build" not in capsys.readouterr().err


def test_show_toml_says_where_to_if_nobody_names_a_target(
    site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    facts = tmp_path / "show.toml"
    facts.write_text('title = "T"\ndescription = "D"\nsite = "https://t.example/"\n')
    assert main(["deploy", "--show", str(tmp_path)]) == 2
    assert "deploy_to" in capsys.readouterr().err
    facts.write_text(facts.read_text() + 'deploy_to = "www"\n')
    assert main(["deploy", "--show", str(tmp_path)]) == 0
    assert (tmp_path / "www" / "index.html").read_text() == "home"
    facts.write_text(facts.read_text().replace('"www"', '"me@host.example:/var/www"'))
    assert main(["deploy", "--show", str(tmp_path)]) == 2
    assert "write sftp://USER@HOST/PATH" in capsys.readouterr().err
    assert not [*tmp_path.glob("me@*")], "no folder of that name among the show's"


def test_a_site_whose_feeds_are_not_the_shows_does_not_go_out(
    site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """As a build leaves it that is killed after it switched the site in."""
    show = tmp_path / "show.toml"
    show.write_text('title = "T"\ndescription = "D"\nsite = "https://t.example/"\n')
    (tmp_path / "feeds").mkdir()
    known = '{"schema": "pullquote/addresses-1"}'
    (tmp_path / "feeds/addresses.json").write_text(known)
    (tmp_path / "feeds/podcast.xml").write_text("<rss>older</rss>")
    command = ["deploy", str(tmp_path / "out"), "--show", str(tmp_path)]
    assert main(command) == 2
    assert "holds another feeds/podcast.xml" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()
    (tmp_path / "feeds/podcast.xml").write_text(FILES["feeds/podcast.xml"])
    (tmp_path / "feeds/podcast-2.mine.xml").write_text("somebody's own copy")
    assert main(command) == 0


def test_a_site_whose_address_nobody_has_written_yet_does_not_go_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["init", str(tmp_path / "show")]) == 0
    assert (
        main(["deploy", str(tmp_path / "out"), "--show", str(tmp_path / "show")]) == 2
    )
    assert "'site' is still the example" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_a_deploy_cut_off_on_the_way_leaves_the_old_site_as_it_was(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "out"
    deploy(site, str(target))
    before = held(target)
    for path in ("index.html", "answers/bed-rest/index.html", "media/one.mp3"):
        (site / path).write_text("new")
    (site / "404.html").unlink()
    brought: list[str] = []
    put = LocalFileSystem.put_file

    def breaks(self: LocalFileSystem, here: str, there: str, **more: Any) -> None:
        if len(brought) == 2:
            raise OSError(28, "No space left on device")
        brought.append(here)
        put(self, here, there, **more)

    monkeypatch.setattr(LocalFileSystem, "put_file", breaks)
    with pytest.raises(PullquoteError, match="refuses"):
        deploy(site, str(target))
    assert {p: d for p, d in held(target).items() if STAGED not in p} == before
    monkeypatch.undo()

    def works(self: LocalFileSystem, here: str, there: str, **more: Any) -> None:
        brought.append(here)
        put(self, here, there, **more)

    monkeypatch.setattr(LocalFileSystem, "put_file", works)
    deploy(site, str(target))
    assert len(brought) == len(set(brought)) == 3, "nothing is brought twice"
    assert {p: d for p, d in held(target).items() if p != NOTE} == {
        p: (site / p).read_text() for p in PUBLIC - {"404.html"}
    }
