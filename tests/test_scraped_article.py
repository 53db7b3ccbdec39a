"""A scraped article in all the forms in which it may come: a real one, and one of corpus/."""

from __future__ import annotations

import pytest

from boilerkill import Kind, Segment, clean, separate
from pages import REAL, needs
from strategies import CORPUS
from variants import ScrapedArticle, Variant, read_article, variants

REAL_TEXT = REAL / "wordpress-news-keyword-footer.txt"
REAL_KINDS = (Kind.BYLINE, Kind.COMMENT_FORM, Kind.COMMENT_FORM)
REAL_KEYWORDS = 33

OWN_PAGE = CORPUS / "en-wordpress-footer-bars" / "expected.tsv"
OWN_FURNITURE = (
    (Kind.BYLINE, "Posted on March 14, 2023 by Daniel Okafor"),
    (Kind.COMMENT_FORM, "Leave a Reply"),
    (Kind.COMMENT_FORM, "Your email address will not be published. Required fields are marked *"),
)
OWN_KEYWORDS = (
    "Felt Hats Canada", "Straw Hats", "Orlin Hats Outlet", "Bree & Tal Caps", "Hats Norway",
    "Wide-Brim Hats", "Orlin Caps", "McRae Hats", "Kestrel Bags", "Kestrel Hats Canada",
    "Rain Hats", "Sun Hats Canada", "Tal Outlet", "Lumo Bags", "Wool Caps Canada",
)  # fmt: skip


def own_article() -> ScrapedArticle:
    """Return the article of a page of corpus/ above a form and a footer of hat shops."""
    rows = [line.split("\t") for line in OWN_PAGE.read_text("utf-8").splitlines()]
    return ScrapedArticle(
        body=tuple(text for kind, text in rows if kind == "BODY"),
        furniture=OWN_FURNITURE,
        keywords=OWN_KEYWORDS,
    )


def real_article() -> ScrapedArticle:
    return read_article(REAL_TEXT.read_text("utf-8"), REAL_KINDS)


def cases() -> list[object]:
    """Return every variant of both articles; the real one's where it is there."""
    found: list[object] = [
        pytest.param(own_article(), variant, id=f"own, {variant.name}")
        for variant in variants(own_article())
    ]
    if not REAL_TEXT.exists():
        return [*found, pytest.param(None, None, id="real", marks=needs(REAL_TEXT))]
    page = real_article()
    return found + [
        pytest.param(page, variant, id=f"real, {variant.name}") for variant in variants(page)
    ]


@pytest.mark.parametrize(("page", "variant"), cases())
class TestVariant:
    def test_the_article_and_nothing_else(self, page: ScrapedArticle, variant: Variant) -> None:
        assert clean(variant.source).split() == page.article.split()

    def test_paragraphs_stay_apart(self, page: ScrapedArticle, variant: Variant) -> None:
        if variant.flat:
            assert "\n" not in clean(variant.source)
        else:
            lines = clean(variant.source).split("\n")
            assert tuple(line for line in lines if line) == page.body

    def test_what_went_is_named(self, page: ScrapedArticle, variant: Variant) -> None:
        removed = [s for s in separate(variant.source).segments if not s.kept]
        assert "BODY" not in {segment.kind for segment in removed}
        if variant.flat:
            names_flattened(page, removed)
        elif variant.glued:
            assert {segment.kind for segment in removed} == {Kind.LINK_FOOTER}
        else:
            for kind, line in page.furniture:
                assert [s.kind for s in removed if s.text == line] == [kind]
            footer = {s.kind for s in removed} - {kind for kind, _ in page.furniture}
            assert footer == {Kind.LINK_FOOTER}


def names_flattened(page: ScrapedArticle, removed: list[Segment]) -> None:
    """Assert that the form is found as one, the byline too, and the footer behind them."""
    by_kind = {kind: [s.text for s in removed if s.kind is kind] for kind in Kind}
    for kind, line in page.furniture:
        assert line in " ".join(by_kind[kind])
    assert page.keywords[-1] in " ".join(by_kind[Kind.LINK_FOOTER])


@needs(REAL_TEXT)
def test_the_real_text_is_read_right() -> None:
    page = real_article()
    assert len(page.keywords) == REAL_KEYWORDS
    assert page.body[0].endswith("…")
    assert page.furniture[0] == (Kind.BYLINE, "By Admins")
    assert page.furniture[1] == (Kind.COMMENT_FORM, "Leave a Reply")
    assert page.text().split() == REAL_TEXT.read_text("utf-8").split()


@needs(REAL_TEXT)
def test_the_real_text_as_the_file_has_it() -> None:
    for source in (REAL_TEXT.read_bytes(), REAL_TEXT.read_text("utf-8")):
        assert clean(source) == real_article().article
        document = separate(source)
        assert document.byline.authors == ["Admins"]
        assert [segment.kind for segment in document.segments if not segment.kept] == [
            *REAL_KINDS,
            Kind.LINK_FOOTER,
        ]
