"""Random documents of a corpus, to look at."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from random import Random

from boilerkill.corpus.plan import CorpusError, PathLike, make_source_plan, read_records
from boilerkill.corpus.record import Record
from boilerkill.corpus.report import Failure
from boilerkill.corpus.settings import CorpusSettings

__all__ = ["Sample", "sample_of", "sample_records"]


@dataclass(frozen=True)
class Sample:
    """Some documents of a corpus.

    Attributes:
        records: The documents, in the order of the corpus.
        of: How many there are in all.
        unread: What can't be read at all.
        left_out: How many files are no documents (by their names).
    """

    records: list[Record]
    of: int
    unread: tuple[Failure, ...] = ()
    left_out: int = 0


def sample_records(
    source: Sequence[PathLike], settings: CorpusSettings, count: int, random: Random
) -> Sample:
    """Return random documents of a corpus, each as likely as any other.

    Raises:
        CorpusError: If there is none.
    """
    settings.check()
    with make_source_plan(source, settings) as plan:
        sample = sample_of(read_records(plan, settings), count, random)
        finder = plan.finder
        if not sample.of and not finder.failures:
            raise CorpusError("no document found")
        return replace(sample, unread=tuple(finder.failures), left_out=finder.left_out)


def sample_of(records: Iterable[Record], count: int, random: Random) -> Sample:
    """Return random documents of those that come, each as likely as any other.

    >>> records = [Record(str(number)) for number in range(100)]
    >>> sample_of(records, 100, Random(0)).records == records
    True
    >>> sample = sample_of(records, 3, Random(0))
    >>> len(sample.records), sample.of
    (3, 100)
    """
    found: list[tuple[int, Record]] = []
    seen = 0
    for record in records:
        place = len(found) if len(found) < count else random.randrange(seen + 1)
        if place < count:
            found[place : place + 1] = [(seen, record)]
        seen += 1
    return Sample([record for _, record in sorted(found, key=lambda entry: entry[0])], seen)
