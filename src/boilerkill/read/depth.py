"""Elements nested beyond all reason, which would cost a parser the square of their number."""

from __future__ import annotations

import re
from collections.abc import Iterator

__all__ = ["without_depths"]

# Browsers stop at 512 levels; deeper ones are left out from here on.
MAX_DEPTH = 2_000

_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]*)[^>]*>")
# Elements that end by themselves, and so do not nest for want of an end.
_SHORT = frozenset(
    [
        "area",
        "base",
        "basefont",
        "br",
        "col",
        "dd",
        "dt",
        "embed",
        "hr",
        "img",
        "input",
        "li",
        "link",
        "meta",
        "optgroup",
        "option",
        "p",
        "param",
        "source",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "track",
        "wbr",
    ]
)


def without_depths(html: str) -> str:
    """Return a page without the tags of elements that are nested too deep; their text stays.

    >>> without_depths("<p>It <b>rained</b>.")
    '<p>It <b>rained</b>.'
    """
    if html.count("<") - html.count("</") < MAX_DEPTH and html.count("</") < MAX_DEPTH:
        return html
    return "".join(_shallow(html))


def _shallow(html: str) -> Iterator[str]:
    depth = at = 0
    for tag in _TAG.finditer(html):
        if tag[2].lower() in _SHORT or tag[0].endswith("/>"):
            continue
        closes = bool(tag[1])
        depth += 0 if closes else 1
        if depth > MAX_DEPTH:
            yield html[at : tag.start()]
            at = tag.end()
        depth -= 1 if closes and depth else 0
    yield html[at:]
