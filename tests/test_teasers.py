"""What stands inside an article: headlines of other stories, and lines of its own that look alike."""

from __future__ import annotations

from pathlib import Path

import pytest

from boilerkill import Kind, clean, separate

LANGUAGES = Path(__file__).parent / "languages"

FIRST = (
    "The keeper’s cottage at Gannet Point, locked since the lamp went electric, opens in June. The"
    " harbour board said so on Monday."
)
SECOND = "Visitors may borrow one book a week. The nearest shop sells hats, rope and tea."
THIRD = "The lamp itself is shown on Sundays, when the keeper’s daughter tells of the storms."
FORM = "Leave a Reply\n© 2024 The Harbour Review. All rights reserved."

INVITATIONS = {
    "ar": "اقرأ أيضًا",
    "cs": "Čtěte také:",
    "de": "Lesen Sie auch",
    "es": "Lee también",
    "fr": "Lire aussi",
    "he": "קראו גם",
    "hi": "ये भी पढ़ें",
    "it": "Leggi anche",
    "ja": "関連記事",
    "ko": "관련기사",
    "nl": "Lees ook:",
    "pl": "Czytaj także",
    "pt": "Leia também",
    "ro": "Citește și:",
    "ru": "Читайте также:",
    "tr": "İlgili Haber",
    "uk": "Читайте також:",
}


@pytest.mark.parametrize("language", INVITATIONS)
@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_a_story_that_is_invited_to_goes(language: str, between: str) -> None:
    lines = (LANGUAGES / f"{language}.txt").read_text("utf-8").splitlines()
    body, headline, rest = lines[:4], lines[8], lines[10:]
    inviting = [INVITATIONS[language], headline]
    text = between.join([*body[:3], *inviting, body[3], *rest])
    assert separate(text, format="text").text.split(between) == body
    kinds = {piece.text: piece.kind for piece in separate(text, format="text").segments}
    assert {kinds[line] for line in inviting} == {Kind.RELATED}


def test_two_headlines_in_one_block_go() -> None:
    block = "Read also\nOld port seeks investors\nFerry to sail twice a day"
    text = f"{FIRST}\n\n{block}\n\n{SECOND}\n\n{FORM}"
    assert clean(text, format="text") == f"{FIRST}\n\n{SECOND}"


@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_a_heading_behind_a_headline_stays(between: str) -> None:
    text = between.join(
        [FIRST, "Read also", "Old port seeks investors", "Books to take home", SECOND, FORM]
    )
    assert between.join(["Books to take home", SECOND]) in clean(text, format="text")


@pytest.mark.parametrize(
    "inside",
    [
        "Further reading\nThe lamps of the northern coast",
        "See also\nThe lamps of the northern coast",
        "Read also\nThe logs",
        "Read also",
    ],
)
def test_what_may_be_of_the_article_stays(inside: str) -> None:
    text = f"{FIRST}\n\n{inside}\n\n{SECOND}\n\n{THIRD}"
    assert clean(f"{text}\n\n{FORM}", format="text") == text


def test_an_invitation_is_of_an_article_without_furniture() -> None:
    text = f"{FIRST}\n\nRead also\nOld port seeks investors\n\n{SECOND}"
    assert clean(text, format="text") == text


def test_the_photographer_of_a_film_is_no_caption() -> None:
    review = "처음 한 시간 동안은 별다른 일이 일어나지 않는데, 그것이 이 영화의 큰 힘이다."
    crew = (
        "제작진\n감독: 한마루\n각본: 한마루, 정다은\n촬영: 오세훈\n음악: 윤서연\n상영 시간: 124분"
    )
    text = f"{review} 배는 얼음이 풀리기를 기다린다.\n\n{crew}"
    assert clean(text, format="text") == text
