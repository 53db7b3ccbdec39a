"""Walk through a page's markup: a block for each run of text, and the elements around them.

The tree that the parser builds is written out once more, as well-formed markup, and that is read
from its start to its end: to ask the tree for each of its nodes would take three times as long. The
module is compiled where there is a compiler (``walk.pxd`` has its types), and means the same where
there is none.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from selectolax.lexbor import LexborHTMLParser, LexborNode

from boilerkill.read.tags import (
    BLOCKS,
    HEADINGS,
    HIDDEN,
    OPENED,
    OPENED_ROLES,
    SCRIPTLESS,
    UNOPENED,
    VOID,
    tag_bit,
    tag_code,
    word_mask,
)

__all__ = ["Block", "Container", "Walk", "behind_element", "markup_of"]

_WHITE_SIGNS = " \t\n\r\f"
_WHITE = re.compile(f"[{_WHITE_SIGNS}]+")
_SPACES = re.compile(" {2,}")
# All white space of Unicode but U+0085: on pages, that is three dots in another encoding.
_BLANK = " \t\n\r\v\f\x1c\x1d\x1e\x1f\xa0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(
    map(chr, range(0x2000, 0x200B))
)
_HIDING_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_CONTROLS = re.compile(' aria-controls="([^"]*)"')
_BOLD = frozenset(("b", "strong", *HEADINGS))
_QUOTES = frozenset(("blockquote", "q"))
_CELLS = frozenset(("td", "th"))
# Their blocks follow one another without a blank line.
_LISTS = frozenset(("ul", "ol", "table", "pre"))
_CODE = frozenset(("code", "kbd", "pre", "samp", "tt"))
# Tags that say something of the text in them. All others are alike, which saves looking at each.
_TELLING = BLOCKS | _BOLD | _QUOTES | _CELLS | _LISTS | _CODE | {"a"}
# They go with the word before them.
_SCRIPTS = frozenset(("sub", "sup"))

# What holds no text, and may hold what looks like its own end.
_NO_MARKUP = ["script", "style", "svg"]
# The source of a formula, in TeX or else.
_SOURCES = ["annotation", "annotation-xml"]
# Formulas in elements of these classes are hidden, and shown once more by other means. So are those
# before a picture of them.
_SHOWN_TWICE = ("katex-mathml", "MJX_Assistive_MathML")
_PICTURED = "mwe-math-mathml"
# Elements whose text is written out as it is, though it may look like markup.
_RAW = frozenset(("iframe", "noembed", "noframes", "plaintext", "script", "style", "xmp"))

# All attributes that say something.
_TOLD = frozenset(
    [
        "aria-expanded",
        "class",
        "hidden",
        "href",
        "id",
        "role",
        "shadowrootmode",
        "start",
        "style",
        "value",
    ]
)
_NONE: dict[str, str] = {}

# A letter or a digit.
_SAYS = re.compile(r"[^\W_]")
# How formulas on pages of MediaWiki begin and end.
_DISPLAYED = re.compile(r"^\{\\(?:display|text)style\s+(.*)\}$", re.DOTALL)
_WORD = re.compile(r"[^\W\d_]{3}")
_NUMBER = re.compile(r"(?:^|\s)[\d.,]+$")
_STOPS = frozenset(".,:;!?")
# Whether text goes on in an element right behind one that ended: where none has, where one has, and
# where another has begun.
_NO_SEAM = 0
_BEFORE_SEAM = 1
_SEAM = 2

# Between the cells of a table's row.
CELL = " | "
# Where a word may be broken, which shows only where it is.
SOFT_HYPHEN = "\xad"
# Text in shorter blocks is not counted as prose.
PROSE_BLOCK = 60
# A list that starts with a longer number is not numbered by people.
MAX_DIGITS = 9


class Container:
    """An element that can hold blocks.

    Attributes:
        parent: The number of the container around it, -1 for the outermost.
        tag: Its tag as a number; see `boilerkill.read.tags`.
        own: The bits of its tag and of the words in its class and id.
        around: The bits of all elements around it, and its own.
        signature: Its tag and class, which like siblings share.
    """

    def __init__(self, parent: int, tag: int, own: int, around: int, signature: str) -> None:
        """Take its attributes."""
        self.parent = parent
        self.tag = tag
        self.own = own
        self.around = around
        self.signature = signature


class Block:
    """A block of text.

    Attributes:
        text: The text.
        container: The number of the innermost container.
        linked: How many of its characters are in links.
        beside_links: Whether it has letters or digits outside of links.
        links: How many links it has.
        bold: How many of its characters are set in bold.
        quoted: Whether it is in a `blockquote`, or holds a `q`, outside of links.
        tight: Whether it follows the block before in the same list or table.
    """

    def __init__(self) -> None:
        """Start without text."""
        self.text = ""
        self.container = 0
        self.linked = 0
        self.beside_links = False
        self.links = 0
        self.bold = 0
        self.quoted = False
        self.tight = False


class _Element:
    """An open element: what its text is like.

    Attributes:
        container: The number of the innermost container.
        block: Whether it begins and ends a block.
        link: Whether its text is in a link.
        bold: Whether its text is bold.
        pre: Whether its white space counts.
        code: Whether its text is code.
        quoted: Whether it is in a `blockquote` or `q`.
        tag: Its tag, empty for one that says nothing.
        items: The last number of an ordered list, one less than its first before that.
        list: The container of the innermost list or table, -1 without one.
        plain: What an element in it is like whose tag says nothing; all of these share one.
    """

    def __init__(self, tag: str, container: int) -> None:
        """Start as what is around all others."""
        self.container = container
        self.block = False
        self.link = False
        self.bold = False
        self.pre = False
        self.code = False
        self.quoted = False
        self.tag = tag
        self.items = -1
        self.list = -1
        self.plain: _Element | None = None

    def inner(self, tag: str, container: int) -> _Element:
        """Return an element in it, like it but for what its own tag says."""
        inner = _Element(tag, container)
        inner.link = self.link
        inner.bold = self.bold
        inner.pre = self.pre
        inner.code = self.code
        inner.quoted = self.quoted
        inner.list = self.list
        return inner

    def inner_plain(self) -> _Element:
        """Return an element in it whose tag says nothing."""
        if not self.tag:
            return self
        if self.plain is None:
            self.plain = self.inner("", self.container)
        return self.plain


class Walk:
    """The walk through a page, and what it has found so far.

    Attributes:
        blocks: The blocks of text, in order.
        containers: The elements around them; the first holds all others.

    >>> walk = Walk()
    >>> walk.walk(markup_of(LexborHTMLParser("<ul><li>Hats<li><a href=/caps>Caps</a></ul>")))
    >>> [(block.text, block.linked) for block in walk.blocks]
    [('- Hats', 0), ('- Caps', 4)]
    """

    def __init__(self, hidden: bool = False) -> None:
        """Start above the root; take what is hidden, too, if wanted."""
        self.blocks: list[Block] = []
        self.containers = [Container(-1, -1, 0, 0, "")]
        self._hidden = hidden
        self._skipped = HIDDEN - SCRIPTLESS if hidden else HIDDEN
        self._open = [_Element("", 0)]
        self._parts: list[str] = []
        self._block = Block()
        self._mark = ""
        self._pre = False
        # Whether a link has just ended: pages set the next one apart by style alone.
        self._behind_link = False
        self._seam = _NO_SEAM
        self._custom_seam = False
        self._last_list = -1
        self._html = ""
        # The ids of what buttons open, once they are asked for.
        self._controlled: frozenset[str] | None = None
        # Within how many open elements the last one stands that opens something, -1 for none.
        self._opener = -1

    def walk(self, html: str) -> None:
        """Read markup in which every element has its end, behind what was read before."""
        self._html = html
        self._controlled = None
        self._read(html)

    def characters(self) -> int:
        """Return how many characters all blocks have."""
        total = 0
        for block in self.blocks:
            total += len(block.text)
        return total

    def prose(self) -> int:
        """Return how many characters stand outside of links in longer blocks."""
        total = 0
        for block in self.blocks:
            size = len(block.text) - block.linked
            if size >= PROSE_BLOCK:
                total += size
        return total

    def _read(self, html: str) -> None:
        at = 0
        size = len(html)
        while at < size:
            start = html.find("<", at)
            if start < 0:
                start = size
            if start > at:
                self._add(_unescaped(html[at:start]))
            at = start + 1
            if at >= size:
                break
            if html[at] == "/":
                start = at
                at = _behind(html, ">", at)
                self._leave()
                if self._seam:
                    self._custom_seam = html.find("-", start, at) > 0
            elif html[at] == "!" or html[at] == "?":
                at = _behind_remark(html, at)
            else:
                at = self._enter(html, at)
        del self._open[1:]
        self._flush()

    def _enter(self, html: str, at: int) -> int:
        """Read a tag, and all of an element that isn't shown; return the place behind it."""
        behind = _behind(html, ">", at)
        name_end = html.find(" ", at, behind)
        attributes = _NONE
        if name_end < 0:
            name_end = behind - 1
        else:
            attributes = {}
            behind = _read_attributes(html, name_end, attributes)
        tag = html[at:name_end]
        if tag == "br":
            self._parts.append("\n")
            return behind
        depth = len(self._open)
        behind_opener = self._opener == depth
        if "aria-expanded" in attributes:
            self._opener = depth
        elif behind_opener:
            self._opener = -1
        if (
            tag in self._skipped
            or (tag == "template" and not self._hidden and "shadowrootmode" not in attributes)
            or (attributes and not self._hidden and self._conceals(tag, attributes, behind_opener))
        ):
            return behind if tag in VOID else behind_element(html, tag, behind)
        if self._seam:
            self._seam = _NO_SEAM if tag in _SCRIPTS else _SEAM
            self._custom_seam = self._custom_seam and "-" in tag
        if tag in _TELLING:
            self._open_element(tag, attributes)
        else:
            outer = self._open[-1]
            self._open.append(outer.inner_plain())
        if tag in VOID:
            self._leave()
            self._seam = _NO_SEAM
        elif tag in _RAW:
            end = _raw_end(html, tag, behind)
            if end > behind:
                self._add(html[behind:end])
            behind = end
        return behind

    def _conceals(self, tag: str, attributes: dict[str, str], behind_opener: bool) -> bool:
        """Tell whether an element is hidden, and is no tab or fold that a reader can open."""
        if not _is_hidden(attributes):
            return False
        outer = self._open[-1]
        container = self.containers[outer.container]
        if (container.around | tag_bit(tag)) & UNOPENED:
            return True
        role = attributes.get("role")
        if role:
            return role not in OPENED_ROLES
        if behind_opener:
            return False
        identity = attributes.get("id", "")
        if (word_mask(attributes.get("class", "")) | word_mask(identity)) & OPENED:
            return False
        return not identity or identity not in self._controls()

    def _controls(self) -> frozenset[str]:
        """Return the ids of what buttons open."""
        if self._controlled is None:
            named = " ".join(_CONTROLS.findall(self._html))
            self._controlled = frozenset(named.split())
        return self._controlled

    def _open_element(self, tag: str, attributes: dict[str, str]) -> None:
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
        element = outer.inner(tag, container)
        element.block = block
        element.link = link
        element.bold = outer.bold or tag in _BOLD
        element.pre = outer.pre or tag == "pre"
        element.code = outer.code or tag in _CODE
        element.quoted = outer.quoted or tag in _QUOTES
        if tag in _LISTS:
            element.list = container
            if tag == "ol":
                element.items = _list_number(attributes.get("start"), 1) - 1
        self._open.append(element)
        if tag == "q":
            self._parts.append("“")

    def _contain(self, parent: int, tag: str, attributes: dict[str, str]) -> int:
        names = attributes.get("class", "")
        own = tag_bit(tag)
        if names:
            own |= word_mask(names)
        identity = attributes.get("id")
        if identity:
            own |= word_mask(identity)
        outer = self.containers[parent]
        around = outer.around | own
        self.containers.append(Container(parent, tag_code(tag), own, around, f"{tag} {names}"))
        return len(self.containers) - 1

    def _item_mark(self, outer: _Element, attributes: dict[str, str]) -> str:
        if outer.tag != "ol":
            return "- "
        outer.items = _list_number(attributes.get("value"), outer.items + 1)
        return f"{outer.items}. "

    def _leave(self) -> None:
        if len(self._open) == 1:
            return
        element = self._open.pop()
        if self._opener > len(self._open):
            self._opener -= 1
        outer = self._open[-1]
        if element.tag == "q":
            self._parts.append("”")
        if element.block and not (element.tag in _CELLS and outer.tag == "tr"):
            self._flush()
        if element.tag == "li":
            self._mark = ""
        self._behind_link = element.tag == "a"
        self._seam = _BEFORE_SEAM if self._parts else _NO_SEAM

    def _add(self, text: str) -> None:
        element = self._open[-1]
        if element.pre:
            self._pre = True
        elif not text.strip(_WHITE_SIGNS):
            # Most texts are the white space between two elements.
            if not self._parts:
                return
            text = " "
        elif "  " in text or not text.isprintable():
            text = _WHITE.sub(" ", text)
        if (
            self._seam == _SEAM
            and self._parts
            and not element.code
            and (self._custom_seam or _are_apart(self._parts[-1], text))
        ):
            self._parts.append(" ")
        self._parts.append(text)
        self._behind_link = False
        self._seam = _NO_SEAM
        length = len(text.strip(_BLANK)) - text.count(SOFT_HYPHEN)
        if length <= 0:
            return
        block = self._block
        block.container = element.container
        if element.link:
            block.linked += length
        else:
            block.beside_links = block.beside_links or _SAYS.search(text) is not None
            block.quoted = block.quoted or element.quoted
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
        text = text.strip("\n").rstrip(_BLANK) if self._pre else _tidy(text)
        if text.strip(" |"):
            block.text = self._mark + text
            outer = self._open[-1]
            within = outer.list
            block.tight = within >= 0 and within == self._last_list
            self._last_list = within
            self._mark = ""
            self.blocks.append(block)
        self._parts = []
        self._pre = False
        self._block = Block()


