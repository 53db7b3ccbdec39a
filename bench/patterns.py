"""Which regular expressions take more than linear time? ``python -m bench.patterns``.

Every pattern that a module of the package compiles is tried on attack strings: pieces that the
pattern itself names, many times over, with something at the end that spoils a match. Twice the
string may take twice the time; a pattern whose time grows by far more with each doubling, ever
longer, is printed with its attack. Those that are printed must be used only on what is short, or
holds no such string: white space is single in a normalised text, and names, dates and addresses are
looked for in lines of bounded length.
"""

from __future__ import annotations

import importlib
import itertools
import pkgutil
import re
import time
from collections.abc import Iterator
from typing import Any

import regex

import boilerkill
from bench.tables import print_table

SIZE = 1_000
# Between 2, of linear growth, and 4, of quadratic.
MOST_GROWTH = 3.2
# What takes less than so many seconds at eight times the size is too short to be measured.
MEASURABLE = 0.004
DOUBLINGS = 4
# A doubling that takes so many seconds proves enough.
LONG = 1.0
ROUNDS = 2

# Characters and words of all sorts, of which a pattern may match many.
PIECES = (
    "a", "1", " ", "\t", "\n", "a ", "1 ", "a.", "a,", "A", "é", "字",
    "_", "-", '"', "<", "=", "a=",
)  # fmt: skip
LITERALS = 8

# A start, what is repeated, and an end that no match has.
Attack = tuple[str, str, str]


def main() -> None:
    """Print the patterns that grow too fast."""
    tried = patterns()
    guilty = [
        (name, repr(pattern.pattern)[:60], repr(attack[0] + attack[1]))
        for name, pattern in tried.items()
        for attack in itertools.islice(
            (attack for attack in attacks(pattern) if grows_too_fast(pattern, attack)), 1
        )
    ]
    print(f"{len(guilty)} of {len(tried)} patterns take more than linear time on some string\n")
    print_table(("pattern", "", "many of"), guilty)


def patterns() -> dict[str, Any]:
    """Return every pattern of the package, by the name of the module and the constant."""
    found: dict[int, tuple[str, Any]] = {}
    for info in pkgutil.walk_packages(boilerkill.__path__, "boilerkill."):
        if info.name.endswith("__main__") or info.name.startswith("boilerkill.pipelines"):
            continue
        for name, value in vars(importlib.import_module(info.name)).items():
            for pattern in _patterns_in(value):
                found.setdefault(id(pattern), (f"{info.name}.{name}", pattern))
    return {f"{name}[{at}]": pattern for at, (name, pattern) in enumerate(found.values())}


def _patterns_in(value: Any) -> Iterator[Any]:
    if isinstance(value, re.Pattern | regex.Pattern):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from _patterns_in(item)
    elif isinstance(value, tuple | list):
        for item in value:
            yield from _patterns_in(item)


def attacks(pattern: Any) -> Iterator[Attack]:
    """Yield strings that may take a pattern long."""
    source = pattern.pattern
    source = source.decode("latin-1") if isinstance(source, bytes) else source
    literals = sorted(set(re.findall(r"[^\W\d_]{1,8}|[^\w\s\\]", source)))[:LITERALS]
    pieces = list(dict.fromkeys([*literals, *PIECES]))
    for piece in pieces:
        for start in dict.fromkeys(("", pieces[0])):
            yield start, piece, "\x00"
    for first, second in itertools.pairwise(pieces):
        yield "", first + second, "\x00"


def grows_too_fast(pattern: Any, attack: Attack) -> bool:
    """Tell whether each doubling of an attack takes far more than twice the time."""
    size = SIZE
    while (before := seconds(pattern, attack, size)) < MEASURABLE:
        size *= 2
        if size > SIZE * 8:
            return False
    for _ in range(DOUBLINGS):
        size *= 2
        after = seconds(pattern, attack, size)
        if after <= MOST_GROWTH * before:
            return False
        before = after
        if after > LONG:
            break
    return True


def seconds(pattern: Any, attack: Attack, size: int) -> float:
    """Return how long it takes at best to look for a pattern in an attack of so many characters."""
    start, piece, end = attack
    text: Any = start + piece * (size // len(piece)) + end
    if isinstance(pattern.pattern, bytes):
        text = text.encode("utf-8")
    best = float("inf")
    for _ in range(ROUNDS):
        began = time.process_time()
        for _match in pattern.finditer(text):
            pass
        best = min(best, time.process_time() - began)
    return best


if __name__ == "__main__":
    main()
