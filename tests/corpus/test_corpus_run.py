"""The folder run: what is written, and what the report says."""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from pathlib import Path
from typing import IO, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from boilerkill import Kind, clean, separate
from boilerkill.corpus import (
    CorpusError,
    CorpusInterrupted,
    CorpusReport,
    CorpusSettings,
    CorpusStopped,
    Progress,
    clean_corpus,
)
from boilerkill.passes import clean_and_tell
from strategies import may_be_text

pytestmark = pytest.mark.usefixtures("no_waiting_for_the_disk")
# In this process: to start another takes its time.
HERE = CorpusSettings(jobs=0)
ARTICLE = "Rain ended the drought on Monday.\n\n“At last,” said the mayor."
GERMAN = (
    "Über Nacht fiel in Köln so viel Regen, dass die Straßen gesperrt wurden. "
    "Die Bürger müssen heute früh länger warten."
)
FURNITURE = "By Ann Lee\n\nLeave a Reply\n\nShare this: Facebook Twitter WhatsApp"
DOCUMENTS = st.one_of(
    st.binary(max_size=60).filter(may_be_text).map(lambda data: data.replace(b"\x00", b" ")),
    st.lists(
        st.one_of(st.sampled_from((ARTICLE + "\n\n" + FURNITURE).split("\n\n")), st.text()),
        max_size=6,
    ).map(lambda parts: "\n\n".join(parts).replace("\x00", "").encode("utf-8", "replace")),
)


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.fixture
def crawl(tmp_path: Path) -> Path:
    """A folder with two documents in two folders, a binary one and a picture."""
    folder = tmp_path / "crawl"
    (folder / "sub").mkdir(parents=True)
    (folder / "a.txt").write_text(f"{ARTICLE}\n\n{FURNITURE}", "utf-8")
    (folder / "broken.txt").write_bytes(b"\x00\x01")
    (folder / "photo.jpg").write_text("x")
    (folder / "sub" / "b.md").write_bytes(GERMAN.encode("cp1252"))
    return folder


@settings(deadline=None, max_examples=50)
@given(
    st.lists(DOCUMENTS, min_size=1, max_size=4),
    st.sampled_from([frozenset[Kind](), frozenset({Kind.BYLINE}), frozenset(Kind)]),
    st.sampled_from([0.0, 0.5, 1.0]),
)
def test_each_document_is_what_clean_returns(
    documents: list[bytes], keep: frozenset[Kind], threshold: float
) -> None:
    with tempfile.TemporaryDirectory() as root:
        source, out = Path(root, "in"), Path(root, "out")
        source.mkdir()
        for number, data in enumerate(documents):
            (source / f"{number}.txt").write_bytes(data)
        chosen = CorpusSettings(keep=keep, threshold=threshold, jobs=0)
        report = clean_corpus(source, out, settings=chosen)
        kept, removed = 0, Counter[Kind]()
        for number, data in enumerate(documents):
            document = separate(data, keep=keep, threshold=threshold)
            expected = document.text + "\n" if document.text else ""
            assert (out / f"{number}.txt").read_bytes() == expected.encode()
            kept += sum(len(segment.text) for segment in document.segments if segment.kept)
            for segment in document.segments:
                if not segment.kept:
                    removed[segment.kind] += len(segment.text)
        assert (report.documents, report.kept, report.removed) == (len(documents), kept, removed)


@settings(deadline=None, max_examples=50)
@given(st.lists(DOCUMENTS, min_size=1, max_size=3))
def test_a_second_run_over_the_output_changes_nothing(documents: list[bytes]) -> None:
    with tempfile.TemporaryDirectory() as root:
        folders = [Path(root, name) for name in ("in", "once", "twice")]
        folders[0].mkdir()
        for number, data in enumerate(documents):
            (folders[0] / f"{number}.txt").write_bytes(data)
        clean_corpus(folders[0], folders[1], HERE)
        again = clean_corpus(folders[1], folders[2], HERE)
        assert again.removed.total() == 0
        for number in range(len(documents)):
            name = f"{number}.txt"
            assert (folders[1] / name).read_bytes() == (folders[2] / name).read_bytes()


def test_the_report(crawl: Path, tmp_path: Path) -> None:
    report = clean_corpus(crawl, tmp_path / "out", HERE)
    assert report.documents == 2
    assert [(f.path, f.reason) for f in report.failures] == [
        (crawl / "broken.txt", "binary, not text: it holds NUL bytes")
    ]
    assert (report.left_out, report.links) == (1, 0)
    assert report.endings.total() == 1
    assert report.removed[Kind.BYLINE] == len("By Ann Lee")
    assert report.kept + report.removed.total() == report.characters
    assert report.kept_share == pytest.approx(report.kept / report.characters)
    assert (tmp_path / "out/a.txt").read_text("utf-8") == ARTICLE + "\n"
    assert (tmp_path / "out/sub/b.md").read_text("utf-8") == GERMAN + "\n"
    assert not (tmp_path / "out/broken.txt").exists()
    assert not (tmp_path / "out/photo.jpg").exists()


