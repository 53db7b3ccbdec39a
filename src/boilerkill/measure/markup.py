"""Markup: what the elements around a block say of it, one by one and as groups.

A headline among teasers and a heading in an article look the same one by one; the group that they
stand in does not. So every block is measured together with its container and the containers
around that: how much of the page's prose they hold, how much of them is links, and whether they
are one of many alike.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import numpy as np
import numpy.typing as npt

from boilerkill.measure import Evidence
from boilerkill.measure.groups import Groups
from boilerkill.measure.repeats import measure_repeats
from boilerkill.read.html import Page
from boilerkill.read.page_type import CLAIMS
from boilerkill.read.tags import HEADINGS, TAGS, WORDS, bit_of, tag_code

__all__ = ["FEATURES", "PROSE_LINKS", "measure_markup"]

Table = npt.NDArray[np.float32]
# Measurements of whatever type; they become one table of floats.
Column = npt.NDArray[Any]
Ints = npt.NDArray[np.int64]
Bits = npt.NDArray[np.uint8]

# So many containers, from the inside out, are measured for each block.
LEVELS = 4
# The neighbours that a block is measured with.
NEIGHBOURS = (-2, -1, 1, 2)
BITS = len(TAGS) + len(WORDS)

_WORD = re.compile(r"\w+")

_TEXT = ("words", "characters", "lower share", "numbers", "signs", "inner ends", "ends sentence",
         "sentence", "lower start", "bullet", "amount", "short")  # fmt: skip
_BLOCK = ("link density", "links", "bold share", "tag", "tight", "title words", "title share",
          "repeated", "words repeated", "words repeated behind", "lines")  # fmt: skip
_GROUP = ("words", "share of words", "share of prose", "link density", "blocks", "sentence share",
          "alike", "mean words")  # fmt: skip
_PLACE = ("place", "words before", "from first prose", "from last prose", "in main", "from heading",
          "words in page", "prose in page", "blocks in page", "links in page",
          "containers to main", "prose near")  # fmt: skip
_NEAR = ("words", "link density", "sentence", "same parent", "same tag", "kind")
_EVIDENCE_KINDS = (
    "menu", "menu line", "keyword list", "keyword lines", "teaser", "reader's comment",
    "above the title", "behind the body", "title",
)  # fmt: skip
_KINDS = (
    "BYLINE", "CAPTION", "COMMENT", "COMMENT_FORM", "NAVIGATION", "NOTICE", "PROMOTION", "RELATED",
    "SHARE",
)  # fmt: skip
_PAGE = ("path depth", "path words", "dated path", "articles in page", "headings in page",
         "comments in page", "most alike", "prose in comments", "prose in main")  # fmt: skip

FEATURES: tuple[str, ...] = (
    *_TEXT,
    *_BLOCK,
    *(f"{name} of container {level}" for level in range(LEVELS) for name in _GROUP),
    *_PLACE,
    *(f"{name} at {step:+}" for step in NEIGHBOURS for name in _NEAR),
    *_EVIDENCE_KINDS,
    *(f"phrase {kind}" for kind in _KINDS),
    *(f"label {kind}" for kind in _KINDS),
    "clues",
    *_PAGE,
    *(f"says {claim}" for claim in CLAIMS),
    *(f"around {name}" for name in (*TAGS, *(words.split()[0] for words in WORDS))),
    *(f"own {name}" for name in (*TAGS, *(words.split()[0] for words in WORDS))),
)


def measure_markup(page: Page, evidence: Evidence, groups: Groups) -> Table:
    """Measure every block of a page.

    Args:
        page: The page.
        evidence: What its text says.
        groups: Its containers.

    Returns:
        A row a block, a column for each of `FEATURES`; (blocks, features).
    """
    count = len(page.blocks)
    if not count:
        return np.zeros((0, len(FEATURES)), dtype=np.float32)
    columns: list[Column] = []
    shape, blocks = evidence.shape, page.blocks
    words = np.maximum(shape.words, 0).astype(np.float64)
    characters = np.maximum(shape.characters, 1)
    linked = np.array([block.linked for block in blocks]) / characters
    linked = np.minimum(linked, 1.0)
    prose = evidence.context.sentence & (linked < PROSE_LINKS)
    columns += [
        words, characters, shape.lower_share, shape.numbers, shape.signs / characters,
        shape.inner_ends, shape.ends_sentence, evidence.context.sentence, shape.lower_start,
        shape.bullet, shape.amount, words <= SHORT,
    ]  # fmt: skip
    container = groups.container
    tags = np.array([each.tag for each in page.containers])
    columns += _of_blocks(page, groups.original, words, linked, characters, tags[container])
    sums = groups.sums(
        np.column_stack((words, words * prose, words * linked, np.ones(count), prose))
    )
    columns += _of_groups(groups, sums)
    columns += _of_place(groups, words, prose, linked, tags, sums[:, 1])
    own_kind = np.column_stack([evidence.columns[f"phrase {kind}"] for kind in _KINDS])
    label = np.column_stack([evidence.columns[f"label {kind}"] for kind in _KINDS])
    clues = np.column_stack([evidence.columns[f"clues {kind}"] for kind in _KINDS]).any(
        axis=1, keepdims=True
    )
    known: Column = np.asarray(own_kind.any(axis=1) | label.any(axis=1))
    columns += _of_neighbours(container, tags[container], words, linked, prose, known)
    columns += [evidence.columns[name] for name in _EVIDENCE_KINDS]
    own, around = (
        _bits([getattr(each, name) for each in page.containers]) for name in ("own", "around")
    )
    page_columns = _of_page(page, own, around, words * prose, sums[:, 1], groups)
    # Of a block in a `div` within an `article`, both are its own.
    outer = np.maximum(groups.parent[container], 0)
    parts = [
        np.column_stack(columns), own_kind, label, clues,
        np.broadcast_to(page_columns, (count, len(page_columns))),
        around[container], own[container] | own[outer],
    ]  # fmt: skip
    return np.hstack(parts, dtype=np.float32)


def _of_page(
    page: Page, own: Bits, around: Bits, prose: Column, prose_inside: Column, groups: Groups
) -> Column:
    """Return what tells the type of the page, the same for all of its blocks; (measurements,)."""
    total = max(float(prose.sum()), 1.0)
    comments = around[groups.container, _COMMENT].astype(bool)
    kind = page.type
    counted = [
        kind.depth, kind.words, kind.dated,
        own[:, _ARTICLE].sum(), own[:, _TOP_HEADINGS].any(axis=1).sum(), own[:, _COMMENT].sum(),
        (groups.alike * (prose_inside > 0)).max(), float(prose[comments].sum()) / total,
        float(prose_inside[1:][prose_inside[1:] >= MAIN_SHARE * prose_inside[0]].min(initial=total))
        / total,
    ]  # fmt: skip
    return np.array([*counted, *(place in kind.claims for place in range(len(CLAIMS)))], float)


# The columns of some bits.
_COMMENT = bit_of("comment").bit_length() - 1
_ARTICLE = tag_code("article")
_TOP_HEADINGS = [tag_code("h1"), tag_code("h2")]

# With more of it in links, a sentence is a teaser.
PROSE_LINKS = 0.5
SHORT = 5


def _bits(masks: list[int]) -> Bits:
    """Return bit masks as rows of zeros and ones; (masks, bits)."""
    size = (BITS + 7) // 8
    raw = b"".join([mask.to_bytes(size, "little") for mask in masks])
    table = np.frombuffer(raw, dtype=np.uint8).reshape(len(masks), size)
    return np.unpackbits(table, axis=1, bitorder="little")[:, :BITS]


def _of_blocks(
    page: Page, original: Ints, words: Column, linked: Column, characters: Ints, tags: Ints
) -> list[Column]:
    blocks, texts = page.blocks, page.reading.segments
    title = {word.lower() for word in _WORD.findall(page.title)}
    seen = Counter(texts)
    shared = [_shared_words(text, title) for text in texts] if title else [(0, 0.0)] * len(texts)
    in_title, share = np.array(shared, dtype=np.float64).T
    bold = np.array([block.bold for block in blocks]) / characters
    return [
        linked, np.array([block.links for block in blocks]), np.minimum(bold, 1.0), tags,
        np.array([block.tight for block in blocks]), in_title, share,
        np.array([seen[text] > 1 for text in texts]), *measure_repeats(original, words),
        np.array([text.count("\n") for text in texts]),
    ]  # fmt: skip


def _shared_words(text: str, title: set[str]) -> tuple[int, float]:
    """Count the words that a short text has in common with the title, and as a share of both's."""
    if len(text) > TITLE_LENGTH:
        return 0, 0.0
    own = set(map(str.lower, _WORD.findall(text)))
    shared = len(own & title)
    return shared, shared / len(own | title) if shared else 0.0


