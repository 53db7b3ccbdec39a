"""The command, as a user runs it."""

from __future__ import annotations

import contextlib
import gzip
import io
import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import IO, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from boilerkill import __version__, clean, separate
from boilerkill.cli import main
from boilerkill.corpus import CorpusReport, CorpusSettings, Failure
from boilerkill.corpus.files import DocumentError
from boilerkill.corpus.show import closing_table, failure_lines

SENTENCE = "Rain ended the drought on Monday, and the river rose by two metres before noon."
ARTICLE = "Rain ended the drought on Monday.\n\n“At last,” said the mayor."
PAGE = f"{ARTICLE}\n\nBy Ann Lee\n\nLeave a Reply\n\nShare this: Facebook Twitter WhatsApp"

# How long to wait for a process that hangs; nothing is measured by it.
PATIENCE = 120

needs_posix = pytest.mark.skipif(os.name != "posix", reason="needs POSIX")


@pytest.fixture(autouse=True)
def ctrl_c() -> Iterator[None]:
    """Hear Ctrl-C, to which a shell makes deaf what it starts in the background."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in a folder of its own, which holds one page and a crawl of two.

    What runs in this process starts no others, which takes its time; what runs in another does.
    """
    monkeypatch.setattr("boilerkill.corpus.pool.cores", lambda: 0)
    monkeypatch.chdir(tmp_path)
    Path("page.txt").write_text(PAGE, "utf-8")
    Path("crawl/sub").mkdir(parents=True)
    Path("crawl/a.txt").write_text(PAGE, "utf-8")
    Path("crawl/sub/b.md").write_text(ARTICLE, "utf-8")
    return tmp_path


def command(*arguments: str | bytes) -> list[str | bytes]:
    return [sys.executable, "-m", "boilerkill", *arguments]


def run(
    *arguments: str | bytes, stdin: bytes = b"", environment: dict[str, str] | None = None
) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        command(*arguments),
        input=stdin,
        capture_output=True,
        check=False,
        timeout=PATIENCE,
        env={**os.environ, **(environment or {})},
    )


def usage_error(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """Run the command in this process, check that it refuses, and return what it says."""
    try:
        code = main(arguments)
    except SystemExit as stop:
        code = stop.code if isinstance(stop.code, int) else -1
    said = capsys.readouterr()
    assert code == 2
    assert said.out == ""
    assert "error: " in said.err
    return said.err


def give_stdin(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data)))


def tree(path: str) -> list[str]:
    """Return the files below a path, without what a run keeps for itself."""
    files = (file.relative_to(path) for file in Path(path).rglob("*") if file.is_file())
    return sorted(str(file) for file in files if ".boilerkill" not in str(file))


