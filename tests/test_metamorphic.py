"""What must not change when a document changes in a way that says nothing new about its body.

Most of it holds exactly, and of every document. Three things hold exactly only as long as the
weights alone decide, which is so for texts of fewer segments than `whole.LEAST_SEGMENTS`: trees
judge each line of a whole page by the page around it, and chrome is a part of that. There, and in
HTML, the share of words that a change may cost is bounded over all pages of corpus/ together.
"""

from __future__ import annotations

import functools
import random
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from html import escape
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boilerkill import Kind, clean, normalize, separate
from boilerkill.phrase_files import parse_phrases
from boilerkill.read import read_text
from boilerkill.read.encoding import decode_html
from boilerkill.whole import LEAST_SEGMENTS
from strategies import (
    CORPUS,
    documents,
    hostile_text,
    html_pages,
    options,
    prose,
    quoted_furniture,
    scraped_pages,
)

TEXT_PAGES = sorted(path.parent for path in CORPUS.glob("*/page.txt"))
HTML_PAGES = sorted(path.parent for path in CORPUS.glob("*/page.html"))
BODY = ("BODY", "HEADING")

sources = st.one_of(documents(), scraped_pages(), hostile_text(), quoted_furniture())


# --- White space, line ends, marks and composition: nothing changes, exactly, of any document.


def doubled_blank_lines(text: str) -> str:
    return text.replace("\n\n", "\n\n\n\n")


def trailing_spaces(text: str) -> str:
    return text.replace("\n", " \t\n")


def windows_line_ends(text: str) -> str:
    return text.replace("\n", "\r\n")


def macintosh_line_ends(text: str) -> str:
    return text.replace("\n", "\r")


def unicode_line_ends(text: str) -> str:
    return text.replace("\n", "\u2028")


def blank_lines_around(text: str) -> str:
    return f"\n \n\n{text}\n\t\n"


def with_a_mark(text: str) -> str:
    return f"\ufeff{text}"


def decomposed(text: str) -> str:
    return unicodedata.normalize("NFD", text)


def as_bytes(text: str) -> bytes:
    return text.encode()


def as_bytes_with_a_mark(text: str) -> bytes:
    return text.encode("utf-8-sig")


def as_utf_16(text: str) -> bytes:
    return text.encode("utf-16")


def as_utf_32(text: str) -> bytes:
    return text.encode("utf-32")


def all_at_once(text: str) -> bytes:
    return windows_line_ends(decomposed(doubled_blank_lines(text))).encode("utf-8-sig")


SAME = (
    doubled_blank_lines, trailing_spaces, windows_line_ends, macintosh_line_ends,
    unicode_line_ends, blank_lines_around, with_a_mark, decomposed, as_bytes, as_bytes_with_a_mark,
    as_utf_16, as_utf_32, all_at_once,
)  # fmt: skip


@given(sources, st.sampled_from(SAME), options())
def test_what_is_the_same_text_is_cleaned_the_same(
    source: str, change: Callable[[str], str | bytes], chosen: dict[str, Any]
) -> None:
    text = normalize(source)
    assert normalize(change(text)) == text
    assert clean(change(text), **chosen) == clean(text, **chosen)


@pytest.mark.parametrize("change", SAME)
def test_pages_of_the_corpus_are_cleaned_the_same(change: Callable[[str], str | bytes]) -> None:
    for folder in TEXT_PAGES:
        assert clean(change(text_of(folder))) == cleaned(folder), folder.name


SAME_PAGE = (
    windows_line_ends, macintosh_line_ends, with_a_mark, as_bytes_with_a_mark, decomposed
)  # fmt: skip


@pytest.mark.parametrize("change", SAME_PAGE)
def test_html_pages_are_cleaned_the_same(change: Callable[[str], str | bytes]) -> None:
    for folder in HTML_PAGES:
        assert clean(change(html_of(folder)), format="html") == cleaned(folder), folder.name


@given(html_pages(), st.sampled_from((windows_line_ends, with_a_mark)))
def test_any_html_is_cleaned_the_same(html: str, change: Callable[[str], str]) -> None:
    html = "\n".join(html.splitlines())
    assert clean(change(html), format="html") == clean(html, format="html")


# --- Furniture at the end removes no body.

FURNITURE = (
    "Leave a Reply\nYour email address will not be published. Required fields are marked *\n"
    "Name * Email * Website\nPost Comment",
    "Share this: Facebook Twitter WhatsApp",
    "Copyright © 2024. All rights reserved.",
    "Felt Hats Oslo | Hats Outlet | Rain Hats | Tea Shop Online | Rope Sale | Hats Lyon |",
    "Related posts\nHarbour wall to be repaired by autumn\nFerry times change next week",
    "We use cookies to improve your experience. Accept all\nPrivacy Policy",
    "Home | News | Weather | Harbour Cam | Contact",
    "Posted on May 31, 2024 by Ann Lee",
)


