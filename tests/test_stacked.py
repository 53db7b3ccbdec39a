"""Stacked trees: what adds up over containers, and what the second trees are told."""

from __future__ import annotations

import itertools

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from boilerkill.measure import measure
from boilerkill.measure.groups import KIN_LEVELS, Groups
from boilerkill.measure.markup import FEATURES as MARKUP
from boilerkill.measure.second_look import (
    IN_GROUPS,
    IN_ORDER,
    NOBODY,
    look_at_groups,
    look_in_order,
)
from boilerkill.options import Options
from boilerkill.pages import decide_page
from boilerkill.read.html import read_html
from boilerkill.stacked import second_features, shipped_stacked
from boilerkill.whole import LINE_FEATURES
from strategies import html_pages

VERDICTS = st.lists(
    st.tuples(st.floats(-30, 30), st.integers(0, 400)), min_size=1, max_size=80
).map(lambda pairs: tuple(np.array(column, dtype=float) for column in zip(*pairs, strict=True)))

PAGE = """<body><div class=list><div class=card><p>Hats<p>Caps</div><div class=card><p>Ties</div>
</div><div class=end><p>Rain</div>"""


@given(html_pages())
def test_sums_are_those_of_the_blocks_inside(html: str) -> None:
    page = read_html(html)
    groups = Groups(page)
    words = np.arange(1.0, len(page.blocks) + 1)
    expected = np.zeros(len(page.containers))
    for number, block in enumerate(page.blocks):
        at = block.container
        while at >= 0:
            expected[at] += words[number]
            at = page.containers[at].parent
    assert groups.sums(words[:, None])[:, 0].tolist() == expected.tolist()


@given(html_pages())
def test_levels_lead_outwards(html: str) -> None:
    groups = Groups(read_html(html))
    levels = groups.levels(4)
    assert levels[0] is groups.container
    for inner, outer in itertools.pairwise(levels):
        assert (groups.blocks[outer] >= groups.blocks[inner]).all()


@given(html_pages())
def test_what_groups_count_is_what_their_containers_say(html: str) -> None:
    page = read_html(html)
    groups, containers = Groups(page), page.containers
    inside = [set(groups.around(number)) for number in range(len(containers))]
    names = [(each.parent, each.signature) for each in containers]
    paths = [
        tuple(containers[outer].signature for outer in groups.around(number)[-KIN_LEVELS:])
        for number in groups.container.tolist()
    ]
    assert groups.alike.tolist() == [names.count(name) for name in names]
    assert [[one == other for one in groups.kin] for other in groups.kin] == [
        [one == other for one in paths] for other in paths
    ]
    chosen = groups.container[::2]
    assert groups.depths(np.unique(chosen)).tolist() == [
        len(around & set(chosen.tolist())) for around in inside
    ]


def test_kin_are_called_alike() -> None:
    hats, caps, ties, rain = Groups(read_html(PAGE)).kin.tolist()
    assert hats == caps == ties
    assert rain != ties


@given(VERDICTS)
def test_every_look_is_a_number(verdict: tuple[npt.NDArray[np.float64], ...]) -> None:
    table = look_in_order(*verdict)
    assert table.shape == (len(verdict[0]), len(IN_ORDER))
    assert np.isfinite(table).all()


@given(VERDICTS)
def test_a_look_from_behind_is_the_same_the_other_way_round(
    verdict: tuple[npt.NDArray[np.float64], ...],
) -> None:
    odds, words = verdict
    ahead, back = look_in_order(odds, words), look_in_order(odds[::-1], words[::-1])[::-1]
    for name, other in (
        ("first log-odds at -2", "first log-odds at +2"),
        ("likely words in 8 before", "likely words in 8 behind"),
        ("since likely", "until likely"),
        ("words in likely run", "words in likely run"),
    ):
        column, mirrored = ahead[:, IN_ORDER.index(name)], back[:, IN_ORDER.index(other)]
        assert column.tolist() == mirrored.tolist(), name


def test_what_is_told_of_neighbours_and_stretches() -> None:
    odds = np.array([-9.0, 3.0, 4.0, -2.0])
    table = look_in_order(odds, np.array([1.0, 20.0, 30.0, 2.0]))
    told = {name: table[:, place].tolist() for place, name in enumerate(IN_ORDER)}
    assert told["first log-odds at -1"] == [NOBODY, -9, 3, 4]
    assert told["first log-odds at +3"] == [-2, NOBODY, NOBODY, NOBODY]
    assert told["from likely stretch"] == [-1, 0, 1, 2]
    assert told["to end of likely stretch"] == [2, 1, 0, -1]
    assert told["best log-odds"] == [4, 4, 4, 4]


def test_what_is_told_of_containers() -> None:
    page = read_html(PAGE)
    sure, never = 30.0, -30.0
    table = look_at_groups(
        np.array([sure, never, sure, never]), np.array([4, 4, 4, 4]), Groups(page)
    )
    told = {name: table[:, place].tolist() for place, name in enumerate(IN_GROUPS)}
    assert told["likely share of container 0"] == [0.5, 0, 0.5, 0]
    assert told["likely share of container 1"] == [0.5, 0.5, 1, 1]
    assert told["likely words of container 2"] == pytest.approx([500, 1000, 1000 / 3, 2000 / 3])
    assert told["kin"] == [3, 3, 3, 1]


def test_what_is_told_of_blocks_that_say_the_same() -> None:
    page = read_html("<p>Rain<p>Fog<p>Rain<p>Rain")
    table = look_at_groups(np.array([1.0, 2.0, 3.0, 4.0]), np.array([1, 1, 1, 1]), Groups(page))
    told = {name: table[:, place].tolist() for place, name in enumerate(IN_GROUPS)}
    assert told["first log-odds of original"] == [NOBODY, NOBODY, 1, 1]
    assert told["best first log-odds of repeats"] == [4, NOBODY, NOBODY, NOBODY]


@given(html_pages())
def test_a_page_is_judged_by_both_trees(html: str) -> None:
    decision = decide_page(html, Options())
    features = decision.verdict.trees.features
    assert decision.verdict.table.shape == (len(decision.reading), len(features))
    assert len(measure(decision.reading).shape.words) == len(decision.odds)


@pytest.mark.parametrize(
    ("name", "features", "groups"), [("trees", MARKUP, True), ("line_trees", LINE_FEATURES, False)]
)
def test_the_trees_look_at_what_is_measured(
    name: str, features: tuple[str, ...], groups: bool
) -> None:
    trees = shipped_stacked(name)
    assert trees.first.features == features
    assert trees.second.features == second_features(features, groups=groups)
