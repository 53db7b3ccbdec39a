"""Is clean text left alone? ``python -m bench.clean_text``.

Cleans the bodies of articles, documentation and news as people wrote them down: all of it is
body, so all of it should stay.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Sequence

from bench.pages import Page, add_options, add_part, in_part, load_pages
from bench.scores import words
from bench.tables import print_table
from boilerkill import clean, normalize, separate

KINDS = ("article", "documentation", "news")


def main() -> None:
    """Print, for each set, the share of words that stay and of documents that come back whole."""
    parser = argparse.ArgumentParser(description=__doc__)
    add_options(parser)
    add_part(parser, default="all")
    parser.add_argument("--show", action="store_true", help="print every segment that goes")
    arguments = parser.parse_args()
    chosen = [page for page in load_pages(arguments.pages) if page.kind in KINDS]
    chosen = [page for page in chosen if in_part(page, arguments.part)]
    sets = {name: [page for page in chosen if page.dataset == name] for name in datasets(chosen)}
    if arguments.show:
        show_what_goes(chosen)
    head = ("clean text", "documents", "words kept", "documents whole")
    print_table(head, [row(name, pages) for name, pages in {**sets, "both": chosen}.items()])


def datasets(pages: Sequence[Page]) -> list[str]:
    """Return the names of the sets, in order."""
    return list(dict.fromkeys(page.dataset for page in pages))


def row(name: str, pages: Sequence[Page]) -> tuple[str, str, str, str]:
    """Measure one set."""
    total = kept = whole = 0
    for page in pages:
        before, after = words(normalize(page.gold)), words(clean(page.gold))
        total += len(before)
        kept += (Counter(before) & Counter(after)).total()
        whole += before == after
    return name, str(len(pages)), f"{kept / total:.3%}", f"{whole / len(pages):.2%}"


def show_what_goes(pages: Sequence[Page]) -> None:
    """Print each segment of clean text that goes, and the evidence against it."""
    for page in pages:
        for segment in separate(page.gold).segments:
            if not segment.kept:
                against = [reason.evidence for reason in segment.reasons if reason.weight < 0]
                print(page.name, segment.kind, against, repr(segment.text[:100]))


if __name__ == "__main__":
    main()
