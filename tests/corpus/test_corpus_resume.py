"""Runs that stop and go on, and runs in several processes: the bytes are always the same."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from boilerkill import __version__
from boilerkill.corpus import (
    CorpusError,
    CorpusInterrupted,
    CorpusSettings,
    CorpusStopped,
    Progress,
    clean_corpus,
    ledger,
)
from boilerkill.corpus.show import closing_table
from boilerkill.corpus.status import Status, read_status
from boilerkill.corpus.work import attempt
from samples import contents, every_kind, jsonl, rows

pytestmark = pytest.mark.usefixtures("no_waiting_for_the_disk")
HERE = CorpusSettings(jobs=0)
PATIENCE = 120

needs_posix = pytest.mark.skipif(os.name != "posix", reason="needs signals")


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A folder with a file of every kind, and one of many documents."""
    every_kind(tmp_path / "in")
    (tmp_path / "in/many.jsonl").write_bytes(jsonl(rows(300)))
    return tmp_path / "in"


@pytest.mark.parametrize("to", [None, "jsonl"])
def test_the_number_of_processes_makes_no_difference(source: Path, to: str | None) -> None:
    found = []
    for jobs in (0, 1, 3):
        out = source.with_name(f"out{jobs}")
        report = clean_corpus(source, out, CorpusSettings(jobs=jobs, to=to, shards=2 if to else 1))
        found.append((contents(out), report.counts(), report.failures))
    assert found[0] == found[1] == found[2]
    assert found[0][1]["documents"] > 300


@needs_posix
@pytest.mark.parametrize("to", ["", "jsonl", "parquet"])
def test_a_run_that_is_killed_at_any_moment_goes_on_to_the_same_bytes(
    source: Path, to: str
) -> None:
    script = str(Path(__file__).with_name("killing.py"))
    done = subprocess.run(
        [sys.executable, script, str(source), f"{source}-out", "17" if to else "50", to],
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE * 3,
    )
    assert done.returncode == 0, done.stderr
    assert "killed" in done.stdout


@needs_posix
def test_the_command_is_killed_with_its_processes_and_goes_on(source: Path) -> None:
    expected = source.with_name("expected")
    clean_corpus(source, expected, CorpusSettings(jobs=2))
    out = source.with_name("out")
    arguments = [sys.executable, "-m", "boilerkill", "clean", str(source), "-o", str(out)]
    with subprocess.Popen(arguments, stderr=subprocess.DEVNULL) as process:
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline and not holds_something(out / ".boilerkill/spool"):
            time.sleep(0.01)
        process.kill()
    written = out / "many.jsonl"
    assert not written.exists() or written.read_bytes() == (expected / "many.jsonl").read_bytes()
    subprocess.run(arguments, check=True, capture_output=True, timeout=PATIENCE)
    assert contents(out) == contents(expected)


def holds_something(spool: Path) -> bool:
    """Tell whether a batch was kept; what is kept goes when the file is whole."""
    with contextlib.suppress(FileNotFoundError):
        return any(file.stat().st_size for file in spool.glob("*"))
    return False


def stop_half_way(source: Path, out: Path) -> None:
    def interrupt(progress: Progress) -> None:
        if progress.documents > 150:
            raise KeyboardInterrupt

    with pytest.raises(CorpusInterrupted):
        clean_corpus(source, out, HERE, on_progress=interrupt)


