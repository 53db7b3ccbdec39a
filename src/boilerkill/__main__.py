"""Run the command as ``python -m boilerkill``."""

from __future__ import annotations

import sys

from boilerkill.cli import main

if __name__ == "__main__":
    sys.exit(main())
