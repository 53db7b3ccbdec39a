"""What regular expressions are slow on costs no page more than its length, in text and in HTML.

Patterns are slow on what they nearly match many times over. So every pattern of the package says
what it is made of, and documents are made of that; trafilatura's and htmldate's patterns, which see
the HTML, are tried with the same. What is asserted is how the time of the processor grows, not how
long it takes: four times the document may take four times the time, and the square of it sixteen
times. The long run tries all documents, the plain one a share of them.
"""

from __future__ import annotations

import importlib
import itertools
import json
import pkgutil
import re
import time
from collections.abc import Iterator
from html import escape
from typing import Any

import pytest
import regex

import boilerkill
from boilerkill import separate
from sizes import LONG

SIZE = 20_000
FACTOR = 4
# Between 4, of linear growth, and 16, of quadratic.
MOST_GROWTH = 9
# A document of this size that takes less, in seconds, is no danger whatever it grows to.
NO_DANGER = 0.5

# A plain run tries one in so many.
SHARE = 1 if LONG else 8


def modules() -> Iterator[Any]:
    for found in pkgutil.walk_packages(boilerkill.__path__, "boilerkill."):
        # Those of other people's engines hold no patterns, and take long to import.
        if not found.name.endswith("__main__") and ".pipelines" not in found.name:
            yield importlib.import_module(found.name)


def patterns() -> list[str]:
    """Return every regular expression that a module of the package compiles."""
    found = (
        one for module in modules() for value in vars(module).values() for one in within(value)
    )
    sources = {one.pattern for one in found}
    return sorted(one.decode("latin-1") if isinstance(one, bytes) else one for one in sources)


def within(value: Any) -> Iterator[Any]:
    if isinstance(value, re.Pattern | regex.Pattern):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from within(item)
    elif isinstance(value, tuple | list):
        for item in value:
            yield from within(item)


ANYTHING = ("a", "1", " ", "\t", "\n", "A", "é", "字", "_", "-", '"', "<", "=", "(", "[", "{")
NEARLY = ("a ", "1 ", "a.", "a,", "a=", "Ann Lee, ", '"author":', '\\"', "2024-", "31 May ", "<a ")


def attacks() -> list[str]:
    """Return short strings of which some pattern may match many, from what patterns are made of."""
    found = [*ANYTHING, *NEARLY]
    for pattern in PATTERNS:
        own = sorted(set(re.findall(r"[^\W\d_]{1,8}|[^\w\s\\]", pattern)))[:8]
        found += own
        found += map("".join, itertools.pairwise(own))
    return list(dict.fromkeys(found))


PATTERNS = patterns()
ATTACKS = attacks()


def as_text(hostile: str) -> str:
    return f"Rain fell all night. {hostile}"


def as_page(hostile: str) -> str:
    """Return a page that says the same wherever something is looked for."""
    text = escape(hostile)
    known = {"@type": "NewsArticle", "headline": hostile, "datePublished": hostile}
    known["author"] = [{"@type": "Person", "name": hostile}]  # type: ignore[assignment]
    return (
        f"<html><head><title>{text}</title>"
        f'<meta name="author" content="{text}">'
        f'<meta property="article:published_time" content="{text}">'
        f'<script type="application/ld+json">{json.dumps(known)}</script>'
        f'<script type="application/ld+json">"author": {hostile}</script></head>'
        f'<body class="{text}"><h1>{text}</h1><p class="byline">By {text}</p>'
        f"<p>Rain fell all night. {text}</p>{hostile}</body></html>"
    )


def seconds(hostile: str, form: str) -> float:
    """Return the time of the processor in which all is said of a document."""
    source = as_page(hostile) if form == "html" else as_text(hostile)
    began = time.process_time()
    document = separate(source, format=form)
    assert isinstance(document.title, str | None)
    assert isinstance(document.byline.authors, list)
    return time.process_time() - began


def growth(piece: str, form: str) -> float:
    """Return how many times the time of a document one takes that is longer by `FACTOR`."""
    hostile = piece * (SIZE // len(piece))
    before = seconds(hostile, form)
    return seconds(hostile * FACTOR, form) / before if before > NO_DANGER else 1.0


def test_the_patterns_are_found() -> None:
    assert len(PATTERNS) > 60
    assert len(ATTACKS) > 200
    assert {"“", "@", "["} <= set(ATTACKS)


@pytest.mark.parametrize("form", ["text", "html"])
@pytest.mark.parametrize("share", range(8))
def test_time_grows_with_the_document_alone(form: str, share: int) -> None:
    seconds("rain", form)
    guilty = [
        (piece, ratio)
        for piece in ATTACKS[share :: 8 * SHARE]
        if (ratio := growth(piece, form)) > MOST_GROWTH
    ]
    assert guilty == []
