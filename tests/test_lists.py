"""Lists and tables of a page, whose lines stand or fall together."""

from __future__ import annotations

import numpy as np
import pytest

from boilerkill.lists import CELL_WORDS, shared_in_lists
from boilerkill.read.html import read_html

FACTS = (("Length", "12 m"), ("Beam", "4 m"), ("Crew", "3"), ("Built", "1911, in Tal"))

FORMS = {
    "terms": "<dl>{}</dl>|<dt>{}</dt><dd>{}</dd>",
    "terms in parts": "<dl>{}</dl>|<div><dt>{}</dt><dd>{}</dd></div>",
    "cells with paragraphs": "<table>{}</table>|<tr><th><p>{}</p></th><td><p>{}</p></td></tr>",
    "cells with parts": "<table>{}</table>|<tr><td><div>{}</div></td><td><div>{}</div></td></tr>",
    "a table in a table": "<table><tr><td><p>Ferry</p><table>{}</table></table>|"
    "<tr><td><p>{}</p></td><td><p>{}</p></td></tr>",
}
PROSE = (
    "<p>The old ferry was towed to the mill on Monday, and the whole village came to see it.</p>"
)


def page_of(form: str) -> str:
    table, row = FORMS[form].split("|")
    return PROSE + table.format("".join(row.format(*fact) for fact in FACTS)) + PROSE


@pytest.mark.parametrize("form", FORMS)
def test_facts_stand_or_fall_together(form: str) -> None:
    page = read_html(page_of(form))
    odds = np.linspace(-3, 3, len(page.blocks))
    np.random.default_rng(0).shuffle(odds)
    words = np.array([len(block.text.split()) for block in page.blocks])
    shared = shared_in_lists(page, odds, words)
    cells = [
        number
        for number, block in enumerate(page.blocks)
        if any(block.text in fact for fact in FACTS)
    ]
    assert len(cells) == 2 * len(FACTS)
    assert len(set(shared[cells])) == 1
    assert (shared[[0, -1]] == odds[[0, -1]]).all()


def test_cells_that_hold_more_than_facts_keep_their_own() -> None:
    long = " ".join(["word"] * (CELL_WORDS + 1))
    page = read_html(f"<table><tr><td><p>Menu</p></td><td><p>{long}</p></td></tr></table>")
    odds = np.array([-2.0, 3.0])
    assert (shared_in_lists(page, odds, np.array([1, CELL_WORDS + 1])) == odds).all()
