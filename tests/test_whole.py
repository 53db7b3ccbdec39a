"""Pages that were rendered whole, and what is measured of them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import promises
from boilerkill import Kind, clean, separate
from boilerkill.decide import decide, settle
from boilerkill.lexicon import shipped_lexicon
from boilerkill.measure import measure
from boilerkill.measure.surroundings import DOCUMENT, FEATURES, Surroundings
from boilerkill.measure.vocabulary import share_in_prose
from boilerkill.normalization import normalize
from boilerkill.options import Options
from boilerkill.read import read_text
from boilerkill.score import score
from boilerkill.stacked import StackedTrees, second_features
from boilerkill.trees import Trees, shipped_trees
from boilerkill.whole import BY_PLACE, LEAST_SEGMENTS, LINE_FEATURES, TextTrees
from strategies import documents, options, prose, whole_pages

TEXTS = st.one_of(documents(), whole_pages()).map(normalize)

MENU = (
    "Harbour", "Council", "Schools", "Weather desk", "Tide tables", "Markets", "Letters",
    "Obituaries", "Puzzles", "Archive", "About us", "Contact", "Advertise", "Privacy policy",
    "Terms of use", "Log in", "Subscribe", "Newsletter",
)  # fmt: skip
ARTICLE = (
    "The ferry to Gannet Point will run every half hour from May, the harbour board said on "
    "Monday, after two winters in which the last boat left before the schools closed.",
    "The board bought a second boat in the autumn. It carries sixty passengers and eight cars, "
    "and it was built for a lake in the mountains, where nobody wanted it any more.",
    "Islanders had asked for more crossings for ten years. A petition with four hundred names hung "
    "in the chandlery until the paper turned yellow, and nobody took it down.",
    "Tickets will cost as much as before. The board expects to lose money in the first year and "
    "to earn it back when the hotel opens its doors again.",
    "The captain of the old boat will retire in June. He has crossed the sound more than ninety "
    "thousand times, and he says that he has never learned to swim.",
)
TEASERS = (
    "Bakery on Pier Street changes hands", "Three seals move into the old dock",
    "Choir looks for a tenor before Easter", "Why the clock at the town hall runs late",
    "Library lends out umbrellas", "Road to the quarry closed until July",
    "Rowing club names its new boat", "Museum asks for photographs of the great storm",
    "Bees on the roof of the post office", "School wins prize for its kitchen garden",
)  # fmt: skip
COLOURS = ("Red", "Blue", "Green", "Grey", "White", "Yellow")
THINGS = ("Anchors", "Buoys", "Ropes", "Lanterns", "Oilskins", "Boathooks")
PAGE = "\n".join(
    [
        *MENU, *MENU, "Ferry to run every half hour", "", "\n\n".join(ARTICLE), "",
        *(line for teaser in TEASERS for line in (teaser, "Local news", "2 days ago")),
        "Most read", *TEASERS, *MENU, "© 2024 The Gannet. All rights reserved.",
    ]
)  # fmt: skip


@given(TEXTS)
def test_every_measurement_is_a_number(text: str) -> None:
    reading = read_text(text)
    assume(len(reading))
    evidence = measure(reading)
    around = Surroundings(reading, evidence, score(evidence).odds)
    table = around.table()
    assert table.shape == (len(reading), len(FEATURES))
    assert around.document.shape == (len(DOCUMENT),)
    assert np.isfinite(table).all()


@given(st.lists(prose(), max_size=200))
def test_prose_is_no_whole_page(paragraphs: list[str]) -> None:
    assert decide("\n\n".join(paragraphs), Options()).whole_page is None


@given(TEXTS)
def test_short_texts_are_no_whole_pages(text: str) -> None:
    decision = decide(text, Options())
    assert decision.whole_page is None or len(decision.reading) >= LEAST_SEGMENTS


@given(st.lists(st.booleans(), min_size=3, max_size=3))
def test_words_of_the_own_segment_do_not_count(prose_flags: list[bool]) -> None:
    reading = read_text("A lamp on the pier\nA lantern in the harbour\nThe harbour and the pier")
    shares = share_in_prose(reading, np.array(prose_flags))
    others = [{"pier", "lamp"}, {"lantern", "harbour"}, {"harbour", "pier"}]
    for number, words in enumerate(others):
        known = set().union(
            *(other for at, other in enumerate(others) if at != number and prose_flags[at])
        )
        assert shares[number] == pytest.approx(len(words & known) / len(words))


@given(whole_pages())
def test_promises_hold_of_whole_pages(text: str) -> None:
    promises.check_everything(text)


@given(whole_pages(), options())
def test_whole_pages_settle_under_every_option(text: str, chosen: dict[str, Any]) -> None:
    promises.check_idempotent(text, **chosen)


def test_a_whole_page_is_told_by_its_surroundings() -> None:
    assert decide(PAGE, Options()).whole_page is not None
    cleaned = clean(PAGE)
    assert [line for line in cleaned.split("\n\n") if line in ARTICLE] == list(ARTICLE)
    assert not [teaser for teaser in TEASERS if teaser in cleaned]
    assert not [item for item in MENU if f"\n{item}\n" in cleaned]


def test_what_trees_take_out_has_a_kind_and_reasons() -> None:
    document = separate(PAGE)
    teasers = [segment for segment in document.segments if segment.text in TEASERS]
    assert {segment.kind for segment in teasers} <= {Kind.RELATED, Kind.NAVIGATION, Kind.OTHER}
    names = {reason.evidence for segment in teasers for reason in segment.reasons}
    assert names & set(second_features(LINE_FEATURES, groups=False))


@pytest.mark.parametrize("glued", ["", " Leave a Reply Post Comment"])
def test_every_pass_asks_the_trees_that_are_given(glued: str) -> None:
    """Also where only a part of a line goes, so that what is left is read anew."""
    lines = StackedTrees(
        _stump(LINE_FEATURES, "words", -9, 9),
        _stump(second_features(LINE_FEATURES, groups=False), "words", -9, 9),
    )
    trees = TextTrees(_stump(DOCUMENT, "page words", 9, 9), shipped_lexicon(), lines)
    passes = settle("\n".join([PAGE, *TEASERS * 9, ARTICLE[0] + glued]), Options(), trees)
    assert len(passes) > 1
    for one in passes:
        assert one.whole_page is not None
        assert one.whole_page.verdict.trees is lines.second


@given(whole_pages())
def test_what_place_alone_tells_is_left_to_the_trees(text: str) -> None:
    decision = decide(text, Options(), _trees(every=9))
    if decision.whole_page is None:
        return
    scores = decision.scores
    place = [scores.weights.names.index(name) for name in sorted(BY_PLACE)]
    otherwise = scores.odds - scores.contributions[:, place].sum(axis=1)
    assert decision.kept[otherwise >= 0].all()


def test_goods_that_stand_as_the_names_of_a_footer_do() -> None:
    """Below the last sentence, one a line, words of one come again in others."""
    goods = [f"{colour} {thing}" for colour in COLOURS for thing in THINGS]
    page = "\n".join([*MENU, *MENU, "", *ARTICLE, "", *goods])
    decision = decide(page, Options(), _trees(every=9))
    segments = decision.reading.segments
    assert decision.scores.odds[segments.index(goods[-1])] < 0
    kept = [text for text, stays in zip(segments, decision.kept, strict=True) if stays]
    assert kept == [*ARTICLE, *goods]


def _trees(*, every: float) -> TextTrees:
    """Return trees to which every text is a whole page, and that say the same of every line."""
    lines = StackedTrees(
        _stump(LINE_FEATURES, "words", every, every),
        _stump(second_features(LINE_FEATURES, groups=False), "words", every, every),
    )
    return TextTrees(_stump(DOCUMENT, "page words", 9, 9), shipped_lexicon(), lines)


def _stump(features: tuple[str, ...], name: str, one: float, more: float) -> Trees:
    """Return a tree that says something of what measures at most 1, and else of all that is more.

    Args:
        features: What it could look at.
        name: What it looks at.
        one: The log-odds of the former.
        more: Those of the latter.
    """
    at = np.array([[features.index(name), 0, 0]], dtype=np.int32)
    left, right = np.array([[[1, 1, 2]], [[2, 1, 2]]], dtype=np.int32)
    threshold, value = np.array([[[1, 0, 0]], [[0, one, more]]], dtype=np.float32)
    return Trees(features, at, threshold, left, right, value, 1)


def test_the_trees_look_at_what_is_measured() -> None:
    assert shipped_trees("whole_trees").features == DOCUMENT
