"""Grow boosted trees with LightGBM, and take them out of it as flat arrays."""

from __future__ import annotations

from typing import Any

import lightgbm
import numpy as np
import numpy.typing as npt

from boilerkill.trees import Trees

__all__ = ["grow"]

Floats = npt.NDArray[np.float32]

TREES = 300
PARAMETERS: dict[str, Any] = {
    "objective": "binary",
    "num_leaves": 31,
    "max_depth": 7,
    "learning_rate": 0.06,
    "min_data_in_leaf": 60,
    "feature_fraction": 0.3,
    "bagging_fraction": 0.8,
    "bagging_freq": 1,
    "lambda_l2": 10.0,
    "seed": 20240531,
    "deterministic": True,
    "max_bin": 127,
    "force_col_wise": True,
    "num_threads": 2,
    "verbose": -1,
}


def grow(
    table: Floats, body: npt.NDArray[np.float64], weight: npt.NDArray[np.float64],
    features: tuple[str, ...], rounds: int = TREES, **parameters: Any,
) -> Trees:  # fmt: skip
    """Grow trees that tell the body.

    Args:
        table: The measurements; (segments, features).
        body: 1 for body, 0 for the rest; (segments,).
        weight: What each segment counts; (segments,).
        features: The names of the measurements.
        rounds: How many trees.
        parameters: What differs from `PARAMETERS`.
    """
    data = lightgbm.Dataset(table, body, weight=weight)
    model = lightgbm.train({**PARAMETERS, **parameters}, data, num_boost_round=rounds)
    return _flatten([tree["tree_structure"] for tree in model.dump_model()["tree_info"]], features)


def _flatten(structures: list[dict[str, Any]], features: tuple[str, ...]) -> Trees:
    flat = [_nodes(structure) for structure in structures]
    size = max(map(len, flat))
    shape = (len(flat), size)
    feature, left, right = (np.zeros(shape, dtype=np.int32) for _ in range(3))
    threshold, value = (np.zeros(shape, dtype=np.float32) for _ in range(2))
    for tree, nodes in enumerate(flat):
        for number, node in enumerate(nodes):
            feature[tree, number], threshold[tree, number] = node[0], node[1]
            left[tree, number], right[tree, number], value[tree, number] = node[2:]
    depth = max(map(_depth, structures))
    return Trees(features, feature, threshold, left, right, value, depth)


Node = tuple[int, float, int, int, float]


def _nodes(root: dict[str, Any]) -> list[Node]:
    """Return the nodes of a tree, parents before their children."""
    order = [root]
    for node in order:
        if "left_child" in node:
            order += [node["left_child"], node["right_child"]]
    places = {id(node): number for number, node in enumerate(order)}
    found: list[Node] = []
    for number, node in enumerate(order):
        if "left_child" not in node:
            found.append((0, 0.0, number, number, node["leaf_value"]))
            continue
        # Measurements have four bytes, and so have thresholds: rounded up, they part the same.
        bound = np.nextafter(np.float32(node["threshold"]), np.float32(np.inf))
        nearest = np.float32(node["threshold"])
        found.append(
            (
                node["split_feature"],
                float(nearest if nearest >= node["threshold"] else bound),
                places[id(node["left_child"])],
                places[id(node["right_child"])],
                node["internal_value"],
            )
        )
    return found


def _depth(node: dict[str, Any]) -> int:
    if "left_child" not in node:
        return 0
    return 1 + max(_depth(node["left_child"]), _depth(node["right_child"]))
