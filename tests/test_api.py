"""The public names: what they take, what they refuse, what they return."""

from __future__ import annotations

import dataclasses
import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

import boilerkill
from boilerkill import Byline, Document, Kind, Reason, Segment, clean, normalize, separate
from strategies import documents, html_pages

PUBLIC = {
    "Byline", "Document", "Explanation", "Kind", "Reason", "Segment", "clean", "normalize",
    "quotations", "separate",
}  # fmt: skip
KINDS = (
    "BODY HEADING TITLE CAPTION BYLINE COMMENT_FORM COMMENT LINK_FOOTER NAVIGATION SHARE RELATED"
    " PROMOTION NOTICE OTHER"
)

PAGE = """\
Home | News | Sport | Contact

The river rose again

By Ann Lee

31 May 2024

Rain fell all night, and the river rose by two metres before noon.

“We had an hour to carry everything upstairs,” said the baker in the lower town.

Share this: Facebook Twitter WhatsApp

Leave a Reply

Your email address will not be published. Required fields are marked *

Post Comment

© 2024 The Valley Courier. All rights reserved."""

BODY = """\
Rain fell all night, and the river rose by two metres before noon.

“We had an hour to carry everything upstairs,” said the baker in the lower town."""


def test_public_names() -> None:
    assert set(boilerkill.__all__) == PUBLIC
    assert set(dir(boilerkill)) >= PUBLIC
    for name in PUBLIC:
        assert getattr(boilerkill, name).__doc__


def test_an_unknown_name() -> None:
    with pytest.raises(AttributeError, match="module 'boilerkill' has no attribute 'cleanse'"):
        boilerkill.cleanse  # noqa: B018


def test_kinds() -> None:
    assert " ".join(kind.value for kind in Kind) == KINDS
    assert f"{Kind.BODY} {Kind('BYLINE')!s}" == "BODY BYLINE"


@pytest.mark.parametrize(
    "source", [PAGE, PAGE.encode(), PAGE.encode("utf-16"), bytearray(PAGE.encode())]
)
def test_clean_takes_text_and_bytes(source: str) -> None:
    assert clean(source).endswith(BODY)


def test_separate() -> None:
    document = separate(PAGE)
    assert isinstance(document, Document)
    assert document.text == clean(PAGE)
    assert isinstance(document.segments, tuple)
    removed = [
        (segment.kind.value, segment.text) for segment in document.segments if not segment.kept
    ]
    assert removed == [
        ("NAVIGATION", "Home | News | Sport | Contact"),
        ("BYLINE", "By Ann Lee"),
        ("BYLINE", "31 May 2024"),
        ("SHARE", "Share this: Facebook Twitter WhatsApp"),
        ("COMMENT_FORM", "Leave a Reply"),
        ("COMMENT_FORM", "Your email address will not be published. Required fields are marked *"),
        ("COMMENT_FORM", "Post Comment"),
        ("NOTICE", "© 2024 The Valley Courier. All rights reserved."),
    ]
    assert document.title == "The river rose again"
    assert document.byline == Byline(["Ann Lee"], published="2024-05-31", updated=None)


def test_only() -> None:
    document = separate(PAGE)
    expected = ["Leave a Reply", "Your email address will not be published. Required fields are marked *",
                "Post Comment"]  # fmt: skip
    assert [segment.text for segment in document.only(Kind.COMMENT_FORM)] == expected
    assert document.only("COMMENT_FORM") == document.only(Kind.COMMENT_FORM)
    assert document.only(Kind.LINK_FOOTER) == []


@pytest.mark.parametrize("kind", ["comment_form", "FOOTER", "", 3, None])
def test_only_of_no_kind(kind: str) -> None:
    with pytest.raises(ValueError, match="Kind"):
        separate(PAGE).only(kind)


@given(documents())
def test_only_splits_the_segments_by_kind(source: str) -> None:
    document = separate(source)
    assert sum(len(document.only(kind)) for kind in Kind) == len(document.segments)
    for kind in Kind:
        assert all(segment.kind is kind for segment in document.only(kind))


@given(documents())
def test_types_of_what_comes_back(source: str) -> None:
    document = separate(source)
    assert type(document.text) is str
    assert document.title is None or type(document.title) is str
    for segment in document.segments:
        assert type(segment) is Segment
        assert type(segment.text) is str
        assert segment.text
        assert type(segment.kind) is Kind
        assert type(segment.score) is float
        assert 0 <= segment.score <= 1
        assert type(segment.kept) is bool
        assert type(segment.quoted) is bool
        assert segment.kept or not segment.quoted
        for reason in segment.reasons:
            assert type(reason) is Reason
            assert type(reason.evidence) is str
            assert type(reason.value) is float
            assert math.isfinite(reason.weight)
    byline = document.byline
    assert all(type(author) is str and author.strip() for author in byline.authors)


@given(documents())
def test_reasons_come_heaviest_first(source: str) -> None:
    for segment in separate(source).segments:
        weights = [abs(reason.weight) for reason in segment.reasons]
        assert weights == sorted(weights, reverse=True)


