"""The encoding of a page in HTML: by byte order mark, by what the page says, by detection.

Two encodings of Central Europe differ in a few letters alone. Which it is can hardly be told but by
the letters of the language, if the page says in which one it is.
"""

from __future__ import annotations

import codecs
import re

from boilerkill.largest import check_size
from boilerkill.normalization import decode

__all__ = ["decode_html"]

# Browsers look for the declaration in this many bytes.
DECLARED_WITHIN = 4096

_DECLARED = re.compile(rb"""<meta\s[^>]*?charset\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
_XML = re.compile(rb"""^\s*<\?xml\s[^>]*?encoding\s*=\s*["']([\w.:-]+)""", re.IGNORECASE)
_COMMENT = re.compile(rb"<!--(?:-?>|.*?--!?>|.*)", re.DOTALL)
_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)

# How pages in UTF-16 begin that have no byte order mark.
_WIDE = {b"<\x00": "utf-16-le", b"\x00<": "utf-16-be"}

# What pages mean that say so, as browsers read it (https://encoding.spec.whatwg.org/#names-and-labels).
_MEANT = {
    "iso8859-1": "cp1252", "ascii": "cp1252", "latin-1": "cp1252", "iso8859-9": "cp1254",
    "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932", "euc_kr": "cp949",
    "tis-620": "cp874", "iso8859-11": "cp874", "big5": "big5hkscs",
}  # fmt: skip

# The encodings that browsers read. Not those in Unicode: a page is in UTF-8 or it is not, whatever
# it says; and one whose declaration can be read is in no UTF-16.
_KNOWN = frozenset((
    *(f"cp{number}" for number in (866, 874, 932, 949, *range(1250, 1259))),
    *(f"iso8859-{number}" for number in (*range(2, 9), 10, 13, 14, 15, 16)),
    "koi8-r", "koi8-u", "mac-roman", "mac-cyrillic", "gb18030", "big5hkscs", "euc_jp", "iso2022_jp",
))  # fmt: skip

_LANGUAGE = re.compile(rb"""<html\s[^>]*?\blang\s*=\s*["']?([a-z]{2})\b""", re.IGNORECASE)
# The letters of languages beyond ASCII.
_LETTERS = {
    "cs": "áčďéěíňóřšťúůýž",
    "hr": "čćđšž",
    "hu": "áéíóöőúüű",
    "pl": "ąćęłńóśźż",
    "sk": "áäčďéíĺľňóôŕšťúýž",
    "sl": "čšž",
}
# The first one has more signs beside letters, and is the commoner one.
_CENTRAL_EUROPEAN = ("cp1250", "iso8859-2")
# So much of a page's letters beyond ASCII are those of its language.
OF_THE_LANGUAGE = 0.9
# As much is looked at.
_SAMPLE = 1 << 16

# Where more of the bytes beyond ASCII are broken, the page is in another encoding than it says.
BROKEN = 0.02


def decode_html(source: str | bytes) -> str:
    """Return a page as text, without a byte order mark.

    Raises:
        TypeError: If `source` is neither.
        ValueError: If it is too large (see `boilerkill.largest`).

    >>> decode_html("<meta charset=iso-8859-1><p>café".encode("latin-1"))
    '<meta charset=iso-8859-1><p>café'
    """
    if isinstance(source, str):
        check_size(source)
        # To the parser it is text, which ends the head before it begins.
        return source.removeprefix("\ufeff")
    if not isinstance(source, bytes | bytearray | memoryview):
        raise TypeError(f"expected str or bytes, got {type(source).__name__}")
    check_size(source)
    data = bytes(source)
    if data[:2] in _WIDE:
        return data.decode(_WIDE[data[:2]], "replace")
    encoding = None
    if not data.startswith(_MARKS):
        encoding = _declared_encoding(data) or _encoding_of_language(data)
    if encoding is None or _is_utf8(data):
        return decode(data)
    text = data.decode(encoding, "replace")
    broken = text.count("\ufffd")
    return decode(data) if broken > 1 and broken > BROKEN * _beyond_ascii(data) else text


def _encoding_of_language(data: bytes) -> str | None:
    """Return the one in which most of a page's letters are those of the language that it names."""
    found = _LANGUAGE.search(data[:DECLARED_WITHIN])
    letters = _LETTERS.get(found[1].decode().lower(), "") if found else ""
    if not letters:
        return None
    sample = data[:_SAMPLE].translate(None, bytes(range(0x80)))
    shares = {
        name: _share_of(letters, sample.decode(name, "replace")) for name in _CENTRAL_EUROPEAN
    }
    best = max(shares, key=lambda name: shares[name])
    return best if shares[best] >= OF_THE_LANGUAGE else None


def _share_of(letters: str, text: str) -> float:
    """Return how much of a text's letters are some, controls counted as others."""
    told = [sign for sign in text.lower() if sign.isalpha() or "\x80" <= sign < "\xa0"]
    return sum(sign in letters for sign in told) / max(len(told), 1)


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _beyond_ascii(data: bytes) -> int:
    return len(data) - len(data.translate(None, bytes(range(0x80, 0x100))))


def _declared_encoding(data: bytes) -> str | None:
    head = data[:DECLARED_WITHIN]
    match = _XML.search(head) or _DECLARED.search(_COMMENT.sub(b"", head))
    if match is None:
        return None
    label = match[1].decode("ascii", "replace").lower().removeprefix("x-")
    try:
        name = codecs.lookup(label.replace("windows-", "cp")).name
    except LookupError:
        return None
    name = _MEANT.get(name, name)
    return name if name in _KNOWN else None