def test_what_was_cleaned_is_not_cleaned_again(
    source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = source.with_name("out")
    stop_half_way(source, out)
    cleaned: list[object] = []

    def count(*arguments: Any, **options: Any) -> object:
        cleaned.append(arguments)
        return attempt(*arguments, **options)

    monkeypatch.setattr("boilerkill.corpus.pool.attempt", count)
    report = clean_corpus(source, out, HERE)
    assert 0 < len(cleaned) < report.documents - 120
    again = clean_corpus(source, out, HERE)
    assert (again.counts(), again.done_before) == (report.counts(), 12)


def test_a_batch_that_has_changed_since_is_cleaned_again(source: Path) -> None:
    out = source.with_name("out")
    stop_half_way(source, out)
    (source / "many.jsonl").write_bytes(jsonl([{"id": 0, "text": "It rained."}, *rows(300)[1:]]))
    clean_corpus(source, out, HERE)
    first = (out / "many.jsonl").read_text().splitlines()[0]
    assert json.loads(first) == {"id": 0, "text": "It rained."}


@pytest.mark.parametrize(
    ("chosen", "said"),
    [
        (CorpusSettings(jobs=0, threshold=0.2), "threshold 0.5"),
        (CorpusSettings(jobs=0, keep=["BYLINE"]), "no --keep"),
        (CorpusSettings(jobs=0, to="jsonl"), "no --to"),
    ],
)
def test_other_options_ask_to_overwrite(source: Path, chosen: CorpusSettings, said: str) -> None:
    out = source.with_name("out")
    clean_corpus(source, out, HERE)
    before = contents(out)
    with pytest.raises(CorpusError, match=rf"was cleaned with .*{said}.*--overwrite"):
        clean_corpus(source, out, chosen)
    assert contents(out) == before
    report = clean_corpus(source, out, chosen.replace(overwrite=True))
    assert (report.done_before, report.failed) == (0, 0)


@pytest.mark.parametrize("alone", [True, False])
def test_where_nothing_is_done_other_options_begin_anew(source: Path, alone: bool) -> None:
    (source / "a.jsonl").write_bytes(jsonl(rows(2)))
    given = source / "a.jsonl" if alone else source
    out = source.with_name("b.jsonl" if alone else "out")
    for path in source.iterdir():
        if path.name != "a.jsonl":
            path.unlink()
    assert clean_corpus(given, out, HERE.replace(field="nope")).documents == 0
    assert clean_corpus(given, out, HERE.replace(field="text")).documents == 2


def test_the_output_is_named_that_was_cleaned_otherwise(source: Path) -> None:
    (source / "a.jsonl").write_bytes(b"[]\n" + jsonl(rows(2)))
    out = source.with_name("b.jsonl")
    clean_corpus(source / "a.jsonl", out, HERE)
    with pytest.raises(CorpusError, match=r"b\.jsonl was cleaned with threshold 0\.5"):
        clean_corpus(source / "a.jsonl", out, HERE.replace(threshold=0.2))


def test_the_status_names_what_could_not_be_opened(source: Path) -> None:
    out = source.with_name("out")
    (source / "gone.txt").symlink_to("nowhere")
    for _ in range(2):
        assert clean_corpus(source, out, HERE).failed == 1
        status = read_status(out)
        assert [one.path.name for one in status.report.failures] == ["gone.txt"]
        assert status.files["failed"] == 1
    (source / "gone.txt").unlink()
    clean_corpus(source, out, HERE)
    assert read_status(out).report.failed == 0


def test_the_rate_of_a_run_that_goes_on_is_its_own(source: Path) -> None:
    out = source.with_name("out")
    first = clean_corpus(source, out, HERE)
    assert (first.documents_before, first.bytes_before) == (0, 0)
    again = clean_corpus(source, out, HERE)
    assert again.documents_before == first.documents
    assert again.bytes_before == again.bytes == first.bytes
    (line,) = [line for line in closing_table(again) if line.startswith("time")]
    assert "a second" not in line


def test_another_version_asks_to_overwrite(source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    clean_corpus(source, source.with_name("out"), HERE)
    monkeypatch.setattr("boilerkill.corpus.beginning.__version__", "99")
    with pytest.raises(CorpusError, match=r"was cleaned with boilerkill 0\.1"):
        clean_corpus(source, source.with_name("out"), HERE)


def test_an_input_that_has_changed_asks_to_overwrite(source: Path) -> None:
    out = source.with_name("out")
    clean_corpus(source, out, HERE)
    (source / "a.txt").write_text("It snowed.")
    with pytest.raises(CorpusError, match=r"an earlier state of 1 inputs, such as .*a.txt"):
        clean_corpus(source, out, HERE)
    clean_corpus(source, out, HERE.replace(overwrite=True))
    assert (out / "a.txt").read_text() == "It snowed.\n"


def test_new_files_are_cleaned_and_missing_outputs_made_again(source: Path) -> None:
    out = source.with_name("out")
    clean_corpus(source, out, HERE)
    before = contents(out)
    (source / "new.txt").write_text("It snowed.")
    (out / "a.txt").unlink()
    report = clean_corpus(source, out, HERE)
    assert report.done_before == 11
    assert contents(out) == {**before, "new.txt": b"It snowed.\n"}


def test_one_file_leaves_nothing_beside_it(source: Path) -> None:
    (source.parent / "there").mkdir()
    clean_corpus(source / "many.jsonl", source.parent / "there/all.jsonl", HERE)
    assert [path.name for path in (source.parent / "there").iterdir()] == ["all.jsonl"]


def test_one_file_that_was_stopped_goes_on(source: Path) -> None:
    def interrupt(progress: Progress) -> None:
        if progress.documents > 150:
            raise KeyboardInterrupt

    out = source.parent / "there/all.jsonl"
    with pytest.raises(CorpusInterrupted) as stopped:
        clean_corpus(source / "many.jsonl", out, HERE, on_progress=interrupt)
    assert [path.name for path in out.parent.iterdir()] == [".all.jsonl.boilerkill"]
    status = read_status(out)
    assert (status.finished, status.files) == (False, {"waiting": 1})
    kept = stopped.value.report
    assert status.report.begun == kept.begun == kept.documents > 150
    for lines in (status.lines(), closing_table(kept)):
        assert f"begun            {kept.goes_on}" in lines
    clean_corpus(source / "many.jsonl", out, HERE)
    assert [path.name for path in out.parent.iterdir()] == ["all.jsonl"]


def test_two_runs_do_not_work_in_one_output(source: Path) -> None:
    out = source.with_name("out")
    refusals: list[str] = []

    def begin_another(progress: Progress) -> None:
        with pytest.raises(CorpusError) as caught:
            clean_corpus(source, out, HERE)
        refusals.append(str(caught.value))

    clean_corpus(source / "a.txt", out / "x/", HERE)
    clean_corpus(source / "a.txt", f"{out}/", HERE, on_progress=begin_another)
    assert set(refusals) == {f"another run is at work in {out}"}


def test_a_run_at_work_says_how_far_it_is(source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("boilerkill.corpus.run._TELL_EVERY", 0.0)
    out = source.with_name("out")
    told: list[tuple[Progress, Status]] = []
    (source / "b.txt").write_bytes(b"\x00")
    clean_corpus(source, out, HERE, on_progress=lambda now: told.append((now, read_status(out))))
    assert len(told) > 2
    for progress, status in told:
        report = status.report
        assert (status.state, status.version) == ("at work", __version__)
        assert (report.documents, report.bytes, status.total_bytes, report.failed) == (
            progress.documents, progress.bytes, progress.total_bytes, progress.failed,
        )  # fmt: skip
        assert sum(status.files.values()) == 13
    assert told[0][1].files == {"waiting": 13}
    assert told[-1][1].files == read_status(out).files
    assert "100% read" in next(told[-1][1].lines())
    assert not (out / ".boilerkill" / "status.json").exists()


def test_a_ledger_that_is_none_is_said(source: Path) -> None:
    (source.with_name("out") / ".boilerkill").mkdir(parents=True)
    (source.with_name("out") / ".boilerkill/ledger.sqlite").write_bytes(b"nothing of the kind" * 99)
    with pytest.raises(CorpusError, match=r"ledger.sqlite: file is not a database"):
        clean_corpus(source, source.with_name("out"), HERE)


@pytest.mark.parametrize("pages", [1, 3, 12])
def test_a_disk_that_is_full_stops_the_run_and_the_same_one_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pages: int
) -> None:
    (tmp_path / "in").mkdir()
    for number in range(300):
        (tmp_path / f"in/{number}.txt").write_text("Rain fell.")
    out = tmp_path / "out"
    with monkeypatch.context() as patch:
        patch.setattr(ledger, "_LEDGER", f"PRAGMA ledger.max_page_count={pages};{ledger._LEDGER}")
        with pytest.raises(
            CorpusStopped, match=r"ledger.sqlite: no space left on device"
        ) as caught:
            clean_corpus(tmp_path / "in", out, HERE)
        assert caught.value.report.stopped == str(caught.value)
    with pytest.raises(CorpusError, match="did not begin"):
        read_status(out)
    assert clean_corpus(tmp_path / "in", out, HERE).documents == 300


def test_a_disk_that_is_full_is_told_from_one_that_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    error = sqlite3.OperationalError("disk I/O error")
    assert ledger._reason(error, tmp_path) == "disk I/O error"
    monkeypatch.setattr("shutil.disk_usage", lambda folder: SimpleNamespace(free=4096))
    assert "no space left on device" in ledger._reason(error, tmp_path)


def test_the_ledger_says_what_was_done(source: Path) -> None:
    out = source.with_name("out")
    (source / "b.txt").write_bytes(b"\x00")
    clean_corpus(source, out, HERE)
    status = read_status(out)
    assert status.finished
    assert status.files == {"done": 12, "failed": 1}
    assert status.report.failures[0].path == source / "b.txt"
    kept = sqlite3.connect(out / ".boilerkill/ledger.sqlite")
    digests = dict(kept.execute("SELECT target, digest FROM files"))
    kept.close()
    assert digests[os.fsencode(out / "a.txt")]
    assert digests[os.fsencode(out / "many.jsonl")]


@needs_posix
def test_no_process_stays_behind_when_the_run_is_killed(source: Path) -> None:
    script = (
        "import sys, os\n"
        "from boilerkill.corpus import CorpusSettings, clean_corpus\n"
        "from boilerkill.corpus import pool\n"
        "def die(progress):\n"
        "    if progress.documents > 100:\n"
        "        os.kill(os.getpid(), 9)\n"
        "start = pool._Worker.ready\n"
        "def ready(worker):\n"
        "    print(worker.process.pid, flush=True)\n"
        "    start(worker)\n"
        "pool._Worker.ready = ready\n"
        "clean_corpus(sys.argv[1], sys.argv[2], CorpusSettings(jobs=2), on_progress=die)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(source), f"{source}-out"],
        capture_output=True,
        check=False,
        timeout=PATIENCE,
    )
    assert done.returncode == -signal.SIGKILL
    pids = [int(line) for line in done.stdout.split()]
    assert pids
    deadline = time.monotonic() + PATIENCE
    while any(map(is_alive, pids)) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not any(map(is_alive, pids))


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    status = Path(f"/proc/{pid}/stat")
    return not status.exists() or status.read_text().rpartition(")")[2].split()[0] != "Z"
