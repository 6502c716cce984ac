"""``docs/threats.md`` names a test for each threat: each of them must exist."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from tests.attacks.test_attacks import NAMES

ROOT = Path(__file__).parents[1]
NAMED = re.findall(
    r"`(tests/[\w/]+\.py)(?:::(\w+)(?:\[([^]`]+)\])?)?`",
    (ROOT / "docs/threats.md").read_text("utf-8"),
)


@pytest.mark.parametrize(("file", "name", "case"), sorted(set(NAMED)))
def test_the_test_of_a_threat_exists(file: str, name: str, case: str) -> None:
    tree = ast.parse((ROOT / file).read_text("utf-8"))
    functions = {
        node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)
    }
    assert any(one.startswith("test_") for one in functions)
    assert not name or name in functions
    assert not case or case in NAMES


def test_every_row_names_one() -> None:
    text = (ROOT / "docs/threats.md").read_text("utf-8")
    rows = [line for line in text.split("\n") if line.startswith("| ")]
    bare = [row for row in rows if "`tests/" not in row and "| test |" not in row]
    assert rows
    assert bare == []
