"""Readers' comments in text: what begins them, and what does not."""

from __future__ import annotations

from importlib import resources

import pytest

from boilerkill import Kind, clean, separate
from boilerkill.phrase_files import parse_phrases
from boilerkill.read.html import read_html
from boilerkill.read.tags import bit_of

ARTICLE = (
    "The ferry to Gannet Point will run every half hour from May, the harbour board said.",
    "The board bought a second boat in the autumn, and it carries sixty passengers.",
    "Tickets will cost as much as before, and the hotel opens its doors again in June.",
)
REMARKS = (
    "We have waited ten years for this boat, and my aunt will be so glad of it.",
    "I hope that they kept the bell of the old one, for nobody sleeps without it.",
)
POSTS = (
    "My old dinghy takes in water at the stern, and I cannot find out where it comes from.",
    "Look at the plug first, for the thread of mine was worn after only two summers.",
    "The plug was it, and a new one cost less than the ferry to the chandlery and back.",
)


def with_remarks(heading: str) -> str:
    """Return an article with what two readers wrote below a heading."""
    first, second = REMARKS
    return "\n\n".join(ARTICLE) + (
        f"\n\n{heading}\n\nAnna Lee says:\nMay 3, 2024 at 8:15 am\n{first}\nReply\n\n"
        f"Tom Gray says:\nMay 4, 2024 at 9:40 pm\n{second}\nReply\n"
    )


def thread(button: str) -> str:
    """Return a thread whose posts end in a button."""
    people = ("gannet_7", "harbourlight", "gannet_7")
    return "\n\n".join(
        f"{name}\nJoined: 2019\nPosts: {31 * number}\nMay {number}, 2024 at 8:15 am\n{post}\n{button}"
        for number, (name, post) in enumerate(zip(people, POSTS, strict=True), 1)
    )


@pytest.mark.parametrize("heading", ["Comments", "2 Comments", "Discussion", "Responses"])
def test_what_stands_over_comments_begins_them(heading: str) -> None:
    document = separate(with_remarks(heading))
    assert document.text == "\n\n".join(ARTICLE)
    assert set(REMARKS) <= {segment.text for segment in document.only(Kind.COMMENT)}


@pytest.mark.parametrize("button", ["Save", "Reply", "Send", "Website", "Name", "Quote", "Edit"])
def test_a_button_begins_no_comments(button: str) -> None:
    kept = clean(thread(button)).split("\n")
    assert set(POSTS) <= set(kept)


def test_every_language_with_labels_of_a_form_has_a_title_of_comments() -> None:
    folder = resources.files("boilerkill") / "phrases"
    files = [file for file in folder.iterdir() if file.name.endswith(".txt")]
    roles = {file.name[:-4]: {role for role, _ in parse_phrases(file.read_text("utf-8"))}
             for file in files}  # fmt: skip
    without = [
        language
        for language, known in roles.items()
        if "comment_form.label" in known and "comment_form.title" not in known
    ]
    # The labels of these are few, and none of them is one.
    assert sorted(without) == ["jv", "mul", "oc"]


@pytest.mark.parametrize("name", ["commentlist", "CommentLinks", "leserkommentare"])
def test_what_systems_call_comments_is_told_by_its_class(name: str) -> None:
    page = read_html(f"<p>{ARTICLE[0]}</p><ol class={name}><li>{REMARKS[0]}</ol>")
    assert page.containers[page.blocks[-1].container].around & bit_of("comment")
