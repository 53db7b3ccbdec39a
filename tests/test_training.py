"""Training: labels, and trees that say what LightGBM does."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from bench.held_out import FOLDS, fold_of
from bench.pages import Page
from hypothesis import given
from hypothesis import strategies as st

lightgbm: Any = pytest.importorskip(
    "lightgbm", reason="LightGBM grows the trees: install the extra `test` or `training`"
)

from training.labels import label_segments  # noqa: E402
from training.lexicon import LEAST_SITES, Lexicons, grow_lexicon  # noqa: E402
from training.pieces import PIECE_WEIGHT, PieceSample, teach  # noqa: E402
from training.samples import Sample, join, weigh  # noqa: E402
from training.stacked import Recipe, grow_stacked  # noqa: E402

from boilerkill.lexicon import placed  # noqa: E402
from boilerkill.measure.first_look import BY_WORDS, look_at_words  # noqa: E402
from boilerkill.read import read_text  # noqa: E402
from boilerkill.stacked import second_features  # noqa: E402
from boilerkill.trees import load_trees  # noqa: E402

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


def test_of_segments_that_say_the_same_those_are_body_that_stand_where_the_body_has_them() -> None:
    gold = "It rained all day.\nThe river rises by night\nNobody slept at all."
    contents = ["How to build a dam", "The river rises by night", "What to do with mud"]
    body = gold.split("\n")
    assert label_segments([*contents, *body], gold).tolist() == [0, 0, 0, 1, 1, 1]
    assert label_segments([*body, *contents], gold).tolist() == [1, 1, 1, 0, 0, 0]
    assert label_segments(body * 2, gold).tolist() == [1, 1, 1, 0, 0, 0]
    assert label_segments(body * 2, f"{gold}\n{gold}").tolist() == [1] * 6


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


def sample(number: int, rows: int = 60) -> Sample:
    """Return a page of a site of its own, the body of which one measurement tells."""
    random = np.random.default_rng(number)
    table = random.normal(size=(rows, 2)).astype(np.float32)
    body = (table[:, 0] > 0).astype(np.float64)
    words = random.integers(1, 50, rows)
    page = Page(f"page {number}", "made", "article", f"site {number}", "gold", Path("none"))
    reading = read_text("\n".join(["lamp" if stays else "cart" for stays in body]))
    return Sample(page, table, body, words, np.ones(rows), placed=placed(reading))


def test_words_weigh_as_they_stand_in_bodies() -> None:
    samples = [sample(number) for number in range(LEAST_SITES)]
    lamp, cart, boat = grow_lexicon(samples).log_odds(placed(read_text("Lamp!\ncart\nboat")))
    assert cart < boat == 0 < lamp


def test_a_word_of_few_sites_weighs_nothing() -> None:
    assert not grow_lexicon([sample(number) for number in range(LEAST_SITES - 1)]).weights.any()
    again = [replace(sample(number), page=sample(1).page) for number in range(LEAST_SITES)]
    assert not grow_lexicon(again).weights.any()


def test_trees_are_told_what_is_learned_from_other_sites() -> None:
    samples = [sample(number) for number in range(40)]
    folds = frozenset(range(FOLDS))
    for before, told in zip(samples, Lexicons(samples).tell(samples, folds), strict=True):
        others = [each for each in samples if fold_of(each.page.site) != fold_of(before.page.site)]
        odds = grow_lexicon(others).log_odds(before.placed)
        assert np.array_equal(told.table[:, : len(BY_WORDS)], look_at_words(odds, before.words))
        assert np.array_equal(told.table[:, len(BY_WORDS) :], before.table)


def test_stacked_trees_tell_what_the_first_tell() -> None:
    samples = [sample(number) for number in range(12)]
    quick = {"rounds": 20, "min_data_in_leaf": 5, "learning_rate": 0.3}
    recipe = Recipe(("a", "b"), groups=False, first=quick, second=quick)
    trees = grow_stacked(samples, recipe)
    assert trees.second.features == second_features(("a", "b"), groups=False)
    unseen = sample(99)
    verdict = trees.verdict(unseen.table, unseen.words, None)
    assert ((verdict.odds > 0) == unseen.body).mean() > 0.9


@given(st.integers(0, 40), st.one_of(st.none(), st.integers(1, 30)))
def test_drawn_segments_count_for_the_others(known: int, most: int | None) -> None:
    whole = sample(1, rows=40)
    weight = np.where(np.arange(40) < known, 2.0, 0.0)
    table, body, counted = join([replace(whole, weight=weight)], most)
    assert len(table) == len(body) == len(counted) == min(known, most or known)
    assert counted.sum() == pytest.approx(weight.sum())


def test_two_opinions_teach_where_they_agree_and_pieces_overrule_both() -> None:
    from training.grow import grow

    table, body, weight = toy()
    trees = grow(table, body, weight, ("a", "b", "c"))
    page = replace(sample(1, rows=4), table=np.tile(np.array([[3, 0, 0]], np.float32), (4, 1)))
    assert (trees.log_odds(page.table) > 0).all()
    opinion = replace(page, body=np.array([1.0, 0.0, 0.0, 1.0]))
    pieces = PieceSample(opinion, np.array([np.nan, np.nan, 1.0, 0.0]))
    (taught,) = teach([pieces], trees)
    assert taught.body.tolist() == [1, 0, 1, 0]
    agreed, differed, kept, dropped = (taught.weight / weigh(page.words, taught.body)).tolist()
    assert differed == 0
    assert kept == dropped == pytest.approx(agreed * PIECE_WEIGHT)
