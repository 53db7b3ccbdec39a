"""The development pages, which are no part of the project, and what tools make of them."""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from courlan import extract_domain

__all__ = ["PARTS", "Page", "add_options", "all_pages", "in_part", "load_pages", "outputs"]

PAGES = Path(os.environ.get("BOILERKILL_PAGES", Path(__file__).parents[2] / "shared"))
CACHE = Path(tempfile.gettempdir()) / "boilerkill-bench"

PARTS = ("judge", "tune", "all")

# Changing it mixes what was tuned on into what judges.
SEED = "2024-05-31"


@dataclass(frozen=True)
class Page:
    """A page in HTML whose body is known.

    Attributes:
        name: Unique among all pages.
        dataset: The folder that it comes from, such as ``wcxb-dev``.
        kind: Its page type, such as ``article``.
        site: Whose page it is.
        gold: Its body, as people wrote it down.
        file: Where the HTML is.
    """

    name: str
    dataset: str
    kind: str
    site: str
    gold: str
    file: Path

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


def in_part(page: Page, part: str) -> bool:
    """Say whether a page is in a part: half of the sites are to tune on, the others judge.

    The seeded hash of its site tells, so that a site's pages are all in one part, and stay there
    whatever pages come or go.
    """
    to_tune = hashlib.sha256(f"{SEED} {page.site}".encode()).digest()[0] % 2 == 0
    return part == "all" or to_tune == (part == "tune")


def outputs(
    tool: str, package: str, run: Callable[[Page], str], pages: Sequence[Page]
) -> dict[str, str]:
    """Return what a tool makes of each page, by the page's name.

    It is kept in a folder for temporary files, by the version of the package that the tool is of.
    """
    file = CACHE / f"{tool}-{package}-{version(package)}.json"
    known: dict[str, list[str]] = json.loads(file.read_text("utf-8")) if file.exists() else {}
    missing = [page for page in pages if known.get(page.name, [""])[0] != _stamp(page)]
    for page in missing:
        known[page.name] = [_stamp(page), run(page)]
    if missing:
        CACHE.mkdir(parents=True, exist_ok=True)
        partial = file.with_suffix(f".{os.getpid()}")
        partial.write_text(json.dumps(known), "utf-8")
        partial.replace(file)
    return {page.name: known[page.name][1] for page in pages}


def _stamp(page: Page) -> str:
    stat = page.file.stat()
    return f"{page.file.resolve()} {stat.st_size} {stat.st_mtime_ns}"
