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
    "Stopping", "abandon_output", "console", "escape_what_the_terminal_lacks", "is_terminal",
    "one_interrupt", "say", "standard_input",
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


class Stopping:
    """Which signal stopped the command, if one did.

    Attributes:
        signal: Its number; that of Ctrl-C until another came.
    """

    signal: int = signal.SIGINT

    @property
    def exit_code(self) -> int:
        """The exit code that shells expect."""
        return 128 + self.signal


@contextlib.contextmanager
def one_interrupt() -> Iterator[Stopping]:
    """Let the first Ctrl-C or SIGTERM stop the run, and no second one disturb the tidying up."""
    stopping = Stopping()
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    untouched = [
        number
        for number, handler in before.items()
        if handler in (signal.default_int_handler, signal.SIG_DFL)
    ]
    if threading.current_thread() is not threading.main_thread():
        untouched = []

    def interrupt(number: int, frame: FrameType | None) -> NoReturn:
        for one in untouched:
            signal.signal(one, signal.SIG_IGN)
        stopping.signal = number
        raise KeyboardInterrupt("" if number == signal.SIGINT else signal.Signals(number).name)

    for number in untouched:
        signal.signal(number, interrupt)
    try:
        yield stopping
    finally:
        for number in untouched:
            signal.signal(number, before[number])


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
