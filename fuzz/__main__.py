"""Fuzz what reads what strangers wrote: ``python -m fuzz --minutes 10 html``.

Needs atheris (``pip install '.[fuzz]'``), Google's libFuzzer for Python: it changes inputs so that
they reach code that none has reached before.
"""

from __future__ import annotations

import argparse
import hashlib
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

# So many seconds, by the clock, of which a busy machine takes its share: a megabyte takes less.
HANGS = 20
LONGEST = 20_000
# What is loaded for the first inputs is no part of the time of any.
WARM_UP = 10
MOST_MEGABYTES = 4096

# Whose branches lead the way.
INSTRUMENTED = ("boilerkill", "justext", "htmldate")


def main() -> int:
    """Fuzz one target, or all, some at a time; return 1 where something was found."""
    import atheris

    with atheris.instrument_imports(include=list(INSTRUMENTED)):
        from fuzz.targets import TARGETS

    parser = argparse.ArgumentParser(prog="python -m fuzz", description=__doc__)
    parser.add_argument("target", choices=["all", *TARGETS], help="what is fuzzed")
    parser.add_argument("--minutes", type=float, default=1.0, help="for all targets together")
    parser.add_argument(
        "--runs",
        type=int,
        help="instead, so many inputs each: the same again of the same code",
    )
    parser.add_argument("--jobs", type=int, default=1, help="so many of all targets at a time")
    parser.add_argument("--seed", type=int, default=1, help="what chance begins with")
    parser.add_argument("--grown", type=Path, help="a folder for inputs that reached something new")
    parser.add_argument("--found", type=Path, default=Path("fuzz-found"), help="for what is found")
    arguments = parser.parse_args()
    if arguments.target == "all":
        with ThreadPoolExecutor(arguments.jobs) as pool:
            found = list(pool.map(partial(fuzz_apart, arguments, len(TARGETS)), TARGETS))
        return int(any(found))
    grown = arguments.grown or Path(tempfile.mkdtemp(prefix="boilerkill-fuzz-"))
    write_seeds(arguments.target, grown)
    for file in sorted(grown.iterdir())[:WARM_UP]:
        TARGETS[arguments.target](file.read_bytes())
    found_here = arguments.found / arguments.target
    found_here.mkdir(parents=True, exist_ok=True)
    limit = {"max_total_time": max(1, round(60 * arguments.minutes))}
    options = {
        **(limit if arguments.runs is None else {"runs": arguments.runs}),
        "timeout": HANGS,
        "max_len": LONGEST,
        "rss_limit_mb": MOST_MEGABYTES,
        "seed": arguments.seed,
        "artifact_prefix": f"{found_here}/",
        "print_final_stats": 1,
    }
    atheris.Setup(
        [sys.argv[0], *(f"-{name}={value}" for name, value in options.items()), str(grown)],
        TARGETS[arguments.target],
    )
    # This ends the process.
    atheris.Fuzz()
    return 0


def fuzz_apart(arguments: argparse.Namespace, targets: int, target: str) -> bool:
    """Fuzz one of some targets in a process of its own; tell whether something was found."""
    minutes = arguments.minutes * arguments.jobs / targets
    command = [sys.executable, "-m", "fuzz", target, "--seed", str(arguments.seed)]
    command += ["--minutes", str(minutes), "--found", str(arguments.found)]
    command += [] if arguments.runs is None else ["--runs", str(arguments.runs)]
    done = subprocess.run(command, check=False, stderr=subprocess.PIPE, text=True, errors="replace")
    executed = [line for line in done.stderr.splitlines() if "number_of_executed_units" in line]
    print(f"{target}: {executed[-1].split()[-1] if executed else 'no'} inputs", flush=True)
    if done.returncode:
        print(done.stderr[-5000:], flush=True)
    return done.returncode != 0


def write_seeds(target: str, folder: Path) -> None:
    """Write the seeds of a target as files into a folder."""
    from fuzz.seeds import seeds

    folder.mkdir(parents=True, exist_ok=True)
    for data in seeds(target):
        (folder / hashlib.sha256(data).hexdigest()[:16]).write_bytes(data)


if __name__ == "__main__":
    sys.exit(main())
