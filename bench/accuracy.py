"""How well do tools find the body? ``python -m bench.accuracy``.

boilerkill and the others are given the HTML of each page, or its text (the page rendered whole,
with blank lines or without, as WET files have it), or what trafilatura extracts. One table: F1,
precision and recall of the words by set, F1 by page type and language, what is lost, and how long
a page takes. By default the half of the sites is judged that nothing is tuned on, and boilerkill's
trees are grown on other sites.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from statistics import fmean, median

from bench.held_out import load_held_out
from bench.html_peers import RENDERED
from bench.inputs import INPUTS, Input
from bench.pages import Page, add_options, add_part, in_part, language, load_pages
from bench.scores import Gold, Score
from bench.tables import print_table
from bench.tools import Outputs, outputs, quiet, ratio, take_turns

# Languages with fewer pages are taken together.
LEAST_PAGES = 5
OTHERS = "others"

# So many pages are enough to tell how long a page takes.
TIMED = 40
ROUNDS = 3

MISHAPS = ("quotations lost", "not idempotent", "failed")


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    add_options(parser)
    add_part(parser, default="judge")
    parser.add_argument("--input", choices=INPUTS, default="html", help="(default: html)")
    parser.add_argument(
        "--brief", action="store_true", help="leave out languages, and page types but articles"
    )
    parser.add_argument(
        "--times",
        type=int,
        default=TIMED,
        metavar="PAGES",
        help=f"measure the time on so many pages, 0 for not at all (default: {TIMED})",
    )
    arguments = parser.parse_args()
    quiet()
    pages = [page for page in load_pages(arguments.pages) if in_part(page, arguments.part)]
    given = INPUTS[arguments.input]
    texts = outputs(RENDERED, pages, Page.html)
    golds = {page.name: Gold(page.gold, texts[page.name].text) for page in pages}
    columns = list(all_columns(pages, brief=arguments.brief))
    times = time_cells(given, pages, arguments.times) if arguments.times else {}
    rows = []
    for name, found in given.results(pages, load_held_out(arguments.pages)):
        scores = {page: golds[page].score(output.text) for page, output in found.items()}
        cells = [column.cell(scores) for column in columns]
        rows.append([name, *cells, *mishaps(scores, found), *times.get(name, ())])
    names = [column.name for column in columns]
    print_table([given.title, *names, *MISHAPS, *(time_head(given) if times else ())], rows)
    if given.left_out():
        print(f"Left out, as not installed: {', '.join(given.left_out())}.\n")


@dataclass(frozen=True)
class Column:
    """A mean over pages.

    Attributes:
        name: What the table calls it.
        pages: The pages.
        measure: What of their scores.
    """

    name: str
    pages: Sequence[Page]
    measure: str = "f1"

    def cell(self, scores: Mapping[str, Score]) -> str:
        """Return the mean, as tables show it."""
        mean = fmean(map(attrgetter(self.measure), (scores[page.name] for page in self.pages)))
        return f"{mean:.3f}".removeprefix("0")


def all_columns(pages: Sequence[Page], *, brief: bool) -> Iterator[Column]:
    """Yield the columns: the sets, their page types if they have several, and the languages."""
    for dataset in dict.fromkeys(page.dataset for page in pages):
        members = [page for page in pages if page.dataset == dataset]
        yield Column(f"{dataset} ({len(members)})", members)
        yield Column("precision", members, "precision")
        yield Column("recall", members, "recall")
        kinds = sorted({page.kind for page in members})
        for kind in kinds if len(kinds) > 1 else ():
            if kind == "article" or not brief:
                yield _group(kind, [page for page in members if page.kind == kind])
    if not brief:
        yield from _languages(pages)


def _languages(pages: Sequence[Page]) -> Iterator[Column]:
    spoken = {page.name: language(page.gold) for page in pages}
    counts = Counter(spoken.values())
    names = {name for name, count in counts.items() if count >= LEAST_PAGES}
    for name in sorted(names, key=lambda name: (-counts[name], name)):
        yield _group(name, [page for page in pages if spoken[page.name] == name])
    if rest := [page for page in pages if spoken[page.name] not in names]:
        yield _group(OTHERS, rest)


def _group(name: str, pages: Sequence[Page]) -> Column:
    return Column(f"{name} ({len(pages)})", pages)


def mishaps(scores: Mapping[str, Score], found: Outputs) -> list[str]:
    """Return how many quotations were lost, outputs changed once more, and pages failed."""
    lost = sum(score.lost for score in scores.values())
    quotations = sum(score.quotations for score in scores.values())
    changes = sum(output.changes for output in found.values())
    failed = sum(output.failed for output in found.values())
    return [f"{lost:,} of {quotations:,}", str(changes), str(failed)]


def time_head(given: Input) -> tuple[str, ...]:
    """Return the names of the columns that `time_cells` fills."""
    return ("ms a page", f"× {given.reference.name}") if given.reference else ("ms a page",)


def time_cells(given: Input, pages: Sequence[Page], count: int) -> dict[str, list[str]]:
    """Measure afresh, with as many pages as are asked for, how long each tool takes for one."""
    sample = pages[:: max(1, len(pages) // count)]
    sources = list(map(given.source(sample), sample))
    times = take_turns([given.shipped, *given.installed()], sources, ROUNDS)
    cells = {}
    for name, seconds in times.items():
        cells[name] = [f"{1e3 * median(seconds) / len(sample):.2f}"]
        if given.reference:
            cells[name].append(f"{ratio(times, name, given.reference.name):.2f}")
    return cells


if __name__ == "__main__":
    main()
