"""Find what a text quotes, so that it is never lost.

Two marks that belong together quote what stands between them, if both are in one paragraph. A mark
that begins a paragraph and has no partner quotes the rest of it, as speech can run over several;
and ``>`` at the start of a line quotes the line.

A paragraph here is a run of lines without a blank one between them. Many scraped texts separate
their paragraphs by a single line break, so a *line* that opens with a mark that nothing closes is
taken as such a paragraph too: where two readings are possible, both are protected.
"""

from __future__ import annotations

import bisect
import re
import unicodedata
from collections.abc import Iterator, Mapping

from boilerkill.normalization import normalize

__all__ = ["Span", "quotations", "quoted_spans"]

# Where it starts and ends in a text.
Span = tuple[int, int]

# Closing mark -> the opening marks that it may close.
_CLOSES = {
    "”": "“„",
    "“": "„",
    "»": "«",
    "«": "»",
    "›": "‹",
    "‹": "›",
    "」": "「",
    "』": "『",
    "》": "《",
    "’": "‘‚",
    "‘": "‚",
    "＂": "＂",
    '"': '"',
}
# Swedish and Finnish open and close with the same mark, and typewriters close any with one.
_CLOSES_LOOSELY = _CLOSES | {"”": "“„”", "»": "«»", "›": "‹›", '"': '"„“'}
# Pointed marks are turned outwards in some languages, «so», and inwards in others, »so«. Where both
# are in one paragraph, the latter reading may take the partners of the former.
_TURNED_INWARDS = frozenset("«‹")
_CLOSES_OUTWARDS = {mark: of for mark, of in _CLOSES.items() if mark not in _TURNED_INWARDS}
_OPENS = frozenset('“„”«»‹›「『《‘‚＂"')

# Where this one stands for a comma, it must not take the partner of another.
_LIKE_A_COMMA = "‚"

# These open only behind white space, a bracket, a dash or the start: elsewhere they are inch marks,
# or closing marks without a partner.
_STRAIGHT = frozenset('＂"')
# These do not open behind a letter or a digit, where they are apostrophes or close a quotation.
_OPENS_BEHIND_NO_LETTER = frozenset("”‘‚")
# These open only right before a word: before a space they are the arrows of a breadcrumb.
_OPENS_BEFORE_A_WORD = frozenset("”»›")
# These close only where a word can end: elsewhere they are apostrophes or opening marks.
_CLOSES_AT_AN_END = frozenset('’‘"＂')

# This one mostly closes; alone at the start of a line it says nothing.
_NEVER_OPENS_A_PARAGRAPH = frozenset("”")

_MARK = re.compile('[“”„«»‹›「」『』《》‘’‚＂"]')
# The same for a text in which ’ can be an apostrophe alone.
_MARK_BUT_APOSTROPHE = re.compile(_MARK.pattern.replace("’", ""))
_QUOTED_LINE = re.compile("^[ \t]*>.*", re.MULTILINE)
_BEFORE_STRAIGHT = re.compile(r"[\s()\[\]{}<>（）［］｛｝【】〔〕]|[\-‐‑‒–—―⸺⸻﹘﹣－〜〰]")
_BEHIND_CLOSING = re.compile(r"[^\w]|_")
_LINE_LEAD = re.compile(r"[\s\-–—―•·*>(\[]*")


def quotations(text: str | bytes) -> list[str]:
    r"""Return what `text` quotes, without the marks, in order; the outermost where they nest.

    Args:
        text: A text; it is normalised first (see `normalize`), so that each item can be found in
            what `clean` returns of it. A page in HTML is taken for text as well.

    Returns:
        The quotations. A line that starts with ``>`` is returned without that mark.

    >>> quotations("“We’re late,” she said. «Pas du tout !» A 24\" monitor isn’t quoted.")
    ['We’re late,', 'Pas du tout !']
    >>> quotations("> I disagree.")
    ['I disagree.']
    """
    normal = normalize(text)
    found = []
    for start, end in _merge(_spans(normal)):
        inner = normal[start:end].strip()
        if inner[0] == ">":
            found.append(inner.lstrip("> \t"))
            continue
        inner = inner[1:]
        inner = inner[:-1] if inner and inner[-1] in _CLOSES else inner
        found.append(inner.strip())
    return [item for item in found if item]


def quoted_spans(text: str) -> list[Span]:
    """Return the spans (start, end) of a normalised text that must not be lost, in order.

    >>> quoted_spans("A “b” c.")
    [(2, 5)]
    """
    return _merge(_spans(text))


def _spans(text: str) -> Iterator[Span]:
    """Yield every span that one reading or another of the rules takes for quoted."""
    if ">" in text:
        for line in _QUOTED_LINE.finditer(text):
            yield text.index(">", line.start()), line.end()
    for start, end, marks in _marked_paragraphs(text):
        yield from _spans_between_marks(text, start, end, marks)


def _marked_paragraphs(text: str) -> Iterator[tuple[int, int, list[int]]]:
    """Yield where each paragraph with quotation marks starts and ends, and where the marks are."""
    pattern = _MARK if "‘" in text or "‚" in text else _MARK_BUT_APOSTROPHE
    start, end = 0, -1
    marks: list[int] = []
    for match in pattern.finditer(text):
        at = match.start()
        if at > end:
            if marks:
                yield start, end, marks
            found = text.rfind("\n\n", max(end, 0), at)
            start = 0 if found < 0 else found + 2
            end = text.find("\n\n", at)
            end = len(text) if end < 0 else end
            marks = []
        marks.append(at)
    if marks:
        yield start, end, marks


