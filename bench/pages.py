"""The development pages, which are no part of the project."""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from courlan import extract_domain

__all__ = [
    "CACHE", "PARTS", "Page", "Snippets", "add_options", "add_part", "all_pages", "in_part",
    "language", "load_pages", "load_snippet_pages",
]  # fmt: skip

PAGES = Path(os.environ.get("BOILERKILL_PAGES", Path(__file__).parents[2] / "shared"))
# What is kept from one run to the next.
CACHE = Path(tempfile.gettempdir()) / "boilerkill-bench"

PARTS = ("judge", "tune", "all")

# Changing it mixes what was tuned on into what judges.
SEED = "2024-05-31"


@dataclass(frozen=True)
class Snippets:
    """Pieces of a page's text.

    Attributes:
        body: Those of its body.
        others: Those that are no part of it.
        comments: Those of readers' comments.
    """

    body: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    comments: tuple[str, ...] = ()


@dataclass(frozen=True)
class Page:
    """A page in HTML of which is known what its body is, or pieces of that.

    Attributes:
        name: Unique among all pages.
        dataset: The folder that it comes from, such as ``wcxb-dev``.
        kind: Its page type, such as ``article``.
        site: Whose page it is.
        gold: Its body, as people wrote it down; empty if only pieces are known.
        file: Where the HTML is.
        snippets: The pieces.
    """

    name: str
    dataset: str
    kind: str
    site: str
    gold: str
    file: Path
    snippets: Snippets = Snippets()

    def html(self) -> str:
        """Return the page, decoded as resiliparse finds right."""
        from resiliparse.parse.encoding import bytes_to_str, detect_encoding

        data = gzip.decompress(self.file.read_bytes())
        return str(bytes_to_str(data, detect_encoding(data) or "utf-8"))


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options that all measurements over development pages have."""
    parser.add_argument(
        "--pages",
        type=Path,
        default=PAGES,
        help="the folder of development pages (default: BOILERKILL_PAGES, or ../shared)",
    )


def add_part(parser: argparse.ArgumentParser, default: str) -> None:
    """Add the option that chooses a part of the sites."""
    parser.add_argument(
        "--part",
        choices=PARTS,
        default=default,
        help="which half of the sites: the one to judge by, the one to tune on, or both "
        f"(default: {default})",
    )


def load_pages(folder: Path) -> list[Page]:
    """Return the pages of wcxb-dev and fundus-dev whose HTML is there and whose body is known."""
    return [page for page in all_pages(folder) if page.gold]


def all_pages(folder: Path) -> list[Page]:
    """Return the pages of wcxb-dev and fundus-dev whose HTML is there."""
    pages = [page for page in (*_wcxb(folder), *_fundus(folder)) if page.file.exists()]
    if not pages:
        raise SystemExit(f"no development pages in {folder} (set BOILERKILL_PAGES)")
    return pages


def _wcxb(folder: Path) -> Iterator[Page]:
    for file in sorted((folder / "wcxb-dev" / "ground-truth").glob("*.json")):
        page = json.loads(file.read_text("utf-8"))
        address = page.get("url") or file.stem
        yield Page(
            name=f"wcxb-dev/{file.stem}",
            dataset="wcxb-dev",
            kind=page["_internal"]["page_type"]["primary"],
            site=extract_domain(address) or address,
            gold=page["ground_truth"].get("main_content") or "",
            file=folder / "wcxb-dev" / "html" / f"{file.stem}.html.gz",
        )


def _fundus(folder: Path) -> Iterator[Page]:
    file = folder / "fundus-dev" / "pages.json"
    pages = json.loads(file.read_text("utf-8")) if file.exists() else {}
    for name, page in sorted(pages.items()):
        yield Page(
            name=f"fundus-dev/{name}",
            dataset="fundus-dev",
            kind="news",
            site=name.partition("_")[0],
            gold=page["body"] or "",
            file=folder / "fundus-dev" / "html" / page["file"],
        )


def load_snippet_pages(folder: Path) -> list[Page]:
    """Return the pages of trafilatura-dev, of which only pieces are known."""
    file = folder / "trafilatura-dev" / "pages.json"
    if not file.exists():
        raise SystemExit(f"no trafilatura-dev in {folder} (set BOILERKILL_PAGES)")
    return [
        Page(
            name=f"trafilatura-dev/{address}",
            dataset="trafilatura-dev",
            kind="article",
            site=extract_domain(address) or address,
            gold="",
            file=folder / "trafilatura-dev" / "html" / page["file"],
            snippets=Snippets(
                tuple(page["with"]), tuple(page["without"]), tuple(page.get("comments", ()))
            ),
        )
        for address, page in sorted(json.loads(file.read_text("utf-8")).items())
    ]


def in_part(page: Page, part: str) -> bool:
    """Say whether a page is in a part: half of the sites are to tune on, the others judge.

    The seeded hash of its site tells, so that a site's pages are all in one part, and stay there
    whatever pages come or go.
    """
    to_tune = hashlib.sha256(f"{SEED} {page.site}".encode()).digest()[0] % 2 == 0
    return part == "all" or to_tune == (part == "tune")


def language(text: str) -> str:
    """Return the language that a text is in, by its code."""
    from py3langid import classify

    return str(classify(text)[0])
