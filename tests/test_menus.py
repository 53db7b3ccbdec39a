"""Menus told by the labels among short lines, and what stands between them and the article."""

from __future__ import annotations

import pytest

from boilerkill import clean

MENU = "Home\nNews\nFeatures\nContact\nSearch\nLog in\nSubscribe"
BYLINE = "By Ann Lee\nPublished May 31, 2024\n6 min read"
SHARE = "Share\nFacebook\nTwitter\nLinkedIn\nEmail\nPrint"
PROSE = (
    "The keeper’s cottage at Gannet Point, locked since the lamp went electric, opens in June. The"
    " harbour board said so on Monday.\n\nVisitors may borrow one book a week. The nearest shop"
    " sells hats, rope and tea."
)


@pytest.mark.parametrize("title", ["Salt and rope", "Mayor resigns", "What a byline is worth"])
@pytest.mark.parametrize("around", [(BYLINE, SHARE), (SHARE, BYLINE), (SHARE,), (BYLINE,)])
def test_a_short_title_between_a_menu_and_share_buttons_stays(
    title: str, around: tuple[str, ...]
) -> None:
    page = "\n".join((MENU, title, *around))
    assert clean(f"{page}\n\n{PROSE}").split() == f"{title} {PROSE}".split()


def test_lines_among_the_labels_of_a_menu_go() -> None:
    page = "Home\nSalt and rope\nNews\nHats and hooks\nContact\nOur rooms\nEmail"
    assert clean(f"{page}\n\n{PROSE}") == PROSE
