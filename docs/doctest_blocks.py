"""Examples in docstrings, as the site shows them: a doctest becomes a block of code."""

from __future__ import annotations

import re
from typing import Any

import griffe

__all__ = ["DoctestBlocks", "fenced"]

# From a prompt to the next blank line, and on as long as another prompt follows.
EXAMPLES = re.compile(r"^(?P<indent> *)>>> .*\n(?:.*\S.*\n)*(?:\n(?= *>>> )(?:.*\S.*\n)+)*", re.M)


class DoctestBlocks(griffe.Extension):
    """Fence the examples of every docstring, which Markdown would take for quotations."""

    def on_object(self, *, obj: griffe.Object, **kwargs: Any) -> None:
        """Rewrite the docstring of an object, if it has one."""
        if obj.docstring is not None:
            obj.docstring.value = fenced(obj.docstring.value)


def fenced(text: str) -> str:
    r"""Return a docstring with its examples in fences.

    >>> fenced("Double it.\n\n>>> 1 * 2\n2")
    'Double it.\n\n```python\n>>> 1 * 2\n2\n```'
    """
    return EXAMPLES.sub(_fence, text.rstrip() + "\n").rstrip()


def _fence(examples: re.Match[str]) -> str:
    indent = examples["indent"]
    return f"{indent}```python\n{examples[0]}{indent}```\n"
