"""How fast do reports open and scroll? ``python -m bench.report``.

A document of 2 MB and a report of 2,000 documents, in Chromium, against the bare text of the same
documents in one `pre` element; all pages take turns, medians of the rounds. A page is open when
text is on the screen; it is whole when every segment is made, so that the browser finds it, too.
While it scrolls, the longest of the frames is what a reader would notice.
"""

from __future__ import annotations

import argparse
import html
import json
import shutil
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from bench.tables import print_table
from boilerkill.corpus import CorpusSettings
from boilerkill.report import write_report

ROUNDS = 5
CORPUS = Path(__file__).parents[1] / "corpus"
MEGABYTES = 2
DOCUMENTS = 2_000
PARAGRAPH = (
    "Rain fell on Oslo, and the river rose by two metres before noon. “At last,” said the mayor, "
    "who had gone without a bath since April. It was the wettest day for number {} years.\n\n"
)

# A page is scrolled by so many pixels a frame, which is as fast as a wheel turns.
STEPS, STEP = 240, 200
SCROLL = """
const done = arguments[arguments.length - 1], [steps, size] = arguments;
const frames = []; let step = 0, last = performance.now();
const next = now => {
  frames.push(now - last); last = now;
  if (step === steps) { done(frames.slice(1)); return; }
  step += 1;
  window.scrollBy(0, size);
  requestAnimationFrame(next);
};
requestAnimationFrame(next);
"""
BARE = "<!DOCTYPE html><meta charset=utf-8><pre style='white-space:pre-wrap'>"
LAST = f"#/{DOCUMENTS - 1}"

# When the first text was painted, as the browser reports it.
PAINTED = "return performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? null"
WHOLE = "return document.getElementById('text')?.dataset.whole !== 'no'"


@dataclass(frozen=True)
class Page:
    """A page to open.

    Attributes:
        name: What it is called.
        path: Where it is.
        place: Where on it.
        bare: The name of the page that it is compared with.
    """

    name: str
    path: Path
    place: str = ""
    bare: str = ""


@dataclass(frozen=True)
class Times:
    """How long a page took, in milliseconds.

    Attributes:
        painted: Until there was text.
        whole: Until all of it was made.
        frames: The median of the frames while it scrolled.
        longest: The longest of them.
    """

    painted: float
    whole: float
    frames: float
    longest: float


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="how often each page is opened")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        pages = make_pages(Path(folder))
        driver = start_browser()
        try:
            times = [[measure(driver, page) for page in pages] for _ in range(arguments.rounds)]
        finally:
            driver.quit()
        print_times(pages, list(zip(*times, strict=True)))


def make_pages(folder: Path) -> list[Page]:
    """Write the pages to open."""
    count = MEGABYTES * 1_000_000 // len(PARAGRAPH.encode())
    large = "".join(PARAGRAPH.format(number) for number in range(count))
    sources = [path.read_text("utf-8") for path in sorted(CORPUS.glob("*/page.txt"))]
    many = [sources[number % len(sources)] for number in range(DOCUMENTS)]
    large_name, many_name = f"{MEGABYTES} MB", f"{DOCUMENTS:,} documents"
    settings = CorpusSettings(timeout=600)
    (folder / "large.txt").write_text(large, "utf-8")
    write_report(folder / "large.txt", folder / "large.html", settings)
    rows = "".join(json.dumps({"text": text}) + "\n" for text in many)
    (folder / "many.jsonl").write_text(rows, "utf-8")
    write_report(folder / "many.jsonl", folder / "many.html", settings, sample=DOCUMENTS)
    for name, text in (("bare-large", large), ("bare-many", "\n\n".join(many))):
        (folder / f"{name}.html").write_text(BARE + html.escape(text), "utf-8")
    return [
        Page(f"{large_name}, bare", folder / "bare-large.html"),
        Page(f"{large_name}, report", folder / "large.html", bare=f"{large_name}, bare"),
        Page(f"{many_name}, bare", folder / "bare-many.html"),
        Page(f"{many_name}, overview", folder / "many.html", bare=f"{many_name}, bare"),
        Page(f"{many_name}, the last", folder / "many.html", LAST, f"{many_name}, bare"),
    ]


def start_browser() -> Any:
    """Return a headless Chromium."""
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium") or "chromium"
    for argument in ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"):
        options.add_argument(argument)
    driver = webdriver.Chrome(options=options, service=Service(shutil.which("chromedriver")))
    driver.set_script_timeout(300)
    return driver


def measure(driver: Any, page: Page) -> Times:
    """Open a page, scroll it, and return how long that took."""
    driver.get("about:blank")
    started = time.perf_counter()
    driver.get(page.path.as_uri() + page.place)
    painted = float(until(lambda: driver.execute_script(PAINTED)))
    until(lambda: driver.execute_script(WHOLE))
    whole = 1e3 * (time.perf_counter() - started)
    frames = driver.execute_async_script(SCROLL, STEPS, STEP)
    return Times(painted, whole, median(frames), max(frames))


def until(condition: Callable[[], Any]) -> Any:
    """Return what a condition returns, when it does."""
    while True:
        found = condition()
        if found:
            return found
        time.sleep(0.005)


def print_times(pages: Sequence[Page], times: Sequence[Sequence[Times]]) -> None:
    """Print how long the pages took, and how that compares with the bare text."""
    found = {
        page.name: Times(
            median(one.painted for one in rounds),
            median(one.whole for one in rounds),
            median(one.frames for one in rounds),
            median(one.longest for one in rounds),
        )
        for page, rounds in zip(pages, times, strict=True)
    }
    rows = []
    for page in pages:
        own, bare = found[page.name], found.get(page.bare)
        size = f"{page.path.stat().st_size / 1e6:.1f}"
        share = f"{own.painted / bare.painted:.2f}" if bare is not None else "1.00"
        numbers = (own.painted, own.whole, own.frames, own.longest)
        rows.append((page.name, size, share, *(f"{number:.0f}" for number in numbers)))
    print_table(
        ("page", "MB", "open, × bare", "open, ms", "whole, ms", "a frame, ms", "longest frame, ms"),
        rows,
    )


if __name__ == "__main__":
    main()