TITLE_LENGTH = 300


def _of_groups(groups: Groups, sums: Column) -> list[Column]:
    total, total_prose = max(sums[0, 0], 1.0), max(sums[0, 1], 1.0)
    page_groups = np.column_stack(
        [
            sums[:, 0],
            sums[:, 0] / total,
            sums[:, 1] / total_prose,
            sums[:, 2] / np.maximum(sums[:, 0], 1.0),
            sums[:, 3],
            sums[:, 4] / np.maximum(sums[:, 3], 1.0),
            groups.alike,
            sums[:, 0] / np.maximum(sums[:, 3], 1.0),
        ]
    )
    return [column for level in groups.levels(LEVELS) for column in page_groups[level].T]


def _of_place(
    groups: Groups, words: Column, prose: Column, linked: Column, tags: Ints, prose_inside: Column
) -> list[Column]:  # fmt: skip
    count = len(words)
    numbers = np.arange(count)
    total = max(words.sum(), 1.0)
    before = np.cumsum(words) - words
    places = np.flatnonzero(prose)
    first, last = (int(places[0]), int(places[-1])) if len(places) else (0, count - 1)
    main, inside = _main(groups, prose_inside)
    heading = np.isin(tags[groups.container], _HEADING_TAGS)
    last_heading = np.maximum.accumulate(np.where(heading, numbers, -1))
    near = (
        np.convolve(words * prose, np.ones(7), mode="same")[:count]
        if count >= 7
        else (np.full(count, (words * prose).sum()))
    )
    constant = np.ones(count)
    return [
        numbers / count, before / total, numbers - first, last - numbers, inside,
        np.where(last_heading >= 0, numbers - last_heading, 99),
        constant * total, constant * (words * prose).sum() / total, constant * count,
        constant * (words * linked).sum() / total, main, near,
    ]  # fmt: skip