@given(documents(), st.floats(0, 1))
def test_a_segment_is_kept_for_its_score_or_its_quotation(source: str, threshold: float) -> None:
    for segment in separate(source, threshold=threshold).segments:
        assert segment.kept or segment.score < threshold


@given(st.one_of(documents(), html_pages()))
def test_a_document_is_plain_data_that_json_can_hold(source: str) -> None:
    document = separate(source)
    plain = json.loads(json.dumps(document.to_dict(), allow_nan=False))
    assert (plain["text"], plain["title"]) == (document.text, document.title)
    assert Byline(**plain["byline"]) == document.byline
    again = [Segment(**{**one, "kind": Kind(one["kind"])}) for one in plain["segments"]]
    assert tuple(again) == document.segments


def test_what_comes_back_cannot_be_changed() -> None:
    segment = separate(PAGE).segments[0]
    with pytest.raises(dataclasses.FrozenInstanceError):
        segment.kept = True  # type: ignore[misc]


@pytest.mark.parametrize("empty", ["", b"", "\n \n", "\ufeff", b"\xff\xfe"])
def test_nothing_in_nothing_out(empty: str) -> None:
    assert clean(empty) == ""
    assert separate(empty) == Document(text="", segments=())
    assert separate(empty).byline == Byline()


@pytest.mark.parametrize(
    ("keep", "stays"),
    [
        ({Kind.BYLINE}, ["By Ann Lee", "31 May 2024"]),
        (["SHARE"], ["Share this: Facebook Twitter WhatsApp"]),
        ((Kind.NOTICE, "SHARE"), ["Share this: Facebook Twitter WhatsApp",
                                  "© 2024 The Valley Courier. All rights reserved."]),
        (iter([Kind.NAVIGATION]), ["Home | News | Sport | Contact"]),
    ],
)  # fmt: skip
def test_keep(keep: set[Kind], stays: list[str]) -> None:
    more = set(clean(PAGE, keep=keep).split("\n")) - set(clean(PAGE).split("\n"))
    assert more == set(stays)


def test_threshold() -> None:
    assert clean(PAGE, threshold=0) == PAGE
    quoted = "“We had an hour to carry everything upstairs,” said the baker in the lower town."
    assert quoted in clean(PAGE, threshold=1)
    assert clean(PAGE, threshold=1) != PAGE


def test_format() -> None:
    assert clean(PAGE, format="text") == clean(PAGE, format="auto") == clean(PAGE)


@pytest.mark.parametrize("function", [clean, separate])
class TestRefused:
    @pytest.mark.parametrize("source", [None, 1, ["text"], object(), Kind])
    def test_source(self, function: type, source: object) -> None:
        with pytest.raises(TypeError, match="expected str or bytes, got"):
            function(source)

    @pytest.mark.parametrize(
        ("options", "error", "message"),
        [
            ({"format": "pdf"}, ValueError, "format: expected one of .*auto.*text.*, got 'pdf'"),
            ({"format": None}, TypeError, "format: expected a string, got None"),
            ({"keep": "COMMENT"}, TypeError, "keep: expected kinds such as .*, got 'COMMENT'"),
            ({"keep": 3}, TypeError, "keep: expected kinds such as .*, got 3"),
            ({"keep": None}, TypeError, "keep: expected kinds such as .*, got None"),
            ({"keep": [1]}, TypeError, "keep: expected a Kind or its name, got 1"),
            ({"keep": ["FOOTER"]}, ValueError, "keep: 'FOOTER' is none of BODY, HEADING, .*OTHER"),
            ({"threshold": 1.5}, ValueError, "threshold: expected a number from 0 to 1, got 1.5"),
            ({"threshold": -1}, ValueError, "threshold: expected a number from 0 to 1, got -1"),
            ({"threshold": math.nan}, ValueError, "threshold: expected a number .*, got nan"),
            ({"threshold": "0.5"}, TypeError, "threshold: expected a number .*, got '0.5'"),
            ({"threshold": True}, TypeError, "threshold: expected a number .*, got True"),
            ({"threshold": None}, TypeError, "threshold: expected a number .*, got None"),
            ({"favour": 1}, TypeError, "favour"),
        ],
    )
    def test_options(
        self, function: type, options: dict[str, object], error: type[Exception], message: str
    ) -> None:
        with pytest.raises(error, match=message):
            function(PAGE, **options)

    def test_options_by_place(self, function: type) -> None:
        with pytest.raises(TypeError, match="positional"):
            function(PAGE, "text")

    def test_before_the_source_is_read(self, function: type) -> None:
        with pytest.raises(ValueError, match="threshold"):
            function("", threshold=2)


def test_nothing_is_printed(capfd: pytest.CaptureFixture[str]) -> None:
    separate(PAGE).byline  # noqa: B018
    clean(bytes(range(256)) * 20)
    normalize("Ð¿Ñ€Ð¸Ð²ÐµÑ‚ â€œ \ud800")
    assert capfd.readouterr() == ("", "")
