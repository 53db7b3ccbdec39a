"""`boilerkill clean -` in real pipes of a real shell."""

from __future__ import annotations

import gzip
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from pipeline_samples import PAGE, ROWS, SEARCH, SENTENCE, examples

from boilerkill import clean

pytestmark = pytest.mark.skipif(os.name != "posix", reason="needs a POSIX shell")

# How long to wait for a pipe that hangs; nothing is measured by it.
PATIENCE = 120


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """The environment of a shell that finds this boilerkill."""
    programs = tmp_path / "programs"
    programs.mkdir()
    command = programs / "boilerkill"
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m boilerkill "$@"\n')
    command.chmod(0o755)
    path = f"{programs}{os.pathsep}{os.environ['PATH']}"
    return {**os.environ, "PATH": path, "PYTHONPATH": SEARCH}


def write_crawl(path: Path) -> None:
    lines = [json.dumps({"id": number, "text": text}) for number, text in enumerate(ROWS)]
    path.write_text("\n".join(lines) + "\n")


def shell(line: str, folder: Path, environment: dict[str, str]) -> str:
    return subprocess.run(
        ["bash", "-o", "pipefail", "-c", line],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        check=True,
        text=True,
        timeout=PATIENCE,
    ).stdout


def test_the_example(tmp_path: Path, environment: dict[str, str]) -> None:
    """As it stands in the documentation, but that where zstdcat lacks, Python does its work."""
    write_crawl(tmp_path / "crawl.jsonl")
    import zstandard

    packed = zstandard.compress((tmp_path / "crawl.jsonl").read_bytes())
    (tmp_path / "crawl.jsonl.zst").write_bytes(packed)
    if shutil.which("zstdcat") is None:
        unpack = "import sys, zstandard; sys.stdout.buffer.write(zstandard.decompress(open(sys.argv[1], 'rb').read()))"
        program = tmp_path / "programs" / "zstdcat"
        program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -c "{unpack}" "$@"\n')
        program.chmod(0o755)
    (line,) = [block for block in examples("Shell") if "zstdcat" in block]
    shell(line, tmp_path, environment)
    cleaned = gzip.decompress((tmp_path / "cleaned.jsonl.gz").read_bytes()).decode()
    assert [json.loads(row) for row in cleaned.splitlines()] == [
        {"id": number, "text": None if text is None else clean(text)}
        for number, text in enumerate(ROWS)
    ]


def test_lines_come_out_of_a_pipe_that_never_ends(
    tmp_path: Path, environment: dict[str, str]
) -> None:
    (tmp_path / "line").write_text(json.dumps({"text": PAGE}))
    line = 'yes "$(cat line)" | boilerkill clean - --field text -q --jobs 1 | head -n 300 || true'
    assert [json.loads(row) for row in shell(line, tmp_path, environment).splitlines()] == [
        {"text": clean(PAGE)}
    ] * 300


def test_each_line_comes_out_before_the_next_comes_in(environment: dict[str, str]) -> None:
    """As from a crawler that writes one now and then."""
    with subprocess.Popen(
        ["boilerkill", "clean", "-", "--field", "text", "--quiet", "--jobs", "1"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=environment,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for number in range(3):
            text = f"{SENTENCE} It was the {number}th time."
            process.stdin.write(json.dumps({"text": f"{text}\n\nLeave a Reply"}).encode() + b"\n")
            process.stdin.flush()
            assert json.loads(process.stdout.readline()) == {"text": text}
        process.stdin.close()
        assert process.stdout.read() == b""
        assert process.wait(PATIENCE) == 0
