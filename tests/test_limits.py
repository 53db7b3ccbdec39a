"""What no page has is looked for in few pages, and in all that may have it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from boilerkill.read.limits import MAX_DEPTH, most_depth, within_limits

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
