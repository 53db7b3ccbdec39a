"""How fast is text cleaned? ``python -m bench.speed``.

The tools take turns over the same rendered pages; medians of the rounds, in time of the processor,
which other processes disturb less than the clock. Then the time against the size of the input.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from statistics import median

from bench.pages import add_options, load_pages, outputs
from bench.peers import c4_lines, justext_lines, render_whole
from bench.tables import print_table
from boilerkill import clean

ROUNDS = 5
# So many times 1 kB; the largest is 20 MB.
SIZES = (1, 10, 100, 1_000, 5_000, 20_000)
# Smaller inputs are cleaned several times in a row, so that the clock has something to measure.
LEAST_KB = 1_000

SENTENCE = "Rain fell all night, and the river rose by two metres before noon. "
UNITS = {
    "prose": SENTENCE * 5 + "\n\n",
    "one line": SENTENCE,
    "lines of one word": "river\n",
    "unclosed quotation marks": "“river ",
}


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    add_options(parser)
    parser.add_argument("--every", type=int, default=20, help="take every so manieth page")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="how often each tool runs")
    arguments = parser.parse_args()
    pages = load_pages(arguments.pages)[:: arguments.every]
    texts = list(outputs("rendered", "resiliparse", render_whole, pages).values())
    print_speed(texts, arguments.rounds)
    print_growth(arguments.rounds)


def print_speed(texts: Sequence[str], rounds: int) -> None:
    """Print MB/s of each tool over the texts, and how its time compares with boilerkill's."""
    tools: dict[str, Callable[[str], str]] = {
        "**boilerkill**": clean,
        "C4's line filter": c4_lines,
        "C4's line filter without the punctuation rule": partial(c4_lines, punctuation=False),
        "jusText over the lines": partial(justext_lines, language="English"),
    }
    size = sum(len(text.encode()) for text in texts) / 1e6
    times: dict[str, list[float]] = {name: [] for name in tools}
    for tool in tools.values():
        tool(SENTENCE)
    for _ in range(rounds):
        for name, tool in tools.items():
            times[name].append(seconds(partial(over_all, tool, texts)))
    head = (f"{len(texts)} pages rendered whole, {size:.1f} MB", "MB/s", "boilerkill is")
    print_table(head, [(name, *measures(times, name, size)) for name in tools])


def over_all(tool: Callable[[str], str], texts: Sequence[str]) -> None:
    """Run a tool over all texts."""
    for text in texts:
        tool(text)


def measures(times: Mapping[str, Sequence[float]], name: str, size: float) -> tuple[str, str]:
    """Return the MB/s of a tool, and the median of the ratios of its time to boilerkill's."""
    own = next(iter(times.values()))
    ratio = median(theirs / ours for theirs, ours in zip(times[name], own, strict=True))
    return f"{size / median(times[name]):.2f}", f"{ratio:.2f} times as fast"


def print_growth(rounds: int) -> None:
    """Print the time that inputs of growing size take, in milliseconds for each MB."""
    rows = []
    for name, unit in UNITS.items():
        rows.append([name, *(f"{growth_cell(unit, size, rounds):.0f}" for size in SIZES)])
    print_table(["ms a MB", *(size_name(size) for size in SIZES)], rows)


def growth_cell(unit: str, kilobytes: int, rounds: int) -> float:
    """Return how many milliseconds each MB of an input of some size takes."""
    size = len(unit.encode())
    text = unit * max(1, kilobytes * 1000 // size)
    times = max(1, LEAST_KB // kilobytes // 10)
    found = [
        seconds(partial(over_all, clean, [text] * times))
        for _ in range(rounds if kilobytes <= LEAST_KB else 1)
    ]
    return 1e3 * median(found) / (times * len(text.encode()) / 1e6)


def size_name(kilobytes: int) -> str:
    """Return a size for people."""
    return f"{kilobytes} kB" if kilobytes < LEAST_KB else f"{kilobytes // 1000} MB"


def seconds(function: Callable[[], object]) -> float:
    """Return how long the processor is busy with a call."""
    start = time.process_time()
    function()
    return time.process_time() - start


if __name__ == "__main__":
    main()
