"""Documents and data files that were made to do harm: they are read as anything else, or refused."""

from __future__ import annotations

import io
import json
import sys
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import promises
from boilerkill import clean, normalize, quotations, separate
from boilerkill.explain import as_json
from boilerkill.largest import LARGEST
from boilerkill.profile import Profile, ProfileError, key_of
from boilerkill.score import Weights
from boilerkill.trees import Trees, load_trees, shipped_trees
from strategies import documents, html_pages

RAIN = "It rained all night, and the river rose by two metres."

# The work of a long run is done in .ci/run by tests/test_growth.py; here, sizes that a page of the
# web never has, and that cost the square of them anywhere would not come to an end.
MANY = 100_000

ENTITIES = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "lol"}">' for n in range(10))

GRAPH = '{"@graph": '

# What looks like the end of a tag.
END = "'>'"

PAGES: dict[str, str] = {
    "billion laughs": f"<!DOCTYPE x [{ENTITIES}]><html><body><p>&a9;</p><p>{RAIN}</p>",
    "an external entity": (
        '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
        f"<html><body><p>{RAIN} &e;</p></body></html>"
    ),
    "an external document type": f'<!DOCTYPE x SYSTEM "file:///etc/passwd"><p>{RAIN}</p>',
    "an inclusion": f'<p>{RAIN}<xi:include href="file:///etc/passwd" parse="text"/></p>',
    "attributes": f"<p {' '.join(f'a{n}=b' for n in range(MANY))}>{RAIN}</p>",
    "attributes and ends": f"<p {' '.join(f'a{n} b{n}={END}' for n in range(MANY))}>{RAIN}</p>",
    "ends of nothing": f"{'<div></x>' * MANY}{RAIN}",
    "formatting without end": (
        f"<p>{''.join(f'<b x={n}>' for n in range(1_000))}{RAIN}</p>{f'<p>{RAIN}</p>' * 1_000}"
    ),
    "the same attribute": f"<p {'a=b ' * MANY}>{RAIN}</p>",
    "a long class": f'<p class="{"share " * MANY}">{RAIN}</p>',
    "nested tables": f"{'<table><tr><td>' * (MANY // 3)}{RAIN}",
    "nested formatting": f"{'<p><b><i><u><s>' * (MANY // 5)}{RAIN}",
    "templates and selections": f"{'<template><select><svg>' * (MANY // 3)}</svg>",
    "comments": f"<p>{RAIN}</p>{'<!--' * MANY}",
    "declarations": f"<p>{RAIN}</p>{'<![CDATA[' * MANY}",
    "angle brackets": f"<p>{RAIN}</p>{'<' * MANY}",
    "titles": f"<p>{RAIN}</p>{'<title>' * MANY}",
    "nested JSON-LD": f'<script type="application/ld+json">{"[" * MANY}</script><p>{RAIN}</p>',
    "graphs in JSON-LD": (
        f'<script type="application/ld+json">{GRAPH * MANY}</script><p>{RAIN}</p>'
    ),
    "a long number in JSON-LD": (
        '<script type="application/ld+json">{"@type": "Article", "datePublished": '
        f"{'1' * MANY}}}</script><p>{RAIN}</p>"
    ),
    "a long byline": f'<p class="byline">By {"Ann Lee, " * MANY}</p><p>{RAIN}</p>',
    "a long date": (
        f'<meta property="article:published_time" content="{"1" * MANY}"><p>{RAIN}</p>'
    ),
    "overrides": f"<p>{RAIN}{chr(0x202E) + chr(0x2066)}</p>" * 100,
    "references": f"<p>{RAIN}{'&#x110000;&#0;&#xD800;&#x1b;' * 1000}</p>",
}


# What holds no prose, or so much else that it says nothing.
NO_BODY = ("templates and selections", "a long class", "a long byline", "titles")


@pytest.mark.parametrize("name", PAGES)
def test_pages(name: str) -> None:
    document = separate(PAGES[name], format="html")
    assert isinstance(document.title, str | None)
    assert len(document.byline.authors) < 1000
    assert "root:" not in document.text
    assert len(document.text) < 2 * len(PAGES[name])
    assert clean(document.text) == document.text
    if name not in NO_BODY:
        assert RAIN in document.text


