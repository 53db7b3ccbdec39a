"""Every page of corpus/: what goes and what stays, exactly as a reader labelled it.

A page is a folder with `page.txt`, a scraped text, or `page.html`, a page as it was served; and with
`expected.tsv`: for each line of its text, or each part of a line where several are glued together,
its kind, a tab, and its text. A new folder is a new test.

The text of a page in HTML is what boilerkill reads in it, with the marks of lists and between cells.
Its title may stay or go; that it was found is what is asked. Furniture that quotes someone has the
kind that it is of, and may stay.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

import promises
from boilerkill import Document, Kind, normalize, separate
from boilerkill.read.encoding import decode_html
from boilerkill.read.html import read_html
from quotation_finder import nested_quotations, page_quotations
from strategies import CORPUS

KEPT_KINDS = frozenset((Kind.BODY, Kind.HEADING, Kind.TITLE))

TEXT_PAGES = sorted(path.parent for path in CORPUS.glob("*/page.txt"))
HTML_PAGES = sorted(path.parent for path in CORPUS.glob("*/page.html"))
PAGES = sorted([*TEXT_PAGES, *HTML_PAGES])

LEAST_TEXT_PAGES = 60
LEAST_HTML_PAGES = 40
LEAST_LANGUAGES = 15
HARD_CASES = (
    "cookie",
    "poem",
    "interview",
    "bibliography",
    "inch",
    "two-bylines",
    "form-between-articles",
)

# A line of a quotation that runs over several has so many characters at least.
LEAST_QUOTED = 8

# Of the segments that go from pages in HTML, so many must be of the right kind.
LEAST_NAMED = 0.9


@dataclass(frozen=True)
class Row:
    """A labelled piece of a page."""

    kind: Kind
    text: str


@dataclass(frozen=True)
class Outcome:
    """What became of a labelled piece: the kinds of its segments, those kept apart from the rest."""

    kept: frozenset[Kind]
    removed: frozenset[Kind]

    def __str__(self) -> str:
        parts = [("kept", self.kept), ("removed", self.removed)]
        return " and ".join(
            f"{word} as {'/'.join(sorted(kind.value for kind in kinds))}"
            for word, kinds in parts
            if kinds
        )


def is_html(folder: Path) -> bool:
    return (folder / "page.html").exists()


def read_html_page(folder: Path) -> str:
    return decode_html((folder / "page.html").read_bytes())


def read_text(folder: Path) -> str:
    """Return the text of a page, before anything is taken from it."""
    if is_html(folder):
        return read_html(read_html_page(folder)).reading.text
    return (folder / "page.txt").read_text("utf-8")


@functools.cache
def take_apart(folder: Path) -> Document:
    if is_html(folder):
        return separate((folder / "page.html").read_bytes(), format="html")
    return separate(read_text(folder))


def read_rows(folder: Path) -> list[Row]:
    lines = (folder / "expected.tsv").read_text("utf-8").splitlines()
    return [Row(Kind(kind), text) for kind, text in (line.split("\t") for line in lines)]


def outcomes(document: Document, rows: list[Row]) -> Iterator[tuple[Row, Outcome]]:
    """Yield each row with what became of its characters."""
    fates = [
        (segment.kind, segment.kept)
        for segment in document.segments
        for _ in promises.squeeze(segment.text)
    ]
    at = 0
    for row in rows:
        length = len(promises.squeeze(row.text))
        here = fates[at : at + length]
        at += length
        yield (
            row,
            Outcome(
                frozenset(kind for kind, kept in here if kept),
                frozenset(kind for kind, kept in here if not kept),
            ),
        )


def is_right(row: Row, outcome: Outcome, free: set[str]) -> bool:
    """Return whether what became of a row is what should; what is free may stay or go."""
    text = promises.squeeze(row.text)
    if any(item in text or (len(text) >= LEAST_QUOTED and text in item) for item in free):
        return row.kind not in KEPT_KINDS or not outcome.removed
    return not (outcome.removed if row.kind in KEPT_KINDS else outcome.kept)


def free_of_choice(folder: Path) -> set[str]:
    """Return what of a page may stay whatever it is, without white space."""
    if not is_html(folder):
        return set()
    return {
        promises.squeeze(item) for item in page_quotations(read_html_page(folder), promises.shown)
    }


def folder_name(folder: Path) -> str:
    return folder.name


@pytest.fixture(params=PAGES, ids=folder_name)
def folder(request: pytest.FixtureRequest) -> Path:
    path: Path = request.param
    return path


@pytest.fixture(params=HTML_PAGES, ids=folder_name)
def html_folder(request: pytest.FixtureRequest) -> Path:
    path: Path = request.param
    return path


@pytest.fixture(params=TEXT_PAGES, ids=folder_name)
def text_folder(request: pytest.FixtureRequest) -> Path:
    path: Path = request.param
    return path


def test_a_page_is_labelled_as_a_whole(folder: Path) -> None:
    rows = read_rows(folder)
    page = promises.squeeze(read_text(folder))
    assert page == "".join(promises.squeeze(row.text) for row in rows)
    assert page == promises.squeeze(normalize(read_text(folder))), "the page needs repair"


def test_labels_keep_what_is_quoted(text_folder: Path) -> None:
    kept = " ".join(row.text for row in read_rows(text_folder) if row.kind in KEPT_KINDS)
    for item in nested_quotations(normalize(read_text(text_folder))):
        assert promises.squeeze(item) in promises.squeeze(kept)


def test_what_stays_and_what_goes(folder: Path) -> None:
    rows = read_rows(folder)
    free = free_of_choice(folder)
    wrong = [
        f"{'stays' if row.kind in KEPT_KINDS else 'goes'}, {row.kind}: {row.text!r} was {outcome}"
        for row, outcome in outcomes(take_apart(folder), rows)
        if not (is_html(folder) and row.kind is Kind.TITLE) and not is_right(row, outcome, free)
    ]
    assert not wrong, "\n".join([f"corpus/{folder.name}:", *wrong])


def test_what_goes_is_named(folder: Path) -> None:
    wrong = [
        f"{row.kind}: {row.text!r} was {outcome}"
        for row, outcome in outcomes(take_apart(folder), read_rows(folder))
        if row.kind not in KEPT_KINDS and outcome.removed - {row.kind}
    ]
    assert not wrong, "\n".join([f"corpus/{folder.name}:", *wrong])


def test_what_goes_from_html_is_mostly_named() -> None:
    gone = [
        (row.kind, outcome.removed)
        for folder in HTML_PAGES
        for row, outcome in outcomes(take_apart(folder), read_rows(folder))
        if row.kind not in KEPT_KINDS and outcome.removed
    ]
    right = sum(kinds == {kind} for kind, kinds in gone)
    assert right / len(gone) >= LEAST_NAMED, f"{right} of {len(gone)} are of the right kind"


def test_the_title_is_found(html_folder: Path) -> None:
    titles = [row.text for row in read_rows(html_folder) if row.kind is Kind.TITLE]
    assert [take_apart(html_folder).title] == titles


def test_promises_hold(text_folder: Path) -> None:
    source = read_text(text_folder)
    promises.check_all(source)
    promises.check_all(" ".join(source.split()))


def test_promises_hold_of_html(html_folder: Path) -> None:
    promises.check_page(read_html_page(html_folder))


def test_there_are_pages_of_every_kind() -> None:
    assert len(TEXT_PAGES) >= LEAST_TEXT_PAGES
    assert len(HTML_PAGES) >= LEAST_HTML_PAGES
    for pages in (TEXT_PAGES, HTML_PAGES):
        assert len({folder.name.partition("-")[0] for folder in pages}) >= LEAST_LANGUAGES
        labelled = {row.kind for folder in pages for row in read_rows(folder)}
        assert labelled >= set(Kind) - {Kind.OTHER}
    names = " ".join(folder.name for folder in PAGES)
    assert [case for case in HARD_CASES if case not in names] == []
