"""Learn what stands on many pages of each site of a corpus.

Memory is bounded, whatever the corpus. A count-min sketch counts every segment of every page; one
that it has seen before gets a count of its own, and where there are too many of these, the rarest
go. The sketch only decides when counting begins, so that a count is too high by one at most.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from boilerkill.corpus.files import waiting_beside, whole_file
from boilerkill.corpus.plan import (
    CorpusError,
    PathLike,
    Plan,
    as_paths,
    check_new,
    make_source_plan,
    read_records,
)
from boilerkill.corpus.pool import Pool, Task
from boilerkill.corpus.record import due, group_records, put_in_place
from boilerkill.corpus.report import CorpusReport
from boilerkill.corpus.settings import CorpusSettings
from boilerkill.corpus.site import site_of
from boilerkill.corpus.work import take_apart
from boilerkill.profile import LEAST_PAGES, Keys, Profile, key_of

__all__ = ["Learnt", "learn_file", "learn_profile"]

# The sketch has so many rows of so many counters: 32 MB, enough for some ten million segments.
_ROWS = 4
_COUNTERS = 1 << 21

# So many segments are counted by themselves; where there are more, the rarest half goes, and all
# others that are no more frequent.
_MOST_COUNTED = 4_000_000


@dataclass(frozen=True)
class Learnt:
    """What was learnt of a corpus.

    Attributes:
        profile: What stands on many pages of each site.
        report: What could not be read.
        alike: How many pages have the segments of another page of their site, and do not count.
    """

    profile: Profile
    report: CorpusReport
    alike: int


def learn_profile(
    source: PathLike | Iterable[PathLike], settings: CorpusSettings | None = None
) -> Profile:
    """Learn the furniture of the sites of a corpus.

    Args:
        source: Files and folders, as for `clean_corpus`.
        settings: How they are read, and what their sites are.

    Raises:
        CorpusError: If there is no document, or none has the field that is to name its site.
        TypeError: If a setting has the wrong type.
        ValueError: If a setting has no meaning.
    """
    settings = CorpusSettings() if settings is None else settings
    settings.check()
    with make_source_plan(as_paths(source), settings) as plan:
        return _learn(plan, settings).profile


def learn_file(
    source: PathLike | Iterable[PathLike],
    path: Path,
    settings: CorpusSettings,
    waiting: Path | None = None,
) -> Learnt:
    """Learn a profile and write it to a file.

    Args:
        source: As for `learn_profile`.
        path: The file.
        settings: How the corpus is read, and whether the file may be replaced.
        waiting: Where it is until it is whole; by default beside it.

    Raises:
        CorpusError: As `learn_profile` does; also if the file is one of the corpus, or exists and
            is not to be replaced.
        OSError: If it can't be written.
    """
    settings.check()
    with make_source_plan(as_paths(source), settings) as plan:
        check_new(path, plan, overwrite=settings.overwrite)
        learnt = _learn(plan, settings)
    path.parent.mkdir(parents=True, exist_ok=True)
    waiting = waiting_beside(path) if waiting is None else waiting
    with whole_file(path, waiting, overwrite=settings.overwrite) as file:
        learnt.profile.save(file)
    return learnt


def _learn(plan: Plan, settings: CorpusSettings) -> Learnt:
    counter = _Counter()
    report = CorpusReport()
    group = settings.group
    grouped = group is None
    for failure in plan.finder.failures:
        report.fail(failure)
    with Pool(settings, take_apart) as pool:
        groups = group_records(read_records(plan, settings))
        for task in pool.map(Task(group, due(group)) for group in groups):
            for one in put_in_place(task.tag, task.results):
                report.take(one)
                grouped = group is None or grouped or one.record.fields.get(group) is not None
                if one.outcome is not None:
                    keys = np.frombuffer(one.outcome.added["keys"], dtype=np.uint64)
                    counter.add(site_of(one.record, settings), keys)
    if not report.documents and not report.failed:
        raise CorpusError("no document found")
    if not grouped and report.documents:
        raise CorpusError(f"no document has a field {settings.group!r} (--group)")
    return Learnt(counter.profile(), report, counter.alike)


class _Counter:
    """Counts the segments of each site."""

    def __init__(self) -> None:
        self._sketch = np.zeros((_ROWS, _COUNTERS), dtype=np.uint32)
        self._counts: dict[int, dict[int, int]] = {}
        self._counted = 0
        self._pages: dict[int, int] = {}
        self.alike = 0

    def add(self, site: str, keys: Keys) -> None:
        """Count the segments of a page, unless a page with the same ones was counted."""
        own = key_of(site)
        whole = np.bitwise_xor.reduce(keys) if len(keys) else np.uint64(0)
        if self._seen(np.array([whole], dtype=np.uint64) ^ _mix(own))[0]:
            self.alike += 1
            return
        number = int(own)
        self._pages[number] = self._pages.get(number, 0) + 1
        keys = np.unique(keys[keys > 0])
        again = keys[self._seen(keys ^ own)] if len(keys) else keys
        counts = self._counts.setdefault(number, {})
        for key in again.tolist():
            if key in counts:
                counts[key] += 1
            else:
                # It was seen once before, when it was not counted yet.
                counts[key] = 2
                self._counted += 1
        if self._counted > _MOST_COUNTED:
            self._forget_the_rarest()

    def _seen(self, keys: Keys) -> npt.NDArray[np.bool_]:
        """Tell which keys were seen before, and note that all of them are now."""
        known = np.ones(len(keys), dtype=bool)
        for row in range(_ROWS):
            places = _mix(keys + np.uint64(row)) % np.uint64(_COUNTERS)
            known &= self._sketch[row, places] > 0
            self._sketch[row, places] += 1
        return known

    def _forget_the_rarest(self) -> None:
        every = np.concatenate([list(counts.values()) for counts in self._counts.values()])
        least = np.partition(every, len(every) // 2)[len(every) // 2]
        for site, counts in self._counts.items():
            self._counts[site] = {key: count for key, count in counts.items() if count > least}
        self._counted = sum(map(len, self._counts.values()))

    def profile(self) -> Profile:
        """Return what was found."""
        sites = sorted(self._pages)
        keys: list[int] = []
        counts: list[int] = []
        starts = [0]
        for site in sites:
            many = sorted(
                (key, count)
                for key, count in self._counts.get(site, {}).items()
                if count >= LEAST_PAGES
            )
            keys.extend(key for key, _ in many)
            counts.extend(count for _, count in many)
            starts.append(len(keys))
        return Profile(
            np.array(sites, dtype=np.uint64),
            np.array([self._pages[site] for site in sites], dtype=np.uint32),
            np.array(starts, dtype=np.uint64),
            np.array(keys, dtype=np.uint64),
            np.array(counts, dtype=np.uint32),
        )


def _mix(keys: npt.NDArray[np.uint64] | np.uint64) -> npt.NDArray[np.uint64]:
    """Mix the bits of keys (the finalizer of splitmix64)."""
    with np.errstate(over="ignore"):
        mixed = np.asarray(keys, dtype=np.uint64) + np.uint64(0x9E3779B97F4A7C15)
        mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        return np.asarray(mixed ^ (mixed >> np.uint64(31)))
