"""Stop with one line where this Python cannot run Pullquote."""

import sys

if not (3, 11) <= sys.version_info[:2] <= (3, 13):
    found = ".".join(str(part) for part in sys.version_info[:3])
    sys.exit(
        f"Python {found}: Pullquote needs 3.11, 3.12 or 3.13; "
        "name one: make run PYTHON=python3.12"
    )
