"""What `boilerkill explain` prints of a document."""

from __future__ import annotations

import io
import json

from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console

from boilerkill import Document, Kind, Reason, Segment
from boilerkill.explain import as_json, print_explanation
from boilerkill.printable import printable

SEGMENTS = st.builds(
    Segment,
    text=st.text(),
    kind=st.sampled_from(Kind),
    score=st.floats(0, 1),
    kept=st.booleans(),
    quoted=st.booleans(),
    reasons=st.lists(
        st.builds(
            Reason,
            st.text("abc ", min_size=1),
            st.floats(allow_nan=False, allow_infinity=False),
            st.floats(-20, 20),
        ),
        max_size=5,
    ).map(tuple),
)


def explained(*segments: Segment, terminal: bool = False) -> str:
    file = io.StringIO()
    console = Console(file=file, force_terminal=terminal, width=40, highlight=False, markup=False)
    print_explanation(Document("", segments), console)
    return file.getvalue()


@given(SEGMENTS)
def test_json_is_one_line_of_ascii_and_holds_all(segment: Segment) -> None:
    line = as_json(segment)
    assert line.isascii()
    assert "\n" not in line
    told = json.loads(line)
    assert told["text"] == segment.text
    assert (told["kind"], told["kept"], told["quoted"], told["score"]) == (
        segment.kind.value,
        segment.kept,
        segment.quoted,
        segment.score,
    )
    weights = [
        (reason["evidence"], reason["value"], reason["weight"]) for reason in told["reasons"]
    ]
    assert weights == [(r.evidence, r.value, r.weight) for r in segment.reasons]


@settings(deadline=None)
@given(st.lists(SEGMENTS, max_size=4))
def test_a_pipe_gets_every_line_whole_and_plain(segments: list[Segment]) -> None:
    printed = explained(*segments).split("\n")
    expected = 0
    for segment in segments:
        head = printed[expected]
        assert head.startswith("kept" if segment.kept else "removed")
        assert segment.kind.value in head
        for line in segment.text.split("\n"):
            expected += 1
            assert printed[expected] == "    " + printable(line.expandtabs(4))
        expected += 1
    assert printed[expected:] == [""]


@settings(deadline=None)
@given(SEGMENTS)
def test_a_terminal_gets_no_escape_of_the_text(segment: Segment) -> None:
    hostile = Segment(
        f"\x1b]0;owned\x07{segment.text}\u202e",
        segment.kind,
        segment.score,
        kept=segment.kept,
        quoted=segment.quoted,
        reasons=segment.reasons,
    )
    printed = explained(hostile, terminal=True)
    assert "\x1b]" not in printed
    assert "\x07" not in printed
    assert "\u202e" not in printed


def test_a_terminal_gets_colours_and_lines_that_fit() -> None:
    segment = Segment("word " * 40, Kind.BODY, 0.9, kept=True, quoted=False)
    printed = explained(segment, terminal=True)
    assert "\x1b[" in printed
    assert all(len(line) <= 40 for line in printed.split("\n")[1:])


def test_the_heaviest_evidence_is_told_and_the_quoted_mark() -> None:
    weights = {"a": 9, "b": 5, "c": 3, "d": 1}
    reasons = tuple(Reason(name, 1.0, -weight) for name, weight in weights.items())
    segment = Segment("“So.”", Kind.SHARE, 0.031, kept=True, quoted=True, reasons=reasons)
    head, text, end = explained(segment).split("\n")
    assert head == "kept     SHARE         0.03  quoted, a -9.0, b -5.0, c -3.0"
    assert (text, end) == ("    “So.”", "")


def test_rich_markup_and_emoji_codes_in_the_text_mean_nothing() -> None:
    segment = Segment("[bold]:smile: 1 [/]", Kind.BODY, 0.9, kept=True, quoted=False)
    assert "    [bold]:smile: 1 [/]\n" in explained(segment)
