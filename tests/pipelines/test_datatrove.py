"""BoilerkillFormatter and BoilerkillExtractor in real executors."""

from __future__ import annotations

import gzip
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from pipeline_samples import ERRORS, HTML, MOST, PAGE, ROOT, ROWS, SENTENCE, TEXTS, run_example

from boilerkill import clean

# datatrove's dependencies are older than some warnings of Python's.
pytestmark = [
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]
pytest.importorskip("datatrove", reason="pip install 'boilerkill[datatrove]'")

sys.path.insert(0, str(ROOT / "tests" / "corpus"))
from samples import warc  # noqa: E402

PAGES = [HTML.replace("mayor", name) for name in ("mayor", "miller", "baker", "smith")]


def documents() -> list[Any]:
    from datatrove.data import Document

    return [Document(text, str(number)) for number, text in enumerate(ROWS)]


def run(step: Any, found: list[Any]) -> tuple[list[Any], dict[str, Any]]:
    cleaned = list(step.run(iter(found)))
    stats = step.stats.to_dict()["stats"]
    return cleaned, {
        name: value["total"] if isinstance(value, dict) else value for name, value in stats.items()
    }


@pytest.mark.parametrize("name", ["BoilerkillFormatter", "BoilerkillExtractor"])
def test_each_document_is_what_clean_makes_of_it(name: str) -> None:
    from boilerkill.pipelines import datatrove

    step = getattr(datatrove, name)(format="auto", max_bytes=MOST, add=["title"])
    cleaned, stats = run(step, documents())
    wanted = ["" if error else text for text, error in zip(TEXTS, ERRORS, strict=True)]
    assert [document.text for document in cleaned] == wanted
    assert [document.metadata["error"] for document in cleaned] == [one or "" for one in ERRORS]
    assert [document.id for document in cleaned] == [str(number) for number in range(len(ROWS))]
    assert all("title" in document.metadata for document in cleaned)
    assert stats["total"] == stats["forwarded"] == len(ROWS)
    assert stats["failed"] == 1
    assert stats["emptied"] == sum(
        bool(row) and text == "" for row, text in zip(ROWS, TEXTS, strict=True)
    )
    assert stats["removed_chars"] == sum(
        len(row) - len(text)
        for row, text in zip(ROWS, TEXTS, strict=True)
        if row and text is not None
    )


def test_text_in_and_text_out() -> None:
    from boilerkill.pipelines.datatrove import BoilerkillExtractor, BoilerkillFormatter

    assert BoilerkillFormatter().format(PAGE) == clean(PAGE)
    assert BoilerkillExtractor().extract(HTML) == clean(HTML, format="html")
    with pytest.raises(ValueError, match="larger than 9 bytes"):
        BoilerkillExtractor(max_bytes=9).extract(HTML)


def test_no_metadata_is_replaced() -> None:
    from datatrove.data import Document

    from boilerkill.pipelines.datatrove import BoilerkillFormatter

    mine = {"score": 7, "boilerkill_score": 8, "error": "mine"}
    step = BoilerkillFormatter(add=["score"])
    (document,), _ = run(step, [Document(PAGE, "1", metadata=dict(mine))])
    assert {name: document.metadata[name] for name in mine} == mine
    assert 0.5 < document.metadata["boilerkill_boilerkill_score"] <= 1
    assert document.metadata["boilerkill_error"] == ""


def test_a_page_that_hangs_or_kills_its_process(monkeypatch: pytest.MonkeyPatch) -> None:
    from boilerkill.pipelines.datatrove import BoilerkillExtractor
    from boilerkill.pipelines.rows import Row

    def trouble(self: object, source: str) -> Row:
        if source == "hang":
            time.sleep(60)
        if source == "die":
            os._exit(9)
        return Row(source)

    monkeypatch.setattr("boilerkill.pipelines.rows.RowCleaner.__call__", trouble)
    from datatrove.data import Document

    step = BoilerkillExtractor(timeout=2)
    sources = ["one", "hang", "two", "die", "three"]
    cleaned, stats = run(step, [Document(text, text) for text in sources])
    assert [document.text for document in cleaned] == ["one", "", "two", "", "three"]
    assert [document.metadata["error"] for document in cleaned] == [
        "", "took longer than 2 s", "", "the process that cleaned it died", "",
    ]  # fmt: skip
    assert stats["failed"] == 2


@pytest.fixture
def warcs(crawl: Path) -> Path:
    write_crawl()
    return crawl


