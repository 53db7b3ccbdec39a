"""What no page has is looked for in few pages, and in all that may have it."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from boilerkill.read import limits
from boilerkill.read.limits import MAX_ATTRIBUTES, MAX_DEPTH, MAX_FORMATTING, within_limits
from boilerkill.read.nesting import SHORT, OpenElements
from boilerkill.read.tags import RAW

NAMES = (
    "div", "span", "b", "a", "p", "li", "ul", "table", "td", "caption", "x-y", "h2", "button", "form",
    "select", "object", "template",
)  # fmt: skip
TAGS_OF_ALL = [f"<{slash}{name}>" for name in NAMES for slash in ("", "/")]
TAGS = st.lists(st.sampled_from(TAGS_OF_ALL))
# Comments, some of which end at once, and names that are others only to who knows all capitals.
HIDING = (
    "<!-->",
    "<!--->",
    "<!--",
    "-->",
    "--!>",
    "-",
    "<ſcript>",
    "<tİtle>",
    "<lin\u212a>",
    "</div >",
)


# What no tag need begin, and what is not counted.
OTHERS = {*SHORT, "-document"}


def opened_by(html: str) -> OpenElements:
    opened = OpenElements()
    limits._take_apart(html, opened)
    return opened


def deepest(html: str) -> int:
    """Return how deep the elements of a page nest at most, but for those that end by themselves."""
    most = 0
    for element in LexborHTMLParser(html).css("*"):
        names = [element.tag]
        around = element.parent
        while around is not None:
            names.append(around.tag)
            around = around.parent
        most = max(most, sum(name not in OTHERS for name in names))
    return most


@given(st.lists(st.sampled_from([*TAGS_OF_ALL, *HIDING])))
def test_no_element_is_deeper_than_the_tags_tell(tags: list[str]) -> None:
    # What ended alone is still around what it held.
    html = "".join(tags)
    assert deepest(html) <= 2 * opened_by(html).most + 1


@given(st.lists(st.sampled_from(TAGS_OF_ALL), max_size=8))
def test_no_page_is_deep_where_its_tags_tell_nothing_of_it(unit: list[str]) -> None:
    html = "".join(unit) * 60
    opened = opened_by(html)
    if opened.most_formatting <= MAX_FORMATTING:
        assert deepest(html) <= 2 * opened.most + 3 * MAX_FORMATTING


@given(TAGS)
def test_as_many_are_open_as_began_and_did_not_end(tags: list[str]) -> None:
    opened = opened_by("".join(tags))
    begun = sum(not tag.startswith("</") and tag[1:-1] not in SHORT for tag in tags)
    assert 0 <= opened.depth <= opened.most <= begun
    for _ in tags:
        for name in NAMES:
            opened.end(name)
    assert opened.depth == 0


@given(TAGS, st.integers(0, 3))
def test_a_page_that_is_not_deep_is_left_as_it_is(tags: list[str], times: int) -> None:
    page = "".join(tags) * times
    if opened_by(page).most_formatting <= MAX_FORMATTING:
        assert within_limits(page) is page


@pytest.mark.parametrize("hiding", HIDING)
def test_nothing_hides_that_a_page_is_deep(hiding: str) -> None:
    page = within_limits(hiding + "<div>" * 3 * MAX_DEPTH + "It rained.")
    assert page.count("<div>") <= MAX_DEPTH or page.startswith("<!--<div>")


@pytest.mark.parametrize("unit", ["<div>", "<div></x>", "<span><div></span>", "<div><!--</div>-->"])
def test_no_page_stays_deeper_than_it_may_be(unit: str) -> None:
    page = within_limits(unit * (MAX_DEPTH + 500) + "It rained." + "</div>" * 50)
    assert opened_by(page).most == MAX_DEPTH
    assert "It rained." in page


def test_formatting_without_end_does_not_begin_again_and_again() -> None:
    formatting = [f"<b x={number}>" for number in range(MAX_FORMATTING + 9)]
    page = within_limits(f"<p>{''.join(formatting)}It</p><p>rained.</p>")
    assert page == f"<p>{''.join(formatting[:MAX_FORMATTING])}It</p><p>rained.</p>"
    links = "<p><a href=x>It <a href=y>rained.</p>" * 99
    assert within_limits(links) is links


def test_ends_of_what_is_left_out_are_left_out() -> None:
    deep = "<div>" * MAX_DEPTH
    page = within_limits(
        f"{deep}<u><div><span>It</div></span> rained.</div> And <b>then</b> it snowed."
    )
    assert page == f"{deep}<u>It rained.</div> And <b>then</b> it snowed."


def test_pages_that_are_not_deep_are_not_looked_at_closely() -> None:
    page = "<div><p>It rained.<br>And then it <b>snowed</b>.</p></div>" * 20_000
    assert within_limits(page) is page


MARKUP = st.lists(
    st.sampled_from(
        [*"<>/='\" \n\fax!?-", "<p ", "<a b=", "-->", "<!--", "<script>", "</script>", "</SCRIPT ",
         "<title/>", "<!-->", "<!--->", "--!>", "<ſcript>", "</lin\u212a>", "\xa0", " c", '="', "='>'", "É"]
    ),
    max_size=60,
).map("".join)  # fmt: skip


def attributes_of_tags(html: str) -> int:
    """Return how many attributes the tag of a page has that has most of them."""
    tags = (found for found in limits._MARKUP.finditer(html) if found["tag"])
    return max((len(limits._ATTRIBUTES.findall(found["rest"])) for found in tags), default=0)


@given(MARKUP, st.integers(0, 2), st.integers(0, 2), st.sampled_from([" ", "/", "='>'\n"]))
def test_tags_with_many_attributes_are_told(html: str, times: int, more: int, sign: str) -> None:
    attributes = sign.join(f"a{number}" for number in range(MAX_ATTRIBUTES - 1 + more))
    page = html + f"<p {attributes}>" + html * times
    most = attributes_of_tags(page)
    expected = OpenElements()
    told = limits._take_apart(page, expected)
    assert told == most or told < most <= MAX_ATTRIBUTES
    with suppress(ImportError):
        from boilerkill.read.tokens import take_apart

        opened = OpenElements()
        assert take_apart(page, RAW, opened) == most
        assert (opened.depth, opened.most) == (expected.depth, expected.most)


@given(st.integers(0, 1_000), st.sampled_from([" ", "/", ' b=">" ', "=' > '\n", '"']))
def test_no_tag_keeps_more_attributes_than_it_may(count: int, between: str) -> None:
    attributes = between.join(f"a{number}" for number in range(count))
    limited = within_limits(f"<p>It <b {attributes}>rained.</b>")
    assert attributes_of_tags(limited) <= MAX_ATTRIBUTES
    assert limited.startswith("<p>It <b ")
    assert limited.endswith(">rained.</b>")


@pytest.mark.parametrize("tag", ["html", "BODY"])
@given(st.lists(st.integers(0, 300), max_size=8))
def test_tags_of_one_element_have_no_more_attributes_together(tag: str, counts: list[int]) -> None:
    tags = [f"<{tag} {' '.join(f'a{number}' for number in range(count))}>" for count in counts]
    limited = within_limits("".join(tags) + "<p>It rained.")
    parts = [found["rest"] for found in limits._MARKUP.finditer(limited) if found["tag"] == tag]
    assert len(parts) == len(counts)
    kept = sum(len(limits._ATTRIBUTES.findall(rest)) for rest in parts)
    assert kept == min(sum(counts), MAX_ATTRIBUTES)
    assert limited.endswith("<p>It rained.")


@pytest.mark.parametrize(
    "before", ["<!x '>", "<?x '>", "</ x '>", "<!-- ' -->", "<style>'</style>"]
)
def test_what_is_no_tag_hides_none(before: str) -> None:
    attributes = " ".join(f"a{number}" for number in range(MAX_ATTRIBUTES + 1))
    page = f"{before}<p {attributes}>It rained.<p x=''>"
    assert within_limits(page) == page.replace(f"a{MAX_ATTRIBUTES}>", ">")
