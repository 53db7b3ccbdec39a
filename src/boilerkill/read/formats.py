"""Tell HTML from text, and from text that shows or mentions tags.

What makes a document HTML is that its words stand *inside* of elements, from the first to the last.
A text about HTML, Markdown with some HTML in it, and a listing among paragraphs have words beside
them. A look at the start of a document tells which it is.

There are fragments of which only parts stand in elements, for want of paragraphs: a line of text
with breaks, links and pictures. Their text has no lines, which would be lost.
"""

from __future__ import annotations

import re
from collections import Counter

from boilerkill.read.tags import BLOCKS, VOID

__all__ = ["as_text", "looks_like_html"]

# So much of a document is looked at, in characters or bytes.
HEAD = 1 << 15
# So much of it is enough where it begins as a page.
ENOUGH = 1 << 12

# A document that begins so is text: code in Markdown, and what hardly any page begins with.
INDENT = " \t"

# So much of the text may stand outside of all elements. There are pages that end their `html` too
# early; Markdown with some HTML in it has more than a fragment of HTML.
BARE_IN_PAGE = 0.5
BARE_IN_FRAGMENT = 0.2

# A fragment that ends none of its elements has at least so many of those that need no end.
UNENDED = 2

_MARKUP = re.compile(
    r"<(?P<end>/?)(?P<tag>[a-z][a-z0-9:-]*)(?:[\s/][^<>]*)?>"
    r"|(?P<comment><!--)|<[!?](?P<declared>[^<>]*)>|^ {,3}(?P<fence>```|~~~)",
    re.MULTILINE,
)
_FENCE = re.compile("^ {,3}(?:```|~~~)", re.MULTILINE)
_SENTENCE = re.compile(r"[ \t]+\w")
_LEAD = "\ufeff\x00 \t\r\n\f\v"

_PAGE = frozenset(("html", "head", "body"))
_BLOCKS = BLOCKS - {"button", "hr"} | {"head"}
# Block elements that end where the next one begins.
_UNENDED = frozenset(("p", "li", "dd", "dt", "tr", "td", "th", "tbody", "thead", "tfoot"))
# What is no text to read up to the end tag.
_RAW = frozenset(("script", "style", "svg", "textarea", "title", "noscript", "template"))
_INLINE = _RAW | {
    "a", "abbr", "acronym", "area", "audio", "b", "base", "bdi", "bdo", "big", "br", "button",
    "canvas", "cite", "code", "data", "del", "dfn", "em", "embed", "font", "hr", "i", "iframe",
    "img", "input", "ins", "kbd", "label", "link", "map", "mark", "meta", "meter", "nobr",
    "object", "output", "picture", "progress", "q", "ruby", "s", "samp", "select", "slot",
    "small", "source", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var",
    "video", "wbr",
}  # fmt: skip
# What may stand in a line of text in HTML; scripts and forms do not.
_LINE_TAGS = BLOCKS - {"button", "form", "html", "body", "frameset", "optgroup"} | {
    "a", "abbr", "b", "big", "br", "cite", "del", "em", "font", "i", "img", "ins", "mark", "q", "s",
    "small", "span", "strike", "strong", "sub", "sup", "time", "u", "wbr",
}  # fmt: skip
_TAG = re.compile(r"<(?P<end>/?)(?P<tag>[a-z][a-z0-9:-]*)(?P<attributes>(?:[\s/][^<>]*)?)>")
_TOLD = re.compile(r"""\s(?:href|src|class|style|id)\s*=\s*["']""")
# Between two words, or two paragraphs.
_IN_LINES = re.compile(r"[^>\s][^\S\n]*\n\s*[^<\s]|\n[^\S\n]*\n")
_CLOSING = frozenset("'\"`´“”’»›」』》)]}")
_WORD_END = re.compile(r"\w ")
# A line with links, but without breaks, has so many characters.
LINE = 200
# A tag right behind one of these is mentioned rather than meant.
_MENTIONING = frozenset("'\"`´“”„‘’«»‹›「『《([{")


