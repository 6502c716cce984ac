"""Write the JSON Schemas by which editors complete and check TOML files.

Run ``python tools/make_schemas.py``; a test fails where ``docs/schemas`` is stale.
"""

from __future__ import annotations

import json
from pathlib import Path

from pullquote.formats.disk import write_text
from pullquote.formats.toml import json_schema
from pullquote.model.episode import Episode
from pullquote.model.show import Show

SCHEMAS: dict[str, type[object]] = {"show": Show, "episode": Episode}
_TIMES = {"start", "end", "duration", "min_duration", "max_duration"}
FOLDER = Path(__file__).parent.parent / "docs" / "schemas"


def schema_text(name: str) -> str:
    """Return the schema's text; times are TOML local times in the file itself."""
    schema = json_schema(SCHEMAS[name])
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["title"] = f"{name}.toml"
    _allow_local_times(schema)
    text = json.dumps(schema, indent=2, ensure_ascii=False)
    return text + "\n"


def _allow_local_times(node: object) -> None:
    """Let TOML local times stand where the model has milliseconds."""
    if isinstance(node, dict):
        for key, value in node.items():
            if key in _TIMES and isinstance(value, dict) and "type" in value:
                value["type"] = ["integer", "string"]
            _allow_local_times(value)
    elif isinstance(node, list):
        for item in node:
            _allow_local_times(item)


def main() -> None:
    """Write every schema."""
    for name in SCHEMAS:
        write_text(FOLDER / f"{name}.schema.json", schema_text(name))


if __name__ == "__main__":
    main()
