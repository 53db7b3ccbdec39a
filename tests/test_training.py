"""Training: labels, and trees that say what LightGBM does."""

from __future__ import annotations

import io
from typing import Any

import numpy as np
import pytest
from training.labels import label_segments

from boilerkill.trees import load_trees

lightgbm: Any = pytest.importorskip(
    "lightgbm", reason="LightGBM grows the trees: install the extra `test` or `training`"
)

GOLD = """The ferry was late again on Monday.

Boats

Nobody on the quay was surprised by that."""

LABELS = {
    "The ferry was late again on Monday.": 1,
    "Boats": 1,
    "Nobody on the quay was surprised by that.": 1,
    "Read more about ferries in our archive": 0,
    "Home": 0,
}


def test_labels() -> None:
    assert label_segments(list(LABELS), GOLD).tolist() == list(LABELS.values())


def test_a_short_segment_is_labelled_by_where_it_stands() -> None:
    gold = "He sang, and then the rain began to fall."
    before = ["He sang, and then", "the rain", "began to fall."]
    assert label_segments(before, gold).tolist() == [1, 1, 1]
    assert label_segments(["the rain", "Share this page with friends"], gold).tolist() == [0, 0]


def toy() -> tuple[Any, Any, Any]:
    """Return a table of two measurements that tell the body, and one that does not."""
    random = np.random.default_rng(1)
    table = random.normal(size=(800, 3)).astype(np.float32)
    body = (table[:, 0] + table[:, 1] ** 2 > 0.5).astype(np.float64)
    return table, body, np.ones(len(table))


def test_trees_say_what_lightgbm_says() -> None:
    from training.grow import PARAMETERS, TREES, grow

    table, body, weight = toy()
    trees = grow(table, body, weight, ("a", "b", "c"))
    data = lightgbm.Dataset(table, body, weight=weight)
    model = lightgbm.train(PARAMETERS, data, num_boost_round=TREES)
    np.testing.assert_allclose(trees.log_odds(table), model.predict(table, raw_score=True), 1e-4)
    assert ((trees.log_odds(table) > 0) == body).mean() > 0.95


def test_trees_are_the_same_when_grown_again_and_when_read() -> None:
    from training.grow import grow

    trees = grow(*toy(), ("a", "b", "c"))
    again = grow(*toy(), ("a", "b", "c"))
    arrays: dict[str, Any] = dict(trees.arrays())
    file = io.BytesIO()
    np.savez_compressed(file, **arrays)
    file.seek(0)
    read = load_trees(file)
    for (name, one), (_, other), (_, third) in zip(
        trees.arrays(), again.arrays(), read.arrays(), strict=True
    ):
        assert np.array_equal(one, other), name
        assert np.array_equal(one, third), name
