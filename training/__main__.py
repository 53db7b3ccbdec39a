"""Train the trees: ``python -m training`` (LightGBM is in the extra ``training``).

Reads the development pages, measures them, cross-validates by site, writes
``src/boilerkill/trees.npz`` and, beside it, ``trees.md``: what the training says of them.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from bench.held_out import keep_folds
from bench.pages import add_options, load_pages

from boilerkill.trees import save_trees
from training.grow import grow
from training.report import cross_validate, grow_folds, write_report
from training.samples import join, measure_pages

PACKAGE = Path(__file__).parents[1] / "src" / "boilerkill"


def main() -> None:
    """Train, judge, and write the trees and the report."""
    parser = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    add_options(parser)
    parser.add_argument("--output", type=Path, default=PACKAGE / "trees.npz")
    arguments = parser.parse_args()
    samples = measure_pages(load_pages(arguments.pages))
    folds = grow_folds(samples)
    judged = cross_validate(samples, folds)
    table, body, weight = join(samples)
    trees = grow(table, body, weight, samples[0].features)
    save_trees(trees, arguments.output)
    keep_folds(folds, arguments.output)
    write_report(judged, trees, arguments.output.with_suffix(".md"))
    print(arguments.output.with_suffix(".md").read_text("utf-8"))


if __name__ == "__main__":
    main()
