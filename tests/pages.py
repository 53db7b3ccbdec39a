"""The development pages, which are no part of the project, and what is read from them.

They lie in the folder that BOILERKILL_PAGES names, beside the project's own by default; where
they are absent, the tests over them are skipped.
"""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from trafilatura import html2txt
from trafilatura.utils import load_html

__all__ = ["GOLD", "REAL", "flat_text", "gold_bodies", "html_files", "lines_of_text", "needs"]

PAGES = Path(os.environ.get("BOILERKILL_PAGES", Path(__file__).parents[2] / "shared"))
REAL = PAGES / "real"
GOLD = PAGES / "wcxb-dev" / "ground-truth"
FUNDUS = PAGES / "fundus-dev" / "pages.json"

# Every so manieth page is looked at in the plain run, and in the long one (all take a while).
SAMPLE = 20
LONG_SAMPLE = 2

PARAGRAPHS = frozenset(
    ("blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "ol", "p", "pre", "table", "ul")
)
BLOCKS = PARAGRAPHS | frozenset(
    (
        "address", "article", "aside", "body", "br", "dd", "div", "dl", "dt", "fieldset",
        "figcaption", "figure", "footer", "form", "header", "hr", "li", "main", "nav", "option",
        "section", "td", "th", "tr",
    )
)  # fmt: skip
SILENT = frozenset(("head", "noscript", "script", "style", "svg", "template"))


def needs(*paths: Path) -> pytest.MarkDecorator:
    """Return a mark that skips a test where one of the paths is absent."""
    absent = [str(path) for path in paths if not path.exists()]
    return pytest.mark.skipif(
        bool(absent),
        reason=f"no development pages: {', '.join(absent)} (set BOILERKILL_PAGES)",
    )


def html_files(*, long: bool) -> list[Path]:
    """Return the pages in HTML that a plain run or a long one looks at."""
    files = sorted(PAGES.glob("*-dev/html/*.html.gz"))
    return files[:: LONG_SAMPLE if long else SAMPLE]


def flat_text(html: bytes) -> str:
    """Return all text of a page in one line, as many data sets have it."""
    return html2txt(html, clean=False)


def lines_of_text(html: bytes) -> str:
    """Return all text of a page as a renderer leaves it: a line for each block."""
    tree = load_html(html)
    return "" if tree is None else "".join(_text_of(tree))


def _text_of(element: Any) -> Iterator[str]:
    tag = element.tag
    if isinstance(tag, str) and tag not in SILENT:
        between = "\n\n" if tag in PARAGRAPHS else "\n" if tag in BLOCKS else ""
        yield between
        yield " ".join((element.text or "").split("\n"))
        for child in element:
            yield from _text_of(child)
        yield between
    yield " ".join((element.tail or "").split("\n"))


def read_html(file: Path) -> bytes:
    return gzip.decompress(file.read_bytes())


def gold_bodies() -> Iterator[tuple[str, str]]:
    """Yield (name, body) of the articles and documentation whose clean text is known."""
    for file in sorted(GOLD.glob("*.json")):
        page = json.loads(file.read_text("utf-8"))
        body = page["ground_truth"].get("main_content")
        if page["_internal"]["page_type"]["primary"] in ("article", "documentation") and body:
            yield file.stem, body
    for name, page in json.loads(FUNDUS.read_text("utf-8")).items():
        if page["body"]:
            yield name, page["body"]
