"""Lines in which furniture is glued to prose: where it begins, where it ends, and what is prose."""

from __future__ import annotations

import pytest

from boilerkill import clean
from boilerkill.read import read_text

PROSE = "It rained all night, and the river rose above the meadow by the mill."
FORM = "Leave a Reply Your email address will not be published. Name * Email * Post Comment"
# So much without the end of a sentence is more than a byline.
UNKNOWN = "Ann Lee writes about boats and harbours for the Courier and lives with a cat in Amble"


def segments_of(text: str) -> list[str]:
    return read_text(text).segments


class TestEnd:
    """Nothing of the sentence behind a run goes with it."""

    @pytest.mark.parametrize(
        ("bar", "body"),
        [
            ("Share on Facebook Share on Twitter Email Print", "A new timetable is in force."),
            ("Share on Facebook Share on Twitter Email Print", "On Monday the ferry came back."),
            ("Share on Facebook Share on Twitter Email", "Print works in the town have closed."),
            ("Share on Facebook Share on Twitter Email", "The old print works have closed."),
            ("Share on Facebook Share on Twitter Email", "Pocket-sized boats are for sale."),
            ("Share on Facebook Share on Twitter", "Ada Quill of the board said no."),
            ("Přejít k obsahu Domů Zprávy Kultura Přihlásit se", "Přívoz na Vltavě jezdí dál."),
            ("Aller au contenu Accueil Politique Se connecter", "A Brest, le port se prépare."),
            ("字号：大 中 小 分享到：微信 QQ空间", "因大浪停航的渡船，12日恢复运营。"),
            ("发表评论 分享到朋友圈", "微信用户可以在船上买票。"),
        ],
    )
    def test_body_behind_it_is_whole(self, bar: str, body: str) -> None:
        assert segments_of(f"{bar} {body} {PROSE * 3}") == [bar, f"{body} {PROSE * 3}"]

    def test_the_first_word_of_the_body_is_kept(self) -> None:
        body = f"A new ferry timetable takes effect next week. {PROSE * 3}"
        text = f"Share on Facebook Share on Twitter Email Print {body}"
        assert clean(text, format="text") == body

    def test_labels_next_to_each_other_are_a_menu(self) -> None:
        menu = "Skip to content Regional Home Sport Weather Contact"
        assert segments_of(f"{menu} {PROSE * 3}") == [menu, PROSE * 3]

    def test_an_everyday_word_at_the_end_of_a_line_begins_nothing(self) -> None:
        footer = "Privacy Policy Terms of Use Contact About"
        assert segments_of(f"{PROSE} {footer}") == [PROSE, footer]

    def test_an_opening_mark_belongs_to_what_it_opens(self) -> None:
        bar = "Share on Facebook Share on Twitter"
        body = f"'Rain ends debate': what the board says {PROSE}"
        assert segments_of(f"{bar} {body}") == [bar, body]


class TestBegin:
    """What stands before furniture need not be known."""

    def test_phrases_in_a_row_need_no_sentence_before_them(self) -> None:
        assert segments_of(f"{PROSE} {UNKNOWN} {FORM}") == [f"{PROSE} {UNKNOWN}", FORM]

    def test_a_phrase_in_prose_right_before_does_not_hide_it(self) -> None:
        before = f"{PROSE} {UNKNOWN}, and there you can read more about us."
        assert segments_of(f"{before} {FORM}") == [before, FORM]

    @pytest.mark.parametrize(
        "sentence",
        [
            "Call the office by the harbour or contact us today.",
            "If you like this sort of story, subscribe to our newsletter.",
        ],
    )
    def test_a_sentence_that_ends_with_a_phrase_is_not_cut(self, sentence: str) -> None:
        assert sentence in segments_of(f"{PROSE} {sentence}")

    @pytest.mark.parametrize(
        "named",
        [
            "Leave a Reply, Your email address will not be published, and Post Comment.",
            "“Leave a Reply”, “Your email address will not be published”, “Post Comment”.",
            "“Leave a Reply” “Your email address will not be published” “Post Comment”.",
            "Leave a Reply and Your email address will not be published and Post Comment.",
            "Leave a Reply Your email address will not be published Post Comment as he had done.",
        ],
    )
    def test_a_sentence_that_names_phrases_stays_whole(self, named: str) -> None:
        text = (
            f"{PROSE} He looked at the form below the story for a long while and read aloud {named}"
        )
        assert segments_of(text) == [text]

    def test_items_are_not_cut_out_of_a_list(self) -> None:
        items = (
            "Leg Bands • Loop Bands • Tube Bands • Privacy Policy • Refund Policy • Cookie Policy"
        )
        text = f"The shop that we visited last has a page for each of these {items} • Door Straps"
        assert "Privacy Policy" not in {segment[:14] for segment in segments_of(text)}
