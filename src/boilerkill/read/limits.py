"""What no page has, and would cost the parser the square of its size: it is left out.

That is elements nested beyond all reason, formatting that never ends, elements with attributes by
the thousand, and choices of thousands. What opens and closes is counted in every page; only those
that have such a thing are taken apart to leave it out.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections import Counter
from collections.abc import Iterator

import regex

from boilerkill.read.nesting import FORMATTING, SHORT, OpenElements

try:
    from boilerkill.read.tokens import take_apart
except ImportError:
    take_apart = None  # type: ignore[assignment]

__all__ = ["within_limits"]

# Browsers stop at 512 levels; deeper ones are left out from here on.
MAX_DEPTH = 2_000
# So much formatting is open at most: where it does not end, all of it begins again with each block.
MAX_FORMATTING = 12
# An element has at most so many attributes, and a page so many options to choose from.
MAX_ATTRIBUTES = 256
MAX_OPTIONS = 2_000

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
_COMMENT_END = re.compile("-->")
_OPTION = re.compile("<[oO][pP][tT]")

_OPTIONS = ("option", "optgroup")


def within_limits(html: str) -> str:
    """Return a page without what no page has; all text stays.

    >>> within_limits("<p>It <b>rained</b>.")
    '<p>It <b>rained</b>.'
    """
    suspect = _is_deep_or_wide(html) or _may_have_options(html)
    return "".join(_limited(html)) if suspect else html


def _is_deep_or_wide(html: str) -> bool:
    """Tell whether too many elements are open at once, or a tag has too many attributes."""
    opened = OpenElements()
    count = _take_apart if take_apart is None else take_apart
    attributes = count(html, _RAW, opened)
    deep = opened.most > MAX_DEPTH or opened.most_formatting > MAX_FORMATTING
    return deep or attributes > MAX_ATTRIBUTES


def _take_apart(html: str, raw: frozenset[str], opened: OpenElements) -> int:
    """Do what is compiled where there is a compiler; see there."""
    most = 0
    for found in _tags(html, raw):
        if found["tag"] is None:
            opened.end(_name(found))
        else:
            opened.begin(_name(found))
            most = max(most, sum(1 for _ in _attributes(html, found)))
    return most


def _may_have_options(html: str) -> bool:
    return html.count("<") >= MAX_OPTIONS and len(_OPTION.findall(html)) >= MAX_OPTIONS


def _limited(html: str) -> Iterator[str]:
    opened = OpenElements()
    left_out: Counter[str] = Counter()
    options = at = 0
    for found in _tags(html):
        start, end = found.span()
        tag = _name(found)
        kept = end
        if opened.depth < MAX_DEPTH and opened.formatting < MAX_FORMATTING:
            left_out.clear()
        if found["tag"] is None:
            if left_out[tag]:
                left_out[tag] -= 1
                kept = start
            else:
                opened.end(tag)
        elif _is_too_much(tag, opened):
            left_out[tag] += 1
            kept = start
        else:
            opened.begin(tag)
            options += tag in _OPTIONS
            if tag in _OPTIONS and options > MAX_OPTIONS:
                kept = start
            else:
                surplus = itertools.islice(_attributes(html, found), MAX_ATTRIBUTES, None)
                kept = next((attribute.start() for attribute in surplus), end)
        if kept < end:
            yield html[at:kept]
            yield ">" if kept > start else ""
            at = end
    yield html[at:]


def _is_too_much(tag: str, opened: OpenElements) -> bool:
    """Tell whether an element would be one too many."""
    if tag in FORMATTING:
        return opened.formatting >= MAX_FORMATTING and tag != "a"
    return tag not in SHORT and opened.depth >= MAX_DEPTH


def _name(tag: regex.Match[str]) -> str:
    return (tag["tag"] or tag["end"]).lower()


def _tags(html: str, raw: frozenset[str] = _RAW) -> Iterator[regex.Match[str]]:
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
        if tag in raw:
            at = _find(_raw_end(tag), html, at)


def _find(pattern: re.Pattern[str], html: str, at: int) -> int:
    found = pattern.search(html, at)
    return len(html) if found is None else found.start()


@functools.cache
def _raw_end(tag: str) -> re.Pattern[str]:
    return re.compile(rf"</{tag}[{_S}/>]", re.IGNORECASE)


def _attributes(html: str, tag: regex.Match[str]) -> Iterator[regex.Match[str]]:
    """Return the attributes of a tag; each takes two characters at least."""
    if tag.end() - tag.end("tag") <= 2 * MAX_ATTRIBUTES:
        return iter(())
    return _ATTRIBUTES.finditer(html, tag.end("tag"), tag.end())