def test_a_million_nested_elements() -> None:
    assert RAIN in clean(f"{'<div>' * 1_000_000}{RAIN}", format="html")


def test_marks_by_the_million() -> None:
    for marks in ("“", '"', "«»", "> ", "‘’"):
        source = marks * (1_000_000 // len(marks))
        assert promises.squeeze(source) == promises.squeeze(clean(source))


def all_characters() -> list[str]:
    """Return every code point, surrogates too, in texts of which each has a share of them."""
    points = range(sys.maxunicode + 1)
    return ["".join(map(chr, points[at : at + 0x4000])) for at in range(0, len(points), 0x4000)]


def test_every_code_point() -> None:
    for text in all_characters():
        once = clean(text)
        assert clean(once) == once
        assert normalize(once) == once
        once.encode()
        # A terminal obeys these alone.
        assert {char for char in once if unicodedata.category(char) == "Cc"} <= set("\t\n")


@given(st.one_of(documents(), html_pages()), st.sampled_from(("\x1b[2J", "\x9b2J", "\x1b]0;x\x07")))
def test_no_control_sequence_comes_out(source: str, sequence: str) -> None:
    hostile = sequence + source.replace(" ", f" {sequence}", 3) + sequence
    for text in (clean(hostile), clean(hostile, format="html"), *quotations(hostile)):
        assert not set(text) & set("\x1b\x07\x9b\x00\x08\x7f")
    for explanation in separate(hostile).explain():
        assert as_json(explanation).isascii()
        assert as_json(explanation).isprintable()


# --- How large a document may be.


@pytest.mark.parametrize("function", [clean, separate, normalize, quotations])
def test_documents_that_are_too_large(function: Callable[[Any], Any]) -> None:
    # Zeros that nobody looks at take no memory.
    for size in (LARGEST + 1, 2 << 30):
        with pytest.raises(ValueError, match=f"a document of {size:,} bytes: at most 268,435,456"):
            function(bytes(size))
    with pytest.raises(ValueError, match="a document of 268,435,457 characters"):
        function("a" * (LARGEST + 1))


@pytest.mark.parametrize("format", ["text", "html", "auto"])
def test_the_limit_is_the_same_for_every_format(format: str) -> None:
    with pytest.raises(ValueError, match="at most 268,435,456"):
        clean(bytes(LARGEST + 1), format=format)


# --- Data files that were tampered with.


def a_profile() -> Profile:
    return Profile(
        np.array([key_of("a"), key_of("b")], dtype=np.uint64)[np.argsort([key_of("a"), key_of("b")])],
        np.array([5, 5], dtype=np.uint32),
        np.array([0, 2, 3], dtype=np.uint64),
        np.array([7, 9, 8], dtype=np.uint64),
        np.array([4, 5, 5], dtype=np.uint32),
    )  # fmt: skip


def saved(profile: Profile) -> bytes:
    file = io.BytesIO()
    profile.save(file)
    return file.getvalue()


PROFILE = saved(a_profile())


def test_a_profile_is_read_as_it_was_saved() -> None:
    assert saved(Profile.load(io.BytesIO(PROFILE))) == PROFILE


@pytest.mark.parametrize(
    "changed",
    [
        {"starts": [0, 3, 2]},
        {"starts": [1, 2, 3]},
        {"starts": [0, 2, 2**63]},
        {"starts": [0, 2]},
        {"sites": [9, 1]},
        {"sites": [1]},
        {"pages": [5]},
        {"counts": [4]},
    ],
)
def test_profiles_that_are_refused(changed: dict[str, list[int]]) -> None:
    known = a_profile()
    arrays = {
        name: np.array(values, dtype=getattr(known, name).dtype) for name, values in changed.items()
    }
    with pytest.raises(ProfileError, match="damaged"):
        Profile.load(io.BytesIO(saved(replace(known, **arrays))))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"(2,)", b"(-2,)"),
        (b"(2,)", b"(99999999999999,)"),
        (b"(2,)", b"(2, 1)"),
        (b"(2,)", b"()"),
        (b"'<u8'", b"'|O8'"),
        (b"'<u8'", b"'<f8'"),
        (b"'<u8'", b"exit()"),
        (b"\x93NUMPY\x01", b"\x93NUMPY\x03"),
        (b"\x93NUMPY", b"PK\x03\x04ZZ"),
    ],
)
def test_headers_that_are_refused(old: bytes, new: bytes) -> None:
    assert old in PROFILE
    # A header is as long as it says, with spaces at its end.
    spaces = b" " * (len(new) - len(old)) + b"\n"
    data = PROFILE.replace(old, new, 1)
    if len(new) > len(old):
        data = data.replace(spaces, b"\n", 1)
    with pytest.raises(ProfileError, match="damaged"):
        Profile.load(io.BytesIO(data))


