"""The promises over the development pages, and clean text left alone."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

import promises
from boilerkill import clean, normalize
from pages import (
    FUNDUS,
    GOLD,
    PAGES,
    flat_text,
    gold_bodies,
    html_files,
    lines_of_text,
    needs,
    read_html,
)
from sizes import LONG

# Of the words of clean documents, so many must be kept; so many documents must come back whole.
LEAST_WORDS_KEPT = 0.995
LEAST_WHOLE = 0.97

WORD = re.compile(r"\w+")


def page_id(file: Path) -> str:
    return "/".join((file.parts[-3], file.name.partition(".")[0]))


@pytest.mark.parametrize("file", html_files(long=LONG) or [PAGES / "*-dev"], ids=page_id)
@needs(GOLD, FUNDUS)
def test_promises_hold_of_development_pages(file: Path) -> None:
    html = read_html(file)
    promises.check_all(lines_of_text(html))
    promises.check_all(flat_text(html))


@needs(GOLD, FUNDUS)
def test_clean_text_is_left_alone() -> None:
    words = kept_words = 0
    damaged = []
    documents = 0
    for name, body in gold_bodies():
        before, after = words_of(normalize(body)), words_of(clean(body))
        documents += 1
        words += len(before)
        kept_words += (Counter(before) & Counter(after)).total()
        if before != after:
            damaged.append(name)
    whole = 1 - len(damaged) / documents
    figures = f"{kept_words / words:.4%} of the words kept, {whole:.2%} of {documents} whole"
    print(figures)
    assert kept_words / words >= LEAST_WORDS_KEPT, figures
    assert whole >= LEAST_WHOLE, f"{figures}; damaged: {' '.join(damaged)}"


def words_of(text: str) -> list[str]:
    return WORD.findall(text.lower())
