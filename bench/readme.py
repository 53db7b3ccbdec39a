"""Put fresh figures into the README and the documentation: ``python -m bench.readme``.

Runs each command that a page names in ``<!-- python -m ... -->``, and writes what it prints between
that and ``<!-- end -->``; with an argument, only those commands that have it.
"""

from __future__ import annotations

import argparse
import re
import shlex
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
BLOCK = re.compile(
    r"(?P<start><!-- python (?P<arguments>-m bench\.[^\n]*) -->\n).*?(?P<end><!-- end -->)",
    re.DOTALL,
)


def main() -> None:
    """Run the commands of all pages, and write each page anew after each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("only", nargs="?", default="", help="what a command must have to be run")
    only = parser.parse_args().only
    for page in (ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))):
        for block in BLOCK.finditer(page.read_text("utf-8")):
            if only in block["arguments"]:
                refresh(page, block)


def refresh(page: Path, block: re.Match[str]) -> None:
    """Write what a block's command prints now into its page."""
    command = [sys.executable, *shlex.split(block["arguments"])]
    print(shlex.join(command), file=sys.stderr)
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
    fresh = f"{block['start']}\n{done.stdout.strip()}\n\n{block['end']}"
    page.write_text(page.read_text("utf-8").replace(block[0], fresh), "utf-8")


if __name__ == "__main__":
    main()
