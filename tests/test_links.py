"""Links of Markdown: what is measured is their words; they stay or go as they are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import promises
from boilerkill import clean, normalize, separate
from boilerkill.links import without_targets
from boilerkill.read import read_text
from strategies import CORPUS, documents

TARGETS = (
    "/", "#respond", "https://example.org/a-b_(c)?d=e&f=g", "<a b>", "/x 'To the start'", "",
)  # fmt: skip
PIECES = ("[", "]", "](", "![", "(", ")", "\\", "\n", " ", "a", "“b”", "<", ">", "'", '"', "](/x)")
signs = st.lists(st.sampled_from(PIECES)).map("".join)

PROSE = "It rained all night, and the river rose by two metres before noon, said the mayor."


def linked(line: str, target: str = "https://example.org/a-b?c=d") -> str:
    return f"[{line}]({target})"


@given(st.one_of(signs, st.text()))
def test_only_signs_and_targets_of_links_become_spaces(text: str) -> None:
    shown = without_targets(text)
    assert len(shown) == len(text)
    assert all(sign in (" ", other) for sign, other in zip(shown, text, strict=True))
    assert shown == text or "](" in text


@given(st.lists(st.one_of(signs, st.text()).map(lambda text: text.replace("\n", " "))))
def test_a_link_ends_in_its_line(lines: list[str]) -> None:
    assert without_targets("\n".join(lines)) == "\n".join(map(without_targets, lines))


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("words", ["Home", "To the start", "![A hat](hat.png)", "[1] of them"])
def test_links(words: str, target: str) -> None:
    shown = without_targets(f"See {linked(words, target)}.")
    assert shown.split() == ["See", *words.replace("![A hat](hat.png)", "A hat").split(), "."]


@pytest.mark.parametrize(
    "text", ["[1] (in print)", r"\[x](y)", "[a\nb](c)", "a](b)", "[a](b c)", "[a] [b]", "(a)[b]"]
)
def test_no_links(text: str) -> None:
    assert without_targets(text) == text


@given(documents().map(normalize), st.sampled_from(TARGETS))
def test_a_line_that_is_a_link_has_its_words(text: str, target: str) -> None:
    lines = [line.strip() for line in text.split("\n")]
    plain = [line for line in lines if line and not set(line) & set("[]()\\<>")]
    reading = read_text("\n".join(linked(line, target) for line in plain))
    told = "".join(reading.canonical.text).replace("\n", "")
    assert told == "".join(read_text("\n".join(plain)).canonical.text).replace("\n", "")


@given(st.lists(st.one_of(st.sampled_from(TARGETS).map(lambda to: linked("Leave a Reply", to)),
                          signs, documents(2)), max_size=5))  # fmt: skip
def test_promises(pieces: list[str]) -> None:
    for between in (" ", "\n"):
        promises.check_all(between.join(pieces))


def test_menus_and_buttons_that_are_links_go() -> None:
    page = "\n\n".join(
        [
            "\n".join(f"* {linked(label)}" for label in ("Home", "Projects", "About us")),
            "# Rain",
            f"{PROSE} See {linked('the report')}.",
            PROSE,
            f"{linked('Tweet')} {linked('Share on Facebook')}",
            linked("Leave a Reply", "#respond"),
            linked("Your email address will not be published."),
        ]
    )
    assert clean(page) == f"# Rain\n\n{PROSE} See {linked('the report')}.\n\n{PROSE}"


@pytest.mark.parametrize("between", [" ", " | ", ", "])
def test_what_is_glued_is_cut_off_with_the_signs_around_it(between: str) -> None:
    form = between.join(map(linked, ("Leave a Reply", "Your email address will not be published.")))
    assert clean(f"{PROSE} {form}") == PROSE
    hats = " | ".join(
        linked(f"{colour} Hats") for colour in ["Red", "Blue", "Green", "Grey", "Brown", "White"]
    )
    assert clean(f"{PROSE} {hats}") == PROSE


def test_a_page_whose_furniture_is_links_is_cleaned_as_without() -> None:
    """Of the pages of corpus/, so many as say nothing by the length of their lines."""
    pages = [path.read_text("utf-8") for path in sorted(CORPUS.glob("*/page.txt"))]
    same = []
    for page in pages:
        document = separate(page, format="text")
        gone = {segment.text for segment in document.segments if not segment.kept}
        lines = [
            linked(line) if line in gone and line[0].isalpha() else line
            for line in page.split("\n")
        ]
        same.append(clean("\n".join(lines), format="text") == document.text)
    assert sum(same) >= 0.9 * len(pages)
