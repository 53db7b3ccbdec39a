"""boilerkill as it does on sites that it has not seen.

The trees that it ships have learned from the development pages, so that what they make of those
says little. Here each page is judged by trees that were grown on other sites. They are kept in a
folder for temporary files, by what the shipped trees are; ``python -m training`` puts them there,
and where they are missing they are grown (some minutes, with the extra ``training``).
"""

from __future__ import annotations

import contextlib
import hashlib
import sys
from collections.abc import Iterator, Sequence
from importlib import resources
from pathlib import Path

from bench.pages import CACHE, Page, load_pages, load_snippet_pages
from boilerkill import normalize
from boilerkill.decide import Decision, settle
from boilerkill.lexicon import Lexicon, load_lexicon, save_lexicon
from boilerkill.options import Options
from boilerkill.pages import decide_page
from boilerkill.stacked import AGAIN, StackedTrees
from boilerkill.trees import Trees, load_trees, save_trees
from boilerkill.whole import TextTrees

__all__ = [
    "FOLDS", "LEXICON", "LINES", "PAGES", "WHOLE", "HeldOut", "fold_of", "keep_page_folds",
    "keep_text_folds", "load_held_out", "load_page_folds", "load_text_folds",
]  # fmt: skip

FOLDS = 4
SEED = "fold"


def fold_of(site: str) -> int:
    """Return which trees have not seen a site."""
    return hashlib.sha256(f"{SEED} {site}".encode()).digest()[0] % FOLDS


# The files that boilerkill ships, of trees and of what words say.
LEXICON = "lexicon"
PAGES = "trees"
WHOLE = "whole_trees"
LINES = "line_trees"


class HeldOut:
    """boilerkill, with trees that have not seen the site of the page at hand."""

    def __init__(self, page_trees: Sequence[StackedTrees], text_trees: Sequence[TextTrees]) -> None:
        """Take the trees of each fold, for pages and for texts; see `fold_of`."""
        self._page_trees = page_trees
        self._text_trees = text_trees

    def from_html(self, page: Page, html: str) -> str:
        """Return what ``clean(html, format="html")`` would."""
        trees = self._page_trees[fold_of(page.site)]
        return self.from_text(page, decide_page(html, Options(), trees).render())

    def from_text(self, page: Page, text: str) -> str:
        """Return what ``clean(text)`` would."""
        return self.passes(page, text)[-1].reading.text

    def passes(self, page: Page, text: str) -> list[Decision]:
        """Return what is decided of a text, pass by pass."""
        return settle(normalize(text), Options(), self._text_trees[fold_of(page.site)])


def load_held_out(folder: Path) -> HeldOut:
    """Return boilerkill with the trees of each fold, growing them where they are missing.

    Args:
        folder: The development pages.
    """
    return HeldOut(load_page_folds(folder), load_text_folds(folder))


def load_page_folds(folder: Path) -> list[StackedTrees]:
    """Return the trees of each fold for pages, growing them where they are missing."""
    if not _kept(PAGES):
        with _growing():
            from training.pieces import measure_piece_pages
            from training.report import grow_folds
            from training.samples import measure_pages

            pieces = measure_piece_pages(load_snippet_pages(folder))
            keep_page_folds(grow_folds(measure_pages(load_pages(folder)), pieces))
    return [_load_stacked(PAGES, fold) for fold in range(FOLDS)]


def load_text_folds(folder: Path) -> list[TextTrees]:
    """Return the trees of each fold for texts, growing them where they are missing."""
    if not (_kept(WHOLE) and _kept(LEXICON) and _kept(LINES)):
        with _growing():
            from training.lexicon import Lexicons
            from training.texts import (
                grow_text_folds,
                measure_piece_texts,
                measure_texts,
                whole_pages,
            )

            pieces = measure_piece_texts(load_snippet_pages(folder))
            samples = measure_texts(load_pages(folder))
            keep_text_folds(grow_text_folds(samples, pieces, Lexicons(whole_pages(samples))))
    return [
        TextTrees(_load(WHOLE, fold), _load_lexicon(fold), _load_stacked(LINES, fold))
        for fold in range(FOLDS)
    ]


def keep_page_folds(folds: Sequence[StackedTrees]) -> None:
    """Keep the trees of each fold for pages, grown as the shipped ones were."""
    for fold, trees in enumerate(folds):
        _save_stacked(trees, PAGES, fold)


def keep_text_folds(folds: Sequence[TextTrees]) -> None:
    """Keep the trees of each fold for texts, grown as the shipped ones were."""
    for fold, trees in enumerate(folds):
        _save(trees.whole, WHOLE, fold)
        _save_stacked(trees.lines, LINES, fold)
        save_lexicon(trees.lexicon, _file(LEXICON, fold))


@contextlib.contextmanager
def _growing() -> Iterator[None]:
    print("growing the trees that have not seen a site; some minutes", file=sys.stderr)
    try:
        yield
    except ImportError as missing:
        raise SystemExit(f"{missing}: pip install '.[training]', to grow trees") from None


def _kept(name: str) -> bool:
    names = (name,) if name in (WHOLE, LEXICON) else (name, name + AGAIN)
    return all(_file(each, fold).exists() for each in names for fold in range(FOLDS))


def _file(name: str, fold: int) -> Path:
    shipped = (resources.files("boilerkill") / f"{name}.npz").read_bytes()
    return CACHE / f"{name}-{hashlib.sha256(shipped).hexdigest()[:16]}-fold-{fold}.npz"


def _save(trees: Trees, name: str, fold: int) -> None:
    CACHE.mkdir(parents=True, exist_ok=True)
    save_trees(trees, _file(name, fold))


def _save_stacked(trees: StackedTrees, name: str, fold: int) -> None:
    _save(trees.first, name, fold)
    _save(trees.second, name + AGAIN, fold)


def _load_stacked(name: str, fold: int) -> StackedTrees:
    return StackedTrees(_load(name, fold), _load(name + AGAIN, fold))


def _load_lexicon(fold: int) -> Lexicon:
    with _file(LEXICON, fold).open("rb") as opened:
        return load_lexicon(opened)


def _load(name: str, fold: int) -> Trees:
    with _file(name, fold).open("rb") as opened:
        return load_trees(opened)
