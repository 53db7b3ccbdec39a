"""What is promised, as properties over documents of every kind."""

from __future__ import annotations

import functools
import json
import os
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import promises
from boilerkill import Kind, clean, normalize, quotations, separate
from boilerkill.decide import MAX_PASSES, settle
from boilerkill.options import Options
from strategies import (
    any_bytes,
    documents,
    hostile_text,
    options,
    quotation,
    quoted_furniture,
    scraped_pages,
)

sources = st.one_of(documents(), scraped_pages(), hostile_text())


@given(sources, options())
def test_idempotent(source: str, chosen: dict[str, Any]) -> None:
    promises.check_idempotent(source, **chosen)


@given(sources, options())
def test_separate_agrees_with_clean(source: str, chosen: dict[str, Any]) -> None:
    promises.check_separate_agrees(source, **chosen)


@given(sources, options())
def test_segments_make_up_the_text(source: str, chosen: dict[str, Any]) -> None:
    promises.check_segments_make_up_the_text(source, **chosen)


@given(sources, options())
def test_nothing_invented_nothing_reordered(source: str, chosen: dict[str, Any]) -> None:
    promises.check_nothing_invented(source, **chosen)


quoting_pieces = st.lists(st.one_of(quotation(), quoted_furniture(), documents(2)), max_size=8)
quoting_sources = st.one_of(
    sources, quoted_furniture(), quoting_pieces.map("\n".join), quoting_pieces.map("\n\n".join)
)


@given(quoting_sources, options())
# The marks of an element stand within those of the text around it.
@example("<p><p>&quot<q>0", {})
def test_quotations_kept(source: str, chosen: dict[str, Any]) -> None:
    promises.check_quotations_kept(source, **chosen)


@given(quoting_sources, options())
# A comma that looks like a quotation mark, and takes the partner of none.
@example("‚“Š‘«”„»\n科技\n汽车\n登录\n„“", {})
def test_quotations_read_from_left_to_right_kept(source: str, chosen: dict[str, Any]) -> None:
    promises.check_plainly_read_quotations_kept(source, **chosen)


@given(quoting_sources, options())
def test_what_the_library_takes_for_quoted_is_kept(source: str, chosen: dict[str, Any]) -> None:
    promises.check_own_quotations_kept(source, **chosen)


@given(any_bytes())
def test_total_and_idempotent_on_bytes(source: bytes) -> None:
    promises.check_all(source)


@given(st.text(st.characters(), max_size=400))
def test_total_on_any_text(source: str) -> None:
    promises.check_all(source)
    assert isinstance(quotations(source), list)


@given(sources)
def test_normalize_is_idempotent(source: str) -> None:
    normal = normalize(source)
    assert normalize(normal) == normal
    assert clean(normal, format="text") == clean(source, format="text")


@given(sources, options())
def test_what_comes_out_is_normal(source: str, chosen: dict[str, Any]) -> None:
    cleaned = clean(source, **chosen)
    assert normalize(cleaned) == cleaned
    cleaned.encode("utf-8")


@given(sources, st.frozensets(st.sampled_from(Kind)))
def test_kinds_to_keep_are_kept(source: str, keep: frozenset[Kind]) -> None:
    segments = separate(source, keep=keep).segments
    assert [segment for segment in segments if segment.kind in keep and not segment.kept] == []


@given(sources)
def test_a_threshold_of_nothing_keeps_everything(source: str) -> None:
    assert clean(source, format="text", threshold=0) == normalize(source)


@given(sources)
def test_keeping_every_kind_keeps_everything(source: str) -> None:
    assert clean(source, format="text", keep=Kind) == normalize(source)


@given(sources, options())
def test_settles_within_bounds(source: str, chosen: dict[str, Any]) -> None:
    threshold = float(chosen.get("threshold", 0.5))
    keep = frozenset(Kind(kind) for kind in chosen.get("keep", ()))
    passes = settle(normalize(source), Options(keep, threshold))
    assert 1 <= len(passes) <= MAX_PASSES
    assert passes[-1].kept.all()


@functools.cache
def batch() -> tuple[str, ...]:
    """Return some hundred documents, generated once."""
    found: list[str] = []

    @given(sources)
    def collect(source: str) -> None:
        found.append(source)

    collect()
    return tuple(found)


def outcome(source: str) -> str:
    """Return all that is said of a document."""
    document = separate(source)
    reasons = [segment.reasons for segment in document.segments]
    return repr((document, reasons, document.byline, quotations(source)))


@functools.cache
def outcomes() -> tuple[str, ...]:
    return tuple(outcome(source) for source in batch())


WORKER = """
import json, sys
sys.path.insert(0, sys.argv[1])
from test_promises import outcome
print(json.dumps([outcome(source) for source in json.load(sys.stdin)]))
"""


@pytest.mark.parametrize("hash_seed", ["0", "1", "20240531"])
def test_same_in_another_process(hash_seed: str) -> None:
    here = os.path.dirname(__file__)
    finished = subprocess.run(
        [sys.executable, "-c", WORKER, here],
        input=json.dumps(batch()),
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONHASHSEED": hash_seed},
    )
    assert finished.stderr == ""
    assert_same(json.loads(finished.stdout))


def in_threads(function: Callable[[str], str], items: tuple[str, ...]) -> list[str]:
    with ThreadPoolExecutor(8) as pool:
        return list(pool.map(function, items))


def test_same_in_threads() -> None:
    assert_same(in_threads(outcome, batch()))


def test_same_in_another_order() -> None:
    assert_same([outcome(source) for source in reversed(batch())][::-1])


def assert_same(others: list[str]) -> None:
    for source, expected, found in zip(batch(), outcomes(), others, strict=True):
        assert found == expected, f"differs for {source!r}"
