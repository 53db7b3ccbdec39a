"""Authors, dates and titles of pages: ``python -m bench.metadata``.

An author is right if one of the names that a tool gives is one of those that the page has by
people's notes (`bench.gold.has_author`), and invented if the page has none and a tool gives some;
all authors are right if it gives all of them and no other. A date is right if it is the day of
publication, and invented if none is known and a tool gives one; a title is right if it has the same
words.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence

from bench.gold import Facts, has_all_authors, has_author, load_facts, same_text
from bench.pages import Page, add_options, add_part, all_pages, in_part
from bench.tables import print_table
from bench.tools import Outputs, Tool, outputs
from boilerkill.decide import Decision, settle
from boilerkill.document import Kind
from boilerkill.metadata import Metadata
from boilerkill.options import Options
from boilerkill.pages import PageDecision, decide_page

__all__ = ["main", "read_metadata"]

Found = Mapping[str, Facts]


def main(arguments: Sequence[str] | None = None) -> None:
    """Compare trafilatura and boilerkill on pages, and print a table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    add_options(parser)
    add_part(parser, default="judge")
    chosen = parser.parse_args(arguments)
    facts = load_facts(chosen.pages)
    pages = [page for page in all_pages(chosen.pages) if in_part(page, chosen.part)]
    tools = {
        "trafilatura": _as_facts(outputs(TRAFILATURA, pages, Page.html)),
        "**boilerkill**": {page.name: boilerkill_metadata(page) for page in pages},
    }
    head = ["authors right", "authors invented", "dates right", "titles right"]
    head += ["all authors right", "dates invented"]
    for dataset in ("wcxb-dev", "fundus-dev"):
        members = [page.name for page in pages if page.name.startswith(dataset)]
        rows = [
            [tool, *measures([(found[name], facts[name]) for name in members])]
            for tool, found in tools.items()
        ]
        print_table([f"{dataset} ({len(members)})", *head], rows)


def measures(pairs: Sequence[tuple[Facts, Facts]]) -> list[str]:
    """Return the measures of what a tool found, each beside what is known."""
    return [
        _share(has_author(found.authors, gold.authors) for found, gold in pairs if gold.authors),
        _share(bool(found.authors) for found, gold in pairs if not gold.authors),
        _share(found.date == gold.date for found, gold in pairs if gold.date),
        _share(same_text(found.title, gold.title) for found, gold in pairs if gold.title),
        _share(
            has_all_authors(found.authors, gold.authors) for found, gold in pairs if gold.authors
        ),
        _share(bool(found.date) for found, gold in pairs if not gold.date),
    ]


def _share(outcomes: object) -> str:
    known = list(outcomes)  # type: ignore[call-overload]
    return f"{sum(known)} of {len(known)}, {sum(known) / len(known):.1%}" if known else ""


def trafilatura_metadata(html: str) -> str:
    """Return what trafilatura finds, as JSON."""
    from trafilatura.metadata import extract_metadata

    found = extract_metadata(html)
    authors = (found.author or "").split("; ")
    return json.dumps([authors, found.date, found.title])


TRAFILATURA = Tool("trafilatura, metadata", trafilatura_metadata, ("trafilatura",))


def _as_facts(made: Outputs) -> dict[str, Facts]:
    found = {}
    for name, output in made.items():
        authors, date, title = json.loads(output.text) if output.text else ((), None, None)
        found[name] = Facts(tuple(filter(None, authors)), date, title)
    return found


def boilerkill_metadata(page: Page) -> Facts:
    """Return what boilerkill finds."""
    metadata = read_metadata(page.html())
    byline = metadata.byline
    return Facts(tuple(byline.authors), (byline.published or "")[:10] or None, metadata.title)


def read_metadata(html: str) -> Metadata:
    """Return the metadata of a page without the rest of the work of `separate`.

    That reads the bylines that stay as well.
    """
    options = Options(frozenset(), 0.5)
    first = decide_page(html, options)
    passes: list[PageDecision | Decision] = [first, *settle(first.render(), options)]
    lines = [
        decision.reading.segment(number)
        for decision in passes
        for number, kind in enumerate(decision.kinds)
        if kind is Kind.BYLINE and not decision.kept[number]
    ]
    heading = first.reading.segment(first.page.heading) if first.page.heading >= 0 else None
    return Metadata(html, heading, lines)


if __name__ == "__main__":
    main()
