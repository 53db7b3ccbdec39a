"""What stands under a heading that says so: headlines of other stories, and tags."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from boilerkill.document import Kind
from boilerkill.measure.columns import any_but, column, inside_of, last_of
from boilerkill.measure.shape import Shape
from boilerkill.measure.wording import COVERED, Wording
from boilerkill.reading import Reading

__all__ = ["find_tags", "find_teasers", "invitations", "related_headings", "related_labels"]

Bools = npt.NDArray[np.bool_]

# Under one heading stand at most so many headlines, of at most so many words.
TEASERS = 12
TEASER_WORDS = 25
HEADLINE_WORDS = 2
# The same for tags.
TAGS = 12
TAG_WORDS = 4


def related_headings(wording: Wording) -> Bools:
    """Tell headings of related stories, which a link to one ("Read also: …") is not."""
    heading = wording.has_role("related.heading", "related.invitation", "related.label")
    return heading & ~wording.has_template("related.link") if heading.any() else heading


def invitations(wording: Wording) -> Bools:
    """Tell headings that invite to read a story ("Read also"), of which one may stand below."""
    return wording.has_role("related.invitation") & related_headings(wording)


def related_labels(shape: Shape, wording: Wording, told: Bools, body: Bools) -> Bools:
    """Tell one-word headings ("Popular") behind the body, with two headlines below."""
    labels = wording.has_role("related.label") & (wording.covered >= COVERED)
    labels[: last_of(body) + 1] = False
    if not labels.any():
        return labels
    labels &= ~any_but(told, Kind.NAVIGATION)
    line = (shape.words >= HEADLINE_WORDS) & ~told.any(axis=1)
    followed = np.zeros_like(labels)
    followed[:-2] = line[1:-1] & line[2:]
    result: Bools = labels & followed
    return result


def find_teasers(
    reading: Reading, shape: Shape, wording: Wording, told: Bools, prose: Bools
) -> Bools:
    """Tell headlines under a heading of related stories."""
    count = len(prose)
    teaser = np.zeros(count, dtype=bool)
    heading = related_headings(wording) & told[:, column(Kind.RELATED)]
    if not heading.any():
        return teaser
    inside = inside_of(prose)
    others = np.asarray(told.any(axis=1), dtype=bool)
    for start in np.flatnonzero(heading).tolist():
        end = start + 1
        while (
            end < count
            and end - start <= TEASERS
            and not prose[end]
            and (not others[end] or told[end, column(Kind.RELATED)] or wording.dates[end])
            and shape.words[end] <= TEASER_WORDS
        ):
            end += 1
        apart = end < count and (inside[start] or _set_off(reading, end - 1))
        joined = end < count and _set_off(reading, end) and not _set_off(reading, end - 1)
        if end - start > 2 and end < count and prose[end] and apart and not joined:
            # The last short line before prose may be a heading of the body, unless it stands in
            # one block with the headline above it, and apart from the prose.
            end -= 1
        teaser[start + 1 : end] = ~others[start + 1 : end]
    return teaser


def _set_off(reading: Reading, number: int) -> bool:
    """Tell whether a blank line stands before a segment."""
    return bool(reading.paragraphs[number] != reading.paragraphs[number - 1])


def find_tags(shape: Shape, wording: Wording, told: Bools, body: Bools) -> Bools:
    """Tell "Tags" on a line of its own behind the body, and the tags in the lines below it."""
    tags = np.zeros(len(body), dtype=bool)
    heading = wording.has_role("navigation.tagged") & (wording.covered >= COVERED)
    heading[: last_of(body) + 1] = False
    if not heading.any():
        return tags
    known = np.asarray(told.any(axis=1), dtype=bool)
    for start in np.flatnonzero(heading & ~known).tolist():
        end = start + 1
        while (
            end < len(body)
            and end - start <= TAGS
            and not known[end]
            and shape.words[end] <= TAG_WORDS
            and not shape.ends_sentence[end]
        ):
            end += 1
        if end - start > 1:
            tags[start:end] = True
    return tags