def looks_like_html(source: str | bytes) -> bool:
    r"""Tell whether a document is an HTML page, or a fragment of one.

    Raises:
        TypeError: If `source` is neither str nor bytes.

    >>> looks_like_html("<p>It rained.</p>")
    True
    >>> looks_like_html("A <p> begins a paragraph; </p> ends it.")
    False
    >>> looks_like_html("# Install\n\n<p align=center>An image</p>\n\nUnpack it, and run it.")
    False
    """
    if not isinstance(source, str | bytes | bytearray | memoryview):
        raise TypeError(f"expected str or bytes, got {type(source).__name__}")
    head = source[:HEAD]
    head = head.lower() if isinstance(head, str) else _decode(bytes(head).lower())
    if "<" not in head or head.startswith(INDENT):
        return False
    head = head.lstrip(_LEAD)
    return _Structure(head).is_html() or _MarkedLine(head).is_html()


def as_text(text: str) -> str:
    r"""Return a text so that it can't be taken for HTML, even where it shows the source of a page.

    >>> as_text("<p>It rained.</p>"), as_text("It rained.")
    (' \t<p>It rained.</p>', 'It rained.')
    """
    return INDENT + text if looks_like_html(text) else text


def _decode(head: bytes) -> str:
    """Decode the start of a document as far as its markup goes, which is ASCII.

    Without the NULs between them, the letters of tags are the same in UTF-16 as in Latin-1.
    """
    return head.lstrip(b"\xef\xbb\xbf\xff\xfe\x00").replace(b"\x00", b"").decode("latin-1")


class _Structure:
    """What stands in elements, and what beside them."""

    def __init__(self, head: str) -> None:
        """Go through the start of a document, in lower case."""
        self._head = head
        # The visible characters, and those of them that stand in no block element.
        self._text = self._bare = 0
        # Whether a page begins before any text, and whether something else than HTML does.
        self._page = self._foreign = False
        # How often each element is open; how many wait for their ends; how many have ended.
        self._open: Counter[str] = Counter()
        self._depth = self._ended = 0
        # How many began that need no end and hold text at once; whether one of them is the last.
        self._unended, self._in_unended = 0, False
        self._mention = -1
        self._scan()

    def is_html(self) -> bool:
        """Tell what the document is."""
        if self._foreign:
            return False
        if self._page:
            return self._bare <= BARE_IN_PAGE * self._text
        ended = self._ended > 0 and self._depth <= self._ended
        fragment = ended or (self._unended >= UNENDED and not self._depth)
        return fragment and self._bare <= BARE_IN_FRAGMENT * self._text

    def _scan(self) -> None:
        at = place = 0
        while not self._foreign and not (self._page and place >= ENOUGH):
            found = _MARKUP.search(self._head, place)
            if found is None:
                self._take(self._head[at:])
                return
            place = found.end()
            if self._is_markup(found):
                self._take(self._head[at : found.start()])
                at = place = self._past(found)

    def _take(self, text: str) -> None:
        """Count text between two tags."""
        size = len("".join(text.split()))
        self._text += size
        if not self._depth and not self._in_unended:
            self._bare += size

    def _is_markup(self, found: re.Match[str]) -> bool:
        """Tell a tag that is meant from one that a text mentions."""
        tag = found["tag"]
        if tag in _BLOCKS:
            if found["end"]:
                return self._open[tag] > 0
            if self._is_mentioned(found.start()):
                self._mention = found.end()
                return False
        return tag is None or tag in _BLOCKS or tag in _INLINE or "-" in tag or not self._text

    def _is_mentioned(self, start: int) -> bool:
        """Tell a tag within a sentence from one between texts, by what stands before it."""
        at = start - 1
        while at >= 0 and self._head[at] in " \t":
            at -= 1
        if at < 0 or self._head[at] in "\r\n":
            return False
        if self._head[at] == ">":
            return at + 1 == self._mention
        return at < start - 1 or self._head[at] in _MENTIONING

    def _past(self, found: re.Match[str]) -> int:
        """Note what markup says, and return where the text behind it begins."""
        tag, place = found["tag"], found.end()
        if tag in _BLOCKS:
            self._end(tag) if found["end"] else self._begin(tag, place)
        elif tag in _RAW and not found["end"]:
            return self._find(f"</{tag}", place)
        elif found["comment"]:
            return self._find("-->", place) + len("-->")
        elif found["fence"]:
            return self._past_fence(found.start(), place)
        elif not self._text and not self._open:
            self._declare(found["declared"] or "", place)
            self._foreign |= tag is not None and tag not in _INLINE and "-" not in tag
        return place

    def _declare(self, declared: str, place: int) -> None:
        if declared.split()[:2] == ["doctype", "html"]:
            self._begin_page(place)
        elif declared.startswith("doctype"):
            self._foreign = True

    def _begin_page(self, place: int) -> None:
        """Open what only the end of `html` closes, unless a sentence goes on behind the tag."""
        if _SENTENCE.match(self._head, place) is None:
            self._page = True
            self._depth += 1

    def _begin(self, tag: str, place: int) -> None:
        if tag in _PAGE and not self._page and not self._text:
            self._begin_page(place)
        self._open[tag] += 1
        if tag in _UNENDED:
            self._in_unended = True
            self._unended += not self._head[place : place + 1].isspace()
        else:
            self._depth += 1

    def _end(self, tag: str) -> None:
        self._open[tag] -= 1
        self._ended += 1
        if tag in _UNENDED:
            self._in_unended = False
        else:
            self._depth -= 1
        if tag == "html":
            self._depth, self._in_unended = 0, False

    def _past_fence(self, start: int, place: int) -> int:
        """Return where a listing of Markdown ends, whose words stand in no element."""
        if self._depth or self._in_unended:
            return place
        end = _FENCE.search(self._head, place)
        place = len(self._head) if end is None else end.end()
        self._take(self._head[start:place])
        return place

    def _find(self, end: str, place: int) -> int:
        """Return where an end stands, or the end of all, as browsers read what has none."""
        found = self._head.find(end, place)
        return len(self._head) if found < 0 else found