_HEADING_TAGS = [tag_code(tag) for tag in sorted(HEADINGS)]

# The main container is the innermost that holds at least this share of the prose.
MAIN_SHARE = 0.6


def _main(groups: Groups, prose_inside: Column) -> tuple[Column, Column]:
    """Return how many containers each block is away from the main one, and which are inside."""
    enough = np.flatnonzero(prose_inside >= MAIN_SHARE * max(prose_inside[0], 1e-9))
    main = int(enough[-1]) if len(enough) else 0
    around_main = np.array(groups.around(main), dtype=np.int64)
    distance = groups.depths(np.arange(len(prose_inside))) - groups.depths(around_main)
    inside = (groups.container >= main) & (groups.container < groups.ends[main])
    return distance[groups.container], inside


def _of_neighbours(
    container: Ints, tags: Ints, words: Column, linked: Column, prose: Column, known: Column
) -> list[Column]:
    count = len(words)
    columns: list[Column] = []
    own = np.column_stack([words, linked, prose, known])
    for step in NEIGHBOURS:
        place = np.arange(count) + step
        there = (place >= 0) & (place < count)
        place = np.clip(place, 0, count - 1)
        values = np.where(there[:, None], own[place], -1.0)
        columns += [
            values[:, 0], values[:, 1], values[:, 2],
            there & (container[place] == container), there & (tags[place] == tags), values[:, 3],
        ]  # fmt: skip
    return columns
