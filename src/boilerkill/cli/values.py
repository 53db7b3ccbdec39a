"""The values of options: each is read from its text, or refused with what was expected."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from boilerkill.document import Kind

__all__ = [
    "COMPARED",
    "additions",
    "at_least",
    "encoding",
    "kinds",
    "seconds",
    "threshold",
    "tools",
]

# What there is to compare with; to import it would take its time.
COMPARED = ("trafilatura", "resiliparse", "justext")


def kinds(text: str) -> list[Kind]:
    """Return the kinds of a list with commas."""
    from boilerkill.document import Kind

    names = [name.strip() for name in text.split(",")]
    try:
        return [Kind(name.upper().replace("-", "_")) for name in names]
    except ValueError:
        message = f"{text!r}: expected kinds out of {', '.join(Kind)}"
        raise argparse.ArgumentTypeError(message) from None


def threshold(text: str) -> float:
    """Return a number from 0 to 1."""
    try:
        number = float(text)
    except ValueError:
        number = -1.0
    if not 0 <= number <= 1:
        raise argparse.ArgumentTypeError(f"{text!r}: expected a number from 0 to 1")
    return number


def at_least(least: int) -> Callable[[str], int]:
    """Return what reads a whole number that is not below another."""

    def number(text: str) -> int:
        try:
            found = int(text)
        except ValueError:
            found = least - 1
        if found < least:
            message = f"{text!r}: expected a whole number, at least {least}"
            raise argparse.ArgumentTypeError(message)
        return found

    return number


def seconds(text: str) -> float:
    """Return a number of seconds above 0."""
    try:
        number = float(text)
    except ValueError:
        number = 0.0
    if not 0 < number < float("inf"):
        raise argparse.ArgumentTypeError(f"{text!r}: expected a number of seconds above 0")
    return number


def additions(text: str) -> list[str]:
    """Return the fields of a list with commas that can be added to records."""
    from boilerkill.corpus.settings import ADDITIONS

    names = [name.strip() for name in text.split(",")]
    if any(name not in ADDITIONS for name in names):
        message = f"{text!r}: expected names out of {', '.join(ADDITIONS)}"
        raise argparse.ArgumentTypeError(message)
    return names


def encoding(text: str) -> str:
    """Return the name of an encoding that is one."""
    from boilerkill.corpus.files import is_encoding

    if not is_encoding(text):
        raise argparse.ArgumentTypeError(f"{text!r} names no text encoding")
    return text


def tools(text: str) -> tuple[str, ...]:
    """Return the tools of a list with commas, each once."""
    names = [name.strip().lower() for name in text.split(",")]
    if any(name not in COMPARED for name in names):
        message = f"{text!r}: expected names out of {', '.join(COMPARED)}"
        raise argparse.ArgumentTypeError(message)
    return tuple(dict.fromkeys(names))
