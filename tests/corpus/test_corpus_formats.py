"""Each kind of file: what is read of it, and what is written."""

from __future__ import annotations

import csv
import gzip
import io
import json
import tarfile
import zipfile
from pathlib import Path
from typing import Any, BinaryIO, cast

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from boilerkill import clean
from boilerkill.corpus import CorpusReport, CorpusSettings, Record, clean_corpus, iter_clean
from boilerkill.corpus.compression import compressor, decompress
from boilerkill.corpus.formats import FORMATS, by_name, output_name
from boilerkill.corpus.formats.base import Input, free_name
from samples import (
    ARTICLE,
    HTML,
    PAGE,
    SENTENCE,
    arrow,
    contents,
    every_kind,
    jsonl,
    rows,
    table,
    tar_of,
    warc,
    zip_of,
)

pytestmark = pytest.mark.usefixtures("no_waiting_for_the_disk")
HERE = CorpusSettings(jobs=0)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)


def run(source: Path, out: Path, **chosen: Any) -> CorpusReport:
    return clean_corpus(source, out, CorpusSettings(**{"jobs": 0, **chosen}))


# The kinds of files whose documents have other fields.
CARRYING = [("jsonl", None), ("csv", None), ("parquet", None), ("arrow", None)]


def through(
    kind: str, found: list[dict[str, Any]], to: str | None = None, **chosen: Any
) -> list[dict[str, Any]]:
    """Return what becomes of documents of a file of a kind, as others read it."""
    chosen_too = CorpusSettings(**{"jobs": 0, "to": to, **chosen})
    data = packed(kind, found)
    source = Input("a", io.BufferedReader(io.BytesIO(data)), len(data), lambda: 0)
    out = io.BytesIO()
    writer = FORMATS[to or kind].writer(out, chosen_too)
    for batch in FORMATS[kind].read(source, chosen_too):
        writer.write(batch, list(iter_clean(batch.records, chosen_too)))
    writer.close()
    return unpacked(to or kind, out.getvalue())


def packed(kind: str, found: list[dict[str, Any]]) -> bytes:
    out = io.BytesIO()
    if kind == "jsonl":
        return jsonl(found)
    if kind == "csv":
        text = io.StringIO(newline="")
        writer = csv.DictWriter(text, list(found[0]))
        writer.writeheader()
        writer.writerows(found)
        return text.getvalue().encode()
    table = pa.Table.from_pylist(found)
    if kind == "parquet":
        pq.write_table(table, out)
    else:
        with pa.ipc.new_file(out, table.schema) as stream:
            stream.write_table(table)
    return out.getvalue()


def unpacked(kind: str, data: bytes) -> list[dict[str, Any]]:
    if kind == "jsonl":
        return [json.loads(line) for line in data.splitlines()]
    if kind == "csv":
        return list(csv.DictReader(io.StringIO(data.decode(), newline="")))
    if kind == "parquet":
        rows_: list[dict[str, Any]] = pq.read_table(io.BytesIO(data)).to_pylist()
        return rows_
    read: list[dict[str, Any]] = pa.ipc.open_file(data).read_all().to_pylist()
    return read


def test_a_kind_is_told_by_its_own_suffixes_and_no_other_has_them() -> None:
    suffixes = [suffix for one in FORMATS.values() for suffix in one.suffixes]
    assert len(suffixes) == len(set(suffixes))
    for one in FORMATS.values():
        for suffix in one.suffixes:
            found = by_name(f"a{suffix.upper()}.gz")
            assert found is not None
            assert (found.format, found.compression) == (one, "gzip")


def test_what_is_written_is_of_a_kind_that_is_read() -> None:
    for one in FORMATS.values():
        for suffix in one.suffixes:
            name = output_name(f"a{suffix}.zst", one)
            found = by_name(name)
            assert found is not None
            assert output_name(name, found.format) == name


@pytest.mark.parametrize("kind", [None, "gzip", "zstd"])
@given(parts=st.lists(st.binary(max_size=5000), max_size=4))
@settings(max_examples=25)
def test_what_is_compressed_can_be_read_again(kind: str | None, parts: list[bytes]) -> None:
    packed = io.BytesIO()
    with compressor(packed, kind) as file:
        for part in parts:
            file.write(part)
            file.next_member()
    packed.seek(0)
    assert decompress(packed, kind).read() == b"".join(parts)


