"""Bring scraped input into one form: decoded, repaired, with tidy white space.

Everything after this stage works on normalised text, and `clean` returns nothing that is not part
of it. Each line is normalised on its own, so that what a line becomes never depends on the lines
around it; that is what lets a cleaned text stay as it is when it is cleaned again.
"""

from __future__ import annotations

import functools
import itertools
import re
import unicodedata
from collections.abc import Callable, Iterator

from boilerkill.largest import check_size

__all__ = ["decode", "is_encodable", "normalize"]

_LINE_BREAKS = "\r\v\f\u2028\u2029"
_LINE_BREAK = re.compile("\r\n|[\r\v\f\u2028\u2029]")
_ODD_SPACE = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ufeff\ufff9-\ufffc\u206a-\u206f]")
# Signs and marks that are neither letters nor white space, as many as no word has; and what holds
# them, which is looked for in a third of the time.
_MANY_MARKS = re.compile(r"[^\w\s]{32,}")
_MAY_BE_MARKS = re.compile("[\u0300-\U0010ffff]{32}")
_INNER_BREAK = re.compile("[\n\r\v\f\u2028\u2029]")
_TRAILING_SPACE = (" \n", "\t\n")
_BLANK_LINES = re.compile(r"\n{3,}")

# A repair that has not settled after this many rounds is not applied at all.
_REPAIR_ROUNDS = 8


def normalize(source: str | bytes) -> str:
    r"""Return `source` as text with its encoding repaired and its white space tidied.

    Repaired are mojibake (with ftfy), lone surrogates, control characters and decomposed accents;
    typographic quotation marks, entities and everything else that carries meaning stay as they
    are. Line ends become ``\n``, every kind of space a plain one; spaces at line ends go, and
    more than one blank line in a row becomes one.

    Args:
        source: A document; bytes are decoded by their byte order mark, as UTF-8, or else by
            detection.

    Returns:
        The normalised text, without blank lines at its ends. ``normalize`` of it is itself.

    Raises:
        TypeError: If `source` is neither str nor bytes.
        ValueError: If it is too large (see `boilerkill.largest`).

    >>> normalize("The â€œbestâ€\x9d caf\u00e9\u00a0in town\r\n\r\n\r\n\r\n")
    'The “best” café in town'
    >>> normalize(b"\xff\xfeh\x00i\x00")
    'hi'
    """
    if isinstance(source, str):
        check_size(source)
        if source.isascii() and source.isprintable():
            # One line without anything to repair, as most blocks of a page are.
            return source.rstrip(" ")
        text = source
    elif isinstance(source, bytes | bytearray | memoryview):
        check_size(source)
        text = decode(bytes(source))
    else:
        raise TypeError(f"expected str or bytes, got {type(source).__name__}")
    if not is_encodable(text):
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    if any(mark in text for mark in _LINE_BREAKS):
        text = _LINE_BREAK.sub("\n", text)
    text = _repair(text)
    if "\n\n\n" in text:
        text = _BLANK_LINES.sub("\n\n", text)
    return text.strip("\n")


def is_encodable(text: str) -> bool:
    r"""Tell whether a text holds no lone surrogates; faster than to search for them.

    >>> is_encodable("schön"), is_encodable("\ud83e")
    (True, False)
    """
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def decode(data: bytes) -> str:
    r"""Decode bytes: by byte order mark, as UTF-8, or by detection (charset-normalizer).

    Bytes that the encoding found has no character for become U+FFFD.

    >>> decode("naïve".encode("utf-8-sig"))
    'naïve'
    """
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode(detect_encoding(data), "replace")


_BYTE_ORDER_MARKS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)

# Detection looks at this many bytes: enough to tell, and the cost stays linear.
_DETECTION_SAMPLE = 1 << 16

_LONE_HIGH_BYTE = re.compile(rb"(?<![\x80-\xff])[\x80-\xff](?![\x80-\xff])")
# Quotation marks, dashes and dots in the encodings of Windows.
_QUOTATION_BYTES = re.compile(rb"[\x82\x84\x85\x91-\x97\xab\xbb]")
_LATIN_ENCODINGS = ["cp1252", "cp1250", "cp1254", "cp1257"]
MOSTLY_ALONE = 0.8
# Central European and Turkish letters look like this in windows-1252.
_NOT_WESTERN = re.compile(r"[^\W\d_][¹³¿¼¾¶£¥]|[¹³¿¼¾¶£¥][^\W\d_][a-z]|[ðþýÐÞÝ]")

# Where so small a share of the bytes is broken, the text is UTF-8 with a few bytes damaged.
_DAMAGED_UTF8 = 0.01


