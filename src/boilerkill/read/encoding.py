"""The encoding of a page in HTML: by byte order mark, by what the page says, by detection."""

from __future__ import annotations

import codecs
import re

from boilerkill.normalization import decode

__all__ = ["decode_html"]

# Browsers look for the declaration in this many bytes.
DECLARED_WITHIN = 4096

_DECLARED = re.compile(rb"""<meta\s[^>]*?charset\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
_XML = re.compile(rb"""^\s*<\?xml\s[^>]*?encoding\s*=\s*["']([\w.:-]+)""", re.IGNORECASE)
_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)

# What pages mean that say so, as browsers read it (https://encoding.spec.whatwg.org/#names-and-labels).
_MEANT = {
    "iso8859-1": "cp1252", "ascii": "cp1252", "latin-1": "cp1252", "iso8859-9": "cp1254",
    "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932", "euc_kr": "cp949",
    "tis-620": "cp874", "iso8859-11": "cp874", "big5": "big5hkscs",
}  # fmt: skip


def decode_html(source: str | bytes) -> str:
    """Return a page as text.

    Raises:
        TypeError: If `source` is neither.

    >>> decode_html("<meta charset=iso-8859-1><p>café".encode("latin-1"))
    '<meta charset=iso-8859-1><p>café'
    """
    if isinstance(source, str):
        return source
    if not isinstance(source, bytes | bytearray | memoryview):
        raise TypeError(f"expected str or bytes, got {type(source).__name__}")
    data = bytes(source)
    encoding = None if data.startswith(_MARKS) else _declared_encoding(data)
    if encoding is None or _is_utf8(data):
        return decode(data)
    return data.decode(encoding, "replace")


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _declared_encoding(data: bytes) -> str | None:
    match = _XML.search(data[:DECLARED_WITHIN]) or _DECLARED.search(data[:DECLARED_WITHIN])
    if match is None:
        return None
    try:
        name = codecs.lookup(match[1].decode("ascii")).name
    except (LookupError, UnicodeDecodeError):
        return None
    return _MEANT.get(name, name)
