"""WARC files as crawlers write them: bodies that servers encoded, and headers that lie."""

from __future__ import annotations

import contextlib
import gzip
import io
import json
import sys
import zlib
from pathlib import Path
from typing import Any

import brotli
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from boilerkill.corpus import CorpusReport, CorpusSettings, clean_corpus
from boilerkill.corpus.compression import decompress
from boilerkill.corpus.files import DocumentError
from boilerkill.corpus.formats import FORMATS
from boilerkill.corpus.formats.base import Input
from boilerkill.corpus.formats.http import body_of
from boilerkill.corpus.source import as_problems
from samples import HTML, SENTENCE, warc

pytestmark = pytest.mark.usefixtures("no_waiting_for_the_disk")
PAGE = HTML.encode()
RAW_DEFLATE = zlib.compress(PAGE)[2:-4]
MOST = 1 << 20


def chunked(data: bytes, size: int = 40) -> bytes:
    parts = [data[start : start + size] for start in range(0, len(data), size)]
    return b"".join(b"%x\r\n%b\r\n" % (len(part), part) for part in [*parts, b""])


def response(body: bytes, *headers: str, url: str = "https://example.org/") -> bytes:
    lines = ["HTTP/1.1 200 OK", "Content-Type: text/html", *headers, "", ""]
    content = "\r\n".join(lines).encode() + body
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\n"
        "WARC-Date: 2024-05-31T10:00:00Z\r\nWARC-Record-ID: <urn:x:1>\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(content)}\r\n"
    )
    return head.encode() + b"\r\n" + content + b"\r\n\r\n"


def run(folder: Path, data: bytes, max_bytes: int = MOST) -> tuple[CorpusReport, list[str]]:
    (folder / "a.warc").write_bytes(data)
    settings = CorpusSettings(jobs=0, to="jsonl", max_bytes=max_bytes)
    report = clean_corpus(folder / "a.warc", folder / "b.jsonl", settings)
    lines = (folder / "b.jsonl").read_text().splitlines()
    return report, [json.loads(line)["text"] for line in lines]


ENCODED = [
    (gzip.compress(PAGE, mtime=0), "Content-Encoding: gzip"),
    (gzip.compress(PAGE, mtime=0), "CONTENT-ENCODING: X-GZip"),
    (gzip.compress(PAGE[:50]) + gzip.compress(PAGE[50:]), "Content-Encoding: gzip"),
    (zlib.compress(PAGE), "Content-Encoding: deflate"),
    (RAW_DEFLATE, "Content-Encoding: deflate"),
    (brotli.compress(PAGE), "Content-Encoding: br"),
    (zstandard.compress(PAGE), "Content-Encoding: zstd"),
    (chunked(PAGE), "Transfer-Encoding: chunked"),
    (chunked(PAGE).replace(b"\r\n", b"\n"), "Transfer-Encoding: chunked"),
    (chunked(gzip.compress(PAGE, mtime=0)), "Content-Encoding: gzip\r\nTransfer-Encoding: chunked"),
    (chunked(gzip.compress(PAGE, mtime=0)), "Transfer-Encoding: gzip, chunked"),
    (brotli.compress(gzip.compress(PAGE, mtime=0)), "Content-Encoding: gzip, br"),
    (
        brotli.compress(gzip.compress(PAGE, mtime=0)),
        "Content-Encoding: gzip\r\nContent-Encoding: br",
    ),
]


@pytest.mark.parametrize(("body", "header"), ENCODED)
def test_what_a_server_did_to_a_page_is_undone(tmp_path: Path, body: bytes, header: str) -> None:
    report, texts = run(tmp_path, response(body, header))
    assert (texts, report.failed) == ([SENTENCE], 0)


@pytest.mark.parametrize(
    "said", ["gzip", "deflate", "br", "zstd", "identity", "UTF-8", "compress", "none", ""]
)
def test_a_header_that_lies_is_not_believed(tmp_path: Path, said: str) -> None:
    header = f"Content-Encoding: {said}\r\nTransfer-Encoding: chunked"
    report, texts = run(tmp_path, response(PAGE, header))
    assert (texts, report.failed) == ([SENTENCE], 0)


