"""Files of every kind, made for a test."""

from __future__ import annotations

import gzip
import io
import json
import tarfile
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import zstandard

ARTICLE = "Rain ended the drought on Monday.\n\n“At last,” said the mayor."
PAGE = f"{ARTICLE}\n\nBy Ann Lee\n\nLeave a Reply\n\nShare this: Facebook Twitter WhatsApp"
SENTENCE = "Rain ended the drought on Monday, and the river rose by two metres before noon."
HTML = f"<nav><a href='/'>Home</a></nav><article><p>{SENTENCE}</p></article>"


def jsonl(rows: Sequence[Any]) -> bytes:
    return "".join(json.dumps(row) + "\n" for row in rows).encode()


def rows(count: int, text: str = PAGE) -> list[dict[str, Any]]:
    return [{"id": number, "text": f"{text}\n\nNumber {number} it was."} for number in range(count)]


def warc(pages: Sequence[str | bytes]) -> bytes:
    """Return a WARC file with a response for each page, and what a crawler writes besides."""
    found = [_record("warcinfo", "", "application/warc-fields", b"software: x\r\n")]
    for number, page in enumerate(pages):
        body = page.encode() if isinstance(page, str) else page
        url = f"https://example.org/{number}"
        head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
        found.append(_record("request", url, "application/http", b"GET / HTTP/1.1\r\n\r\n"))
        found.append(_record("response", url, "application/http; msgtype=response", head + body))
    picture = b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n\x89PNG"
    found.append(_record("response", "https://example.org/p.png", "application/http", picture))
    return b"".join(found)


def _record(kind: str, url: str, content_type: str, content: bytes) -> bytes:
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\n"
        f"WARC-Date: 2024-05-31T10:00:00Z\r\nWARC-Record-ID: <urn:x:{kind}-{url[-1:]}>\r\n"
        f"Content-Type: {content_type}\r\nContent-Length: {len(content)}\r\n\r\n"
    )
    return head.encode() + content + b"\r\n\r\n"


def table(count: int) -> pa.Table:
    return pa.table(
        {
            "n": pa.array(range(count), pa.int16()),
            "text": pa.array([PAGE] * (count - 1) + [None], pa.large_string()),
            "when": pa.array(range(count)).cast(pa.timestamp("ns")),
        }
    )


def parquet(path: Path, count: int = 1000, group: int = 300) -> None:
    pq.write_table(table(count), path, row_group_size=group)


def arrow(path: Path, count: int, batch: int) -> None:
    with pa.OSFile(str(path), "wb") as file, pa.ipc.new_stream(file, table(1).schema) as stream:
        stream.write_table(table(count), max_chunksize=batch)


def zip_of(files: dict[str, bytes]) -> bytes:
    found = io.BytesIO()
    with zipfile.ZipFile(found, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return found.getvalue()


def tar_of(files: dict[str, bytes]) -> bytes:
    found = io.BytesIO()
    with tarfile.open(fileobj=found, mode="w") as archive:
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return found.getvalue()


def every_kind(folder: Path) -> None:
    """Write a file of every kind, of which the documents are easily told apart."""
    folder.mkdir(parents=True)
    (folder / "a.txt").write_text(PAGE, "utf-8")
    (folder / "p.html").write_text(HTML)
    (folder / "b.md.gz").write_bytes(gzip.compress(PAGE.encode()))
    (folder / "rows.jsonl").write_bytes(jsonl(rows(12)))
    (folder / "rows.jsonl.zst").write_bytes(zstandard.compress(jsonl(rows(12))))
    (folder / "rows.csv").write_text(f'id,content\r\n1,"{PAGE}"\r\n2,Rain fell.\r\n', "utf-8")
    parquet(folder / "rows.parquet", 20, 8)
    arrow(folder / "rows.arrow", 10, 4)
    (folder / "crawl.warc.gz").write_bytes(gzip.compress(warc([HTML, HTML])))
    members = {"x/a.txt": PAGE.encode(), "p.html": HTML.encode(), "r.jsonl": jsonl(rows(2))}
    (folder / "z.zip").write_bytes(zip_of({**members, "photo.jpg": b"x"}))
    (folder / "t.tar.gz").write_bytes(gzip.compress(tar_of(members)))


def contents(folder: Path) -> dict[str, bytes]:
    """Return the files below a folder, without what a run keeps for itself."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".boilerkill" not in str(path.relative_to(folder))
    }