def test_shares_where_there_is_no_text() -> None:
    assert CorpusReport().kept_share == 1.0
    assert CorpusReport().share(0) == 0.0


def test_one_path_as_text_and_several_as_a_list(crawl: Path, tmp_path: Path) -> None:
    clean_corpus(str(crawl / "a.txt"), str(tmp_path / "one.txt"), HERE)
    clean_corpus([crawl / "a.txt", crawl / "sub"], tmp_path / "out", HERE)
    assert clean((crawl / "a.txt").read_bytes()) + "\n" == (tmp_path / "one.txt").read_text("utf-8")
    assert (tmp_path / "out/a.txt").read_bytes() == (tmp_path / "one.txt").read_bytes()
    assert (tmp_path / "out/sub/b.md").exists()


@pytest.mark.parametrize(
    "sentence",
    [
        "Über Nacht fiel Regen in Köln.",
        "Il a plu toute la nuit à Orléans.",
        "El niño comió mañana.",
    ],
)
def test_a_short_western_document_is_read_as_such(tmp_path: Path, sentence: str) -> None:
    (tmp_path / "in.txt").write_bytes(sentence.encode("cp1252"))
    clean_corpus(tmp_path / "in.txt", tmp_path / "out.txt", HERE)
    assert (tmp_path / "out.txt").read_text("utf-8") == sentence + "\n"


def test_the_encoding_of_the_settings_is_used(tmp_path: Path) -> None:
    (tmp_path / "in.txt").write_bytes("Дождь шёл всю ночь.".encode("koi8-r"))
    clean_corpus(
        tmp_path / "in.txt",
        tmp_path / "out.txt",
        settings=CorpusSettings(encoding="koi8-r", jobs=0),
    )
    assert (tmp_path / "out.txt").read_text("utf-8") == "Дождь шёл всю ночь.\n"


def test_the_progress_is_told(crawl: Path, tmp_path: Path) -> None:
    told: list[Progress] = []
    clean_corpus(crawl, tmp_path / "out", HERE, on_progress=told.append)
    total = sum(path.stat().st_size for path in crawl.rglob("*.[tm][xd]*"))
    assert [(one.documents, one.bytes, one.failed) for one in told] == [(0, 0, 0), (2, total, 1)]
    assert {one.total_bytes for one in told} == {total}


@pytest.mark.parametrize(
    ("chosen", "error"),
    [
        ({"threshold": 2}, ValueError),
        ({"threshold": "high"}, TypeError),
        ({"keep": {"NONSENSE"}}, ValueError),
        ({"keep": "BODY"}, TypeError),
        ({"encoding": "klingon"}, ValueError),
        ({"encoding": 8}, TypeError),
        ({"field": 8}, TypeError),
        ({"group": 8}, TypeError),
        ({"to": "pdf"}, ValueError),
        ({"shards": 2}, ValueError),
        ({"shards": 0, "to": "txt"}, ValueError),
        ({"add": "kinds"}, TypeError),
        ({"add": 8}, TypeError),
        ({"add": ["wisdom"]}, ValueError),
        ({"jobs": -4}, ValueError),
        ({"jobs": 1.5}, TypeError),
        ({"max_bytes": 0}, ValueError),
        ({"timeout": 0}, ValueError),
        ({"timeout": float("nan")}, ValueError),
        ({"timeout": "long"}, TypeError),
    ],
    ids=str,
)
def test_settings_without_a_meaning_are_refused_when_they_are_made(
    chosen: dict[str, Any], error: type[Exception]
) -> None:
    (name, *_) = chosen
    with pytest.raises(error, match=f"^{name}: "):
        CorpusSettings(**chosen)
    with pytest.raises(error, match=f"^{name}: "):
        CorpusSettings().replace(**chosen)


@pytest.mark.parametrize("name", ["profile", "phrases"])
def test_a_file_that_is_not_there_ends_the_run_before_it_begins(
    crawl: Path, tmp_path: Path, name: str
) -> None:
    chosen: dict[str, Any] = {name: tmp_path / "gone"}
    with pytest.raises(ValueError, match=f"^{name}: .*gone"):
        clean_corpus(crawl, tmp_path / "out", settings=CorpusSettings(**chosen))
    assert not (tmp_path / "out").exists()


