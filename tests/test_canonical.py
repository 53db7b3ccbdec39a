"""The form in which phrases are looked for."""

from __future__ import annotations

import unicodedata

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from boilerkill import canonical, normalize
from boilerkill.canonical import canonical_text, canonicalize, code_points
from boilerkill.characters import by_category
from strategies import documents, hostile_text, phrases

SAME = [
    ("Leave a Reply", "LEAVE  A  REPLY!"),
    ("Leave a Reply", "» Leave a reply …"),
    ("Don’t miss", "don't miss"),
    ("12 comments", "3 Comments"),
    ("Página 1 de 9", "PÁGINA 33 DE 100"),
    ("Ещё", "еще"),
    ("İletişim", "iletişim"),
    ("٣ تعليقات", "12 تعليقات"),
    ("© Example", "Ⓒ example"),
    ("ＦＵＬＬ", "full"),
]

DIFFERENT = [
    ("Leave a Reply", "Leave a Replay"),
    ("resume", "résumé"),
    ("no comments", "nocomments"),
    ("one\ntwo", "one two"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_same(one: str, other: str) -> None:
    assert canonical_text(one) == canonical_text(other)


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_different(one: str, other: str) -> None:
    assert canonical_text(one) != canonical_text(other)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ""),
        ("Öl, 北京!", " öl 北 京"),
        ("a\nb", " a\n b"),
        ("24.12.2025", " 0 0 0"),
        ("ความคิดเห็น 3", None),
        ("…", ""),
    ],
)
def test_form(text: str, expected: str | None) -> None:
    found = canonical_text(text)
    assert found == expected if expected is not None else found.endswith(" 0")


texts = st.one_of(documents(), hostile_text()).map(normalize)


@given(texts)
def test_origins_and_places_agree(text: str) -> None:
    canonical = canonicalize(code_points(text))
    before = canonical.before(np.arange(len(text) + 1)).tolist()
    assert len(canonical.origin) == len(canonical.text)
    assert before[-1] == len(canonical.text)
    origins = canonical.origin.tolist()
    assert origins == sorted(origins)
    for place, origin in enumerate(origins):
        assert before[origin] <= place < before[origin + 1]


@given(texts)
def test_each_word_stands_behind_one_space(text: str) -> None:
    found = canonical_text(text)
    assert "  " not in found
    assert not found.endswith(" ")
    assert found.count("\n") == text.count("\n")


@given(texts, texts)
def test_lines_are_independent(one: str, other: str) -> None:
    joined = canonical_text(f"{one}\n{other}")
    assert joined == f"{canonical_text(one)}\n{canonical_text(other)}"


def test_categories_are_those_of_unicode() -> None:
    categories = sorted({unicodedata.category(chr(point)) for point in range(0x10000)})
    numbers = by_category({category: number for number, category in enumerate(categories)})
    expected = [categories.index(unicodedata.category(chr(point))) for point in range(0x10000)]
    assert numbers.tolist() == expected


@given(texts, st.integers(1, 4))
def test_it_does_not_matter_in_what_stretches_a_text_is_worked_on(text: str, size: int) -> None:
    whole = canonicalize(code_points(text))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(canonical, "_STRETCH", size)
        in_parts = canonicalize(code_points(text))
    assert in_parts.text == whole.text
    assert in_parts.origin.tolist() == whole.origin.tolist()
    assert in_parts.points.tolist() == whole.points.tolist()


@given(st.sampled_from(phrases()))
def test_case_and_decoration_make_no_difference_to_phrases(phrase: str) -> None:
    assert canonical_text(f"  » {phrase}: …") == canonical_text(phrase)
