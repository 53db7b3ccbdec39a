"""No regular expression of the package takes more than linear time where it is used on a line.

Every pattern that a module compiles is tried on attack strings: pieces that the pattern itself
names, many times over, with something at the end that spoils a match. What is asserted is how the
time grows, not how long it takes: twice the string may take twice the time, and the square of it
four times. A pattern that seems to grow faster is measured again, on strings ever longer, before
it is found guilty, so that a busy machine convicts none.
"""

from __future__ import annotations

import importlib
import itertools
import pkgutil
import re
import time
from collections.abc import Iterator
from typing import Any

import pytest
import regex

import boilerkill

SIZE = 1_000
# Between 2, of linear growth, and 4, of quadratic.
MOST_GROWTH = 3.2
# What takes less than this at any size is no danger, and too short to be measured.
MEASURABLE = 0.004
DOUBLINGS = 4

# Of these the growth is bounded by what they are used on, or the string is short by then.
KNOWN: dict[str, str] = {}


def modules() -> Iterator[Any]:
    for found in pkgutil.walk_packages(boilerkill.__path__, "boilerkill."):
        if not found.name.endswith("__main__"):
            yield importlib.import_module(found.name)


def patterns() -> dict[str, Any]:
    """Return every pattern of the package, by the name of the module and the constant."""
    found: dict[str, Any] = {}
    for module in modules():
        for name, value in vars(module).items():
            for at, pattern in enumerate(patterns_in(value)):
                found[f"{module.__name__}.{name}[{at}]"] = pattern
    for name in ("_mojibake",):
        found[f"boilerkill.normalization.{name}()"] = vars(
            importlib.import_module("boilerkill.normalization")
        )[name]()
    # The same one may have come into another module.
    return {
        name: found[name] for name in {id(found[name]): name for name in sorted(found)}.values()
    }


def patterns_in(value: Any) -> Iterator[Any]:
    if isinstance(value, re.Pattern | regex.Pattern):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from patterns_in(item)
    elif isinstance(value, tuple | list):
        for item in value:
            yield from patterns_in(item)


def pieces(pattern: Any) -> list[str]:
    """Return short strings of which a pattern may match many, from what it is made of."""
    source = pattern.pattern
    source = source.decode("latin-1") if isinstance(source, bytes) else source
    literal = sorted(set(re.findall(r"[^\W\d_]{1,8}|[^\w\s\\]", source)))[:8]
    classes = [
        "a",
        "1",
        " ",
        "\t",
        "\n",
        "a ",
        "1 ",
        "a.",
        "a,",
        "A",
        "é",
        "字",
        "_",
        "-",
        '"',
        "<",
        "=",
        "a=",
    ]
    return list(dict.fromkeys(literal + classes))


def attacks(pattern: Any) -> Iterator[tuple[str, str, str]]:
    """Yield a start, what is repeated, and an end that no match has."""
    found = pieces(pattern)
    for piece in found:
        for start in ("", found[0]):
            yield start, piece, "\x00"
    for first, second in itertools.pairwise(found):
        yield "", first + second, "\x00"


def seconds(pattern: Any, attack: tuple[str, str, str], size: int) -> float:
    """Return the shortest time of three in which a pattern is looked for in an attack."""
    start, piece, end = attack
    text: Any = start + piece * (size // len(piece)) + end
    if isinstance(pattern.pattern, bytes):
        text = text.encode("utf-8")
    best = float("inf")
    for _ in range(2):
        began = time.perf_counter()
        for _match in pattern.finditer(text):
            pass
        best = min(best, time.perf_counter() - began)
    return best


def grows_too_fast(pattern: Any, attack: tuple[str, str, str]) -> bool:
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
        if after > 1:
            break
    return True


PATTERNS = patterns()


def test_the_patterns_are_found() -> None:
    names = " ".join(PATTERNS)
    for expected in ("quoting._MARK", "limits._MARKUP", "formats._MARKUP", "_mojibake"):
        assert expected in names
    assert len(PATTERNS) > 60


@pytest.mark.parametrize(
    "evil", [r"(a+)+$", r"^(\s*a\s*)*$", r"\s+$", r"(?:a|a)*b", r"<[^>]*=[^>]*>"]
)
def test_what_grows_too_fast_is_found(evil: str) -> None:
    pattern = re.compile(evil)
    if evil in (r"(a+)+$", r"^(\s*a\s*)*$", r"(?:a|a)*b"):
        # Exponential: a short string is enough.
        times = [seconds(pattern, ("", "a", "\x00"), size) for size in (14, 18)]
        assert times[1] > 4 * times[0]
    else:
        assert any(grows_too_fast(pattern, attack) for attack in attacks(pattern))


@pytest.mark.parametrize("name", sorted(PATTERNS))
def test_patterns_take_linear_time(name: str) -> None:
    pattern = PATTERNS[name]
    guilty = [attack for attack in attacks(pattern) if grows_too_fast(pattern, attack)]
    assert guilty == [] or name in KNOWN, f"{pattern.pattern!r} on {guilty[:3]}"
