"""Read HTML: a segment for each block of text, with what the markup says of it.

The tree is lexbor's (by selectolax), built as browsers build it, so that broken markup reads as it
looks. It is walked once, without recursion.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

import numpy as np
from selectolax.lexbor import LexborHTMLParser, LexborNode

from boilerkill.normalization import normalize
from boilerkill.read.fallback import article_in_json
from boilerkill.read.jsonld import json_scripts
from boilerkill.read.limits import within_limits
from boilerkill.read.page_type import PageType, read_page_type
from boilerkill.read.tags import BLOCKS, HEADINGS, HIDDEN, SCRIPTLESS, tag_bit, tag_code, word_mask
from boilerkill.reading import Reading, Source

__all__ = ["Block", "Container", "Page", "read_html"]

_WHITE_SIGNS = " \t\n\r\f"
_WHITE = re.compile(f"[{_WHITE_SIGNS}]+")
_SPACES = re.compile(" {2,}")
_QUOTED_LINE = re.compile("^(?=.)", re.MULTILINE)
_HIDING_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_BOLD = frozenset(("b", "strong", *HEADINGS))
_QUOTES = frozenset(("blockquote", "q"))
_CELLS = frozenset(("td", "th"))
# Their blocks follow one another without a blank line.
_LISTS = frozenset(("ul", "ol", "table", "pre"))
# Tags that say something of the text in them. All others are alike, which saves looking at each.
_TELLING = BLOCKS | _BOLD | _QUOTES | _CELLS | _LISTS | {"a"}

# A page with so few characters of prose may have its text where only scripts show it; it has if
# there is so many times more.
LITTLE_PROSE = 1_500
MORE_PROSE = 1.5
SOME_PROSE = 200
PROSE_BLOCK = 60

# Between the cells of a table's row.
CELL = " | "
# Where a word may be broken, which shows only where it is.
SOFT_HYPHEN = "\xad"


@dataclass(slots=True)
class Container:
    """An element that can hold blocks.

    Attributes:
        parent: The number of the container around it, -1 for the outermost.
        tag: Its tag as a number; see `boilerkill.read.tags`.
        own: The bits of its tag and of the words in its class and id.
        around: The bits of all elements around it, and its own.
        signature: Its tag and class, which like siblings share.
    """

    parent: int
    tag: int
    own: int
    around: int
    signature: str


@dataclass(slots=True)
class Block:
    """A block of text.

    Attributes:
        text: The text.
        container: The number of the innermost container.
        linked: How many of its characters are in links.
        beside_links: Whether it has text outside of links.
        links: How many links it has.
        bold: How many of its characters are set in bold.
        quoted: Whether it is in a `blockquote`, or holds a `q`, outside of links.
        tight: Whether it follows the block before in the same list or table.
    """

    text: str
    container: int
    linked: int = 0
    beside_links: bool = False
    links: int = 0
    bold: int = 0
    quoted: bool = False
    tight: bool = False


@dataclass(frozen=True)
class Page:
    """An HTML page.

    Attributes:
        reading: Its text in segments.
        blocks: For each segment, its block.
        containers: The elements around them.
        title: The page's title by its markup, empty if it has none.
        heading: The number of the segment that is the title as the page shows it, -1 for none.
        type: What it says of its type.
    """

    reading: Reading
    blocks: list[Block]
    containers: list[Container]
    title: str
    heading: int
    type: PageType


def read_html(html: str, *, marks_quotes: bool = False) -> Page:
    r"""Read a page, or a fragment of one.

    Args:
        html: The page.
        marks_quotes: Whether the lines of what is quoted by its markup begin with ``>``.

    >>> page = read_html("<p>It <b>rained</b>.<ul><li>Hats<li>Caps</ul>")
    >>> page.reading.text
    'It rained.\n\n- Hats\n- Caps'
    """
    html = within_limits(html)
    tree = LexborHTMLParser(html)
    walk = _walk_shown(tree)
    title = tree.css_first("title")
    blocks, reading = _put_together(walk.blocks, marks_quotes)
    return Page(
        reading=reading,
        blocks=blocks,
        containers=walk.containers,
        title="" if title is None else _WHITE.sub(" ", title.text()).strip(),
        heading=_title_heading(blocks, walk.containers),
        type=read_page_type(tree, html),
    )


def _walk_shown(tree: LexborHTMLParser) -> _Walk:
    """Walk through what a page shows, or through what a script would where that is little."""
    shown = _Walk()
    shown.walk(tree)
    if shown.prose() >= LITTLE_PROSE:
        return shown
    deep = _Walk(hidden=True)
    deep.walk(tree)
    walk = deep if deep.prose() >= max(SOME_PROSE, MORE_PROSE * shown.prose()) else shown
    if walk.prose() < LITTLE_PROSE:
        article = article_in_json(json_scripts(tree))
        if len(article) >= max(SOME_PROSE, MORE_PROSE * walk.prose()):
            walk.add(article)
    return walk


def _title_heading(blocks: list[Block], containers: list[Container]) -> int:
    """Return the number of the first block that is a heading of the first level."""
    first_level = tag_code("h1")
    for number, block in enumerate(blocks):
        if containers[block.container].tag == first_level:
            return number
    return -1


def _put_together(blocks: list[Block], marks_quotes: bool) -> tuple[list[Block], Reading]:
    """Join the normalised texts of blocks; blocks without any are left out."""
    kept: list[Block] = []
    pieces: list[str] = []
    bounds: list[tuple[int, int, int, int]] = []
    at = line = paragraph = 0
    for block in blocks:
        # Code keeps the spaces that its first line begins with; they are no part of the segment.
        text = normalize(block.text).rstrip()
        if not text:
            continue
        if marks_quotes and block.quoted:
            text = _QUOTED_LINE.sub("> ", text)
        if pieces:
            between = "\n" if block.tight else "\n\n"
            pieces.append(between)
            at += len(between)
            line += len(between)
            paragraph += len(between) - 1
        indent = len(text) - len(text.lstrip())
        bounds.append((at + indent, at + len(text), line, paragraph))
        pieces.append(text)
        at += len(text)
        line += text.count("\n")
        paragraph += text.count("\n\n")
        kept.append(block)
    starts, ends, lines, paragraphs = np.array(bounds, dtype=np.int64).reshape(-1, 4).T.copy()
    reading = Reading(Source("".join(pieces)), starts, ends, lines, paragraphs)
    return kept, reading


@dataclass(slots=True)
class _Element:
    """An open element: what its text is like."""

    container: int
    block: bool
    link: bool
    bold: bool
    pre: bool
    quoted: bool
    tag: str
    # The last number of an ordered list, -1 for another.
    items: int
    # The container of the innermost list or table, -1 without one.
    list: int
    # What an element in it is like whose tag says nothing; all of these share one.
    plain: _Element | None = None

    def open_plain(self) -> _Element:
        """Return what an element in it is like whose tag says nothing."""
        if self.plain is None:
            self.plain = _Element(
                self.container,
                False,
                self.link,
                self.bold,
                self.pre,
                self.quoted,
                "",
                -1,
                self.list,
            )
            self.plain.plain = self.plain
        return self.plain


class _Walk:
    """The walk through a tree, and what it has found so far."""

    def __init__(self, *, hidden: bool = False) -> None:
        """Start above the root; take what is hidden, too, if wanted."""
        self._hidden = hidden
        self._skipped = HIDDEN - SCRIPTLESS if hidden else HIDDEN
        self.blocks: list[Block] = []
        self.containers = [Container(-1, -1, 0, 0, "")]
        self._open = [_Element(0, True, False, False, False, False, "", -1, -1)]
        self._parts: list[str] = []
        self._block = Block("", 0)
        self._mark = ""
        self._pre = False
        # Whether a link has just ended: pages set the next one apart by style alone.
        self._behind_link = False
        self._last_list = -1

    def walk(self, tree: LexborHTMLParser) -> None:
        """Read a tree, behind what was read before."""
        if tree.root is not None:
            self._walk(tree.root)

    def add(self, article: str) -> None:
        """Read an article that a page holds besides what it shows, some of which is in it."""
        count = len(self.blocks)
        self.walk(LexborHTMLParser(within_limits(f"<article class=article>{article}")))
        told = {block.text for block in self.blocks[count:]}
        shown = [block for block in self.blocks[:count] if block.text not in told]
        self.blocks[:count] = shown

    def _walk(self, node: LexborNode) -> None:
        """Visit every node in document order: elements when they open, and when they close."""
        trail: list[LexborNode] = []
        while True:
            opened = self._enter(node)
            child = _first_child(node) if opened else None
            if child is not None:
                trail.append(node)
                node = child
                continue
            if opened:
                self._leave()
            following = node.next
            while following is None:
                if not trail:
                    self._flush()
                    return
                node = trail.pop()
                self._leave()
                following = node.next
            node = following

    def prose(self) -> int:
        """Return how many characters stand outside of links in longer blocks."""
        sizes = (len(block.text) - block.linked for block in self.blocks)
        return sum(size for size in sizes if size >= PROSE_BLOCK)

    def _enter(self, node: LexborNode) -> bool:
        """Take what a node says; return whether it is an element to descend into."""
        tag = node.tag
        if tag == "-text":
            self._add(node.text_content or "")
            return False
        if tag is None or tag in self._skipped or tag[0] in "-!":
            return False
        if tag == "br":
            self._parts.append("\n")
            return False
        attributes = node.attributes
        if tag == "template" and not (self._hidden or "shadowrootmode" in attributes):
            return False
        if attributes and not self._hidden and _is_hidden(attributes):
            return False
        if tag in _TELLING:
            self._open_element(tag, attributes)
        else:
            self._open.append(self._open[-1].open_plain())
        return True

    def _open_element(self, tag: str, attributes: dict[str, str | None]) -> None:
        outer = self._open[-1]
        block = tag in BLOCKS
        container = outer.container
        link = outer.link
        if block:
            if tag in _CELLS and outer.tag == "tr" and self._parts:
                self._parts.append(CELL)
            elif tag not in _CELLS or outer.tag != "tr":
                self._flush()
            container = self._contain(outer.container, tag, attributes)
            if tag == "li":
                self._mark = self._item_mark(outer, attributes)
        elif tag == "a":
            if self._behind_link and self._parts:
                self._parts.append(" ")
            if not link and "href" in attributes:
                link = True
                self._block.links += 1
        self._open.append(
            _Element(
                container,
                block,
                link,
                outer.bold or tag in _BOLD,
                outer.pre or tag == "pre",
                outer.quoted or tag in _QUOTES,
                tag,
                _list_number(attributes.get("start"), 1) - 1 if tag == "ol" else -1,
                container if tag in _LISTS else outer.list,
            )
        )
        if tag == "q":
            self._parts.append("“")

    def _contain(self, parent: int, tag: str, attributes: dict[str, str | None]) -> int:
        code, own, signature = _names(tag, attributes.get("class") or "")
        identity = attributes.get("id")
        if identity:
            own |= word_mask(identity)
        around = self.containers[parent].around | own
        self.containers.append(Container(parent, code, own, around, signature))
        return len(self.containers) - 1

    def _item_mark(self, outer: _Element, attributes: dict[str, str | None]) -> str:
        if outer.tag != "ol" or outer.items < 0:
            return "- "
        outer.items = _list_number(attributes.get("value"), outer.items + 1)
        return f"{outer.items}. "

    def _leave(self) -> None:
        element = self._open.pop()
        if element.tag == "q":
            self._parts.append("”")
        if element.block and not (element.tag in _CELLS and self._open[-1].tag == "tr"):
            self._flush()
        if element.tag == "li":
            self._mark = ""
        self._behind_link = element.tag == "a"

    def _add(self, text: str) -> None:
        element = self._open[-1]
        if SOFT_HYPHEN in text:
            text = text.replace(SOFT_HYPHEN, "")
        if element.pre:
            self._pre = True
        elif not text.strip(_WHITE_SIGNS):
            # Most texts are the white space between two elements.
            text = " " if text else text
            if text and not self._parts:
                return
        elif "  " in text or not text.isprintable():
            text = _WHITE.sub(" ", text)
        self._parts.append(text)
        self._behind_link = False
        length = len(text.strip())
        if not length:
            return
        block = self._block
        block.container = element.container
        if element.link:
            block.linked += length
        else:
            block.beside_links = True
            block.quoted |= element.quoted
        if element.bold:
            block.bold += length

    def _flush(self) -> None:
        """End the block that is open."""
        block = self._block
        if not self._parts:
            # All that can be known of a block without text.
            block.links = 0
            return
        text = "".join(self._parts)
        text = text.strip("\n").rstrip() if self._pre else _tidy(text)
        if text.strip(" |"):
            block.text = self._mark + text
            within = self._open[-1].list
            block.tight = within >= 0 and within == self._last_list
            self._last_list = within
            self._mark = ""
            self.blocks.append(block)
        self._parts = []
        self._pre = False
        self._block = Block("", 0)


def _first_child(node: LexborNode) -> LexborNode | None:
    """Return the first node in an element; what a template holds is a tree of its own."""
    if node.tag != "template":
        return node.child
    fragments = node.template_fragments()
    return fragments[0].child if fragments else None


@functools.lru_cache(maxsize=4096)
def _names(tag: str, names: str) -> tuple[int, int, str]:
    """Return the number of a tag, the bits of it and of its classes, and both together."""
    return tag_code(tag), tag_bit(tag) | (word_mask(names) if names else 0), f"{tag} {names}"


def _is_hidden(attributes: dict[str, str | None]) -> bool:
    if "hidden" in attributes:
        return True
    style = attributes.get("style")
    return bool(style) and _HIDING_STYLE.search(style or "") is not None


def _list_number(given: str | None, default: int) -> int:
    """Return a number of a list as its markup gives it, or else the default."""
    if given and given.isascii() and given.isdigit() and len(given) < MAX_DIGITS:
        return int(given)
    return default


# A list that starts with a longer number is not numbered by people.
MAX_DIGITS = 9


def _tidy(text: str) -> str:
    """Make one space of each run of them, and trim lines."""
    if "  " in text:
        text = _SPACES.sub(" ", text)
    if "\n" not in text:
        return text.strip()
    return "\n".join(line.strip() for line in text.split("\n")).strip()
