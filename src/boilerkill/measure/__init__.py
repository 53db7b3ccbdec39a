"""The measure stage: named pieces of evidence for every segment.

Each piece of evidence is one column; `score` weighs them by name. A new measurement is a new
column here and a weight in ``weights.json``.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from boilerkill.document import Kind
from boilerkill.measure.context import Context, measure_context
from boilerkill.measure.shape import Shape, measure_shape
from boilerkill.measure.wording import KINDS, Wording, measure_wording
from boilerkill.reading import Reading

__all__ = ["Evidence", "measure"]

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Evidence:
    """The evidence of all segments.

    Attributes:
        columns: For each piece of evidence, by name, its value for every segment; (segments,).
        shape: The shapes that it was taken from.
        wording: The wording.
        context: The context.
    """

    columns: dict[str, Floats]
    shape: Shape
    wording: Wording
    context: Context


def measure(reading: Reading) -> Evidence:
    r"""Measure every segment of a reading.

    >>> from boilerkill.read import read_text
    >>> evidence = measure(read_text("It rained for a day, and then it stopped.\nShare this"))
    >>> evidence.columns["phrase SHARE"]
    array([0., 1.])
    """
    shape = measure_shape(reading)
    wording = measure_wording(reading, shape)
    context = measure_context(reading, shape, wording)
    flags = {
        "sentence": shape.sentence,
        "several sentences": shape.inner_ends > 1,
        "menu": context.menu,
        "menu line": context.menu_line,
        "keyword list": context.keyword_list,
        "keyword lines": context.keyword_lines,
        "teaser": context.teaser,
        "reader's comment": context.comment,
        "above the title": context.above_title,
        "behind the body": context.behind_body,
        "title": context.title,
    }
    columns = {name: flag.astype(np.float64) for name, flag in flags.items()}
    whole = wording.whole & context.in_place
    for number, kind in enumerate(KINDS):
        if kind in _WORDED:
            columns[f"phrase {kind}"] = whole[:, number].astype(np.float64)
            columns[f"clues {kind}"] = wording.clues[:, number].astype(np.float64)
            columns[f"label {kind}"] = context.company[:, number].astype(np.float64)
    return Evidence(columns, shape, wording, context)


# The kinds that have phrases.
_WORDED = frozenset(
    (
        Kind.BYLINE, Kind.CAPTION, Kind.COMMENT, Kind.COMMENT_FORM, Kind.NAVIGATION, Kind.NOTICE,
        Kind.PROMOTION, Kind.RELATED, Kind.SHARE,
    )
)  # fmt: skip
