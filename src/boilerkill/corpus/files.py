"""Read a document's file, and write one so that no half of it is ever seen."""

from __future__ import annotations

import codecs
import contextlib
import errno
import importlib
import os
import re
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

__all__ = [
    "DocumentError",
    "as_source",
    "check_no_binary",
    "describe",
    "is_encoding",
    "need",
    "to_bytes",
    "waiting_beside",
    "whole_file",
    "write_file",
]

_WIDE_MARKS = (
    codecs.BOM_UTF32_LE,
    codecs.BOM_UTF32_BE,
    codecs.BOM_UTF16_LE,
    codecs.BOM_UTF16_BE,
)
_WIDE_ENCODINGS = ("utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be")
# What files begin with that are no text, and are at times called so, or HTML.
_BINARY = {
    b"\x1f\x8b": "compressed with gzip",
    b"\x28\xb5\x2f\xfd": "compressed with zstd",
    b"\xfd7zXZ\x00": "compressed with xz",
    b"BZh91AY&SY": "compressed with bzip2",
    b"7z\xbc\xaf\x27\x1c": "a 7z archive",
    b"Rar!\x1a\x07": "a rar archive",
    b"PK\x03\x04": "a zip archive",
    b"\x89PNG\r\n\x1a\n": "a PNG image",
    b"\xff\xd8\xff": "a JPEG image",
    b"%PDF-": "a PDF document",
}
_GIF = re.compile(rb"GIF8[79]a.{0,6}\x00", re.DOTALL)

_NEVER_IN_TEXT = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ufffe\uffff]")

# Bytes read as UTF-16 or UTF-32 without a byte order mark are taken for text when they show so
# large a share of ASCII, or so large a share of white space: bytes that are no text show neither.
_ASCII_OF_TEXT = 0.75
_SPACE_OF_TEXT = 0.02


class DocumentError(ValueError):
    """A document that can't be cleaned; its message is the reason."""


def need(module: str, extra: str) -> Any:
    """Import a module that only some kinds of files need.

    Raises:
        DocumentError: If it is not installed; the message names the extra that brings it.

    >>> need("no_such_module", "parquet")
    Traceback (most recent call last):
    boilerkill.corpus.files.DocumentError: needs no_such_module: pip install 'boilerkill[parquet]'
    """
    try:
        return importlib.import_module(module)
    except ImportError:
        name = module.partition(".")[0]
        raise DocumentError(f"needs {name}: pip install 'boilerkill[{extra}]'") from None


def as_source(data: bytes, encoding: str | None = None, format: str = "auto") -> str | bytes:
    r"""Return a document's bytes as `boilerkill.clean` takes them.

    Args:
        data: The bytes.
        encoding: The encoding they are in; `None` leaves it to `clean` to find out.
        format: What they are, as in `boilerkill.clean`; a page may hold NUL bytes.

    Returns:
        The text, where the encoding is given or is UTF-16 or UTF-32; else the bytes.

    Raises:
        DocumentError: If they are not in that encoding, or are no text at all.

    >>> as_source("Regen".encode("utf-16-be"))
    'Regen'
    >>> as_source(b"\x7fELF\x01\x01\x01\x00")
    Traceback (most recent call last):
    boilerkill.corpus.files.DocumentError: binary, not text: it holds NUL bytes
    """
    if encoding is None:
        check_no_binary(data)
    if encoding is None and b"\x00" not in data:
        return data
    text = _decode_wide(data) if encoding is None else _decode_as(data, encoding)
    if format == "html":
        return data if text is None else text
    if text is None or "\x00" in text:
        raise DocumentError("binary, not text: it holds NUL bytes")
    return text


def check_no_binary(data: bytes) -> None:
    r"""Check that bytes do not begin as those of a well-known kind that is no text.

    Raises:
        DocumentError: If they do.

    >>> check_no_binary(b"%PDF-1.7 ...")
    Traceback (most recent call last):
    boilerkill.corpus.files.DocumentError: binary, not text: a PDF document
    """
    kind = next((kind for magic, kind in _BINARY.items() if data.startswith(magic)), None)
    if kind is None and _GIF.match(data):
        kind = "a GIF image"
    if kind is not None:
        raise DocumentError(f"binary, not text: {kind}")


