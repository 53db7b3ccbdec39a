"""XML: what closes itself hides nothing behind it, and all else stays as it was."""

from __future__ import annotations

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from boilerkill.read.xhtml import with_ends

XML = '<?xml version="1.0"?>'
SPACE = "http://www.w3.org/1999/xhtml"
PIECES = st.lists(
    st.sampled_from(
        ["<title/>", "<script src='x'/>", '<style a="/>"/>', "<script>", "</script>", "<!--", "-->",
         "<br/>", "<p/>", "It rained.", "<title ", "<svg><style/></svg>", "/>", "<iframe", '"', "'"]
    )
).map("".join)  # fmt: skip


@pytest.mark.parametrize(
    "root",
    [
        f"\n{XML}<html>",
        f"<!DOCTYPE html>\n<!-- x --><html lang='en' xmlns='{SPACE}'>",
        f'<html xmlns="{SPACE}">',
    ],
)
def test_what_closes_itself_gets_its_end(root: str) -> None:
    assert with_ends(f"{root}<title/>a") == f"{root}<title></title>a"


@pytest.mark.parametrize(
    "page",
    [
        "<title/>a",
        f"<!-- <html xmlns='{SPACE}'> --><html><title/>a",
        f"{XML}<br/><p/>a",
        f"{XML}<!-- <title/> -->a",
        f"{XML}<script>'<iframe/>'</script>a",
        f"{XML}<style title='/>'>a</style>",
    ],
)
def test_all_else_stays(page: str) -> None:
    assert with_ends(page) == page


@given(PIECES)
def test_the_text_of_xml_stays(markup: str) -> None:
    page = XML + markup
    assert with_ends(with_ends(page)) == with_ends(page)
    if "/>" not in markup:
        assert with_ends(page) == page


@pytest.mark.parametrize(
    "unit", ["<title ", "<title '", "<!--", "<script>", "<script/>", "<style a=/"]
)
def test_no_page_takes_long(unit: str) -> None:
    page = f"{XML}<title/>" + unit * 100_000
    start = process_time()
    assert LexborHTMLParser(with_ends(page)).css_first("title") is not None
    assert process_time() - start < 5
