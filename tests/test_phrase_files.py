"""Phrases of a user's own: the files, and the promises with them."""

from __future__ import annotations

import functools
import pickle
import re
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import promises
from boilerkill import Byline, Kind, clean, separate
from boilerkill.cli import main
from boilerkill.corpus import CorpusError, CorpusSettings, clean_corpus
from boilerkill.decide import settle
from boilerkill.options import check_options
from boilerkill.passes import segments_of
from boilerkill.phrase_files import load_phrasebook, own_phrases, phrasebook
from strategies import documents

BODY = "Rain ended the drought on Monday, and the river rose by two metres before noon."
MOTTO = "Zwitscher es to all the valley"
OWN = f"""\
# What the valley's pages say.
[share.action]
{MOTTO}

[comment_form.heading]
Was this story of use to you?

[byline.author]
Penned at the ferry by {{name}}

[byline.updated]
Mended on {{date}}
"""


@pytest.fixture
def own(tmp_path: Path) -> Path:
    path = tmp_path / "own.txt"
    path.write_text(OWN, "utf-8")
    return path


# Words that texts are made of too, so that whatever stands in one may be a phrase.
WORDS = ("rain", "the", "river", "rose", "by two", "said", "monday", "{name} said", "on {date}")
SECTIONS = ("share.action", "byline.author", "notice.clue", "navigation.label", "date.word")


@functools.cache
def hostile_file(number: int) -> str:
    """Return one of a few files, each of which takes common words for furniture."""
    lines = [
        f"[{section}]\n{word}"
        for section in SECTIONS
        for place, word in enumerate(WORDS)
        if place % 3 == number or section == SECTIONS[number]
    ]
    path = Path(tempfile.mkdtemp(prefix="boilerkill-phrases-"), "hostile.txt")
    path.write_text("\n".join(lines), "utf-8")
    return str(path)


@given(
    st.one_of(
        documents(),
        st.lists(st.sampled_from([*WORDS, "“Rain,” she said.", BODY])).map("\n".join),
    ),
    st.sampled_from(range(3)),
)
def test_what_is_promised_holds_with_any_phrases(text: str, number: int) -> None:
    phrases = hostile_file(number)
    promises.check_idempotent(text, phrases=phrases)
    promises.check_separate_agrees(text, phrases=phrases)
    promises.check_segments_make_up_the_text(text, phrases=phrases)
    promises.check_nothing_invented(text, phrases=phrases)
    promises.check_quotations_kept(text, phrases=phrases)


@pytest.mark.parametrize("form", ["text", "html"])
def test_own_phrases_are_furniture_of_their_kind(own: Path, form: str) -> None:
    lines = ["Penned at the ferry by Ann Lee", BODY, "Mended on 31 May 2024", MOTTO]
    source = "\n\n".join(lines) if form == "text" else "".join(f"<p>{line}</p>" for line in lines)
    assert MOTTO in clean(source, format=form)
    document = separate(source, format=form, phrases=own)
    assert document.text == BODY == clean(source, format=form, phrases=str(own))
    gone = {segment.text: segment.kind for segment in document.segments if not segment.kept}
    assert gone[MOTTO] is Kind.SHARE
    assert gone["Penned at the ferry by Ann Lee"] is Kind.BYLINE
    assert document.byline.authors == ["Ann Lee"]
    # A page that was only updated was published on that day, as far as it says.
    date = document.byline.updated if form == "text" else document.byline.published
    assert date == "2024-05-31"


def test_what_they_say_is_no_author(tmp_path: Path) -> None:
    path = tmp_path / "own.txt"
    path.write_text("[share.action]\nZwitscher Talwärts", "utf-8")
    page = f'<h1>Rain</h1><p>By <a rel="author" href="/z">Zwitscher Talwärts</a></p><p>{BODY}</p>'
    assert separate(page).byline.authors == ["Zwitscher Talwärts"]
    assert separate(page, phrases=path).byline.authors == []


