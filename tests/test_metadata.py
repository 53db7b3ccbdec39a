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


def of_type(kind: str, *authors: str, **more: str) -> str:
    people = [{"@type": "Person", "name": name} for name in authors]
    return jsonld(json.dumps({"@type": kind, "headline": "Rain at last", "author": people, **more}))


LIST = ["Ann Lee", "Bo Kim", "Carla Ruiz"]


@pytest.mark.parametrize(
    "source",
    [
        *(
            page(of_type(kind, *LIST), "<h1>Rain at last</h1>")
            for kind in ("NewsArticle", "Article", "BlogPosting", "TechArticle")
        ),
        page(of_type("WebPage", *LIST), "<h1>Rain</h1><p>By Ann Lee, Bo Kim and Carla Ruiz</p>"),
        page("", "<h1>Rain at last</h1><p>By Ann Lee, Bo Kim and Carla Ruiz</p>"),
        page("", "<h1>Rain at last</h1><p>By Ann Lee, Bo Kim and Carla Ruiz | 1 May 2024</p>"),
        page("".join(f'<meta name="citation_author" content="{name}">' for name in LIST)),
        page(
            "".join(
                f'<meta name="citation_author" content="{", ".join(reversed(name.split()))}">'
                for name in LIST
            )
        ),
        page(
            "",
            '<h1>Rain at last</h1><div class="authors"><span>By</span> <a class="author">Ann Lee</a>'
            ', <a class="author">Bo Kim</a>, <a class="author">Carla Ruiz</a></div>',
        ),
    ],
)
def test_the_names_of_one_list_stand_together(source: str) -> None:
    assert separate(source, format="html").byline.authors == LIST


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("Von Anna Lehmann und Bernd Krüger", ["Anna Lehmann", "Bernd Krüger"]),
        ("Par Anne Lefèvre et Benoît Colin", ["Anne Lefèvre", "Benoît Colin"]),
        ("Por Ana López y Bruno Díaz", ["Ana López", "Bruno Díaz"]),
        ("di Anna Leone e Bruno Conti", ["Anna Leone", "Bruno Conti"]),
        ("Door Anna de Leeuw en Bas Kok", ["Anna de Leeuw", "Bas Kok"]),
        ("Av Anna Lind och Bo Krok", ["Anna Lind", "Bo Krok"]),
        ("Teksti: Anna Lintu ja Pekka Koski", ["Anna Lintu", "Pekka Koski"]),
        ("Autor: Anna Leśniak, Bogdan Król", ["Anna Leśniak", "Bogdan Król"]),
        ("作者：王小明", ["王小明"]),
        ("文＝山田花子", ["山田花子"]),
        ("מאת: דנה לוי", ["דנה לוי"]),
        ("كتب: أحمد السيد", ["أحمد السيد"]),
        ("نویسنده: مریم رضایی", ["مریم رضایی"]),
        ("लेखक: अनिता शर्मा", ["अनिता शर्मा"]),
    ],
)
@pytest.mark.parametrize("mark", ["", ' class="meta"'])
def test_a_line_that_tells_its_authors_is_enough(line: str, authors: list[str], mark: str) -> None:
    source = page("", f"<h1>Rain at last</h1><p{mark}>{line}</p>")
    assert separate(source, format="html").byline.authors == authors


def test_news_that_names_one_person_in_its_data() -> None:
    data = {"@type": ["NewsArticle", "Article"], "author": [{"@type": "Person", "name": "Ann Lee"}]}
    source = page(jsonld(json.dumps([{"@type": "BreadcrumbList"}, data])), "<h1>Rain</h1>")
    assert separate(source, format="html").byline.authors == ["Ann Lee"]


def test_a_shown_person_goes_before_the_publisher() -> None:
    data = {"@type": "NewsArticle", "author": {"@type": "Organization", "name": "The Gannet"}}
    source = page(jsonld(json.dumps(data)), '<h1>Rain</h1><p class="byline">By Ann Lee</p>')
    assert separate(source, format="html").byline.authors == ["Ann Lee"]


# What stands behind the article, of other people than its author.
ELSEWHERE = [
    '<div class="testimonials"><div class="testimonial"><p>Lovely.</p>'
    '<span class="testimonial-author">Claire Dee</span></div></div>',
    '<section class="comments"><div class="comment"><span class="comment-author">Jim Bo</span>'
    '<time datetime="2021-02-03">3 Feb 2021</time><p>I was there, and it was cold.</p></div>'
    "</section>",
    '<section class="related"><h3>More stories</h3><div class="card"><h4><a href="/x">Pier closed'
    '</a></h4><p class="byline">By Tom Hill</p></div>'
    "</section>",
    '<aside class="related"><h3>More</h3><a href="/x">Pier closed</a> '
    '<time datetime="2020-02-02">2 Feb 2020</time></aside>',
    '<div class="more-stories"><h3>More stories</h3><div class="card"><h4><a href="/x">Pier closed'
    '</a></h4><span class="author">Tom Hill</span></div></div>',
]


@pytest.mark.parametrize("behind", ELSEWHERE)
def test_no_author_or_date_comes_from_elsewhere(behind: str) -> None:
    source = page("", "<h1>Rain at last</h1>").replace("</article>", f"</article>{behind}")
    byline = separate(source, format="html").byline
    assert (byline.authors, byline.published) == ([], None)


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ("", "<footer><p>© 2019 The Gannet. All rights reserved.</p></footer>"),
        ("", "<footer><p>Copyright 2009-2023 The Gannet</p></footer>"),
        ("", '<img src="/wp-content/uploads/2018/07/ferry.jpg">'),
        (jsonld('{"@type": "Event", "name": "Ferry", "startDate": "2024-09-09"}'), ""),
    ],
)
def test_no_date_is_made_up(head: str, body: str) -> None:
    source = page(head, "<h1>Rain at last</h1>").replace("</article>", f"</article>{body}")
    assert separate(source, format="html").byline.published is None


@pytest.mark.parametrize(
    ("language", "published"),
    [("en-US", "2024-01-05"), ("en", "2024-01-05"), ("en-GB", "2024-05-01"), ("fr", "2024-05-01")],
)
@pytest.mark.parametrize("mark", ['p class="date"', "time"])
def test_the_language_tells_whether_the_day_comes_first(
    language: str, published: str, mark: str
) -> None:
    line = f"<{mark}>01/05/2024</{mark.split(maxsplit=1)[0]}>"
    source = page("", f"<h1>Rain at last</h1>{line}")
    source = source.replace("<html>", f'<html lang="{language}">')
    assert separate(source, format="html").byline.published == published


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


def test_a_page_that_only_says_when_it_was_changed_was_published_by_then() -> None:
    source = page('<meta property="article:modified_time" content="2024-06-02">')
    byline = separate(source, format="html").byline
    assert (byline.published, byline.updated) == ("2024-06-02", "2024-06-02")


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
