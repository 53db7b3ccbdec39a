"""From what a page says of its author to the names of people."""

from __future__ import annotations

import re
from collections.abc import Iterator

from boilerkill.byline import read_names, split_names
from boilerkill.canonical import canonical_text
from boilerkill.measure.names import is_date
from boilerkill.metadata.claims import PIECE
from boilerkill.metadata.sources import HONORIFICS, NOBODY
from boilerkill.phrase_files import phrasebook
from boilerkill.phrasebook import Phrasebook

__all__ = ["given_name_first", "is_nobody", "name_key", "names_of", "tells_names"]

# A name is so long at most, and so many words.
LONGEST_NAME = 60
MOST_WORDS = 6
# "By" stands in a piece of its own before the name; it has fewer words than this.
LEAD_WORDS = 3

_MARKUP = re.compile(r"<[^<>]{0,300}>")
_ADDRESS = re.compile(r"https?://|www\.|[\w.+-]+@[\w-]+\.\w|^/|\.(?:com|org|net|html?|php)\b")
_PARENTHESIS = re.compile(r"\s*[(\[][^()\[\]]*[)\]]\s*")
# "Ann Lee, PhD": degrees are in capitals, as names such as "Rui Ma" are not.
_DEGREE = (
    r"(?:P[hH]\.?\s?D|M\.?D|M\.?A|M\.?S[Cc]?|M\.?Ed|B\.?A|R\.?D\.?N?|R\.?N|CPA|CFP®?|MBA|MPH|LL\.?M"
    r"|J\.?D|Esq|F[A-Z]{2,5})\b\.?"
)
_DEGREES = re.compile(rf"(?:,?\s+{_DEGREE})+$|^(?:{_DEGREE}\s*)+$")
# "Lee, Ann", "van der Berg, Ann B.": how catalogues write one person.
_FAMILY_FIRST = re.compile(
    r"(?P<family>(?:[a-z']+ )*[^\W\d_][^\s,;]*), (?P<given>[^\s,;]+(?: [^\s,;]+){0,2})"
)
_LISTED = re.compile(r"[,;|/&•·、]")
_JOINS = re.compile(r"[,;/&|·•]+|\w{1,3}")


def names_of(text: str, *, given: bool = False, book: Phrasebook | None = None) -> list[str]:
    r"""Return the names in what a page says of its author.

    Args:
        text: A name, several of them, a whole byline, or the pieces of one.
        given: Whether it stands where nothing but names does, so that a single one may look
            like anything: "the gear desk".
        book: The phrases of bylines, and those that are no names; by default those that boilerkill
            ships.

    >>> names_of("By Ann Lee, PhD and Bo Kim"), names_of("Ann Lee\x1fReporter\x1f31 May 2024")
    (['Ann Lee', 'Bo Kim'], ['Ann Lee'])
    >>> names_of("https://paper.example/ann"), names_of("Read more")
    ([], [])
    >>> names_of("the gear desk"), names_of("the gear desk", given=True)
    ([], ['the gear desk'])
    """
    pieces = [_tidy(piece) for piece in text.split(PIECE)]
    pieces = [piece for piece in pieces if piece]
    found = list(_first_names(pieces, book))
    if given and len(pieces) == 1 and len(found) < 2:
        whole = pieces[0]
        if found and whole.endswith(found[0]) and _told(whole, book):
            whole = found[0]
        if not _LISTED.search(whole) and not _is_too_long(whole) and not _is_anyone(whole):
            found = [whole]
    return list(dict.fromkeys(found))


def given_name_first(name: str) -> str:
    """Return the name of one person as it is spoken.

    >>> given_name_first("Lee, Ann B."), given_name_first("Ann Lee, PhD")
    ('Ann B. Lee', 'Ann Lee, PhD')
    """
    match = _FAMILY_FIRST.fullmatch(name.strip())
    if match is None or not match["given"][0].isupper() or _DEGREES.search(f" {match['given']}"):
        return name
    return f"{match['given']} {match['family']}"


def tells_names(text: str, book: Phrasebook | None = None) -> bool:
    """Tell whether a phrase of bylines says that a text names an author.

    >>> tells_names("By Ann Lee"), tells_names("Ann Lee")
    (True, False)
    """
    return bool(_told(" ".join(text.split(PIECE)), book))


def _tidy(text: str) -> str:
    text = _MARKUP.sub(" ", text)
    return "" if _ADDRESS.search(text.lower()) else " ".join(text.split())


def _told(line: str, book: Phrasebook | None) -> list[str]:
    """Return the names that phrases tell: "By Ann Lee"."""
    # One word alone tells nobody; without spaces there is a sign between words: 文＝山田花子.
    names = [] if line.isalnum() else read_names(line, book)
    return [name for name in map(_bare, names) if name and not is_nobody(name, book)]


def _first_names(pieces: list[str], book: Phrasebook | None) -> Iterator[str]:
    """Yield the names in the first piece that has any, and in those that are joined to it."""
    found = joined = False
    before = ""
    for piece in pieces:
        if found and not joined:
            if not _JOINS.fullmatch(piece):
                return
            joined = True
            continue
        names = _told(f"{before} {piece}" if before else piece, book)
        if not names:
            bare = map(_bare, split_names(_bare(piece), book))
            names = [name for name in bare if not is_nobody(name, book)]
        yield from names
        if found and not names:
            return
        found = found or bool(names)
        before = "" if names or piece.count(" ") >= LEAD_WORDS else piece
        joined = False


def _bare(name: str) -> str:
    """Return a name without degrees and what stands in brackets."""
    name = _PARENTHESIS.sub(" ", name).strip()
    return _DEGREES.sub("", name).strip(" ,;:|·•-–—*")


def is_nobody(name: str, book: Phrasebook | None = None) -> bool:
    """Tell whether a text names nobody: is a phrase, a date, a word for any author, or too long.

    Args:
        name: The text.
        book: The phrases; by default those that boilerkill ships.

    >>> is_nobody("Admin"), is_nobody("Share"), is_nobody("31 May 2024"), is_nobody("Ann Lee")
    (True, True, True, False)
    """
    if _is_too_long(name) or _is_anyone(name):
        return True
    book = book or phrasebook()
    form = canonical_text(name)
    words = form.split()
    if form in book.derive(_known_phrases) or is_date(words, book.date_words):
        return True
    return len(words) == 1 and words[0] in book.date_words


def _is_too_long(name: str) -> bool:
    return len(name) > LONGEST_NAME or name.count(" ") >= MOST_WORDS


def _is_anyone(name: str) -> bool:
    words = " ".join(canonical_text(name).split())
    return not words or words in NOBODY


def _known_phrases(book: Phrasebook) -> frozenset[str]:
    return frozenset(book.literals)


def name_key(name: str) -> str:
    """Return what two spellings of a name have in common.

    >>> name_key("Dr. Ann (Annie) LEE") == name_key("Ann Lee")
    True
    """
    words = canonical_text(_PARENTHESIS.sub(" ", name) or name).split()
    while len(words) > 2 and words[0] in HONORIFICS:
        words = words[1:]
    return "".join(char for word in words for char in word if char.isalnum())
