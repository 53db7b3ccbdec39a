"""How good the trees are on sites that they have not seen."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from bench.held_out import FOLDS, HeldOut, fold_of
from bench.pages import Page
from bench.scores import Gold, Score, mean_f1

from boilerkill.measure.markup import FEATURES
from boilerkill.options import Options
from boilerkill.pages import decide_page
from boilerkill.stacked import StackedTrees
from boilerkill.trees import Trees
from training.pieces import PieceSample, teach
from training.samples import Sample
from training.stacked import Recipe, grow_stacked

__all__ = [
    "Judged", "cross_validate", "grow_folds", "grow_page_trees", "most_used", "scores_by_kind",
    "size", "write_report",
]  # fmt: skip

# Scores are compared with what is true in so many equal parts.
PARTS = 10
# So many of the most useful measurements are named.
NAMED = 40


@dataclass(frozen=True)
class Judged:
    """A page as trees see it that have not seen its site.

    Attributes:
        sample: The page.
        odds: The log-odds of its segments.
        score: What `clean` makes of it.
    """

    sample: Sample
    odds: npt.NDArray[np.float64]
    score: Score


BLOCKS = Recipe(
    FEATURES, groups=True, first={"rounds": 150, "learning_rate": 0.1}, second={"rounds": 300}
)


def grow_page_trees(samples: Sequence[Sample], pieces: Sequence[PieceSample]) -> StackedTrees:
    """Grow trees on pages that are known, and on others that trees teach which have seen these.

    Args:
        samples: Pages whose body is known.
        pieces: Pages of which only pieces are known.
    """
    taught = teach(pieces, BLOCKS.grow_first(samples)) if pieces else []
    return grow_stacked([*samples, *taught], BLOCKS)


def grow_folds(samples: Sequence[Sample], pieces: Sequence[PieceSample]) -> list[StackedTrees]:
    """Grow the trees of each fold on the sites of the others."""
    return [
        grow_page_trees(
            [each for each in samples if fold_of(each.page.site) != fold],
            [each for each in pieces if fold_of(each.sample.page.site) != fold],
        )
        for fold in range(FOLDS)
    ]


def cross_validate(
    samples: Sequence[Sample], folds: Sequence[StackedTrees], held_out: HeldOut
) -> list[Judged]:
    """Judge every page by trees that were grown on other sites.

    Args:
        samples: The pages.
        folds: The trees of each fold.
        held_out: boilerkill with these trees.
    """
    judged: list[Judged] = []
    for sample in samples:
        trees = folds[fold_of(sample.page.site)]
        decision = decide_page(sample.page.html(), Options(), trees)
        gold = Gold(sample.page.gold, decision.reading.text)
        judged.append(
            Judged(
                sample,
                decision.odds,
                gold.score(held_out.from_text(sample.page, decision.render())),
            )
        )
    return judged


def write_report(judged: Sequence[Judged], trees: StackedTrees, file: Path) -> None:
    """Write what the cross-validation says, by data set and page type, and what weighs most."""
    lines = [
        "# The trees",
        "",
        f"Written by `python -m training`: {size(trees)}, grown on {len(judged)} pages",
        "and on those of which pieces are known.",
        "",
        f"Cross-validated in {FOLDS} parts, no site in two of them: word F1 of `clean`, and the",
        "quotations of the gold text that it lost.",
        "",
    ]
    lines += scores_by_kind([(each.sample.page, each.score) for each in judged])
    lines += ["", "How often segments with a score are body, by words:", "", "| score | body |"]
    lines += ["| --- | ---: |", *_calibration(judged), "", "What the trees look at most:", ""]
    lines += [f"- {name}: {count}" for name, count in most_used(trees.second)]
    file.write_text("\n".join(lines) + "\n", "utf-8")


def scores_by_kind(judged: Sequence[tuple[Page, Score]]) -> list[str]:
    """Return a table of F1 and lost quotations, by data set and page type."""
    by_kind: dict[tuple[str, str], list[Score]] = defaultdict(list)
    for page, score in judged:
        by_kind[page.dataset, "all"].append(score)
        by_kind[page.dataset, page.kind].append(score)
    lines = ["| pages | | F1 | quotations lost |", "| --- | ---: | ---: | ---: |"]
    for (dataset, kind), scores in sorted(by_kind.items()):
        lost = sum(score.lost for score in scores)
        total = sum(score.quotations for score in scores)
        lines.append(
            f"| {dataset}, {kind} | {len(scores)} | {mean_f1(scores):.4f} | {lost} of {total} |"
        )
    return lines


def size(trees: StackedTrees) -> str:
    """Say how many trees there are, and over how many measurements."""
    first, second = (
        f"{len(each.feature)} trees over {len(each.features)} measurements"
        for each in (trees.first, trees.second)
    )
    return f"{first}, then {second}"


def _calibration(judged: Sequence[Judged]) -> list[str]:
    scores = np.concatenate([1 / (1 + np.exp(-each.odds)) for each in judged])
    body = np.concatenate([each.sample.body for each in judged])
    words = np.concatenate([each.sample.words for each in judged])
    part = np.minimum((scores * PARTS).astype(int), PARTS - 1)
    shares = np.bincount(part, body * words, PARTS) / np.maximum(np.bincount(part, words, PARTS), 1)
    return [
        f"| {number / PARTS:.1f} to {(number + 1) / PARTS:.1f} | {share:.2f} |"
        for number, share in enumerate(shares)
    ]


def most_used(trees: Trees) -> list[tuple[str, int]]:
    """Return the measurements that trees look at most, and how often."""
    inner = trees.left != np.arange(trees.left.shape[1])
    counts = Counter(trees.features[place] for place in trees.feature[inner].tolist())
    return counts.most_common(NAMED)