def test_a_refused_run_writes_nothing(crawl: Path, tmp_path: Path) -> None:
    (tmp_path / "out/sub").mkdir(parents=True)
    (tmp_path / "out/sub/b.md").write_text("mine")
    with pytest.raises(CorpusError):
        clean_corpus(crawl, tmp_path / "out", HERE)
    assert (tmp_path / "out/sub/b.md").read_text() == "mine"
    assert names_in(tmp_path / "out") == ["sub"]


def test_overwriting_replaces_documents_and_leaves_other_files(crawl: Path, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out/a.txt").write_text("old")
    (tmp_path / "out/mine.txt").write_text("mine")
    clean_corpus(crawl, tmp_path / "out", settings=CorpusSettings(overwrite=True, jobs=0))
    assert (tmp_path / "out/a.txt").read_text("utf-8") == ARTICLE + "\n"
    assert (tmp_path / "out/mine.txt").read_text() == "mine"


def test_a_folder_that_vanishes_during_the_run(crawl: Path, tmp_path: Path) -> None:
    def vanish(progress: Progress) -> None:
        shutil.rmtree(crawl / "sub", ignore_errors=True)

    report = clean_corpus(crawl, tmp_path / "out", HERE, on_progress=vanish)
    assert report.documents == 1
    assert [f.path.name for f in report.failures] == ["broken.txt", "b.md"]
    assert "no such file" in report.failures[1].reason


def test_an_output_that_comes_to_exist_during_the_run_stays(crawl: Path, tmp_path: Path) -> None:
    def write(progress: Progress) -> None:
        (tmp_path / "out/sub").mkdir(parents=True, exist_ok=True)
        (tmp_path / "out/sub/b.md").write_text("theirs")

    report = clean_corpus(crawl, tmp_path / "out", HERE, on_progress=write)
    assert (tmp_path / "out/sub/b.md").read_text() == "theirs"
    assert "can't write" in report.failures[1].reason
    assert "came to exist" in report.failures[1].reason


def test_a_file_in_the_way_of_an_output_folder_fails_its_documents(
    crawl: Path, tmp_path: Path
) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out/sub").write_text("a file")
    report = clean_corpus(crawl, tmp_path / "out", HERE)
    assert report.documents == 1
    assert "can't write" in report.failures[1].reason


def test_an_unreadable_file_fails_alone(
    crawl: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opening = Path.open

    def refuse(path: Path, *arguments: str, **options: str) -> IO[Any]:
        if path.name == "a.txt" and path.parent == crawl:
            raise PermissionError(13, "Permission denied")
        return opening(path, *arguments, **options)  # type: ignore[call-overload, no-any-return]

    monkeypatch.setattr(Path, "open", refuse)
    report = clean_corpus(crawl, tmp_path / "out", HERE)
    assert (report.failures[0].path.name, report.failures[0].reason) == (
        "a.txt",
        "permission denied",
    )
    assert report.documents == 1


def test_a_defect_in_the_core_fails_one_document(
    crawl: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail_once(source: str | bytes, **options: Any) -> object:
        if b"Rain" in bytes(source):  # type: ignore[arg-type]
            raise ZeroDivisionError("division by zero")
        return clean_and_tell(source, **options)

    monkeypatch.setattr("boilerkill.passes.clean_and_tell", fail_once)
    report = clean_corpus(crawl, tmp_path / "out", HERE)
    assert report.failures[0].reason == "unexpected ZeroDivisionError: division by zero"
    assert report.documents == 1


def test_ctrl_c_keeps_the_report_and_leaves_nothing_half(crawl: Path, tmp_path: Path) -> None:
    def interrupt(progress: Progress) -> None:
        if progress.documents:
            raise KeyboardInterrupt

    with pytest.raises(CorpusInterrupted) as caught:
        clean_corpus(crawl, tmp_path / "out", HERE, on_progress=interrupt)
    assert isinstance(caught.value, KeyboardInterrupt)
    assert caught.value.report.documents == 2
    assert names_in(tmp_path / "out") == [".boilerkill", "a.txt", "sub"]


def test_a_full_disk_stops_the_run_and_the_same_run_goes_on(
    crawl: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fill(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("os.fsync", fill)
        with pytest.raises(CorpusStopped, match="no space left on device") as caught:
            clean_corpus(crawl, tmp_path / "out", HERE)
    assert caught.value.report.documents == 0
    assert names_in(tmp_path / "out") == [".boilerkill"]
    assert clean_corpus(crawl, tmp_path / "out", HERE).documents == 2


def test_an_output_that_may_not_be_written_to(
    crawl: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path, *arguments: object, **options: object) -> None:
        raise OSError(30, "Read-only file system", str(path))

    monkeypatch.setattr(Path, "mkdir", refuse)
    with pytest.raises(CorpusError, match="read-only file system"):
        clean_corpus(crawl, tmp_path / "out", HERE)