def test_a_line_that_they_are_glued_to_is_cut(own: Path) -> None:
    """It is in what is learned of a site as well."""
    line = f"{BODY} Was this story of use to you? Leave a Reply"
    assert clean(line, phrases=own) == BODY
    assert segments_of(line, phrases=own)[0] == BODY
    assert segments_of(line)[0] != BODY


def test_every_pass_looks_for_them(own: Path) -> None:
    """Also where only a part of a line goes, so that what is left is read anew."""
    options = check_options(phrases=own)
    for text in (f"{BODY}\n\n{MOTTO}", f"{BODY} Leave a Reply Post Comment"):
        passes = settle(text, options)
        assert len(passes) > 1
        assert all(one.reading.book is options.book for one in passes)


def test_what_boilerkill_knows_goes_as_without_them(own: Path) -> None:
    text = f"{BODY}\n\nLeave a Reply\n\nPost Comment"
    assert clean(text, phrases=own) == clean(text) == BODY


def test_other_calls_know_nothing_of_them(own: Path) -> None:
    text = f"{BODY}\n\n{MOTTO}"
    before = phrasebook().literals
    assert clean(text, phrases=own) == BODY
    assert clean(text) == text
    assert phrasebook().literals == before


def test_a_reason_names_the_phrase(own: Path) -> None:
    segment = separate(f"{BODY}\n\n{MOTTO}", phrases=own).segments[-1]
    assert f"'{MOTTO}'" in segment.reasons[0].detail


@pytest.mark.parametrize("form", ["text", "html"])
def test_a_document_can_be_sent_to_another_process(own: Path, form: str) -> None:
    source = f"<p>Penned at the ferry by Ann Lee</p><p>{BODY}</p>"
    document = separate(re.sub("<[^>]+>", "\n", source) if form == "text" else source, phrases=own)
    own.unlink()
    sent = pickle.loads(pickle.dumps(document))
    assert sent == document
    assert sent.byline == document.byline == Byline(["Ann Lee"])
    assert [one.reasons for one in sent.segments] == [one.reasons for one in document.segments]


def test_a_short_phrase_of_a_language_counts_in_texts_of_it(tmp_path: Path) -> None:
    """Without a language, it counts in all."""
    german = "Der Regen kam in der Nacht und die Sonne war nicht zu sehen, sagte man auf dem Markt."
    everywhere, gaelic = tmp_path / "all.txt", tmp_path / "gd.txt"
    everywhere.write_text("[comment_form.button]\nCompàirt", "utf-8")
    gaelic.write_text("# Gaelic\nlanguage: gd\n[comment_form.button]\nCompàirt", "utf-8")
    text = f"{german}\n\nCompàirt"
    assert clean(text, phrases=everywhere) == german
    assert clean(text, phrases=gaelic) == text


def test_a_changed_file_is_read_again(own: Path) -> None:
    text = f"{BODY}\n\nPass it down the valley"
    assert clean(text, phrases=own) == text
    own.write_text(f"{OWN}[share.action]\nPass it down the valley\n", "utf-8")
    assert clean(text, phrases=own) == BODY