@functools.cache
def telling_phrases() -> tuple[str, ...]:
    """Return the phrases of all languages that tell furniture by themselves."""
    folder = Path(__file__).parent.parent / "src" / "boilerkill" / "phrases"
    roles = ("comment_form.", "share.action", "navigation.action", "related.heading", "notice.")
    return tuple(
        phrase
        for file in sorted(folder.glob("*.txt"))
        for role, phrase in parse_phrases(file.read_text("utf-8"))
        if role.startswith(roles) and not role.endswith(("label", "clue")) and "{" not in phrase
    )


def furniture() -> st.SearchStrategy[str]:
    lines = st.one_of(st.sampled_from(FURNITURE), st.deferred(phrases_of_furniture))
    return st.builds(
        lambda between, lines: between.join(lines),
        st.sampled_from(("\n\n", "\n")),
        st.lists(lines, min_size=1, max_size=8),
    )


def phrases_of_furniture() -> st.SearchStrategy[str]:
    return st.sampled_from(telling_phrases())


articles = st.lists(prose(), min_size=1, max_size=12).map("\n\n".join)


@given(articles, furniture(), st.sampled_from(("\n\n", "\n")))
def test_furniture_at_the_end_of_an_article(article: str, end: str, between: str) -> None:
    assert clean(article) == article
    assert missing(article, clean(article + between + end)) == []


@pytest.mark.parametrize("between", ["\n\n", "\n"])
def test_furniture_at_the_end_of_what_the_corpus_has_for_body(between: str) -> None:
    for folder in TEXT_PAGES:
        for end in (*FURNITURE, "\n\n".join(FURNITURE)):
            source = body_of(folder) + between + end
            assert missing(body_of(folder), clean(source)) == [], f"{folder.name}: {end!r}"


def test_furniture_at_the_end_of_pages() -> None:
    """Of a page that others than the weights do not judge, exactly; of the rest, nearly."""
    lost, words = Counter[bool](), Counter[bool]()
    for folder in TEXT_PAGES:
        for end in FURNITURE:
            source = f"{text_of(folder)}\n\n{end}"
            whole = may_be_whole(source)
            gone = missing(cleaned(folder), clean(source))
            assert whole or gone == [], f"{folder.name}: {end!r}"
            lost[whole] += count_words("\n".join(gone))
            words[whole] += count_words(cleaned(folder))
    assert words[True]
    assert words[False] > words[True]
    assert lost[True] / words[True] < 0.25


# --- An article below another.

# Without a sentence above it, a poem that follows a footer is like more of the footer.
VERSE = ("en-litmag-poem", "hu-vers-folyoirat")


@given(articles, articles)
def test_two_articles_one_below_the_other(first: str, second: str) -> None:
    both = f"{first}\n\n{second}"
    assert clean(both) == both


def test_two_bodies_of_the_corpus() -> None:
    for first, second in pairs(TEXT_PAGES):
        both = f"{body_of(first)}\n\n{body_of(second)}"
        assert clean(both) == both, f"{first.name} and {second.name}"


def test_comments_are_not_told_by_what_stands_far_below() -> None:
    letters, code = (
        CORPUS / name for name in ("en-hard-tables-and-letters", "en-hard-code-listing")
    )
    both = f"{body_of(letters)}\n\n{body_of(code)}"
    assert clean(both) == both


def test_two_pages_of_the_corpus() -> None:
    """What the weights alone judge keeps the prose of both, exactly."""
    seen = 0
    folders = [
        folder for folder in TEXT_PAGES if folder.name not in VERSE and "\n" in text_of(folder)
    ]
    for first, second in pairs(folders):
        source = f"{text_of(first)}\n\n{text_of(second)}"
        if may_be_whole(source):
            continue
        seen += 1
        both = f"{prose_of(cleaned(first))}\n{prose_of(cleaned(second))}"
        assert missing(both, clean(source)) == [], f"{first.name} and {second.name}"
    assert seen > 20


# --- What goes may come in any order.


# Not comments and their forms: who "says:" something tells what stands below, wherever that is.
ORDERLESS = frozenset(
    (Kind.NAVIGATION, Kind.SHARE, Kind.RELATED, Kind.NOTICE, Kind.PROMOTION, Kind.LINK_FOOTER)
)


def test_shuffled_furniture() -> None:
    """Prose stays where lines that go change places with others between the same that stay."""
    for folder in TEXT_PAGES:
        if may_be_whole(text_of(folder)):
            continue
        for seed in range(3):
            after = clean("\n".join(shuffled(folder, random.Random(seed))))
            assert missing(prose_of(cleaned(folder)), after) == [], folder.name


def shuffled(folder: Path, chance: random.Random) -> list[str]:
    """Return the lines of a page with those shuffled that go, in each run of them."""
    removed = {
        segment.text
        for segment in separate(text_of(folder)).segments
        if not segment.kept and segment.kind in ORDERLESS
    }
    lines = text_of(folder).split("\n")
    goes = [line.strip() in removed for line in lines]
    at = 0
    while at < len(lines):
        end = at
        while end < len(lines) and (goes[end] or not lines[end].strip()):
            end += 1
        places = [place for place in range(at, end) if goes[place]]
        mixed = chance.sample(places, len(places))
        lines = [
            lines[mixed[places.index(place)]] if place in places else line
            for place, line in enumerate(lines)
        ]
        at = end + 1
    return lines