def markup_of(tree: LexborHTMLParser) -> str:
    """Return a tree's markup, without the scripts and pictures, which it loses.

    Formulas become text.
    """
    tree.strip_tags(_NO_MARKUP)
    markup = _written(tree)
    # To look for it there takes a quarter of the time that it takes in the tree.
    if "<math" in markup:
        tree.strip_tags(_SOURCES)
        _write_formulas(tree)
        tree.strip_tags(["math"])
        markup = _written(tree)
    return markup


def _written(tree: LexborHTMLParser) -> str:
    root = tree.root
    return "" if root is None else root.html or ""


def _write_formulas(tree: LexborHTMLParser) -> None:
    """Put the text of each formula before it, or before the picture of it."""
    within = {formula.mem_id for formula in tree.css("math math")}
    for formula in tree.css("math"):
        around = formula.parent
        if formula.mem_id in within or around is None or _is_hidden(formula.attributes):
            continue
        names = around.attributes.get("class") or ""
        place = around.next if _PICTURED in names else None
        if place is None or place.tag != "img":
            place = formula
        if not any(name in names for name in _SHOWN_TWICE):
            place.insert_before(_formula(formula))


def _formula(formula: LexborNode) -> str:
    """Return a formula in TeX, if its element tells it, or else as it is shown."""
    tex = formula.attributes.get("alttext")
    if tex:
        return _DISPLAYED.sub(r"\1", tex)
    return "".join(formula.text().split())


