"""What no page has, and would cost the parser the square of its size: it is left out.

That is elements nested beyond all reason, elements with attributes by the thousand, and choices of
thousands. Few pages are looked at so closely; those that may have such a thing are.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

import numpy as np
import regex

try:
    from boilerkill.read.tokens import most_attributes
except ImportError:
    most_attributes = None  # type: ignore[assignment]

__all__ = ["most_depth", "within_limits"]

# Browsers stop at 512 levels; deeper ones are left out from here on.
MAX_DEPTH = 2_000
# An element has at most so many attributes, and a page so many options to choose from.
MAX_ATTRIBUTES = 256
MAX_OPTIONS = 2_000

# So many characters at a time are looked at, to tell pages that can be deep.
PIECE = 16_384

# Elements whose text has no markup, to their end tag.
_RAW = frozenset(("script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"))

_S = r"\x20\t\n\r\f"
_VALUE = rf"""(?:"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z)|[^{_S}>"'][^{_S}>]*+)"""
_ATTRIBUTE = rf"[^{_S}/>][^{_S}/>=]*+(?:[{_S}]*+=[{_S}]*+{_VALUE}?)?+"
_TAG = rf"[a-zA-Z][^{_S}/>]*+"
_REST = rf"(?:[{_S}/]++|{_ATTRIBUTE})*+(?:>|\Z)"
# What ends with the next sign that ends a tag, quotes or not.
_DECLARATION = r"<(?:!(?!--)|\?|/(?![a-zA-Z]))[^>]*+"
# As the parser takes a page apart. A tag that does not end is taken to the end of all: nothing that
# matches where it begins fails, so that no character is looked at for each before it.
_MARKUP = regex.compile(
    rf"(?P<comment><!--)|{_DECLARATION}|<(?:(?P<tag>{_TAG})|/(?P<end>{_TAG})){_REST}"
)
_ATTRIBUTES = regex.compile(_ATTRIBUTE)
# The same, as far as no tag has too many attributes.
_ORDINARY = rf"(?:[{_S}/]*+{_ATTRIBUTE}){{0,{MAX_ATTRIBUTES}}}+[{_S}/]*+(?:>|\Z)"
_RAW_NAME = rf"(?i:{'|'.join(sorted(_RAW))})"
_ALL_ORDINARY = regex.compile(
    rf"""(?:
        [^<]++
      | <(?!{_RAW_NAME}[{_S}/>]){_TAG}{_ORDINARY}
      | </{_TAG}{_REST}
      | <(?P<raw>{_RAW_NAME}){_ORDINARY}(?:[^<]++|<(?!(?i:/(?P=raw))[{_S}/>]))*+
      | <!--(?:[^-]++|-(?!->))*+
      | {_DECLARATION}
      | <(?![a-zA-Z/!?])
    )*+""",
    regex.VERBOSE,
)
_COMMENT_END = re.compile("-->")
_OPTION = re.compile("<[oO][pP][tT]")

# Elements that end by themselves, and so do not nest for want of an end.
_SHORT = (
    "area", "base", "basefont", "br", "circle", "col", "dd", "dt", "ellipse", "embed", "hr",
    "image", "img", "input", "li", "line", "link", "meta", "optgroup", "option", "p", "param",
    "path", "polygon", "polyline", "rect", "source", "stop", "tbody", "td", "tfoot", "th",
    "thead", "tr", "track", "use", "wbr",
)  # fmt: skip
_NESTING = re.compile(rf"<(/?)(?!(?:{'|'.join(_SHORT)})[\s/>])[a-zA-Z]")
_OPTIONS = ("option", "optgroup")


def within_limits(html: str) -> str:
    """Return a page without what no page has; all text stays.

    >>> within_limits("<p>It <b>rained</b>.")
    '<p>It <b>rained</b>.'
    """
    suspect = _may_be_deep(html) or _has_many_attributes(html) or _may_have_options(html)
    return "".join(_limited(html)) if suspect else html


def most_depth(html: str, piece: int = PIECE) -> int:
    """Return how deep elements nest at most, by how many begin and end in each piece of a page.

    >>> most_depth("<ul><li>Hats<li>Caps</ul>")
    3
    """
    depth = most = 0
    for start in range(0, len(html), piece):
        # No tag that begins an element goes on with a slash.
        ends = html.count("</", start, start + piece)
        begins = html.count("<", start, start + piece) - ends
        most = max(most, depth + begins)
        # As if all ends came first; those of what never began lead nowhere.
        depth = max(depth - ends, 0) + begins
    return most


def _may_be_deep(html: str) -> bool:
    if most_depth(html) < MAX_DEPTH:
        return False
    steps = np.array([-1 if end else 1 for end in _NESTING.findall(html)], dtype=np.int64)
    depths = np.cumsum(steps)
    # Ends of what never began lead nowhere.
    lowest = np.minimum.accumulate(np.minimum(depths, 0))
    return bool((depths - lowest >= MAX_DEPTH).any())


def _has_many_attributes(html: str) -> bool:
    if most_attributes is not None:
        return most_attributes(html, _RAW) > MAX_ATTRIBUTES
    ordinary = _ALL_ORDINARY.match(html)
    return ordinary is None or ordinary.end() < len(html)


def _may_have_options(html: str) -> bool:
    return html.count("<") >= MAX_OPTIONS and len(_OPTION.findall(html)) >= MAX_OPTIONS


def _limited(html: str) -> Iterator[str]:
    depth = options = at = 0
    for found in _tags(html):
        start, end = found.span()
        begins = found["tag"] is not None
        tag = (found["tag"] or found["end"]).lower()
        nests = tag not in _SHORT
        kept = end
        if begins:
            options += tag in _OPTIONS
            depth += nests
            if depth > MAX_DEPTH or (tag in _OPTIONS and options > MAX_OPTIONS):
                kept = start
            elif end - start > 2 * MAX_ATTRIBUTES:
                kept = _behind_attributes(html, found.end("tag"), end)
        elif nests:
            kept = start if depth > MAX_DEPTH else end
            depth -= depth > 0
        if kept < end:
            yield html[at:kept]
            yield ">" if kept > start else ""
            at = end
    yield html[at:]


def _tags(html: str) -> Iterator[regex.Match[str]]:
    """Yield the tags of a page, but for what looks like one in comments and scripts."""
    at = 0
    while (found := _MARKUP.search(html, at)) is not None:
        at = found.end()
        if found["comment"]:
            at = _find(_COMMENT_END, html, at)
            continue
        if found["tag"] is None and found["end"] is None:
            continue
        yield found
        tag = (found["tag"] or "").lower()
        if tag in _RAW:
            at = _find(_raw_end(tag), html, at)


def _find(pattern: re.Pattern[str], html: str, at: int) -> int:
    found = pattern.search(html, at)
    return len(html) if found is None else found.start()


@functools.cache
def _raw_end(tag: str) -> re.Pattern[str]:
    return re.compile(rf"</{tag}[{_S}/>]", re.IGNORECASE)


def _behind_attributes(html: str, name: int, end: int) -> int:
    """Return where the last attribute ends that a tag may have; the tag's end if it has fewer."""
    for number, attribute in enumerate(_ATTRIBUTES.finditer(html, name, end)):
        if number == MAX_ATTRIBUTES:
            return int(attribute.start())
    return end
