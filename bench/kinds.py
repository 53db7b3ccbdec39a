"""Are pieces that go of the right kind? ``python -m bench.kinds``.

Of the pages of ``corpus/``, the kind of every piece is known; of the development pages, that of the
segments in ``kinds.tsv``, which were drawn at random among those that are not body and labelled by
hand, one a page. Their text is not kept: a row is the digest of a page's file, the number of the
segment, the digest of its text, and the kind.
"""

from __future__ import annotations

import argparse
import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from bench.held_out import fold_of, load_page_folds
from bench.pages import Page, add_options, all_pages, load_snippet_pages
from bench.tables import print_table
from boilerkill import Kind
from boilerkill.options import Options
from boilerkill.pages import decide_page

LABELS = Path(__file__).with_name("kinds.tsv")
DIGITS = 16

# The kind that is right, and the one that was told.
Pair = tuple[Kind, Kind]


def digest(data: bytes) -> str:
    """Return what tells a page, or a segment, from all others.

    >>> digest(b"rain")
    '319b44c570a417ff'
    """
    return hashlib.sha256(data).hexdigest()[:DIGITS]


def read_labels() -> Iterator[tuple[str, int, str, Kind]]:
    """Yield the digest of a page, the number of a segment, its digest, and its kind."""
    for line in LABELS.read_text("utf-8").splitlines():
        page, number, segment, kind = line.split("\t")
        yield page, int(number), segment, Kind(kind)


def main() -> None:
    """Print how many kinds are right, and which are taken for which."""
    parser = argparse.ArgumentParser(description=__doc__)
    add_options(parser)
    arguments = parser.parse_args()
    pages = [*all_pages(arguments.pages), *load_snippet_pages(arguments.pages)]
    told = list(tell_kinds(pages, arguments.pages))
    right = sum(kind is found for kind, found in told)
    print(
        f"{right} of {len(told)} segments that go are of the right kind: {right / len(told):.1%}\n"
    )
    print_table(
        ("right kind", "segments", "told right", "most often taken for"), list(confusion(told))
    )


def tell_kinds(pages: Sequence[Page], folder: Path) -> Iterator[Pair]:
    """Yield the right kind of each labelled segment that goes, and the kind that is told.

    The trees have not seen the site of the page.
    """
    by_digest = {digest(page.file.read_bytes()): page for page in pages}
    folds = load_page_folds(folder)
    for key, number, segment, kind in read_labels():
        page = by_digest[key]
        decision = decide_page(page.html(), Options(), folds[fold_of(page.site)])
        place = _find(decision.reading.canonical_segments, number, segment)
        if not decision.kept[place]:
            yield kind, decision.kinds[place]


def _find(segments: Sequence[str], number: int, wanted: str) -> int:
    """Return the number of the segment with this digest that is nearest to where it was."""
    near = sorted(range(len(segments)), key=lambda place: abs(place - number))
    return next(place for place in near if digest(segments[place].encode()) == wanted)


def confusion(told: Iterable[Pair]) -> Iterator[tuple[str, ...]]:
    """Yield a row for each kind: how many there are, how many are right, and the commonest errors.

    >>> list(confusion([(Kind.SHARE, Kind.SHARE), (Kind.SHARE, Kind.OTHER)]))
    [('SHARE', '2', '50 %', 'OTHER 1')]
    """
    counts = Counter(told)
    for kind in Kind:
        of_kind = Counter(
            {found: count for (right, found), count in counts.items() if right is kind}
        )
        if total := of_kind.total():
            wrong = [(found, count) for found, count in of_kind.most_common() if found is not kind]
            yield (
                kind.value,
                str(total),
                f"{of_kind[kind] / total:.0%}".replace("%", " %"),
                ", ".join(f"{found.value} {count}" for found, count in wrong[:3]),
            )


if __name__ == "__main__":
    main()
