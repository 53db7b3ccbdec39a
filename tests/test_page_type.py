"""What a page says of its type."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from boilerkill.read.page_type import CLAIMS, PageType, read_page_type
from strategies import html_pages


def read(page: str) -> PageType:
    return read_page_type(LexborHTMLParser(page), page)


def claims(page: str) -> set[str]:
    return {CLAIMS[place] for place in read(page).claims}


SAID = {
    '<script type="application/ld+json">{"@type": "NewsArticle"}</script>': {"type: news article"},
    '<script type="application/ld+json">{"@type":["Product"]}</script>': {"type: product"},
    '<div itemscope itemtype="https://schema.org/QAPage">': {"type: questions"},
    "<div itemscope itemtype=http://schema.org/Recipe>": {"type: recipe"},
    '<meta property="og:type" content=" Website ">': {"og: website"},
    '<meta name="generator" content="Discourse 3.2.0 - https://discourse.org">': {"made by: forum"},
    '<body class="archive category-7 category">': {"body: list"},
    '<link rel="canonical" href="https://example.org/forums/lamps/">': {"path: forum"},
    '<meta property="og:url" content="https://example.org/wiki/Lamp">': {"path: documentation"},
    "<p>She said @type and schema.org/Product.</p>": set(),
    '<meta property="og:title" content="article">': set(),
    "": set(),
}


@pytest.mark.parametrize(("page", "expected"), SAID.items())
def test_claims(page: str, expected: set[str]) -> None:
    assert claims(page) == expected


PATHS = {
    "https://example.org/news/2024/05/lamp-at-gannet-point": (4, 4, True),
    "/a": (1, 1, False),
    "https://example.org/": (0, 0, False),
    "https://example.org/20240531-rain.html": (1, 3, True),
    "http://[broken/2024/05/": (0, 0, False),
}


@pytest.mark.parametrize(("address", "expected"), PATHS.items())
def test_addresses(address: str, expected: tuple[int, int, bool]) -> None:
    found = read(f'<link rel="canonical" href="{address}">')
    assert (found.depth, found.words, found.dated) == expected


def test_no_address() -> None:
    assert read("<p>Rain.").depth == -1


def test_the_canonical_address_is_preferred() -> None:
    page = '<meta property="og:url" content="/a/b/c"><link rel="canonical" href="/wiki/Lamp">'
    assert claims(page) == {"path: documentation"}


@given(html_pages())
def test_any_page_has_a_type(page: str) -> None:
    found = read(page)
    assert found == read(page)
    assert all(0 <= place < len(CLAIMS) for place in found.claims)
    assert found.depth >= -1
    assert found.words >= 0


@given(st.text())
def test_whatever_the_address_and_the_types(text: str) -> None:
    quoted = text.replace('"', "")
    page = f'<link rel=canonical href="{quoted}"><i itemtype="https://schema.org/{quoted}">'
    assert read(page).depth >= 0 or not quoted
