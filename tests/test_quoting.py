"""What counts as quoted, by example."""

from __future__ import annotations

import pytest
from hypothesis import given

from boilerkill import clean, quotations
from boilerkill.quoting import quoted_spans
from quotation_finder import nested_quotations, plain_quotations
from strategies import FURNITURE, documents

QUOTED = [
    ("English", "“We’re late,” she said. “Go!”", ["We’re late,", "Go!"]),
    ("English, single", "‘We are late,’ he said.", ["We are late,"]),
    ("English, straight", 'He said "no" and left.', ["no"]),
    ("German", "Er sagte: „Wir sind spät.“", ["Wir sind spät."]),
    ("German, books", "Er sagte: »Wir sind spät.«", ["Wir sind spät."]),
    ("French", "« Nous sommes en retard », dit-il.", ["Nous sommes en retard"]),
    ("Swiss", "«Wir sind spät», sagte er, ‹aber nicht sehr›.", ["Wir sind spät", "aber nicht sehr"]),
    ("Polish", "Powiedział: „Spóźniliśmy się”.", ["Spóźniliśmy się"]),
    ("Swedish", "Han sa: ”Vi är sena”.", ["Vi är sena"]),
    ("Russian", "Он сказал: «Мы опоздали».", ["Мы опоздали"]),
    ("Japanese", "彼は「遅れた」と言い、『本』を閉じた。", ["遅れた", "本"]),
    ("Chinese", "他说：“迟到了。”《红楼梦》", ["迟到了。", "红楼梦"]),
    ("nested", "“He said ‘no’ to me,” she said.", ["He said ‘no’ to me,"]),
    ("nested, the same marks", "“a “b” c”", ["a “b” c"]),
    ("nested, straight", '"He said "no" to me" x', ['He said "no" to me']),
    ("across lines", "“We are\nlate,” she said.", ["We are\nlate,"]),
    ("in brackets", 'It was late ("too late").', ["too late"]),
    ("after a dash", 'It was late —"too late"— again.', ["too late"]),
    ("with spaces inside", 'It was " too late " again.', ["too late"]),
    ("before punctuation", 'It was "too late ". Again.', ["too late"]),
    ("before a full stop", 'He said "no". She said "yes" twice.', ["no", "yes"]),
    ("a mark before a sign", 'He wrote "x"=y" there.', ['x"=y']),
    ("full-width brackets", '川（"遅い"）だ。', ["遅い"]),
    ("speech over paragraphs", "“We are late.\n\n“Go!” she said.", ["We are late.", "Go!"]),
    ("a straight mark left open", '"We are late.\n\nThe end.', ["We are late."]),
    ("quoted lines", "> I disagree.\n> Really.\nMe too.", ["I disagree.", "Really."]),
    ("quoted twice", ">> I disagree.", ["I disagree."]),
    ("quoted, an X", "> X marks the spot.", ["X marks the spot."]),
    ("a line left open", "It rained.\n“We are late.\nThe end.\nReally.", ["We are late."]),
    ("the last line left open", "It rained.\n“We are late.", ["We are late."]),
    ("a third line left open", "It rained.\nIt poured.\n“We are late.\nSo.", ["We are late."]),
    ("two marks of a line left open", "So.\n“We “are late.\nSo.\n“Go now.",
     ["We “are late.", "Go now."]),
    ("behind a mark of direction", '\u200f"איחרנו", אמרה', ["איחרנו"]),
    ("behind a zero-width space", 'She said \u200b"too late".', ["too late"]),
    ("a low mark left open", "‚He said ‘no’ to me, and left", ["He said ‘no’ to me, and left"]),
]  # fmt: skip

# The finder of the tests knows no marks that may match, and no paragraphs but those apart.
OURS_ALONE = (
    "Swedish", "a line left open", "the last line left open", "a third line left open",
    "two marks of a line left open",
)  # fmt: skip

NOT_QUOTED = [
    "No marks at all.",
    "It’s the ferrymen’s guild, isn’t it?",
    "rock ’n’ roll in the ’90s",
    "it's the dogs' home and the cats' home",
    '24" monitor | 27" monitor',
    '24" monitor, 6\' 2" tall',
    'A 24" and a 27" monitor.',
    "Home » News » Council",
    "» Read more",
    "Older »Newer « Home",
    "a > b, x -> y",
    "an opening “ that nothing closes",
    "a closing ” that nothing opens",
    "one “ here\n\nand one ” in another paragraph",
]


@pytest.mark.parametrize(("text", "expected"), [q[1:] for q in QUOTED], ids=[q[0] for q in QUOTED])
def test_quoted(text: str, expected: list[str]) -> None:
    assert quotations(text) == expected


@pytest.mark.parametrize("text", NOT_QUOTED)
def test_not_quoted(text: str) -> None:
    assert quotations(text) == []
    assert quoted_spans(text) == []


@pytest.mark.parametrize("text", NOT_QUOTED)
def test_the_finder_of_the_tests_agrees(text: str) -> None:
    assert nested_quotations(text) == []
    assert plain_quotations(text) == []


@pytest.mark.parametrize("text", [q[1] for q in QUOTED if q[0] not in OURS_ALONE])
def test_the_finder_of_the_tests_finds_what_is_quoted(text: str) -> None:
    assert nested_quotations(text)
    assert plain_quotations(text)


@pytest.mark.parametrize("furniture", FURNITURE)
@pytest.mark.parametrize(
    "form", ["“{}”", "„{}“", "«{}»", "« {} »", "»{}«", "‹{}›", "「{}」", "『{}』", "《{}》", "‘{}’",
             '"{}"', '" {} "', "“{}", "„{}", "«{}", '"{}', "> {}", "“x\n{}\ny”", '"x\n{}\ny"'],
)  # fmt: skip
def test_furniture_that_is_quoted_stays(furniture: str, form: str) -> None:
    quoted = form.format(furniture)
    page = f"Rain fell all night.\n\n{quoted}\n\nPost Comment"
    assert clean(page) == f"Rain fell all night.\n\n{quoted}"


@pytest.mark.parametrize("furniture", FURNITURE)
def test_furniture_that_is_not_quoted_goes(furniture: str) -> None:
    page = f"Rain fell all night, and the river rose.\n\nLeave a Reply\n\n{furniture}"
    assert clean(page) == "Rain fell all night, and the river rose."


@given(documents())
def test_spans_are_in_order_and_apart(text: str) -> None:
    end = 0
    for first, last in quoted_spans(text):
        assert end <= first < last <= len(text)
        end = last


@pytest.mark.parametrize("source", [None, 1, ["text"]])
def test_other_types_are_refused(source: object) -> None:
    with pytest.raises(TypeError, match="expected str or bytes, got"):
        quotations(source)  # type: ignore[arg-type]


def test_bytes() -> None:
    assert quotations("“déjà”".encode("utf-16")) == ["déjà"]


def test_a_mark_closes_what_was_opened_last() -> None:
    # So the first mark is open to the end, and the rest is quoted.
    text = "“「„”� Leave a Reply. Your email address will not be published."
    assert clean(text) == text


def test_pointed_marks_are_read_both_ways() -> None:
    text = (
        "›Leave a Reply\nL‹eave a Reply\nL›eave a Reply Your email address will not be published."
    )
    assert "‹eave a Reply\nL›" in clean(text)
