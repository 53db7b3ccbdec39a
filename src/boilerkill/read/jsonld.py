"""Read JSON-LD as pages hold it: broken in every way."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from typing import Any

from selectolax.lexbor import LexborHTMLParser

__all__ = ["json_scripts", "parse_json"]

# A string is one match, so that what looks like a comment or a comma in it stays. Every
# alternative matches to the end if nothing closes it: no text takes more than one pass.
_TOKEN = re.compile(
    r"""(?P<string>"(?:[^"\\]|\\(?:.|\Z))*(?:"|\Z))"""
    r"""|//[^\n]*|/\*.*?(?:\*/|\Z)|<!--|-->|<!\[CDATA\[|\]\]>"""
    r"""|,(?=\s*[}\]])|;\s*\Z""",
    re.DOTALL,
)


def json_scripts(tree: LexborHTMLParser) -> Iterator[str]:
    """Yield what the scripts of a page hold that are JSON-LD."""
    for script in tree.css('script[type*="ld+json" i]'):
        yield script.text() or ""


def parse_json(text: str) -> list[Any]:
    r"""Parse JSON, mended where it is broken in the ways of pages; whatever can't be read is left.

    Args:
        text: What a script holds: JSON, or several documents one behind the other.

    Returns:
        The documents.

    >>> parse_json('<!-- {"a": [1, 2,], // two\n "b": "http://x"} -->')
    [{'a': [1, 2], 'b': 'http://x'}]
    >>> parse_json("{&quot;a&quot;: 1}"), parse_json("[[[")
    ([{'a': 1}], [])
    """
    found = _documents(text)
    if not found:
        found = _documents(_mended(text))
    if not found and "&quot;" in text:
        found = _documents(_mended(html.unescape(text)))
    return found


def _mended(text: str) -> str:
    return _TOKEN.sub(lambda match: match["string"] or "", text)


def _documents(text: str) -> list[Any]:
    decoder = json.JSONDecoder(strict=False)
    documents = []
    text = text.strip()
    at = 0
    while at < len(text):
        try:
            document, at = decoder.raw_decode(text, at)
        # Numbers of thousands of digits are a ValueError, too.
        except (ValueError, RecursionError):
            break
        documents.append(document)
        while at < len(text) and text[at] in " \t\r\n,;":
            at += 1
    return documents
