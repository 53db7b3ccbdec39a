"""What stands on many pages of a site: the evidence, and the promises with it."""

from __future__ import annotations

import io
import random
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import promises
from boilerkill import clean, separate
from boilerkill.passes import segments_of
from boilerkill.profile import Profile, ProfileError, Site, key_of, keys_of, load_profile
from strategies import documents

BODY = "Rain ended the drought on Monday, and the river rose by two metres before noon."
SLOGAN = "Every morning we carry the letters of the valley to your door."


def site(segments: Sequence[str], share: float = 1.0) -> Site:
    keys = np.unique(keys_of(segments))
    keys = keys[keys > 0]
    return Site(keys, np.full(len(keys), share))


def profile(**sites: list[str]) -> Profile:
    """Return a profile of sites of ten pages, on all of which some segments stand."""
    parts = sorted((int(key_of(name)), np.sort(keys_of(texts))) for name, texts in sites.items())
    keys = np.concatenate([part for _, part in parts])
    return Profile(
        np.array([name for name, _ in parts], dtype=np.uint64),
        np.full(len(parts), 10, dtype=np.uint32),
        np.array([0, *np.cumsum([len(part) for _, part in parts])], dtype=np.uint64),
        keys,
        np.full(len(keys), 10, dtype=np.uint32),
    )


@given(documents(), st.randoms(use_true_random=False), st.floats(0, 1))
def test_what_is_promised_holds_with_any_profile(
    text: str, randomly: random.Random, share: float
) -> None:
    known = site([one for one in segments_of(text) if randomly.random() < 0.5], share)
    promises.check_idempotent(text, profile=known)
    promises.check_separate_agrees(text, profile=known)
    promises.check_segments_make_up_the_text(text, profile=known)
    promises.check_nothing_invented(text, profile=known)
    promises.check_quotations_kept(text, profile=known)


@given(documents(), st.randoms(use_true_random=False))
def test_what_is_left_of_a_page_is_left_alone(text: str, randomly: random.Random) -> None:
    known = site([one for one in segments_of(text) if randomly.random() < 0.5])
    once = clean(f"<article><p>{text}</p></article>", format="html", profile=known)
    assert clean(once, profile=known) == once


def test_what_stands_on_many_pages_goes_and_a_quotation_stays() -> None:
    quoted = "“To your door,” they say."
    text = f"{SLOGAN}\n\n{BODY}\n\n{quoted}"
    assert clean(text) == text
    known = profile(mine=[SLOGAN, quoted], other=[BODY])
    assert clean(text, profile=known.at("mine")) == f"{BODY}\n\n{quoted}"
    assert clean(text, profile=known.at("other")) == f"{SLOGAN}\n\n{quoted}"
    assert clean(text, profile=known.at("unknown")) == text
    assert clean(text, profile=known) == quoted


def test_letter_case_digits_and_punctuation_make_no_difference() -> None:
    known = profile(mine=["12 letters, carried: TODAY!"]).at("mine")
    assert known.evidence(["7 Letters carried – today", "letters carried today", "12", ""]).tolist() == [
        1.0, 0.0, 0.0, 0.0,
    ]  # fmt: skip


def test_the_segments_of_a_page_are_those_of_the_text_that_is_left() -> None:
    assert segments_of(f"<nav><a href='/'>Home</a></nav><p>{BODY}</p>", format="html") == [BODY]
    assert segments_of(f"{SLOGAN}\n{BODY}") == [SLOGAN, BODY]


def test_a_reason_says_so() -> None:
    document = separate(f"{SLOGAN}\n\n{BODY}", profile=profile(mine=[SLOGAN]))
    segment = document.segments[0]
    assert not segment.kept
    assert segment.reasons[0].evidence == "stands on many pages"


def test_a_file_holds_all_of_it(tmp_path: Path) -> None:
    known = profile(mine=[SLOGAN], other=[BODY])
    files = [io.BytesIO(), io.BytesIO()]
    for file in files:
        known.save(file)
    assert files[0].getvalue() == files[1].getvalue()
    path = tmp_path / "site.profile"
    path.write_bytes(files[0].getvalue())
    assert clean(f"{SLOGAN}\n\n{BODY}", profile=load_profile(path).at("mine")) == BODY
    assert clean(f"{SLOGAN}\n\n{BODY}", profile=str(path)) == ""
    for data in (b"", b"nonsense", files[0].getvalue()[:-1]):
        with pytest.raises(ProfileError):
            Profile.load(io.BytesIO(data))


def test_a_file_that_is_no_profile_is_named(tmp_path: Path) -> None:
    (tmp_path / "motto.txt").write_text(SLOGAN)
    with pytest.raises(ProfileError, match=r"profile: .*motto\.txt: no profile of sites"):
        clean(BODY, profile=tmp_path / "motto.txt")


def test_a_profile_of_the_wrong_type() -> None:
    with pytest.raises(TypeError, match="profile: expected a file"):
        clean(BODY, profile=3)  # type: ignore[arg-type]
