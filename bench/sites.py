"""Sites with furniture of their own, and how much of it goes: ``python -m bench.sites``.

Twenty sites of fifty pages are made up, from a seed. The furniture of each is labels and sentences
in words that no list of phrases has; it stands on most of the site's pages, now and then in another
order. What is left of it, and of the bodies, is counted in words, without a profile and with one.
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bench.tables import print_table
from boilerkill.corpus import CorpusSettings, clean_corpus

__all__ = ["Page", "make_pages", "measure"]

SITES, PAGES = 20, 50

_BEGINNINGS = (
    "bar", "cor", "dal", "fen", "gor", "hal", "kel", "lum", "mar", "nor", "pel", "quin", "ros",
    "sil", "tor", "ul", "ver", "wex", "yar", "zan",
)  # fmt: skip
_ENDINGS = (
    "dock", "field", "ford", "gate", "ham", "holm", "ley", "mere", "mouth", "stead", "thorpe",
    "vale", "wick", "worth",
)  # fmt: skip
_WHO = (
    "the ferryman", "a baker", "the council", "the surveyor", "an engineer", "the orchard keeper",
    "a teacher", "the harbour master", "the museum", "a beekeeper", "the choir", "the librarian",
)  # fmt: skip
_DID = (
    "counted", "repaired", "measured", "described", "found", "planted", "moved", "painted",
    "opened", "surveyed", "bought", "lost", "defended", "mapped", "rebuilt", "praised",
)  # fmt: skip
_WHAT = (
    "bridges", "lanterns", "apple trees", "boats", "letters", "stone walls", "bells", "maps",
    "kites", "wells", "gardens", "clocks", "looms", "mills", "songs", "weather vanes",
)  # fmt: skip
_WHEN = (
    "before the storm", "after the first frost", "in the dry summer", "on market day",
    "while the river rose", "during the long winter", "at low tide", "when the road was closed",
)  # fmt: skip
_HEADINGS = (
    "How it began", "What was found", "A second look", "The cost", "Who pays", "Looking ahead",
)  # fmt: skip


@dataclass(frozen=True)
class Page:
    """A page of a site.

    Attributes:
        site: The host.
        number: Which page of the site it is.
        body: The lines of its body.
        furniture: The other lines.
        text: All of it.
    """

    site: str
    number: int
    body: tuple[str, ...]
    furniture: tuple[str, ...]
    text: str


def make_pages(sites: int = SITES, pages: int = PAGES, seed: int = 5) -> Iterator[Page]:
    """Yield the pages, site by site; the same ones for a seed."""
    randomly = random.Random(seed)
    for number in range(sites):
        name = _place(randomly)
        above, below = _furniture(randomly, name), _furniture(randomly, name)
        for page in range(pages):
            body = tuple(_body(randomly))
            head = [line for line in above if randomly.random() < 0.9]
            foot = [line for line in below if randomly.random() < 0.9]
            if randomly.random() < 0.3:
                randomly.shuffle(foot)
            text = "\n\n".join(["\n".join(head), *body, "\n".join(foot)])
            site = f"{name.lower()}-{number}.example"
            yield Page(site, page, body, (*head, *foot), text)


def _place(randomly: random.Random) -> str:
    return (randomly.choice(_BEGINNINGS) + randomly.choice(_ENDINGS)).capitalize()


def _furniture(randomly: random.Random, name: str) -> list[str]:
    labels = [f"{_place(randomly)} {randomly.choice(_WHAT)}" for _ in range(5)]
    sentences = [
        f"{_sentence(randomly)[:-1]}, and so does {name}." for _ in range(randomly.randint(2, 3))
    ]
    return [*labels, *sentences, f"{name}, {_place(randomly)} Lane {randomly.randint(1, 99)}"]


def _sentence(randomly: random.Random) -> str:
    who, when = randomly.choice(_WHO), randomly.choice(_WHEN)
    what = f"{randomly.choice(_DID)} the {randomly.choice(_WHAT)} of {_place(randomly)}"
    order = (f"{who} {what} {when}", f"{when} {who} {what}")
    return randomly.choice(order).capitalize() + "."


def _body(randomly: random.Random) -> Iterator[str]:
    for place in range(randomly.randint(4, 8)):
        if place and randomly.random() < 0.2:
            yield f"{randomly.choice(_HEADINGS)} in {_place(randomly)}"
        yield " ".join(_sentence(randomly) for _ in range(randomly.randint(2, 5)))


def measure(pages: list[Page], settings: CorpusSettings) -> tuple[float, float]:
    """Return what share of the furniture goes, and what share of the bodies, in words."""
    with tempfile.TemporaryDirectory() as folder:
        source, out = Path(folder, "in.jsonl"), Path(folder, "out.jsonl")
        with source.open("w", encoding="utf-8") as file:
            for page in pages:
                row = {"url": f"https://www.{page.site}/{page.number}", "text": page.text}
                file.write(json.dumps(row) + "\n")
        clean_corpus(source, out, settings)
        kept = [json.loads(line)["text"] for line in out.read_text("utf-8").splitlines()]
    gone = {"furniture": 0, "body": 0}
    all_ = {"furniture": 0, "body": 0}
    for page, text in zip(pages, kept, strict=True):
        left = set(text.split("\n"))
        for name, lines in (("furniture", page.furniture), ("body", page.body)):
            for line in lines:
                words = len(line.split())
                all_[name] += words
                gone[name] += words * (line not in left)
    return gone["furniture"] / all_["furniture"], gone["body"] / all_["body"]


def main() -> None:
    """Print what goes without a profile and with one."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--jobs", type=int, help="so many processes")
    arguments = parser.parse_args()
    pages = list(make_pages())
    rows = []
    for name, learn in (("without a profile", False), ("with `--learn`", True)):
        furniture, body = measure(pages, CorpusSettings(jobs=arguments.jobs, learn=learn))
        rows.append((name, f"{furniture:.2%}", f"{body:.3%}"))
    head = (f"{SITES} sites of {PAGES} pages", "furniture removed", "body removed")
    print_table(head, rows)


if __name__ == "__main__":
    main()
