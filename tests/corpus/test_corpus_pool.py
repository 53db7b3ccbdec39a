"""The processes of a run: whatever becomes of one, every document is done once, in order."""

from __future__ import annotations

import os
import random
import re
import signal
import time
from collections.abc import Iterator

import pytest

from boilerkill.corpus import CorpusSettings, Outcome
from boilerkill.corpus.pool import Document, Pool, Task

DIES, HANGS, HANGS_ALONE = "dies", "hangs", "hangs alone"
TIMEOUT = 1.0


def work(text: str | bytes, format: str, settings: CorpusSettings, site: str | None) -> Outcome:
    if text == DIES:
        os.kill(os.getpid(), signal.SIGKILL)
    if text == HANGS:
        time.sleep(60)
    if text == HANGS_ALONE:
        # No other thread of the process runs meanwhile.
        re.match(r"(a+)+$", "a" * 60 + "b")
    return Outcome(f"{text!r} of {site}")


def expected(document: Document) -> Outcome | str:
    if document[0] == DIES:
        return f"the process that cleaned it died (signal {int(signal.SIGKILL)})"
    if document[0] in (HANGS, HANGS_ALONE):
        return f"took longer than {TIMEOUT:g} s (--timeout)"
    return work(document[0], "", CorpusSettings(), document[2])


def batches(seed: int) -> list[list[Document]]:
    """Return batches of some documents each, some of none; a few of them end their process."""
    chance = random.Random(seed)
    found: list[list[Document]] = [
        [(f"document {at}.{number}", "text", None) for number in range(chance.randrange(5))]
        for at in range(60)
    ]
    for text in (DIES, DIES, DIES, HANGS):
        batch = chance.choice(found)
        batch.insert(chance.randrange(len(batch) + 1), (text, "text", "example.org"))
    return found


@pytest.mark.parametrize("jobs", [1, 3])
@pytest.mark.parametrize("seed", range(3))
def test_every_document_is_done_once_in_order(jobs: int, seed: int) -> None:
    source = batches(seed)
    tasks = (Task(at, documents) for at, documents in enumerate(source))
    with Pool(CorpusSettings(jobs=jobs, timeout=TIMEOUT), work) as pool:
        done = list(pool.map(tasks))
    assert [task.tag for task in done] == list(range(len(source)))
    for task, documents in zip(done, source, strict=True):
        assert task.results == list(map(expected, documents))


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_process_that_hangs_keeps_nothing_from_the_others(jobs: int) -> None:
    """It does not read what is sent to it, which is more than a pipe holds."""
    texts = [HANGS_ALONE, *(f"{at}" * 300_000 for at in range(6))]
    source: list[list[Document]] = [[(text, "text", None)] for text in texts]
    with Pool(CorpusSettings(jobs=jobs, timeout=TIMEOUT), work) as pool:
        done = list(pool.map(Task(at, documents) for at, documents in enumerate(source)))
    assert [task.results for task in done] == [[expected(each[0])] for each in source]


def test_what_is_read_ahead_is_bounded() -> None:
    read = 0

    def tasks() -> Iterator[Task[int]]:
        nonlocal read
        for read in range(1, 500):
            yield Task(read, [("rain", "text", None)])

    with Pool(CorpusSettings(jobs=1), work) as pool:
        for done, _ in enumerate(pool.map(tasks())):
            assert read - done <= 20
    assert read == 499