def test_what_is_compressed_can_be_read_by_others() -> None:
    unpack = zstandard.ZstdDecompressor().decompressobj().decompress
    for kind, read in (("gzip", gzip.decompress), ("zstd", unpack)):
        packed = io.BytesIO()
        with compressor(packed, kind) as file:
            file.write(b"Rain.")
        assert read(packed.getvalue()) == b"Rain."


@given(st.lists(st.dictionaries(st.text(), JSON, max_size=4), max_size=5))
@settings(max_examples=50)
def test_other_fields_of_jsonl_are_carried_along(objects: list[dict[str, Any]]) -> None:
    lines = [{**one, "text": PAGE} for one in objects]
    out = io.BytesIO()
    writer = FORMATS["jsonl"].writer(out, HERE)
    data = jsonl(lines)
    source = Input("a.jsonl", io.BufferedReader(io.BytesIO(data)), len(data), int)
    for batch in FORMATS["jsonl"].read(source, HERE):
        writer.write(batch, list(iter_clean(batch.records, HERE)))
    found = [json.loads(line) for line in out.getvalue().splitlines()]
    assert found == [{**one, "text": ARTICLE} for one in lines]


TAKEN = ["score", "boilerkill_score", "boilerkill_boilerkill_score", "kinds", "other_fields"]


@given(st.text(max_size=3), st.lists(st.integers(0, 5)))
def test_a_free_name_is_not_taken(name: str, prefixes: list[int]) -> None:
    taken = ["boilerkill_" * count + name for count in prefixes]
    assert free_name(name, taken) not in taken
    assert free_name(name, []) == name


@pytest.mark.parametrize(("kind", "to"), [*CARRYING, ("jsonl", "jsonl"), ("jsonl", "parquet")])
@given(st.sets(st.sampled_from(TAKEN)))
@settings(max_examples=20)
def test_no_field_is_replaced_by_what_is_added(kind: str, to: str | None, taken: set[str]) -> None:
    own = dict.fromkeys(sorted(taken), "mine")
    (row,) = through(kind, [{**own, "text": PAGE}], to=to, add=["score", "kinds"])
    assert {name: row[name] for name in own} == own
    score, kinds = (free_name(name, taken) for name in ("score", "kinds"))
    assert 0.5 < float(row[score]) <= 1
    assert "BYLINE" in str(row[kinds])


@pytest.mark.parametrize("to", [None, "jsonl", "parquet"])
@given(st.lists(st.sampled_from([PAGE, "", None]), min_size=1, max_size=4))
@settings(max_examples=20)
def test_all_documents_have_what_is_added(to: str | None, texts: list[str | None]) -> None:
    found = through("jsonl", [{"text": text, "title": "mine"} for text in texts], to=to,
                    add=["kinds", "title", "score"])  # fmt: skip
    for text, row in zip(texts, found, strict=True):
        assert row["title"] == "mine"
        added = [row[name] for name in ("kinds", "boilerkill_title", "score")]
        assert [value is None for value in added] == [text is None, True, not text]


