"""Boosted trees as flat arrays, evaluated for all segments at once with numpy alone.

The trees are grown by ``training/`` and shipped as data (``trees.npz``, without pickled objects).
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import IO, Any

import numpy as np
import numpy.typing as npt

__all__ = ["Trees", "load_trees", "save_trees", "shipped_trees"]

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int32]


# So many rows are looked at at once, which bounds the memory.
ROWS = 1_024


@dataclass(frozen=True)
class Trees:
    """Trees whose values add up to log-odds; every array has a row a tree, a column a node.

    A leaf has itself for both of its children.

    Attributes:
        features: The names of the measurements, in the order of their columns.
        feature: Which measurement a node looks at.
        threshold: It goes left where the measurement is at most this.
        left: The node on the left.
        right: The node on the right.
        value: What the tree says if it ends here; at an inner node, on average.
        depth: The most steps from a root to a leaf.
    """

    features: tuple[str, ...]
    feature: Ints
    threshold: Floats
    left: Ints
    right: Ints
    value: Floats
    depth: int

    def log_odds(self, table: Floats) -> npt.NDArray[np.float64]:
        """Return the log-odds of each row; (rows,).

        Args:
            table: The measurements; (rows, features).
        """
        parts = [self._log_odds(table[at : at + ROWS]) for at in range(0, len(table), ROWS)]
        return np.concatenate(parts) if parts else np.zeros(0)

    def _log_odds(self, table: Floats) -> npt.NDArray[np.float64]:
        trees, nodes = self.feature.shape
        base = np.arange(trees) * nodes
        feature, threshold = self.feature.ravel(), self.threshold.ravel()
        children = (
            np.stack([self.right.ravel(), self.left.ravel()], axis=1)
            + np.repeat(base, nodes)[:, None]
        )
        flat = np.ascontiguousarray(table, dtype=np.float32).ravel()
        row = (np.arange(len(table)) * table.shape[1])[:, None]
        at = np.broadcast_to(base, (len(table), trees))
        for _ in range(self.depth):
            goes_left = flat[row + feature[at]] <= threshold[at]
            at = children[at, goes_left.astype(np.int8)]
        return np.asarray(self.value.ravel()[at].sum(axis=1, dtype=np.float64))

    @functools.cached_property
    def base(self) -> float:
        """The log-odds before anything is measured."""
        return float(self.value[:, 0].sum(dtype=np.float64))

    def arrays(self) -> Iterator[tuple[str, npt.NDArray[np.generic]]]:
        """Yield the arrays by name, as they are shipped."""
        yield "features", np.array(self.features)
        for name in ("feature", "threshold", "left", "right", "value"):
            yield name, getattr(self, name)
        yield "depth", np.array(self.depth)


def load_trees(file: IO[bytes]) -> Trees:
    """Read trees as `Trees.arrays` names them.

    Raises:
        ValueError: If an array is missing, of another shape, or points out of its tree.
    """
    with np.load(file, allow_pickle=False) as arrays:
        try:
            trees = Trees(
                features=tuple(arrays["features"].tolist()),
                feature=arrays["feature"].astype(np.int32),
                threshold=arrays["threshold"].astype(np.float32),
                left=arrays["left"].astype(np.int32),
                right=arrays["right"].astype(np.int32),
                value=arrays["value"].astype(np.float32),
                depth=int(arrays["depth"]),
            )
        except KeyError as missing:
            raise ValueError(f"the trees lack {missing}") from None
    shape = trees.feature.shape
    same = {trees.threshold.shape, trees.left.shape, trees.right.shape, trees.value.shape}
    if len(shape) != 2 or same != {shape}:
        raise ValueError("the arrays of the trees differ in shape")
    for name, values, bound in (
        ("feature", trees.feature, len(trees.features)),
        ("left", trees.left, shape[1]),
        ("right", trees.right, shape[1]),
    ):
        if values.size and not 0 <= int(values.min()) <= int(values.max()) < bound:
            raise ValueError(f"{name} of the trees points out of bounds")
    return trees


def save_trees(trees: Trees, file: Path) -> None:
    """Write trees as `load_trees` reads them."""
    arrays: dict[str, Any] = dict(trees.arrays())
    with file.open("wb") as output:
        np.savez_compressed(output, **arrays)


@functools.cache
def shipped_trees(name: str = "trees") -> Trees:
    """Return trees that boilerkill ships, by the name of their file."""
    with (resources.files("boilerkill") / f"{name}.npz").open("rb") as file:
        return load_trees(file)
