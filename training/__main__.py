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
    LINES,
    PAGES,
    WHOLE,
    HeldOut,
    keep_page_folds,
    keep_text_folds,
    load_text_folds,
)
from bench.pages import Page, add_options, load_pages

from boilerkill.trees import save_trees
from training.grow import grow
from training.report import cross_validate, grow_folds, write_report
from training.samples import join, measure_pages
from training.text_report import write_text_report
from training.texts import grow_text_folds, grow_text_trees, measure_texts

PACKAGE = Path(__file__).parents[1] / "src" / "boilerkill"


def main() -> None:
    """Train, judge, and write the trees and the reports."""
    parser = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    add_options(parser)
    parser.add_argument(
        "--only", choices=("text", "html"), help="train the trees for one of them (default: both)"
    )
    arguments = parser.parse_args()
    pages = load_pages(arguments.pages)
    if arguments.only != "html":
        train_on_texts(pages)
    if arguments.only != "text":
        train_on_html(pages, HeldOut([], load_text_folds(arguments.pages)))


def train_on_texts(pages: Sequence[Page]) -> None:
    """Write the trees for text, and the report."""
    samples = measure_texts(pages)
    trees = grow_text_trees(samples)
    save_trees(trees.whole, PACKAGE / f"{WHOLE}.npz")
    save_trees(trees.lines, PACKAGE / f"{LINES}.npz")
    folds = grow_text_folds(samples)
    keep_text_folds(folds)
    report = PACKAGE / "text_trees.md"
    write_text_report(pages, trees, HeldOut([], folds), report)
    print(report.read_text("utf-8"))


def train_on_html(pages: Sequence[Page], held_out: HeldOut) -> None:
    """Write the trees for pages, and the report; `held_out` cleans the text that is left of one."""
    samples = measure_pages(pages)
    folds = grow_folds(samples)
    judged = cross_validate(samples, folds, held_out)
    trees = grow(*join(samples), samples[0].features)
    save_trees(trees, PACKAGE / f"{PAGES}.npz")
    keep_page_folds(folds)
    report = PACKAGE / f"{PAGES}.md"
    write_report(judged, trees, report)
    print(report.read_text("utf-8"))


if __name__ == "__main__":
    main()