def test_a_name_that_comes_late_is_not_taken_for_what_is_added(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The columns of a table are those of its first group of documents."""
    monkeypatch.setattr("boilerkill.corpus.formats.columns._GROUP_ROWS", 1)
    late = {"text": PAGE, "score": "mine", "other_fields": "mine"}
    first, second = through("jsonl", [{"text": PAGE}, late], to="parquet", add=["score"])
    assert first["score"] == second["score"]
    assert json.loads(second["other_fields"]) == {"score": "mine", "other_fields": "mine"}


class TestJsonLines:
    @pytest.mark.parametrize("name", ["text", "content", "html", "raw_content"])
    def test_the_field_is_found_by_itself(self, tmp_path: Path, name: str) -> None:
        text = HTML if name == "html" else PAGE
        (tmp_path / "a.jsonl").write_bytes(jsonl([{"id": 1, name: text, "z": None}]))
        run(tmp_path / "a.jsonl", tmp_path / "b.jsonl")
        row = json.loads((tmp_path / "b.jsonl").read_text())
        assert row == {"id": 1, name: SENTENCE if name == "html" else ARTICLE, "z": None}
        assert list(row) == ["id", name, "z"]

    def test_a_field_that_is_named(self, tmp_path: Path) -> None:
        (tmp_path / "a.jsonl").write_bytes(jsonl([{"text": PAGE, "body": PAGE}]))
        run(tmp_path / "a.jsonl", tmp_path / "b.jsonl", field="body")
        assert json.loads((tmp_path / "b.jsonl").read_text()) == {"text": PAGE, "body": ARTICLE}

    def test_a_field_without_a_text_is_carried_along(self, tmp_path: Path) -> None:
        (tmp_path / "a.jsonl").write_bytes(jsonl([{"text": None, "id": 1}]))
        report = run(tmp_path / "a.jsonl", tmp_path / "b.jsonl")
        assert json.loads((tmp_path / "b.jsonl").read_text()) == {"text": None, "id": 1}
        assert (report.documents, report.failed) == (0, 0)

    def test_a_byte_order_mark_and_blank_lines(self, tmp_path: Path) -> None:
        (tmp_path / "a.jsonl").write_bytes(
            b"\xef\xbb\xbf" + jsonl(rows(1)) + b"\n \n" + jsonl(rows(1))
        )
        assert run(tmp_path / "a.jsonl", tmp_path / "b.jsonl").documents == 2

    def test_a_first_line_that_is_nested_too_deep_fails_alone(self, tmp_path: Path) -> None:
        deep = b'{"text": ' + b"[" * 5000 + b"]" * 5000 + b"}\n"
        (tmp_path / "a").write_bytes(deep + jsonl(rows(1)))
        report = run(tmp_path / "a", tmp_path / "b")
        assert [one.position for one in report.failures] == ["line 1"]
        assert report.documents == 1
        assert not FORMATS["jsonl"].recognises(b"[" * 5000)

    def test_what_is_added_replaces_nothing(self, tmp_path: Path) -> None:
        (tmp_path / "a.jsonl").write_bytes(jsonl([{"text": PAGE, "title": "mine"}]))
        run(tmp_path / "a.jsonl", tmp_path / "b.jsonl", add=["title", "byline", "removed", "score"])
        row = json.loads((tmp_path / "b.jsonl").read_text())
        assert row["title"] == "mine"
        assert row["boilerkill_title"] is None
        assert row["byline"]["authors"] == ["Ann Lee"]
        assert {"kind": "BYLINE", "text": "By Ann Lee"} in row["removed"]
        assert 0.5 < row["score"] <= 1


class TestCsv:
    def test_columns_and_dialect_are_kept(self, tmp_path: Path) -> None:
        (tmp_path / "a.csv").write_text(
            f'id;text;x\r\n1;"{PAGE}";"a;b"\r\n', "utf-8-sig", newline=""
        )
        run(tmp_path / "a.csv", tmp_path / "b.csv", add=["title"])
        text = (tmp_path / "b.csv").read_bytes().decode()
        assert text.startswith("id;text;x;title\r\n")
        (row,) = csv.DictReader(io.StringIO(text, newline=""), delimiter=";")
        assert row == {"id": "1", "text": ARTICLE, "x": "a;b", "title": ""}

    def test_a_row_that_lacks_a_column_fails_alone(self, tmp_path: Path) -> None:
        (tmp_path / "a.csv").write_bytes(b"id,text\n1\n2,Rain fell.\n3,caf\xe9\n4,Rain fell.\n")
        report = run(tmp_path / "a.csv", tmp_path / "b.csv")
        assert [(one.position, one.reason) for one in report.failures] == [
            ("row 1", "1 columns, where the header has 2"),
            ("row 3", "not valid UTF-8"),
        ]
        assert (tmp_path / "b.csv").read_text() == "id,text\n2,Rain fell.\n4,Rain fell.\n"

    def test_the_limit_of_the_process_is_as_it_was(self) -> None:
        """Also between two rows, and where two files are read in turn."""
        before = csv.field_size_limit(200)
        try:
            data = b"id,text\n" + b"".join(b"%d,%s\n" % (n, b"x" * 500) for n in range(300))
            sources = [Input("a.csv", io.BytesIO(data), len(data), int) for _ in range(2)]
            for batches in zip(*(FORMATS["csv"].read(one, HERE) for one in sources), strict=True):
                assert [one.problem for batch in batches for one in batch.records] == (
                    [None] * sum(len(batch.records) for batch in batches)
                )
                assert csv.field_size_limit() == 200
        finally:
            csv.field_size_limit(before)

    @pytest.mark.parametrize("to", ["csv", "jsonl", "parquet"])
    def test_a_header_that_is_no_utf_8(self, tmp_path: Path, to: str) -> None:
        (tmp_path / "a.csv").write_bytes(b"caf\xe9,text\n1,Rain fell.\n")
        report = run(tmp_path / "a.csv", tmp_path / f"b.{to}", to=None if to == "csv" else to)
        assert [one.reason for one in report.failures] == ["its header is not valid UTF-8"]

    def test_a_name_that_stands_twice_loses_nothing(self, tmp_path: Path) -> None:
        lines = ["id,text,id,text", f'1,"{PAGE}",2,"{PAGE}"']
        (tmp_path / "a.csv").write_text("\n".join(lines) + "\n", "utf-8")
        run(tmp_path / "a.csv", tmp_path / "b.csv")
        found = list(csv.reader(io.StringIO((tmp_path / "b.csv").read_text("utf-8"), newline="")))
        assert found == [["id", "text", "id", "text"], ["1", ARTICLE, "2", PAGE]]
        run(tmp_path / "a.csv", tmp_path / "b.jsonl", to="jsonl")
        row = json.loads((tmp_path / "b.jsonl").read_text())
        assert row == {"source": str(tmp_path / "a.csv"), "position": "row 1", "id": "1",
                       "id_2": "2", "text_2": PAGE, "text": ARTICLE}  # fmt: skip

    def test_a_missing_field_is_said_with_those_there_are(self, tmp_path: Path) -> None:
        (tmp_path / "a.csv").write_text("id;body\n1;Rain.\n")
        report = run(tmp_path / "a.csv", tmp_path / "b.csv")
        assert report.failures[0].reason.endswith("(--field names another: id, body)")
        report = run(tmp_path / "a.csv", tmp_path / "b.csv", field="nope")
        assert report.failures[0].reason == "no field 'nope' (there are: id, body)"


class TestColumns:
    @pytest.mark.parametrize("kind", ["parquet", "arrow"])
    def test_a_name_that_stands_twice_loses_nothing(self, tmp_path: Path, kind: str) -> None:
        columns = [[1], [PAGE], [2], [PAGE]]
        source = pa.Table.from_arrays(list(map(pa.array, columns)), ["id", "text", "id", "text"])
        if kind == "parquet":
            pq.write_table(source, tmp_path / "a.parquet")
        else:
            with pa.ipc.new_file(str(tmp_path / "a.arrow"), source.schema) as file:
                file.write_table(source)
        out = tmp_path / f"b.{kind}"
        assert run(tmp_path / f"a.{kind}", out).failed == 0
        found = (
            pq.ParquetFile(out).read()
            if kind == "parquet"
            else pa.ipc.open_file(out.read_bytes()).read_all()
        )
        assert found.column_names == source.column_names
        assert [column.to_pylist() for column in found.columns] == [[1], [ARTICLE], [2], [PAGE]]
        run(tmp_path / f"a.{kind}", tmp_path / "b.jsonl", to="jsonl")
        row = json.loads((tmp_path / "b.jsonl").read_text())
        assert (row["id"], row["id_2"], row["text"], row["text_2"]) == (1, 2, ARTICLE, PAGE)

    def test_types_and_groups_of_parquet_are_kept(self, tmp_path: Path) -> None:
        source = table(1000).replace_schema_metadata({"mine": "kept"})
        pq.write_table(source, tmp_path / "a.parquet", row_group_size=300)
        assert run(tmp_path / "a.parquet", tmp_path / "b.parquet").documents == 999
        before, after = (pq.ParquetFile(tmp_path / f"{name}.parquet") for name in "ab")
        assert after.schema_arrow.equals(before.schema_arrow, check_metadata=True)
        groups = [after.metadata.row_group(n).num_rows for n in range(after.num_row_groups)]
        assert groups == [300, 300, 300, 100]
        found = after.read()
        assert found.drop(["text"]).equals(source.drop(["text"]))
        assert found.column("text").to_pylist() == [ARTICLE] * 999 + [None]

    @pytest.mark.parametrize(
        "kind", [pa.string(), pa.binary(), pa.dictionary(pa.int32(), pa.string()), pa.string_view()]
    )
    def test_text_of_any_type(self, tmp_path: Path, kind: pa.DataType) -> None:
        column = pa.array([PAGE, PAGE])
        if pa.types.is_dictionary(kind):
            column = column.dictionary_encode()
        source = pa.table({"text": column.cast(kind)})
        with (
            pa.OSFile(str(tmp_path / "a.arrow"), "wb") as file,
            pa.ipc.new_file(file, source.schema) as out,
        ):
            out.write_table(source)
        run(tmp_path / "a.arrow", tmp_path / "b.arrow")
        with pa.OSFile(str(tmp_path / "b.arrow"), "rb") as file:
            found = pa.ipc.open_file(file).read_all()
        assert found.schema == source.schema
        texts = found.column("text").to_pylist()
        assert [t.decode() if isinstance(t, bytes) else t for t in texts] == [ARTICLE] * 2

    def test_batches_of_an_arrow_stream_are_kept(self, tmp_path: Path) -> None:
        arrow(tmp_path / "a.arrow", 10, 4)
        run(tmp_path / "a.arrow", tmp_path / "b.arrow", add=["kinds", "removed"])
        with pa.OSFile(str(tmp_path / "b.arrow"), "rb") as file:
            batches = list(pa.ipc.open_stream(file))
        assert [batch.num_rows for batch in batches] == [4, 4, 2]
        assert dict(batches[0].column("kinds")[0].as_py())["BYLINE"] == len("By Ann Lee")

    def test_a_table_without_rows(self, tmp_path: Path) -> None:
        pq.write_table(table(3).slice(0, 0), tmp_path / "a.parquet")
        report = run(tmp_path / "a.parquet", tmp_path / "b.parquet")
        assert (report.documents, report.failed) == (0, 0)
        assert pq.read_table(tmp_path / "b.parquet").schema == table(3).schema

    @pytest.mark.parametrize(
        ("columns", "said"),
        [({"n": [1]}, "no field text"), ({"text": [1]}, "holds int64, not text")],
    )
    def test_a_table_without_a_text(self, tmp_path: Path, columns: Any, said: str) -> None:
        pq.write_table(pa.table(columns), tmp_path / "a.parquet")
        report = run(tmp_path / "a.parquet", tmp_path / "b.parquet")
        assert said in report.failures[0].reason
        assert not (tmp_path / "b.parquet").exists()


class TestWebArchives:
    @pytest.mark.parametrize("suffix", ["", ".gz", ".zst"])
    def test_pages_become_wet_and_wet_stays_as_it_is(self, tmp_path: Path, suffix: str) -> None:
        pack: Any = {"": bytes, ".gz": gzip.compress, ".zst": zstandard.compress}[suffix]
        (tmp_path / "in").mkdir()
        (tmp_path / f"in/c.warc{suffix}").write_bytes(pack(warc([HTML, PAGE])))
        report = run(tmp_path / "in", tmp_path / "once")
        assert (report.documents, report.failed) == (2, 0)
        run(tmp_path / "once", tmp_path / "twice")
        run(tmp_path / "once", tmp_path / "all.jsonl", to="jsonl")
        first, second = (
            json.loads(line) for line in (tmp_path / "all.jsonl").read_text().splitlines()
        )
        assert first["text"] == SENTENCE
        assert second["text"] == clean(PAGE, format="html")
        assert first["url"] == "https://example.org/0"
        assert first["date"] == "2024-05-31T10:00:00Z"
        assert list(contents(tmp_path / "twice")) == [f"c.warc.wet{suffix}"]


class TestArchives:
    @pytest.mark.parametrize("kind", ["zip", "tar"])
    def test_one_that_is_given_up_can_be_forgotten(self, kind: str) -> None:
        """Python closes what it forgets, in any order."""
        file = io.BytesIO()
        stream = compressor(file, None)
        writer = FORMATS[kind].writer(cast(BinaryIO, stream), HERE)
        stream.abandon()
        stream.close()
        writer.close()
        assert file.getvalue() == b""

    def test_members_are_kept_in_their_order(self, tmp_path: Path) -> None:
        every_kind(tmp_path / "in")
        run(tmp_path / "in", tmp_path / "out")
        names = ["x/a.txt", "p.html.txt", "r.jsonl"]
        with zipfile.ZipFile(tmp_path / "out/z.zip") as archive:
            assert archive.namelist() == names
            assert archive.read("x/a.txt").decode() == ARTICLE + "\n"
            rows_ = [json.loads(line) for line in archive.read("r.jsonl").splitlines()]
        assert [row["id"] for row in rows_] == [0, 1]
        with tarfile.open(tmp_path / "out/t.tar.gz") as tar:
            assert tar.getnames() == names
            member = tar.extractfile("p.html.txt")
            assert member is not None
            assert member.read().decode() == SENTENCE + "\n"

    @pytest.mark.parametrize(("name", "magic"), [("tgz", b"\x1f\x8b"), ("tzst", b"\x28\xb5")])
    def test_a_short_suffix_is_two(self, tmp_path: Path, name: str, magic: bytes) -> None:
        (tmp_path / "a.tar").write_bytes(tar_of({"a.txt": PAGE.encode()}))
        assert run(tmp_path / "a.tar", tmp_path / f"b.{name}").documents == 1
        assert (tmp_path / f"b.{name}").read_bytes().startswith(magic)
        assert run(tmp_path / f"b.{name}", tmp_path / "c.tar").documents == 1

    @pytest.mark.parametrize("kind", ["zip", "tar"])
    def test_members_that_are_no_documents_are_counted(self, tmp_path: Path, kind: str) -> None:
        names = ["a.txt", "photo.jpg", "b.JPG", "README", "inner.zip"]
        pack = zip_of if kind == "zip" else tar_of
        (tmp_path / f"a.{kind}").write_bytes(pack(dict.fromkeys(names, PAGE.encode())))
        report = run(tmp_path / f"a.{kind}", tmp_path / f"b.{kind}")
        assert (report.documents, report.failed, report.left_out) == (1, 0, 4)
        assert report.endings == {".jpg": 2, "": 1, ".zip": 1}
        assert run(tmp_path / f"a.{kind}", tmp_path / "b.jsonl", to="jsonl").left_out == 4

    def test_they_are_counted_once_in_a_run_that_goes_on(self, tmp_path: Path) -> None:
        (tmp_path / "in").mkdir()
        (tmp_path / "in/a.zip").write_bytes(zip_of({"a.txt": PAGE.encode(), "b.jpg": b"x"}))
        (tmp_path / "in/c.jpg").write_bytes(b"x")
        for _ in range(2):
            report = run(tmp_path / "in", tmp_path / "out")
            assert (report.documents, report.left_out, report.endings) == (1, 2, {".jpg": 2})

    @pytest.mark.parametrize("kind", ["zip", "tar"])
    def test_one_of_pictures_alone_is_empty_afterwards(self, tmp_path: Path, kind: str) -> None:
        pack = zip_of if kind == "zip" else tar_of
        (tmp_path / f"a.{kind}").write_bytes(pack({"b.jpg": b"x"}))
        report = run(tmp_path / f"a.{kind}", tmp_path / f"b.{kind}")
        assert (report.documents, report.failed, report.left_out) == (0, 0, 1)
        assert (tmp_path / f"b.{kind}").exists()

    @pytest.mark.parametrize("pack", [zip_of, tar_of])
    def test_a_colon_leads_nowhere(self, tmp_path: Path, pack: Any) -> None:
        names = ["localhost:8000/page.html", "2024-05-31T12:00:00.txt"]
        kind = "zip" if pack is zip_of else "tar"
        (tmp_path / f"a.{kind}").write_bytes(pack(dict.fromkeys(names, HTML.encode())))
        report = run(tmp_path / f"a.{kind}", tmp_path / f"b.{kind}")
        assert (report.documents, report.failed) == (2, 0)


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16", "utf-16-le", "shift_jis"])
@pytest.mark.parametrize("kind", ["jsonl", "csv"])
def test_a_given_encoding_is_that_of_records_too(tmp_path: Path, kind: str, encoding: str) -> None:
    word = "雨" if encoding == "shift_jis" else "Café"
    text = {"jsonl": f'{{"text": "{word}"}}\n' * 300, "csv": "text\n" + f"{word}\n" * 300}[kind]
    (tmp_path / f"a.{kind}").write_bytes(text.encode(encoding))
    report = run(tmp_path / f"a.{kind}", tmp_path / f"b.{kind}", encoding=encoding)
    assert (report.documents, report.failed) == (300, 0)
    assert (tmp_path / f"b.{kind}").read_text("utf-8") == text


def test_a_record_that_is_not_in_the_given_encoding_fails_alone(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(b'{"text": "a\x81"}\n{"text": "caf\xe9"}\n')
    report = run(tmp_path / "a.jsonl", tmp_path / "b.jsonl", encoding="cp1252")
    assert [(one.position, one.reason) for one in report.failures] == [
        ("line 1", "not valid cp1252")
    ]
    assert (tmp_path / "b.jsonl").read_text("utf-8") == '{"text": "café"}\n'


def test_a_line_that_is_cut_is_not_blamed_on_its_end(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(jsonl(rows(1)) + b'{"text": "Rain en\n')
    (failure,) = run(tmp_path / "a.jsonl", tmp_path / "b.jsonl").failures
    assert failure.reason.startswith("no JSON: Unterminated string")


def test_lines_in_another_encoding_are_lines_all_the_same() -> None:
    assert FORMATS["jsonl"].recognises(b'{"text": "caf\xe9"}\n')


class TestToOneKind:
    @pytest.mark.parametrize("shards", [1, 3])
    def test_every_document_goes_to_one_shard(self, tmp_path: Path, shards: int) -> None:
        every_kind(tmp_path / "in")
        report = run(tmp_path / "in", tmp_path / "out", to="jsonl", shards=shards)
        parts = contents(tmp_path / "out")
        assert len(parts) == shards
        found = [json.loads(line) for part in parts.values() for line in part.splitlines()]
        assert len([row for row in found if row["text"] is not None]) == report.documents
        sizes = [part.count(b"\n") for part in parts.values()]
        assert max(sizes) - min(sizes) <= 1
        assert {Path(row["source"]).name for row in found} == {
            path.name for path in (tmp_path / "in").iterdir()
        }

    def test_to_parquet_loses_no_field(self, tmp_path: Path) -> None:
        odd: list[dict[str, Any]] = [
            {"text": PAGE, "n": 1, "e": {}},
            {"text": PAGE, "n": "one", "m": [1]},
        ]
        (tmp_path / "a.jsonl").write_bytes(jsonl(odd))
        run(tmp_path / "a.jsonl", tmp_path / "b.parquet", to="parquet", add=["kinds"])
        found = pq.read_table(tmp_path / "b.parquet").to_pylist()
        assert [row["text"] for row in found] == [ARTICLE] * 2
        assert dict(found[0]["kinds"])["BYLINE"] == 10
        for before, after in zip(odd, found, strict=True):
            rest = json.loads(after["other_fields"] or "{}")
            for name, value in before.items():
                assert name == "text" or value in (after.get(name), rest.get(name))

    def test_to_text(self, tmp_path: Path) -> None:
        (tmp_path / "a.jsonl").write_bytes(jsonl([{"text": PAGE}, {"text": "It rained."}]))
        run(tmp_path / "a.jsonl", tmp_path / "b.txt", to="txt")
        assert (tmp_path / "b.txt").read_text("utf-8") == f"{ARTICLE}\n\f\nIt rained.\n"


@given(st.lists(st.sampled_from([PAGE, b"", None, 5, 1.5, [PAGE], {"text": PAGE}, Record])))
def test_documents_of_no_text_fail_alone(documents: list[Any]) -> None:
    documents = [Record(7) if one is Record else one for one in documents]  # type: ignore[arg-type]
    found = list(iter_clean(documents, HERE))
    for document, one in zip(documents, found, strict=True):
        text = document.text if isinstance(document, Record) else document
        if text is None or isinstance(text, str | bytes):
            assert (one.text, one.problem) == (None if text is None else clean(text), None)
        else:
            kind = type(text).__name__
            assert (one.text, one.problem) == (None, f"expected text, got {kind}")


@pytest.mark.parametrize("one", [PAGE, PAGE.encode(), 7, Record(PAGE)])
def test_one_document_is_no_documents(one: Any) -> None:
    with pytest.raises(TypeError, match=f"^documents: .* got {type(one).__name__}$"):
        iter_clean(one, HERE)


def test_documents_of_ones_own(tmp_path: Path) -> None:
    documents: list[str | bytes | Record] = [
        PAGE,
        PAGE.encode(),
        Record(HTML, "html", fields={"id": 7}),
        b"\x00",
        "x" * 100,
    ]
    found = list(iter_clean(iter(documents), CorpusSettings(jobs=0, max_bytes=300)))
    assert [one.text for one in found] == [ARTICLE, ARTICLE, SENTENCE, None, "x" * 100]
    assert found[2].record.fields == {"id": 7}
    assert found[3].problem == "binary, not text: it holds NUL bytes"
    (large,) = iter_clean(["x" * 301], CorpusSettings(jobs=0, max_bytes=300))
    assert large.problem == "larger than 300 bytes (--max-bytes)"
