"""Learning the furniture of sites, and cleaning with what was learnt."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from boilerkill.cli import main
from boilerkill.corpus import CorpusError, CorpusSettings, clean_corpus, learn_profile
from boilerkill.corpus.learn import _Counter
from boilerkill.profile import keys_of
from samples import contents, jsonl

pytestmark = pytest.mark.usefixtures("no_waiting_for_the_disk")
HERE = CorpusSettings(jobs=0)
SLOGANS = {
    "one.example": "Every morning we carry the letters of the valley to your door.",
    "two.example": "The orchard is open for all who bring a ladder and a basket.",
}


def page(site: str, number: int) -> str:
    """Return a page of a site; no other has a line of its body."""
    word = "abcdefghij"[number % 10] * 3 + "klmnopqrst"[number // 10 % 10]
    lines = (
        f"The bridge of {site} {word} was opened by a ferryman on Monday before noon.",
        SLOGANS[site],
        f"Nobody had seen so many boats at {word} since the flood, and the choir sang.",
    )
    return "\n\n".join(lines)


def rows(count: int = 8) -> list[dict[str, Any]]:
    return [
        {"url": f"https://www.{site}/{n}", "crawl": site[0], "text": page(site, n)}
        for n in range(count)
        for site in SLOGANS
    ]


def kept(path: Path) -> str:
    return "\n".join(json.loads(line)["text"] for line in path.read_text().splitlines())


def test_furniture_of_each_site_is_learnt_from_its_pages(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(jsonl(rows()))
    profile = learn_profile(tmp_path / "a.jsonl", HERE)
    assert profile.pages.tolist() == [8, 8]
    for site, slogan in SLOGANS.items():
        other = next(text for name, text in SLOGANS.items() if name != site)
        known = profile.at(site)
        assert known.evidence([slogan, other, page(site, 1)]).tolist() == [1.0, 0.0, 0.0]


@pytest.mark.parametrize("jobs", [0, 2])
def test_learning_and_cleaning_in_one_run(tmp_path: Path, jobs: int) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in/a.jsonl").write_bytes(jsonl(rows()))
    report = clean_corpus(tmp_path / "in", tmp_path / "out", CorpusSettings(jobs=jobs, learn=True))
    assert report.documents == 16
    text = kept(tmp_path / "out/a.jsonl")
    assert not any(slogan in text for slogan in SLOGANS.values())
    assert text.count("ferryman") == text.count("the choir sang") == 16
    again = CorpusSettings(jobs=0, profile=tmp_path / "out/.boilerkill/site.profile")
    clean_corpus(tmp_path / "out", tmp_path / "twice", again)
    assert contents(tmp_path / "twice") == contents(tmp_path / "out")


def test_files_of_a_folder_are_of_one_site(tmp_path: Path) -> None:
    for site in SLOGANS:
        (tmp_path / "in" / site).mkdir(parents=True)
        for number in range(6):
            (tmp_path / "in" / site / f"{number}.txt").write_text(page(site, number))
    assert main(["learn", str(tmp_path / "in"), "-o", str(tmp_path / "p"), "--jobs", "0"]) == 0
    arguments = ["clean", str(tmp_path / "in"), "-o", str(tmp_path / "out"), "-q", "--jobs", "0"]
    assert main([*arguments, "--profile", str(tmp_path / "p")]) == 0
    texts = [data.decode() for data in contents(tmp_path / "out").values()]
    assert len(texts) == 12
    assert not any(slogan in text for slogan in SLOGANS.values() for text in texts)


@pytest.mark.parametrize("kind", ["jsonl", "parquet"])
def test_a_field_can_name_the_site(tmp_path: Path, kind: str) -> None:
    source = tmp_path / f"a.{kind}"
    if kind == "jsonl":
        source.write_bytes(jsonl(rows()))
    else:
        pq.write_table(pa.Table.from_pylist(rows()), source)
    profile = learn_profile(source, CorpusSettings(jobs=0, group="crawl"))
    assert profile.at("o").evidence([SLOGANS["one.example"]]).tolist() == [1.0]
    assert profile.at("one.example").evidence([SLOGANS["one.example"]]).tolist() == [0.0]


@pytest.mark.parametrize(("group", "strange"), [("crawl", 4), ("nope", 8)])
def test_documents_of_unknown_sites_are_counted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], group: str, strange: int
) -> None:
    known = [row for row in rows() if row["crawl"] == "o"]
    (tmp_path / "known.jsonl").write_bytes(jsonl(known))
    (tmp_path / "all.jsonl").write_bytes(jsonl(rows(4)))
    learn = ["learn", str(tmp_path / "known.jsonl"), "-o", str(tmp_path / "p"), "--jobs", "0"]
    assert main([*learn, "--group", "crawl"]) == 0
    clean = ["clean", str(tmp_path / "all.jsonl"), "-o", str(tmp_path / "out.jsonl")]
    arguments = [*clean, "--jobs", "0", "--profile", str(tmp_path / "p"), "--group", group]
    assert main([*arguments, "--report", str(tmp_path / "report.json")]) == 0
    line = f"unknown sites    {strange} documents of sites that the profile does not know"
    assert line in capsys.readouterr().err
    assert json.loads((tmp_path / "report.json").read_bytes())["strange"] == strange
    assert main([*clean, "--overwrite", "--jobs", "0"]) == 0
    assert "unknown sites" not in capsys.readouterr().err


def test_a_field_that_no_document_has_is_said(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(jsonl(rows()))
    settings = CorpusSettings(jobs=0, group="nope")
    with pytest.raises(CorpusError, match=r"no document has a field 'nope' \(--group\)"):
        learn_profile(tmp_path / "a.jsonl", settings)
    with pytest.raises(CorpusError, match="'nope'"):
        clean_corpus(tmp_path / "a.jsonl", tmp_path / "b.jsonl", settings.replace(learn=True))
    assert not (tmp_path / "b.jsonl").exists()


def test_no_document_is_no_profile(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.jsonl").write_bytes(b"")
    for command in ("learn", "report"):
        out = tmp_path / command
        assert main([command, str(tmp_path / "a.jsonl"), "-o", str(out), "--jobs", "0"]) == 2
        assert "no document found" in capsys.readouterr().err
        assert not out.exists()


def test_the_same_page_again_is_not_counted(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(jsonl([rows()[0]] * 20))
    profile = learn_profile(tmp_path / "a.jsonl", HERE)
    assert profile.pages.tolist() == [1]
    assert len(profile.keys) == 0


def test_what_could_not_be_read_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in/a.jsonl").write_bytes(jsonl([*rows(), rows()[0]]) + b"[1]\n" * 24)
    (tmp_path / "in/b.txt").write_bytes(b"\x00")
    arguments = ["learn", str(tmp_path / "in"), "-o", str(tmp_path / "p"), "--jobs", "0"]
    assert main(arguments) == 1
    said = capsys.readouterr().err.splitlines()
    assert said[0].endswith("a.jsonl, line 18: no JSON object")
    assert said[20:] == [
        "boilerkill: and 5 more",
        "boilerkill: 16 pages of 2 sites: 2 segments stand on many",
        "boilerkill: not counted again, for another page of the site is the same: 1",
    ]
    assert (tmp_path / "p").exists()


def test_where_there_is_too_much_to_count_the_rarest_goes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("boilerkill.corpus.learn._MOST_COUNTED", 50)
    counter = _Counter()
    common = [f"common {word}" for word in ("oak", "elm", "ash")]
    for number in range(200):
        word = f"{chr(97 + number // 3 % 26)}{chr(97 + number // 78)}"
        counter.add("a", keys_of([*common, f"rare {word}", f"page {word} {chr(97 + number % 3)}"]))
        assert counter._counted <= 53
    evidence = counter.profile().at("a").evidence([*common, "rare ab"])
    assert evidence.tolist() == [1.0, 1.0, 1.0, 0.0]


def test_what_is_not_there_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(CorpusError, match="no such file"):
        learn_profile(tmp_path / "gone", HERE)
    (tmp_path / "a.txt").write_text("It rained.")
    arguments = ["clean", str(tmp_path / "a.txt"), "-o", str(tmp_path / "b.txt"), "--profile"]
    assert main([*arguments, str(tmp_path / "a.txt")]) == 2
    assert "a.txt: no profile of sites" in capsys.readouterr().err


def test_nothing_that_exists_is_overwritten_unasked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for number in range(4):
        (tmp_path / f"{number}.txt").write_text(page("one.example", number))
    arguments = ["learn", str(tmp_path), "--jobs", "0", "-o"]
    (tmp_path / "p").write_text("mine")
    assert main([*arguments, str(tmp_path / "p")]) == 2
    assert "p (--overwrite replaces it)" in capsys.readouterr().err
    assert (tmp_path / "p").read_text() == "mine"
    assert main([*arguments, str(tmp_path / "p"), "--overwrite"]) == 0
    assert (tmp_path / "p").read_bytes().startswith(b"boilerkill profile")
    assert main([*arguments, str(tmp_path / "2.txt"), "--overwrite"]) == 2
    assert "2.txt is an input too" in capsys.readouterr().err
    assert (tmp_path / "2.txt").read_text() == page("one.example", 2)


KILLED = """
import os, sys
from boilerkill.cli import main
os.fsync = lambda descriptor: os._exit(9)
main(sys.argv[1:])
"""


@pytest.mark.parametrize("arguments", [["learn", "-o", "p"], ["clean", "--learn", "-o", "out"]])
def test_killed_while_it_writes_the_same_command_goes_on(
    tmp_path: Path, arguments: list[str]
) -> None:
    (tmp_path / "a.jsonl").write_bytes(jsonl(rows()))
    arguments = [arguments[0], "a.jsonl", *arguments[1:], "--jobs", "0"]
    command = [sys.executable, "-c", KILLED, *arguments]
    assert subprocess.run(command, cwd=tmp_path, check=False, timeout=120).returncode == 9
    again = [sys.executable, "-m", "boilerkill", *arguments]
    assert subprocess.run(again, cwd=tmp_path, check=False, timeout=120).returncode == 0
