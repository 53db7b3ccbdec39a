"""Time that is linear in the input, without a clock: the work done is counted.

Python's tracing counts the lines that run, so that a loop within a loop shows; what happens inside
one call of a regular expression or of numpy does not, so inputs that would take those minutes
are run as well.
"""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Iterator
from functools import partial
from types import FrameType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import promises
from boilerkill import clean, quotations, separate
from boilerkill.byline import read_byline
from sizes import LONG
from strategies import FURNITURE, quoted_furniture

# The plain run takes a tenth.
SIZE = 10 if LONG else 1

SENTENCE = "Rain fell all night, and the river rose by two metres before noon. "
# An input for each thing that is counted, matched, split or looked up, and for nothing at all.
HOSTILE: dict[str, Callable[[int], str]] = {
    "a single line": lambda n: SENTENCE * (n * 500_000 // len(SENTENCE)),
    "a single word": lambda n: "a" * (n * 500_000),
    "one-word lines": lambda n: "word\n" * (n * 20_000),
    "lines of a letter": lambda n: "a\n\n" * (n * 20_000),
    "unclosed marks": lambda n: "“" * (n * 10_000),
    "unclosed marks before words": lambda n: "“a " * (n * 10_000),
    "unclosed straight marks": lambda n: '"a ' * (n * 10_000),
    "unclosed marks of every kind": lambda n: '“a «b ‘c "d „e 「f ' * (n * 2_000),
    "lines that open": lambda n: "“a\n" * (n * 10_000),
    "closing marks": lambda n: "a” " * (n * 10_000),
    "deeply nested": lambda n: "“a " * (n * 5_000) + "b” " * (n * 5_000),
    "quoted lines": lambda n: "> a\n" * (n * 10_000),
    "marks of quoted lines": lambda n: ">" * (n * 50_000),
    "items between bars": lambda n: "Red Hats | " * (n * 10_000),
    "items between commas": lambda n: "Red Hats, " * (n * 10_000),
    "commas and a long word": lambda n: (
        "Hats, Caps, Pins, Tea, Rope, Rain, Wool, " + "a" * (n * 300_000)
    ),
    "a column and a long number": lambda n: (
        SENTENCE * 9 + "\n\n" + "Red Hats\n" * 9 + "Red Hats 1" + "1" * (n * 100_000)
    ),
    "bars alone": lambda n: "|" * (n * 50_000),
    "bars apart": lambda n: " | " * (n * 20_000),
    "forms in a line": lambda n: "Leave a Reply " * (n * 5_000),
    "forms in lines": lambda n: "Leave a Reply\n" * (n * 10_000),
    "forms and prose": lambda n: (SENTENCE + "Leave a Reply Post Comment ") * (n * 1_000),
    "forms within prose": lambda n: (SENTENCE[:-2] + " and Leave a Reply ") * (n * 2_000),
    "labels in lines": lambda n: "Skip to content\n" * (n * 10_000),
    "headings of comments": lambda n: (
        SENTENCE * 9 + ("\n\n3 Comments\n\n" + SENTENCE) * (n * 5_000)
    ),
    "links of Markdown": lambda n: '[![a](b)](c "d") ' * (n * 5_000),
    "links that do not end": lambda n: "[a](b(" * (n * 10_000),
    "brackets": lambda n: "[" * (n * 50_000) + "](a)",
    "bylines": lambda n: "By Ann Lee\n" * (n * 5_000),
    "beginnings of phrases": lambda n: "Posted on " * (n * 10_000),
    "tags": lambda n: "Tags: " + "a, " * (n * 20_000),
    "spaces before a word": lambda n: " " * (n * 300_000) + "a",
    "spaces between words": lambda n: "a" + " " * (n * 300_000) + "b",
    "spaces and bars": lambda n: ("a" + " " * (n * 2_000) + "|") * 10,
    "tabs": lambda n: "\t" * (n * 300_000) + "a",
    "non-breaking spaces": lambda n: "\u00a0" * (n * 300_000) + "a",
    "spaces in a quotation": lambda n: "“" + " " * (n * 300_000) + "”",
    "blank lines": lambda n: "\n" * (n * 100_000) + "a",
    "blank lines with spaces": lambda n: "\n " * (n * 50_000) + "a",
    "carriage returns": lambda n: "\r" * (n * 100_000) + "a",
    "full stops": lambda n: "." * (n * 100_000),
    "dashes": lambda n: "- " * (n * 20_000),
    "digits": lambda n: "1" * (n * 100_000),
    "numbers": lambda n: "1 " * (n * 20_000),
    "addresses": lambda n: "a@" * (n * 20_000),
    "entities": lambda n: "&amp;" * (n * 20_000),
    "mojibake": lambda n: "â€œ" * (n * 20_000),
    "mojibake between words": lambda n: "dÃ©jÃ\xa0 " * (n * 5_000),
    "accents": lambda n: "e" + "\u0301" * (n * 50_000),
    "accents out of order": lambda n: "e" + "\u0301\u0323" * (n * 350_000),
    "control characters": lambda n: "\x01" * (n * 50_000),
    "surrogates": lambda n: "\ud83d" * (n * 50_000),
    "ideographs": lambda n: "正午之前河水上涨" * (n * 10_000),
    "ideographs and commas": lambda n: "今天，" * (n * 10_000),
    "Thai": lambda n: "แม่น้ำสูงขึ้นสองเมตร" * (n * 2_000),
}

# Four times the input may cost this much of four times the work: a constant part makes it less,
# a loop within a loop four times more.
FACTOR = 4
MARGIN = 1.5


# No bound on the time of a test: so much later, it would not come to an end in hours either.
HANGS = 300


@pytest.fixture
def _fails_rather_than_hangs() -> Iterator[None]:
    if not hasattr(signal, "SIGALRM"):
        yield
        return

    def fail(number: int, frame: FrameType | None) -> None:
        raise AssertionError("the work grows faster than the input")

    before = signal.signal(signal.SIGALRM, fail)
    signal.alarm(HANGS)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


@pytest.mark.usefixtures("_fails_rather_than_hangs")
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_inputs_come_to_an_end(name: str) -> None:
    source = HOSTILE[name](SIZE)
    cleaned = clean(source)
    assert promises.is_subsequence(promises.squeeze(cleaned), promises.squeeze(source)) or (
        name in REPAIRED
    )
    assert clean(cleaned) == cleaned
    assert isinstance(quotations(source), list)


# Inputs whose characters `normalize` replaces.
REPAIRED = (
    "accents", "accents out of order", "control characters", "mojibake", "mojibake between words",
    "surrogates",
)  # fmt: skip


@pytest.mark.usefixtures("_fails_rather_than_hangs")
def test_dates_in_a_word_without_an_end() -> None:
    assert read_byline(["By Ann Lee 31" + "a" * 900] * 80).published is None


@pytest.mark.parametrize("name", HOSTILE)
def test_work_grows_with_the_input_alone(name: str) -> None:
    """The lines of Python that run for an input, and for one that is four times as large."""
    small = HOSTILE[name](1)
    unit = small[: len(small) // 40]
    counts = [lines_run(partial(separate, unit * size)) for size in (1, FACTOR)]
    assert counts[1] <= MARGIN * FACTOR * counts[0]


@given(st.lists(st.one_of(st.sampled_from(FURNITURE), quoted_furniture()), min_size=1, max_size=4))
def test_a_page_many_times_over(lines: list[str]) -> None:
    promises.check_idempotent("\n\n".join(lines * 20))
    promises.check_idempotent(" ".join(lines * 20))


def lines_run(function: Callable[[], Any]) -> int:
    """Return how many lines of boilerkill's own code run in a call."""
    function()
    count = 0

    def local(frame: FrameType, event: str, argument: Any) -> Any:
        nonlocal count
        count += event == "line"
        return local

    def trace(frame: FrameType, event: str, argument: Any) -> Any:
        return local if "boilerkill" in frame.f_code.co_filename else None

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        function()
    finally:
        sys.settrace(before)
    return count


def test_lines_are_counted() -> None:
    few, many = (lines_run(partial(separate, "It rained.\n" * n)) for n in (10, 1000))
    assert 0 < few < many
