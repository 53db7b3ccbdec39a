"""A tool, what it makes of pages, and how long it takes."""

from __future__ import annotations

import contextlib
import hashlib
import json
import logging
import re
import signal
import sys
import time
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from statistics import median
from types import FrameType
from typing import Any

from bench.node import NPM, npm_version
from bench.pages import CACHE, Page

__all__ = [
    "Output", "Outputs", "Run", "Tool", "attempt", "outputs", "quiet", "ratio", "take_turns"
]  # fmt: skip

Run = Callable[[str], str]

# A tool that takes longer over one page has failed.
MOST_SECONDS = 30


@dataclass(frozen=True)
class Tool:
    """Something that takes a page or a text and returns its body.

    Attributes:
        name: What it is called in tables.
        run: What it does; it may raise.
        packages: What it needs, by whose versions its outputs are kept (none: they aren't kept).
        give: How it is given its own output, to see whether that comes back.
        clock: Seconds that it has been busy.
    """

    name: str
    run: Run
    packages: tuple[str, ...] = ()
    give: Run = str
    clock: Callable[[], float] = time.process_time

    def versions(self) -> str | None:
        """Return its packages with their versions, or None where one isn't installed."""
        try:
            found = [npm_version(p) if p.startswith(NPM) else version(p) for p in self.packages]
        except PackageNotFoundError:
            return None
        return " ".join(map("-".join, zip(self.packages, found, strict=True)))


@dataclass(frozen=True)
class Output:
    """What a tool makes of one page.

    Attributes:
        text: The text; empty where the tool failed.
        failed: Whether it raised, or took too long.
        changes: Whether it changes its own output, white space apart, when it is given that.
    """

    text: str
    failed: bool = False
    changes: bool = False


# By the name of the page.
Outputs = Mapping[str, Output]


def attempt(run: Run, source: str, again: Run) -> Output:
    """Run a tool, and once more on what came out: `again` is the tool for its own output.

    >>> attempt(str.upper, "rain", str.upper)
    Output(text='RAIN', failed=False, changes=False)
    >>> attempt(lambda text: text[1:], "rain", lambda text: text[1:])
    Output(text='ain', failed=False, changes=True)
    >>> attempt({}.__getitem__, "rain", str)
    Output(text='', failed=True, changes=False)
    """
    text = _run_or_none(run, source)
    if text is None:
        return Output("", failed=True)
    if not text.strip():
        return Output(text)
    return Output(text, changes=(_run_or_none(again, text) or "").split() != text.split())


def _run_or_none(run: Run, source: str) -> str | None:
    try:
        with _deadline(MOST_SECONDS):
            return run(source)
    except Exception:
        return None


@contextlib.contextmanager
def _deadline(limit: float) -> Iterator[None]:
    """Raise a TimeoutError in what takes longer than so many seconds."""

    def stop(number: int, frame: FrameType | None) -> None:
        raise TimeoutError(f"longer than {limit} s")

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, limit)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def outputs(
    tool: Tool, pages: Sequence[Page], source: Callable[[Page], str], origin: str = "html"
) -> Outputs:
    """Return what a tool makes of each page.

    Args:
        tool: The tool.
        pages: The pages.
        source: What the tool is given of a page.
        origin: Where that comes from, with its version.

    Returns:
        The outputs. They are kept in a folder for temporary files, by the versions of the tool's
        packages and the origin.
    """
    name = f"{origin} {tool.name} {tool.versions()}"
    file = CACHE / f"{re.sub(r'[^a-z0-9.]+', '-', name.lower()).strip('-')}.jsonl"
    kept = bool(tool.packages)
    known = _read_kept(file) if kept and file.exists() else {}
    missing = [page for page in pages if known.get(page.name, ("",))[0] != _stamp(page)]
    if missing and kept:
        print(f"{tool.name}: {len(missing)} pages", file=sys.stderr)
        CACHE.mkdir(parents=True, exist_ok=True)
    for page in missing:
        found = attempt(tool.run, source(page), lambda text: tool.run(tool.give(text)))
        known[page.name] = [_stamp(page), *astuple(found)]
        if kept:
            with file.open("a", encoding="utf-8") as lines:
                lines.write(json.dumps([page.name, *known[page.name]]) + "\n")
    return {page.name: Output(*known[page.name][1:]) for page in pages}


def _read_kept(file: Path) -> dict[str, list[Any]]:
    """Return, by the page's name, its stamp and what the output is made of."""
    known = {}
    with file.open(encoding="utf-8") as lines:
        for line in lines:
            # The last line of a run that was killed may be cut.
            with contextlib.suppress(ValueError):
                name, *kept = json.loads(line)
                known[name] = kept
    return known


def _stamp(page: Page) -> str:
    """Return what tells a page's file from a later one of the same name."""
    return hashlib.sha256(page.file.read_bytes()).hexdigest()


def take_turns(
    tools: Sequence[Tool], sources: Sequence[str], rounds: int
) -> dict[str, list[float]]:
    """Let tools take turns over the same sources.

    Returns:
        By the name of the tool, the seconds that it was busy in each round.
    """
    for tool in tools:
        _run_or_none(tool.run, sources[0])
    times: dict[str, list[float]] = {tool.name: [] for tool in tools}
    for _ in range(rounds):
        for tool in tools:
            start = tool.clock()
            for source in sources:
                _run_or_none(tool.run, source)
            times[tool.name].append(tool.clock() - start)
    return times


def ratio(times: Mapping[str, Sequence[float]], name: str, reference: str) -> float:
    """Return the median over the rounds of how many times as long one tool takes as another.

    >>> ratio({"slow": [4.0, 8.0, 9.0], "fast": [2.0, 4.0, 3.0]}, "slow", "fast")
    2.0
    """
    return median(a / b for a, b in zip(times[name], times[reference], strict=True))


def quiet() -> None:
    """Let no tool log or warn; what fails is counted."""
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
