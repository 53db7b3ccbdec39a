"""What is kept of a file until it is whole: it comes back as it was, or not at all."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from boilerkill.corpus.record import Outcome
from boilerkill.corpus.spool import Spool, count_kept

# Lone surrogates too, which some JSON holds.
texts = st.text(st.characters())
counts = st.dictionaries(st.text(max_size=3), st.integers(0, 9), max_size=2)
outcomes = st.builds(Outcome, texts, st.integers(0), st.integers(0), st.integers(0), counts, counts)
batches = st.lists(st.lists(st.one_of(st.none(), texts, outcomes), max_size=4), max_size=4)


def recalled(path: Path, digests: list[str]) -> list[object]:
    spool = Spool(path)
    found = [spool.recall(digest) for digest in digests]
    spool.close()
    return list(found)


@given(batches, st.data())
def test_batches_come_back_up_to_where_the_file_is_whole(
    kept: list[list[Outcome | str | None]], data: st.DataObject
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "a.spool")
        digests = [f"{number}" for number in range(len(kept))]
        spool = Spool(path)
        ends = []
        for digest, results in zip(digests, kept, strict=True):
            assert spool.recall(digest) is None
            spool.append(digest, results)
            ends.append(path.stat().st_size)
        spool.close()
        assert recalled(path, digests) == kept
        # Killed while it wrote.
        size = data.draw(st.integers(0, path.stat().st_size))
        with path.open("r+b") as file:
            file.truncate(size)
        whole = sum(end <= size for end in ends)
        outcomes = [one for batch in kept[:whole] for one in batch if isinstance(one, Outcome)]
        assert count_kept(path.parent) == len(outcomes)
        assert recalled(path, digests) == kept[:whole] + [None] * (len(kept) - whole)


@given(batches.filter(lambda kept: len(kept) > 1), st.data())
def test_what_follows_a_batch_that_changed_is_forgotten(
    kept: list[list[Outcome | str | None]], data: st.DataObject
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "a.spool")
        spool = Spool(path)
        for number, results in enumerate(kept):
            spool.append(f"{number}", results)
        spool.close()
        changed = data.draw(st.integers(0, len(kept) - 1))
        digests = [f"{number}" for number in range(len(kept))]
        digests[changed] = "another"
        assert recalled(path, digests) == kept[:changed] + [None] * (len(kept) - changed)
        spool = Spool(path)
        again = [spool.recall(digest) for digest in digests]
        spool.append("another", kept[0])
        spool.close()
        assert again[changed:] == [None] * (len(kept) - changed)
        assert recalled(path, [*digests[:changed], "another"])[-1] == kept[0]
