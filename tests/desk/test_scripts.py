"""The desk's scripts: their types hold, and nothing of them is left over."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import deno

SCRIPTS = Path(__file__).parents[2] / "templates/desk/static"
CHECKED = {
    "compilerOptions": {
        "checkJs": True,
        "strict": True,
        "lib": ["dom", "dom.iterable", "dom.asynciterable", "esnext"],
    }
}


def test_the_types_of_all_scripts_hold(tmp_path: Path) -> None:
    """Deno is here for YouTube's puzzles; it also knows the types that comments give."""
    shutil.copytree(SCRIPTS, tmp_path / "static")
    (tmp_path / "static/deno.json").write_text(json.dumps(CHECKED))
    names = sorted(path.name for path in SCRIPTS.glob("*.js"))
    done = subprocess.run(
        [deno.find_deno_bin(), "check", "--quiet", *names],
        cwd=tmp_path / "static",
        env={**os.environ, "NO_COLOR": "1", "DENO_NO_UPDATE_CHECK": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_every_module_is_checked_and_used() -> None:
    texts = {path: path.read_text() for path in SCRIPTS.rglob("*.js")}
    imported = {
        (path.parent / name).resolve()
        for path, text in texts.items()
        for name in re.findall(r'from "(\./[^"]+|\.\./[^"]+)"', text)
    }
    pages = "".join(p.read_text() for p in SCRIPTS.parent.glob("*.j2"))
    for path, text in texts.items():
        assert text.startswith("// @ts-check\n"), path
        assert path.resolve() in imported or f"/static/{path.name}" in pages, path
