"""The measure stage: named pieces of evidence for every segment.

Each piece of evidence is one column; `score` weighs them by name. A new measurement is a new
column here and a weight in ``weights.json``.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from boilerkill.document import Kind
from boilerkill.measure.columns import column
from boilerkill.measure.context import Context, measure_context
from boilerkill.measure.language import detect_languages
from boilerkill.measure.shape import Shape, measure_shape
from boilerkill.measure.wording import Wording, measure_phrases, wording_in_lists
from boilerkill.read import Rest
from boilerkill.reading import Reading

__all__ = ["Evidence", "measure", "measure_rest"]

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Evidence:
    """The evidence of all segments.

    Attributes:
        columns: For each piece of evidence, by name, its value for every segment; (segments,).
        shape: The shapes that it was taken from.
        alone: The wording of each segment by itself.
        wording: The wording, with regard to the lists that segments are in.
        context: The context.
    """

    columns: dict[str, Floats]
    shape: Shape
    alone: Wording
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
    languages = detect_languages(reading.canonical.text, reading.book)
    return _measure_around(reading, shape, measure_phrases(reading, shape, languages))


def measure_rest(rest: Rest, whole: Evidence) -> Evidence:
    """Measure what is left of a reading, given the evidence of the whole.

    The same as `measure` of the rest's reading. What a segment says by itself stays as it is
    while the text's language does; only what stands around it is looked at again.
    """
    shape = whole.shape.take(rest.numbers)
    languages = detect_languages(rest.canonical_text, rest.reading.book)
    if languages == whole.alone.languages:
        alone = whole.alone.take(rest.numbers)
    else:
        alone = measure_phrases(rest.reading, shape, languages)
    return _measure_around(rest.reading, shape, alone)


def _measure_around(reading: Reading, shape: Shape, alone: Wording) -> Evidence:
    """Complete the evidence by what depends on the segments around each."""
    wording = wording_in_lists(alone, shape)
    context = measure_context(reading, shape, wording)
    flags = {
        "sentence": context.sentence,
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
    tables = {
        "phrase": wording.whole & context.in_place,
        "clues": wording.clues,
        "label": context.company,
    }
    for table, told in tables.items():
        of_kind = told.T.astype(np.float64)
        for name, number in _WORDED[table]:
            columns[name] = of_kind[number]
    return Evidence(columns, shape, alone, wording, context)


# For each table of what phrases tell, the names of its columns for the kinds that have phrases, and
# where they stand in it.
_WORDED = {
    table: tuple(
        (f"{table} {kind}", column(kind))
        for kind in (
            Kind.BYLINE, Kind.CAPTION, Kind.COMMENT, Kind.COMMENT_FORM, Kind.NAVIGATION,
            Kind.NOTICE, Kind.PROMOTION, Kind.RELATED, Kind.SHARE,
        )
    )
    for table in ("phrase", "clues", "label")
}  # fmt: skip
