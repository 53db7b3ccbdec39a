"""How fast are pages and texts cleaned? ``python -m bench.speed``.

The tools take turns over the same pages; medians of the rounds, in time of the processor, which
other processes disturb less than the clock. Then what the first call and a large page take
(`bench.start`), and the time against the size of the input (`bench.growth`).
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from functools import partial
from statistics import median

from selectolax.lexbor import LexborHTMLParser

from bench.growth import print_growth
from bench.html_peers import RESILIPARSE, TRAFILATURA
from bench.inputs import INPUTS
from bench.pages import add_options, load_pages
from bench.start import print_memory, print_start
from bench.tables import print_table
from bench.text_peers import C4, C4_LENIENT, JUSTEXT_ENGLISH
from bench.tools import Tool, quiet, ratio, take_turns
from boilerkill import separate

ROUNDS = 5
# The largest input, in kB, that the growth is measured with here.
MOST = 8_000


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    add_options(parser)
    parser.add_argument("--every", type=int, default=20, help="take every so manieth page")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="how often each tool runs")
    parser.add_argument("--most", type=int, default=MOST, help="the largest input in kB")
    arguments = parser.parse_args()
    quiet()
    pages = load_pages(arguments.pages)[:: arguments.every]
    for given, peers in (
        (INPUTS["html"], (SEPARATE["html"], TRAFILATURA, RESILIPARSE, LEXBOR)),
        (INPUTS["text"], (SEPARATE["text"], C4, C4_LENIENT, JUSTEXT_ENGLISH)),
    ):
        sources = list(map(given.source(pages), pages))
        print_speed(given.title, [given.shipped, *peers], sources, arguments.rounds)
    print_start(arguments.rounds)
    print_memory()
    print_growth(arguments.most)


def walk(page: str) -> str:
    """Parse a page with lexbor and visit every node, as any tool that uses it must."""
    nodes = LexborHTMLParser(page).root
    return str(nodes and sum(1 for _ in nodes.traverse(include_text=True)))


LEXBOR = Tool("lexbor, parsing and walking", walk)


def kinds(source: str, format: str) -> str:
    """Take a source apart, without asking for reasons, title or byline."""
    return " ".join(segment.kind for segment in separate(source, format=format).segments)


SEPARATE = {
    name: Tool("boilerkill, `separate`", partial(kinds, format=name)) for name in ("html", "text")
}


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


if __name__ == "__main__":
    main()
