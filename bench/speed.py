"""How fast are pages and texts cleaned? ``python -m bench.speed``.

The tools take turns over the same pages; medians of the rounds, in time of the processor, which
other processes disturb less than the clock. Then the time against the size of the input.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Sequence
from functools import partial
from statistics import median

from selectolax.lexbor import LexborHTMLParser

from bench.html_peers import RESILIPARSE, TRAFILATURA
from bench.inputs import INPUTS
from bench.pages import add_options, load_pages
from bench.tables import print_table
from bench.text_peers import C4, C4_LENIENT, JUSTEXT_ENGLISH
from bench.tools import Tool, quiet, ratio, take_turns
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
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    add_options(parser)
    parser.add_argument("--every", type=int, default=20, help="take every so manieth page")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="how often each tool runs")
    arguments = parser.parse_args()
    quiet()
    pages = load_pages(arguments.pages)[:: arguments.every]
    for given, peers in (
        (INPUTS["html"], (TRAFILATURA, RESILIPARSE, LEXBOR)),
        (INPUTS["text"], (C4, C4_LENIENT, JUSTEXT_ENGLISH)),
    ):
        sources = list(map(given.source(pages), pages))
        print_speed(given.title, [given.shipped, *peers], sources, arguments.rounds)
    print_growth(arguments.rounds)


def walk(page: str) -> str:
    """Parse a page with lexbor and visit every node, as any tool that uses it must."""
    nodes = LexborHTMLParser(page).root
    return str(nodes and sum(1 for _ in nodes.traverse(include_text=True)))


LEXBOR = Tool("lexbor, parsing and walking", walk)


def print_speed(title: str, tools: Sequence[Tool], sources: Sequence[str], rounds: int) -> None:
    """Print how fast each tool is with the same pages, the first of them compared with each."""
    size = sum(len(source.encode()) for source in sources) / 1e6
    times = take_turns(tools, sources, rounds)
    own = tools[0].name
    rows = [
        (
            tool.name,
            f"{1e3 * median(times[tool.name]) / len(sources):.2f}",
            f"{size / median(times[tool.name]):.2f}",
            f"{ratio(times, tool.name, own):.2f} times as fast",
        )
        for tool in tools
    ]
    print_table((f"{title}, {len(sources)} pages", "ms a page", "MB/s", "boilerkill is"), rows)


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
        seconds(partial(clean_each, [text] * times))
        for _ in range(rounds if kilobytes <= LEAST_KB else 1)
    ]
    return 1e3 * median(found) / (times * len(text.encode()) / 1e6)


def clean_each(texts: Sequence[str]) -> None:
    """Clean some texts."""
    for text in texts:
        clean(text)


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