def detect_encoding(data: bytes) -> str:
    """Return the name of the encoding that `data`, which is not valid UTF-8, is probably in.

    >>> detect_encoding("Er sagte, dass die Straße über Nacht gesperrt wird.".encode("cp1252"))
    'cp1252'
    """
    sample = data[:_DETECTION_SAMPLE]
    as_utf8 = sample.decode("utf-8", "replace")
    beyond_ascii = len(sample) - len(re.sub(rb"[\x80-\xff]+", b"", sample))
    broken = as_utf8.count("\ufffd")
    if broken <= max(1, _DAMAGED_UTF8 * len(sample)) and broken * 4 < beyond_ascii:
        return "utf-8"
    from charset_normalizer import from_bytes

    # In multi-byte encodings and other scripts, bytes beyond ASCII stand side by side; so do
    # letters and quotation marks in any.
    letters = _QUOTATION_BYTES.sub(b" ", sample)
    high = len(letters) - len(re.sub(rb"[\x80-\xff]+", b"", letters))
    latin = len(_LONE_HIGH_BYTE.findall(letters)) > MOSTLY_ALONE * high or not high
    if latin and _NOT_WESTERN.search(sample.decode("cp1252", "replace")) is None:
        return "cp1252"
    best = from_bytes(sample, cp_isolation=_LATIN_ENCODINGS if latin else None).best()
    if best is None:
        return "cp1252"
    # Western text in few words is often taken for a neighbour of windows-1252.
    return "cp1252" if "cp1252" in best.could_be_from_charset else best.encoding


def _repair(text: str) -> str:
    """Repair each line; the same as `repair_line` on every one, faster where few need it."""
    tidied = _tidy_characters(text)
    if text.isascii():
        return tidied
    suspects = set(_lines_with_mojibake(text))
    if tidied != text:
        suspects.update(_lines_with_mojibake(tidied))
    if not suspects:
        return tidied
    before, lines = text.split("\n"), tidied.split("\n")
    for number in suspects:
        lines[number] = repair_line(before[number])
    return "\n".join(lines)


def _lines_with_mojibake(text: str) -> Iterator[int]:
    line, counted = 0, 0
    for match in _mojibake().finditer(text):
        line += text.count("\n", counted, match.start())
        counted = match.start()
        yield line


def repair_line(line: str) -> str:
    """Repair the characters of one line, again and again until nothing changes.

    >>> repair_line("caf\u0065\u0301 â€” dÃ©jÃ vu")
    'café — déjà vu'
    """
    tidied = _tidy_characters(line)
    if line.isascii() or not (_mojibake().search(line) or _mojibake().search(tidied)):
        return tidied
    before = line
    for _ in range(_REPAIR_ROUNDS):
        after = _tidy_characters(_INNER_BREAK.sub(" ", _fix_encoding()(before)))
        if after == before:
            return after
        before = after
    return tidied


def _tidy_characters(text: str) -> str:
    """Drop control characters, make every space a plain one, and compose accents."""
    if _CONTROL.search(text) is not None:
        text = _CONTROL.sub("", text)
    if not text.isascii():
        text = _ODD_SPACE.sub(" ", text)
        if _MAY_BE_MARKS.search(text) is not None:
            text = _MANY_MARKS.sub(_in_order, text)
        text = unicodedata.normalize("NFC", text)
    return _strip_lines(text)


def _in_order(marks: re.Match[str]) -> str:
    """Put a run of combining marks into the order that Unicode gives them.

    The standard library does it as well, in the square of the time, which is nothing to few marks.
    """
    found = "".join(unicodedata.normalize("NFD", mark) for mark in marks[0])
    # What has no order stays where it is.
    groups = itertools.groupby(found, lambda mark: unicodedata.combining(mark) == 0)
    return "".join(
        "".join(group if stays else sorted(group, key=unicodedata.combining))
        for stays, group in groups
    )


def _strip_lines(text: str) -> str:
    """Drop the spaces and tabs at the ends of lines."""
    if not any(space in text for space in _TRAILING_SPACE):
        return text.rstrip(" \t")
    return "\n".join([line.rstrip(" \t") for line in text.split("\n")])


@functools.cache
def _mojibake() -> re.Pattern[str]:
    """Match where a byte that leads a UTF-8 sequence, and one that goes on, were decoded apart.

    ftfy's own test for mojibake is exact and slow (4 MB/s); nothing that ftfy mends lacks this.
    """
    from ftfy.chardata import UTF8_CLUES

    lead = "".join(UTF8_CLUES[f"utf8_first_of_{n}"] for n in (2, 3, 4))
    # A pattern that starts with one set of characters is looked for fastest.
    return re.compile(f"[\x80-\x9f{lead}](?:(?<=[\x80-\x9f])|[{UTF8_CLUES['utf8_continuation']}])")


@functools.cache
def _fix_encoding() -> Callable[[str], str]:
    """Return ftfy's encoding repair alone.

    Its other fixes would straighten quotation marks, unescape entities (which is not idempotent)
    and rewrite characters that are as their author meant them.
    """
    import ftfy

    settings = ftfy.TextFixerConfig(explain=False)
    return lambda line: str(ftfy.fix_encoding(line, settings))
