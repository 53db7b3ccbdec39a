"""What can stand for the placeholders of phrases: names and dates."""

from __future__ import annotations

import regex

__all__ = ["is_date", "is_name"]

NAME_WORDS = 8
NAME_CHARACTERS = 8
DATE_WORDS = 14

_HAN = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}]")
_PARTICLES = (
    "de|da|di|do|dos|das|del|della|der|den|des|du|van|von|vom|zu|zur|la|le|el|al|bin|bint|ibn|ben"
    "|y|e|i|и|та|és|ve|og|och|ja|en|et|und|and|of|the|with|for|dan|và|&|af|ter|ten|op|in|'t|st"
)
_NAME_WORD = rf"(?:[\p{{Lu}}\p{{Lt}}\p{{Lo}}][\p{{L}}\p{{M}}.'’\-‐]*|@[\w.]+|(?i:{_PARTICLES}))"
_NAME = regex.compile(rf"\W*{_NAME_WORD}(?:[\s,·•|/／&;()\-–—．・]+{_NAME_WORD})*\W*")

# What may stand right behind a number in a date: ordinals, half days, hours.
_AFTER_NUMBERS = frozenset(
    ("", "st", "nd", "rd", "th", "am", "pm", "h", "t", "z", "er", "ère", "º", "ª")
)


def is_name(text: str) -> bool:
    """Tell whether a text can be the name of a person or an office.

    >>> is_name("Ludwig van Beethoven"), is_name("the river and the town")
    (True, False)
    """
    words = text.split()
    if not words or len(words) > NAME_WORDS or len(_HAN.findall(text)) > NAME_CHARACTERS:
        return False
    return _NAME.fullmatch(text) is not None and any(_is_name_word(word) for word in words)


def _is_name_word(word: str) -> bool:
    letter = word.lstrip("@([\"'“‘")[:1]
    return letter.isalpha() and (letter.isupper() or letter.lower() == letter.upper())


def is_date(words: list[str], date_words: frozenset[str]) -> bool:
    """Tell whether canonical words can be a date, a time, or "3 hours ago".

    >>> is_date(["0", "may", "0"], frozenset({"may"}))
    True
    """
    if not words or len(words) > DATE_WORDS:
        return False
    return any("0" in word for word in words) and all(
        word in date_words or word.strip("0") in _AFTER_NUMBERS for word in words
    )
