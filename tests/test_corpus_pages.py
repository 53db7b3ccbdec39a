"""Every page of corpus/: what goes and what stays, exactly as a reader labelled it.

A page is a folder with `page.txt`, the scraped text, and `expected.tsv`: for each line of it, or
each part of a line where several are glued together, its kind, a tab, and its text. A new folder
is a new test.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

import promises
from boilerkill import Kind, normalize, separate
from quotation_finder import nested_quotations
from strategies import CORPUS

KEPT_KINDS = frozenset((Kind.BODY, Kind.HEADING, Kind.TITLE))

PAGES = sorted(path.parent for path in CORPUS.glob("*/page.txt"))

LEAST_PAGES = 60
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


def read_page(folder: Path) -> str:
    return (folder / "page.txt").read_text("utf-8")


def read_rows(folder: Path) -> list[Row]:
    lines = (folder / "expected.tsv").read_text("utf-8").splitlines()
    return [Row(Kind(kind), text) for kind, text in (line.split("\t") for line in lines)]


def outcomes(source: str, rows: list[Row]) -> Iterator[tuple[Row, Outcome]]:
    """Yield each row with what became of its characters."""
    fates = [
        (segment.kind, segment.kept)
        for segment in separate(source).segments
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


def folder_name(folder: Path) -> str:
    return folder.name


@pytest.fixture(params=PAGES, ids=folder_name)
def folder(request: pytest.FixtureRequest) -> Path:
    path: Path = request.param
    return path


def test_a_page_is_labelled_as_a_whole(folder: Path) -> None:
    rows = read_rows(folder)
    page = promises.squeeze(read_page(folder))
    assert page == "".join(promises.squeeze(row.text) for row in rows)
    assert page == promises.squeeze(normalize(read_page(folder))), "page.txt needs repair"


def test_labels_keep_what_is_quoted(folder: Path) -> None:
    kept = " ".join(row.text for row in read_rows(folder) if row.kind in KEPT_KINDS)
    for item in nested_quotations(normalize(read_page(folder))):
        assert promises.squeeze(item) in promises.squeeze(kept)


def test_what_stays_and_what_goes(folder: Path) -> None:
    wrong = [
        f"{'stays' if row.kind in KEPT_KINDS else 'goes'}, {row.kind}: {row.text!r} was {outcome}"
        for row, outcome in outcomes(read_page(folder), read_rows(folder))
        if (outcome.removed if row.kind in KEPT_KINDS else outcome.kept)
    ]
    assert not wrong, "\n".join([f"corpus/{folder.name}:", *wrong])


def test_what_goes_is_named(folder: Path) -> None:
    wrong = [
        f"{row.kind}: {row.text!r} was {outcome}"
        for row, outcome in outcomes(read_page(folder), read_rows(folder))
        if row.kind not in KEPT_KINDS and outcome.removed - {row.kind}
    ]
    assert not wrong, "\n".join([f"corpus/{folder.name}:", *wrong])


def test_promises_hold(folder: Path) -> None:
    source = read_page(folder)
    promises.check_all(source)
    promises.check_all(" ".join(source.split()))


def test_there_are_pages_of_every_kind() -> None:
    assert len(PAGES) >= LEAST_PAGES
    assert len({folder.name.partition("-")[0] for folder in PAGES}) >= LEAST_LANGUAGES
    names = " ".join(folder.name for folder in PAGES)
    assert [case for case in HARD_CASES if case not in names] == []
    labelled = {row.kind for folder in PAGES for row in read_rows(folder)}
    assert labelled >= set(Kind) - {Kind.OTHER}
