"""Reading a document's file, and writing one whole or not at all."""

from __future__ import annotations

import bz2
import gzip
import lzma
import os
import tempfile
from pathlib import Path
from typing import NoReturn

import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from boilerkill import normalize
from boilerkill.corpus.files import (
    DocumentError,
    as_source,
    is_encoding,
    need,
    to_bytes,
    whole_file,
    write_file,
)
from strategies import may_be_text

TEXT = st.text(st.characters(categories=["L", "N", "P", "S"]) | st.sampled_from(" \n"))
WORDS = st.lists(st.text("abcdefgéüабв", min_size=1, max_size=8), min_size=2).map(" ".join)


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


class TestAsSource:
    @given(st.binary().filter(lambda data: b"\x00" not in data and may_be_text(data)))
    def test_bytes_without_nul_are_left_to_the_library(self, data: bytes) -> None:
        assert as_source(data) is data

    @given(WORDS, st.sampled_from(["utf-16", "utf-32", "utf-16-le", "utf-16-be", "utf-32-le"]))
    def test_wide_text_is_read_with_and_without_a_byte_order_mark(
        self, words: str, encoding: str
    ) -> None:
        source = as_source(words.encode(encoding))
        assert normalize(source) == normalize(words)

    @given(st.binary(), st.binary())
    def test_what_is_read_never_holds_nul(self, before: bytes, after: bytes) -> None:
        try:
            source = as_source(before + b"\x00" + after)
        except DocumentError:
            return
        assert isinstance(source, str)
        assert "\x00" not in source

    @given(TEXT, st.sampled_from(["utf-8", "utf-16", "utf-32", "gb18030"]))
    def test_a_given_encoding_is_used(self, text: str, encoding: str) -> None:
        assert as_source(text.encode(encoding), encoding) == text

    @pytest.mark.parametrize(
        ("data", "said"),
        [
            (gzip.compress(b"<p>Rain.", mtime=0), "compressed with gzip"),
            (zstandard.compress(b"<p>Rain."), "compressed with zstd"),
            (lzma.compress(b"Rain."), "compressed with xz"),
            (bz2.compress(b"Rain."), "compressed with bzip2"),
            (b"7z\xbc\xaf\x27\x1c\x01", "a 7z archive"),
            (b"\x89PNG\r\n\x1a\n\x01", "a PNG image"),
            (b"\xff\xd8\xff\xe0\x01JFIF", "a JPEG image"),
            (b"GIF89a\x01\x00\x01\x00\x80", "a GIF image"),
            (b"%PDF-1.4\n%", "a PDF document"),
            (b"PK\x03\x04\x14", "a zip archive"),
        ],
    )
    @pytest.mark.parametrize("format", ["auto", "html"])
    def test_a_known_kind_is_refused_whatever_it_is_called(
        self, data: bytes, said: str, format: str
    ) -> None:
        with pytest.raises(DocumentError, match=f"^binary, not text: {said}$"):
            as_source(data, format=format)

    def test_prose_about_a_picture_is_text(self) -> None:
        prose = b"GIF89a is old."
        assert as_source(prose) is prose

    def test_a_given_encoding_beats_detection(self) -> None:
        assert as_source("дождь".encode("koi8-r"), "koi8-r") == "дождь"

    @pytest.mark.parametrize(
        "data",
        [
            b"hello\x00world",
            b"a sentence in ASCII, and at its end a\x00",
            b"\x00",
            b"\x00\x01\x02\x03",
            b"abc\x00def\x00",
            b"\x7fELF\x02\x01\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00",
            b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x01\x00\x00\x00\x01\x00",
            b"PK\x03\x04\x14\x00\x00\x00\x08\x00",
            b"\xff\xfe\x00\x00\x00\x00\x00\x00",
            b"\xef\xbb\xbfa\x00b",
            bytes(range(256)),
        ],
    )
    def test_a_binary_file_is_refused(self, data: bytes) -> None:
        with pytest.raises(DocumentError, match="binary"):
            as_source(data)

    def test_bytes_that_are_not_in_the_given_encoding_are_refused(self) -> None:
        with pytest.raises(DocumentError, match="not valid utf-8 at byte 3"):
            as_source(b"caf\xe9", "utf-8")