def _spans_between_marks(text: str, start: int, end: int, marks: list[int]) -> Iterator[Span]:
    """Yield the quotations of one paragraph, by the marks that match, and by those that may."""
    yield from _read_marks(text, start, end, marks, _CLOSES)
    if not _MAY_MATCH.isdisjoint(text[at] for at in marks):
        yield from _read_marks(text, start, end, marks, _CLOSES_LOOSELY)
    if not _TURNED_INWARDS.isdisjoint(text[at] for at in marks):
        yield from _read_marks(text, start, end, marks, _CLOSES_OUTWARDS)
    others = [at for at in marks if text[at] != _LIKE_A_COMMA]
    if len(others) < len(marks):
        yield from _read_marks(text, start, end, others, _CLOSES)


_MAY_MATCH = frozenset('”»›"')


def _read_marks(
    text: str, start: int, end: int, marks: list[int], closes: Mapping[str, str]
) -> Iterator[Span]:
    # For each opening mark, where it stands unclosed, the latest last.
    unclosed: dict[str, list[int]] = {}
    in_order = _InOrder(closes)
    strictly = closes is _CLOSES
    for at in marks:
        mark = text[at]
        opens = _can_open(mark, text, at)
        if opens:
            in_order.opening.append((at, mark))
        if mark in closes and _can_close(mark, text, at, strictly):
            in_order.closing.append((at, mark))
            opened = _closed_by(closes[mark], unclosed)
            if opened is not None:
                yield opened, at + 1
                continue
        if opens:
            unclosed.setdefault(mark, []).append(at)
    yield from _open_to_the_end(text, unclosed, start, end)
    yield from in_order.read_on()


class _InOrder:
    """The marks of one paragraph, to be read from left to right rather than like brackets.

    Both readings agree where every mark has its partner. Where one lacks it, each protects what
    the other would lose.
    """

    def __init__(self, closes: Mapping[str, str]) -> None:
        self._closes = closes
        self.opening: list[tuple[int, str]] = []
        self.closing: list[tuple[int, str]] = []

    def read_on(self) -> Iterator[Span]:
        """Yield quotations of which each ends with the next mark that can close it."""
        closing = {
            mark: [at for at, other in self.closing if mark in self._closes[other]]
            for mark in {mark for _, mark in self.opening}
        }
        done = 0
        for at, mark in self.opening:
            behind = bisect.bisect_right(closing[mark], at)
            if at >= done and behind < len(closing[mark]):
                done = closing[mark][behind] + 1
                yield at, done


def _closed_by(openings: str, unclosed: dict[str, list[int]]) -> int | None:
    """Return where the quotation was opened that a mark closes, if it closes one: the last."""
    last = max((opening for opening in openings if unclosed.get(opening)), default=None,
               key=lambda opening: unclosed[opening][-1])  # fmt: skip
    return None if last is None else unclosed[last].pop()


def _can_open(mark: str, text: str, at: int) -> bool:
    if mark not in _OPENS:
        return False
    if mark in _OPENS_BEFORE_A_WORD and (at + 1 == len(text) or text[at + 1].isspace()):
        return False
    before = _visible_before(text, at)
    if mark in _STRAIGHT:
        return before < 0 or _BEFORE_STRAIGHT.match(text, before) is not None
    return mark not in _OPENS_BEHIND_NO_LETTER or before < 0 or not text[before].isalnum()


def _visible_before(text: str, at: int) -> int:
    """Return the place of the last character before a mark that is seen, -1 if there is none."""
    at -= 1
    while at >= 0 and unicodedata.category(text[at]) == "Cf":
        at -= 1
    return at


def _can_close(mark: str, text: str, at: int, strictly: bool) -> bool:
    """Tell whether a mark can close there; a straight one `strictly` before punctuation only."""
    if mark in "«‹":
        return not text[at - 1 : at].isspace()
    if mark not in _CLOSES_AT_AN_END or at + 1 == len(text):
        return True
    behind = text[at + 1]
    if strictly and mark in _STRAIGHT:
        return behind.isspace() or unicodedata.category(behind)[0] == "P"
    return _BEHIND_CLOSING.match(behind) is not None


def _open_to_the_end(
    text: str, unclosed: dict[str, list[int]], paragraph: int, end: int
) -> Iterator[Span]:
    """Yield the paragraph or the lines that open with a mark that nothing closes."""
    line_end = paragraph - 1
    for at in sorted(
        at for mark, places in unclosed.items() if mark not in _NEVER_OPENS_A_PARAGRAPH
        for at in places
    ):  # fmt: skip
        if at < line_end:
            # Another mark stands before this one in its line.
            continue
        line = text.rfind("\n", max(line_end, 0), at) + 1 or paragraph
        line_end = _line_end(text, at)
        if _leads_to(text, line, at):
            yield at, end if line <= paragraph else line_end


def _leads_to(text: str, line: int, at: int) -> bool:
    """Tell whether nothing but the mark of a list, or what is not seen, stands before a mark."""
    while (lead := _LINE_LEAD.match(text, line, at)) is not None and lead.end() < at:
        if unicodedata.category(text[lead.end()]) != "Cf":
            return False
        line = lead.end() + 1
    return True


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end


def _merge(spans: Iterator[Span]) -> list[Span]:
    """Return the spans in order, those that overlap as one."""
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
