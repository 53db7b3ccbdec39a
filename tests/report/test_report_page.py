"""What stands on a report, and what writing it refuses."""

from __future__ import annotations

import base64
import hashlib
import html
import io
import json
import re
from collections import Counter
from collections.abc import Mapping
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from boilerkill import Kind, clean, normalize, separate
from boilerkill.corpus import CorpusError, CorpusSettings
from boilerkill.passes import separate_with_quotes
from boilerkill.quoting import quotations
from boilerkill.report import (
    ComparisonSettings,
    ReportError,
    show,
    write,
    write_comparison,
    write_report,
)
from boilerkill.report.compare import lost_quotes, states_of
from boilerkill.report.figures import comparison_of, figures_of
from boilerkill.report.limits import REASONS
from boilerkill.report.show import as_json, shown_of, tally, told_in_short, units
from boilerkill.report.tools import TOOLS, Tool
from strategies import documents

ARTICLE = "Rain ended the drought on Monday.\n\n“At last,” said the mayor."
PAGE = f"{ARTICLE}\n\nBy Ann Lee\n\nLeave a Reply\n\nShare this: Facebook Twitter WhatsApp"
HTML = (
    "<title>Rain</title><nav><a href='/'>Home</a> <a href='/n'>News</a></nav><article>"
    "<p>Rain ended the drought on Monday, and the river rose by two metres before noon, as it had "
    "not done in all the years since the bridge was built.</p><p>“At last,” said the mayor, who "
    "had gone without a bath since the first of April, and so had most of the town.</p></article>"
    "<footer><a href='/legal'>Legal notice</a></footer>"
)
HERE = CorpusSettings(jobs=0)
TWO = ComparisonSettings(jobs=0, tools=("trafilatura", "justext"))


@pytest.mark.parametrize("source", [PAGE, HTML])
def test_what_is_told_in_short_makes_the_score(source: str) -> None:
    told = [(list(told_in_short(one)), one.log_odds) for one in separate(source).segments]
    assert any(reason.evidence == "others" for short, _ in told for reason in short) == (
        source is HTML
    )
    for short, log_odds in told:
        assert len(short) <= REASONS + 1
        assert sum(reason.weight for reason in short) == pytest.approx(log_odds)


