"""boilerkill as it does on sites that it has not seen.

The trees that it ships have learned from the development pages, so that what they make of those
says little. Here each page is judged by trees that were grown on other sites. They are kept in a
folder for temporary files, by what the shipped trees are; ``python -m training`` puts them there,
and where they are missing they are grown (some minutes, with the extra ``training``).
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Sequence
from importlib import resources
from pathlib import Path

from bench.pages import CACHE, Page, load_pages
from boilerkill import clean
from boilerkill.decide import Options
from boilerkill.pages import decide_page
from boilerkill.trees import Trees, load_trees, save_trees

__all__ = ["FOLDS", "HeldOut", "fold_of", "keep_folds", "load_held_out"]

FOLDS = 4
SEED = "fold"


def fold_of(site: str) -> int:
    """Return which trees have not seen a site."""
    return hashlib.sha256(f"{SEED} {site}".encode()).digest()[0] % FOLDS


class HeldOut:
    """boilerkill, with trees that have not seen the site of the page at hand."""

    def __init__(self, page_trees: Sequence[Trees]) -> None:
        """Take the trees of each fold for pages; see `fold_of`."""
        self._page_trees = page_trees

    def from_html(self, page: Page, html: str) -> str:
        """Return what ``clean(html, format="html")`` would."""
        trees = self._page_trees[fold_of(page.site)]
        return self.from_text(page, decide_page(html, Options(), trees).render())

    def from_text(self, page: Page, text: str) -> str:
        """Return what ``clean(text)`` would: its weights are set by hand, and know no page."""
        return clean(text)


def load_held_out(folder: Path) -> HeldOut:
    """Return boilerkill with the trees of each fold, growing them where they are missing.

    Args:
        folder: The development pages.
    """
    with resources.as_file(resources.files("boilerkill") / "trees.npz") as shipped:
        files = _files(shipped)
    if not all(file.exists() for file in files):
        print("growing the trees that have not seen a site; some minutes", file=sys.stderr)
        _save(_grow(folder), files)
    return HeldOut([_load(file) for file in files])


def keep_folds(folds: Sequence[Trees], shipped: Path) -> None:
    """Keep the trees of each fold, grown as those in a file were."""
    _save(folds, _files(shipped))


def _grow(folder: Path) -> Sequence[Trees]:
    try:
        from training.report import grow_folds
        from training.samples import measure_pages
    except ImportError as missing:
        raise SystemExit(f"{missing}: pip install '.[training]', to grow trees") from None
    return grow_folds(measure_pages(load_pages(folder)))


def _files(shipped: Path) -> list[Path]:
    digest = hashlib.sha256(shipped.read_bytes()).hexdigest()[:16]
    return [CACHE / f"trees-{digest}-fold-{fold}.npz" for fold in range(FOLDS)]


def _save(folds: Sequence[Trees], files: Sequence[Path]) -> None:
    CACHE.mkdir(parents=True, exist_ok=True)
    for trees, file in zip(folds, files, strict=True):
        save_trees(trees, file)


def _load(file: Path) -> Trees:
    with file.open("rb") as opened:
        return load_trees(opened)
