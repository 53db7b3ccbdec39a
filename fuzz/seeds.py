"""Where fuzzing begins: small documents and files of every kind, and what was found before.

Those that are short to write in code are made here. What a campaign finds is kept as a file in
``fuzz/found/TARGET/`` and tried from then on.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import zstandard

from boilerkill.lexicon import PLACES
from boilerkill.profile import Profile, key_of

# How the tests make files.
SAMPLES = Path(__file__).parent.parent / "tests" / "corpus"
if os.fspath(SAMPLES) not in sys.path:
    sys.path.insert(0, os.fspath(SAMPLES))

import samples  # noqa: E402

__all__ = ["seeds"]

FOUND = Path(__file__).parent / "found"
CORPUS = Path(__file__).parent.parent / "corpus"

TEXT = (
    "Home | News | Weather\nRain at last\nBy Ann Lee | 31 May 2024\n\n"
    "Rain ended the drought on Monday, and the river rose by two metres before noon.\n\n"
    "“At last,” said the mayor. ‘I’m wet,’ he said. „Wirklich?“ «Oui !» 「はい」\n\n"
    "> quoted line\n\n- one\n- two\n\nShare this: Facebook Twitter\nLeave a Reply\n"
    "Felt Hats Oslo | Hats Outlet | Rain Hats | Tea Shop Online | Rope Sale |\n"
)
HTML = (
    "<!DOCTYPE html><html lang=en><head><meta charset=utf-8><title>Rain at last - Post</title>"
    '<meta name="author" content="Ann Lee"><script type="application/ld+json">'
    '{"@context":"https://schema.org","@type":"NewsArticle","headline":"Rain at last",'
    '"author":{"@type":"Person","name":"Ann Lee"},"datePublished":"2024-05-31"}</script></head>'
    '<body><nav><ul><li><a href="/">Home</a></li></ul></nav><article><h1>Rain at last</h1>'
    '<p class="byline">By Ann Lee</p><p>Rain ended the drought on Monday.</p>'
    "<blockquote>At last</blockquote><p>He said <q>so</q> &amp; left.<br>Then &ldquo;no&rdquo;.</p>"
    "<pre>a = 1</pre><table><tr><td>1<td>2</table><!-- c --></article>"
    "<footer>All rights reserved</footer></body></html>"
)


def seeds(target: str) -> list[bytes]:
    """Return the inputs that a target begins with."""
    found = sorted((FOUND / target).glob("*")) if (FOUND / target).is_dir() else []
    return [*_MADE[target](), *(file.read_bytes() for file in found)]


ROWS = [{"id": 1, "text": TEXT, "url": "https://example.org/1"}, {"text": None}, {"html": HTML}]
LINES = "".join(json.dumps(row) + "\n" for row in ROWS).encode()
DEEP = b'{"text": ' + b"[" * 5000
MEMBERS = {"a.txt": TEXT.encode(), "p/p.html": HTML.encode(), "r.jsonl": LINES, "x.jpg": b"x"}


def _documents() -> Iterator[bytes]:
    yield from (b"", TEXT.encode(), HTML.encode(), TEXT.encode("utf-16"), b"<p>&quot<q>0")
    yield "dÃ©jÃ  vu â€œoh\ud800\u202e".encode("utf-8", "surrogatepass")
    for page in sorted(CORPUS.glob("*/page.txt"))[::40]:
        yield page.read_bytes()[:1000]


def _csv() -> bytes:
    table = io.StringIO()
    csv.writer(table).writerows([["id", "text"], [1, TEXT], [2, 'a "b", c']])
    return table.getvalue().encode()


def _columns() -> pa.Table:
    return pa.table({"n": [1, 2], "text": [TEXT, None], "tags": [["a"], []]})


def _parquet() -> bytes:
    sink = pa.BufferOutputStream()
    pq.write_table(_columns(), sink)
    return bytes(sink.getvalue().to_pybytes())


def _arrow() -> Iterator[bytes]:
    for writer in (pa.ipc.new_stream, pa.ipc.new_file):
        sink = pa.BufferOutputStream()
        with writer(sink, _columns().schema) as stream:
            stream.write_table(_columns())
        yield sink.getvalue().to_pybytes()


def _wet() -> bytes:
    body = TEXT.encode()
    return (
        b"WARC/1.0\r\nWARC-Type: conversion\r\nWARC-Target-URI: https://example.org/\r\n"
        b"WARC-Record-ID: <urn:x:1>\r\nContent-Type: text/plain\r\n"
        b"Content-Length: " + str(len(body)).encode() + b"\r\n\r\n" + body + b"\r\n\r\n"
    )


def _profile() -> bytes:
    file = io.BytesIO()
    Profile(
        np.array([key_of("example.org")], dtype=np.uint64),
        np.array([5], dtype=np.uint32),
        np.array([0, 1], dtype=np.uint64),
        np.array([key_of("Leave a Reply")], dtype=np.uint64),
        np.array([5], dtype=np.uint32),
    ).save(file)
    return file.getvalue()


def _lexicon() -> bytes:
    file = io.BytesIO()
    weights = np.zeros(PLACES, dtype=np.int8)
    np.savez_compressed(file, weights=weights, unit=np.array(0.1))
    return file.getvalue()


def _trees() -> bytes:
    file = io.BytesIO()
    np.savez(
        file,
        features=np.array(["x"]),
        feature=np.zeros((1, 3), dtype=np.int32),
        threshold=np.zeros((1, 3), dtype=np.float32),
        left=np.array([[1, 1, 2]]),
        right=np.array([[2, 1, 2]]),
        value=np.zeros((1, 3), dtype=np.float32),
        depth=np.array(1),
    )
    return file.getvalue()


_MADE: dict[str, Callable[[], Iterable[bytes]]] = {
    **dict.fromkeys(("text", "document", "html"), _documents),
    "jsonl": lambda: (LINES, LINES + b'{"text": "cut', b'[1]\n{"text": {"a": "b"}}\n\n'),
    "jsonl.gz": lambda: (gzip.compress(LINES, mtime=0), gzip.compress(LINES, mtime=0) * 2),
    "jsonl.zst": lambda: (zstandard.compress(LINES),),
    "unnamed": lambda: (LINES, gzip.compress(LINES, mtime=0), TEXT.encode(), HTML.encode(), DEEP),
    "csv": lambda: (_csv(),),
    "parquet": lambda: (_parquet(),),
    "arrow": _arrow,
    "warc": lambda: (samples.warc([HTML]), _wet()),
    "zip": lambda: (samples.zip_of(MEMBERS), samples.zip_of({"../a.txt": b"a", "/b.txt": b"b"})),
    "tar": lambda: (samples.tar_of(MEMBERS),),
    "tar.gz": lambda: (gzip.compress(samples.tar_of(MEMBERS), mtime=0),),
    "profile": lambda: (_profile(),),
    "phrases": lambda: (
        b"language: gd\n[share.action]\nRoinn seo\n[byline.author]\nLe {name}",
        b"[comment_form.heading]\nLeave a Reply\n[date.word]\nnight\n[notice.clue]\nrain fell",
    ),
    "weights": lambda: (b'{"bias": 1.5, "evidence": {"menu": {"weight": -2}}}',),
    "trees": lambda: (_trees(),),
    "lexicon": lambda: (_lexicon(),),
}
