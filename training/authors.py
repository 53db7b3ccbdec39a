"""From the development pages to the weights for authors: ``python -m training.authors``.

A name on a page is evidence of its author by where it stands. What each piece of evidence weighs
is learned from the half of the sites that is to tune on (`bench.pages.in_part`), by logistic
regression; the weights go to ``src/boilerkill/metadata/weights.json``.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
from bench.gold import has_author, load_facts
from bench.metadata import read_metadata
from bench.pages import add_options, all_pages, in_part

__all__ = ["main"]

WEIGHTS = Path(__file__).parents[1] / "src" / "boilerkill" / "metadata" / "weights.json"

# Evidence on fewer names tells nothing; what is left is held back by so much.
LEAST_NAMES = 4
RIDGE = 1.0
ROUNDS = 30

# The likeliest name and others of its byline are taken from these log-odds on, the rest from those:
# one name on a page that has any is worth the risk, a further one that stands elsewhere is not.
FIRST, FURTHER = -1.2, 0.0

Floats = npt.NDArray[np.float64]


def main(arguments: Sequence[str] | None = None) -> None:
    """Learn the weights, and write them."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    add_options(parser)
    folder = parser.parse_args(arguments).pages
    facts = load_facts(folder)
    samples: list[tuple[set[str], bool]] = []
    for page in all_pages(folder):
        if in_part(page, "tune"):
            gold = facts[page.name].authors
            for candidate in read_metadata(page.html()).candidates:
                samples.append((candidate.evidence, has_author([candidate.name], gold)))
    counts = Counter(entry for evidence, _ in samples for entry in evidence)
    names = sorted(entry for entry, count in counts.items() if count >= LEAST_NAMES)
    table = np.array([[name in evidence for name in names] for evidence, _ in samples], float)
    right = np.array([label for _, label in samples], float)
    weights = fit(table, right)
    data = {
        "base": round(float(weights[-1]), 2),
        "first": FIRST,
        "further": FURTHER,
        "evidence": {
            name: round(float(weight), 2) for name, weight in zip(names, weights[:-1], strict=True)
        },
    }
    WEIGHTS.write_text(json.dumps(data, indent=1, ensure_ascii=False) + "\n", "utf-8")
    print(f"{len(samples)} names, {int(right.sum())} of them authors': {len(names)} weights")


def fit(table: Floats, right: Floats) -> Floats:
    """Return the weights of a logistic regression by Newton's method, the base last."""
    with_base = np.hstack([table, np.ones((len(table), 1))])
    ridge = np.full(with_base.shape[1], RIDGE)
    ridge[-1] = 0.0
    weights = np.zeros(with_base.shape[1])
    for _ in range(ROUNDS):
        chance = 1 / (1 + np.exp(-with_base @ weights))
        slope = with_base.T @ (right - chance) - ridge * weights
        bend = (with_base.T * (chance * (1 - chance))) @ with_base + np.diag(ridge)
        weights += np.linalg.solve(bend, slope)
    return np.asarray(weights)


if __name__ == "__main__":
    main()
