"""Phrases in canonical form, sorted by how they are looked for.

This is what `boilerkill.phrasebook` searches with. It is texts and numbers only, so that it can be
kept in a file (`boilerkill.packed_phrases`): making it of all phrases that boilerkill ships takes
longer than cleaning a page.
"""

from __future__ import annotations

import bisect
import difflib
import json
import re
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from boilerkill.canonical import canonical_text

__all__ = [
    "LETTERS",
    "MARKS",
    "PhraseTables",
    "compile_phrases",
    "pieces_of",
    "unknown_section",
    "without_marks",
]

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")

Numbers = npt.NDArray[np.uint16]

_PLACEHOLDER = re.compile(r"\{(n|name|date|title|any)\}")
_LIKE_PLACEHOLDER = re.compile(r"\{\s*(\w+)\s*\}")

_COLON = re.compile(r"[:：=＝|｜／]\s*\{(?:name|title|any)\}")

# A placeholder in canonical text: one character each, from Unicode's private use area.
MARKS = {"name": "\ue000", "date": "\ue001", "title": "\ue002", "any": "\ue003"}
_ANY_MARK = re.compile("[" + "".join(MARKS.values()) + "]")
_PIECE = re.compile("( [" + "".join(MARKS.values()) + "])")
_WITHOUT_MARKS = str.maketrans("", "", "".join(MARKS.values()))

# A phrase has no more of them: the time to match one grows with the words of a segment to the power
# of those that stand beside each other.
MOST_PLACEHOLDERS = 4

# Where the letters end that many texts do with: those of ASCII, and of European languages.
LETTERS = (0x80, 0x250)

# A single word of at most so many letters, its space counted, tells nothing alone.
SHORT_WORD = 6
_NEEDS_WORDS = ("navigation", "share", "related")
_WEAK_ROLE = {
    "comment_form": "comment_form.label",
    "comment": "comment.label",
    "byline": "byline.role",
    "share": "share.label",
    "navigation": "navigation.label",
    "related": "related.label",
    "promotion": "promotion.label",
    "notice": "notice.label",
    "caption": "byline.agency",
}


@dataclass(frozen=True)
class PhraseTables:
    """Phrases as they are looked for; roles are told by their index.

    Attributes:
        literals: The canonical text of each phrase without placeholders, in the order of `LETTERS`.
        within: How many of them are written with the letters below each of `LETTERS`.
        roles: For each of them, which of `role_sets` has its roles; (literals,).
        languages: For each of them, which of `language_sets` has the codes of its languages;
            (literals,).
        role_sets: Roles that phrases have together.
        language_sets: Languages that phrases have together.
        templates: The phrases with placeholders by what a text must hold for one of them to match,
            as JSON, for few of them are needed: of each its canonical text, its role, whether
            punctuation sets its last placeholder apart, and which of `language_sets` it has.
        function_words: The frequent words that tell a language, with one of `language_sets`.
        date_words: The words that dates are written with.
    """

    literals: list[str]
    within: list[int]
    roles: Numbers
    languages: Numbers
    role_sets: list[list[int]]
    language_sets: list[list[str]]
    templates: dict[str, str]
    function_words: dict[str, int]
    date_words: list[str]


def compile_phrases(
    phrases: Iterable[tuple[str, str, str]], roles: Mapping[str, Mapping[str, str]]
) -> PhraseTables:
    """Compile phrases, given as (language, role name, phrase).

    Args:
        phrases: The phrases.
        roles: What a phrase can be used for: of each role its kind and its strength.

    Raises:
        ValueError: If a phrase's role is not among `roles`, it has no word of its own, too many
            placeholders, or one that is not known.
    """
    numbers = {role: at for at, role in enumerate(roles)}
    entries = list(phrases)
    literals: dict[str, tuple[int, ...]] = {}
    languages: dict[str, tuple[str, ...]] = {}
    templates: dict[tuple[str, int, bool], tuple[str, ...]] = {}
    function_words: dict[str, tuple[str, ...]] = {}
    date_words: dict[str, None] = {}
    for (language, role, phrase), canonical in zip(
        entries, _canonical_phrases(phrase for _, _, phrase in entries), strict=True
    ):
        if role not in numbers:
            raise ValueError(f"{language}: {unknown_section(role, numbers)}")
        if "{" in phrase and (unknown := _unknown_placeholder(phrase)) is not None:
            raise ValueError(f"{language}: [{role}] {phrase!r}: {unknown}")
        words = canonical.strip("\n")
        marked = not words.isascii() and _ANY_MARK.search(words) is not None
        if not (without_marks(words).strip() if marked else words):
            raise ValueError(f"{language}: [{role}] {phrase!r} has no word of its own")
        if role == "date.word":
            date_words.update(dict.fromkeys(words.split()))
        elif role == "language.word":
            for word in words.split():
                _add(function_words, word, language)
        elif marked:
            if len(_ANY_MARK.findall(words)) > MOST_PLACEHOLDERS:
                most = f"more than {MOST_PLACEHOLDERS} placeholders"
                raise ValueError(f"{language}: [{role}] {phrase!r} has {most}")
            key = (words, numbers[role], _COLON.search(phrase) is not None)
            _add(templates, key, language)
        else:
            held = role if roles[role]["strength"] != "strong" else _by_length(role, words)
            _add(literals, words, numbers[held])
            _add(languages, words, language)
    ordered = sorted(literals, key=_letters)
    role_sets: dict[tuple[int, ...], int] = {}
    language_sets: dict[tuple[str, ...], int] = {}
    anchored: dict[str, list[tuple[str, int, bool, int]]] = {}
    for (words, role_number, colon), codes in templates.items():
        template = (words, role_number, colon, _number(language_sets, codes))
        anchored.setdefault(_anchor(words), []).append(template)
    return PhraseTables(
        literals=ordered,
        within=[bisect.bisect_right(ordered, place, key=_letters) for place in range(len(LETTERS))],
        roles=_numbers(role_sets, [literals[words] for words in ordered]),
        languages=_numbers(language_sets, [languages[words] for words in ordered]),
        templates={anchor: _as_json(held) for anchor, held in anchored.items()},
        function_words={
            word: _number(language_sets, codes) for word, codes in function_words.items()
        },
        date_words=list(date_words),
        # What was numbered above.
        role_sets=[list(each) for each in role_sets],
        language_sets=[list(each) for each in language_sets],
    )


