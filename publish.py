"""Run Pullquote on the show in this folder: ``python publish.py --help``."""

from pullquote.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
