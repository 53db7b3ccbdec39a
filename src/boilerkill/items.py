"""Lists that stand on one line or one item a line, and how to tell keyword lists among them.

A footer stuffed with keywords has many short items, hardly a sentence, and the same words again
and again ("Hoka Shoes Canada | Keds Shoes | …"). A sentence that enumerates, a recipe, a poem, a
track list and a table row lack one of these.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import regex

from boilerkill.characters import SENTENCE_ENDS

__all__ = [
    "SEPARATORS",
    "ItemRun",
    "Separator",
    "are_explained",
    "find_item_run",
    "is_keyword_column",
    "is_keyword_list",
    "is_lower_case_list",
    "split_items",
]


@dataclass(frozen=True)
class Separator:
    """What stands between the items of a list on one line.

    Attributes:
        signs: Its characters.
        pattern: The separator with the white space around it.
        distinct: Whether it hardly occurs in prose, so that it alone speaks for a list.
    """

    signs: str
    pattern: regex.Pattern[str]
    distinct: bool


# Looked for only where a run of spaces begins, or a long run would cost its square.
_SPACES = r"(?:(?<![ \t])[ \t]+)"

SEPARATORS = (
    Separator("|｜¦", regex.compile(rf"{_SPACES}?(?:[|｜¦]|\|\|)[ \t|｜]*"), distinct=True),
    Separator(
        "•·●▪■◆★☆✦‧∙・▸►⋅", regex.compile(rf"{_SPACES}?[•·●▪■◆★☆✦‧∙・▸►⋅][ \t•·]*"), distinct=True
    ),
    Separator("»›→", regex.compile(rf"{_SPACES}?[»›→][ \t]+"), distinct=True),
    Separator("~", regex.compile(rf"{_SPACES}~[ \t]+"), distinct=True),
    Separator(";", regex.compile(rf"{_SPACES}?;[ \t]*"), distinct=False),
    Separator(",，、،", regex.compile(rf"{_SPACES}?(?:,(?=[ \t])|[，、،])[ \t]*"), distinct=False),
    Separator("/／", regex.compile(rf"{_SPACES}/[ \t]+|{_SPACES}?／[ \t]*"), distinct=False),
    Separator("-–—", regex.compile(rf"{_SPACES}[-–—][ \t]+"), distinct=False),
)

# A list on one line has at least so many items.
MIN_ITEMS_DISTINCT = 6
MIN_ITEMS = 8

# A line that is nothing but a list may be shorter where lists are to be expected.
SHORT_LIST_DISTINCT = 3
SHORT_LIST = 4

# An item is at most so long; longer ones are clauses.
MAX_ITEM_WORDS = 6
MAX_ITEM_CHARACTERS = 48

# A keyword list: the least share of its items that have a word in common with others, by the
# number of items; the more there are, the less can be chance.
REPETITION_DISTINCT = 0.25
REPETITION_LOWER = 0.5
REPETITION_LOWER_FEW = 0.65
REPETITION = 0.4
REPETITION_LINES = 0.65
ITEMS_WITHOUT_REPETITION = 12
MEAN_WORDS_LINES = 3.5
CAPITALISED = 0.7
# Where nearly all items have the same word, only their first word need have a capital.
SAME_WORD = 0.8
SHARE_WITH_NUMBERS = 0.34
# Of a column, so many lines may be facts or prices.
SHARE_WITH_FACTS = 0.15
# So many items with words in brackets are no keywords.
EXPLAINED_ITEMS = 2
LOWER_CASE = 0.5

_SENTENCE_END = regex.compile(
    rf"(?:[{SENTENCE_ENDS}]+[\"”“»’)\]」』]*|[”»」』]|(?<=[^\W\d])\"|\*)[ \t]*(?=\S)"
)
_ABBREVIATION = regex.compile(r"(?:\b\p{Lu}|\b(?:St|Dr|Mr|Mrs|Ms|Inc|Co|Ltd|No|vs))\.[ \t]*$")
_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+")
# Scripts without spaces between words, with about so many characters a word.
_UNSPACED = (
    (regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}]"), 2),
    (regex.compile(r"[\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]"), 4),
)
_ONE_CHARACTER_WORDS = regex.compile(
    r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]"
)
_INNER_SENTENCE = regex.compile(
    rf"[{SENTENCE_ENDS}][ \t]+\S|[{SENTENCE_ENDS.replace('.', '')}]$|\w\w\w\.$"
)
_INCHES = r"[\d.,]*[\"″”]"
_STARTS_WITH_AMOUNT = regex.compile(rf"[½¼¾⅓⅔#]|(?!\d{_INCHES})\p{{N}}")
# What a line names, and what it costs: "Hull: oak", "$31.50".
_FACT_OR_PRICE = regex.compile(r"^[^:：]{2,40}[:：]\s+\S|^[^:：]{1,40}：|\p{Sc}\s?\d|\d\s?\p{Sc}")
# The ingredients of a soap: "Olea Europaea (Olive) Fruit Oil".
_EXPLAINED = regex.compile(r"\(\p{L}[^)]*\)")
_TIME_OR_AMOUNT = regex.compile(
    rf"\d[:.,](?!{_INCHES})\d|\d[ \t]*(?:%|g|kg|ml|cl|l|oz|lb|cm|mm|km|min)\b"
)


@dataclass(frozen=True)
class ItemRun:
    """Items on one line with one kind of separator between them.

    Attributes:
        start: Where the first item begins in the line.
        end: Where the run ends, with a separator that closes it.
        items: The items.
        distinct: See `Separator`.
    """

    start: int
    end: int
    items: tuple[str, ...]
    distinct: bool


def find_item_run(line: str) -> ItemRun | None:
    """Return the longest run of short items in a line, if there is one.

    Where the run is glued to a sentence, it begins behind the sentence.

    >>> run = find_item_run("It rained. Red Hats | Blue Hats | Hat Pins | Hats | Old Hats | Caps |")
    >>> run.items
    ('Red Hats', 'Blue Hats', 'Hat Pins', 'Hats', 'Old Hats', 'Caps')
    >>> find_item_run("We met Ann, Bo and Cy, and then, after a while, Di.")
    """
    best: ItemRun | None = None
    for separator in SEPARATORS:
        run = _run_of(line, separator)
        if run is not None and (best is None or len(run.items) > len(best.items)):
            best = run
    return best


def _run_of(line: str, separator: Separator) -> ItemRun | None:
    least = MIN_ITEMS_DISTINCT if separator.distinct else MIN_ITEMS
    if sum(map(line.count, separator.signs)) < least - 1:
        return None
    if not separator.distinct:
        # Where prose has the separator as well, a list is the last thing on its line.
        last = max(map(line.rfind, separator.signs))
        if not is_item(line[last + 1 :]):
            return None
    bounds = [match.span() for match in separator.pattern.finditer(line)]
    if len(bounds) < least - 1:
        return None
    if not separator.distinct and not is_item(line[bounds[-1][1] :]):
        # The last sign separates nothing: "Home, Garden, Tools for 1,000".
        return None
    parts = list(zip([0, *(end for _, end in bounds)], [*(start for start, _ in bounds), len(line)],
                     strict=True))  # fmt: skip
    longest: tuple[int, int] = (0, 0)
    first = 0
    for number, (start, end) in enumerate([*parts, (0, len(line) + MAX_ITEM_CHARACTERS * 99)]):
        short = end - start <= MAX_ITEM_CHARACTERS and is_item(line[start:end])
        if short:
            continue
        if number - first > longest[1] - longest[0]:
            longest = (first, number)
        # A long part may be a sentence with the first item glued to it.
        glued = number < len(parts) and _glued_item(line, start, end) is not None
        first = number if glued else number + 1
    first, stop = longest
    items = [line[start:end].strip() for start, end in parts[first:stop]]
    begin = parts[first][0] if stop > first else 0
    glued_at = _glued_item(line, *parts[first]) if stop > first else None
    if glued_at is not None:
        begin = glued_at
        items[0] = line[begin : parts[first][1]].strip()
    items = [item for item in items if item]
    if len(items) < least:
        return None
    end = parts[stop - 1][1] if stop == len(parts) else parts[stop][0]
    return ItemRun(begin, end, tuple(items), separator.distinct)


def split_items(line: str) -> tuple[str, ...]:
    """Return the items of a line that is nothing but a short list, or nothing.

    >>> split_items("watches | bags | shoes")
    ('watches', 'bags', 'shoes')
    >>> split_items("It rained, and we left, all of us, before noon.")
    ()
    """
    for separator in SEPARATORS:
        items = tuple(filter(None, map(str.strip, separator.pattern.split(line))))
        least = SHORT_LIST_DISTINCT if separator.distinct else SHORT_LIST
        if len(items) >= least and all(map(is_item, items)):
            return items
    return ()


def is_item(text: str) -> bool:
    """Tell whether a part of a line is short enough, and no sentence."""
    return count_words(text) <= MAX_ITEM_WORDS and _INNER_SENTENCE.search(text.strip()) is None


def count_words(text: str) -> int:
    """Count words; where a script has no spaces, a few characters make one.

    >>> count_words("Kate Spade Canada"), count_words("北京租车")
    (3, 2)
    """
    if text.isascii() or _ONE_CHARACTER_WORDS.search(text) is None:
        return len(_WORD.findall(text))
    words = len(_WORD.findall(_ONE_CHARACTER_WORDS.sub(" ", text)))
    return words + sum(-(-len(script.findall(text)) // size) for script, size in _UNSPACED)


def _glued_item(line: str, start: int, end: int) -> int | None:
    """Return where an item begins behind the last sentence of `line[start:end]`."""
    found = None
    for match in _SENTENCE_END.finditer(line, start, end):
        if not _ABBREVIATION.search(line, max(start, match.end() - 8), match.end()):
            found = match.end()
    if found is None or not is_item(line[found:end]):
        return None
    return found


def is_keyword_list(items: Sequence[str], *, distinct: bool) -> bool:
    """Tell whether items are keywords for search engines.

    Args:
        items: The items, at least one.
        distinct: Whether a separator stands between them that prose hardly has.

    >>> is_keyword_list(["Cheap Red Hats", "Cheap Blue Hats", "Hat Shops", "Blue Hats Paris",
    ...                  "Hats Lyon", "Hats Paris", "Wool Hats", "Hat Pins"], distinct=True)
    True
    >>> is_keyword_list(["flour", "two eggs", "a little milk", "sugar", "butter", "salt"],
    ...                 distinct=True)
    False
    """
    count = len(items)
    if sum(map(_has_amount, items)) > SHARE_WITH_NUMBERS * count:
        return False
    if sum(_INNER_SENTENCE.search(item) is not None for item in items) > 0.1 * count:
        return False
    repeated = _repetition(items)
    capitalised = _capitalised_share(items)
    if distinct:
        if capitalised < CAPITALISED:
            return repeated >= (REPETITION_LOWER if count >= MIN_ITEMS else REPETITION_LOWER_FEW)
        return repeated >= REPETITION_DISTINCT or count >= ITEMS_WITHOUT_REPETITION
    # "Services: …" names what it lists.
    if ":" in items[0] or count < MIN_ITEMS or repeated < REPETITION:
        return False
    return capitalised >= CAPITALISED or _is_about_one_word(items)


def _is_about_one_word(items: Sequence[str]) -> bool:
    """Tell whether nearly all items have the same word, and begin with a capital.

    >>> _is_about_one_word(["Cheap hats", "Hats online", "Hats for men", "Hats in Lyon"])
    True
    """
    counts = Counter(itertools.chain.from_iterable(map(_vocabulary, items)))
    firsts = [item for item in items if item[:1].lower() != item[:1]]
    least = SAME_WORD * len(items)
    return max(counts.values(), default=0) >= least and len(firsts) >= least


def are_explained(items: Sequence[str]) -> bool:
    """Tell whether several items have words in brackets, as the ingredients of a soap.

    >>> are_explained(["Glycine Soja (Soybean) Oil", "Aqua (Water)", "Glycerin"])
    True
    """
    return sum(_EXPLAINED.search(item) is not None for item in items) >= EXPLAINED_ITEMS


def is_lower_case_list(items: Sequence[str]) -> bool:
    """Tell whether most words of a list are in lower case, and most items are no amounts."""
    return (
        _capitalised_share(items) < LOWER_CASE
        and sum(map(_has_amount, items)) <= SHARE_WITH_NUMBERS * len(items)
        and ":" not in items[0]
    )


def is_keyword_column(items: Sequence[str]) -> bool:
    """Tell whether items that stand one a line are keywords for search engines.

    Headings, track lists and names stand one a line as well, so more must speak for it than in
    one line.
    """
    return (
        sum(map(count_words, items)) <= MEAN_WORDS_LINES * len(items)
        and sum(_FACT_OR_PRICE.search(item) is not None for item in items)
        <= SHARE_WITH_FACTS * len(items)
        and _repetition(items) >= REPETITION_LINES
        and is_keyword_list(items, distinct=False)
        # "Install Python", "Install the driver", …: steps may all have the same word.
        and (len(items) >= ITEMS_WITHOUT_REPETITION or _capitalised_share(items) >= CAPITALISED)
    )


def _has_amount(item: str) -> bool:
    return _STARTS_WITH_AMOUNT.match(item) is not None or _TIME_OR_AMOUNT.search(item) is not None


def _repetition(items: Sequence[str]) -> float:
    """Return the share of items that share a word (or a pair of characters) with another."""
    vocabularies = [_vocabulary(item) for item in items]
    counts = Counter(itertools.chain.from_iterable(vocabularies))
    least = 2 if len(items) < 20 else 3
    repeated = {word for word, count in counts.items() if count >= least}
    shared = sum(not repeated.isdisjoint(words) for words in vocabularies)
    return shared / len(items)


def _vocabulary(item: str) -> set[str]:
    words = {word.lower() for word in _WORD.findall(item) if len(word) > 2}
    if item.isascii():
        return words
    singles = "".join(_ONE_CHARACTER_WORDS.findall(item))
    pairs = {singles[at : at + 2] for at in range(len(singles) - 1)}
    return words | pairs


def _capitalised_share(items: Sequence[str]) -> float:
    """Return the share of words that start with a capital, of those whose script has them."""
    cased: list[str] = [
        word for item in items for word in _WORD.findall(item) if word[0].lower() != word[0].upper()
    ]
    if not cased:
        return 1.0
    return sum(word[0].isupper() for word in cased) / len(cased)