# --- Chrome around a page in HTML.

HEADER = (
    '<header class="site-header"><a href="/">The Gannet Post</a><nav><ul>'
    '<li><a href="/news">News</a></li><li><a href="/sport">Sport</a></li>'
    '<li><a href="/weather">Weather</a></li><li><a href="/contact">Contact</a></li></ul></nav>'
    '</header><div class="ad">Advertisement</div>'
)
FOOTER = (
    '<aside class="related"><h3>Related stories</h3><ul>'
    '<li><a href="/1">Harbour wall to be repaired by autumn</a></li>'
    '<li><a href="/2">Ferry times change next week</a></li>'
    '<li><a href="/3">Council counts its lamps</a></li></ul></aside>'
    '<footer class="footer"><p>Sign up for our newsletter</p><ul>'
    '<li><a href="/privacy">Privacy policy</a></li><li><a href="/terms">Terms of use</a></li></ul>'
    "<p>Copyright © 2024 The Gannet Post. All rights reserved.</p></footer>"
)
CHROME = {
    "a footer": ("", FOOTER),
    "a header": (HEADER, ""),
    "both": (HEADER, FOOTER),
    "both, around": (f'<div class="page">{HEADER}<div class="layout">', f"</div>{FOOTER}</div>"),
    "twice": (f"<div>{HEADER}<div>{HEADER}", f"</div>{FOOTER}{FOOTER}</div>"),
}


@pytest.mark.parametrize("name", CHROME)
def test_chrome_costs_no_body(name: str) -> None:
    """Less than 1 % of the words of the bodies goes, where chrome is put around all pages."""
    lost = words = 0
    for folder in HTML_PAGES:
        before = words_of(cleaned(folder)) & words_of(body_of(folder))
        after = words_of(clean(wrapped(html_of(folder), *CHROME[name]), format="html"))
        lost += (before - after).total()
        words += before.total()
    assert lost / words < 0.01


@pytest.mark.parametrize("name", CHROME)
def test_chrome_around_nothing_but_a_body(name: str) -> None:
    """Of bodies that are a page of their own, less than 1 % of the words change."""
    changed = words = 0
    for folder in TEXT_PAGES:
        lines = filter(None, body_of(folder).split("\n"))
        html = "".join(f"<p>{escape(line)}</p>" for line in lines)
        page = f"<html><body><article>{html}</article></body></html>"
        before, after = (
            words_of(clean(source, format="html"))
            for source in (page, wrapped(page, *CHROME[name]))
        )
        changed += (before - after).total() + (after - before).total()
        words += before.total()
    assert changed / words < 0.01


def wrapped(html: str, above: str, below: str) -> str:
    start = re.search("<body[^>]*>", html, re.IGNORECASE)
    assert start is not None
    end = html.lower().rfind("</body>")
    end = len(html) if end < 0 else end
    return html[: start.end()] + above + html[start.end() : end] + below + html[end:]


# --- What these tests ask.


@functools.cache
def text_of(folder: Path) -> str:
    return normalize((folder / "page.txt").read_text("utf-8"))


@functools.cache
def html_of(folder: Path) -> str:
    return "\n".join(decode_html((folder / "page.html").read_bytes()).splitlines())


@functools.cache
def cleaned(folder: Path) -> str:
    if (folder / "page.html").exists():
        return clean(html_of(folder), format="html")
    return clean(text_of(folder))


@functools.cache
def body_of(folder: Path) -> str:
    """Return the body of a page as its labels have it."""
    rows = (row.split("\t") for row in (folder / "expected.tsv").read_text("utf-8").splitlines())
    return clean("\n\n".join(text for kind, text in rows if kind in BODY), format="text")


def pairs(folders: list[Path]) -> Iterator[tuple[Path, Path]]:
    """Yield each folder with its neighbours in two orders that have nothing to do with language."""
    for step in (1, 7):
        order = sorted(folders, key=lambda folder: (folders.index(folder) % step, folder))
        order = order[step:] + order[:step]
        yield from pairwise(order)
    yield from zip(folders, reversed(folders), strict=True)


def may_be_whole(source: str) -> bool:
    """Tell whether trees may judge a text."""
    return len(read_text(normalize(source))) >= LEAST_SEGMENTS


def prose_of(text: str) -> str:
    """Return the lines of a text that end as sentences do."""
    return "\n".join(line for line in text.split("\n") if line.endswith((".", "!", "?", "。")))


def missing(before: str, after: str) -> list[str]:
    """Return the lines of a text that stand nowhere in another, in their order."""
    gone, at = [], 0
    for line in filter(str.strip, before.split("\n")):
        found = after.find(line, at)
        if found < 0:
            gone.append(line)
        else:
            at = found + len(line)
    return gone


def words_of(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text.lower()))


def count_words(text: str) -> int:
    return words_of(text).total()


def test_what_is_missing() -> None:
    assert missing("a\n\nb\nc", "a\nx\nc") == ["b"]
    assert missing("a\nb", "b\na") == ["b"]
