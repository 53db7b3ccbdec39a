"""What is built of the project: nothing but the library and its data, and the same bytes each time."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

from boilerkill.phrase_files import COMPILED, compiled_phrases

ROOT = Path(__file__).parent.parent
LIBRARY = ROOT / "src" / "boilerkill"

# The last second of 31 May 2024.
EPOCH = "1717199999"
# What an editable installation leaves beside the source.
COMPILED_MODULES = (".so", ".pyd")


def build(folder: Path, kind: str, hash_seed: str = "0") -> Path:
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", kind, "-d", os.fspath(folder)],
        cwd=ROOT,
        check=True,
        capture_output=True,
        env={
            **os.environ,
            "SOURCE_DATE_EPOCH": EPOCH,
            "PYTHONHASHSEED": hash_seed,
            # What a compiler makes is up to the compiler.
            "BOILERKILL_PURE": "1",
        },
    )
    (built,) = folder.iterdir()
    return built


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("wheel"), "wheel")


def library_files() -> set[str]:
    return {
        f"boilerkill/{path.relative_to(LIBRARY).as_posix()}"
        for path in LIBRARY.rglob("*")
        if path.is_file()
        and "__pycache__" not in path.parts
        and path.suffix not in COMPILED_MODULES
    } | {f"boilerkill/{COMPILED}"}


def test_the_wheel_holds_the_library_and_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
        assert archive.testzip() is None
    assert {name for name in names if ".dist-info/" not in name} == library_files()
    about = {name.partition(".dist-info/")[2] for name in names if ".dist-info/" in name}
    assert about == {"METADATA", "RECORD", "WHEEL", "entry_points.txt", "licenses/LICENSE"}


def test_the_phrases_in_the_wheel_are_those_of_the_files(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        assert archive.read(f"boilerkill/{COMPILED}") == compiled_phrases()


def test_phrases_are_compiled_by_an_interpreter_that_has_no_module(tmp_path: Path) -> None:
    # What a build asks for is installed for it alone, beside an environment that may be empty.
    venv.create(tmp_path / "empty")
    python = tmp_path / "empty" / ("Scripts" if os.name == "nt" else "bin") / "python"
    code = "import sys; sys.path = sys.argv[3:]; import hatch_build; from pathlib import Path; "
    code += "hatch_build.compile_phrases(Path(sys.argv[1]), Path(sys.argv[2]))"
    arguments = [str(LIBRARY), str(tmp_path / "made"), str(ROOT), *sys.path]
    subprocess.run([python, "-IB", "-c", code, *arguments], check=True)
    assert (tmp_path / "made" / COMPILED).read_bytes() == compiled_phrases()


def test_the_library_holds_code_and_data_of_known_kinds() -> None:
    kinds = {Path(name).suffix for name in library_files()}
    # Nothing compiled, no pickle, and `py.typed`.
    texts = {".css", ".html", ".js", ".json", ".md", ".txt"}
    assert kinds == texts | {".npz", ".pxd", ".py", ".pyi", ".pyx", ".typed"}


def test_two_wheels_are_the_same_to_the_byte(wheel: Path, tmp_path: Path) -> None:
    assert build(tmp_path, "wheel", hash_seed="1").read_bytes() == wheel.read_bytes()


def test_the_sdist_holds_what_the_tests_need(tmp_path: Path) -> None:
    first = build(tmp_path / "first", "sdist")
    with tarfile.open(first) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
        assert all(member.isfile() or member.isdir() for member in archive.getmembers())
    for expected in (
        "pyproject.toml", "README.md", "SECURITY.md", "LICENSE", "tests/promises.py",
        "tests/languages/de.txt", "fuzz/targets.py", "bench/campaign.py", "src/boilerkill/api.py",
    ):  # fmt: skip
        assert expected in names
    assert build(tmp_path / "second", "sdist", hash_seed="1").read_bytes() == first.read_bytes()