def pieces_of(words: str) -> list[str]:
    """Return the words of a phrase, and its placeholders each with the space before it, in turn."""
    return _PIECE.split(words)


def without_marks(words: str) -> str:
    """Return a phrase without its placeholders."""
    return words.translate(_WITHOUT_MARKS)


def _letters(words: str) -> int:
    """Return the place of the first of `LETTERS` that is above a phrase's letters."""
    return bisect.bisect_right(LETTERS, ord(max(words)))


def unknown_section(name: str, known: Iterable[str]) -> str:
    """Say that a section is not known, and which may be meant.

    >>> unknown_section("share.acton", ["share.action", "share.label"])
    '[share.acton] is no known section; do you mean [share.action]?'
    >>> unknown_section("share", ["share.action", "share.label"])
    '[share] is no known section; do you mean [share.action] or [share.label]?'
    """
    names = list(known)
    near = [one for one in names if one.startswith(f"{name}.")]
    near = near or difflib.get_close_matches(name, names, 1)
    return f"[{name}] is no known section" + _meant([f"[{one}]" for one in near])


def _unknown_placeholder(phrase: str) -> str | None:
    """Say which placeholder of a phrase is not known, if one is not."""
    known = ["n", *MARKS]
    for found in _LIKE_PLACEHOLDER.finditer(phrase):
        if _PLACEHOLDER.fullmatch(found[0]) is None:
            near = difflib.get_close_matches(found[1].lower(), known, 1)
            return f"{found[0]} is no known placeholder" + _meant([f"{{{one}}}" for one in near])
    return None


def _meant(names: list[str]) -> str:
    return f"; do you mean {' or '.join(names)}?" if names else ""


def _by_length(role: str, words: str) -> str:
    """Return the role of a phrase, the weak one of its kind where it is too short to be strong.

    A single short word ("Ads"), or a single word for a menu ("Next"), is often prose or a heading.
    """
    if words.count(" ") > 1:
        return role
    if role == "navigation.tags":
        return "navigation.tagged"
    if role == "related.invitation":
        # What stands below it tells as well.
        return role
    kind = role.split(".", maxsplit=1)[0]
    if len(words) <= SHORT_WORD or kind in _NEEDS_WORDS:
        return _WEAK_ROLE.get(kind, role)
    return role


def _canonical_phrases(phrases: Iterable[str]) -> list[str]:
    lines = list(phrases)
    marked = _PLACEHOLDER.sub(_mark, "\n".join(lines))
    return canonical_text(marked).split("\n") if lines else []


def _mark(placeholder: re.Match[str]) -> str:
    return "0" if placeholder[1] == "n" else f" {MARKS[placeholder[1]]} "


def _add(table: dict[Key, tuple[Value, ...]], key: Key, value: Value) -> None:
    """Add a value to those of a key, once."""
    alone = (value,)
    known = table.setdefault(key, alone)
    if known is not alone and value not in known:
        table[key] = known + alone


def _number(table: dict[Key, int], key: Key) -> int:
    """Return the number of a key, a new one if it has none."""
    return table.setdefault(key, len(table))


def _as_json(templates: list[tuple[str, int, bool, int]]) -> str:
    return json.dumps(templates, ensure_ascii=False, separators=(",", ":"))


def _numbers(table: dict[Key, int], keys: list[Key]) -> Numbers:
    return np.array([_number(table, key) for key in keys], dtype=np.uint16)


def _anchor(words: str) -> str:
    """Return what a text must hold for the template to match: its start, its end, or a piece.

    A placeholder stands behind a start or a piece, and begins with the space before a word.
    """
    pieces = pieces_of(words)
    if pieces[0]:
        return f"\n{pieces[0]} "
    if pieces[-1]:
        return f"{pieces[-1]}\n"
    return max((piece for piece in pieces if piece[1:] not in MARKS.values()), key=len) + " "
