"""How well is text cleaned? ``python -m bench.accuracy``.

Pages are rendered whole, as a crawl's text has them; boilerkill and the others that work on lines
of text clean that. Then boilerkill cleans what trafilatura extracts from the HTML. By default the
half of the sites is judged that nothing is tuned on.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Mapping, Sequence

from bench.pages import PARTS, Page, add_options, in_part, load_pages, outputs
from bench.peers import c4_lines, justext_lines, render_whole, trafilatura_html, trafilatura_lines
from bench.scores import Gold, Score, mean_f1
from bench.tables import print_table
from boilerkill import clean

# By the name of a page.
Texts = Mapping[str, str]


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    add_options(parser)
    parser.add_argument(
        "--part",
        choices=PARTS,
        default="judge",
        help="which half of the sites: the one to judge by, the one to tune on, or both "
        "(default: judge)",
    )
    arguments = parser.parse_args()
    pages = [page for page in load_pages(arguments.pages) if in_part(page, arguments.part)]
    print_table(*table(pages, *text_tools(pages), "page rendered whole"))
    print_table(*table(pages, *extractor_tools(pages), "trafilatura's output"))


def text_tools(pages: Sequence[Page]) -> tuple[Texts, dict[str, Texts]]:
    """Return the pages rendered whole, and what each tool makes of them."""
    texts = outputs("rendered", "resiliparse", render_whole, pages)

    def over_lines(tool: Callable[[str], str]) -> Callable[[Page], str]:
        return lambda page: tool(texts[page.name])

    return texts, {
        "as it is": texts,
        "**boilerkill**": {name: clean(text) for name, text in texts.items()},
        "C4's line filter": {name: c4_lines(text) for name, text in texts.items()},
        "jusText over the lines": outputs("lines", "justext", over_lines(justext_lines), pages),
        "trafilatura over the lines": outputs(
            "lines", "trafilatura", over_lines(trafilatura_lines), pages
        ),
    }


def extractor_tools(pages: Sequence[Page]) -> tuple[Texts, dict[str, Texts]]:
    """Return what trafilatura extracts from the HTML, and what text tools make of that."""
    texts = outputs("html", "trafilatura", trafilatura_html, pages)
    return texts, {
        "as it is": texts,
        "**boilerkill**": {name: clean(text) for name, text in texts.items()},
        "C4's line filter": {name: c4_lines(text) for name, text in texts.items()},
    }


def table(
    pages: Sequence[Page], sources: Texts, tools: Mapping[str, Texts], title: str
) -> tuple[list[str], list[list[str]]]:
    """Return the head and the rows of a table: F1 by set and page type, and what is lost."""
    golds = {page.name: Gold(page.gold, sources[page.name]) for page in pages}
    groups = dict(grouped(pages))
    head = [title, *(f"{name} ({len(members)})" for name, members in groups.items())]
    rows = []
    for tool, texts in tools.items():
        scores = {page.name: golds[page.name].score(texts[page.name]) for page in pages}
        rows.append([tool, *cells(scores, groups)])
    return [*head, "quotations lost"], rows


def grouped(pages: Sequence[Page]) -> Iterator[tuple[str, list[Page]]]:
    """Yield wcxb-dev as a whole, each of its page types, and fundus-dev."""
    wcxb = [page for page in pages if page.dataset == "wcxb-dev"]
    yield "wcxb-dev", wcxb
    for kind in sorted({page.kind for page in wcxb}):
        yield kind, [page for page in wcxb if page.kind == kind]
    yield "fundus-dev", [page for page in pages if page.dataset == "fundus-dev"]


def cells(scores: Mapping[str, Score], groups: Mapping[str, Sequence[Page]]) -> list[str]:
    """Return the mean F1 of each group, and how many quotations were lost of how many."""
    means = [mean_f1(scores[page.name] for page in members) for members in groups.values()]
    lost = sum(score.lost for score in scores.values())
    total = sum(score.quotations for score in scores.values())
    return [*(f"{mean:.3f}".removeprefix("0") for mean in means), f"{lost:,} of {total:,}"]


if __name__ == "__main__":
    main()
