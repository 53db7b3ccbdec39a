"""How does the time grow with the input? ``python -m bench.growth``.

Each kind of input is cleaned in sizes that double, from 1 kB on. Time that is linear takes twice as
long for twice the input: less where there is a constant part.
"""

from __future__ import annotations

import argparse
import itertools
import time
from collections.abc import Callable

from bench.tables import print_table
from boilerkill import clean

__all__ = ["INPUTS", "print_growth"]

# In kB: each size and the ones that are twice as large, up to the largest.
LEAST, MOST = 1, 50_000
# Each size is cleaned again until so many seconds have passed; the quickest counts, since whatever
# else runs only slows.
SECONDS = 0.5
# Sizes that the table shows; the others are between them.
SHOWN = 3

SENTENCE = "Rain fell all night, and the river rose by two metres before noon. "


def repeated(unit: str) -> Callable[[int], str]:
    """Return what makes an input of a size in characters from a piece."""
    return lambda size: unit * max(1, size // len(unit))


def nested(size: int) -> str:
    """Return a page of elements in elements, with a little text in each."""
    count = max(1, size // len("<div>Rain</div>"))
    return "<div>Rain" * count + "</div>" * count


# By name, what makes it from its size in characters, and the format that it is cleaned as.
INPUTS: dict[str, tuple[Callable[[int], str], str]] = {
    "prose": (repeated(SENTENCE * 5 + "\n\n"), "text"),
    "one line": (repeated(SENTENCE), "text"),
    "lines of one word": (repeated("river\n"), "text"),
    "unclosed quotation marks": (repeated("“river "), "text"),
    "separators": (repeated("Red Hats | "), "text"),
    "phrases in one line": (repeated(SENTENCE[:-2] + " and Leave a Reply "), "text"),
    "lines of one label": (repeated("Skip to content\n"), "text"),
    "paragraphs in HTML": (repeated(f"<p>{SENTENCE * 5}</p>\n"), "html"),
    "nested tags": (nested, "html"),
}


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--most", type=int, default=MOST, help="the largest size in kB")
    print_growth(parser.parse_args().most)


def print_growth(most: int) -> None:
    """Print what inputs up to a size take, for each MB, and for twice the size."""
    sizes = doubled(most)
    shown = sizes[::-SHOWN][::-1]
    rows = []
    for name, (make, form) in INPUTS.items():
        times = {size: seconds(make(size * 1000), form) for size in sizes}
        growth, at = steepest(times)
        cells = [f"{1e6 * times[size] / size:.0f}" for size in shown]
        rows.append((name, *cells, f"{growth:.2f} at {size_name(at)}"))
    heads = [size_name(size) for size in shown]
    print_table(("ms a MB", *heads, "twice the input, at most"), rows)


def doubled(most: int) -> list[int]:
    """Return the sizes in kB: each twice the one before, the last at most twice.

    >>> doubled(10)
    [1, 2, 4, 8, 10]
    """
    sizes = [LEAST]
    while 2 * sizes[-1] < most:
        sizes.append(2 * sizes[-1])
    return [*sizes, most]


def steepest(times: dict[int, float]) -> tuple[float, int]:
    """Return how many times as long twice the input takes at most, and the size where it does.

    >>> steepest({1: 1.0, 2: 2.0, 4: 5.0})
    (2.5, 4)
    """
    sizes = list(times)
    return max(
        (2 * times[large] / large / (times[small] / small), large)
        for small, large in itertools.pairwise(sizes)
    )


def seconds(source: str, form: str) -> float:
    """Return how long the processor is busy with cleaning an input."""
    best, spent = float("inf"), 0.0
    while spent < SECONDS:
        start = time.process_time()
        clean(source, format=form)
        taken = time.process_time() - start
        best, spent = min(best, taken), spent + taken
    return best


def size_name(kilobytes: int) -> str:
    """Return a size for people."""
    return f"{kilobytes} kB" if kilobytes < 1000 else f"{kilobytes / 1000:.0f} MB"


if __name__ == "__main__":
    main()
