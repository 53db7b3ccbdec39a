"""What the commands and examples of the documentation find in the folder that they run in."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).parent.parent


def write_samples(folder: Path) -> None:
    """Lay out a folder as a reader of the documentation would have it."""
    (folder / "corpus").symlink_to(ROOT / "corpus", target_is_directory=True)