def test_files_as_editors_write_them(tmp_path: Path) -> None:
    path = tmp_path / "own.txt"
    path.write_bytes(b"\xef\xbb\xbf" + OWN.replace("\n", "\r\n").encode())
    assert clean(f"{BODY}\n\n{MOTTO}", phrases=path) == BODY
    path.write_text("", "utf-8")
    assert clean(f"{BODY}\n\n{MOTTO}", phrases=path) == f"{BODY}\n\n{MOTTO}"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"Leave a Reply", r"own\.txt: line 1: 'Leave a Reply' stands before the first"),
        (b"[share.acton]\nTweet", r"\[share\.acton\] is no known section; do you mean \[share\.a"),
        (b"[Share.Action]\nTweet", r"\[Share\.Action\] is no known section"),
        (
            b"# Mine\n[share]\nTweet",
            r"line 2: \[share\] is no known section; do you mean \[share\.",
        ),
        (b"[bogus]", r"line 1: \[bogus\] is no known section$"),
        (b"[byline.author]\nBy {nam}", r"\{nam\} is no known placeholder; do you mean \{name\}\?"),
        (b"[byline.author]\nBy {name} { Date }", r"\{ Date \} is no known .* mean \{date\}\?"),
        (b"[byline.author]\nBy {x}", r"\{x\} is no known placeholder$"),
        (b"[byline.author]\n{name}", "has no word of its own"),
        (b"[share.action]\n-*-", "has no word of its own"),
        (b"[share.action]\nx {any} {any} {any} {any} c {any}", "has more than 4 placeholders"),
        (b"[language.word]\nagus", "needs a line such as 'language: gd'"),
        (b"language: Scottish Gaelic\n[share.action]\nTweet", "line 1: 'language: Scottish"),
        (b"[share.action]\n\xff\xfe", r"own\.txt: 'utf-8' codec can't decode"),
    ],
)
def test_what_is_wrong_with_a_file_is_said(tmp_path: Path, data: bytes, said: str) -> None:
    path = tmp_path / "own.txt"
    path.write_bytes(data)
    with pytest.raises(ValueError, match=f"phrases: .*{said}"):
        clean(BODY, phrases=path)
    with pytest.raises(ValueError, match=f"phrases: .*{said}"):
        CorpusSettings(phrases=path).check()


def test_no_file_at_all(tmp_path: Path) -> None:
    with pytest.raises(TypeError, match="phrases: expected a file"):
        clean(BODY, phrases=3)  # type: ignore[arg-type]
    with pytest.raises(FileNotFoundError):
        clean(BODY, phrases=tmp_path / "none.txt")
    with pytest.raises(ValueError, match=r"phrases: .*none\.txt: No such file"):
        CorpusSettings(phrases=tmp_path / "none.txt").check()


def test_every_role_can_be_used() -> None:
    book = phrasebook()
    text = "language: gd\n" + "\n".join(f"[{role.name}]\nfacal {role.name}" for role in book.roles)
    assert [role for _, role, _ in own_phrases(text)] == [role.name for role in book.roles]


def test_a_book_is_made_once_for_a_file(own: Path) -> None:
    assert load_phrasebook(own) is load_phrasebook(str(own))


@pytest.mark.parametrize("jobs", [0, 2])
def test_a_run_takes_them_and_knows_which(tmp_path: Path, own: Path, jobs: int) -> None:
    source, out = tmp_path / "in", tmp_path / "out"
    source.mkdir()
    (source / "a.txt").write_text(f"{BODY}\n\n{MOTTO}\n", "utf-8")
    settings = CorpusSettings(jobs=jobs, phrases=own)
    clean_corpus(source, out, settings)
    assert (out / "a.txt").read_text("utf-8") == f"{BODY}\n"
    assert clean_corpus(source, out, settings).done_before == 1
    own.write_text(f"{OWN}\n[share.action]\nPass it on to the ferryman\n", "utf-8")
    with pytest.raises(CorpusError, match="overwrite"):
        clean_corpus(source, out, settings)


def test_the_commands_take_them(
    tmp_path: Path, own: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "page.txt"
    page.write_text(f"{BODY}\n\n{MOTTO}\n", "utf-8")
    assert main(["clean", str(page), "-o", "-", "--quiet", "--phrases", str(own)]) == 0
    assert capsys.readouterr().out == f"{BODY}\n"
    assert main(["explain", str(page), "--phrases", str(own)]) == 0
    assert "SHARE" in capsys.readouterr().out
    assert main(["report", str(page), "-o", str(tmp_path / "r.html"), "--phrases", str(own)]) == 0
    assert '"SHARE"' in (tmp_path / "r.html").read_text("utf-8")
    own.write_text("[share.acton]\nTweet", "utf-8")
    for command in (["clean", str(page), "-o", "-"], ["explain", str(page)]):
        assert main([*command, "--phrases", str(own)]) == 2
        assert "share.action" in capsys.readouterr().err
