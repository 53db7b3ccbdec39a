"""Which elements are open at a place of a page, as far as the names in its tags tell.

An end tag ends nothing where no element of its name is open, or where one is in between that it
can't end: a page with many of these nests deeper than its tags seem to. This follows the rules of
HTML (https://html.spec.whatwg.org/#parsing-main-inbody), simplified so that more may seem open
than is, and not less.

The module is compiled where there is a compiler (``nesting.pxd`` has its types).
"""

from __future__ import annotations

__all__ = ["FORMATTING", "OPTIONS", "SHORT", "OpenElements"]

# Nothing is in them, or there is one of them, or they are in others of which this is so.
_NO_MATTER = frozenset(
    (
        "area", "base", "basefont", "body", "br", "circle", "col", "ellipse", "embed", "head", "hr",
        "html", "image", "img", "input", "line", "link", "meta", "param", "path", "polygon",
        "polyline", "rect", "source", "stop", "track", "use", "wbr",
    )
)  # fmt: skip
# They end where the next one begins, and so do not nest for want of an end.
_IMPLIED = frozenset(
    ("caption", "dd", "dt", "li", "p", "tbody", "td", "tfoot", "th", "thead", "tr")
)  # fmt: skip
# What a reader chooses from.
OPTIONS = frozenset(("optgroup", "option"))
# Elements that do not nest of themselves.
SHORT = _NO_MATTER | _IMPLIED | OPTIONS
# The end of another element does not reach beyond one of these.
_SPECIAL = _IMPLIED | frozenset(
    (
        "address", "applet", "article", "aside", "blockquote", "button", "center", "colgroup",
        "details", "dir", "div", "dl", "fieldset", "figcaption", "figure", "footer", "form",
        "frameset", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "iframe", "listing",
        "main", "marquee", "menu", "nav", "noembed", "noframes", "noscript", "object", "ol",
        "plaintext", "pre", "script", "search", "section", "select", "style", "summary", "table",
        "template", "textarea", "title", "ul", "xmp",
    )
)  # fmt: skip
# That of most of these does not reach beyond one of the following, and that of a table not beyond
# another.
_SCOPES = frozenset(("applet", "marquee", "object", "select", "table", "template"))
_TABLES = frozenset(("table", "template"))
# Where the element around them ends, they begin again behind it.
FORMATTING = frozenset(
    (
        "a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt",
        "u",
    )
)  # fmt: skip

# What is told by a name, as bits.
_IS_SHORT = 1
_IS_SPECIAL = 2
_IS_SCOPE = 4
_IS_TABLE = 8
_IS_FORMATTING = 16
_IS_OPTION = 32


def _bits(name: str) -> int:
    return (
        _IS_SHORT * (name in SHORT)
        | _IS_SPECIAL * (name in _SPECIAL)
        | _IS_SCOPE * (name in _SCOPES)
        | _IS_TABLE * (name in _TABLES)
        | _IS_FORMATTING * (name in FORMATTING)
        | _IS_OPTION * (name in OPTIONS)
    )


_BITS = {name: _bits(name) for name in SHORT | _SPECIAL | FORMATTING}


class OpenElements:
    """The elements that are open, or may be: an end tag closes one, and not what is in it.

    Attributes:
        depth: How many are open.
        most: How many were at most.
        formatting: How many of them are formatting.
        most_formatting: How many were at most.
        options: How many options began.

    >>> opened = OpenElements()
    >>> for name in ("div", "span", "li"):
    ...     opened.begin(name)
    >>> opened.end("i")
    >>> opened.depth
    2
    >>> opened.end("div")
    >>> opened.depth, opened.most
    (1, 2)
    """

    def __init__(self) -> None:
        """Open nothing."""
        self.depth = 0
        self.most = 0
        self.formatting = 0
        self.most_formatting = 0
        self.options = 0
        # How many began before; for each name, for all that are special, and for scopes, by that
        # number, which are open.
        self._begun = 0
        self._places: dict[str, list[int]] = {}
        self._special: list[int] = []
        self._scopes: list[int] = []
        self._tables: list[int] = []

    def begin(self, name: str) -> None:
        """Open an element."""
        bits = _BITS.get(name, 0)
        if bits == _IS_SHORT:
            return
        if bits & _IS_OPTION:
            self.options += 1
            return
        if name == "a":
            # A link ends the one before.
            self.end(name)
        place = self._begun
        self._begun += 1
        places = self._places.get(name)
        if places is None:
            places = self._places[name] = []
        if bits & _IS_SHORT and places and self._special[-1] == places[-1]:
            # It ends the one before.
            places.pop()
            self._special.pop()
        places.append(place)
        if bits & _IS_SPECIAL:
            self._special.append(place)
            if bits & _IS_SCOPE:
                self._scopes.append(place)
            if bits & _IS_TABLE:
                self._tables.append(place)
        elif bits & _IS_FORMATTING:
            self.formatting += 1
            self.most_formatting = max(self.most_formatting, self.formatting)
        if not bits & _IS_SHORT:
            self.depth += 1
            self.most = max(self.most, self.depth)

    def end(self, name: str) -> None:
        """Close the last element of that name, if its end tag reaches it."""
        places = self._places.get(name)
        if not places:
            return
        bits = _BITS.get(name, 0)
        last = places[-1]
        if last < self._reach(bits):
            return
        places.pop()
        if bits & _IS_SPECIAL:
            _remove(self._special, last)
            if bits & _IS_SCOPE:
                _remove(self._scopes, last)
            if bits & _IS_TABLE:
                _remove(self._tables, last)
        elif bits & _IS_FORMATTING:
            self.formatting -= 1
        if not bits & _IS_SHORT:
            self.depth -= 1

    def _reach(self, bits: int) -> int:
        """Return the last element beyond which nothing of that kind is ended."""
        if bits & _IS_TABLE:
            return _last(self._tables)
        if bits & (_IS_SPECIAL | _IS_FORMATTING) and not bits & _IS_SHORT:
            return _last(self._scopes)
        return _last(self._special)


def _last(places: list[int]) -> int:
    return places[-1] if places else -1


def _remove(places: list[int], place: int) -> None:
    """Take one of the last places away."""
    at = len(places) - 1
    while places[at] != place:
        at -= 1
    del places[at]
