"""What can stand for the placeholders of phrases: names and dates."""

from __future__ import annotations

import regex

__all__ = ["is_date", "is_name", "is_user_name", "is_whole_name"]

NAME_WORDS = 8
NAME_CHARACTERS = 8
KATAKANA_CHARACTERS = 24
DATE_WORDS = 14

_HAN = regex.compile(r"[\p{Han}\p{Hiragana}]")
# Foreign names are spelt out in katakana.
_KATAKANA = regex.compile(r"[\p{Katakana}ー]")
# Chinese, Japanese and Korean names are one word: most have three characters, some two or four.
_ONE_WORD_NAME = regex.compile(r"[\p{Han}\p{Hangul}]{3,4}")
_USER_NAME = regex.compile(r"(?=.*\p{L})[\p{L}\p{M}\p{N}_][\p{L}\p{M}\p{N}_.\-]+[\p{L}\p{M}\p{N}_]")
_PARTICLES = (
    "de|da|di|do|dos|das|del|della|der|den|des|du|van|von|vom|zu|zur|la|le|el|al|bin|bint|ibn|ben"
    "|y|e|i|и|та|és|ve|og|och|ja|en|et|und|and|of|the|with|for|dan|và|&|af|ter|ten|op|in|'t|st"
)
# Georgian names have no capitals, though Unicode counts their letters as small ones.
_FIRST_LETTER = r"[\p{Lu}\p{Lt}\p{Lo}\p{Georgian}]"
_NAME_WORD = rf"(?:{_FIRST_LETTER}[\p{{L}}\p{{M}}.'’\-‐]*|@[\w.]+|(?i:{_PARTICLES}))"
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
    if not words or len(words) > NAME_WORDS:
        return False
    if not text.isascii() and (
        len(_HAN.findall(text)) > NAME_CHARACTERS
        or len(_KATAKANA.findall(text)) > KATAKANA_CHARACTERS
    ):
        return False
    return _NAME.fullmatch(text) is not None and any(_is_name_word(word) for word in words)


def _is_name_word(word: str) -> bool:
    letter = word.lstrip("@([\"'“‘")[:1]
    return letter.isalpha() and letter == letter.title()


def is_whole_name(text: str) -> bool:
    """Tell whether a name is more than one word that may be any other: has a first and a last name.

    >>> is_whole_name("Ann Lee"), is_whole_name("김민수"), is_whole_name("Land")
    (True, True, False)
    """
    return len(text.split()) > 1 or _ONE_WORD_NAME.fullmatch(text.strip()) is not None


def is_user_name(text: str) -> bool:
    """Tell whether a text is one word that can be the name of a user, whatever its case.

    >>> is_user_name("webmaster"), is_user_name("ann_lee.7"), is_user_name("the editor")
    (True, True, False)
    """
    return _USER_NAME.fullmatch(text.strip()) is not None


def is_date(words: list[str], date_words: frozenset[str]) -> bool:
    """Tell whether canonical words can be a date, a time, or "3 hours ago".

    >>> is_date(["0", "may", "0"], frozenset({"may"}))
    True
    >>> is_date(["0", "0", "0t0", "0"], frozenset()), is_date(["0", "t0"], frozenset())
    (True, False)
    """
    if not words or len(words) > DATE_WORDS:
        return False
    for word in words:
        # What stands before a number stands behind another, as in "0t0".
        rest = word.strip("0") if word[0] == "0" else word
        if word not in date_words and rest not in _AFTER_NUMBERS:
            return False
    return any("0" in word for word in words)
