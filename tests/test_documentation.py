"""The README and the pages of docs/ are run: each command that they show, and each Python example.

A page is one test. Its blocks run in their order, in a folder that holds what pages speak of, so
that a block may use what those above it made. What a page shows of the output, with "..." for what
is left out, is what must come.
"""

from __future__ import annotations

import doctest
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from documentation_samples import write_samples

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
# This page needs engines; see tests/pipelines.
RUN_ELSEWHERE = DOCS / "pipelines.md"
PAGES = [
    ROOT / "README.md",
    *sorted(page for page in DOCS.rglob("*.md") if page != RUN_ELSEWHERE),
]

BLOCK = re.compile(r"^```(\w+)[^\n]*\n(.*?)^```$", re.MULTILINE | re.DOTALL)
COMMAND = re.compile(r"^\$ (.*)\n", re.MULTILINE)
# The site shows a part of another file where such a line stands; all that is near to one must be one.
NEAR_SNIPPET = re.compile(r"^.*-\s*8\s*<.*$", re.MULTILINE)
SNIPPET = re.compile(r'--8<-- "([\w./-]+)(?::(\w+))?"|<!-- --8<-- \[(?:start|end):\w+\] -->')
# Blocks in these languages are run; no block may be in one that looks as if it were.
RUN = {"console", "python"}
NOT_RUN = {"bash", "sh", "shell", "pycon"}
OPTIONS = doctest.ELLIPSIS


def blocks(page: Path) -> Iterator[tuple[str, str, int]]:
    """Yield language, text and line of each block."""
    text = page.read_text("utf-8")
    for block in BLOCK.finditer(text):
        yield block[1], block[2], text.count("\n", 0, block.start()) + 1


def commands(block: str) -> Iterator[tuple[str, str]]:
    """Yield each command of a block, with what it is shown to print."""
    before, *parts = COMMAND.split(block)
    assert not before, "a console block begins with a command"
    yield from zip(parts[::2], parts[1::2], strict=True)


def title(page: Path) -> str:
    return str(page.relative_to(ROOT))


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """An environment in which `boilerkill` and `python` are those that are tested."""
    programs = tmp_path_factory.mktemp("bin")
    for name, arguments in (("boilerkill", "-m boilerkill "), ("python", "")):
        script = programs / name
        script.write_text(f'#!/bin/sh\nexec "{sys.executable}" {arguments}"$@"\n')
        script.chmod(0o755)
    return {
        **os.environ,
        "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": os.pathsep.join(str(Path(entry).resolve()) for entry in sys.path),
        "COLUMNS": "100",
        "LC_ALL": "C.UTF-8",
    }


@pytest.mark.parametrize("page", PAGES, ids=title)
def test_what_a_page_shows_is_so(
    page: Path, environment: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_samples(tmp_path)
    monkeypatch.chdir(tmp_path)
    names: dict[str, Any] = {}
    for language, block, line in blocks(page):
        assert language not in NOT_RUN, f"line {line}: say console or python, so that it is run"
        if language == "console":
            for command, shown in commands(block):
                check_command(command, shown, environment)
        elif language == "python":
            names = check_examples(block, names, page, line)


@pytest.mark.parametrize("page", [*PAGES, RUN_ELSEWHERE], ids=title)
def test_what_a_page_takes_from_other_files_is_there(page: Path) -> None:
    for line in NEAR_SNIPPET.findall(page.read_text("utf-8")):
        found = SNIPPET.fullmatch(line)
        assert found, f"{line!r} is no mark of a snippet"
        if found[1]:
            text = (ROOT / found[1]).read_text("utf-8")
            assert found[2] is None or f"[start:{found[2]}]" in text


@pytest.mark.parametrize("page", [*PAGES, RUN_ELSEWHERE], ids=title)
def test_no_heading_stands_on_a_page_twice(page: Path) -> None:
    headings = re.findall(r"^#.*", BLOCK.sub("", page.read_text("utf-8")), re.MULTILINE)
    assert [heading for heading, times in Counter(headings).items() if times > 1] == []


def check_command(command: str, shown: str, environment: dict[str, str]) -> None:
    done = subprocess.run(
        ["bash", "-c", command],
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )
    as_shown = doctest.OutputChecker().check_output(shown, done.stdout, OPTIONS)
    assert as_shown, f"$ {command}\nprints\n{done.stdout}\nwhere the page has\n{shown}"
    assert done.returncode == 0, command


def check_examples(block: str, names: dict[str, Any], page: Path, line: int) -> dict[str, Any]:
    """Run the examples of a block, and return the names that there are then."""
    test = doctest.DocTestParser().get_doctest(block, names, title(page), str(page), line)
    said: list[str] = []
    runner = doctest.DocTestRunner(verbose=False, optionflags=OPTIONS)
    failed, _ = runner.run(test, out=said.append, clear_globs=False)
    assert not failed, "".join(said)
    return test.globs


def test_an_output_that_differs_is_found(environment: dict[str, str]) -> None:
    check_command("boilerkill --version", "boilerkill ...\n", environment)
    with pytest.raises(AssertionError, match="where the page has"):
        check_command("boilerkill --version", "boilerkiln ...\n", environment)
    with pytest.raises(AssertionError, match="exit 3"):
        check_command("exit 3", "", environment)
