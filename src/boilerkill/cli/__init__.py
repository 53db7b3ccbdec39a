"""The command ``boilerkill``.

It parses (`arguments`), calls the library and prints (`commands`); nothing is decided here. What is
slow to import (the library's core, rich) is imported where it is used, so that ``--help`` is
instant.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from boilerkill.cli.arguments import parse
from boilerkill.cli.commands import EXIT_FAILED, EXIT_INTERRUPTED, EXIT_USAGE, UsageError
from boilerkill.cli.terminal import Stopping, abandon_output, one_interrupt, say

__all__ = ["main"]

# 128 + SIGPIPE, which Windows does not have.
EXIT_BROKEN_PIPE = 141


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command.

    Args:
        argv: Its arguments, without the program's name; those of the process by default.

    Returns:
        The exit code.

    Raises:
        SystemExit: By argparse, after ``--help``, ``--version`` or arguments it can't parse.
    """
    stopping = Stopping()
    try:
        with one_interrupt() as stopping:
            arguments = parse(argv)
            run: Callable[..., int] = arguments.run
            code = run(arguments)
            return stopping.exit_code if code == EXIT_INTERRUPTED else code
    except UsageError as error:
        say(f"error: {error}")
        return EXIT_USAGE
    except KeyboardInterrupt:
        say("stopped")
        return stopping.exit_code
    except BrokenPipeError:
        abandon_output()
        return EXIT_BROKEN_PIPE
    except OSError as error:
        # Documents and folders have theirs in the report; what comes to here is the output's.
        abandon_output()
        say(f"error: can't write to standard output: {error.strerror}")
        return EXIT_FAILED
