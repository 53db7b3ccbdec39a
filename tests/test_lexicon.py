"""The lexicon: words by number, what they weigh, and the first look at a text."""

from __future__ import annotations

import io
import itertools
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from boilerkill.lexicon import (
    PLACES,
    Lexicon,
    load_lexicon,
    placed,
    save_lexicon,
    shipped_lexicon,
)
from boilerkill.measure.first_look import BY_WORDS, NEIGHBOURS, WINDOWS, look_at_words
from boilerkill.normalization import normalize
from boilerkill.read import read_text
from strategies import documents

FURNITURE = ("Add to cart", "Subscribe to our newsletter", "Sign in or create an account")
PROSE = ("She said that they had been there before.", "It was what he had wanted because of her.")

OPINIONS = st.lists(st.tuples(st.floats(-30, 30), st.integers(0, 400)), max_size=60).map(
    lambda pairs: np.array(pairs, dtype=float).reshape(-1, 2).T
)


@given(documents())
@example("Nobody told us. We had to find out for ourselves!  >>>>>>>\u0301K")
def test_words_are_those_of_the_canonical_form(text: str) -> None:
    reading = read_text(normalize(text))
    words = reading.words
    told = [(owner, word) for owner, one in enumerate(reading.canonical_segments)
            for word in one.split()]  # fmt: skip
    assert words.owners.tolist() == [owner for owner, _ in told]
    assert words.lengths.tolist() == [len(word) for _, word in told]
    by_number: dict[int, str] = {}
    for number, (_, word) in zip(words.numbers.tolist(), told, strict=True):
        assert by_number.setdefault(number, word[:64]) == word[:64]
    assert len(set(by_number.values())) == len(by_number)


@given(
    st.lists(st.lists(st.sampled_from(["rain", "fell", "all", "night"]), min_size=1), min_size=1)
)
def test_pairs_of_words_do_not_reach_over_the_end_of_a_segment(lines: list[list[str]]) -> None:
    words = placed(read_text("\n".join(map(" ".join, lines))))
    assert words.segments == len(lines)
    entries = np.bincount(words.owners, minlength=len(lines)).tolist()
    assert entries == [len({*line, *itertools.pairwise(line)}) for line in lines]


@given(st.lists(st.sampled_from([*FURNITURE, *PROSE, "!"]), min_size=1), st.randoms())
def test_a_segment_weighs_the_same_wherever_it_stands(lines: list[str], random: Any) -> None:
    def weigh(texts: list[str]) -> dict[str, float]:
        odds = shipped_lexicon().log_odds(placed(read_text("\n\n".join(texts))))
        return dict(zip(texts, odds.tolist(), strict=True))

    shuffled = random.sample(lines, len(lines))
    assert weigh(lines) == weigh(shuffled)


def test_what_is_said_of_words_everywhere() -> None:
    odds = shipped_lexicon().log_odds(placed(read_text("\n".join((*FURNITURE, *PROSE)))))
    assert odds[: len(FURNITURE)].max() < 0 < odds[len(FURNITURE) :].min()


def test_words_and_pairs_add_up() -> None:
    weights = np.zeros(PLACES, dtype=np.int8)
    for text, weight in (("red", 3), ("lamp", 4)):
        weights[placed(read_text(text)).places] = weight
    words = placed(read_text("red lamp"))
    weights[[place for place in words.places if not weights[place]]] = 5
    lexicon = Lexicon(weights, 0.5)
    odds = lexicon.log_odds(placed(read_text("red lamp\nlamp red\nRed, red\nboat")))
    assert odds.tolist() == pytest.approx(
        [0.5 * (3 + 4 + 5) / 3**0.5, 0.5 * (3 + 4) / 3**0.5, 0.5 * 3 / 2**0.5, 0]
    )


def test_nothing_is_said_of_a_text_in_a_language_that_is_not_known() -> None:
    weights = np.zeros(PLACES, dtype=np.int8)
    weights[placed(read_text("lamp")).places] = 9
    lexicon = Lexicon(weights, 0.5)
    assert lexicon.log_odds(placed(read_text("lamp\nboat"))).any()
    assert not lexicon.log_odds(placed(read_text("lamp\nbåt\nkai"))).any()


@given(OPINIONS)
def test_the_first_look_is_what_it_says(opinions: np.ndarray) -> None:
    odds, words = opinions
    table = look_at_words(odds, words)
    assert table.shape == (len(odds), len(BY_WORDS))
    weight = np.sqrt(words + 0.5)
    for at, row in enumerate(table.tolist()):
        near = [at + step for step in NEIGHBOURS]
        beside = [odds[one] if 0 <= one < len(odds) else 0 for one in near]
        around = [slice(max(at - size, 0), at + size + 1) for size in WINDOWS]
        means = [np.average(odds[one], weights=weight[one]) for one in around]
        assert row == pytest.approx([odds[at], *beside, *means], rel=1e-5, abs=1e-5)


def file_of(**changed: Any) -> io.BytesIO:
    """Return the file of a lexicon in which nothing weighs, but for what is changed."""
    weights = np.zeros(PLACES, dtype=np.int8)
    arrays: dict[str, Any] = {"weights": weights, "unit": np.array(0.1)}
    file = io.BytesIO()
    np.savez(file, **(arrays | changed))
    file.seek(0)
    return file


def test_a_lexicon_is_read_as_it_was_written(tmp_path: Path) -> None:
    weights = np.random.default_rng(1).integers(-127, 128, PLACES).astype(np.int8)
    save_lexicon(Lexicon(weights, 0.25), tmp_path / "lexicon.npz")
    read = load_lexicon(io.BytesIO((tmp_path / "lexicon.npz").read_bytes()))
    assert np.array_equal(read.weights, weights)
    assert read.unit == 0.25


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"weights": np.zeros(7, dtype=np.int8)}, "7"),
        ({"unit": np.array(np.nan)}, "no finite number"),
        ({"unit": np.array(-np.inf)}, "no finite number"),
        ({"unit": np.array(1e300)}, "no finite number"),
        ({"unit": np.array([1.0, 2.0])}, "damaged"),
        ({"weights": np.array([object()])}, "pickle"),
    ],
)
def test_lexicons_that_are_refused(changed: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        load_lexicon(file_of(**changed))


def test_a_file_that_holds_no_lexicon() -> None:
    for data in (b"", b"PK\x03\x04", b"\x93NUMPY\x01\x00", file_of().read()[:-40]):
        with pytest.raises(ValueError, match="damaged"):
            load_lexicon(io.BytesIO(data))
    file = io.BytesIO()
    np.savez(file, weights=np.zeros(PLACES, dtype=np.int8))
    file.seek(0)
    with pytest.raises(ValueError, match="lacks"):
        load_lexicon(file)
