"""Show why each segment of a document stays or goes: for people, and for machines."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from boilerkill.attribution import telling, together
from boilerkill.printable import printable

if TYPE_CHECKING:
    from rich.console import Console

    from boilerkill.document import Document, Explanation, Reason, Segment

__all__ = ["as_json", "print_explanation"]

# So many pieces of evidence are shown, the heaviest first.
_SHOWN_REASONS = 3

_INDENT = 4
_KIND_WIDTH = 12

_HOLDS_QUOTATION = "holds a quotation"

_KEPT_STYLE, _QUOTED_STYLE, _REMOVED_STYLE = "bold green", "bold cyan", "bold red"


def as_json(explanation: Explanation) -> str:
    r"""Return why a segment stays or goes as a JSON object on one line, in ASCII.

    The weights of the reasons add up to the log-odds.

    >>> from boilerkill.document import Explanation, Kind, Segment
    >>> segment = Segment("Só.", Kind.BODY, 0.75, kept=True, quoted=False)
    >>> print(as_json(Explanation(segment, "body")))  # doctest: +ELLIPSIS
    {"kind": "BODY", "kept": true, "quoted": false, "score": 0.75, ..., "text": "S\u00f3."}
    """
    segment = explanation.segment
    reasons = [
        {
            "evidence": reason.evidence,
            "value": reason.value,
            "weight": reason.weight,
            "words": reason.words,
        }
        for reason in segment.reasons
    ]
    return json.dumps(
        {
            "kind": segment.kind.value,
            "kept": segment.kept,
            "quoted": segment.quoted,
            "score": segment.score,
            "log_odds": segment.log_odds,
            "verdict": explanation.verdict,
            "words": explanation.words,
            "reasons": reasons,
            "text": segment.text,
        }
    )


def print_explanation(document: Document, console: Console) -> None:
    """Print each segment: kept or removed, kind, score and heaviest reasons; then its text.

    Args:
        document: What `boilerkill.separate` returns.
        console: Where to print. A terminal gets colours and indented wrapping; anything else
            gets each line whole.
    """
    from rich.padding import Padding
    from rich.text import Text

    for explanation in document.explain():
        segment = explanation.segment
        head = Text(_verdict(segment), style=_style(segment))
        head.append(f"  {_measures(segment)}", style="not bold default")
        for place, (words, style) in enumerate(_because(explanation)):
            head.append("; " if place else "  ", style="not bold default")
            head.append(printable(words), style=style)
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
    return f"{segment.kind.value.ljust(_KIND_WIDTH)}  {segment.score:.2f}"


def _because(explanation: Explanation) -> Iterator[tuple[str, str]]:
    """Yield what decided, and the heaviest of what made the score, each with a style."""
    segment = explanation.segment
    if segment.quoted:
        quoted = explanation.verdict == "quoted"
        yield explanation.words if quoted else _HOLDS_QUOTATION, "not bold cyan"
    elif explanation.verdict not in ("body", "gone"):
        yield explanation.words, "not bold yellow"
    for reason in _in_short(segment.reasons):
        style = "not bold green" if reason.weight > 0 else "not bold red"
        yield f"{reason.words} {reason.weight:+.1f}", style


def _in_short(reasons: Sequence[Reason]) -> Iterator[Reason]:
    """Yield the heaviest reasons, and the sum of the others as one where trees had hundreds."""
    shown = telling(reasons, _SHOWN_REASONS)
    yield from shown
    others = [reason for reason in reasons if reason not in shown]
    if len(others) > 1:
        yield together(others)


def _lines(segment: Segment) -> Iterator[str]:
    """Yield the lines of a segment, safe to print."""
    for line in segment.text.split("\n"):
        yield printable(line.expandtabs(_INDENT))
