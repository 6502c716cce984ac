"""Run Pullquote on the show in this folder: ``python publish.py --help``."""

from pullquote.cli import entry

if __name__ == "__main__":
    entry()
