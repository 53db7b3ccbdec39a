"""Which words of a page stand in what a tool made of it."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from boilerkill.report.align import kept_words

WORDS = st.lists(
    st.sampled_from(["the", "rain", "fell", "on", "oslo", "and", "share", "home"]), max_size=40
)
NUMBERED = st.lists(st.booleans(), max_size=60)


def is_part(words: Sequence[str], whole: Sequence[str]) -> bool:
    """Tell whether words stand in others in their order."""
    rest = iter(whole)
    return all(word in rest for word in words)


@given(WORDS, WORDS)
def test_what_is_kept_stands_in_the_output_in_its_order(page: list[str], output: list[str]) -> None:
    kept = kept_words(page, output)
    assert len(kept) == len(page)
    assert is_part([word for word, stays in zip(page, kept, strict=True) if stays], output)


@given(WORDS)
def test_a_page_keeps_all_of_itself_and_nothing_of_nothing(page: list[str]) -> None:
    assert all(kept_words(page, page))
    assert not any(kept_words(page, []))


@given(NUMBERED)
def test_what_is_taken_out_of_words_that_differ_is_found_exactly(stays: list[bool]) -> None:
    page = [f"word{number}" for number in range(len(stays))]
    output = [word for word, stay in zip(page, stays, strict=True) if stay]
    assert kept_words(page, output) == stays


@given(st.lists(st.booleans(), min_size=1, max_size=12))
def test_all_of_the_paragraphs_that_stay_is_found_however_common_their_words(
    stays: list[bool],
) -> None:
    """As in prose: the same short words everywhere, and each paragraph with words of its own."""
    paragraphs = [
        f"the rain of day {number} fell on the town and the {number}th river rose in the night".split()
        for number in range(len(stays))
    ]
    output = [word for words, stay in zip(paragraphs, stays, strict=True) if stay for word in words]
    kept = kept_words([word for words in paragraphs for word in words], output)
    # Which of two words alike was kept nobody can tell; that it was is found.
    assert sum(kept) == len(output)


@given(
    st.lists(st.sampled_from(["stays", "goes", "goes, and another comes"]), min_size=1, max_size=9)
)
def test_a_tool_s_own_words_hide_nothing_that_it_kept(changes: list[str]) -> None:
    page: list[str] = []
    output: list[str] = []
    kept = 0
    for number, change in enumerate(changes):
        own = f"the rain of day {number} fell on the town and the {number}th river rose".split()
        foreign = f"the sun of week {number} shone on the town and the {number}th field".split()
        page += own
        output += own if change == "stays" else foreign if change != "goes" else []
        kept += len(own) if change == "stays" else 0
    assert kept <= sum(kept_words(page, output)) <= len(output)
