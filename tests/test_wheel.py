"""An installed Pullquote works far from any clone."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [
            *(sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps"),
            *("--no-build-isolation", "--wheel-dir", str(target), str(ROOT)),
        ],
        check=True,
        capture_output=True,
    )
    (path,) = target.glob("pullquote-*.whl")
    return path


def test_the_wheel_carries_templates_and_nothing_of_the_show(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert "pullquote/templates/answer.html.j2" in names
    assert "pullquote/templates/static/style.css" in names
    assert "pullquote/templates/desk/shelf.html.j2" in names
    assert "pullquote/templates/desk/static/keys.js" in names
    assert "pullquote/mark/tagger/model.json" in names
    assert "pullquote/mark/suggest/edges.npz" in names
    assert "pullquote/py.typed" in names
    tops = {name.partition("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"pullquote"}


def test_a_show_is_made_and_built_outside_the_clone(
    wheel: Path, tmp_path: Path
) -> None:
    installed = tmp_path / "installed"
    zipfile.ZipFile(wheel).extractall(installed)
    script = "from pullquote.cli import main; import sys; sys.exit(main())"
    environment = os.environ | {"PYTHONPATH": str(installed)}

    def pullquote(*argv: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-c", script, *argv],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        )

    where = subprocess.run(
        [sys.executable, "-c", "import pullquote; print(pullquote.__file__)"],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert str(installed) in where.stdout
    pullquote("init", "show")
    pullquote("build", "--show", "show")
    assert (tmp_path / "show" / "site" / "static" / "style.css").is_file()
