"""Rows for every engine, what each must make of them, and the examples of docs/pipelines.md."""

from __future__ import annotations

import doctest
import os
import re
import sys
from pathlib import Path
from typing import Any

from boilerkill import clean

ROOT = Path(__file__).parent.parent.parent
DOCUMENTATION = ROOT / "docs" / "pipelines.md"

SENTENCE = "Rain ended the drought on Monday, and the river rose by two metres before noon."
PAGE = f"{SENTENCE}\n\nBy Ann Lee, May 3, 2024\n\nLeave a Reply\n\nShare this: Facebook Twitter"
HTML = (
    f"<html><nav><a href='/'>Home</a> <a href='/b'>News</a></nav><article><p>{SENTENCE}</p>"
    f"<p>{SENTENCE} “At last,” said the mayor.</p></article><p>Leave a Reply</p></html>"
)

LAMP = "The lamp is lit by volunteers."

# What engines start must find the same Python, and what this process imports.
SEARCH = os.pathsep.join(path for path in sys.path if path)

# No row may be longer; the one that is fails, in every engine and whatever process it is in.
MOST = 5_000
TOO_LONG = "rain " * MOST
WHY = f"larger than {MOST:,} bytes"

CORPUS_PAGES = [
    path.read_text("utf-8")
    for name in ("en-wordpress-lighthouse", "ar-newssite-wikala", "cs-wordpress-blog")
    for path in [ROOT / "corpus" / name / "page.txt"]
]

ROWS: list[str | None] = [
    PAGE,
    None,
    "",
    TOO_LONG,
    HTML,
    " \n ",
    "â€œAt lastâ€\x9d, said she.\x00",
    *CORPUS_PAGES,
    SENTENCE,
]


def expected_text(source: Any) -> str | None:
    """Return what must stand in the column of texts."""
    if source is None or len(source) > MOST:
        return None
    return clean(source)


def expected_error(source: Any) -> str | None:
    return WHY if source is not None and len(source) > MOST else None


TEXTS = [expected_text(source) for source in ROWS]
ERRORS = [expected_error(source) for source in ROWS]


def learn(folder: Path) -> Path:
    """Write a profile of a site on whose pages the line `LAMP` stands."""
    from boilerkill.corpus import learn_profile

    pages = [folder / f"{word}.txt" for word in ("one", "two", "three", "four", "five", "six")]
    for page in pages:
        page.write_text(f"For {page.stem} days it rained on the hills of {page.stem}.\n\n{LAMP}")
    profile = folder / "site.profile"
    with profile.open("wb") as file:
        learn_profile(pages).save(file)
    return profile


def examples(section: str) -> list[str]:
    """Return the blocks of code in a section of the documentation."""
    text = DOCUMENTATION.read_text("utf-8")
    (body,) = re.findall(rf"^## {re.escape(section)}\n(.*?)(?=^## |\Z)", text, re.M | re.S)
    found = re.findall(r"^```(?:python|bash|console)\n(.*?)^```$", body, re.M | re.S)
    assert found, f"no example in {section}"
    return list(found)


def run_example(section: str) -> None:
    """Run the Python session of a section; what it prints must be what stands there."""
    sessions = "".join(block for block in examples(section) if block.startswith(">>> "))
    test = doctest.DocTestParser().get_doctest(sessions, {}, section, str(DOCUMENTATION), 0)
    assert test.examples
    said: list[str] = []
    flags = doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS
    failed, _ = doctest.DocTestRunner(verbose=False, optionflags=flags).run(test, out=said.append)
    assert not failed, "".join(said)
