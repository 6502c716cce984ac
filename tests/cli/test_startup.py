import ast
import json
import os
import shlex
import subprocess
import sys
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from pullquote.cli import main
from pullquote.cli.app import app
from pullquote.cli.terminal import Terminal

ROOT = Path(__file__).parents[2]
HEAVY = (
    "torch",
    "whisper",
    "faster_whisper",
    "ctranslate2",
    "senko",
    "yt_dlp",
    "av",
    "numpy",
    "jinja2",
    "feedgen",
    "lxml",
    "starlette",
    "pydantic",
)
COMMANDS = [str(one.name) for one in app.registered_commands]


def loaded_by(code: str) -> set[str]:
    """Return the top-level modules that are there after ``code`` ran."""
    script = f"{code}\nimport sys\nprint(*{{m.partition('.')[0] for m in sys.modules}})"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    return set(done.stdout.splitlines()[-1].split())


def test_help_loads_nothing_heavy() -> None:
    found = loaded_by("from pullquote.cli import main; main(['--help'])")
    assert not found & set(HEAVY)


def test_help_costs_no_more_than_a_few_bare_interpreters() -> None:
    """A ratio of processor time, for clocks depend on the machine and its load."""
    code = (
        "import resource, subprocess, sys\n"
        "def spent(*args):\n"
        "    before = resource.getrusage(resource.RUSAGE_CHILDREN)\n"
        "    subprocess.run([sys.executable, *args], capture_output=True, check=True)\n"
        "    after = resource.getrusage(resource.RUSAGE_CHILDREN)\n"
        "    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime\n"
        "runs = [(spent('publish.py', '--help'), spent('-c', 'import typer'))\n"
        "        for _ in range(5)]\n"
        "print(min(ours for ours, _ in runs) / min(bare for _, bare in runs))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    assert float(done.stdout) < 3


def test_a_python_without_our_packages_is_told_what_to_type() -> None:
    done = subprocess.run(
        [sys.executable, "-S", "publish.py"],  # as a newcomer's own: no site-packages
        capture_output=True,
        text=True,
        cwd=ROOT,
    )
    assert done.returncode == 1
    assert "typer is not installed" in done.stderr
    assert "make run" in done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself_and_its_options(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([command, "--help"]) == 0
    text = capsys.readouterr().out
    assert "--verbose" in text
    assert "[[" not in text  # what stands in brackets by itself may be left out
    lines = [line.split("  ")[-1] for line in text.splitlines() if "  -" in line]
    assert all(lines)


def test_every_command_is_in_the_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    text = capsys.readouterr().out
    assert all(f"\n  {command} " in text for command in COMMANDS)
    assert "..." not in text.partition("Commands:")[2]  # each line is whole


def test_what_to_type_next_can_be_typed_as_it_stands(tmp_path: Path) -> None:
    def said(*argv: str | Path, within: Path) -> str:
        done = subprocess.run(
            [str(part) for part in argv],
            capture_output=True,
            text=True,
            check=True,
            cwd=within,
        )
        return done.stdout.splitlines()[-1].partition(": ")[2]

    publish = ROOT / "publish.py"
    typed = said(sys.executable, publish, "init", "a show", within=tmp_path)
    assert typed.endswith("pull URL-or-FILE --show 'a show'")
    there = shlex.split(typed.replace("pull URL-or-FILE", "status"))
    typed = said(*there, within=tmp_path)  # "No episodes yet. Bring one in: …"
    assert typed.endswith("pull URL-or-FILE --show 'a show'")
    typed = said(sys.executable, publish, "status", within=tmp_path / "a show")
    assert shlex.split(typed)[-3:] == [str(publish), "pull", "URL-or-FILE"]


def test_common_options_may_stand_before_the_command(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    show = str(tmp_path / "show")
    assert main(["init", show]) == 0
    capsys.readouterr()
    assert main(["--show", show, "--json", "status"]) == 0
    assert json.loads(capsys.readouterr().out)["episodes"] == []
    nowhere = str(tmp_path)
    assert main(["--show", nowhere, "status", "--show", show]) == 0
    assert main(["--show", nowhere, "status"]) == 1


@pytest.mark.parametrize(
    "argv", [["--nonsense"], ["dance"], ["cut"], ["transcribe", "--runtime", "jax"]]
)
def test_what_is_not_understood_ends_with_2(
    argv: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(argv) == 2
    assert "Traceback" not in capsys.readouterr().err


def test_every_module_can_be_imported_alone() -> None:
    """Nothing that is imported while modules load goes round in a circle."""
    graph: dict[str, set[str]] = {}
    for path in (ROOT / "pullquote").rglob("*.py"):
        name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        tree = ast.parse(path.read_text())
        graph[name.removesuffix(".__init__")] = set(imported(tree))
    known = {name: found & graph.keys() for name, found in graph.items()}
    assert sum(map(len, known.values())) > len(known)
    TopologicalSorter(known).prepare()  # raises an error that names the circle


def imported(node: ast.AST) -> Iterator[str]:
    """Yield what is imported with a module: not in functions, not for types alone."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.ImportFrom):
            yield child.module or ""
            yield from (f"{child.module}.{alias.name}" for alias in child.names)
        elif isinstance(child, ast.Import):
            yield from (alias.name for alias in child.names)
        elif isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test):
            continue
        elif not isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.expr):
            yield from imported(child)


def test_a_process_ends_with_threads_exit_functions_and_streams_seen_to() -> None:
    code = (
        "import atexit, sys, threading, time\n"
        "import pullquote.cli\n"
        "def main():\n"
        "    atexit.register(print, 'at exit')\n"
        "    thread = lambda: (time.sleep(0.2), print('in a thread'))\n"
        "    threading.Thread(target=thread).start()\n"
        "    print('done')\n"
        "    return 3\n"
        "pullquote.cli.main = main\n"
        "class Last:\n"
        "    def __del__(self):\n"
        "        print('taken apart')\n"
        "pullquote.cli.last = Last()\n"
        "pullquote.cli.entry()\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 3
    found = done.stdout.splitlines()
    # a debugger or a measurement of coverage sees an end as Python makes it
    end = ["done", "in a thread", "at exit"]
    assert found in (end, [*end, "taken apart"])


def test_names_that_do_not_fit_beside_the_rest_have_a_line_of_their_own(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    terminal = Terminal(tmp_path, as_json=False, verbose=False)
    names = [f"2026-11-27-{'a-long-title-' * 8}{n}" for n in range(2)]
    terminal.table(("episode", "status", "words"), [(n, "draft", "12") for n in names])
    lines = capsys.readouterr().out.splitlines()
    assert [line for line in lines if line.startswith("2026")] == names
    assert lines[lines.index(names[1]) + 1].split() == ["draft", "12"]
    terminal.table(("episode", "words"), [("2026-11-27-short", "12")])
    shown = capsys.readouterr().out.splitlines()
    assert ["2026-11-27-short", "12"] in [line.split() for line in shown]


@pytest.mark.skipif(sys.platform == "win32", reason="a shell closes the streams")
@pytest.mark.parametrize(
    ("streams", "code", "told"),
    [
        (">&-", 0, ""),
        ("<&- >&- 2>&-", 0, ""),
        pytest.param(
            "> /dev/full",
            1,
            "what it prints: cannot be written (No space left on device)",
            marks=pytest.mark.skipif(sys.platform != "linux", reason="/dev/full"),
        ),
    ],
)
def test_without_anywhere_to_print_a_command_does_what_it_does(
    show: Path, streams: str, code: int, told: str
) -> None:
    """As cron starts it, or onto a full disk: no traceback."""
    status = (str(ROOT / "publish.py"), "status", "--show", str(show))
    done = subprocess.run(
        ["/bin/sh", "-c", f'exec "$0" "$@" {streams}', sys.executable, *status],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == code
    assert (done.stderr.count("\n"), told in done.stderr) == (bool(told), True)


def test_a_stream_of_western_letters_takes_every_name(show: Path) -> None:
    """As pipes on Windows are: a name ended in a traceback, half of a table printed."""
    facts = show / "show.toml"
    facts.write_text(facts.read_text().replace("Ada Fernby", "Ada Fernbyőń"))
    env = {**os.environ, "PYTHONIOENCODING": "cp1252"}
    for more in ([], ["--json"]):
        told = ("voices", *more, "--show", str(show))
        done = subprocess.run(
            [sys.executable, str(ROOT / "publish.py"), *told],
            capture_output=True,
            env=env,
            check=False,
        )
        assert (done.returncode, done.stderr) == (0, b"")
        assert b"Ada Fernby\\u0151\\u0144" in done.stdout
