"""Text of others, made safe to show on a terminal."""

from __future__ import annotations

__all__ = ["escaped", "printable"]

# Joiners shape Persian, Indic scripts and emoji, and do nothing else.
_JOINERS = frozenset("\u200c\u200d")

# What Python puts for a byte of a file name that is not valid UTF-8 (PEP 383).
_LOWEST_BYTE, _HIGHEST_BYTE = 0xDC80, 0xDCFF


def printable(text: str) -> str:
    r"""Return `text` with everything escaped that a terminal could obey or that can't be seen.

    Control characters (terminal escapes and line breaks with them), bidirectional overrides,
    other invisible characters and lone surrogates become Python escapes; a byte of a file name
    that is not valid UTF-8 becomes ``\xNN``.

    >>> printable("page\x1b[2J\u202etxt.\n")
    'page\\x1b[2J\\u202etxt.\\n'
    >>> printable("schön \udcff")
    'schön \\xff'
    """
    if text.isprintable():
        return text
    return "".join([char if _is_safe(char) else escaped(char) for char in text])


def _is_safe(char: str) -> bool:
    return char.isprintable() or char in _JOINERS


def escaped(char: str) -> str:
    r"""Return a character as Python writes it, and as ``\xNN`` a byte of a file name.

    >>> escaped("\n"), escaped("\udcff")
    ('\\n', '\\xff')
    """
    code = ord(char)
    if _LOWEST_BYTE <= code <= _HIGHEST_BYTE:
        return f"\\x{code - 0xDC00:02x}"
    return ascii(char)[1:-1]