class _MarkedLine:
    """A line of text, and the markup in it; where it may be of another language, it is foreign."""

    def __init__(self, head: str) -> None:
        """Go through the start of a document, in lower case."""
        self._head = head
        self._foreign = _IN_LINES.search(head) is not None or "](" in head
        # The characters of its text, and those of them that stand in no element.
        self._text = self._bare = 0
        # How often each element is open; how many are; how many have ended.
        self._open: Counter[str] = Counter()
        self._depth = self._ended = 0
        # How many breaks there are, and how many tags that tell an address, or a style.
        self._breaks = self._told = 0
        if not self._foreign:
            self._scan()

    def is_html(self) -> bool:
        """Tell whether it is one of HTML."""
        if self._foreign or (self._depth and len(self._head) < HEAD):
            return False
        if self._breaks:
            return self._breaks + self._ended > 1
        return self._told > 0 and (self._text >= LINE or not self._bare)

    def _scan(self) -> None:
        at = count = 0
        for found in _TAG.finditer(self._head):
            self._take(self._head[at : found.start()])
            self._note(found)
            at = found.end()
            count += 1
        self._take(self._head[at:])
        self._foreign |= count < self._head.count("<")

    def _take(self, text: str) -> None:
        size = len(text.strip())
        self._text += size
        if not self._depth:
            self._bare += size

    def _note(self, found: re.Match[str]) -> None:
        tag, start = found["tag"], found.start()
        mentioned = self._head[start - 1 : start] in _MENTIONING
        if found["end"]:
            self._foreign |= not self._open[tag]
            self._open[tag] -= 1
            self._depth -= 1
            self._ended += 1
        elif tag == "br":
            closed = self._head[found.end() : found.end() + 1] in _CLOSING
            in_sentence = _WORD_END.match(self._head, start - 2) is not None
            self._foreign |= (mentioned and closed) or in_sentence
            self._breaks += 1
        else:
            self._foreign |= mentioned or tag not in _LINE_TAGS
            self._told += _TOLD.search(found["attributes"]) is not None
            if tag not in VOID:
                self._open[tag] += 1
                self._depth += 1
