"""Titles, authors and dates of pages, by what they show and what their metadata says."""

from __future__ import annotations

import json
import re
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boilerkill import clean, separate
from boilerkill.metadata.claims import LONGEST
from boilerkill.metadata.second_opinion import LONGEST_NAME, Opinion, ask_trafilatura
from boilerkill.metadata.sources import DATE_SOURCES, METAS, UPDATE_SOURCES
from boilerkill.metadata.titles import without_site
from strategies import html_pages

BODY = (
    "<p>The ferry to Gannet Point will run every half hour from May, the harbour board said on "
    "Monday, after two winters in which the last boat left before the schools closed.</p>"
) * 3

SHOWN = "<h1>Rain at last</h1><p>By Ann Lee</p>"

ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}(T.*)?")


def page(head: str, body: str = "") -> str:
    return f"<html><head>{head}</head><body><article>{body}{BODY}</article></body></html>"


def jsonld(data: str) -> str:
    return f'<script type="application/ld+json">{data}</script>'


metadata = st.builds(
    lambda text, cut: page(jsonld(text[:cut]) + f'<meta name="author" content="{text}">'),
    st.one_of(
        st.text(max_size=60),
        st.sampled_from(
            (
                '{"@type": "NewsArticle", "author": [{"@id": "#a"}], "datePublished": "2024-05-31"}',
                '[[[{"@graph": [{"author": {"name": ["Ann Lee", null, 3]}}]}]]]',
                '{"headline": {"@value": ["Rain"]}, "author": {"author": {}}, // }',
            )
        ),
    ),
    st.integers(0, 90),
)


@given(st.one_of(html_pages(), metadata))
def test_there_is_always_an_answer(source: str) -> None:
    document = separate(source, format="html")
    assert document.title is None or document.title.strip() == document.title != ""
    assert all(author.strip() for author in document.byline.authors)
    for date in (document.byline.published, document.byline.updated):
        assert date is None or ISO_DATE.fullmatch(date)


@given(st.one_of(html_pages(), metadata))
def test_what_is_cleaned_does_not_depend_on_it(source: str) -> None:
    document = separate(source, format="html")
    _ = document.title, document.byline
    assert document.text == clean(source, format="html")


@pytest.mark.parametrize(
    "source",
    [
        page(
            jsonld('{"@type": "NewsArticle", "author": {"@type": "Person", "name": "Ann Lee"}}'),
            SHOWN,
        ),
        page(
            jsonld(
                '{"@graph": [{"@type": "Article", "author": {"@id": "#ann"}}, '
                '{"@id": "#ann", "@type": "Person", "name": "Ann Lee"}]}'
            ),
            SHOWN,
        ),
        page('<meta name="author" content="Ann Lee">'),
        page(
            "",
            '<h1>Rain at last</h1><p class="byline">By <a rel="author" href="/a">Ann Lee</a></p>',
        ),
    ],
    ids=["JSON-LD", "a reference", "meta", "shown"],
)
def test_the_author_is_found(source: str) -> None:
    assert separate(source, format="html").byline.authors == ["Ann Lee"]


def test_no_author_is_made_up() -> None:
    assert separate(page("<title>Rain at last</title>"), format="html").byline.authors == []


def test_dates_are_found() -> None:
    source = page(
        jsonld(
            '{"@type": "NewsArticle", "datePublished": "2024-05-31T08:00:00Z", '
            '"dateModified": "2024-06-02"}'
        )
    )
    byline = separate(source, format="html").byline
    assert byline.published is not None
    assert byline.published.startswith("2024-05-31")
    assert byline.updated is not None
    assert byline.updated.startswith("2024-06-02")


@pytest.mark.parametrize(
    ("what", "sources"), [("published", DATE_SOURCES), ("updated", UPDATE_SOURCES)]
)
def test_a_date_is_looked_for_once_in_each_place(what: str, sources: tuple[str, ...]) -> None:
    assert len(sources) == len(set(sources))
    assert {f"meta.{name}" for name, told in METAS.items() if told == what} <= set(sources)


def test_the_title_goes_without_the_name_of_the_site() -> None:
    source = page(
        '<title>Rain at last | The Gannet</title><meta property="og:site_name" content="The Gannet">'
    )
    assert separate(source, format="html").title == "Rain at last"


def test_the_name_of_the_site_goes_however_often_it_stands_there() -> None:
    assert without_site("a - " * 2_000 + "Rain", ["a"]) == "Rain"


@pytest.mark.parametrize("length", [LONGEST, LONGEST + 4])
def test_a_heading_is_no_title_if_it_is_longer_than_any(length: int) -> None:
    heading = ("a - " * LONGEST + "Rain")[-length:]
    head = '<title>Sun</title><meta property="og:site_name" content="a">'
    title = separate(page(head, f"<h1>{heading}</h1>"), format="html").title
    assert title == ("Rain" if length <= LONGEST else "Sun")


@pytest.mark.parametrize(
    "head",
    [
        f'<meta name="author" content="{"(" * 50_000}">',
        f'<meta content="Ann Lee {"{" * 50_000}" name="author">',
        f'<script type="application/ld+json">{{"author": {{"name": "{"[" * 50_000}"}}}}</script>',
        f'<script type="application/ld+json">[{{"author": ["{"[" * 50_000}"]}}]</script>',
        '<script type="application/ld+json">' + '"author": ' * 5_000 + "</script>",
        '<script type="application/ld+json">' + '\\"' * 50_000 + "</script>",
        '<script type="application/ld+json">' + "[" * 50_000 + "</script>",
    ],
)
def test_trafilatura_sees_nothing_that_costs_it_the_square(
    head: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    longest = []

    def extract_metadata(tree: Any, **options: Any) -> Any:
        texts = [*tree.xpath("//@*"), *tree.xpath("//script/text()")]
        longest.append(max(map(len, texts), default=0))
        return SimpleNamespace(author="Ann Lee", date=None)

    monkeypatch.setattr("trafilatura.metadata.extract_metadata", extract_metadata)
    page = f"<html><head>{head}</head><body><p>Rain fell all night.</p></body></html>"
    assert ask_trafilatura(page) == Opinion("Ann Lee", None)
    assert longest[0] <= LONGEST_NAME


def test_trafilatura_sees_what_pages_say() -> None:
    article: dict[str, Any] = {"@context": "https://schema.org", "@type": "NewsArticle"}
    article["author"] = {"@type": "Person", "name": "Ann Lee"}
    article["articleBody"] = "Rain fell all night. " * 2_000
    page = (
        f'<html><head><script type="application/ld+json">{json.dumps(article)}</script></head>'
        "<body><p>Rain fell all night.</p></body></html>"
    )
    assert ask_trafilatura(page).authors == "Ann Lee"
