"""What no page has is looked for in few pages, and in all that may have it."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boilerkill.read import limits
from boilerkill.read.limits import MAX_ATTRIBUTES, MAX_DEPTH, most_depth, within_limits

TAGS = st.lists(st.sampled_from(["<b>", "</b>", "<", "</", "<p", "/", "x", "</i>"]), max_size=60)


@given(TAGS.map("".join), st.integers(1, 40))
def test_no_element_is_deeper_than_it_is_said_to_be_at_most(html: str, piece: int) -> None:
    depth = deepest = 0
    for place, sign in enumerate(html):
        if sign == "<":
            depth = max(depth - 1, 0) if html.startswith("/", place + 1) else depth + 1
            deepest = max(deepest, depth)
    assert most_depth(html, piece) >= deepest


@given(TAGS.map("".join), st.integers(0, 3))
def test_a_page_that_is_not_deep_is_left_as_it_is(html: str, times: int) -> None:
    page = html * times
    assert within_limits(page) == page


def test_long_pages_are_not_looked_at_closely() -> None:
    page = "<div><p>It rained.<br>And then it <b>snowed</b>.</p></div>" * 20_000
    assert most_depth(page) > MAX_DEPTH  # Line breaks have no end.
    assert within_limits(page) is page
    assert most_depth(page.replace("<br>", "")) < MAX_DEPTH


MARKUP = st.lists(
    st.sampled_from(
        [*"<>/='\" \n\fax!?-", "<p ", "<a b=", "-->", "<!--", "<script>", "</script>", "</SCRIPT ",
         "<title/>", "\xa0", " c", '="', "='>'", "É"]
    ),
    max_size=60,
).map("".join)  # fmt: skip


def attributes_of_tags(html: str) -> int:
    """Return how many attributes the tag of a page has that has most of them."""
    tags = (found for found in limits._tags(html) if found["tag"])
    return max(
        (len(limits._ATTRIBUTES.findall(tag[0], len(tag["tag"]) + 1)) for tag in tags), default=0
    )


@given(MARKUP, st.integers(0, 2), st.integers(0, 2), st.sampled_from([" ", "/", "='>'\n"]))
def test_tags_with_many_attributes_are_told(html: str, times: int, more: int, sign: str) -> None:
    attributes = sign.join(f"a{number}" for number in range(MAX_ATTRIBUTES - 1 + more))
    page = html + f"<p {attributes}>" + html * times
    most = attributes_of_tags(page)
    ordinary = limits._ALL_ORDINARY.match(page)
    assert ordinary is not None
    assert (ordinary.end() == len(page)) == (most <= MAX_ATTRIBUTES)
    with suppress(ImportError):
        from boilerkill.read.tokens import most_attributes

        assert most_attributes(page, limits._RAW) == most


@given(st.integers(0, 1_000), st.sampled_from([" ", "/", ' b=">" ', "=' > '\n", '"']))
def test_no_tag_keeps_more_attributes_than_it_may(count: int, between: str) -> None:
    attributes = between.join(f"a{number}" for number in range(count))
    limited = within_limits(f"<p>It <b {attributes}>rained.</b>")
    assert attributes_of_tags(limited) <= MAX_ATTRIBUTES
    assert limited.startswith("<p>It <b ")
    assert limited.endswith(">rained.</b>")


@pytest.mark.parametrize(
    "before", ["<!x '>", "<?x '>", "</ x '>", "<!-- ' -->", "<style>'</style>"]
)
def test_what_is_no_tag_hides_none(before: str) -> None:
    attributes = " ".join(f"a{number}" for number in range(MAX_ATTRIBUTES + 1))
    page = f"{before}<p {attributes}>It rained.<p x=''>"
    assert within_limits(page) == page.replace(f"a{MAX_ATTRIBUTES}>", ">")
