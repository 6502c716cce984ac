"""The command line: arguments in, lines and exit codes out; nothing else.

May import: pullquote.pipeline and all below. One module a command.
"""

from __future__ import annotations

import atexit
import os
import sys
import traceback
from collections.abc import Sequence
from io import TextIOWrapper
from typing import NoReturn

_INTERRUPTED = 130
"""Exit code after Ctrl+C, as shells have it."""
_STOPPED = "Stopped. What was finished is kept; run it again."


def entry() -> NoReturn:
    """Run the command that the process was started for, and end the process.

    It ends as any other does: threads are waited for, exit functions called, streams
    flushed. Only the last step is left out, in which Python takes apart every object it
    has: of a large show these are millions, and the system takes all memory back.
    """
    code: list[int] = []

    def leave() -> None:
        if not code or sys.gettrace():  # what traces a program has a last word
            return
        try:
            sys.stdout.flush()
            sys.stderr.flush()
        except (OSError, ValueError):  # nobody reads them: Python says so
            return
        os._exit(code[0])

    _prepare_streams()
    atexit.register(leave)  # what is registered first is called last
    code.append(main())
    raise SystemExit(code[0])


def _prepare_streams() -> None:
    """Let a program print that has nowhere to, or less letters than there are.

    As where cron closed its output, or a pipe on Windows takes Western letters alone.
    """
    for name in ("stdin", "stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            null = open(os.devnull, "r" if name == "stdin" else "w")  # noqa: PTH123, SIM115
            setattr(sys, name, null)
        elif name != "stdin" and isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code.

    0: done. 1: something failed, the rest was done. 2: wrong usage.
    """
    try:
        from pullquote.cli.app import commands
    except ModuleNotFoundError as error:
        print(
            f"{sys.executable}: {error.name} is not installed for this Python; "
            "type 'make run' once, then use .venv/bin/python",
            file=sys.stderr,
        )
        return 1
    from pullquote.errors import PullquoteError, UsageError, each_fault
    from pullquote.formats.disk import unreadable, unwritable

    args = list(sys.argv[1:] if argv is None else argv)
    try:
        commands()(args=args, prog_name="pullquote")
    except SystemExit as error:
        if error.code == _INTERRUPTED:  # typer ends so, and says nothing
            print(_STOPPED, file=sys.stderr)
        return error.code if isinstance(error.code, int) else 1
    except OSError as error:  # a folder nobody may look into, a name too long
        if {"-v", "--verbose"} & set(args):
            traceback.print_exc()
        told = (
            unreadable(error.filename, error)
            if error.filename
            else unwritable("what it prints", error)
        )
        print(told, file=sys.stderr)
        return 1
    except PullquoteError as error:
        if {"-v", "--verbose"} & set(args):
            traceback.print_exc()
        for fault in each_fault(error):
            print(fault, file=sys.stderr)
        return 2 if isinstance(error, UsageError) else 1
    except KeyboardInterrupt:
        print(_STOPPED, file=sys.stderr)
        return _INTERRUPTED
    return 0