def _behind(html: str, mark: str, at: int) -> int:
    """Return the place behind the next mark, or the end."""
    found = html.find(mark, at)
    return len(html) if found < 0 else found + len(mark)


def _behind_remark(html: str, at: int) -> int:
    """Return the place behind a comment, a doctype, or an instruction."""
    if html.startswith("!--", at):
        return _behind(html, "-->", at + 3)
    return _behind(html, ">", at)


def _read_attributes(html: str, at: int, attributes: dict[str, str]) -> int:
    """Read the attributes of a tag, given where its name ends; return the place behind the tag.

    A name may hold any sign that does not end it, also quotes, and begin with ``=``.
    """
    while html.startswith(" ", at):
        equals = html.find('="', at + 2)
        if equals < 0:
            return len(html)
        end = _behind(html, '"', equals + 2)
        name = html[at + 1 : equals]
        if name in _TOLD:
            attributes[name] = _unescaped(html[equals + 2 : end - 1])
        at = end
    return at + 1


def behind_element(html: str, tag: str, at: int) -> int:
    """Return the place behind an element, given that behind its tag."""
    if tag in _RAW:
        return _behind(html, ">", _raw_end(html, tag, at))
    depth = 1
    while depth:
        at = html.find("<", at) + 1
        if not at:
            return len(html)
        if html.startswith("/", at):
            at = _behind(html, ">", at)
            depth -= 1
        elif html.startswith(("!", "?"), at):
            at = _behind_remark(html, at)
        else:
            behind = _behind(html, ">", at)
            name_end = html.find(" ", at, behind)
            if name_end < 0:
                name_end = behind - 1
            else:
                behind = _read_attributes(html, name_end, {})
            inner = html[at:name_end]
            at = behind
            if inner in _RAW:
                at = _behind(html, ">", _raw_end(html, inner, at))
            elif inner not in VOID:
                depth += 1
    return at


