"""Runs over a folder in which files come, change and vanish, and runs that are stopped half way.

The model is a dictionary: what each file says. Whatever has happened, a run that ends well leaves of
each file what `clean` makes of it, and a run that is stopped leaves no half of a file.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from unittest.mock import patch

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from boilerkill import clean
from boilerkill.corpus import CorpusSettings, clean_corpus
from samples import contents

NAMES = st.sampled_from(("a.txt", "b.txt", "deep/c.txt", "rows.jsonl"))
TEXTS = st.sampled_from(
    (
        "Rain ended the drought on Monday.\n\nLeave a Reply",
        "By Ann Lee\n\n“At last,” said the mayor, who had gone without a bath.",
        "Share this: Facebook Twitter WhatsApp\n\nThe river rose by two metres.",
        "",
    )
)


def as_file(name: str, text: str) -> bytes:
    """Return what a file holds that says a text: itself, or rows with it."""
    if name.endswith(".txt"):
        return f"{text}\n".encode() if text else b""
    return b"".join(json.dumps({"id": n, "text": text}).encode() + b"\n" for n in range(3))


def rows_of(name: str, data: bytes) -> object:
    """Return what a file says, however its rows are spelled."""
    return data if name.endswith(".txt") else [json.loads(line) for line in data.splitlines()]


class Stopped(BaseException):
    """What stops a run, as Ctrl-C does."""


@contextmanager
def stopped_after(files: int) -> Iterator[None]:
    """Stop whoever waits for the disk once more than that."""
    left = files

    def fsync(descriptor: int) -> None:
        nonlocal left
        left -= 1
        if left < 0:
            raise Stopped

    with patch("os.fsync", fsync):
        yield


class Runs(RuleBasedStateMachine):
    """A folder, its output, and what each file says and has said."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="boilerkill-runs-"))
        self.source, self.output = self.folder / "in", self.folder / "out"
        self.source.mkdir()
        self.says: dict[str, str] = {}
        self.said: dict[str, set[str]] = {}
        self.clock = 10**9

    @rule(name=NAMES, text=TEXTS)
    def write(self, name: str, text: str) -> None:
        path = self.source / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(as_file(name, text))
        # A file that has changed is a second younger, on whatever disk.
        self.clock += 1
        os.utime(path, (self.clock, self.clock))
        self.says[name] = text
        self.said.setdefault(name, set()).add(text)

    @rule(name=NAMES)
    def remove(self, name: str) -> None:
        if self.says.pop(name, None) is not None:
            (self.source / name).unlink()

    @rule(jobs=st.sampled_from((0, 0, 0, 1)))
    def run(self, jobs: int) -> None:
        if not self.says:
            return
        with stopped_after(10**9):
            chosen = CorpusSettings(jobs=jobs, overwrite=True)
            report = clean_corpus(self.source, self.output, chosen)
        assert report.failures == []
        found = contents(self.output)
        for name, text in self.says.items():
            assert rows_of(name, found[name]) == rows_of(name, as_file(name, clean(text))), name

    @rule()
    def run_twice(self) -> None:
        if not self.says:
            return
        self.run(0)
        before = contents(self.output)
        with stopped_after(10**9):
            report = clean_corpus(self.source, self.output, CorpusSettings(jobs=0))
        assert report.failures == []
        assert contents(self.output) == before

    @rule(files=st.integers(0, 8))
    def stop(self, files: int) -> None:
        if not self.says:
            return
        with stopped_after(files), suppress(Stopped):
            clean_corpus(self.source, self.output, CorpusSettings(jobs=0, overwrite=True))

    @invariant()
    def no_file_is_half(self) -> None:
        if self.output.is_dir():
            for name, data in contents(self.output).items():
                whole = [rows_of(name, as_file(name, clean(text))) for text in self.said[name]]
                assert rows_of(name, data) in whole, name

    def teardown(self) -> None:
        shutil.rmtree(self.folder)


TestRuns = Runs.TestCase
TestRuns.settings = settings(
    max_examples=20,
    stateful_step_count=12,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)


def test_a_run_is_stopped_half_way() -> None:
    runs = Runs()
    for name in ("a.txt", "b.txt", "deep/c.txt"):
        runs.write(name, "Rain ended the drought on Monday.")
    sizes = set()
    for files in range(12):
        shutil.rmtree(runs.output, ignore_errors=True)
        runs.stop(files)
        sizes.add(len(contents(runs.output)) if runs.output.is_dir() else 0)
        runs.no_file_is_half()
    runs.run(0)
    runs.teardown()
    assert {0, 3} < sizes
