"""What do the first call and a large page take? ``python -m bench.start``.

Each line of code runs in interpreters of its own, which take turns; the medians count. The time is
the processor's, above that of an interpreter that does nothing.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
from statistics import median

from bench.tables import print_table

__all__ = ["print_memory", "print_start"]

ROUNDS = 7

IMPORT = "from boilerkill import clean"
FIRST_CALL = f"{IMPORT}; clean('<p>Rain fell all night.</p><p>By Ann Lee', format='html')"
# What boilerkill runs, and what it is compared with.
COMPARED = ((IMPORT, "import regex"), (FIRST_CALL, "import trafilatura"))

_MEMORY = """
import json, resource
from boilerkill import clean
import boilerkill.passes
used = [resource.getrusage(resource.RUSAGE_SELF).ru_maxrss]
prose = "Rain fell all night, and the river rose by two metres before noon. " * 5
for size in (1_000, 1_000_000):
    page = f"<div class=story><p>{prose}</p></div>\\n"
    clean(page * (size // len(page) + 1), format="html")
    used.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
print(json.dumps(used))
"""


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="how often each line runs")
    print_start(parser.parse_args().rounds)
    print_memory()


def print_start(rounds: int) -> None:
    """Print what importing boilerkill and the first call take."""
    codes = ["pass", *(code for pair in COMPARED for code in pair)]
    taken: dict[str, list[float]] = {code: [] for code in codes}
    for code in codes:
        # The first time, files are read from the disk.
        seconds(code)
    for _ in range(rounds):
        for code in codes:
            taken[code].append(seconds(code))
    above = {code: median(taken[code]) - median(taken["pass"]) for code in codes}
    rows = [
        (name, f"{1e3 * above[own]:.0f} ms", other, f"{1e3 * above[other]:.0f} ms",
         f"{above[own] / above[other]:.2f}")
        for name, (own, other) in zip(("import", "import and first call"), COMPARED, strict=True)
    ]  # fmt: skip
    print_table(("boilerkill", "time", "compared with", "time", "times"), rows)


def seconds(code: str) -> float:
    """Return how long the processor is busy with a line of code in an interpreter of its own."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-c", code], check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def print_memory() -> None:
    """Print the most memory that a small page and one of 1 MB take, above what imports take."""
    done = subprocess.run([sys.executable, "-c", _MEMORY], check=True, capture_output=True)
    imports, small, large = json.loads(done.stdout)
    rows = [
        ("imports", f"{imports / 1e3:.0f} MB", ""),
        ("a page of 1 kB", f"{small / 1e3:.0f} MB", f"{(small - imports) / 1e3:+.0f} MB"),
        ("a page of 1 MB", f"{large / 1e3:.0f} MB", f"{(large - imports) / 1e3:+.0f} MB"),
    ]
    print_table(("memory, at most", "", "more than imports"), rows)


if __name__ == "__main__":
    main()