@contextlib.contextmanager
def whole_file(path: Path, waiting: Path, *, overwrite: bool) -> Iterator[IO[bytes]]:
    """Write a file so that it has its name only when all of it is on the disk.

    Args:
        path: The file to write; missing folders above it are made.
        waiting: Where it is until then; it goes when anything stops the writing.
        overwrite: Whether a file of this name may be replaced.

    Raises:
        FileExistsError: If `path` exists and is not to be replaced, or `waiting` exists.
        OSError: If it can't be written.
    """
    # What is there already is not ours to remove.
    opened = waiting.open("xb")
    try:
        with opened as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        path.parent.mkdir(parents=True, exist_ok=True)
        if not overwrite and os.path.lexists(path):
            raise FileExistsError(errno.EEXIST, "it came to exist during the run")
        # `replace` and not `rename`, which refuses an existing file on Windows.
        waiting.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            waiting.unlink()
        raise


def waiting_beside(path: Path) -> Path:
    """Return where a file can be until it is whole: no other has this name, nor one left behind."""
    return path.parent / f".boilerkill-{secrets.token_hex(8)}.tmp"


def write_file(path: Path, data: bytes, *, overwrite: bool) -> None:
    """Write a file as a whole; see `whole_file`.

    Raises:
        DocumentError: If it can't be written, or `path` exists and is not to be replaced.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with whole_file(path, waiting_beside(path), overwrite=overwrite) as file:
            file.write(data)
    except OSError as error:
        raise DocumentError(f"can't write {path}: {describe(error)}") from error


def is_encoding(name: str) -> bool:
    """Tell whether Python can decode bytes to text by this name.

    >>> is_encoding("cp1251"), is_encoding("rot13"), is_encoding("klingon")
    (True, False, False)
    """
    try:
        b"a".decode(name)
    except UnicodeDecodeError:
        # It is one, of which a single byte is no text: UTF-16.
        return True
    except (LookupError, ValueError):
        return False
    return True


def to_bytes(text: str) -> bytes:
    r"""Return a cleaned text as it is written.

    >>> to_bytes("So."), to_bytes("")
    (b'So.\n', b'')
    """
    return f"{text}\n".encode() if text else b""


def describe(error: OSError) -> str:
    """Say in a few words what the system refused.

    >>> describe(FileNotFoundError(2, "No such file or directory", "a.txt"))
    'no such file or directory'
    """
    reason = error.strerror or str(error) or type(error).__name__
    return reason[:1].lower() + reason[1:]


def _decode_as(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeError as error:
        place = f" at byte {error.start}" if isinstance(error, UnicodeDecodeError) else ""
        raise DocumentError(f"not valid {encoding}{place}") from None


def _decode_wide(data: bytes) -> str | None:
    """Decode bytes that hold NUL bytes as UTF-16 or UTF-32, if that makes text of them."""
    if data.startswith(_WIDE_MARKS):
        from boilerkill.normalization import decode

        return decode(data)
    readings = [text for text in _wide_readings(data) if _looks_like_text(text)]
    return max(readings, key=_count_ascii, default=None)


def _wide_readings(data: bytes) -> Iterator[str]:
    for encoding in _WIDE_ENCODINGS:
        with contextlib.suppress(UnicodeDecodeError):
            yield data.decode(encoding)


def _looks_like_text(text: str) -> bool:
    if not text or _NEVER_IN_TEXT.search(text):
        return False
    spaces = sum(map(text.count, " \t\n"))
    return _count_ascii(text) >= _ASCII_OF_TEXT * len(text) or spaces >= _SPACE_OF_TEXT * len(text)


def _count_ascii(text: str) -> int:
    return len(text.encode("ascii", "ignore"))
