"""Which file becomes which, and what is refused before anything is written."""

from __future__ import annotations

import contextlib
import gzip
import os
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from boilerkill.corpus.plan import CorpusError, Plan, check_target, make_plan
from boilerkill.corpus.settings import CorpusSettings

SETTINGS = CorpusSettings()
OVERWRITE = CorpusSettings(overwrite=True)
NAMES = st.sampled_from(["a", "b", "c"])


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with the documents in/page.txt, in/sub/page.txt and other/page.txt."""
    monkeypatch.chdir(tmp_path)
    for name in ("in/page.txt", "in/sub/page.txt", "other/page.txt"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("Rain.")
    return tmp_path


@contextlib.contextmanager
def planned(
    paths: Sequence[str | Path], out: str | Path, settings: CorpusSettings = SETTINGS
) -> Iterator[Plan]:
    plan = make_plan(paths, out, settings)
    try:
        yield plan
    finally:
        plan.ledger.close()


def targets(*paths: str, out: str = "out", settings: CorpusSettings = SETTINGS) -> list[str]:
    with planned(paths, out, settings) as plan:
        return [str(row.target) for row in plan.ledger.rows()]


def refusal(*paths: str, out: str = "out", overwrite: bool = False) -> str:
    with pytest.raises(CorpusError) as caught:
        make_plan(paths, out, CorpusSettings(overwrite=overwrite))
    return str(caught.value)


@settings(deadline=None)
@given(st.sets(st.lists(NAMES, min_size=1, max_size=4).map(tuple), max_size=8))
def test_the_tree_is_kept(tree: set[tuple[str, ...]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        source, out = Path(folder, "in"), Path(folder, "out")
        names = {Path(*parts[:-1], f"{parts[-1]}.txt") for parts in tree}
        for name in names | {Path("always.md")}:
            (source / name).parent.mkdir(parents=True, exist_ok=True)
            (source / name).write_text("x")
        with planned([source], out) as plan:
            rows = list(plan.ledger.rows())
        found = {row.file.path.relative_to(source) for row in rows}
        assert found == names | {Path("always.md")}
        for row in rows:
            assert row.target.relative_to(out) == row.file.path.relative_to(source)


@pytest.mark.usefixtures("root")
class TestTargets:
    def test_one_folder_goes_straight_into_the_output(self) -> None:
        assert targets("in") == ["out/page.txt", "out/sub/page.txt"]

    def test_of_several_paths_each_keeps_its_name(self) -> None:
        expected = ["out/in/page.txt", "out/in/sub/page.txt", "out/other/page.txt"]
        assert targets("in", "other") == expected
        assert targets("in", "other/page.txt") == [*expected[:2], "out/page.txt"]

    def test_a_path_that_ends_in_dots_has_the_name_of_its_folder(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir("in")
        assert targets("sub/..", "../other", out="../out") == [
            "../out/in/page.txt",
            "../out/in/sub/page.txt",
            "../out/other/page.txt",
        ]

    def test_one_file_becomes_the_output_itself(self) -> None:
        assert targets("in/page.txt", out="clean.txt") == ["clean.txt"]

    def test_or_goes_into_it_where_it_is_a_folder_or_is_to_be_one(self) -> None:
        Path("there").mkdir()
        assert targets("in/page.txt", out="there") == ["there/page.txt"]
        assert targets("in/page.txt", out="new/") == ["new/page.txt"]

    def test_a_file_is_a_document_however_it_is_named(self) -> None:
        Path("notes.log").write_text("Rain.")
        assert targets("notes.log", "in/page.txt") == ["out/notes.log", "out/page.txt"]

    def test_the_same_path_twice_is_done_once(self) -> None:
        assert targets("in/page.txt", "./in/page.txt") == ["out/page.txt"]

    def test_a_link_to_a_folder_is_followed_where_it_is_given(self) -> None:
        Path("link").symlink_to("in", target_is_directory=True)
        assert targets("link") == ["out/page.txt", "out/sub/page.txt"]

    def test_what_stands_in_the_output_already_is_no_obstacle(self) -> None:
        Path("out").mkdir()
        Path("out/else.txt").write_text("mine")
        assert targets("in") == ["out/page.txt", "out/sub/page.txt"]

    def test_other_files_and_links_are_counted(self) -> None:
        Path("in/a.jpg").write_text("x")
        Path("in/b.pdf").write_text("x")
        Path("in/up").symlink_to("..", target_is_directory=True)
        with planned(["in"], "out") as plan:
            assert (plan.finder.left_out, plan.finder.links, plan.ledger.planned) == (2, 1, 2)

    def test_a_page_is_text_when_it_is_cleaned_and_called_so(self) -> None:
        for name in ("page.html", "two.HTM.gz"):
            Path("other", name).write_text("x")
        assert targets("other") == ["out/page.html.txt", "out/page.txt", "out/two.HTM.txt.gz"]
        assert targets("other/page.html", out="page.txt") == ["page.txt"]

    def test_all_to_one_file_or_to_shards_in_a_folder(self) -> None:
        for out, shards, expected in (
            ("all.jsonl", 1, ["all.jsonl"]),
            ("all.jsonl.gz", 1, ["all.jsonl.gz"]),
            ("all", 1, ["all/part-00000-of-00001.jsonl"]),
            ("all", 2, ["all/part-00000-of-00002.jsonl", "all/part-00001-of-00002.jsonl"]),
        ):
            chosen = CorpusSettings(to="jsonl", shards=shards)
            with planned(["in", "other"], out, chosen) as plan:
                assert [str(target) for target in plan.targets] == expected
                assert plan.ledger.planned == 3

    @pytest.mark.parametrize(
        ("name", "out"),
        [
            ("page.txt", "x.zip"), ("page.txt", "x.jsonl"), ("page.txt", "x.json"),
            ("page.html", "x.html"), ("a.jsonl", "rows.parquet"), ("a.warc.gz", "pages.jsonl"),
            ("a.jsonl", "x.txt.gz"), ("prose", "x.jsonl"),
        ],
    )  # fmt: skip
    def test_an_output_is_not_named_as_another_kind(self, name: str, out: str) -> None:
        Path(name).write_bytes(b"")
        assert "another kind" in refusal(name, out=out)
        assert not Path(out).exists()

    @pytest.mark.parametrize(
        ("name", "out"),
        [
            ("page.txt", "x.md"), ("page.txt", "x.clean"), ("page.html", "x.html.txt"),
            ("a.jsonl", "x.ndjson.gz"), ("a.warc.gz", "x.wet"), ("a.tgz", "x.tar"),
            ("page.txt", "x"), ("a.parquet", "x.pq"),
        ],
    )  # fmt: skip
    def test_or_as_its_own(self, name: str, out: str) -> None:
        Path(name).write_bytes(b"")
        assert targets(name, out=out) == [out]

    def test_a_file_without_a_telling_name_is_told_by_what_it_holds(self) -> None:
        Path("rows").write_bytes(gzip.compress(b'{"text": "Rain."}\n'))
        Path("prose").write_text("Rain.")
        with planned(["rows", "prose"], "out") as plan:
            assert [(row.file.format.name, row.file.compression) for row in plan.ledger.rows()] == [
                ("jsonl", "gzip"),
                ("txt", None),
            ]

    def test_names_that_differ_by_case_alone(self, monkeypatch: pytest.MonkeyPatch) -> None:
        Path("in/Page.txt").write_text("Rain.")
        assert targets("in") == ["out/Page.txt", "out/page.txt", "out/sub/page.txt"]
        monkeypatch.setattr("boilerkill.corpus.plan.ignores_case", lambda folder: True)
        with planned(["in"], "out") as plan:
            assert [row.file.path for row in plan.ledger.rows()] == [
                Path("in/Page.txt"),
                Path("in/sub/page.txt"),
            ]
            (failure,) = plan.finder.failures
        assert failure.path == Path("in/page.txt")
        assert "differs by case alone from in/Page.txt" in failure.reason

    def test_names_in_other_encodings(self) -> None:
        name = os.fsdecode(b"a\xff\n.txt")
        Path("in", name).write_text("Rain.")
        assert f"out/{name}" in targets("in")


@pytest.mark.usefixtures("root")
class TestRefusals:
    def test_a_path_that_does_not_exist(self) -> None:
        assert refusal("in", "gone.txt") == "gone.txt: no such file or directory"

    def test_a_path_that_is_a_loop_of_links(self) -> None:
        Path("loop").symlink_to("loop")
        assert "symbolic links" in refusal("loop")

    def test_no_path_and_no_output(self) -> None:
        assert "no path" in refusal()
        assert "empty" in refusal("in", out="")

    def test_an_empty_folder(self) -> None:
        Path("empty/deep").mkdir(parents=True)
        Path("empty/a.jpg").write_text("x")
        message = refusal("empty")
        assert "nothing to clean" in message
        assert "in empty" in message
        assert "other files: 1" in message

    @pytest.mark.parametrize("out", ["in", "in/out", "in/sub", "in/../in/new/deep", "./in"])
    def test_an_output_inside_the_input(self, out: str) -> None:
        for overwrite in (False, True):
            assert "lies inside the input in" in refusal("in", out=out, overwrite=overwrite)

    def test_an_output_inside_the_input_by_a_link(self) -> None:
        Path("elsewhere").symlink_to("in/sub", target_is_directory=True)
        assert "lies inside the input in" in refusal("in", out="elsewhere/new")

    def test_an_input_inside_the_output(self) -> None:
        assert "the input in/sub lies inside the output in" in refusal("in/sub", out="in")
        assert "lies inside the output" in refusal("in", out=".")

    @pytest.mark.parametrize("out", ["in/page.txt", "in", "in/", "in/sub/../page.txt"])
    def test_a_file_that_would_become_itself(self, out: str) -> None:
        for overwrite in (False, True):
            assert "is an input too" in refusal("in/page.txt", out=out, overwrite=overwrite)

    def test_a_file_that_would_become_another_input(self) -> None:
        Path("other/page.txt").rename("other/b.txt")
        Path("in/b.txt").write_text("x")
        Path("spare").mkdir()
        Path("spare/b.txt").symlink_to("../in/b.txt")
        message = refusal("in/b.txt", "other", out="spare", overwrite=True)
        assert message == "the output spare/b.txt is an input too"

    def test_a_link_to_an_input_as_the_output(self) -> None:
        Path("alias.txt").symlink_to("in/page.txt")
        assert "is an input too" in refusal("in/page.txt", out="alias.txt", overwrite=True)

    def test_two_inputs_with_one_output(self) -> None:
        message = refusal("in/page.txt", "other/page.txt")
        assert message == "in/page.txt and other/page.txt would both become out/page.txt"
        Path("twin/in").mkdir(parents=True)
        Path("twin/in/page.txt").write_text("x")
        message = refusal("in", "twin/in")
        assert message == "in/page.txt and twin/in/page.txt would both become out/in/page.txt"

    def test_an_output_that_is_the_folder_of_another(self) -> None:
        Path("twin").mkdir()
        Path("twin/in").write_text("x")
        message = refusal("in", "twin/in")
        assert "twin/in would become out/in, the folder of what another becomes" in message

    @pytest.mark.parametrize("out", ["out.jsonl", "out.csv", "out.txt.gz", "out.json"])
    def test_an_output_that_is_named_as_a_file_of_another_kind(self, out: str) -> None:
        to = CorpusSettings(to="parquet")
        for source in ("in", "in/page.txt"):
            with pytest.raises(CorpusError, match="another kind than --to parquet"):
                make_plan([source], out, to)
        assert f"{out} is named as a file, and would be a folder" in refusal("in", out=out)
        assert targets("in", out=f"{out}/")[0] == f"{out}/page.txt"
        Path(out).mkdir()
        assert targets("in", out=out)[0] == f"{out}/page.txt"
        with planned(["in"], out, to) as plan:
            assert plan.targets == (Path(out, "part-00000-of-00001.parquet"),)

    def test_an_output_that_exists(self) -> None:
        Path("out").mkdir()
        Path("out/page.txt").write_text("mine")
        message = refusal("in")
        assert "the output exists: out/page.txt" in message
        assert "--overwrite" in message
        assert "out/page.txt" in targets("in", settings=OVERWRITE)

    def test_many_outputs_that_exist_are_named_in_part(self) -> None:
        Path("many").mkdir()
        Path("out").mkdir()
        for number in range(10):
            Path(f"many/{number}.txt").write_text("x")
            Path(f"out/{number}.txt").write_text("x")
        message = refusal("many")
        assert "10 outputs exist: out/0.txt, out/1.txt, out/2.txt and 7 more" in message

    def test_a_dangling_link_as_the_output_exists_too(self) -> None:
        Path("out.txt").symlink_to("nowhere")
        assert "the output exists" in refusal("in/page.txt", out="out.txt")

    @pytest.mark.parametrize("overwrite", [False, True])
    def test_an_output_of_the_wrong_sort(self, overwrite: bool) -> None:
        Path("file").write_text("mine")
        assert "is no folder: file" in refusal("in", out="file", overwrite=overwrite)
        assert "is no folder" in refusal("in/page.txt", "other", out="file", overwrite=overwrite)
        Path("out/page.txt").mkdir(parents=True)
        assert "out/page.txt is a folder" in refusal("in", overwrite=overwrite)

    @pytest.mark.skipif(not Path("/dev/null").exists(), reason="needs devices")
    def test_a_device_as_the_output(self) -> None:
        assert "not a regular file" in refusal("in/page.txt", out="/dev/null", overwrite=True)
        with pytest.raises(CorpusError, match="not a regular file"):
            check_target(Path("/dev/null"), overwrite=True)

    def test_a_folder_that_must_not_be_looked_into(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def forbid(path: object) -> bool:
            raise PermissionError(13, "Permission denied", "out/page.txt")

        monkeypatch.setattr(os.path, "lexists", forbid)
        assert refusal("in") == "out/page.txt: permission denied"
