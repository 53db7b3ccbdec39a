"""Where pages keep an article that they show by a script only: JSON-LD for search engines."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator

from boilerkill.read.formats import looks_like_html
from boilerkill.read.jsonld import parse_json

__all__ = ["article_in_json"]

# The properties of schema.org that hold the whole text of what they describe.
BODIES = ("articleBody", "reviewBody")

_LINE_ENDS = re.compile(r"[\r\n]+")


def article_in_json(scripts: Iterable[str]) -> str:
    r"""Return the longest text of an article in a page's JSON-LD, as HTML; empty if there is none.

    Args:
        scripts: What its scripts of the type ``application/ld+json`` hold.

    >>> article_in_json(['{"@graph": [{"articleBody": "It rained.\\n\\nR&amp;D slept."}]}'])
    '<p>It rained.</p><p>R&amp;D slept.</p>'
    >>> article_in_json(['{"articleBody": "<p>It rained.</p>"}', "{broken"])
    '<p>It rained.</p>'
    """
    bodies = [body for script in scripts for body in _bodies(script)]
    return _as_html(max(bodies, key=len)) if bodies else ""


def _bodies(script: str) -> Iterator[str]:
    rest = parse_json(script)[::-1]
    while rest:
        value = rest.pop()
        if isinstance(value, list):
            rest.extend(reversed(value))
        elif isinstance(value, dict):
            bodies = (value.get(name) for name in BODIES)
            yield from (body for body in bodies if isinstance(body, str))
            rest.extend(reversed(value.values()))


def _as_html(body: str) -> str:
    for markup in (body, html.unescape(body)):
        if looks_like_html(markup):
            return markup
    paragraphs = filter(None, _LINE_ENDS.split(html.unescape(body)))
    return "".join(f"<p>{html.escape(text, quote=False)}</p>" for text in paragraphs)
