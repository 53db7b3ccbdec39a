"""Train the trees: ``python -m training`` (LightGBM is in the extra ``training``).

Reads the development pages, measures them, cross-validates by site, writes
``src/boilerkill/trees.npz`` and, beside it, ``trees.md``: what the training says of them.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

import numpy as np
from bench.pages import add_options, load_pages

from boilerkill.trees import Trees
from training.grow import grow
from training.report import cross_validate, write_report
from training.samples import join, measure_pages

PACKAGE = Path(__file__).parents[1] / "src" / "boilerkill"


def main() -> None:
    """Train, judge, and write the trees and the report."""
    parser = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    add_options(parser)
    parser.add_argument("--output", type=Path, default=PACKAGE / "trees.npz")
    arguments = parser.parse_args()
    samples = measure_pages(load_pages(arguments.pages))
    judged = cross_validate(samples)
    table, body, weight = join(samples)
    trees = grow(table, body, weight, samples[0].features)
    write_trees(trees, arguments.output)
    write_report(judged, trees, arguments.output.with_suffix(".md"))
    print(arguments.output.with_suffix(".md").read_text("utf-8"))


def write_trees(trees: Trees, file: Path) -> None:
    """Write trees as `boilerkill.trees.load_trees` reads them."""
    arrays: dict[str, Any] = dict(trees.arrays())
    with file.open("wb") as output:
        np.savez_compressed(output, **arrays)


if __name__ == "__main__":
    main()
