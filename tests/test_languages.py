"""An article with its furniture in many languages, as text and in HTML: the one stays, the other goes.

`languages/` holds a file for each: a title, three paragraphs of which the second quotes someone, and
furniture, a line each, in the order of `FURNITURE`. No class and no element of the pages says what is
furniture, but for links: the wording has to.
"""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import NamedTuple

import pytest

import promises
from boilerkill import clean, quotations

LANGUAGES = sorted(Path(__file__).with_name("languages").glob("*.txt"))

FURNITURE = (
    "menu", "byline", "share", "related", "teaser", "other teaser", "form", "notice", "cookies",
    "footer",
)  # fmt: skip


class Page(NamedTuple):
    title: str
    paragraphs: list[str]
    furniture: dict[str, str]


def read(file: Path) -> Page:
    title, *lines = file.read_text("utf-8").splitlines()
    return Page(title, lines[:3], dict(zip(FURNITURE, lines[3:], strict=True)))


def as_text(page: Page) -> str:
    of = page.furniture
    return "\n\n".join(
        (
            of["menu"],
            f"{page.title}\n{of['byline']}",
            of["share"],
            *page.paragraphs,
            f"{of['related']}\n{of['teaser']}\n{of['other teaser']}",
            f"{of['form']}\n{of['notice']}",
            of["cookies"],
            of["footer"],
        )
    )


def as_html(page: Page) -> str:
    of = {name: escape(line) for name, line in page.furniture.items()}
    menu = "".join(f'<li><a href="/{item}">{item}</a></li>' for item in of["menu"].split(" | "))
    prose = "".join(f"<p>{escape(line)}</p>" for line in page.paragraphs)
    teasers = "".join(f'<li><a href="/1">{of[name]}</a></li>' for name in FURNITURE[4:6])
    return (
        f"<html><body><ul>{menu}</ul><div><h1>{escape(page.title)}</h1><p>{of['byline']}</p>"
        f"<p>{of['share']}</p>{prose}</div><div><h3>{of['related']}</h3><ul>{teasers}</ul></div>"
        f"<div><h3>{of['form']}</h3><p>{of['notice']}</p></div>"
        f"<div><p>{of['cookies']}</p></div><div><p>{of['footer']}</p></div></body></html>"
    )


def lost(cleaned: str, page: Page) -> list[str]:
    return [line for line in page.paragraphs if line not in cleaned]


def left(cleaned: str, page: Page) -> list[str]:
    return [name for name, line in page.furniture.items() if line in cleaned]


PAGES = [pytest.param(read(file), id=file.stem) for file in LANGUAGES]


def test_there_are_forty_languages() -> None:
    assert len(PAGES) >= 40


@pytest.mark.parametrize("page", PAGES)
def test_text(page: Page) -> None:
    cleaned = clean(as_text(page))
    assert lost(cleaned, page) == []
    assert left(cleaned, page) == []


@pytest.mark.parametrize("page", PAGES)
def test_html(page: Page) -> None:
    cleaned = clean(as_html(page), format="html")
    assert lost(cleaned, page) == []
    assert left(cleaned, page) == []


@pytest.mark.parametrize("page", PAGES)
def test_an_article_alone_is_left_alone(page: Page) -> None:
    article = "\n\n".join((page.title, *page.paragraphs))
    assert clean(article) == article


@pytest.mark.parametrize("page", PAGES)
def test_promises(page: Page) -> None:
    promises.check_all(as_text(page))
    promises.check_page(as_html(page))
    assert len(quotations(as_text(page))) == 1


@pytest.mark.parametrize("first", range(0, 40, 8))
def test_articles_in_several_languages(first: int) -> None:
    pages = [read(file) for file in LANGUAGES[first : first + 8]]
    prose = [line for page in pages for line in page.paragraphs]
    assert clean("\n\n".join(prose)) == "\n\n".join(prose)
