"""Read HTML: a segment for each block of text, with what the markup says of it.

The tree is lexbor's (by selectolax), built as browsers build it, so that broken markup reads as it
looks. It is walked once, without recursion.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
from selectolax.lexbor import LexborHTMLParser

from boilerkill.normalization import normalize
from boilerkill.read.fallback import article_in_json
from boilerkill.read.jsonld import json_scripts
from boilerkill.read.limits import within_limits
from boilerkill.read.page_type import PageType, read_page_type
from boilerkill.read.streamed import in_place
from boilerkill.read.tags import tag_code
from boilerkill.read.walk import SOFT_HYPHEN, Block, Container, Walk, markup_of
from boilerkill.reading import Memory, Reading, Source

__all__ = ["Block", "Container", "Page", "read_html"]

_WHITE = re.compile("[ \t\n\r\f]+")
# With the space behind one that stands between two.
_SOFT_HYPHENS = re.compile(f"(?<= ){SOFT_HYPHEN}+ ?|{SOFT_HYPHEN}+")
# Such a frame has no end: it takes in all of the page behind it, unless scripts run as in browsers.
_OPEN_FRAME = re.compile(
    r"(<noscript[^<>]{0,100}>\s{0,100}<iframe[^<>]{0,2000}>)(?=\s{0,100}</noscript>)"
)
_QUOTED_LINE = re.compile("^(?=.)", re.MULTILINE)

# A page with so few characters of prose may have its text where only scripts show it; it has if
# there is so many times more, or more text of any kind.
LITTLE_PROSE = 1_500
MORE_PROSE = 1.5
SOME_PROSE = 200
MORE_TEXT = 10


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


def read_html(html: str, *, marks_quotes: bool = False, memory: Memory | None = None) -> Page:
    r"""Read a page, or a fragment of one.

    Args:
        html: The page.
        marks_quotes: Whether the lines of what is quoted by its markup begin with ``>``.
        memory: The phrases that are looked for; by default those that boilerkill ships.

    >>> page = read_html("<p>It <b>rained</b>.<ul><li>Hats<li>Caps</ul>")
    >>> page.reading.text
    'It rained.\n\n- Hats\n- Caps'
    """
    html = within_limits(html)
    tree = _parsed(html)
    walk = _walk_shown(tree, html)
    title = tree.css_first("title")
    blocks, reading = _put_together(walk.blocks, marks_quotes, memory or Memory())
    return Page(
        reading=reading,
        blocks=blocks,
        containers=walk.containers,
        title="" if title is None else normalize(_WHITE.sub(" ", title.text())).strip(),
        heading=_title_heading(blocks, walk.containers),
        type=read_page_type(tree, html),
    )


def _parsed(html: str) -> LexborHTMLParser:
    html = _OPEN_FRAME.sub(r"\1</iframe>", html)
    # Lexbor makes a comment of these two at the end, and text of it that stood before.
    return LexborHTMLParser(html.removesuffix("<!"))


def _walk_shown(tree: LexborHTMLParser, html: str) -> Walk:
    """Walk through what a page shows, or through what a script would where that is little."""
    markup = in_place(markup_of(tree))
    shown = Walk()
    shown.walk(markup)
    if shown.prose() >= LITTLE_PROSE:
        return shown
    deep = Walk(hidden=True)
    deep.walk(markup)
    walk = deep if _has_more(deep, shown) else shown
    if walk.prose() < LITTLE_PROSE:
        # The tree has no scripts any more.
        article = article_in_json(json_scripts(_parsed(html)))
        if len(article) >= max(SOME_PROSE, MORE_PROSE * walk.prose()):
            _add_article(walk, article)
    return walk


def _has_more(deep: Walk, shown: Walk) -> bool:
    """Tell whether most of a page's text is hidden."""
    if deep.prose() >= max(SOME_PROSE, MORE_PROSE * shown.prose()):
        return True
    return deep.characters() >= max(SOME_PROSE, MORE_TEXT * shown.characters())


def _add_article(walk: Walk, article: str) -> None:
    """Read an article that a page holds besides what it shows, some of which is in it."""
    count = len(walk.blocks)
    walk.walk(markup_of(_parsed(within_limits(f"<article class=article>{article}"))))
    told = {block.text for block in walk.blocks[count:]}
    shown = [block for block in walk.blocks[:count] if block.text not in told]
    walk.blocks[:count] = shown


def _title_heading(blocks: list[Block], containers: list[Container]) -> int:
    """Return the number of the first block that is a heading of the first level."""
    first_level = tag_code("h1")
    for number, block in enumerate(blocks):
        if containers[block.container].tag == first_level:
            return number
    return -1


def _without_soft_hyphens(text: str) -> str:
    """Return a normalised text without them: they show only where a word is broken."""
    while SOFT_HYPHEN in text:
        text = normalize(_SOFT_HYPHENS.sub("", text))
    return text


def _put_together(
    blocks: list[Block], marks_quotes: bool, memory: Memory
) -> tuple[list[Block], Reading]:
    """Join the normalised texts of blocks; blocks without any are left out."""
    kept: list[Block] = []
    pieces: list[str] = []
    bounds: list[tuple[int, int, int, int]] = []
    at = line = paragraph = 0
    for block in blocks:
        # Code keeps the spaces that its first line begins with; they are no part of the segment.
        text = _without_soft_hyphens(normalize(block.text)).rstrip()
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
    reading = Reading(Source("".join(pieces), memory), starts, ends, lines, paragraphs)
    return kept, reading
