"""Has cleaning become slower? ``python -m bench.regress``, which ``.ci/run`` does.

The pages of ``corpus/`` are cleaned by turns with a fixed piece of work in Python alone. How many
times as long cleaning takes depends little on the machine and on what else runs there. It fails
where that is more than half again as much as in ``base.json``, which ``--write`` writes anew.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from statistics import median

from bench.tables import print_table
from boilerkill import clean

ROUNDS = 7
# So much slower, and it is no accident.
SLOWER = 1.5

BASE = Path(__file__).with_name("base.json")
CORPUS = Path(__file__).parents[1] / "corpus"
FORMATS = {"html": "page.html", "text": "page.txt"}


def main() -> None:
    """Print the table; exit with 1 where something has become slower."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="take what is measured for the base")
    arguments = parser.parse_args()
    found = {form: times_the_work(form) for form in FORMATS}
    if arguments.write:
        BASE.write_text(json.dumps(found, indent=2) + "\n", "utf-8")
    base = json.loads(BASE.read_text("utf-8"))
    rows = [
        (form, f"{base[form]:.1f}", f"{times:.1f}", f"{times / base[form]:.2f}")
        for form, times in found.items()
    ]
    print_table(("times the fixed work", "base", "now", "times the base"), rows)
    if any(times > SLOWER * base[form] for form, times in found.items()):
        sys.exit("Cleaning has become slower.")


def times_the_work(form: str) -> float:
    """Return how many times as long cleaning pages takes as the fixed work with them."""
    sources = [
        file.read_text("utf-8", "replace") for file in sorted(CORPUS.glob(f"*/{FORMATS[form]}"))
    ]

    def clean_each() -> None:
        for source in sources:
            clean(source, format=form)

    def work_on_each() -> None:
        for source in sources:
            work(source)

    clean_each()
    return median(seconds(clean_each) / seconds(work_on_each) for _ in range(ROUNDS))


_WORD = re.compile(r"\w+")


def work(source: str) -> list[tuple[str, int]]:
    """Do a fixed piece of work with a page.

    >>> work("rain and rain")
    [('rain', 2), ('and', 1)]
    """
    words = [word.lower() for word in _WORD.findall(source)]
    counts: dict[str, int] = {}
    for word in words:
        counts[word] = counts.get(word, 0) + 1
    assert counts == Counter(words)
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))


def seconds(function: Callable[[], object]) -> float:
    """Return how long the processor is busy with a call."""
    start = time.process_time()
    function()
    return time.process_time() - start


if __name__ == "__main__":
    main()
