"""The same answers from threads, event loops and processes as alone."""

from __future__ import annotations

import asyncio
import functools
import multiprocessing
import os
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor

import numpy as np
import numpy.typing as npt
import pytest

from boilerkill import attribution, separate
from boilerkill.attribution import ROWS, Attribution
from boilerkill.trees import Trees, shipped_trees
from strategies import CORPUS

THREADS = 32

# Every so manieth page: of every kind, text and HTML.
PAGES = tuple(sorted(str(path) for path in CORPUS.glob("*/page.*"))[::6])


def answer(path: str) -> str:
    """Return all that is said of a page."""
    with open(path, "rb") as file:
        document = separate(file.read(), format="html" if path.endswith(".html") else "text")
    reasons = [segment.reasons for segment in document.segments]
    return repr((document.text, document.segments, reasons, document.title, document.byline))


@functools.cache
def alone() -> list[str]:
    return [answer(path) for path in PAGES]


def test_thirty_two_threads() -> None:
    # Threads take turns as often as they can.
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    try:
        with ThreadPoolExecutor(THREADS) as pool:
            found = list(pool.map(answer, PAGES * 2))
    finally:
        sys.setswitchinterval(before)
    assert found == alone() * 2


def test_rows_of_two_blocks_in_turns(monkeypatch: pytest.MonkeyPatch) -> None:
    trees = shipped_trees("trees")
    table = np.random.default_rng(1).normal(size=(2 * ROWS, len(trees.features)))
    rows = table.astype(np.float32)
    expected = [Attribution(trees, rows).of(number) for number in (1, ROWS + 1)]
    asked = Attribution(trees, rows)
    work_out = attribution.contributions

    def meanwhile(trees: Trees, block: npt.NDArray[np.float32]) -> npt.NDArray[np.float64]:
        # Another thread asks for a row of the other block.
        monkeypatch.setattr(attribution, "contributions", work_out)
        assert asked.of(ROWS + 1) == expected[1]
        return work_out(trees, block)

    monkeypatch.setattr(attribution, "contributions", meanwhile)
    assert [asked.of(1), asked.of(ROWS + 1), asked.of(1)] == [*expected, expected[0]]


def test_an_event_loop() -> None:
    async def all_at_once() -> list[str]:
        return await asyncio.gather(*(asyncio.to_thread(answer, path) for path in PAGES))

    assert asyncio.run(all_at_once()) == alone()


THREADS_OF_A_NEW_PROCESS = """
import sys
from concurrent.futures import ThreadPoolExecutor
sys.path.insert(0, sys.argv[1])
from test_concurrency import PAGES, answer
with ThreadPoolExecutor(4) as pool:
    # Whatever is loaded when it is first used is loaded by all threads at once.
    found = list(pool.map(answer, [PAGES[0]] * 4))
assert len(set(found)) == 1
print(found[0].encode().hex())
"""


def test_the_first_use_in_many_threads() -> None:
    done = subprocess.run(
        [sys.executable, "-c", THREADS_OF_A_NEW_PROCESS, os.path.dirname(__file__)],
        capture_output=True,
        text=True,
        check=True,
    )
    assert bytes.fromhex(done.stdout).decode() == alone()[0]


FILTERS_AFTER_THREADS = """
import sys, warnings
from concurrent.futures import ThreadPoolExecutor
from boilerkill.byline import parse_date
from boilerkill.metadata.second_opinion import ask_trafilatura
before = list(warnings.filters)
sys.setswitchinterval(1e-5)
page = "<h1>Rain</h1><p>By Ann Lee</p>"
with ThreadPoolExecutor(4) as pool:
    list(pool.map(ask_trafilatura, [f"{page}<p>Day {day}</p>" for day in range(40)]))
    list(pool.map(parse_date, [f"31. Mai {year}" for year in range(1900, 1980)]))
print(warnings.filters == before)
"""


def test_threads_leave_the_filters_of_warnings_alone() -> None:
    done = subprocess.run(
        [sys.executable, "-c", FILTERS_AFTER_THREADS], capture_output=True, text=True, check=True
    )
    assert done.stdout == "True\n"


@pytest.mark.parametrize("method", ["spawn", "forkserver"])
def test_other_processes(method: str) -> None:
    if method not in multiprocessing.get_all_start_methods():
        method = "spawn"
    context = multiprocessing.get_context(method)
    with ProcessPoolExecutor(2, mp_context=context) as pool:
        assert list(pool.map(answer, PAGES[:6])) == alone()[:6]


@pytest.mark.filterwarnings("ignore:.*multi-threaded, use of fork:DeprecationWarning")
@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork")
@pytest.mark.may_skip
def test_a_fork_after_use() -> None:
    expected = alone()
    context = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(2, mp_context=context) as pool:
        assert list(pool.map(answer, PAGES[:6])) == expected[:6]
