"""What no page has, and would cost the parser the square of its size: it is left out.

That is elements nested beyond all reason, formatting that never ends, elements with attributes by
the thousand, and choices of thousands. What opens and closes is counted in every page; only those
that have such a thing are taken apart to leave it out.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator

import regex

from boilerkill.read.nesting import FORMATTING, OPTIONS, SHORT, OpenElements
from boilerkill.read.tags import RAW
from boilerkill.read.xhtml import with_ends

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
# Of these there is one element, to which every further tag adds its attributes.
ONLY_ONCE = frozenset(("html", "body"))
MAX_OPTIONS = 2_000

_S = r"\x20\t\n\r\f"
_VALUE = rf"""(?:"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z)|[^{_S}>"'][^{_S}>]*+)"""
_ATTRIBUTE = rf"[^{_S}/>][^{_S}/>=]*+(?:[{_S}]*+=[{_S}]*+{_VALUE}?)?+"
_TAG = rf"[a-zA-Z][^{_S}/>]*+"
_REST = rf"(?:[{_S}/]++|{_ATTRIBUTE})*+(?:>|\Z)"
# What ends with the next sign that ends a tag, quotes or not.
_DECLARATION = r"<(?:!(?!--)|\?|/(?![a-zA-Z]))[^>]*+"
# As the parser takes a page apart; text that has no markup goes with the tag before it. A tag that
# does not end is taken to the end of all: nothing that matches where it begins fails, so that no
# character is looked at for each before it.
_MARKUP = regex.compile(
    rf"""<!--(?:-?>|(?:[^-]++|-(?!-!?>))*+)
    | {_DECLARATION}
    | <(?P<tag>(?i:{"|".join(sorted(RAW))}))(?P<rest>(?=[{_S}/>]){_REST})
        (?:[^<]++|<(?!/(?i:(?P=tag))[{_S}/>]))*+
    | <(?P<tag>{_TAG})(?P<rest>{_REST})
    | </(?P<end>{_TAG})(?P<rest>{_REST})
    """,
    # The parser takes no letter beyond ASCII for another one in capitals.
    regex.VERBOSE | regex.ASCII,
)
_ATTRIBUTES = regex.compile(_ATTRIBUTE)

# These do not nest, or hold no elements.
_CHILDLESS = SHORT | RAW


def within_limits(html: str) -> str:
    """Return a page without what no page has, and as HTML if it is XML; all text stays.

    >>> within_limits("<p>It <b>rained</b>.")
    '<p>It <b>rained</b>.'
    """
    html = with_ends(html)
    return "".join(_limited(html)) if _is_suspect(html) else html


def _is_suspect(html: str) -> bool:
    """Tell whether there is too much of anything."""
    opened = OpenElements()
    if take_apart is None:
        attributes = _take_apart(html, opened)
    else:
        attributes = take_apart(html, RAW, opened, ONLY_ONCE)
    deep = opened.most > MAX_DEPTH or opened.most_formatting > MAX_FORMATTING
    return deep or attributes > MAX_ATTRIBUTES or opened.options > MAX_OPTIONS


def _take_apart(html: str, opened: OpenElements) -> int:
    """Do what `take_apart` does, but count attributes only where there may be too many."""
    most = of_all = 0
    for tag, rest, end in _MARKUP.findall(html):
        if end:
            opened.end(_lowered(end))
        elif tag:
            name = _lowered(tag)
            opened.begin(name)
            if name in ONLY_ONCE:
                of_all += len(_ATTRIBUTES.findall(rest))
                most = max(most, of_all)
            # Each attribute takes two characters at least.
            if len(rest) > 2 * MAX_ATTRIBUTES:
                most = max(most, len(_ATTRIBUTES.findall(rest)))
    return most


def _lowered(name: str) -> str:
    """Return a name as the parser does, to which only letters of ASCII have a small form."""
    return name.lower() if name.isascii() else name


def _limited(html: str) -> Iterator[str]:
    opened = OpenElements()
    left_out: Counter[str] = Counter()
    at = of_all = 0
    for found in _MARKUP.finditer(html):
        tag = _lowered(found["tag"] or found["end"] or "")
        if not tag:
            continue
        start, end = found.start(), found.end("rest")
        kept = end
        if opened.depth < MAX_DEPTH and opened.formatting < MAX_FORMATTING:
            left_out.clear()
        if found["end"]:
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
            if tag in OPTIONS and opened.options > MAX_OPTIONS:
                kept = start
            else:
                most = MAX_ATTRIBUTES - (of_all if tag in ONLY_ONCE else 0)
                attributes = _ATTRIBUTES.finditer(html, found.start("rest"), end)
                places = [each.start() for each in itertools.islice(attributes, most + 1)]
                if tag in ONLY_ONCE:
                    of_all += min(len(places), most)
                kept = places[most] if len(places) > most else end
        if kept < end:
            yield html[at:kept]
            yield ">" if kept > start else ""
            at = end
    yield html[at:]


def _is_too_much(tag: str, opened: OpenElements) -> bool:
    """Tell whether an element would be one too many."""
    if tag in FORMATTING:
        return opened.formatting >= MAX_FORMATTING and tag != "a"
    return tag not in _CHILDLESS and opened.depth >= MAX_DEPTH
