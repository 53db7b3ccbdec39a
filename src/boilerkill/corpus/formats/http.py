"""What a server did to a body before it sent it, as its header says, and how to undo that."""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Callable, Iterable
from typing import Any

from boilerkill.corpus import compression
from boilerkill.corpus.files import DocumentError, need

__all__ = ["body_of"]

# In the order in which they are done to a body; each may name several.
_HEADERS = ("content-encoding", "transfer-encoding")

_MAGIC = {"gzip": b"\x1f\x8b", "zstd": b"\x28\xb5\x2f\xfd"}

# Servers say these of what they leave as it is.
_NOTHING = frozenset({"", "identity", "none"})

_CHUNK = re.compile(rb"[ \t]*([0-9a-fA-F]{1,8})[ \t]*(?:;[^\r\n]*)?(?:\r?\n|\Z)")
_LINE_END = re.compile(rb"\r?\n")

# Bytes that no text has, and some of which compressed data soon has.
_NO_TEXT = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_HEAD = 1 << 10


def body_of(data: bytes, headers: Iterable[tuple[str, str]], most: int) -> bytes:
    r"""Return a body as it was before it was encoded.

    A header is believed only as far as the body bears it out: archives such as Common Crawl's undo
    the encoding and keep the header, and servers name encodings that they don't apply.

    Args:
        data: The body, as it stands in the archive.
        headers: The names and values of the header.
        most: How many bytes it may have. Of more, no more than one beyond that are returned.

    Raises:
        DocumentError: If it can't be decoded.

    >>> chunked = b"4\r\nRain\r\n1\r\n.\r\n0\r\n\r\n"
    >>> body_of(chunked, [("Transfer-Encoding", "chunked")], 100)
    b'Rain.'
    >>> body_of(b"Rain.", [("Content-Encoding", "gzip")], 100)
    b'Rain.'
    """
    said = dict.fromkeys(_HEADERS, "")
    for name, value in headers:
        if name.lower() in said:
            said[name.lower()] += f",{value}"
    done = [(header, one.strip().lower()) for header in _HEADERS for one in said[header].split(",")]
    for header, encoding in reversed(done):
        if encoding in _NOTHING or not data:
            continue
        try:
            data = _undo(data, encoding.removeprefix("x-"), most)
        except DocumentError as error:
            raise DocumentError(f"{header} {encoding}: {error}") from None
    return data


def _undo(data: bytes, encoding: str, most: int) -> bytes:
    if encoding == "chunked":
        return _unchunked(data)
    magic = _MAGIC.get(encoding)
    if magic is not None:
        if not data.startswith(magic):
            return data
        return compression.decompress(io.BytesIO(data), encoding).read(most + 1)
    # Nothing stands at the head of the others that they could be told by.
    try:
        return _OTHERS.get(encoding, _unknown)(data, most)
    except DocumentError:
        if _NO_TEXT.search(data, 0, _HEAD) is None:
            return data
        raise


def _unchunked(data: bytes) -> bytes:
    """Put the chunks of a body together; one that does not begin with a chunk is left as it is."""
    parts: list[bytes] = []
    at = 0
    while True:
        head = _CHUNK.match(data, at)
        if head is None:
            break
        size = int(head[1], 16)
        if size == 0:
            return b"".join(parts)
        end = head.end() + size
        if end >= len(data):
            raise DocumentError("it ends too early")
        behind = _LINE_END.match(data, end)
        if behind is None:
            break
        parts.append(data[head.end() : end])
        at = behind.end()
    if not parts:
        return data
    raise DocumentError(f"broken behind chunk {len(parts)}" if data[at:] else "it ends too early")


def _inflated(data: bytes, most: int) -> bytes:
    # By the standard with zlib's header; some servers send it without.
    for bits in (zlib.MAX_WBITS, -zlib.MAX_WBITS):
        unpack = zlib.decompressobj(wbits=bits)
        try:
            found = unpack.decompress(data, most + 1)
        except zlib.error:
            continue
        if unpack.eof or len(found) > most:
            return found
    raise DocumentError("corrupt or truncated")


def _unbrotli(data: bytes, most: int) -> bytes:
    try:
        brotli = need("brotli", "warc")
    except DocumentError:
        raise DocumentError("needs brotli: pip install brotli") from None
    unpack: Any = brotli.Decompressor()
    found = b""
    try:
        while len(found) <= most and not unpack.is_finished():
            part = unpack.process(data, output_buffer_limit=most + 1 - len(found))
            data = b""
            found += part
            if not part and unpack.can_accept_more_data():
                raise DocumentError("corrupt or truncated")
    except brotli.error:
        raise DocumentError("corrupt or truncated") from None
    except (TypeError, AttributeError):
        # Older ones know no limit, which a decompression bomb would abuse.
        raise DocumentError("needs brotli 1.2: pip install -U brotli") from None
    return found


def _unknown(data: bytes, most: int) -> bytes:
    raise DocumentError("of a kind that is not known")


_OTHERS: dict[str, Callable[[bytes, int], bytes]] = {"deflate": _inflated, "br": _unbrotli}
