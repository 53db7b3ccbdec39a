"""Are the right pieces kept? ``python -m bench.snippets``.

Of the pages of trafilatura-dev some pieces are known that belong to the body, and some that do
not; counted over all of them as trafilatura's own evaluation does, so that keeping the one and
dropping the other is right. Pieces of readers' comments, which an article's page has below it,
are counted apart.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from bench.held_out import load_held_out
from bench.inputs import INPUTS
from bench.pages import Page, add_options, add_part, in_part, load_snippet_pages
from bench.tables import print_table
from bench.tools import Outputs, quiet


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    add_options(parser)
    add_part(parser, default="all")
    parser.add_argument("--input", choices=INPUTS, default="html", help="(default: html)")
    arguments = parser.parse_args()
    quiet()
    pages = load_snippet_pages(arguments.pages)
    pages = [page for page in pages if in_part(page, arguments.part)]
    given = INPUTS[arguments.input]
    results = given.results(pages, load_held_out(arguments.pages))
    head = (f"{given.title}, {len(pages)} pages", "accuracy", "F1", "kept", "dropped")
    rows = [(name, *row(pages, found)) for name, found in results]
    print_table((*head, "comments in the output", "failed"), rows)
    if given.left_out():
        print(f"Left out, as not installed: {', '.join(given.left_out())}.\n")


def row(pages: Sequence[Page], found: Outputs) -> tuple[str, ...]:
    """Return what the table says of a tool."""
    body = kept = others = left = comments = shown = 0
    for page in pages:
        text = one_line(found[page.name].text)
        body += len(page.snippets.body)
        kept += count(page.snippets.body, text)
        others += len(page.snippets.others)
        left += count(page.snippets.others, text)
        comments += len(page.snippets.comments)
        shown += count(page.snippets.comments, text)
    return (
        f"{(kept + others - left) / (body + others):.3f}",
        f"{2 * kept / (kept + left + body):.3f}",
        f"{kept:,} of {body:,}",
        f"{others - left:,} of {others:,}",
        f"{shown:,} of {comments:,}",
        str(sum(output.failed for output in found.values())),
    )


def count(snippets: Sequence[str], text: str) -> int:
    """Return how many snippets are part of a text that is one line."""
    return sum(one_line(snippet) in text for snippet in snippets)


def one_line(text: str) -> str:
    """Return a text with a space for all white space that is together."""
    return " ".join(text.split())


if __name__ == "__main__":
    main()