def write_crawl() -> None:
    """Write two WARC files of two pages each."""
    Path("crawl").mkdir()
    for number in range(2):
        Path(f"crawl/{number}.warc.gz").write_bytes(gzip.compress(warc(PAGES[number * 2 :][:2])))


@pytest.mark.usefixtures("warcs")
def test_the_example() -> None:
    """Two tasks in two processes, from WARC to Parquet."""
    import pyarrow.parquet as pq

    run_example("datatrove")
    written = [row for path in sorted(Path("cleaned").iterdir()) for row in read(pq, path)]
    assert [row["text"] for row in written] == [clean(page, format="html") for page in PAGES]
    assert {row["metadata"]["error"] for row in written} == {""}


def read(pq: Any, path: Path) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = pq.read_table(path).to_pylist()
    return rows


# The third task waits for ever, but where it may go.
KILLED = """
import os, sys, time
from datatrove.data import Document
from datatrove.executor import LocalPipelineExecutor
from datatrove.pipeline.writers import JsonlWriter
from boilerkill.pipelines.datatrove import BoilerkillFormatter

def read(data, rank=0, world_size=1):
    for number in range(3):
        if rank == 2 and number == 1 and "GO" not in os.environ:
            print("waiting", flush=True)
            time.sleep(600)
        yield Document(f"{sys.argv[1]} It was the {rank}th.\\n\\nLeave a Reply", f"{rank}/{number}")

pipeline = [read, BoilerkillFormatter(), JsonlWriter("out", compression=None)]
LocalPipelineExecutor(pipeline, tasks=4, workers=1, logging_dir="logs").run()
"""


@pytest.mark.skipif(os.name != "posix", reason="kills a group of processes")
def test_a_run_that_was_killed_goes_on(tmp_path: Path) -> None:
    command = [sys.executable, "-c", KILLED, SENTENCE]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    with subprocess.Popen(
        command,
        cwd=tmp_path,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"waiting\n"
        os.killpg(process.pid, signal.SIGKILL)
    done = [tmp_path / "out" / f"{rank:05}.jsonl" for rank in range(2)]
    before = [path.stat().st_mtime_ns for path in done]
    assert sorted(path.name for path in (tmp_path / "logs/completions").iterdir()) == [
        "00000",
        "00001",
    ]
    environment["GO"] = "1"
    subprocess.run(
        command, cwd=tmp_path, env=environment, check=True, timeout=120, stderr=subprocess.DEVNULL
    )
    assert [path.stat().st_mtime_ns for path in done] == before
    for rank in range(4):
        lines = (tmp_path / "out" / f"{rank:05}.jsonl").read_text("utf-8").splitlines()
        rows = [json.loads(line) for line in lines]
        assert [row["id"] for row in rows] == [f"{rank}/{number}" for number in range(3)]
        assert {row["text"] for row in rows} == {f"{SENTENCE} It was the {rank}th."}


def common_crawl() -> Any:
    """Return the script for clusters, as a module."""
    import importlib.util

    path = ROOT / "examples" / "clean_common_crawl.py"
    spec = importlib.util.spec_from_file_location("clean_common_crawl", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_script_for_clusters(warcs: Path) -> None:
    """On this machine, where it does the work, and on Slurm, which is asked to."""
    import pyarrow.parquet as pq

    script = common_crawl()
    here = str(warcs)
    script.main([f"{here}/crawl", f"{here}/cleaned", "--tasks", "2", "--workers", "1",
                 "--logs", f"{here}/logs"])  # fmt: skip
    rows = [row for path in sorted(Path("cleaned").iterdir()) for row in read(pq, path)]
    assert [row["text"] for row in rows] == [clean(page, format="html") for page in PAGES]
    assert list(rows[0]) == script.SCHEMA.names
    assert rows[0]["url"] == "https://example.org/0"

    programs = warcs / "programs"
    programs.mkdir()
    sbatch = programs / "sbatch"
    sbatch.write_text(
        f'#!/bin/sh\nfor last; do :; done; cat "$last" >> {warcs}/asked\necho Submitted batch job 7\n'
    )
    sbatch.chmod(0o755)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")
        script.main(["crawl", "slurm", "--executor", "slurm", "--tasks", "8", "--workers", "4",
                     "--logs", str(warcs / "shared"), "--partition", "long"])  # fmt: skip
    asked = (warcs / "asked").read_text()
    for line in ("--partition=long", "--array=0-7%4", "--cpus-per-task=1"):
        assert line in asked
