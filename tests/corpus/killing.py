"""Runs that are killed at random moments, each in a process of its own: ``killing.py IN OUT N``.

The processes are forked from one that has loaded everything, so that fifty of them take no time.
After each, what is there must be whole; then the run is made to its end.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from pathlib import Path

from boilerkill.corpus import CorpusSettings, clean_corpus, iter_clean


def main(source: Path, out: Path, kills: int, to: str) -> None:
    # Nothing is lost of what a process wrote before it was killed.
    os.fsync = lambda descriptor: None  # type: ignore[assignment]
    settings = CorpusSettings(jobs=0, to=to or None, shards=2 if to else 1)
    list(iter_clean(["It rained. By Ann Lee"], settings))
    began = time.monotonic()
    clean_corpus(source, out.with_name("whole"), settings)
    whole = time.monotonic() - began
    expected = contents(out.with_name("whole"))
    randomly = random.Random(7)
    survived = 0
    for _ in range(kills):
        child = os.fork()
        if not child:
            clean_corpus(source, out, settings)
            os._exit(0)
        time.sleep(randomly.uniform(0, whole / 10))
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        survived += status == 0
        for name, data in contents(out).items():
            assert data == expected[name], f"{name} is half written"
    clean_corpus(source, out, settings)
    assert contents(out) == expected
    assert survived < kills, "no run was killed"
    left = [path.name for path in (out / ".boilerkill").rglob("*")]
    assert sorted(left) == ["ledger.sqlite", "lock.sqlite"], left
    print(f"{kills - survived} of {kills} killed")


def contents(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".boilerkill" not in path.parts
    }


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), sys.argv[4])