@given(st.lists(st.tuples(st.integers(0, len(PROFILE) - 1), st.integers(0, 255)), max_size=8))
def test_a_profile_with_other_bytes_is_refused_or_used(changes: list[tuple[int, int]]) -> None:
    data = bytearray(PROFILE)
    for place, byte in changes:
        data[place] = byte
    try:
        profile = Profile.load(io.BytesIO(bytes(data)))
    except ProfileError:
        return
    source = "Rain fell all night.\n\n“At last,” she said."
    assert "“At last,”" in clean(source, profile=profile)
    promises.check_idempotent(source, profile=profile)


def one_tree(**changed: Any) -> io.BytesIO:
    """Return the file of a tree with three nodes, but for what is changed."""
    arrays: dict[str, Any] = {
        "features": np.array(["x"]),
        "feature": np.zeros((1, 3), dtype=np.int32),
        "threshold": np.zeros((1, 3), dtype=np.float32),
        "left": np.array([[1, 1, 2]]),
        "right": np.array([[2, 1, 2]]),
        "value": np.zeros((1, 3), dtype=np.float32),
        "depth": np.array(1),
    }
    file = io.BytesIO()
    np.savez(file, **(arrays | changed))
    file.seek(0)
    return file


def test_a_tree_is_read() -> None:
    assert load_trees(one_tree()).log_odds(np.zeros((2, 1), dtype=np.float32)).tolist() == [0, 0]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"left": np.array([[1, 0, 2]])}, "depth"),
        ({"left": np.array([[0, 1, 2]])}, "depth"),
        ({"left": np.array([[1, 2, 1]]), "right": np.array([[2, 2, 1]])}, "depth"),
        ({"depth": np.array(10**12)}, "depth"),
        ({"depth": np.array(-1)}, "depth"),
        ({"left": np.array([[1, 1, 3]])}, "out of bounds"),
        ({"right": np.array([[-1, 1, 2]])}, "out of bounds"),
        ({"feature": np.ones((1, 3))}, "out of bounds"),
        ({"threshold": np.full((1, 3), np.nan)}, "no finite number"),
        ({"value": np.full((1, 3), np.inf)}, "no finite number"),
        ({"value": np.zeros((1, 2))}, "differ in shape"),
        ({"value": np.array([[object()] * 3])}, "pickle"),
        # Not `print`, which Ray replaces for as long as it runs: pickle refuses what goes by its name.
        ({"features": np.array([len], dtype=object)}, "pickle"),
    ],
)
def test_trees_that_are_refused(changed: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        load_trees(one_tree(**changed))


@pytest.mark.parametrize("name", ["trees", "line_trees", "whole_trees"])
def test_the_trees_that_are_shipped_are_within_bounds(name: str) -> None:
    trees: Trees = shipped_trees(name)
    assert trees.depth <= trees.left.shape[1]


@pytest.mark.parametrize("data", ['"evidence"', "[]", "1", "null", '{"bias": 1}'])
def test_weights_that_are_something_else(data: str) -> None:
    with pytest.raises(ValueError, match="expected"):
        Weights.from_json(json.loads(data))


def test_a_file_that_holds_no_trees() -> None:
    for data in (b"", b"PK\x03\x04", b"\x93NUMPY\x01\x00", one_tree().read()[:-40]):
        with pytest.raises(ValueError, match="damaged"):
            load_trees(io.BytesIO(data))


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e999"])
def test_weights_that_are_no_numbers(number: str) -> None:
    for data in (
        f'{{"bias": {number}, "evidence": {{}}}}',
        f'{{"bias": 1, "evidence": {{"menu": {{"weight": {number}}}}}}}',
    ):
        with pytest.raises(ValueError, match="expected"):
            Weights.from_json(json.loads(data))