@pytest.mark.parametrize(
    ("body", "header", "reason"),
    [
        (
            gzip.compress(PAGE, mtime=0)[:-12],
            "Content-Encoding: gzip",
            "content-encoding gzip: truncated",
        ),
        (zlib.compress(PAGE)[:-9], "Content-Encoding: deflate", "deflate: corrupt or truncated"),
        (brotli.compress(PAGE)[:-9], "Content-Encoding: br", "br: corrupt or truncated"),
        (zstandard.compress(PAGE)[:-9], "Content-Encoding: zstd", "zstd: truncated"),
        (b"\x1f\x9d\x90\x01", "Content-Encoding: compress", "of a kind that is not known"),
        (chunked(PAGE)[:-30], "Transfer-Encoding: chunked", "chunked: it ends too early"),
        (chunked(PAGE, 9)[:28] + b"zz", "Transfer-Encoding: chunked", "broken behind chunk 2"),
        (b"\x89PNG\r\n\x1a\n\x00", "X-Nothing: 1", "binary, not text: a PNG image"),
        (gzip.compress(PAGE, mtime=0), "X-Nothing: 1", "binary, not text: compressed with gzip"),
    ],
)
def test_what_can_not_be_decoded_fails_with_its_reason(
    tmp_path: Path, body: bytes, header: str, reason: str
) -> None:
    report, texts = run(tmp_path, response(body, header) + response(PAGE))
    assert texts == [SENTENCE]
    assert [reason in one.reason for one in report.failures] == [True]


@pytest.mark.parametrize(
    ("name", "pack"),
    [
        ("gzip", gzip.compress),
        ("deflate", zlib.compress),
        ("br", brotli.compress),
        ("zstd", zstandard.compress),
    ],
)
def test_a_bomb_fails_with_its_reason(tmp_path: Path, name: str, pack: Any) -> None:
    body = pack(b"<p>" + b" " * (4 << 20))
    report, _ = run(tmp_path, response(body, f"Content-Encoding: {name}"), max_bytes=100_000)
    assert [one.reason for one in report.failures] == ["larger than 100,000 bytes (--max-bytes)"]


def test_without_brotli_it_is_said_what_is_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "brotli", None)
    headers = [("Content-Encoding", "br")]
    with pytest.raises(DocumentError, match="content-encoding br: needs brotli"):
        body_of(brotli.compress(PAGE), headers, MOST)
    assert body_of(PAGE, headers, MOST) == PAGE


@given(st.binary(), st.sampled_from(["gzip", "deflate", "br", "zstd", "chunked", "x"]))
def test_whatever_the_body_is_it_is_decoded_or_refused(data: bytes, encoding: str) -> None:
    with contextlib.suppress(DocumentError):
        assert isinstance(body_of(data, [("Transfer-Encoding", encoding)], 1_000), bytes)


@given(st.binary(max_size=300), st.integers(1, 50))
def test_chunks_are_put_together(data: bytes, size: int) -> None:
    assert body_of(chunked(data, size), [("Transfer-Encoding", "chunked")], MOST) == data


def test_an_address_in_angle_brackets_is_the_address(tmp_path: Path) -> None:
    """As wget writes it, by the first edition of the standard."""
    (tmp_path / "a.warc").write_bytes(response(PAGE, url="<https://example.org/a>"))
    settings = CorpusSettings(jobs=0, to="jsonl")
    clean_corpus(tmp_path / "a.warc", tmp_path / "b.jsonl", settings)
    (line,) = (tmp_path / "b.jsonl").read_text().splitlines()
    assert json.loads(line)["url"] == "https://example.org/a"


def test_all_that_stands_before_a_cut_is_read() -> None:
    """A buffer that is filled by several members loses none of them when the next is cut."""
    one = gzip.compress(warc([HTML]))
    data = one * 20 + one[: len(one) // 2]
    file = io.BytesIO(data)
    source = Input("a.warc.gz", decompress(file, "gzip"), len(data), file.tell)
    found = [
        record
        for batch in as_problems(FORMATS["warc"].read(source, CorpusSettings()), "a.warc.gz")
        for record in batch.records
    ]
    assert len(found) == 21
    assert [record.problem is None for record in found[-2:]] == [True, False]
