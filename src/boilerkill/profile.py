"""What stands on many pages of one site: evidence that no list of phrases has.

A profile is made by `boilerkill learn` (`boilerkill.corpus.learn`) and used by `clean` and
`separate`. Whether a segment is furniture of its site depends on its text alone, so all that is
promised without a profile holds with each.
"""

from __future__ import annotations

import functools
import hashlib
import io
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import numpy as np
import numpy.typing as npt

__all__ = ["Profile", "ProfileError", "Site", "keys_of", "load_profile"]

Keys = npt.NDArray[np.uint64]
Counts = npt.NDArray[np.uint32]
Floats = npt.NDArray[np.float64]

_MAGIC = b"boilerkill profile 1\n"

# A segment must stand on so many pages to be taken for furniture at all; the evidence is full
# where it stands on so large a share of the site's pages.
LEAST_PAGES = 4
FULL_SHARE = 0.3

_SEPARATORS = re.compile(r"[\W_]+")
_DIGITS = re.compile(r"\d+")
_LETTER = re.compile(r"[^\W\d_]")


class ProfileError(ValueError):
    """A file that is no profile."""


@dataclass(frozen=True)
class Site:
    """What is known of one site, or of all together.

    Attributes:
        keys: The keys of the segments that stand on many of its pages, in order.
        shares: On what share of its pages each stands.
    """

    keys: Keys
    shares: Floats

    def evidence(self, segments: Sequence[str]) -> Floats:
        """Return for each segment, from 0 to 1, how much speaks for its being furniture."""
        if not len(self.keys) or not segments:
            return np.zeros(len(segments))
        wanted = keys_of(segments)
        places = np.minimum(np.searchsorted(self.keys, wanted), len(self.keys) - 1)
        found = np.where(self.keys[places] == wanted, self.shares[places], 0.0)
        return np.asarray(np.minimum(1.0, found / FULL_SHARE))


@dataclass(frozen=True)
class Profile:
    """What stands on many pages of each site.

    Attributes:
        sites: The keys of the sites, in order.
        pages: How many pages of each were seen.
        starts: Where the segments of each begin, and behind the last, where they end.
        keys: The keys of the segments, in order for each site.
        counts: On how many pages each stands.
    """

    sites: Keys
    pages: Counts
    starts: Keys
    keys: Keys
    counts: Counts

    def knows(self, site: str) -> bool:
        """Tell whether there were pages of a site; see `at`."""
        return self._place(site) is not None

    def at(self, site: str | None) -> Site:
        """Return what is known of a site; without a name, of all of them together.

        Args:
            site: The host of its pages, without "www.", or what else they were grouped by.
        """
        if site is None:
            return self._everywhere
        place = self._place(site)
        if place is None:
            return Site(self.keys[:0], np.zeros(0))
        here = slice(int(self.starts[place]), int(self.starts[place + 1]))
        return Site(self.keys[here], self.counts[here] / max(1, int(self.pages[place])))

    def _place(self, site: str) -> int | None:
        key = key_of(site)
        place = int(np.searchsorted(self.sites, key))
        return place if place < len(self.sites) and self.sites[place] == key else None

    @functools.cached_property
    def _everywhere(self) -> Site:
        bounds = self.starts.astype(np.int64)
        sizes = bounds[1:] - bounds[:-1]
        shares = self.counts / np.repeat(np.maximum(1, self.pages), sizes)
        order = np.lexsort((-shares, self.keys))
        keys, first = np.unique(self.keys[order], return_index=True)
        return Site(keys, shares[order][first])

    def save(self, file: IO[bytes]) -> None:
        """Write it; the same profile gives the same bytes."""
        file.write(_MAGIC)
        for array in (self.sites, self.pages, self.starts, self.keys, self.counts):
            np.save(file, array, allow_pickle=False)

    @classmethod
    def load(cls, file: IO[bytes]) -> Profile:
        """Read what `save` wrote.

        Raises:
            ProfileError: If it is no profile.
        """
        if file.read(len(_MAGIC)) != _MAGIC:
            raise ProfileError("no profile of sites")
        # All at once: an array can't be larger than what there is, whatever its header says.
        data = io.BytesIO(file.read())
        types = (np.uint64, np.uint32, np.uint64, np.uint64, np.uint32)
        try:
            sites, pages, starts, keys, counts = (_read_array(data, of) for of in types)
        # numpy reads a header as Python, and lets out whatever that raises.
        except Exception as error:
            raise ProfileError(f"a profile of sites that is damaged: {error}") from None
        if (
            len(starts) != len(sites) + 1
            or len(pages) != len(sites)
            or len(keys) != len(counts)
            or starts[0] != 0
            or starts[-1] != len(keys)
            or (starts[1:] < starts[:-1]).any()
            or (sites[1:] <= sites[:-1]).any()
        ):
            raise ProfileError("a profile of sites that is damaged")
        return cls(sites, pages, starts, keys, counts)


def _read_array(file: io.BytesIO, of: type[np.generic]) -> npt.NDArray[Any]:
    """Read an array of one dimension as `numpy.save` writes it, and nothing else that it could."""
    version = np.lib.format.read_magic(file)
    if version != (1, 0):
        raise ValueError(f"version {version} of an array")
    shape, _, kind = np.lib.format.read_array_header_1_0(file)
    if len(shape) != 1 or shape[0] < 0 or kind != np.dtype(of):
        raise ValueError(f"an array of {kind} and of shape {shape}")
    data = file.read(kind.itemsize * shape[0])
    if len(data) < kind.itemsize * shape[0]:
        raise EOFError("it ends too early")
    return np.frombuffer(data, dtype=kind)


def load_profile(path: str | os.PathLike[str]) -> Profile:
    """Read a profile from a file; once, as long as the file stays as it is.

    Raises:
        OSError: If it can't be read.
        ProfileError: If it is none.
    """
    status = os.stat(path)  # noqa: PTH116 -- it may be a str
    return _load(os.fspath(path), status.st_mtime_ns, status.st_size)


@functools.lru_cache(maxsize=4)
def _load(path: str, modified: int, size: int) -> Profile:
    with Path(path).open("rb") as file:
        return Profile.load(file)


def key_of(text: str) -> np.uint64:
    """Return the key of a text; that of a segment is of its `normal` form."""
    digest = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return np.uint64(int.from_bytes(digest, "little"))


def normal(segment: str) -> str:
    """Return what of a segment counts: its words in lower case; numbers are all the same.

    >>> normal("12 Comments | Page 3"), normal("1,200")
    ('0 comments page 0', '')
    """
    words = _DIGITS.sub("0", _SEPARATORS.sub(" ", segment.casefold())).strip()
    return words if _LETTER.search(words) else ""


def keys_of(segments: Sequence[str]) -> Keys:
    """Return the keys of segments; 0 for those of which nothing counts."""
    forms = [normal(segment) for segment in segments]
    return np.array([key_of(form) if form else 0 for form in forms], dtype=np.uint64)
