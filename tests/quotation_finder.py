"""Find what a text quotes, from what the README promises and with nothing of the library's finder.

Where marks nest or lack a partner, "a matching pair" can be read in two ways. `nested_quotations`
matches them as brackets are matched: a mark closes the last one that is open. `plain_quotations`
reads on: an opening mark is closed by the next one that can close it. What either finds must
never be lost. Both are slow, and meant to be obvious.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from selectolax.lexbor import LexborHTMLParser, LexborNode

__all__ = ["nested_quotations", "page_quotations", "plain_quotations"]

# Opening mark -> the marks that close it. Polish, Dutch and Hungarian close „ with ”.
PAIRS = {
    "“": "”",
    "„": "“”",
    "«": "»",
    "»": "«",
    "‹": "›",
    "「": "」",
    "『": "』",
    "《": "》",
    "‘": "’",
    '"': '"',
}
BRACKETS = "()[]{}<>（）［］｛｝【】〔〕"


def nested_quotations(text: str) -> list[str]:
    """Return the quotations of a normalised text, with their marks, matched like brackets."""
    found = quoted_lines(text)
    for paragraph in paragraphs(text):
        opened: list[int] = []
        for at in marks(paragraph):
            partner = next((o for o in reversed(opened) if closes(paragraph, o, at)), None)
            if partner is not None:
                found.append(paragraph[partner : at + 1])
                opened.remove(partner)
            elif may_open(paragraph, at):
                opened.append(at)
        if start_of(paragraph) in opened:
            found.append(paragraph)
    return found


def plain_quotations(text: str) -> list[str]:
    """Return the quotations of a normalised text, with their marks, read from left to right."""
    found = quoted_lines(text)
    for paragraph in paragraphs(text):
        rest = marks(paragraph)
        while rest:
            at = rest.pop(0)
            if not may_open(paragraph, at):
                continue
            closing = next((mark for mark in rest if closes(paragraph, at, mark)), None)
            if closing is not None:
                found.append(paragraph[at : closing + 1])
                rest = rest[rest.index(closing) + 1 :]
            elif at == start_of(paragraph):
                found.append(paragraph)
    return found


BLOCKS = (
    "p, li, h1, h2, h3, h4, h5, h6, td, th, dd, dt, div, section, figcaption, blockquote, pre, "
    "article, aside, footer, header, main"
)
NOT_QUOTING = (
    "script, style, noscript, template, textarea, select, svg, iframe, noembed, noframes, head, "
    "[hidden], [style*='display:none'], [style*='display: none']"
)
# What a page shows and nobody quotes; what stands in its place here, no page has.
CHROME = "nav, form"
GAP = "\ufdd0"


def page_quotations(html: str, shown: Callable[[str], str]) -> list[str]:
    """Return the quotations of a page in HTML: of its blocks that hold no others.

    Those of blocks all in links, in menus, in forms, and out of sight, are left out.

    Args:
        html: The page.
        shown: Returns the text of a block as it is shown, repaired: what a text in a wrong
            encoding has for quotation marks are parts of other characters.
    """
    tree = LexborHTMLParser(html)
    for node in tree.css(NOT_QUOTING):
        node.decompose()
    for node in tree.css(CHROME):
        node.replace_with(GAP)
    found: list[str] = []
    for node in tree.css(BLOCKS):
        text = node.text()
        if node.css_first("pre") is None and not is_in(node, ("pre",)):
            # Blank lines in the source are white space as any other.
            text = re.sub("[ \t\n\r\f]+", " ", text)
        if any(inner != node for inner in node.css(BLOCKS)) or in_links(node):
            continue
        if is_in(node, ("blockquote",)):
            # A menu in it may go, or stay between what is quoted before and behind it.
            found += [shown(piece).strip() for piece in text.split(GAP)]
        else:
            found += nested_quotations(shown(text.replace(GAP, "")))
    return [item for item in found if item]


def in_links(node: LexborNode) -> bool:
    """Return whether all letters and digits of a block are in links, if it has any links."""
    linked = "".join(link.text() for link in node.css("a[href]")).strip()
    said, said_in_links = (sum(map(str.isalnum, text)) for text in (node.text(), linked))
    return is_in(node, ("a",)) or (linked != "" and said_in_links >= said)


def is_in(node: LexborNode, tags: tuple[str, ...]) -> bool:
    """Return whether an element is one of these, or in one."""
    inner: LexborNode | None = node
    while inner is not None:
        if inner.tag in tags:
            return True
        inner = inner.parent
    return False


def paragraphs(text: str) -> list[str]:
    """Return runs of lines without a blank one between them."""
    found: list[str] = []
    lines: list[str] = []
    for line in [*text.split("\n"), ""]:
        if line.strip():
            lines.append(line)
        elif lines:
            found.append("\n".join(lines).strip())
            lines = []
    return found


def quoted_lines(text: str) -> list[str]:
    return [line for line in text.split("\n") if line.startswith(">") and line.strip("> \t")]


def marks(paragraph: str) -> list[int]:
    """Return where the characters stand that may be quotation marks."""
    known = {*PAIRS, *"".join(PAIRS.values())}
    return [at for at, char in enumerate(paragraph) if char in known]


def is_seen(char: str) -> bool:
    return unicodedata.category(char) != "Cf"


def start_of(paragraph: str) -> int:
    """Return the place of the first character that is seen."""
    return next((at for at, char in enumerate(paragraph) if is_seen(char)), 0)


def may_open(paragraph: str, at: int) -> bool:
    # Marks of direction and the like are not seen.
    before = next((paragraph[i] for i in range(at - 1, -1, -1) if is_seen(paragraph[i])), "")
    behind = paragraph[at + 1 : at + 2]
    match paragraph[at]:
        case '"':
            return before == "" or before.isspace() or before in BRACKETS or is_dash(before)
        case "‘":
            # Behind a letter it is an apostrophe.
            return not before.isalnum()
        case "»":
            # The arrow of a breadcrumb stands apart: Home » News.
            return behind != "" and not behind.isspace()
        case mark:
            return mark in PAIRS


def closes(paragraph: str, opening: int, at: int) -> bool:
    if paragraph[at] not in PAIRS.get(paragraph[opening], ""):
        return False
    before, behind = paragraph[at - 1], paragraph[at + 1 : at + 2]
    match paragraph[at]:
        case '"':
            return behind == "" or behind.isspace() or is_punctuation(behind)
        case "’":
            # Before a letter it is an apostrophe: it’s, ’twas.
            return not behind.isalnum()
        case "«":
            return not before.isspace()
        case _:
            return True


def is_dash(char: str) -> bool:
    return unicodedata.category(char) == "Pd"


def is_punctuation(char: str) -> bool:
    return unicodedata.category(char).startswith("P")
