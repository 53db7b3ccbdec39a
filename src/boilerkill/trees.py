"""Boosted trees as flat arrays, evaluated for all segments at once.

That is done by numpy alone or, where it could be compiled (see ``hatch_build.py``), by
`boilerkill.descent`: faster, with the same numbers. The trees are grown by ``training/`` and
shipped as data (``trees.npz``, without pickled objects).
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass, replace
from importlib import resources
from pathlib import Path
from typing import IO, Any, NamedTuple

import numpy as np
import numpy.typing as npt

from boilerkill.arrays import open_arrays

try:
    from boilerkill.descent import descend
except ImportError:
    descend = None  # type: ignore[assignment]

__all__ = ["Trees", "load_trees", "save_trees", "shipped_trees"]

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int32]

# The arrays that have a row a tree.
_ARRAYS = ("feature", "threshold", "left", "right", "value")
# So many rows are looked at at once: what is worked out for each of them, a number a tree, stays in
# the cache of the processor.
ROWS = 128


# A node as the compiled code knows it; it has the right child first.
NODE = np.dtype([("feature", np.intc), ("threshold", np.float32), ("children", np.intc, 2)])


class _Nodes(NamedTuple):
    """The nodes of all trees in one row, one tree behind the other.

    `children` has the right child of each node and behind it the left one, so that twice the
    number of a node, and one more where it goes left, is the place of the next.
    """

    roots: npt.NDArray[np.intp]
    feature: npt.NDArray[np.intp]
    threshold: Floats
    children: npt.NDArray[np.intp]
    value: Floats


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

        Raises:
            ValueError: If it has not a column for each feature.
        """
        if table.shape[1:] != (len(self.features),):
            raise ValueError(f"expected {len(self.features)} features, got {table.shape[1:]}")
        told = self.told_by_numpy if descend is None else self.told_compiled
        parts = [
            told(table[at : at + ROWS]).sum(axis=1, dtype=np.float64)
            for at in range(0, len(table), ROWS)
        ]
        return np.concatenate(parts) if parts else np.zeros(0)

    def told_compiled(self, table: Floats) -> Floats:
        """Return what each tree says of each row; (rows, trees)."""
        told = np.empty((len(table), len(self.value)), dtype=np.float32)
        table = np.ascontiguousarray(table, dtype=np.float32)
        descend(table, self._bytes, self.value, self.depth, told)
        return told

    def told_by_numpy(self, table: Floats) -> Floats:
        """Return the same, more slowly."""
        nodes = self._nodes
        flat = np.ascontiguousarray(table, dtype=np.float32).ravel()
        row = (np.arange(len(table)) * table.shape[1])[:, None]
        at = np.broadcast_to(nodes.roots, (len(table), len(nodes.roots)))
        # `take` is several times as fast as to index by an array, which means the same.
        for _ in range(self.depth):
            goes_left = flat.take(nodes.feature.take(at) + row) <= nodes.threshold.take(at)
            at = nodes.children.take(2 * at + goes_left)
        return nodes.value.take(at)

    @functools.cached_property
    def _bytes(self) -> npt.NDArray[np.uint8]:
        """The nodes of each tree as the compiled code knows them; (trees, bytes)."""
        nodes = np.empty(self.feature.shape, dtype=NODE)
        nodes["feature"], nodes["threshold"] = self.feature, self.threshold
        nodes["children"] = np.stack([self.right, self.left], axis=2)
        return nodes.view(np.uint8)

    @functools.cached_property
    def _nodes(self) -> _Nodes:
        """The nodes of all trees in one row."""
        trees, nodes = self.feature.shape
        roots = np.arange(trees, dtype=np.intp) * nodes
        children = np.stack([self.right, self.left], axis=2) + roots[:, None, None]
        return _Nodes(
            roots=roots,
            feature=self.feature.ravel().astype(np.intp),
            threshold=self.threshold.ravel(),
            children=children.ravel(),
            value=self.value.ravel(),
        )

    def every(self, step: int, start: int) -> Trees:
        """Return some of the trees: the one at `start`, and each that is so many behind."""
        arrays = {name: getattr(self, name)[start::step].copy() for name in _ARRAYS}
        return replace(self, **arrays)

    @functools.cached_property
    def base(self) -> float:
        """The log-odds before anything is measured."""
        return float(self.value[:, 0].sum(dtype=np.float64))

    def arrays(self) -> Iterator[tuple[str, npt.NDArray[np.generic]]]:
        """Yield the arrays by name, as they are shipped."""
        yield "features", np.array(self.features)
        for name in _ARRAYS:
            yield name, getattr(self, name)
        yield "depth", np.array(self.depth)


def load_trees(file: IO[bytes]) -> Trees:
    """Read trees as `Trees.arrays` names them.

    Raises:
        ValueError: If it is no such file; if an array is missing, of another shape, or points out
            of its tree; if a tree has a cycle, or a value is no number.
    """
    trees = _read(file)
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
    if not np.isfinite(trees.threshold).all() or not np.isfinite(trees.value).all():
        raise ValueError("a value of the trees is no finite number")
    if not shape[1] or not _steps(trees) <= trees.depth <= shape[1]:
        raise ValueError("the trees are not of the depth that they should have")
    return trees


def _read(file: IO[bytes]) -> Trees:
    with open_arrays(file, "the file of trees") as arrays:
        return Trees(
            features=tuple(arrays["features"].tolist()),
            feature=arrays["feature"].astype(np.int32),
            threshold=arrays["threshold"].astype(np.float32),
            left=arrays["left"].astype(np.int32),
            right=arrays["right"].astype(np.int32),
            value=arrays["value"].astype(np.float32),
            depth=int(arrays["depth"]),
        )


def _steps(trees: Trees) -> int:
    """Return the most steps from a root to a leaf; more than there are nodes in a cycle."""
    count, nodes = trees.left.shape
    leaves = (trees.left == np.arange(nodes)) & (trees.right == np.arange(nodes))
    tree, node = np.arange(count), np.zeros(count, dtype=np.int64)
    for steps in range(nodes):
        inner = ~leaves[tree, node]
        tree, node = tree[inner], node[inner]
        if not len(tree):
            return steps
        reached = np.zeros((count, nodes), dtype=bool)
        reached[tree, trees.left[tree, node]] = True
        reached[tree, trees.right[tree, node]] = True
        tree, node = reached.nonzero()
    return int(nodes) + 1


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