def test_a_page_may_hold_nul() -> None:
    assert as_source(b"<p>Rain\x00</p>", None, "html") == b"<p>Rain\x00</p>"
    assert as_source("<p>Rain</p>".encode("utf-16"), None, "html") == "<p>Rain</p>"


def test_a_library_that_is_missing_is_named_with_its_extra() -> None:
    with pytest.raises(
        DocumentError, match=r"needs no_such_module: pip install 'boilerkill\[warc\]'"
    ):
        need("no_such_module.inner", "warc")


class TestWriteFile:
    @settings(deadline=None)
    @given(TEXT)
    def test_what_is_written_is_the_text_and_a_final_newline(self, text: str) -> None:
        with tempfile.TemporaryDirectory() as folder:
            target = Path(folder, "deep", "er", "page.txt")
            write_file(target, to_bytes(text), overwrite=False)
            assert target.read_bytes() == ((text + "\n").encode() if text else b"")
            assert names_in(target.parent) == ["page.txt"]

    def test_an_empty_text_is_an_empty_file(self) -> None:
        assert to_bytes("") == b""

    def test_a_file_that_exists_stays(self, tmp_path: Path) -> None:
        target = tmp_path / "page.txt"
        target.write_text("old")
        with pytest.raises(DocumentError, match="exist"):
            write_file(target, b"new\n", overwrite=False)
        assert target.read_text() == "old"
        assert names_in(tmp_path) == ["page.txt"]

    def test_it_is_replaced_on_demand(self, tmp_path: Path) -> None:
        target = tmp_path / "page.txt"
        target.write_text("old")
        write_file(target, b"new\n", overwrite=True)
        assert target.read_text() == "new\n"

    @pytest.mark.parametrize("place", ["os.fsync", "pathlib.Path.replace"])
    @pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt()])
    def test_nothing_is_left_of_a_write_that_fails(
        self,
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
        place: str,
        error: BaseException,
    ) -> None:
        def fail(*_: object) -> NoReturn:
            raise error

        (tmp_path / "page.txt").write_text("old")
        monkeypatch.setattr(place, fail)
        with pytest.raises((DocumentError, KeyboardInterrupt)):
            write_file(tmp_path / "page.txt", b"new\n", overwrite=True)
        assert names_in(tmp_path) == ["page.txt"]
        assert (tmp_path / "page.txt").read_text() == "old"

    def test_what_another_writes_to_is_left_alone(self, tmp_path: Path) -> None:
        (tmp_path / "waiting").write_text("of another")
        with (
            pytest.raises(FileExistsError),
            whole_file(tmp_path / "page.txt", tmp_path / "waiting", overwrite=True),
        ):
            pass
        assert (tmp_path / "waiting").read_text() == "of another"

    def test_all_of_it_is_on_the_disk_before_it_has_its_name(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        seen: list[tuple[int, bool]] = []
        target = tmp_path / "page.txt"

        def look(descriptor: int) -> None:
            seen.append((os.fstat(descriptor).st_size, target.exists()))

        monkeypatch.setattr("os.fsync", look)
        write_file(target, b"x" * 100_001, overwrite=False)
        assert seen == [(100_001, False)]

    def test_the_file_has_the_permissions_of_any_new_file(self, tmp_path: Path) -> None:
        (tmp_path / "plain").write_text("")
        write_file(tmp_path / "page.txt", b"new\n", overwrite=False)
        assert (tmp_path / "page.txt").stat().st_mode == (tmp_path / "plain").stat().st_mode

    def test_a_long_name_is_no_obstacle(self, tmp_path: Path) -> None:
        target = tmp_path / ("n" * 251 + ".txt")
        write_file(target, b"new\n", overwrite=False)
        assert target.read_text() == "new\n"


@pytest.mark.parametrize(
    ("name", "is_one"),
    [
        ("utf-8", True),
        ("utf-16", True),
        ("utf-32-be", True),
        ("shift_jis", True),
        ("klingon", False),
        ("rot13", False),
        ("base64", False),
        ("undefined", False),
        ("", False),
        ("a\x00b", False),
    ],
)
def test_is_encoding(name: str, is_one: bool) -> None:
    assert is_encoding(name) is is_one