def _raw_end(html: str, tag: str, at: int) -> int:
    """Return where the text of an element ends that has no markup in it."""
    end = f"</{tag}>"
    # Nothing ends such an element but the page.
    found = html.rfind(end, at) if tag == "plaintext" else html.find(end, at)
    return len(html) if found < 0 else found


def _unescaped(text: str) -> str:
    """Return what was written out, with the signs that are escaped there."""
    if "&" not in text:
        return text
    text = text.replace("&nbsp;", "\xa0").replace("&lt;", "<").replace("&gt;", ">")
    return text.replace("&quot;", '"').replace("&amp;", "&")


def _are_apart(before: str, behind: str) -> bool:
    """Tell whether two texts in elements of their own are two words, which style alone parts.

    They may be one, of which letters are set off; so they must look like two: ``Weight`` and
    ``1.2 kg``, ``Ann Lee`` and ``Oslo``, ``9,000`` and ``crossings``.
    """
    last = before[-1]
    if last.isdigit():
        # Not of an ordinal, or of a name such as MP3s.
        return _WORD.match(behind) is not None and _NUMBER.search(before) is not None
    if last in _STOPS:
        before = before[:-1]
    elif not before[-2:-1].isalpha():
        return False
    return before[-1:].islower() and (behind[0].isupper() or behind[0].isdigit())


def _is_hidden(attributes: Mapping[str, str | None]) -> bool:
    # What a search in the page finds is a fold.
    if attributes.get("hidden", "until-found") != "until-found":
        return True
    style = attributes.get("style")
    return bool(style) and _HIDING_STYLE.search(style or "") is not None


def _list_number(given: str | None, default: int) -> int:
    """Return a number of a list as its markup gives it, or else the default."""
    if given and given.isascii() and given.isdigit() and len(given) < MAX_DIGITS:
        return int(given)
    return default


def _tidy(text: str) -> str:
    """Make one space of each run of them, and trim lines."""
    if "  " in text:
        text = _SPACES.sub(" ", text)
    if "\n" not in text:
        return text.strip(_BLANK)
    return "\n".join([line.strip(_BLANK) for line in text.split("\n")]).strip(_BLANK)
