"""Articles that a page keeps where only scripts find them: in templates, JSON-LD, hidden elements."""

from __future__ import annotations

import html as entities
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import promises
from boilerkill import clean
from boilerkill.read.fallback import article_in_json
from boilerkill.read.html import read_html
from strategies import documents

MENU = '<nav><a href="/">Home</a> <a href="/news">News</a></nav>'
PARAGRAPHS = (
    "The keeper’s cottage at Gannet Point, locked since the lamp went electric, opens in June.",
    "Visitors may borrow one book a week, and the ferry & the shop will take it back for them.",
    "The council pays for the roof; the rest is done by neighbours on Saturdays, in all weathers.",
)
ARTICLE = "".join(f"<p>{entities.escape(text)}</p>" for text in PARAGRAPHS)
TEXT = "\n\n".join(PARAGRAPHS)


def json_ld(data: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(data)}</script>'


KEPT: dict[str, str] = {
    "a template": f"<template>{ARTICLE}</template>",
    "a template in a template": f"<template><div><template>{ARTICLE}</template></div></template>",
    "noscript": f"<noscript>{ARTICLE}</noscript>",
    "a hidden element": f'<div style="display:none">{ARTICLE}</div>',
    "text": json_ld({"@type": "NewsArticle", "articleBody": TEXT}),
    "lines": json_ld({"articleBody": "\n".join(PARAGRAPHS)}),
    "a graph": json_ld({"@graph": [{"@type": "WebSite"}, {"articleBody": TEXT}]}),
    "a list": json_ld([{"name": "x"}, {"hasPart": [{"mainEntity": {"articleBody": TEXT}}]}]),
    "HTML": json_ld({"articleBody": ARTICLE}),
    "escaped HTML": json_ld({"articleBody": entities.escape(ARTICLE)}),
    "entities": json_ld({"articleBody": entities.escape(TEXT)}),
    "a script that is escaped": json_ld({"articleBody": TEXT}).replace('"', "&quot;").replace(
        "type=&quot;application/ld+json&quot;", 'type="Application/LD+JSON; charset=utf-8"'
    ),
    "the longest": json_ld({"articleBody": "Short."}) + json_ld({"articleBody": TEXT}),
}  # fmt: skip


@pytest.mark.parametrize("name", KEPT)
def test_what_a_page_shows_nowhere_else_is_read(name: str) -> None:
    assert clean(f"<html><body>{MENU}{KEPT[name]}</body></html>") == TEXT


@pytest.mark.parametrize("name", KEPT)
def test_of_a_page_that_shows_its_text_the_rest_stays_hidden(name: str) -> None:
    shown = "".join(
        f"<p>{n}. Rain fell all night, and the river rose by two metres before noon.</p>"
        for n in range(40)
    )
    page = read_html(f"<body>{shown}{KEPT[name]}</body>")
    assert "Gannet Point" not in page.reading.text
    assert "39. Rain fell" in page.reading.text


def test_what_a_shadow_holds_is_shown() -> None:
    source = (
        "<div><template shadowrootmode=open><p>It rained.</p><slot></slot></template>Again.</div>"
    )
    assert read_html(source).reading.text == "It rained.\n\nAgain."
    assert read_html(source.replace("shadowrootmode", "id")).reading.text == "Again."


def test_dots_in_another_encoding_end_no_line() -> None:
    text = f"“Rain\x85 fell,” she said.\r\n\r\n{TEXT}"
    cleaned = clean(f"<html><body>{MENU}{json_ld({'articleBody': text})}</body></html>")
    assert cleaned == f"“Rain… fell,” she said.\n\n{TEXT}"


def test_the_part_that_is_shown_comes_once() -> None:
    page = f"<body>{MENU}<p>{PARAGRAPHS[0]}</p>{KEPT['a graph']}</body>"
    assert clean(page) == TEXT


@pytest.mark.parametrize(
    "script",
    ["", "{", "null", "3", '"x"', '{"articleBody": 3}', '{"articleBody": null}', "[" * 100_000,
     "9" * 10_000, '{"articleBody": ""}', "\x00", '{"a": "\ud800"}'],
)  # fmt: skip
def test_scripts_without_an_article(script: str) -> None:
    assert article_in_json([script]) == ""


def test_nested_beyond_the_parser() -> None:
    data: Any = {"articleBody": TEXT}
    for _ in range(200):
        data = {"a": [data]}
    assert clean(f"<body>{json_ld(data)}</body>") == TEXT


@given(documents(6), st.sampled_from(("template", "JSON-LD")))
def test_promises(text: str, where: str) -> None:
    inner = "".join(f"<p>{entities.escape(part)}</p>" for part in text.split("\n"))
    kept = (
        f"<template>{inner}</template>" if where == "template" else json_ld({"articleBody": text})
    )
    source = f"<html><body>{MENU}{kept}"
    promises.check_idempotent(source)
    promises.check_separate_agrees(source)
    promises.check_segments_make_up_the_text(source)
    promises.check_nothing_invented(source)
