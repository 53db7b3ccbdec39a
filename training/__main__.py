"""Train the trees: ``python -m training`` (LightGBM is in the extra ``training``).

Reads the development pages, measures them as text and as HTML, grows trees, cross-validates by
site, and writes into ``src/boilerkill`` the trees (``*.npz``) and, beside them, what the training
says of them (``*.md``).
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from bench.held_out import (
    LEXICON,
    LINES,
    PAGES,
    WHOLE,
    HeldOut,
    keep_page_folds,
    keep_text_folds,
    load_held_out,
    load_page_folds,
    load_text_folds,
)
from bench.pages import Page, add_options, all_pages, load_pages, load_snippet_pages

from boilerkill.lexicon import save_lexicon
from boilerkill.stacked import AGAIN, StackedTrees, shipped_stacked
from boilerkill.trees import save_trees
from boilerkill.whole import TextTrees, shipped_text_trees
from training.kinds import (
    PARTS,
    cross_validate_kinds,
    grow_kind_trees,
    measure_corpus,
    measure_labelled,
)
from training.lexicon import Lexicons
from training.pieces import measure_piece_pages
from training.report import cross_validate, grow_folds, grow_page_trees, write_report
from training.samples import Sample, measure_pages
from training.text_report import write_text_report
from training.texts import (
    grow_text_folds,
    grow_text_trees,
    measure_piece_texts,
    measure_texts,
    whole_pages,
)

PACKAGE = Path(__file__).parents[1] / "src" / "boilerkill"


def main() -> None:
    """Train, judge, and write the trees and the reports."""
    parser = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    add_options(parser)
    parser.add_argument(
        "--only", choices=("text", "html", "kinds"), help="train one part (default: all)"
    )
    parser.add_argument(
        "--judge",
        action="store_true",
        help="grow nothing; judge the trees for pages and texts that are there",
    )
    arguments = parser.parse_args()
    if arguments.judge:
        judge(arguments.pages, arguments.only)
        return
    if arguments.only in (None, "kinds"):
        train_kinds([*all_pages(arguments.pages), *load_snippet_pages(arguments.pages)])
    if arguments.only == "kinds":
        return
    pages, pieces = load_pages(arguments.pages), load_snippet_pages(arguments.pages)
    if arguments.only != "html":
        train_on_texts(pages, pieces)
    if arguments.only != "text":
        train_on_html(pages, pieces, HeldOut([], load_text_folds(arguments.pages)))


def train_on_texts(pages: Sequence[Page], pieces: Sequence[Page]) -> None:
    """Write the trees for text, and the report."""
    samples, partly = measure_texts(pages), measure_piece_texts(pieces)
    lexicons = Lexicons(whole_pages(samples))
    trees = grow_text_trees(samples, partly, lexicons)
    save_trees(trees.whole, PACKAGE / f"{WHOLE}.npz")
    save_lexicon(trees.lexicon, PACKAGE / f"{LEXICON}.npz")
    save_stacked(trees.lines, LINES)
    folds = grow_text_folds(samples, partly, lexicons)
    keep_text_folds(folds)
    judge_texts(pages, trees, HeldOut([], folds))


def train_on_html(pages: Sequence[Page], pieces: Sequence[Page], held_out: HeldOut) -> None:
    """Write the trees for pages, and the report; `held_out` cleans the text that is left of one."""
    samples, partly = measure_pages(pages), measure_piece_pages(pieces)
    folds = grow_folds(samples, partly)
    save_stacked(grow_page_trees(samples, partly), PAGES)
    keep_page_folds(folds)
    judge_pages(samples, folds, held_out)


def judge(folder: Path, only: str | None) -> None:
    """Write the reports on trees anew: the way from scores to text has changed."""
    pages, held_out = load_pages(folder), load_held_out(folder)
    if only in (None, "text"):
        judge_texts(pages, shipped_text_trees(), held_out)
    if only in (None, "html"):
        judge_pages(measure_pages(pages), load_page_folds(folder), held_out)


def judge_texts(pages: Sequence[Page], trees: TextTrees, held_out: HeldOut) -> None:
    """Write the report on the trees for text."""
    report = PACKAGE / "text_trees.md"
    write_text_report(pages, trees, held_out, report)
    print(report.read_text("utf-8"))


def judge_pages(
    samples: Sequence[Sample], folds: Sequence[StackedTrees], held_out: HeldOut
) -> None:
    """Write the report on the trees for pages."""
    report = PACKAGE / f"{PAGES}.md"
    write_report(cross_validate(samples, folds, held_out), shipped_stacked(PAGES), report)
    print(report.read_text("utf-8"))


def train_kinds(pages: Sequence[Page]) -> None:
    """Write the trees that tell kinds, and say how good they are on pages not seen."""
    corpus, labelled = measure_corpus(), measure_labelled(pages)
    save_trees(grow_kind_trees([*corpus, *labelled]), PACKAGE / "kind_trees.npz")
    share = cross_validate_kinds(corpus, labelled)
    print(f"kinds: {share:.1%} right of the furniture of {len(corpus)} pages of corpus/, each told")
    print(f"by trees that have not seen the page (in {PARTS} parts)")


def save_stacked(trees: StackedTrees, name: str) -> None:
    """Write trees into the package."""
    save_trees(trees.first, PACKAGE / f"{name}.npz")
    save_trees(trees.second, PACKAGE / f"{name}{AGAIN}.npz")


if __name__ == "__main__":
    main()
