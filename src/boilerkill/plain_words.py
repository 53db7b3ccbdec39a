"""Evidence in plain words: what is measured, said so that anyone can follow it.

The wording is data (``reasons.json``), in one place for the terminal, the reports and Python.
Evidence that it does not know is named as it is.
"""

from __future__ import annotations

import functools
import json
import math
import re
from importlib import resources
from typing import Any

__all__ = ["describe", "kind_in_words", "verdict_in_words"]


# Probabilities of a first look are counted in thousandths, and words in halves.
PARTS, WORD = 1_000, 2

# Log-odds that leave no doubt; more would overflow.
_MOST = 50.0

# How evidence is said: one way, where there is and where there is not, or by its value.
Wording = str | list[str] | dict[str, str]

# Of wording by value, what all other values are said with.
_OTHERWISE = "*"

# "1 words" is written as data, for all numbers alike.
_PLURAL_OF_ONE = re.compile(r"(\b(?<![.,])1 (?:character|column|link|number|segment|step|word))s\b")


def describe(evidence: str, value: float, detail: str = "") -> str:
    """Say a piece of evidence in plain words.

    Args:
        evidence: Its name.
        value: What was measured.
        detail: What it was seen in, such as the phrase and its language.

    Returns:
        A few words, without a full stop.

    >>> describe("link density", 0.62)
    '62 % of its characters are links'
    >>> describe("phrase COMMENT_FORM", 1.0, "'Leave a Reply' (en)")
    "looks like a comment form: 'Leave a Reply' (en)"
    >>> describe("words at -1", 3.0), describe("sentence at +1", 0.0)
    ('3 words in the segment right before it', 'no sentence right after it')
    >>> describe("moon phase", 0.25)
    'moon phase: 0.25'
    """
    words, names = _wording_of(evidence)
    if isinstance(words, list):
        words = words[0] if value > 0 else words[1]
    elif isinstance(words, dict):
        words = words.get(_number(value), words[_OTHERWISE])
    said = words.format(
        evidence=evidence,
        number=_number(value),
        percent=_percent(value),
        permille=_percent(value / PARTS),
        chance=_percent(1 / (1 + math.exp(-min(max(value, -_MOST), _MOST)))),
        likely_words=_number(round(value / (WORD * PARTS))),
        detail=f": {detail}" if detail else "",
        **names,
    )
    return _PLURAL_OF_ONE.sub(r"\1", said)


def kind_in_words(kind: str) -> str:
    """Return what a kind is called.

    >>> kind_in_words("SHARE")
    'a share bar'
    """
    name: str = _data()["kinds"].get(kind, kind)
    return name


def verdict_in_words(verdict: str, kind: str) -> str:
    """Say why a segment of a kind stays or goes.

    Args:
        verdict: "body", "quoted", "asked", "unsettled" or "gone".
        kind: The name of its kind.

    >>> verdict_in_words("quoted", "BODY")
    'quotation: kept whatever the score'
    >>> verdict_in_words("gone", "SHARE")
    'goes: a share bar'
    """
    words: str = _data()["verdicts"][verdict]
    return words.format(kind=kind_in_words(kind))


@functools.cache
def _data() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(
        (resources.files("boilerkill") / "reasons.json").read_text("utf-8")
    )
    return found


@functools.cache
def _patterns() -> list[tuple[re.Pattern[str], Wording]]:
    return [(re.compile(pattern), words) for pattern, words in _data()["patterns"]]


@functools.cache
def _wording_of(evidence: str) -> tuple[Wording, dict[str, str]]:
    """Return how to say a piece of evidence, and what to put in besides its value."""
    data = _data()
    words = data["words"].get(evidence)
    if words is not None:
        return words, {}
    for pattern, words in _patterns():
        match = pattern.fullmatch(evidence)
        if match is not None:
            return words, {name: _in_words(name, text) for name, text in match.groupdict().items()}
    return data["fallback"], {}


# What the parts of names stand for, by the group of the pattern that finds them.
_TABLES = {"kind": "kinds", "where": "where", "level": "levels"}


def _in_words(group: str, text: str) -> str:
    table = _data()[_TABLES[group]] if group in _TABLES else {}
    found: str = table.get(text, text)
    return found


def _percent(share: float) -> str:
    return f"{share:.0%}".replace("%", " %")


def _number(value: float) -> str:
    """Return a number as people write it: whole, or with two places that count.

    >>> _number(3.0), _number(0.123), _number(-1234.5)
    ('3', '0.12', '-1234')
    """
    if value == round(value) or abs(value) >= 100:
        return str(round(value))
    return f"{value:.2g}"
