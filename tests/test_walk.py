"""The walk through markup: what the tree holds is found, compiled or not."""

from __future__ import annotations

import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser, LexborNode

from boilerkill.read import walk as installed
from boilerkill.read.tags import HIDDEN
from strategies import html_pages

SOURCE = Path(__file__).parent.parent / "src" / "boilerkill" / "read" / "walk.py"
COMPILED = not str(installed.__file__).endswith(".py")

RAW = ("iframe", "noembed", "noframes", "plaintext", "script", "style", "textarea", "title", "xmp")
TAGS = (
    "p", "div", "span", "a", "b", "h2", "ul", "ol", "li", "table", "tr", "td", "th", "pre", "q",
    "blockquote", "br", "hr", "img", "input", "template", "noscript", "svg", "math", "form",
    "select", "option", "ruby", "rt", "frameset", "foreignObject", *RAW,
)  # fmt: skip
ATTRIBUTES = (
    "", " ", ' href="/x"', " href=x>", ' href="x""', ' title="<p>a</p>"', " title='\"'", ' ="',
    " =x", ' a"b', " a=b=c", ' class="post &quot; body"', " hidden", ' style="display:none"',
    " style='color: red'", " start=7", " value=3", ' id="&lt;"', "/", " / ", " data-x='>'", "\n",
    ' alt="-->"', ' shadowrootmode="open"', " \xa0=\"", " a='&amp;quot;'",
)  # fmt: skip
TEXTS = (
    "It rained.", "x", " ", "\n", "\xa0", "&amp;", "&lt;p&gt;", "&amp;lt;", "&nbsp;", "<", ">",
    '"', "</", "<!", "<!-- a > b -->", "<!--", "-->", "<!doctype html>", "<?php echo ?>", "&",
    "<![CDATA[ x ]]>", "</xmp>", "</script", "]]>", "\x00", "漢字", "\u2028", "=", "'", "/>",
)  # fmt: skip


def markup() -> st.SearchStrategy[str]:
    """Return tags, ends of tags and texts in any order, but not cut off within a remark."""
    starts = st.builds("<{}{}>".format, st.sampled_from(TAGS), st.sampled_from(ATTRIBUTES))
    ends = st.builds("</{}>".format, st.sampled_from(TAGS))
    return st.lists(starts | ends | st.sampled_from(TEXTS), max_size=25).map("".join).map(whole)


def whole(source: str) -> str:
    return source.removesuffix("<!")


@pytest.fixture(scope="module")
def in_python() -> ModuleType:
    spec = spec_from_file_location("walk_in_python", SOURCE)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def shown_text(node: LexborNode) -> str:
    """Return the text below a node that a reader sees, asking the tree for each node."""
    texts = []
    left = [node]
    while left:
        node = left.pop()
        if node.is_text_node:
            texts.append(node.text_content or "")
        elif node.tag == "math":
            texts.append("" if is_hidden_by_attribute(node) else node.text())
        elif node.is_element_node and not is_hidden(node):
            left.extend(reversed(inside(node)))
    return "".join(texts)


def inside(node: LexborNode) -> list[LexborNode]:
    """Return the nodes in an element; what a template holds is a tree of its own."""
    if node.tag != "template":
        return list(node.iter(include_text=True))
    if "shadowrootmode" not in node.attributes:
        return []
    return [inner for tree in node.template_fragments() or () for inner in inside(tree)]


def is_hidden(node: LexborNode) -> bool:
    return node.tag in HIDDEN or is_hidden_by_attribute(node)


def is_hidden_by_attribute(node: LexborNode) -> bool:
    attributes = node.attributes
    return "hidden" in attributes or "display:none" in (attributes.get("style") or "")


def found(module: ModuleType, source: str, hidden: bool) -> tuple[list[Any], list[Any]]:
    """Return all that a walk tells of a page."""
    walk = module.Walk(hidden=hidden)
    walk.walk(module.markup_of(LexborHTMLParser(source)))
    blocks = [
        (
            block.text, block.container, block.linked, block.beside_links, block.links, block.bold,
            block.quoted, block.tight,
        )
        for block in walk.blocks
    ]  # fmt: skip
    containers = [
        (container.parent, container.tag, container.own, container.around, container.signature)
        for container in walk.containers
    ]
    return [*blocks, walk.prose()], containers


def signs(text: str) -> str:
    """Return what a text has besides white space, and marks that the walk adds or drops."""
    return "".join(sign for sign in text if not sign.isspace() and sign not in "|-“”.0123456789")


@given(markup())
@example("<iframe><p></iframe>b")
@example("<xmp></p><b></xmp>c")
@example('<a href="x"">d</a><p =\'">\'>e')
@example("<p title='</p><p>'>f")
@example("<plaintext></plaintext>g")
def test_the_text_that_a_page_shows_is_found(source: str) -> None:
    walk = installed.Walk()
    walk.walk(installed.markup_of(LexborHTMLParser(source)))
    tree = LexborHTMLParser(source)
    tree.strip_tags(["script", "style", "svg"])
    root = tree.root
    assert root is not None
    text = "".join(block.text for block in walk.blocks)
    assert signs(text) == signs(shown_text(root))


@pytest.mark.skipif(not COMPILED, reason="nothing is compiled")
@given(markup() | html_pages(), st.booleans())
def test_it_is_the_same_compiled_or_not(in_python: ModuleType, source: str, hidden: bool) -> None:
    assert found(installed, source, hidden) == found(in_python, source, hidden)


def test_text_that_looks_like_markup_hides_nothing_behind_it() -> None:
    source = "<div>a<xmp><!-- <b></xmp><noembed><!-- </noembed><xmp><div hidden></xmp>b<p>c"
    walk = installed.Walk()
    walk.walk(installed.markup_of(LexborHTMLParser(source)))
    assert [block.text for block in walk.blocks] == ["a<!-- <b><div hidden>b", "c"]
