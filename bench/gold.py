"""Who wrote the development pages and when, as people noted it down, and how tools compare."""

from __future__ import annotations

import html
import json
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

__all__ = ["Facts", "has_all_authors", "has_author", "load_facts", "same_text"]

_BETWEEN = re.compile(r"\s*[;,&|/、]\s*|\s+(?:and|und|with)\s+")
_BRACKETS = re.compile(r"\s*\([^()]*\)")
_HONORIFIC = re.compile(r"^(?:dr|prof|mr|mrs|ms) (?=\S+ \S)")


@dataclass(frozen=True)
class Facts:
    """What is known of a page.

    Attributes:
        authors: Who wrote it, as one text or several; none if it names nobody.
        date: The day when it was published (``2024-05-31``), if known.
        title: What it is called, if known.
    """

    authors: tuple[str, ...]
    date: str | None
    title: str | None


def load_facts(folder: Path) -> dict[str, Facts]:
    """Return the facts of the pages of wcxb-dev and fundus-dev, by the pages' names."""
    facts = {}
    for file in sorted((folder / "wcxb-dev" / "ground-truth").glob("*.json")):
        truth = json.loads(file.read_text("utf-8"))["ground_truth"]
        facts[f"wcxb-dev/{file.stem}"] = _facts(
            [truth["author"]], truth["publish_date"], truth["title"]
        )
    file = folder / "fundus-dev" / "pages.json"
    pages = json.loads(file.read_text("utf-8")) if file.exists() else {}
    for name, page in pages.items():
        facts[f"fundus-dev/{name}"] = _facts(page["authors"] or [], page["date"], page["title"])
    return facts


def _facts(authors: Iterable[str | None], date: str | None, title: str | None) -> Facts:
    return Facts(tuple(name for name in authors if name), (date or "")[:10] or None, title)


def has_author(found: Iterable[str], gold: Iterable[str]) -> bool:
    """Tell whether one of the names found is one of the authors.

    Lists of names are split; case, accents, punctuation, brackets and honorifics don't count.
    """
    return not _keys(found).isdisjoint(_keys(gold))


def has_all_authors(found: Iterable[str], gold: Iterable[str]) -> bool:
    """Tell whether the names found are those of the authors: all of them, and no other.

    They are compared as `has_author` does. A degree or a job that is noted behind a name is taken
    for one more, so that no tool has all of those.
    """
    return _single_keys(found) == _single_keys(gold)


def _single_keys(names: Iterable[str]) -> set[str]:
    return _keys(part for name in names for part in _BETWEEN.split(_BRACKETS.sub("", name)))


def _keys(names: Iterable[str]) -> set[str]:
    parts = (part for name in names for part in (name, *_BETWEEN.split(name)))
    return {_HONORIFIC.sub("", key) for part in parts if (key := _plain(_BRACKETS.sub("", part)))}


def same_text(text: str | None, gold: str) -> bool:
    """Tell whether two titles have the same words, in lower case and without accents."""
    return text is not None and _plain(html.unescape(text)) == _plain(html.unescape(gold))


def _plain(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(char for char in letters if not unicodedata.combining(char))
    return " ".join(re.findall(r"[^\W_]+", kept))
