"""Show why each segment of a document stays or goes: for people, and for machines."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING

from boilerkill.printable import printable

if TYPE_CHECKING:
    from rich.console import Console

    from boilerkill.document import Document, Segment

__all__ = ["as_json", "print_explanation"]

# So many pieces of evidence are shown, the heaviest first.
_SHOWN_REASONS = 3

_INDENT = 4
_KIND_WIDTH = 12

_KEPT_STYLE, _QUOTED_STYLE, _REMOVED_STYLE = "bold green", "bold cyan", "bold red"


def as_json(segment: Segment) -> str:
    r"""Return a segment as a JSON object on one line, in ASCII.

    >>> from boilerkill.document import Kind, Segment
    >>> segment = Segment("Só.", Kind.BODY, 0.75, kept=True, quoted=False)
    >>> print(as_json(segment))  # doctest: +ELLIPSIS
    {"kind": "BODY", "kept": true, "quoted": false, "score": 0.75, ..., "text": "S\u00f3."}
    """
    reasons = [
        {"evidence": reason.evidence, "value": reason.value, "weight": reason.weight}
        for reason in segment.reasons
    ]
    return json.dumps(
        {
            "kind": segment.kind.value,
            "kept": segment.kept,
            "quoted": segment.quoted,
            "score": segment.score,
            "reasons": reasons,
            "text": segment.text,
        }
    )


def print_explanation(document: Document, console: Console) -> None:
    """Print each segment: kept or removed, kind, score and heaviest evidence; then its text.

    Args:
        document: What `boilerkill.separate` returns.
        console: Where to print. A terminal gets colours and indented wrapping; anything else
            gets each line whole.
    """
    from rich.padding import Padding
    from rich.text import Text

    for segment in document.segments:
        head = Text(_verdict(segment), style=_style(segment))
        head.append(f"  {_measures(segment)}", style="not bold default")
        console.print(head, soft_wrap=True)
        for line in _lines(segment):
            if console.is_terminal:
                console.print(Padding.indent(Text(line), _INDENT))
            else:
                console.print(Text(" " * _INDENT + line), soft_wrap=True)


def _verdict(segment: Segment) -> str:
    return "kept   " if segment.kept else "removed"


def _style(segment: Segment) -> str:
    if not segment.kept:
        return _REMOVED_STYLE
    return _QUOTED_STYLE if segment.quoted else _KEPT_STYLE


def _measures(segment: Segment) -> str:
    """Return what is known of a segment, such as ``BYLINE  0.05  label BYLINE -6.0``."""
    because = [
        f"{reason.evidence} {reason.weight:+.1f}" for reason in segment.reasons[:_SHOWN_REASONS]
    ]
    if segment.quoted:
        because.insert(0, "quoted")
    kind = segment.kind.value.ljust(_KIND_WIDTH)
    return f"{kind}  {segment.score:.2f}  {', '.join(because) or 'no evidence'}"


def _lines(segment: Segment) -> Iterator[str]:
    """Yield the lines of a segment, safe to print."""
    for line in segment.text.split("\n"):
        yield printable(line.expandtabs(_INDENT))