class TestStream:
    @settings(
        deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50
    )
    @given(text=st.text() | st.just(PAGE))
    def test_standard_input_is_cleaned_to_standard_output(self, text: str) -> None:
        data = text.replace("\x00", "").encode("utf-8", "replace")
        out = io.TextIOWrapper(io.BytesIO(), "ascii")
        with (
            pytest.MonkeyPatch.context() as patch,
            contextlib.redirect_stdout(out),
            contextlib.redirect_stderr(io.StringIO()),
        ):
            give_stdin(patch, data)
            assert main(["clean"]) == 0
        body = clean(data)
        assert out.buffer.getvalue() == (f"{body}\n".encode() if body else b"")

    @pytest.mark.parametrize("arguments", [["clean"], ["clean", "-"], ["clean", "-", "-o", "-"]])
    def test_through_a_pipe(self, arguments: list[str]) -> None:
        done = run(*arguments, stdin=PAGE.encode())
        assert done.returncode == 0
        assert done.stdout == f"{ARTICLE}\n".encode()
        assert done.stderr.startswith(b"boilerkill: documents        1\n")
        assert b"BYLINE" in done.stderr

    def test_an_encoding_that_standard_output_lacks_is_no_obstacle(self) -> None:
        environment = {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0", "LC_ALL": "C"}
        done = run("clean", stdin="Дождь шёл всю ночь.".encode(), environment=environment)
        assert done.stdout.decode("utf-8") == "Дождь шёл всю ночь.\n"
        done = run("explain", stdin="Дождь шёл всю ночь.".encode(), environment=environment)
        assert (done.returncode, b"\\u0414" in done.stdout) == (0, True)

    @pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32", "utf-16-le"])
    def test_other_encodings(self, encoding: str) -> None:
        assert run("clean", "-q", stdin=ARTICLE.encode(encoding)).stdout.decode() == ARTICLE + "\n"

    def test_a_given_encoding(self) -> None:
        data = "Дождь шёл всю ночь.".encode("koi8-r")
        done = run("clean", "-q", "--encoding", "koi8-r", stdin=data)
        assert done.stdout.decode() == "Дождь шёл всю ночь.\n"

    @pytest.mark.parametrize(
        ("format", "expected"),
        [("html", "It rained.\nIt stopped.\n"), ("text", "It rained.<br>It stopped.\n")],
    )
    @pytest.mark.parametrize("command", [("clean", "-q"), ("explain", "--json")])
    def test_a_given_format(self, command: tuple[str, ...], format: str, expected: str) -> None:
        done = run(*command, "--format", format, stdin=b"It rained.<br>It stopped.")
        said = done.stdout.decode()
        if command[0] == "explain":
            said = "".join(json.loads(line)["text"] + "\n" for line in said.splitlines())
        assert said == expected

    def test_an_empty_document(self) -> None:
        done = run("clean")
        assert (done.returncode, done.stdout) == (0, b"")
        assert b"words            0 in, 0 out\n" in done.stderr

    def test_a_binary_document(self) -> None:
        done = run("clean", stdin=b"\x00\x01\x02")
        assert (done.returncode, done.stdout) == (1, b"")
        assert b"boilerkill: standard input: binary" in done.stderr
        assert b"failures         1\n" in done.stderr

    def test_into_a_file(self, monkeypatch: pytest.MonkeyPatch) -> None:
        give_stdin(monkeypatch, PAGE.encode())
        assert main(["clean", "-o", "new/out.txt"]) == 0
        assert Path("new/out.txt").read_text("utf-8") == ARTICLE + "\n"

    def test_into_a_file_that_can_not_be_written(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        give_stdin(monkeypatch, PAGE.encode())
        assert main(["clean", "-o", "page.txt/out.txt"]) == 1
        assert "standard input: can't write page.txt/out.txt" in capsys.readouterr().err

    def test_into_a_file_of_another_kind(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        give_stdin(monkeypatch, PAGE.encode())
        assert "named as a file of another kind" in usage_error(capsys, "clean", "-o", "o.jsonl")
        assert not Path("o.jsonl").exists()

    def test_an_output_that_exists_is_refused_before_anything_is_read(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert "exists: page.txt" in usage_error(capsys, "clean", "-o", "page.txt")
        assert "is a folder" in usage_error(capsys, "clean", "-", "-o", "crawl", "--overwrite")
        assert Path("page.txt").read_text("utf-8") == PAGE

    def test_one_file_to_standard_output(self) -> None:
        done = run("clean", "page.txt", "-o", "-", "--quiet")
        assert (done.returncode, done.stdout.decode(), done.stderr) == (0, ARTICLE + "\n", b"")

    def test_a_closed_standard_input(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setattr("sys.stdin", None)
        assert main(["clean"]) == 1
        assert "standard input: it is closed" in capsys.readouterr().err

    @needs_posix
    @pytest.mark.parametrize("unbuffered", ["", "1"])
    @pytest.mark.parametrize(
        "arguments", [["clean", "big.txt", "-o", "-", "-q"], ["explain", "big.txt"]]
    )
    def test_a_reader_that_goes_away(self, arguments: list[str], unbuffered: str) -> None:
        Path("big.txt").write_text("“Rain fell, and nobody minded.”\n\n" * 20_000, "utf-8")
        process = subprocess.Popen(
            command(*arguments),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={**os.environ, "PYTHONUNBUFFERED": unbuffered},
        )
        assert process.stdout is not None
        process.stdout.read(1)
        process.stdout.close()
        process.stdout = None
        _, said = process.communicate(timeout=PATIENCE)
        assert (process.returncode, said) == (141, b"")

    @pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
    @pytest.mark.parametrize("name", ["clean", "explain"])
    def test_a_full_disk_behind_standard_output(self, name: str) -> None:
        with Path("/dev/full").open("wb") as full:
            done = subprocess.run(
                command(name),
                input=PAGE.encode(),
                stdout=full,
                stderr=subprocess.PIPE,
                check=False,
                timeout=PATIENCE,
            )
        assert done.returncode == 1
        assert done.stderr == (
            b"boilerkill: error: can't write to standard output: No space left on device\n"
        )


class TestFolders:
    def test_the_tree_is_kept_and_the_closing_table_says_what_went(self) -> None:
        Path("crawl/page.html").write_text("<p>x</p>")
        Path("crawl/photo.jpg").write_bytes(b"x")
        done = run("clean", "crawl", "-o", "out")
        assert (done.returncode, done.stdout) == (0, b"")
        assert tree("out") == ["a.txt", "page.html.txt", "sub/b.md"]
        assert Path("out/a.txt").read_text("utf-8") == ARTICLE + "\n"
        assert re.fullmatch(
            r"boilerkill: documents        3\n"
            r"boilerkill: words            \d+ in, \d+ out\n"
            r"boilerkill: characters       [\d.]+% kept, [\d.]+% removed\n"
            r"(boilerkill:   [A-Z_]+ +[\d.]+%\n)+"
            r"boilerkill: failures         0\n"
            r"boilerkill: left out         1 other file \(1 \.jpg\)\n"
            r"boilerkill: time             .*, .* documents? and .* a second\n",
            done.stderr.decode(),
        )

    def test_a_document_that_fails_does_not_stop_the_others(self) -> None:
        Path("crawl/0.txt").write_bytes(b"\x7fELF\x00")
        Path("crawl/loop.txt").symlink_to("loop.txt")
        done = run("clean", "crawl", "page.txt", "-o", "out")
        lines = done.stderr.decode().splitlines()
        assert done.returncode == 1
        assert tree("out") == ["crawl/a.txt", "crawl/sub/b.md", "page.txt"]
        assert lines[0].startswith("boilerkill: crawl/loop.txt: too many levels of symbolic links")
        assert lines[1].startswith("boilerkill: crawl/0.txt: binary, not text")
        assert lines[2] == "boilerkill: failures are listed in out/.boilerkill/failures.jsonl"
        assert lines[3] == "boilerkill: documents        3"
        failures = Path("out/.boilerkill/failures.jsonl").read_text().splitlines()
        assert [json.loads(line)["source"] for line in failures] == [
            "crawl/loop.txt",
            "crawl/0.txt",
        ]

    @pytest.mark.parametrize("name", ["p.HTML", "p.htm"])
    def test_a_page_is_cleaned_as_a_page(self, name: str) -> None:
        page = f"<nav><a href='/'>Home</a></nav><p>{SENTENCE}</p>"
        Path(name).write_text(page)
        done = run("clean", name, "page.txt", "-o", "out")
        assert done.returncode == 0
        assert tree("out") == [f"{name}.txt", "page.txt"]
        body = clean(page, format="html")
        assert SENTENCE in body
        assert Path(f"out/{name}.txt").read_text() == body + "\n"
        done = run("clean", name, "-o", "-")
        assert (done.returncode, done.stdout.decode()) == (0, body + "\n")

    @pytest.mark.may_skip
    @pytest.mark.skipif(
        os.name != "posix" or os.geteuid() == 0, reason="the administrator may read everything"
    )
    def test_what_must_not_be_read(self) -> None:
        Path("crawl/a.txt").chmod(0)
        Path("crawl/sub").chmod(0)
        try:
            done = run("clean", "crawl", "page.txt", "-o", "out")
        finally:
            Path("crawl/sub").chmod(0o700)
        assert done.returncode == 1
        assert b"crawl/sub: permission denied" in done.stderr
        assert b"crawl/a.txt: permission denied" in done.stderr
        assert tree("out") == ["page.txt"]

    def test_an_unreadable_file(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        opening = Path.open

        def refuse(path: Path, *arguments: str, **options: str) -> IO[Any]:
            if path.name != "page.txt":
                return opening(path, *arguments, **options)  # type: ignore[call-overload, no-any-return]
            raise PermissionError(13, "Permission denied", str(path))

        monkeypatch.setattr(Path, "open", refuse)
        assert main(["clean", "page.txt", "-o", "out.txt", "--jobs", "0"]) == 1
        assert "boilerkill: page.txt: permission denied\n" in capsys.readouterr().err
        assert not Path("out.txt").exists()
        assert main(["explain", "page.txt"]) == 1
        assert capsys.readouterr().err == "boilerkill: page.txt: permission denied\n"

    def test_links_are_counted(self, capsys: pytest.CaptureFixture[str]) -> None:
        Path("crawl/up").symlink_to("..", target_is_directory=True)
        Path("crawl/sub/self").symlink_to(".", target_is_directory=True)
        assert main(["clean", "crawl", "-o", "out"]) == 0
        assert "not followed     2 links to folders\n" in capsys.readouterr().err
        assert tree("out") == ["a.txt", "sub/b.md"]

    def test_quiet(self, capsys: pytest.CaptureFixture[str]) -> None:
        Path("crawl/0.txt").write_bytes(b"\x00")
        assert main(["clean", "crawl", "-o", "out", "--quiet"]) == 1
        said = capsys.readouterr()
        assert said.out == ""
        assert said.err == (
            "boilerkill: crawl/0.txt: binary, not text: it holds NUL bytes\n"
            "boilerkill: failures are listed in out/.boilerkill/failures.jsonl\n"
        )

    def test_overwrite(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["clean", "page.txt", "-o", "out.txt"]) == 0
        Path("out.txt").write_text("mine")
        assert "the output exists: out.txt" in usage_error(
            capsys, "clean", "page.txt", "-o", "out.txt"
        )
        assert Path("out.txt").read_text() == "mine"
        assert main(["clean", "page.txt", "-o", "out.txt", "--overwrite"]) == 0
        assert Path("out.txt").read_text("utf-8") == ARTICLE + "\n"

    def test_options_reach_the_library(self) -> None:
        assert main(["clean", "page.txt", "-o", "k.txt", "--keep", "byline,Comment-Form"]) == 0
        assert main(["clean", "page.txt", "-o", "t.txt", "--threshold", "0"]) == 0
        assert main(["clean", "page.txt", "-o", "s.txt", "--keep", "SHARE", "--keep=BYLINE"]) == 0
        kept = clean(PAGE, keep=["BYLINE", "COMMENT_FORM"])
        assert kept != ARTICLE
        assert Path("k.txt").read_text("utf-8") == kept + "\n"
        assert Path("t.txt").read_text("utf-8") == clean(PAGE, threshold=0) + "\n"
        assert Path("s.txt").read_text("utf-8") == clean(PAGE, keep=["SHARE", "BYLINE"]) + "\n"

    @pytest.mark.parametrize(
        "arguments",
        [
            ["-o", "out", "page.txt", "crawl"],
            ["page.txt", "-o", "out", "crawl"],
            ["page.txt", "-q", "crawl", "-o", "out"],
            ["-o", "out", "--", "page.txt", "crawl"],
        ],
    )
    def test_options_stand_anywhere(self, arguments: list[str]) -> None:
        assert main(["clean", *arguments]) == 0
        assert tree("out") == ["crawl/a.txt", "crawl/sub/b.md", "page.txt"]

    def test_a_name_that_begins_with_a_dash(self) -> None:
        Path("-x.txt").write_text(PAGE, "utf-8")
        assert main(["clean", "-o", "out.txt", "--", "-x.txt"]) == 0
        assert Path("out.txt").read_text("utf-8") == ARTICLE + "\n"

    @needs_posix
    def test_hostile_names_are_printed_safely(self) -> None:
        names = [b"a\xff.txt", b"b\n.txt", b"c\x1b[2J\x07.txt", "d\u202e.txt".encode()]
        for name in names:
            Path(os.fsdecode(b"crawl/" + name)).write_bytes(b"\x00")
        done = run("clean", "crawl", "-o", "out")
        assert done.returncode == 1
        lines = done.stderr.splitlines()
        assert [line.split(b": ")[1] for line in lines[:4]] == [
            b"crawl/a\\xff.txt",
            b"crawl/b\\n.txt",
            b"crawl/c\\x1b[2J\\x07.txt",
            b"crawl/d\\u202e.txt",
        ]
        assert lines[4].startswith(b"boilerkill: failures are listed in ")
        done = run("clean", b"gone\xff\n\x1b[2J", "-o", "out")
        assert done.stderr == (
            b"boilerkill: error: gone\\xff\\n\\x1b[2J: no such file or directory\n"
        )
        done = run("clean", "--\x1b[2J\u202e", "-o", "out")
        assert (done.returncode, done.stderr.count(b"\x1b")) == (2, 0)

    @needs_posix
    def test_hostile_names_are_cleaned_like_others(self) -> None:
        name = os.fsdecode(b"crawl/a\xff\n.txt")
        Path(name).write_text(PAGE, "utf-8")
        assert main(["clean", "crawl", "-o", "out"]) == 0
        copy = Path("out", os.fsdecode(b"a\xff\n.txt"))
        assert copy.read_text("utf-8") == ARTICLE + "\n"


class TestUsage:
    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            (["clean", "page.txt"], "say where to write: -o OUT"),
            (["clean", "crawl", "-o", "-"], "crawl is a folder"),
            (["clean", "page.txt", "crawl", "-o", "-"], "-o - takes one file"),
            (["clean", "-", "page.txt", "-o", "out"], "together with other paths"),
            (["clean", "gone.txt", "-o", "out"], "gone.txt: no such file or directory"),
            (["clean", "gone.txt", "-o", "-"], "gone.txt: no such file or directory"),
            (["clean", "page.txt/", "gone/", "-o", "out"], "no such file or directory"),
            (["clean", "crawl", "-o", "crawl/out"], "crawl/out lies inside the input crawl"),
            (["clean", "crawl/sub", "-o", "crawl"], "crawl/sub lies inside the output crawl"),
            (["clean", "crawl", "-o", "page.txt"], "is no folder: page.txt"),
            (["clean", "page.txt", "crawl/a.txt", "page.txt", "-o", "page.txt"], "is no folder"),
            (["clean", "page.txt", "-o", "page.txt", "--overwrite"], "is an input too"),
            (["clean", "page.txt", "-o", ""], "the output path is empty"),
            (["clean", "crawl", "-o", "out", "--keep", "NONSENSE"], "expected kinds out of BODY"),
            (["clean", "crawl", "-o", "out", "--keep", ""], "expected kinds out of BODY"),
            (["clean", "crawl", "-o", "out", "--threshold", "2"], "a number from 0 to 1"),
            (["clean", "crawl", "-o", "out", "--threshold", "nan"], "a number from 0 to 1"),
            (["clean", "crawl", "-o", "out", "--threshold", "x"], "a number from 0 to 1"),
            (["clean", "crawl", "-o", "out", "--encoding", "x"], "names no text encoding"),
            (["clean", "crawl", "-o", "out", "--jobs", "-1"], "a whole number, at least 0"),
            (["clean", "crawl", "-o", "out", "--timeout", "0"], "a number of seconds above 0"),
            (["clean", "crawl", "-o", "out", "--add", "x"], "expected names out of kinds"),
            (["clean", "crawl", "-o", "out", "--add", "title"], "text has no fields"),
            (["clean", "crawl", "-o", "out", "--shards", "2"], "say which kind they are of"),
            (
                ["clean", "crawl", "-o", "o.jsonl", "--to", "jsonl", "--shards", "2"],
                "need a folder",
            ),
            (["clean", "crawl", "-o", "crawl/o.jsonl", "--to", "jsonl"], "inside the input crawl"),
            (["clean", "crawl", "--dry-run"], "say where it would be written"),
            (["status", "crawl"], "has no ledger"),
            (["clean", "-", "-o", "out.csv", "--to", "jsonl"], "another kind than --to jsonl"),
            (["clean", "page.txt", "-o", "x.zip"], "named as a file of another kind"),
            (["status", "gone"], "has no ledger"),
            (["clean", "crawl", "-o", "out", "--over"], "unrecognized arguments: --over"),
            (["clean", "crawl", "-o"], "expected one argument"),
            (["explain", "crawl"], "crawl is a folder"),
            (["explain", "gone.txt"], "gone.txt: no such file or directory"),
            (["explain", "page.txt", "crawl"], "unrecognized arguments: crawl"),
            (["nonsense"], "invalid choice"),
            ([], "required"),
        ],
    )
    def test_wrong_usage(
        self, capsys: pytest.CaptureFixture[str], arguments: Sequence[str], said: str
    ) -> None:
        before = {path: Path(path).read_bytes() for path in tree(".")}
        assert said in usage_error(capsys, *arguments)
        assert {path: Path(path).read_bytes() for path in tree(".")} == before

    def test_an_empty_folder(self, capsys: pytest.CaptureFixture[str]) -> None:
        Path("empty").mkdir()
        said = usage_error(capsys, "clean", "empty", "-o", "out")
        assert "nothing to clean: no .arrow, " in said
        assert ".txt, .warc, .wet, .xhtml, .zip file in empty" in said
        assert not Path("out").exists()

    def test_the_exit_code_reaches_the_shell(self) -> None:
        done = run("clean", "gone.txt", "-o", "out")
        assert (done.returncode, done.stdout) == (2, b"")

    @pytest.mark.parametrize(
        "name", [[], ["clean"], ["explain"], ["report"], ["compare"], ["learn"]]
    )
    def test_help_names_every_option_and_has_examples(
        self, capsys: pytest.CaptureFixture[str], name: list[str]
    ) -> None:
        with pytest.raises(SystemExit) as stop:
            main([*name, "--help"])
        assert stop.value.code == 0
        said = capsys.readouterr().out
        assert "examples:\n" in said
        assert max(map(len, said.splitlines())) <= 100
        options = {
            "clean": "--output --overwrite --keep --threshold --format --encoding --field --to --shards --add "
            "--phrases --jobs --timeout --max-bytes --strict --progress --report --dry-run --sample --quiet "
            "page.html.txt exit COMMENT_FORM",
            "report": "--output --overwrite --sample --seed --keep --threshold --field --profile --phrases exit",
            "compare": "--with --output --overwrite --sample --seed trafilatura exit",
            "explain": "--keep --threshold --format --encoding --phrases --json exit",
            "learn": "--output --overwrite --group --field --format --encoding --phrases --jobs exit",
        }
        for word in options.get("".join(name), "clean explain --version").split():
            assert word in said

    def test_the_examples_of_the_help_are_right_usage(
        self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        Path("notes.txt").write_text(PAGE, "utf-8")
        shown = 0
        Path("pages").mkdir()
        for path in ("page.html", "pages/a.html"):
            Path(path).write_text(f"<nav><a href='/'>Home</a></nav><p>{SENTENCE}</p>", "utf-8")
        for name in ("learn", "clean", "explain", "status", "compare", "report"):
            with pytest.raises(SystemExit):
                main([name, "--help"])
            examples = capsys.readouterr().out.partition("examples:\n")[2]
            for line in re.findall(rf"boilerkill ({name}.*)", examples):
                give_stdin(monkeypatch, PAGE.encode())
                words = re.split(r" [|<>] ", line)[0].split()
                jobs = ["--jobs", "0"] if name == "clean" and "--jobs" not in words else []
                assert main([*words, *jobs]) == 0
                shown += 1
        assert shown >= 10

    def test_version(self, capsys: pytest.CaptureFixture[str]) -> None:
        with pytest.raises(SystemExit) as stop:
            main(["--version"])
        assert stop.value.code == 0
        assert capsys.readouterr().out == f"boilerkill {__version__}\n"

    @pytest.mark.parametrize("arguments", [["--version"], ["clean", "--help"]])
    def test_the_core_is_not_imported_to_say_so(self, arguments: list[str]) -> None:
        script = (
            "import sys\nfrom boilerkill.cli import main\n"
            "try: main(sys.argv[1:])\n"
            "except SystemExit: pass\n"
            "heavy = {'rich', 'numpy', 'ftfy', 'dateparser', 'regex', 'charset_normalizer'}\n"
            "sys.exit(str(heavy & sys.modules.keys()) if heavy & sys.modules.keys() else 0)"
        )
        done = subprocess.run(
            [sys.executable, "-c", script, *arguments], capture_output=True, check=False
        )
        assert (done.returncode, done.stderr) == (0, b"")

    def test_rich_is_not_imported_where_there_is_no_terminal(self) -> None:
        script = (
            "import sys\nfrom boilerkill.cli import main\n"
            "assert main(['clean', 'crawl', '-o', 'out']) == 0\n"
            "assert 'rich' not in sys.modules"
        )
        done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=False)
        assert done.returncode == 0, done.stderr


class TestClosingTable:
    def test_singular_and_plural(self) -> None:
        report = CorpusReport(1, kept=1, left_out=2, links=1)
        lines = closing_table(report)
        assert "characters       100.0% kept, 0.0% removed" in lines
        assert "left out         2 other files" in lines
        assert "not followed     1 link to folders" in lines

    def test_one_document_is_one(self) -> None:
        report = CorpusReport(1, bytes=5_000, seconds=1.0)
        assert closing_table(report)[-1] == "time             1.0 s, 1 document and 5 kB a second"
        assert closing_table(CorpusReport(seconds=1.0))[-1] == "time             1.0 s"

    def test_of_a_run_that_was_stopped(self) -> None:
        assert closing_table(CorpusReport(stopped="Ctrl-C"))[0] == "stopped          Ctrl-C"

    def test_the_first_failures_are_named_and_the_others_counted(self) -> None:
        report = CorpusReport()
        for number in range(25):
            report.fail(Failure(Path("a.jsonl"), "no JSON object", f"line {number}"))
        lines = list(failure_lines(report))
        assert lines[0] == "a.jsonl, line 0: no JSON object"
        assert lines[20:] == ["and 5 more"]

    def test_as_json(self) -> None:
        Path("crawl/0.txt").write_bytes(b"\x00")
        assert main(["clean", "crawl", "-o", "out", "-q", "--report", "report.json"]) == 1
        report = json.loads(Path("report.json").read_text())
        assert (report["documents"], report["failed"]) == (2, 1)
        assert report["failures"][0]["source"] == "crawl/0.txt"
        assert report["words_in"] > report["words_out"] > 0
        assert 0 < report["removed_share"]["BYLINE"] < 1


class TestReportFile:
    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            (["crawl", "-o", "out", "--report", "page.txt"], "the output exists: page.txt"),
            (["crawl", "-o", "out", "--report", "crawl/a.txt", "--overwrite"], "is an input"),
            (["crawl", "-o", "out", "--report", "out/a.txt"], "is an output too"),
            (["crawl", "-o", "out", "--report", "x/../out/sub/b.md"], "is an output too"),
            (["crawl", "-o", "o.jsonl", "--to", "jsonl", "--report", "o.jsonl"], "an output too"),
            (["page.txt", "-o", "o.txt", "--report", "./o.txt"], "is an output too"),
            (["crawl", "-o", "out", "--report", "crawl"], "is a folder"),
            (["crawl", "-o", "out", "--report", "page.txt/r.json"], "page.txt is no folder"),
            (["-", "-o", "o.txt", "--report", "o.txt"], "is an output too"),
            (["page.txt", "-o", "-", "--report", "page.txt", "--overwrite"], "is an input too"),
            (["-", "--report", "page.txt"], "the output exists: page.txt"),
        ],
    )
    def test_it_takes_no_other_place(
        self, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
    ) -> None:
        before = {path: Path(path).read_bytes() for path in tree(".")}
        assert said in usage_error(capsys, "clean", *arguments)
        assert {path: Path(path).read_bytes() for path in tree(".")} == before

    def test_the_same_command_goes_on(self) -> None:
        command = ["clean", "crawl", "-o", "out", "-q", "--report", "out/r.json"]
        for before in (0, 2):
            assert main(command) == 0
            assert json.loads(Path("out/r.json").read_text())["done_before"] == before

    @pytest.mark.parametrize("output", ["-", "o.txt"])
    def test_of_a_stream(self, output: str) -> None:
        assert main(["clean", "page.txt", "-o", output, "-q", "--report", "r.json"]) == 0
        report = json.loads(Path("r.json").read_text())
        assert report["documents"] == 1
        assert report["seconds"] > 0

    def test_of_a_run_that_is_stopped(self, monkeypatch: pytest.MonkeyPatch) -> None:
        Path("z.jsonl").write_text(json.dumps({"text": PAGE}))
        monkeypatch.setattr("os.fsync", stop_once(signal.SIGINT))
        arguments = ["clean", "z.jsonl", "-o", "out/", "--jobs", "0", "--report", "r.json"]
        assert main(arguments) == 130
        assert json.loads(Path("r.json").read_text())["stopped"] == "Ctrl-C"
        assert main(arguments) == 0
        assert json.loads(Path("r.json").read_text())["stopped"] is None

    def test_one_that_can_not_be_written_is_said(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        def refuse(report: CorpusReport, path: str) -> None:
            raise DocumentError(f"can't write {path}: no space left on device")

        monkeypatch.setattr(CorpusReport, "write", refuse)
        assert main(["clean", "crawl", "-o", "out", "--report", "r.json"]) == 1
        said = capsys.readouterr().err
        assert "error: can't write r.json: no space left on device" in said
        assert "documents        2" in said


class TestSettings:
    def test_each_setting_is_a_flag(self, capsys: pytest.CaptureFixture[str]) -> None:
        with pytest.raises(SystemExit):
            main(["clean", "--help"])
        said = capsys.readouterr().out
        for name in CorpusSettings.__dataclass_fields__:
            assert f"--{name.replace('_', '-')}" in said


class TestPreview:
    def test_a_dry_run_says_what_would_be_done(self, capsys: pytest.CaptureFixture[str]) -> None:
        before = tree(".")
        assert main(["clean", "crawl", "-o", "out", "--dry-run"]) == 0
        said = capsys.readouterr().out.splitlines()
        assert said[:2] == ["crawl/a.txt -> out/a.txt", "crawl/sub/b.md -> out/sub/b.md"]
        assert said[2].startswith("2 files, ")
        assert tree(".") == before
        assert not Path("out").exists()

    def test_a_dry_run_says_what_would_be_left_out(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        Path("crawl/photo.jpg").write_text("x")
        Path("crawl/index.php").write_text("x")
        Path("crawl/gone.txt").symlink_to("nowhere")
        assert main(["clean", "crawl", "-o", "out", "--dry-run"]) == 0
        said = capsys.readouterr().out.splitlines()
        assert said[3:] == [
            "can't be read: crawl/gone.txt: no such file or directory",
            "left out: 2 other files (1 .php, 1 .jpg)",
        ]

    def test_a_sample_shows_before_and_after(self, capsys: pytest.CaptureFixture[str]) -> None:
        before = tree(".")
        assert main(["clean", "crawl", "--sample", "1", "--jobs", "0"]) == 0
        said = capsys.readouterr().out
        assert said.count(": before\n") == said.count("--- after\n") == 1
        assert said.count("“At last,” said the mayor.") == 2
        assert tree(".") == before


class TestStatus:
    def test_of_a_run(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["clean", "crawl", "-o", "out", "-q", "--jobs", "0"]) == 0
        assert main(["status", "out"]) == 0
        said = capsys.readouterr().out
        assert "state            finished\n" in said
        assert "files done       2\n" in said
        assert main(["status", "out", "--json"]) == 0
        assert json.loads(capsys.readouterr().out)["files"] == {"done": 2}


class TestExplain:
    def test_a_file(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["explain", "page.txt"]) == 0
        lines = capsys.readouterr().out.splitlines()
        for segment in separate(PAGE).segments:
            head = lines[lines.index(f"    {segment.text}") - 1]
            assert head.startswith("kept" if segment.kept else "removed")
            assert segment.kind.value in head
            assert f"{segment.score:.2f}" in head
            assert ("quotation" in head) is segment.quoted
            for reason in segment.reasons[:1]:
                assert reason.words in head

    @pytest.mark.parametrize("arguments", [["explain"], ["explain", "-"]])
    def test_standard_input_in_a_pipe_is_plain(self, arguments: list[str]) -> None:
        done = run(*arguments, stdin=PAGE.encode())
        assert (done.returncode, done.stderr) == (0, b"")
        assert "    By Ann Lee\n" in done.stdout.decode()
        assert b"\x1b" not in done.stdout

    def test_long_lines_stay_whole_in_a_pipe(self) -> None:
        line = "Rain fell, and nobody minded. " * 50
        assert line.strip() in run("explain", stdin=line.encode()).stdout.decode()

    def test_json(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["explain", "page.txt", "--json", "--keep", "BYLINE"]) == 0
        segments = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
        expected = separate(PAGE, keep=["BYLINE"]).segments
        assert [(s["kind"], s["kept"], s["text"]) for s in segments] == [
            (segment.kind.value, segment.kept, segment.text) for segment in expected
        ]

    def test_nothing_of_the_text_reaches_the_terminal_raw(self) -> None:
        text = (
            "One \x1b[31mred\x1b[0m \x9b2J \x07 word.\n\n\u202eTwo\u2066 \u200f words.\n\nIt’s 3."
        )
        for arguments in (["explain"], ["explain", "--json"]):
            said = run(*arguments, stdin=text.encode()).stdout.decode()
            assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e\u2066\u200f]", said)
            assert "\\u202e" in said

    @pytest.mark.parametrize(
        ("name", "data", "said"),
        [("a.txt", b"a\x00b", "binary, not text")],
    )
    def test_a_document_that_fails(
        self, capsys: pytest.CaptureFixture[str], name: str, data: bytes, said: str
    ) -> None:
        Path(name).write_bytes(data)
        assert main(["explain", name]) == 1
        printed = capsys.readouterr()
        assert printed.out == ""
        assert printed.err.startswith(f"boilerkill: {name}: {said}")


@needs_posix
class TestTerminal:
    def on_terminal(self, arguments: Sequence[str], *, stream: str) -> str:
        """Run the command with one standard stream on a terminal; return what shows there."""
        controller, terminal = os.openpty()
        streams = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.DEVNULL)
        streams[stream] = terminal
        environment = {**os.environ, "TERM": "xterm-256color", "COLUMNS": "80"}
        for name in ("NO_COLOR", "FORCE_COLOR", "TTY_COMPATIBLE", "TTY_INTERACTIVE"):
            environment.pop(name, None)
        with subprocess.Popen(
            command(*arguments),
            env=environment,
            **streams,  # type: ignore[call-overload]
        ) as process:
            os.close(terminal)
            shown = b""
            # The system ends a terminal that nobody holds any more by an error, or by nothing.
            with contextlib.suppress(OSError):
                while block := os.read(controller, 1 << 16):
                    shown += block
            os.close(controller)
            assert process.wait(PATIENCE) == 0
        return shown.decode()

    def test_the_bar_shows_on_a_terminal(self) -> None:
        shown = self.on_terminal(["clean", "crawl", "-o", "out"], stream="stderr")
        assert "━" in shown
        assert "\x1b[" in shown
        assert "boilerkill: time" in shown.splitlines()[-1]

    def test_no_bar_when_quiet(self) -> None:
        assert self.on_terminal(["clean", "crawl", "-o", "out", "-q"], stream="stderr") == ""

    def test_no_bar_in_a_pipe(self) -> None:
        done = run("clean", "crawl", "-o", "out", environment={"TERM": "xterm-256color"})
        assert b"\x1b" not in done.stderr
        assert "━" not in done.stderr.decode()

    def test_plain_lines_when_asked(self) -> None:
        done = run("clean", "crawl", "-o", "out", "--progress", "plain")
        assert b"boilerkill: 0 documents, 0 B of " in done.stderr

    def test_explain_has_colours_on_a_terminal(self) -> None:
        shown = self.on_terminal(["explain", "page.txt"], stream="stdout")
        assert "\x1b[1;31mremoved" in shown
        assert "\x1b[1;32mkept" in shown
        assert "By Ann Lee" in shown

    @pytest.mark.parametrize("arguments", [["clean"], ["explain"], ["report", "-", "-o", "-"]])
    def test_what_is_typed_is_ended_once(self, arguments: list[str]) -> None:
        controller, terminal = os.openpty()
        with subprocess.Popen(
            command(*arguments), stdin=terminal, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        ) as process:
            os.close(terminal)
            os.write(controller, b"Rain fell all night.\n\x04")
            try:
                said, _ = process.communicate(timeout=PATIENCE / 4)
            finally:
                # It ends a command that waits for more.
                os.close(controller)
            assert (process.returncode, b"Rain fell all night." in said) == (0, True)

    def test_explain_lets_no_escape_of_the_text_through(self) -> None:
        Path("evil.txt").write_text("Rain\x9b2J fell.\n\n\u202eIt \x1b]0;x\x07 stopped.\n", "utf-8")
        shown = self.on_terminal(["explain", "evil.txt"], stream="stdout")
        assert set(re.findall("\x1b.", shown)) == {"\x1b["}
        assert not set(shown) & set("\x9b\x07\u202e")


def stop_once(number: int) -> Callable[[int], None]:
    """Return what stands in for `os.fsync`, and is stopped by a signal the first time."""
    left = [number]

    def stop(descriptor: int) -> None:
        if left:
            signal.raise_signal(left.pop())

    return stop


@needs_posix
class TestInterrupt:
    """Ctrl-C reaches the command while it surely works: a named pipe keeps it waiting."""

    def interrupted(
        self,
        *arguments: str,
        when: Path,
        stdin: int = subprocess.DEVNULL,
        number: int = signal.SIGINT,
    ) -> tuple[int, str]:
        process = subprocess.Popen(
            command(*arguments), stdin=stdin, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
        )
        deadline = time.monotonic() + PATIENCE
        while not when.exists() and process.poll() is None and time.monotonic() < deadline:
            time.sleep(0.01)
        process.send_signal(number)
        _, said = process.communicate(timeout=PATIENCE)
        return process.returncode, said.decode()

    def test_a_folder_run_stops_with_its_closing_table_and_goes_on_later(self) -> None:
        lines = "".join(f"{json.dumps({'text': PAGE})}\n" for _ in range(20_000))
        Path("crawl/z.jsonl").write_text(lines)
        code, said = self.interrupted("clean", "crawl", "-o", "out", when=Path("out/a.txt"))
        assert code == 130
        assert "boilerkill: stopped          Ctrl-C\n" in said
        assert tree("out") == ["a.txt"]
        assert Path("out/a.txt").read_text("utf-8") == ARTICLE + "\n"
        Path("crawl/z.jsonl").unlink()
        assert main(["clean", "crawl", "-o", "out", "-q"]) == 0
        assert tree("out") == ["a.txt", "sub/b.md"]

    def test_quiet_says_nothing(self) -> None:
        lines = "".join(f"{json.dumps({'text': PAGE})}\n" for _ in range(20_000))
        Path("crawl/z.jsonl").write_text(lines)
        code, said = self.interrupted("clean", "crawl", "-q", "-o", "out", when=Path("out/a.txt"))
        assert (code, said) == (130, "")

    @pytest.mark.parametrize("name", ["clean", "explain"])
    def test_while_standard_input_is_read(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], name: str
    ) -> None:
        class Interrupted(io.BytesIO):
            def read(self, size: int | None = -1) -> bytes:
                raise KeyboardInterrupt

        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(Interrupted()))
        assert main([name]) == 130
        said = capsys.readouterr()
        assert said.out == ""
        assert "boilerkill: stopped" in said.err

    def test_in_the_middle_of_writing(self, monkeypatch: pytest.MonkeyPatch) -> None:
        Path("z.jsonl").write_text(json.dumps({"text": PAGE}))

        def interrupt(descriptor: int) -> None:
            assert len(list(Path("out/.boilerkill/waiting").iterdir())) == 1
            signal.raise_signal(signal.SIGINT)

        monkeypatch.setattr("os.fsync", interrupt)
        assert main(["clean", "z.jsonl", "-o", "out/", "--jobs", "0"]) == 130
        assert list(Path("out/.boilerkill/waiting").iterdir()) == []
        assert tree("out") == []

    def test_sigterm_stops_as_ctrl_c_does(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        Path("z.jsonl").write_text(json.dumps({"text": PAGE}))
        monkeypatch.setattr("os.fsync", stop_once(signal.SIGTERM))
        arguments = ["clean", "z.jsonl", "-o", "out/", "--jobs", "0"]
        # Ray, which other tests start in this process, has a handler of its own.
        before = signal.signal(signal.SIGTERM, signal.SIG_DFL)
        try:
            assert main(arguments) == 143
            assert "stopped          SIGTERM\n" in capsys.readouterr().err
            assert list(Path("out/.boilerkill/waiting").iterdir()) == []
            assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL
            assert main(arguments) == 0
        finally:
            signal.signal(signal.SIGTERM, before)

    def test_sigterm_leaves_no_tracebacks_of_the_processes(self) -> None:
        lines = "".join(f"{json.dumps({'text': PAGE})}\n" for _ in range(20_000))
        Path("crawl/z.jsonl").write_text(lines)
        code, said = self.interrupted(
            "clean", "crawl", "-o", "out", "--jobs", "1", when=Path("out/a.txt"),
            number=signal.SIGTERM,
        )  # fmt: skip
        assert code == 143
        assert "boilerkill: stopped          SIGTERM\n" in said
        assert "Traceback" not in said
        assert "Fatal" not in said

    def test_a_second_ctrl_c_does_not_disturb_the_tidying_up(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        Path("z.jsonl").write_text(json.dumps({"text": PAGE}))
        unlink = Path.unlink

        def interrupt(descriptor: int) -> None:
            signal.raise_signal(signal.SIGINT)

        def interrupt_again(path: Path) -> None:
            signal.raise_signal(signal.SIGINT)
            unlink(path)

        monkeypatch.setattr("os.fsync", interrupt)
        monkeypatch.setattr(Path, "unlink", interrupt_again)
        assert main(["clean", "z.jsonl", "-o", "out/", "--jobs", "0"]) == 130
        assert list(Path("out/.boilerkill/waiting").iterdir()) == []

    def test_the_handler_of_before_is_there_again(self) -> None:
        before = signal.getsignal(signal.SIGINT)
        assert main(["clean", "page.txt", "-o", "out.txt", "-q"]) == 0
        assert signal.getsignal(signal.SIGINT) is before

    def test_the_command_runs_in_a_thread_too(self) -> None:
        codes: list[int] = []
        arguments = ["clean", "page.txt", "-o", "out.txt", "-q"]
        thread = threading.Thread(target=lambda: codes.append(main(arguments)))
        thread.start()
        thread.join()
        assert codes == [0]


class TestRecordStreams:
    LINES = "".join(f"{json.dumps({'id': number, 'text': PAGE})}\n" for number in range(3))

    def test_jsonl_on_standard_input_is_told_by_what_it_holds(self) -> None:
        done = run("clean", "--jobs", "1", stdin=(self.LINES + "[]\n").encode())
        assert done.returncode == 1
        rows = [json.loads(line) for line in done.stdout.splitlines()]
        assert rows == [{"id": number, "text": ARTICLE} for number in range(3)]
        assert b"standard input, line 4: no JSON object" in done.stderr

    @pytest.mark.parametrize("jobs", ["0", "1"])
    def test_what_stands_before_a_truncated_end_is_cleaned(self, jobs: str) -> None:
        whole = gzip.compress(self.LINES.encode()) + gzip.compress(b"[]")
        done = run("clean", "--jobs", jobs, stdin=whole[:-12])
        assert done.returncode == 1
        assert [json.loads(line)["text"] for line in done.stdout.splitlines()] == [ARTICLE] * 3
        assert b"standard input, behind line 3: truncated" in done.stderr
        assert run("clean", "-o", "out.jsonl", stdin=b"{}\n{}\n").returncode == 1
        assert not Path("out.jsonl").exists()

    def test_a_file_of_records_to_standard_output(self) -> None:
        Path("a.jsonl").write_text(self.LINES)
        done = run("clean", "a.jsonl", "-o", "-", "-q", "--jobs", "0")
        assert [json.loads(line)["text"] for line in done.stdout.splitlines()] == [ARTICLE] * 3

    def test_a_text_can_become_a_record(self) -> None:
        done = run("clean", "-q", "--to", "jsonl", "--add", "kinds", stdin=PAGE.encode())
        (row,) = [json.loads(line) for line in done.stdout.splitlines()]
        assert row["text"] == ARTICLE
        assert row["kinds"]["BYLINE"] == len("By Ann Lee")
