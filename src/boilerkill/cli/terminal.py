"""The terminal and the standard streams: what is said, what is read, and how a run is stopped."""

from __future__ import annotations

import contextlib
import io
import os
import signal
import sys
import threading
from collections.abc import Iterator
from types import FrameType
from typing import TYPE_CHECKING, BinaryIO, NoReturn

from boilerkill.printable import printable

if TYPE_CHECKING:
    from rich.console import Console

__all__ = [
    "abandon_output", "console", "escape_what_the_terminal_lacks", "is_terminal", "one_interrupt",
    "say", "standard_input",
]  # fmt: skip


def standard_input() -> BinaryIO | None:
    """Return standard input; None where it is closed."""
    if sys.stdin is None:
        return None
    if is_terminal(sys.stdin):
        say("reading from the terminal; Ctrl-D ends the text")
    return sys.stdin.buffer


def console() -> Console:
    """Return rich's standard output, with no markup read into what is printed."""
    from rich.console import Console

    class OutputConsole(Console):
        def on_broken_pipe(self) -> NoReturn:
            """Leave it to `main`, where rich would end the process as if it had failed."""
            raise BrokenPipeError

    return OutputConsole(file=sys.stdout, highlight=False, markup=False, emoji=False)


@contextlib.contextmanager
def one_interrupt() -> Iterator[None]:
    """Let the first Ctrl-C stop the run, and no second one disturb the tidying up."""
    untouched = signal.getsignal(signal.SIGINT) is signal.default_int_handler
    if not untouched or threading.current_thread() is not threading.main_thread():
        yield
        return

    def interrupt(number: int, frame: FrameType | None) -> NoReturn:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        raise KeyboardInterrupt

    signal.signal(signal.SIGINT, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def say(message: str) -> None:
    """Print a line on standard error, safely: it may hold any file name."""
    print(f"boilerkill: {printable(message)}", file=sys.stderr)


def is_terminal(stream: object) -> bool:
    """Tell whether a stream is a terminal."""
    return stream is not None and bool(getattr(stream, "isatty", lambda: False)())


def escape_what_the_terminal_lacks() -> None:
    """Print a character that standard output's encoding lacks as an escape, not as a crash."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")


def abandon_output() -> None:
    """Keep Python from writing to a standard output that is gone, once more at exit."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
