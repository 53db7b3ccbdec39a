"""Text of others never reaches a terminal raw."""

from __future__ import annotations

import os
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boilerkill.printable import printable

ANYTHING = st.text(
    st.one_of(
        st.characters(),
        st.characters(categories=["Cc", "Cf", "Cs", "Zl", "Zp"]),
        st.sampled_from("\x1b\x07\x9b\r\n\u202e\u2066\u200f\ufeff\udcff"),
    )
)
JOINERS = "\u200c\u200d"


@given(ANYTHING)
def test_nothing_that_a_terminal_obeys_is_left(text: str) -> None:
    for char in printable(text):
        assert char in JOINERS or unicodedata.category(char)[0] not in "C"
        assert unicodedata.category(char) not in ("Zl", "Zp")


@given(ANYTHING)
def test_what_is_printable_can_be_encoded_and_stays_so(text: str) -> None:
    shown = printable(text)
    shown.encode("utf-8")
    assert printable(shown) == shown


@given(st.text(st.characters(categories=["L", "N", "P", "S"]) | st.just(" ")))
def test_what_can_be_seen_stays_as_it_is(text: str) -> None:
    assert printable(text) == text


@given(st.binary().filter(lambda name: b"\\" not in name))
def test_the_bytes_of_a_file_name_can_be_told(name: bytes) -> None:
    shown = printable(name.decode("utf-8", "surrogateescape"))
    for char in name.decode("utf-8", "surrogateescape"):
        if 0xDC80 <= ord(char) <= 0xDCFF:
            assert f"\\x{os.fsencode(char)[0]:02x}" in shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\x1b[2Jb", "a\\x1b[2Jb"),
        ("a\nb", "a\\nb"),
        ("txt.\u202eexe", "txt.\\u202eexe"),
        ("می\u200cرود", "می\u200cرود"),
        ("👩\u200d🚀", "👩\u200d🚀"),
        ("\U000e0041", "\\U000e0041"),
    ],
)
def test_examples(text: str, shown: str) -> None:
    assert printable(text) == shown
