"""What can go wrong: each fault is named, and nothing else is lost."""

from __future__ import annotations

import gzip
import json
import os
import re
import signal
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
import zstandard

from boilerkill.corpus import (
    CorpusReport,
    CorpusSettings,
    CorpusStopped,
    Progress,
    clean_corpus,
)
from samples import ARTICLE, HTML, PAGE, contents, jsonl, parquet, rows, tar_of, warc, zip_of

pytestmark = pytest.mark.usefixtures("no_waiting_for_the_disk")


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A folder with a document that is cleaned, whatever befalls the others."""
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "fine.txt").write_text(PAGE, "utf-8")
    return folder


def run(source: Path, **chosen: Any) -> CorpusReport:
    report = clean_corpus(source, source.parent / "out", CorpusSettings(**{"jobs": 0, **chosen}))
    assert (source.parent / "out/fine.txt").read_text("utf-8") == ARTICLE + "\n"
    return report


def reasons(report: CorpusReport) -> list[tuple[str, str, str]]:
    return [(one.path.name, one.position, one.reason) for one in report.failures]


def ids(path: Path) -> list[int]:
    data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return [json.loads(line)["id"] for line in data.splitlines()]


def test_lines_that_are_no_documents(source: Path) -> None:
    lines = jsonl(rows(6)).splitlines()
    lines[0] = b"[1]"
    lines[1] = b'{"id": 1}'
    lines[2] = b'{"id": 2, "text": "caf\xe9"}'
    lines[3] = b'{"id": 3, "text": "a\x00b"}'
    lines[4] = b'{"id": 4, "text": 5}'
    (source / "a.jsonl").write_bytes(b"\n".join(lines))
    found = reasons(run(source))
    assert [position for _, position, _ in found] == [f"line {n}" for n in range(1, 6)]
    assert found[0][2] == "no JSON object"
    assert found[1][2].startswith("no field text, content, html or raw_content")
    assert found[2][2] == "not valid UTF-8 at byte 22"
    assert found[3][2].startswith("no JSON: Invalid control character")
    assert found[4][2] == "its field 'text' is no string"
    assert ids(source.parent / "out/a.jsonl") == [5]
    listed = (source.parent / "out/.boilerkill/failures.jsonl").read_text().splitlines()
    assert [json.loads(line)["position"] for line in listed] == [p for _, p, _ in found]


@pytest.mark.parametrize("suffix", [".gz", ".zst"])
def test_truncated_and_corrupt_compressed_data(source: Path, suffix: str) -> None:
    pack: Any = {".gz": gzip.compress, ".zst": zstandard.compress}[suffix]
    noise = [{"id": n, "text": os.urandom(2000).hex()} for n in range(400)]
    data = pack(jsonl(noise))
    (source / f"a.jsonl{suffix}").write_bytes(data[: len(data) * 3 // 4])
    (source / f"b.txt{suffix}").write_bytes(pack(PAGE.encode())[:-9])
    (source / f"c.txt{suffix}").write_bytes(b"no such thing")
    found = reasons(run(source))
    assert [name for name, _, _ in found] == [
        f"a.jsonl{suffix}",
        f"b.txt{suffix}",
        f"c.txt{suffix}",
    ]
    assert found[0][1].startswith("behind line ")
    assert found[0][2] == "truncated: the compressed data ends too early"
    assert "truncated" in found[1][2] or "corrupt" in found[1][2]
    assert found[2][2].startswith("corrupt compressed data")
    assert not (source.parent / f"out/b.txt{suffix}").exists()
    if suffix == ".gz":
        kept = ids(source.parent / "out/a.jsonl.gz")
        assert kept == list(range(len(kept)))
        assert len(kept) > 200


def test_a_corrupt_group_of_parquet(source: Path) -> None:
    parquet(source / "a.parquet", 40, 10)
    data = bytearray((source / "a.parquet").read_bytes())
    group = pq.ParquetFile(source / "a.parquet").metadata.row_group(1)
    start = group.column(1).dictionary_page_offset or group.column(1).data_page_offset
    data[start : start + 60] = b"\xff" * 60
    (source / "a.parquet").write_bytes(data)
    found = reasons(run(source))
    assert [(name, position) for name, position, _ in found] == [("a.parquet", "row group 2")]
    assert found[0][2].startswith("corrupt: ")
    numbers = pq.read_table(source.parent / "out/a.parquet").column("n").to_pylist()
    assert numbers == [*range(10), *range(20, 40)]


def test_files_that_are_not_what_they_are_called(source: Path) -> None:
    for name in ("a.parquet", "b.arrow", "c.warc", "d.zip", "e.tar"):
        (source / name).write_bytes(b"nothing of the kind" * 100)
    found = reasons(run(source))
    assert [name for name, _, _ in found] == ["a.parquet", "b.arrow", "c.warc", "d.zip", "e.tar"]
    assert list(contents(source.parent / "out")) == ["fine.txt"]


def test_a_truncated_web_archive(source: Path) -> None:
    data = gzip.compress(warc([HTML] * 40) + warc([os.urandom(50_000)] * 8))
    (source / "a.warc.gz").write_bytes(data[:-200_000])
    report = run(source)
    assert report.documents > 40
    assert any("truncated" in reason for _, _, reason in reasons(report))


def test_documents_that_are_too_large(source: Path) -> None:
    (source / "big.txt").write_text("Rain fell. " * 1000)
    (source / "big.jsonl").write_bytes(jsonl([*rows(1), {"text": "x" * 5000}, *rows(1)]))
    (source / "big.warc").write_bytes(warc(["x" * 5000, HTML]))
    found = reasons(run(source, max_bytes=2000))
    expected = "larger than 2,000 bytes (--max-bytes)"
    assert sorted((name, reason) for name, _, reason in found) == [
        (name, expected) for name in ("big.jsonl", "big.txt", "big.warc")
    ]
    assert ids(source.parent / "out/big.jsonl") == [0, 0]


def test_a_web_archive_that_is_cut_anywhere(source: Path) -> None:
    whole = warc([f"{HTML} {number}" for number in range(2)])
    ends = [at.end() + int(at[1]) for at in re.finditer(rb"Content-Length: (\d+)\r\n\r\n", whole)]
    first, second = (end for end in ends if whole[end - 1 : end] in b"01")
    for cut in [*range(first + 5, len(whole) - 4, 23), *ends, *(end + 4 for end in ends)]:
        (source / f"{cut}.warc").write_bytes(whole[:cut])
    found = {name: reason for name, _, reason in reasons(run(source))}
    for path in source.glob("*.warc"):
        cut = int(path.stem)
        reason = found.get(path.name, "")
        assert ("truncated" in reason) == (cut not in ends and cut - 4 not in ends), (cut, reason)
        if cut >= first:
            out = (source.parent / f"out/{path.name}.wet").read_bytes()
            assert out.count(b"WARC/1.0") == (2 if cut >= second else 1)


@pytest.mark.parametrize("kind", ["gz", "zst", "zip"])
def test_decompression_bombs(source: Path, monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    monkeypatch.setattr("boilerkill.corpus.compression.BOMB_BYTES", 1 << 20)
    monkeypatch.setattr("boilerkill.corpus.formats.archive.BOMB_BYTES", 1 << 20)
    bomb = b" " * (8 << 20)
    name = "a.zip" if kind == "zip" else f"a.jsonl.{kind}"
    pack: Any = {
        "gz": gzip.compress,
        "zst": zstandard.compress,
        "zip": lambda data: zip_of({"b.jsonl": data, "c.txt": PAGE.encode()}),
    }[kind]
    (source / name).write_bytes(pack(bomb))
    found = reasons(run(source, max_bytes=1000))
    assert any("decompression bomb" in reason for _, _, reason in found)


def test_a_member_whose_name_is_no_utf_8_fails_alone(source: Path) -> None:
    data = zip_of({"né.txt": PAGE.encode(), "b.txt": PAGE.encode()})
    # The name stands twice: before the member, and in the directory at the end.
    (source / "a.zip").write_bytes(data.replace("né".encode(), b"n\xff\xff", 1))
    report = run(source)
    assert [(name, place) for name, place, _ in reasons(report)] == [("a.zip", "né.txt")]
    # The other member, and the other file.
    assert report.documents == 2


@pytest.mark.parametrize("pack", [zip_of, tar_of])
def test_members_with_names_that_lead_elsewhere(source: Path, pack: Any) -> None:
    names = ["../up.txt", "/abs.txt", "a/../../up.txt", "C:\\x.txt", "good.txt"]
    (source / "a.zip" if pack is zip_of else source / "a.tar").write_bytes(
        pack(dict.fromkeys(names, PAGE.encode()))
    )
    report = run(source)
    assert [reason for _, _, reason in reasons(report)] == ["its name leads out of the archive"] * 4
    assert report.documents == 2
    assert list(contents(source.parent)) == sorted(
        [
            "in/fine.txt",
            *(f"{f}/{p.name}" for f in ("in", "out") for p in source.glob("a.*")),
            "out/fine.txt",
        ]
    )


def test_a_file_that_is_written_to_during_the_run(source: Path) -> None:
    (source / "a.jsonl").write_bytes(jsonl(rows(400)))

    def write(progress: Progress) -> None:
        if progress.documents in range(1, 300):
            with (source / "a.jsonl").open("ab") as file:
                file.write(jsonl(rows(1)))

    settings = CorpusSettings(jobs=0)
    report = clean_corpus(source, source.parent / "out", settings, on_progress=write)
    assert reasons(report)[-1][2] == "it was written to while it was read"
    assert list(contents(source.parent / "out")) == ["fine.txt"]
    report = run(source)
    assert report.failed == 0
    assert len(ids(source.parent / "out/a.jsonl")) == report.documents - 1


def test_the_input_is_never_modified(source: Path) -> None:
    (source / "a.jsonl").write_bytes(jsonl(rows(3)))
    parquet(source / "a.parquet", 20)
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in source.iterdir()}
    run(source)
    run(source, overwrite=True)
    assert {p: (p.read_bytes(), p.stat().st_mtime_ns) for p in source.iterdir()} == before


def test_strict_stops_at_the_first_that_fails(source: Path) -> None:
    lines = [*jsonl(rows(300)).splitlines(), b"[]", *jsonl(rows(200)).splitlines()]
    (source / "z.jsonl").write_bytes(b"\n".join(lines))
    with pytest.raises(CorpusStopped, match=r"z.jsonl, line 301: no JSON object \(--strict\)"):
        run(source, strict=True)
    assert list(contents(source.parent / "out")) == ["fine.txt"]
    assert run(source).documents == 501


# A defect and its cure, for the processes of a run: they import what PYTHONPATH names first.
PLUG = """
import os, signal, time
from boilerkill.corpus import work
cleaning = work.clean_document

def clean_document(text, *rest):
    if "hangs" in str(text):
        time.sleep(600)
    if "dies" in str(text):
        os.kill(os.getpid(), signal.SIGKILL)
    return cleaning(text, *rest)

work.clean_document = clean_document
"""


@pytest.mark.skipif(os.name != "posix", reason="needs signals")
def test_a_document_that_hangs_or_kills_its_process_costs_itself_alone(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "plug.py").write_text(PLUG)
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(
        "boilerkill.corpus.pool._PROGRAM",
        "import sys; sys.path[:] = sys.argv[1:]; import plug;"
        " from boilerkill.corpus.worker import main; main()",
    )
    texts = ["It rained.", "It hangs.", "It rained.", "It dies.", "It rained."]
    (source / "a.jsonl").write_bytes(jsonl([{"id": n, "text": t} for n, t in enumerate(texts)]))
    found = reasons(run(source, jobs=1, timeout=3))
    assert found == [
        ("a.jsonl", "line 2", "took longer than 3 s (--timeout)"),
        ("a.jsonl", "line 4", f"the process that cleaned it died (signal {int(signal.SIGKILL)})"),
    ]
    assert ids(source.parent / "out/a.jsonl") == [0, 2, 4]
