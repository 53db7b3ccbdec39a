"""Finding the documents of a folder."""

from __future__ import annotations

import os
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from boilerkill.corpus.find import Finder
from boilerkill.corpus.report import Failure

NAMES = st.text("abé. ", min_size=1, max_size=4).map(lambda name: f"n{name}n")


@dataclass
class Found:
    documents: list[Path]
    failures: list[Failure]
    left_out: int
    links: int


def find_documents(folder: Path) -> Found:
    finder = Finder()
    documents = [file.path for file in finder.walk(folder)]
    return Found(documents, finder.failures, finder.left_out, finder.links)


FOLDERS = st.lists(NAMES, max_size=3)
SUFFIXES = st.sampled_from(
    [".txt", ".md", ".TXT", ".markdown", ".text", ".html", ".jsonl.gz", ".jpg", ".tsv", ".gz", ""]
)


def test_what_is_left_out_is_told_by_its_endings(tmp_path: Path) -> None:
    for name in ("a.jpg", "b.JPG", "README", "page.php?id=1.5", "notes.txt", "c.tar.xz"):
        (tmp_path / name).write_text("x")
    finder = Finder()
    assert len(list(finder.walk(tmp_path))) == 1
    assert finder.endings == {".jpg": 2, "": 2, ".xz": 1}
    assert finder.left_out == 5


@settings(deadline=None)
@given(st.sets(st.tuples(FOLDERS.map(tuple), NAMES, SUFFIXES), max_size=8))
def test_every_file_is_found_or_counted(tree: set[tuple[tuple[str, ...], str, str]]) -> None:
    with tempfile.TemporaryDirectory() as root:
        documents, others = set(), 0
        for folders, name, suffix in tree:
            path = Path(root, *(f"d{folder}" for folder in folders), name + suffix)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("x")
            if suffix in ("", ".jpg", ".tsv", ".gz"):
                others += 1
            else:
                documents.add(path)
        found = find_documents(Path(root))
        assert len(found.documents) == len(documents)
        assert set(found.documents) == documents
        assert found.left_out == others
        assert found.failures == []


def test_the_order_is_by_name_and_the_same_each_time(tmp_path: Path) -> None:
    for name in ("b/2.txt", "b/1.txt", "a/z.txt", "c.txt"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("x")
    names = [str(path.relative_to(tmp_path)) for path in find_documents(tmp_path).documents]
    assert names == ["c.txt", "a/z.txt", "b/1.txt", "b/2.txt"]


def test_a_loop_of_links_ends(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "page.txt").write_text("x")
    (tmp_path / "sub" / "up").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "sub" / "self.txt").symlink_to("self.txt")
    (tmp_path / "dangling.md").symlink_to("nowhere")
    found = find_documents(tmp_path)
    assert found.documents == [tmp_path / "sub" / "page.txt"]
    assert found.links == 1
    assert [failure.path.name for failure in found.failures] == ["dangling.md", "self.txt"]
    assert "no such file" in found.failures[0].reason
    assert "symbolic links" in found.failures[1].reason


def test_a_link_to_a_file_is_a_document(tmp_path: Path) -> None:
    (tmp_path / "page").write_text("x")
    (tmp_path / "page.txt").symlink_to("page")
    assert find_documents(tmp_path).documents == [tmp_path / "page.txt"]


def test_a_folder_that_is_named_like_a_document_is_a_folder(tmp_path: Path) -> None:
    (tmp_path / "page.txt").mkdir()
    (tmp_path / "page.txt" / "a.txt").write_text("x")
    assert find_documents(tmp_path).documents == [tmp_path / "page.txt" / "a.txt"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_named_pipe_is_a_failure_and_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    (failure,) = find_documents(tmp_path).failures
    assert (failure.path, failure.reason) == (tmp_path / "pipe.txt", "not a regular file")


def test_a_folder_that_vanished_is_a_failure(tmp_path: Path) -> None:
    (failure,) = find_documents(tmp_path / "gone").failures
    assert failure.path == tmp_path / "gone"
    assert "no such file" in failure.reason


def test_a_folder_that_vanishes_midway_is_a_failure_and_the_others_are_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "page.txt").write_text("x")
    scandir = os.scandir

    def vanishing(path: Path) -> object:
        if path.name == "a":
            raise FileNotFoundError(2, "No such file or directory")
        return scandir(path)

    monkeypatch.setattr("os.scandir", vanishing)
    found = find_documents(tmp_path)
    assert found.documents == [tmp_path / "b" / "page.txt"]
    assert [failure.path for failure in found.failures] == [tmp_path / "a"]


def test_a_tree_deeper_than_python_recurses(tmp_path: Path) -> None:
    folders = [tmp_path]
    for _ in range(sys.getrecursionlimit() + 100):
        folders.append(folders[-1] / "d")
        folders[-1].mkdir()
    page = folders[-1] / "page.txt"
    page.write_text("x")
    try:
        assert find_documents(tmp_path).documents == [page]
    finally:
        page.unlink()
        for folder in reversed(folders[1:]):
            folder.rmdir()


def test_what_a_run_keeps_in_its_output_is_no_document(tmp_path: Path) -> None:
    for name in (".boilerkill", ".all.jsonl.boilerkill"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "failures.jsonl").write_text("{}")
    (tmp_path / "page.txt").write_text("x")
    assert find_documents(tmp_path).documents == [tmp_path / "page.txt"]