class Page(HTMLParser):
    """A page that was written, read as a browser reads it."""

    def __init__(self, data: bytes) -> None:
        super().__init__()
        self.blocks: dict[str, Any] = {}
        self.inline: dict[str, list[str]] = {"script": [], "style": []}
        self.tags: Counter[str] = Counter()
        self.attributes: list[tuple[str, str, str]] = []
        self.text = ""
        self._in = ""
        self._id: str | None = None
        self.feed(data.decode("utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] += 1
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        found = dict(attrs)
        self._in = tag
        self._id = found.get("id") if tag == "script" else None

    def handle_endtag(self, tag: str) -> None:
        self._in = ""

    def handle_data(self, data: str) -> None:
        if self._in == "script" and self._id:
            self.blocks[self._id] = json.loads(data)
        elif self._in in self.inline:
            self.inline[self._in].append(data)
        else:
            self.text += data

    def value(self, tag: str, name: str) -> list[str]:
        return [value for one, other, value in self.attributes if (one, other) == (tag, name)]


def report(source: Any, settings: CorpusSettings = HERE, **options: Any) -> Page:
    out = io.BytesIO()
    write_report(source, out, settings, **options)
    return Page(out.getvalue())


def comparison(source: Any, settings: ComparisonSettings = TWO, **options: Any) -> Page:
    out = io.BytesIO()
    write_comparison(source, out, settings, **options)
    return Page(out.getvalue())


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("crawl").mkdir()
    Path("crawl/a.txt").write_text(PAGE, "utf-8")
    Path("crawl/b.txt").write_text(ARTICLE, "utf-8")
    Path("crawl/c.html").write_text(HTML, "utf-8")
    return tmp_path


class TestShown:
    @given(documents())
    @settings(max_examples=50)
    def test_all_of_a_document_is_shown_as_it_was_taken_apart(self, source: str) -> None:
        document, quotes, _ = separate_with_quotes(source)
        assert document == separate(source)
        shown = json.loads(as_json(shown_of(document, quotes)))
        for row, explanation in zip(shown["segments"], document.explain(), strict=True):
            segment = explanation.segment
            # A browser reads half a character as one that can't be shown.
            assert row[:3] == [segment.text, list(Kind).index(segment.kind), int(segment.kept)]
            assert row[3] == pytest.approx(segment.score, abs=0.0005)
            assert shown["strings"][row[4]] == explanation.words
            words = [shown["strings"][number] for number in row[5][::2]]
            assert words == [one.words for one in told_in_short(segment)]
        assert (shown["title"], shown["left"]) == (document.title, 0)

    @given(documents())
    def test_quotations_are_marked_where_they_stand(self, source: str) -> None:
        document, quotes, is_page = separate_with_quotes(source, format="text")
        assert not is_page
        marked = "".join(
            segment.text[start:end]
            for segment, spans in zip(document.segments, quotes, strict=True)
            for start, end in spans
        )
        wanted = "".join(quotations(source))
        squashed = re.sub(r"\s", "", marked)
        rest = iter(squashed)
        assert all(char in rest for char in re.sub(r"\s", "", wanted))
        for segment, spans in zip(document.segments, quotes, strict=True):
            assert spans or not segment.quoted
            assert all(0 <= start < end <= len(segment.text) for start, end in spans)
            # What quotes and goes says what stays elsewhere.
            assert all(segment.text[start:end] in document.text for start, end in spans)

    def test_what_stands_around_quotations_is_not_marked(self) -> None:
        text = "The mayor said “yes” and “no” on Monday, and went.\n\nLeave a Reply"
        document, quotes, _ = separate_with_quotes(text, format="text")
        (said, form), (spans, none) = document.segments, quotes
        assert [said.text[start:end] for start, end in spans] == ["“yes”", "“no”"]
        assert (form.kind, none) == (Kind.COMMENT_FORM, [])

    def test_a_quotation_that_markup_alone_tells_is_the_whole_segment(self) -> None:
        page = f"{HTML}<blockquote>Nobody minded the rain at all.</blockquote>"
        document, quotes, is_page = separate_with_quotes(page, format="html")
        assert is_page
        (place,) = [
            number for number, one in enumerate(document.segments) if one.text.startswith("Nobody")
        ]
        assert quotes[place] == [(0, len("Nobody minded the rain at all."))]

    @given(st.text(), st.data())
    def test_places_are_counted_as_javascript_does(self, text: str, data: st.DataObject) -> None:
        end = data.draw(st.integers(0, len(text)))
        assert units(text, end) == len(text[:end].encode("utf-16-le", "surrogatepass")) // 2

    @given(st.recursive(st.text() | st.integers(), st.lists, max_leaves=8))
    def test_json_can_stand_in_a_script_and_means_the_same(self, shown: object) -> None:
        written = as_json(shown)
        assert "<" not in written
        written.encode("utf-8")
        assert json.loads(written) == shown

    def test_a_long_document_is_cut_and_says_so(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(show, "MOST_OF_A_DOCUMENT", 50)
        page = report(io.BytesIO(PAGE.encode()))
        assert [row[0] for row in page.blocks["d0"]["segments"]] == PAGE.split("\n\n")[:1]
        assert page.blocks["d0"]["left"] == 4
        assert "100 %" not in page.text


class TestFigures:
    @given(st.lists(documents(), max_size=4))
    @settings(max_examples=50)
    def test_they_add_up(self, sources: list[str]) -> None:
        taken = [separate(source) for source in sources]
        figures = figures_of([(number, tally(one)) for number, one in enumerate(taken)])
        everything = [segment for one in taken for segment in one.segments]
        kept = sum(len(one.text) for one in everything if one.kept)
        assert figures.documents == len(sources)
        assert figures.before == sum(len(one.text) for one in everything)
        assert figures.after == kept
        assert sum(step.values[0] for step in figures.kinds) == pytest.approx(figures.removed_share)
        assert [sum(step.values[series] for step in figures.scores) for series in (0, 1)] == [
            sum(one.kept for one in everything),
            sum(not one.kept for one in everything),
        ]
        for series in (0, 1):
            assert sum(step.values[series] for step in figures.lengths) == len(sources)
        assert all(0 <= share <= 1 for step in figures.kinds for share in step.shares)

    def test_lines_that_go_from_many_documents_are_counted(self) -> None:
        taken = [separate(f"{ARTICLE}\n\nPage {number}\n\nLeave a Reply") for number in range(3)]
        taken.append(separate(f"{ARTICLE}\n\nLeave a Reply\n\nLeave a Reply"))
        figures = figures_of([(number, tally(one)) for number, one in enumerate(taken, 5)])
        line = figures.lines[0]
        assert (line.text, line.kind) == ("Leave a Reply", Kind.COMMENT_FORM)
        assert (line.documents, line.times, line.example) == (4, 5, 5)
        assert "Page 1" not in {one.text for one in figures.lines}

    def test_documents_worth_a_look(self) -> None:
        texts = [ARTICLE, "Rain fell.\n\n" + "Leave a Reply\n\n" * 9, "Leave a Reply"]
        figures = figures_of([(number, tally(separate(one))) for number, one in enumerate(texts)])
        assert figures.much_removed == [1]
        assert figures.empty == [2]

    def test_of_no_document(self) -> None:
        figures = figures_of([])
        assert (figures.documents, figures.removed_share, list(figures.kinds)) == (0, 0, [])
        assert comparison_of([]) == []


class TestComparison:
    def test_what_each_tool_keeps(self, monkeypatch: pytest.MonkeyPatch) -> None:
        texts = ["Home News", "Rain ended the drought.", "“At last,” said the mayor of Oslo."]
        output = "Rain ended the drought.\nsaid the mayor of Oslo."
        assert states_of(texts, output, [0, 1, 1]) == [0, 1, [11, 34]]
        assert lost_quotes(texts, [[], [], [(0, 10)]], output) == [[], [], [0]]

    def test_a_word_that_stands_elsewhere_is_no_part_that_was_kept(self) -> None:
        assert states_of(["the menu of the day", "the rain"], "the rain", [0, 1]) == [0, 1]

    def test_places_are_counted_as_javascript_does(self) -> None:
        text = "\U0001f327 Rain fell on Oslo. By Ann"
        assert states_of([text], "Rain fell on Oslo", [1]) == [[0, 20]]

    def test_scripts_without_spaces_are_compared_by_character(self) -> None:
        texts = ["ホーム", "月曜日に雨が降り、川の水が増えた。"]
        assert states_of(texts, "月曜日に雨が降り", [0, 1]) == [0, [0, 8]]

    def test_a_tool_that_fails_says_so(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def fail(page: str) -> str:
            raise RuntimeError("no rain <b>today</b>")

        broken = Tool("justext", "jusText", "justext", fail, "")
        monkeypatch.setitem(TOOLS, "justext", broken)
        page = comparison(["crawl/c.html"])
        told = {one["name"]: one["problem"] for one in page.blocks["d0"]["tools"]}
        assert told == {
            "boilerkill": "", "trafilatura": "", "justext": "RuntimeError: no rain <b>today</b>",
        }  # fmt: skip

    def test_a_tool_that_is_not_installed_is_named_and_the_others_are_shown(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        absent = Tool("justext", "jusText", "no_such_module", str, "")
        monkeypatch.setitem(TOOLS, "justext", absent)
        out = io.BytesIO()
        written = write_comparison(["crawl/c.html"], out, TWO)
        page = Page(out.getvalue())
        assert list(written.lines()) == ["not installed: justext (pip install jusText)"]
        assert "not installed: justext (pip install jusText)" in page.text
        assert page.blocks["setup"]["tools"] == ["boilerkill", "trafilatura"]

    def test_no_tool_at_all(self, monkeypatch: pytest.MonkeyPatch) -> None:
        absent = Tool("justext", "jusText", "no_such_module", str, "")
        monkeypatch.setitem(TOOLS, "justext", absent)
        alone = ComparisonSettings(jobs=0, tools=("justext",))
        with pytest.raises(CorpusError, match="nothing to compare with: not installed: justext"):
            write_comparison(["crawl/c.html"], "tools.html", alone)
        with pytest.raises(
            ValueError, match="'goose' is none of trafilatura, resiliparse, justext"
        ):
            write_comparison("crawl", "tools.html", ComparisonSettings(tools=("goose",)))
        assert not Path("tools.html").exists()

    def test_text_is_named_as_what_the_others_do_not_read(self) -> None:
        out = io.BytesIO()
        written = write_comparison("crawl", out, TWO)
        assert written.documents == 1
        assert {str(one.path): one.reason for one in written.failures} == {
            "crawl/a.txt": "it is text, and the other tools read HTML alone",
            "crawl/b.txt": "it is text, and the other tools read HTML alone",
        }

    def test_boilerkill_loses_no_quotation(self) -> None:
        corpus = Path(__file__).parents[2] / "corpus"
        page = comparison(corpus / "en-html-wordpress-classic" / "page.html")
        own, *others = page.blocks["d0"]["tools"]
        assert (own["lost"], own["quotations"]) == (0, 5)
        assert all(one["lost"] > 0 for one in others)


class TestPage:
    def test_it_asks_for_nothing_and_allows_nothing_but_its_own(self) -> None:
        for page in (report("crawl"), report("crawl/a.txt"), comparison(["crawl/c.html"])):
            (policy,) = [value for value in page.value("meta", "content") if "default-src" in value]
            assert policy.startswith("default-src 'none'; ")
            for kind in ("style", "script"):
                text = "".join(page.inline[kind])
                digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
                assert f"{kind}-src 'sha256-{digest}';" in policy
            assert "unsafe" not in policy
            names = {name for _, name, _ in page.attributes}
            assert not {"style", "src", "srcset", "data"} & names
            assert not any(name.startswith("on") for name in names)
            assert all(link.startswith("#") for link in page.value("a", "href"))
            assert not {"link", "img", "iframe", "object", "base", "embed"} & page.tags.keys()

    @given(name=st.text(min_size=1), text=st.text())
    @settings(max_examples=100)
    def test_names_and_texts_make_no_markup(self, name: str, text: str) -> None:
        row = {"url": f"https://example.org/{name}", "text": f"{text}</script><b>"}
        other = {"url": "https://example.org/", "text": "Rain fell."}
        plain = report(io.BytesIO(f"{json.dumps(other)}\n{json.dumps(other)}".encode()))
        page = report(io.BytesIO(f"{json.dumps(row)}\n{json.dumps(other)}".encode()))
        fixed = {"html", "head", "body", "script", "style", "meta", "input", "button", "li", "bdi"}
        assert {tag: page.tags[tag] for tag in fixed} == {tag: plain.tags[tag] for tag in fixed}
        assert page.tags["b"] == 0

    def test_a_sample_is_drawn_with_a_seed(self) -> None:
        rows = "".join(json.dumps({"text": f"Rain {n} fell."}) + "\n" for n in range(40))
        Path("rows.jsonl").write_text(rows)

        def drawn(seed: int) -> list[str]:
            page = report("rows.jsonl", sample=5, seed=seed)
            assert "5 documents of 40, drawn at random" in " ".join(page.text.split())
            return [page.blocks[f"d{n}"]["segments"][0][0] for n in range(5)]

        assert drawn(1) == drawn(1) != drawn(2)
        numbers = [int(text.split()[1]) for text in drawn(1)]
        assert numbers == sorted(numbers)
        assert "drawn" not in report("rows.jsonl", sample=40).text

    def test_what_does_not_fit_is_counted_and_said(self, monkeypatch: pytest.MonkeyPatch) -> None:
        size = len(json.dumps(report("crawl/a.txt").blocks["d0"]))
        monkeypatch.setattr(write, "MOST_OF_A_REPORT", size + 10)
        page = report("crawl")
        assert {name for name in page.blocks if name.startswith("d")} == {"d0"}
        text = " ".join(page.text.split())
        assert "the texts of 2 documents are not in it, from b.txt on" in text
        assert "Documents3" in text

    def test_inputs_of_every_kind_are_read_as_clean_reads_them(self) -> None:
        rows = json.dumps({"html": HTML}) + "\n" + json.dumps({"text": PAGE}) + "\n[]\n"
        Path("crawl/rows.jsonl").write_text(rows)
        Path("crawl/nul.txt").write_bytes(b"\x00\x01")
        Path("crawl/picture.png").write_bytes(b"x")
        out = io.BytesIO()
        written = write_report("crawl", out, HERE)
        page = Page(out.getvalue())
        assert (written.documents, len(written.failures)) == (5, 2)
        assert "no JSON object" in page.text
        assert "binary, not text" in page.text
        assert "Other files" in page.text
        shown = [page.blocks[f"d{n}"] for n in range(5)]
        kept = ["\n\n".join(row[0] for row in one["segments"] if row[2]) for one in shown]
        assert kept == [clean(PAGE), clean(ARTICLE), *[clean(HTML)] * 2, clean(PAGE)]

    def test_the_settings_hold(self) -> None:
        page = report("crawl/a.txt", HERE.replace(keep={Kind.BYLINE}, threshold=0.2))
        assert page.blocks["setup"]["threshold"] == 0.2
        kept = [row[0] for row in page.blocks["d0"]["segments"] if row[2]]
        assert "By Ann Lee" in kept

    def test_nothing_read_is_a_page_that_says_so(self) -> None:
        Path("nul.txt").write_bytes(b"\x00\x01")
        out = io.BytesIO()
        written = write_report("nul.txt", out, HERE)
        assert written.documents == 0
        assert "binary, not text" in Page(out.getvalue()).text


class TestWriting:
    def test_an_output_that_exists_is_refused_before_anything_is_read(self) -> None:
        Path("page.html").write_text("mine")
        with pytest.raises(CorpusError, match=r"the output exists: page\.html"):
            write_report("crawl", "page.html", HERE)
        assert Path("page.html").read_text() == "mine"
        write_report("crawl", "page.html", HERE.replace(overwrite=True))
        assert "<!DOCTYPE html>" in Path("page.html").read_text("utf-8")

    @pytest.mark.parametrize("output", ["crawl/report.html", "crawl/sub/report.html"])
    def test_a_page_among_the_inputs_is_refused(self, output: str) -> None:
        with pytest.raises(CorpusError, match="lies inside the input crawl"):
            write_report("crawl", output, HERE.replace(overwrite=True))
        assert not Path(output).exists()

    def test_an_input_is_not_replaced(self) -> None:
        with pytest.raises(CorpusError, match="is an input too"):
            write_report("crawl/c.html", "crawl/c.html", HERE.replace(overwrite=True))
        assert Path("crawl/c.html").read_text("utf-8") == HTML

    def test_half_a_page_is_never_there(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def full(descriptor: int) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr("os.fsync", full)
        with pytest.raises(ReportError, match=r"can't write page\.html: no space"):
            write_report("crawl", "page.html", HERE)
        assert sorted(path.name for path in Path().iterdir()) == ["crawl"]

    def test_no_document(self) -> None:
        Path("empty").mkdir()
        with pytest.raises(CorpusError, match="nothing to clean"):
            write_report("empty", "page.html", HERE)

    def test_without_jinja(self, monkeypatch: pytest.MonkeyPatch) -> None:
        from boilerkill.report import page

        page._environment.cache_clear()
        monkeypatch.setitem(__import__("sys").modules, "jinja2", None)
        with pytest.raises(CorpusError, match=r"needs jinja2: pip install 'boilerkill\[report\]'"):
            write_report("crawl", "page.html", HERE)

    def test_processes_and_one_process_write_the_same(self) -> None:
        write_report("crawl", "here.html", HERE)
        write_report("crawl", "there.html", HERE.replace(jobs=2))
        assert Path("here.html").read_bytes() == Path("there.html").read_bytes()

    def test_the_same_documents_the_same_page(self) -> None:
        first, second = io.BytesIO(), io.BytesIO()
        write_report("crawl", first, HERE)
        write_report("crawl", second, HERE)
        assert first.getvalue() == second.getvalue()


def test_every_kind_has_a_colour() -> None:
    style = (Path(write.__file__).parent / "static" / "report.css").read_text("utf-8")
    hues: Mapping[str, str] = dict(re.findall(r"\.([A-Z_]+) \{ --hue: (\d+);", style))
    assert hues.keys() == set(Kind)
    colourful = [hue for kind, hue in hues.items() if kind != Kind.OTHER]
    assert len(set(colourful)) == len(colourful)


def test_the_doctored_names_are_short() -> None:
    long = "a" * 1_000
    row = json.dumps({"url": f"https://example.org/{long}", "text": "Rain fell."})
    page = report(io.BytesIO(f"{row}\n{row}".encode()))
    assert long not in html.unescape(page.text)


def test_what_is_shown_is_normalised() -> None:
    source = b"The caf\xe9\x92s door\r\n\r\n\r\n\r\nwas open."
    page = report(io.BytesIO(source))
    shown = "\n\n".join(row[0] for row in page.blocks["d0"]["segments"])
    assert shown == normalize(source)
