"""What a corpus run costs: ``python -m bench.corpus``.

Two processes against one, and what a run adds to the cleaning itself: over documents of a usual
size and over small ones, the latter in a file each and in one. Then the most memory that a run over
one large JSONL file takes, all of its processes together. The documents are made up
(`bench.sites`) and say much the same again and again, so that cleaning them takes little; those of
a usual size and of the large file can be development pages in HTML instead. Two cores that others
use too are worth less than two of one, so what two plain loops gain that share nothing is told
beside it.
"""

from __future__ import annotations

import argparse
import itertools
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple

from bench.pages import all_pages
from bench.sites import make_pages
from bench.tables import print_table

# So many of its pages make up a document of a usual size, some 20 kB, and a small one of 5 kB.
USUAL, SMALL = 10, 3
# Files in one folder of those that are read.
FILES_A_FOLDER = 500

_RUN = r"""
import json, re, resource, sys, time
from pathlib import Path
from boilerkill.corpus import CorpusSettings, clean_corpus
started = time.monotonic()
report = clean_corpus(sys.argv[1], sys.argv[2], CorpusSettings(jobs=int(sys.argv[3])))
# What the kernel says of a process that was forked and started a program counts its parent too.
own = int(re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text())[1])
usage = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
print(json.dumps({
    "documents": report.documents,
    "wall": time.monotonic() - started,
    "cpu": sum(one.ru_utime + one.ru_stime for one in usage),
    "memory": own + int(sys.argv[3]) * usage[1].ru_maxrss,
}))
"""

# A plain loop over each second document, or over all.
_LOOP = """
import json, sys, time
from boilerkill import clean
texts = [json.loads(line)["text"] for line in open(sys.argv[1], encoding="utf-8")]
clean("Rain fell all night.")
wall, cpu = time.monotonic(), time.process_time()
for text in texts[int(sys.argv[2]) :: int(sys.argv[3])]:
    clean(text)
print(time.monotonic() - wall, time.process_time() - cpu)
"""


class Loop(NamedTuple):
    """What a plain loop takes: the time that passes, and the processor's, in seconds."""

    wall: float
    cpu: float


def main() -> None:
    """Print the three tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=1500, help="how many of a usual size")
    parser.add_argument("--files", type=int, default=20_000, help="how many small ones")
    parser.add_argument("--rounds", type=int, default=3, help="how often each time is taken")
    parser.add_argument("--megabytes", type=int, default=500, help="the size of the large file")
    parser.add_argument(
        "--pages",
        type=Path,
        help="take the development pages in a folder, in HTML, for those of a usual size",
    )
    parser.add_argument("--only", choices=["times", "memory"], help="print only such tables")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        large = documents(USUAL) if arguments.pages is None else pages(arguments.pages)
        if arguments.only != "times":
            print_memory(Path(folder, "large.jsonl"), large, arguments.megabytes)
        if arguments.only == "memory":
            return
        usual = list(itertools.islice(large, arguments.documents))
        small = list(itertools.islice(documents(SMALL), arguments.files))
        files = Path(folder, "files")
        write_files(files, small)
        usual_lines, small_lines = Path(folder, "usual.jsonl"), Path(folder, "small.jsonl")
        write(usual_lines, iter(usual))
        write(small_lines, iter(small))
        for name, source, lines, texts in (
            ("JSONL", usual_lines, usual_lines, usual),
            ("JSONL", small_lines, small_lines, small),
            ("files", files, small_lines, small),
        ):
            print_times(name, source, lines, texts, arguments.rounds)


def documents(size: int) -> Iterator[str]:
    """Yield documents of so many pages, each another one."""
    for seed in itertools.count():
        pages = make_pages(sites=4, pages=50, seed=seed)
        while group := list(itertools.islice(pages, size)):
            yield "\n\n".join(page.text for page in group)


def pages(folder: Path) -> Iterator[str]:
    """Yield the development pages in HTML, again and again."""
    return itertools.cycle([page.html() for page in all_pages(folder)])


def write(path: Path, texts: Iterator[str], megabytes: int | None = None) -> None:
    """Write documents as JSONL, as many as there are or until they have a size."""
    with path.open("w", encoding="utf-8") as file:
        for number, text in enumerate(texts):
            if megabytes is not None and file.tell() >= megabytes * 1_000_000:
                return
            file.write(json.dumps({"id": number, "text": text}) + "\n")


def write_files(folder: Path, texts: Sequence[str]) -> None:
    """Write documents as files, in several folders."""
    for number, text in enumerate(texts):
        path = folder / f"{number // FILES_A_FOLDER}" / f"{number}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


def print_times(name: str, source: Path, lines: Path, texts: list[str], rounds: int) -> None:
    """Print what one process and two take, and what the cleaning alone takes.

    Args:
        name: What the source is called.
        source: What is cleaned.
        lines: A JSONL file of the same documents, for plain loops.
        texts: The documents.
        rounds: How often each time is taken.
    """
    found: dict[int, list[dict[str, float]]] = {1: [], 2: []}
    alone: list[float] = []
    apart: list[float] = []
    for _ in range(rounds):
        (one,), two = (loops(lines, count) for count in (1, 2))
        alone.append(one.cpu)
        apart.append(one.wall / max(loop.wall for loop in two))
        for jobs, times in found.items():
            times.append(run(source, jobs))
    megabytes = sum(len(text.encode()) for text in texts) / 1e6
    rows = []
    for jobs, times in found.items():
        wall = median(one["wall"] for one in times)
        gain = median(
            first["wall"] / one["wall"] for first, one in zip(found[1], times, strict=True)
        )
        rows.append((f"{jobs}", f"{wall:.1f} s", f"{megabytes / wall:.2f}", f"{gain:.2f}"))
    head = f"processes, {len(texts):,} documents of {1e3 * megabytes / len(texts):.0f} kB, {name}"
    rows.append(("2 plain loops", "", "", f"{median(apart):.2f}"))
    print_table((head, "time", "MB/s", "times one"), rows)
    cleaning = median(alone)
    whole = median(one["cpu"] for one in found[1])
    costs = [
        ("`clean()` alone", f"{cleaning:.1f} s", ""),
        ("a run, one process", f"{whole:.1f} s", f"{whole / cleaning - 1:+.0%}"),
    ]
    print_table(("time of the processor", "", "more"), costs)


def print_memory(source: Path, texts: Iterator[str], megabytes: int) -> None:
    """Print the most memory that a run over a large file takes."""
    write(source, texts, megabytes)
    rows = []
    for jobs in (1, 2):
        found = run(source, jobs)
        rows.append((f"{jobs}", f"{found['documents']:,.0f}", f"{found['memory'] / 1e3:,.0f} MB"))
    head = (f"processes, {source.stat().st_size / 1e6:,.0f} MB of JSONL", "documents", "memory")
    print_table(head, rows)


def loops(lines: Path, count: int) -> list[Loop]:
    """Clean the documents of a file in so many plain loops at the same time, each its part."""
    running = [
        subprocess.Popen(
            [sys.executable, "-c", _LOOP, str(lines), str(part), str(count)],
            stdout=subprocess.PIPE,
            text=True,
        )
        for part in range(count)
    ]
    return [Loop(*map(float, one.communicate()[0].split())) for one in running]


def run(source: Path, jobs: int) -> dict[str, float]:
    """Run over a file in a process of its own, and return what that took."""
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            [sys.executable, "-c", _RUN, str(source), f"{folder}/out{source.suffix}", str(jobs)],
            capture_output=True,
            check=True,
        )
    found: dict[str, float] = json.loads(done.stdout)
    return found


if __name__ == "__main__":
    main()
