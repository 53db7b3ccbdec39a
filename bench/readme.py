"""Put fresh figures into the project's README: ``python -m bench.readme``.

Runs each command that the README names in ``<!-- python -m ... -->``, and writes what it prints
between that and ``<!-- end -->``; with an argument, only those commands that have it.
"""

from __future__ import annotations

import argparse
import re
import shlex
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"

BLOCK = re.compile(
    r"(?P<start><!-- python (?P<arguments>-m bench\.[^\n]*) -->\n).*?(?P<end><!-- end -->)",
    re.DOTALL,
)


def main() -> None:
    """Run the commands of the README, and write the README anew."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("only", nargs="?", default="", help="what a command must have to be run")
    only = parser.parse_args().only
    text = README.read_text("utf-8")
    README.write_text(BLOCK.sub(lambda block: refreshed(block, only), text), "utf-8")


def refreshed(block: re.Match[str], only: str) -> str:
    """Return a block with what its command prints now."""
    if only not in block["arguments"]:
        return block[0]
    command = [sys.executable, *shlex.split(block["arguments"])]
    print(shlex.join(command), file=sys.stderr)
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
    return f"{block['start']}\n{done.stdout.strip()}\n\n{block['end']}"


if __name__ == "__main__":
    main()
