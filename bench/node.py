"""Peers that are written in JavaScript: they run in node, which is asked page by page.

What they need is listed in ``npm/package.json``; ``npm install --prefix bench/npm`` brings it.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from importlib.metadata import PackageNotFoundError
from pathlib import Path
from typing import Any

__all__ = ["NPM", "NodeTool", "npm_version"]

FOLDER = Path(__file__).with_name("npm")

# What the names of node's packages begin with among others.
NPM = "npm:"


def npm_version(package: str) -> str:
    """Return the version of a package of node's.

    Raises:
        PackageNotFoundError: If it isn't installed.
    """
    file = FOLDER / "node_modules" / package.removeprefix(NPM) / "package.json"
    if not file.exists() or not shutil.which("node"):
        raise PackageNotFoundError(package)
    return str(json.loads(file.read_text("utf-8"))["version"])


class NodeTool:
    """A tool that runs in node, in a process that is started when it is first needed."""

    def __init__(self, name: str, packages: tuple[str, ...]) -> None:
        """Take its name in ``npm/extract.js`` and the packages that it needs."""
        self.packages = tuple(NPM + package for package in packages)
        self._name = name
        self._node: subprocess.Popen[str] | None = None
        self._busy = 0.0

    def run(self, page: str) -> str:
        """Return what the tool extracts from a page.

        Raises:
            RuntimeError: If the tool fails.
        """
        if self._node is None:
            self._node = subprocess.Popen(
                ["node", "extract.js", self._name],
                cwd=FOLDER,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                encoding="utf-8",
            )
        answer = self._ask(self._node, page)
        self._busy += answer["ms"] / 1e3
        if "error" in answer:
            raise RuntimeError(answer["error"])
        return str(answer["text"])

    def _ask(self, node: subprocess.Popen[str], page: str) -> dict[str, Any]:
        assert node.stdin is not None
        assert node.stdout is not None
        try:
            node.stdin.write(json.dumps(page) + "\n")
            node.stdin.flush()
            answer: dict[str, Any] = json.loads(node.stdout.readline())
        except BaseException:
            # Its answer may come yet, and would be taken for that to the next page.
            node.kill()
            node.wait()
            self._node = None
            raise
        return answer

    def clock(self) -> float:
        """Return for how many seconds the tool has been busy."""
        return self._busy
