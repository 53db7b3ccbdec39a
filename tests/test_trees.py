"""Trees: compiled or not, they say the same."""

from __future__ import annotations

from importlib.util import find_spec

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from boilerkill.trees import Trees, shipped_trees

compiled = pytest.mark.skipif(find_spec("boilerkill.descent") is None, reason="nothing is compiled")

SHIPPED = ("trees", "trees_again", "line_trees", "line_trees_again", "whole_trees", "kind_trees")


@pytest.fixture(params=SHIPPED)
def trees(request: pytest.FixtureRequest) -> Trees:
    return shipped_trees(request.param)


def tables(columns: int, thresholds: np.ndarray) -> np.ndarray:
    """Return rows of chance, half of them of the thresholds themselves and what is no number."""
    random = np.random.default_rng(7)
    extremes = np.array([np.nan, np.inf, -np.inf, 0.0, -0.0, -1.0], dtype=np.float32)
    values = np.concatenate((extremes, thresholds.ravel(), np.nextafter(thresholds.ravel(), 9)))
    return random.choice(values, size=(150, columns)).astype(np.float32)


@compiled
def test_compiled_trees_say_what_numpy_says(trees: Trees) -> None:
    table = tables(len(trees.features), trees.threshold)
    assert np.array_equal(trees.told_compiled(table), trees.told_by_numpy(table))


@compiled
@given(st.integers(0, 40), st.integers(1, 9), st.integers(0, 8))
def test_any_number_of_rows_and_trees(rows: int, step: int, start: int) -> None:
    trees = shipped_trees("whole_trees").every(step, start)
    table = tables(len(trees.features), trees.threshold)[:rows]
    assert np.array_equal(trees.told_compiled(table), trees.told_by_numpy(table))


def test_each_row_is_told_by_itself(trees: Trees) -> None:
    table = tables(len(trees.features), trees.threshold)
    one_by_one = np.concatenate([trees.log_odds(row[None]) for row in table])
    assert trees.log_odds(table).tolist() == one_by_one.tolist()


def test_a_table_of_another_width_is_refused(trees: Trees) -> None:
    table = tables(len(trees.features), trees.threshold)
    with pytest.raises(ValueError, match="features"):
        trees.log_odds(table[:, 1:])
