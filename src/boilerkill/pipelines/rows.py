"""Clean one row: what every engine does with each."""

from __future__ import annotations

import contextlib
import dataclasses
import logging
import os
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypedDict

from boilerkill.corpus.files import DocumentError, check_no_binary
from boilerkill.document import Kind

if TYPE_CHECKING:
    from boilerkill.options import ProfileLike

__all__ = ["ALL", "ERROR", "WARM_UP", "Row", "RowCleaner", "RowOptions", "log_failures", "needing"]

logger = logging.getLogger(__name__)

# The columns that come with the text of a row, where no others are asked for; a title is one more.
ALL = ("byline", "removed", "score", "kinds")

# The column that says why a row could not be cleaned.
ERROR = "error"

# As of a corpus run: what is larger is no page that anybody wrote.
MOST_BYTES = 64 << 20


# Cleaned before the first row, where that must not wait for what is loaded when first used.
WARM_UP = "<p>Rain ended the drought on Monday.</p><p>By Ann Lee</p><p>Leave a Reply</p>"


class RowOptions(TypedDict, total=False):
    """How rows are cleaned; see `RowCleaner`."""

    format: str
    keep: Collection[Kind | str]
    threshold: float
    profile: str | os.PathLike[str] | None
    phrases: str | os.PathLike[str] | None
    add: Collection[str]
    max_bytes: int


class _CleanOptions(TypedDict):
    format: str
    keep: Collection[Kind | str]
    threshold: float
    profile: ProfileLike | None
    phrases: str | os.PathLike[str] | None


# The options that are files.
_FILES = ("profile", "phrases")


@dataclass(frozen=True)
class Row:
    """What became of one row.

    Attributes:
        text: The cleaned text; None where there was none, or where it could not be cleaned.
        error: Why it could not be cleaned.
        added: What `RowCleaner.add` asks for, by name.
    """

    text: str | None
    error: str | None = None
    added: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class RowCleaner:
    r"""Cleans rows as `boilerkill.clean` does, whatever they hold.

    It can be sent to other processes, where it is the same: equal options give equal pickles.

    Attributes:
        format: As in `boilerkill.clean`.
        keep: As in `boilerkill.clean`.
        threshold: As in `boilerkill.clean`.
        profile: A file that `boilerkill learn` wrote; every process must be able to read it.
        phrases: A file of phrases, as in `boilerkill.clean`; every process must be able to read it.
        add: What to tell of each row besides its text: "byline", "removed", "score", "kinds",
            "title". It takes about half as long again as the text alone.
        max_bytes: How long a row may be, in characters or bytes.

    Raises:
        OSError: If the profile or the phrases can't be read.
        TypeError: If an option has the wrong type.
        ValueError: If an option has no meaning.

    >>> cleaner = RowCleaner(add=["kinds"], max_bytes=60)
    >>> cleaner("It rained.\n\nShare this: Facebook Twitter")
    Row(text='It rained.', error=None, added={'kinds': {'SHARE': 28}})
    >>> cleaner("rain " * 20).error
    'larger than 60 bytes'
    >>> cleaner(None), cleaner("").text
    (Row(text=None, error=None, added={}), '')
    """

    format: str = "auto"
    keep: Collection[Kind | str] = ()
    threshold: float = 0.5
    profile: str | os.PathLike[str] | None = None
    phrases: str | os.PathLike[str] | None = None
    add: Collection[str] = ()
    max_bytes: int = MOST_BYTES

    def __post_init__(self) -> None:
        """Check the options here, where a job is put together, and not in each of its rows."""
        from boilerkill.corpus.settings import CorpusSettings
        from boilerkill.options import check_options

        check_options(self.format, self.keep, self.threshold, self.profile, self.phrases)
        settings = CorpusSettings(add=self.add, max_bytes=self.max_bytes)
        # In one order, so that equal options are pickled to equal bytes.
        object.__setattr__(self, "keep", tuple(sorted(Kind(kind) for kind in set(self.keep))))
        object.__setattr__(self, "add", settings.additions())
        for name in _FILES:
            file = getattr(self, name)
            if file is not None:
                object.__setattr__(self, name, os.path.abspath(file))  # noqa: PTH100

    def __call__(self, source: object) -> Row:
        """Clean one row.

        Args:
            source: The text or page, str or bytes; None is a row without one.

        Returns:
            What became of it. Nothing is raised: the other rows are still worth having.
        """
        if source is None:
            return Row(None)
        if not isinstance(source, str | bytes):
            return Row(None, f"expected text, got {type(source).__name__}")
        try:
            return self._clean(source)
        except DocumentError as error:
            return Row(None, str(error))
        except MemoryError:
            return Row(None, "not enough memory")
        except Exception as error:
            # A defect of ours, on one row of many.
            logger.debug("a row failed", exc_info=True)
            return Row(None, f"unexpected {type(error).__name__}: {error}")

    def _clean(self, source: str | bytes) -> Row:
        from boilerkill.api import clean, separate
        from boilerkill.corpus.work import addition

        if len(source) > self.max_bytes:
            raise DocumentError(f"larger than {self.max_bytes:,} bytes")
        if isinstance(source, bytes):
            check_no_binary(source)
        options: _CleanOptions = {
            "format": self.format,
            "keep": self.keep,
            "threshold": self.threshold,
            "profile": self.profile,
            "phrases": self.phrases,
        }
        if not self.add:
            return Row(clean(source, **options))
        document = separate(source, **options)
        return Row(document.text, None, {name: addition(name, document) for name in self.add})

    def fingerprint(self) -> tuple[object, ...]:
        """Return what decides about the output: options, version, and what their files hold."""
        from boilerkill import __version__
        from boilerkill.corpus.digest import digest_of

        options = dataclasses.asdict(self)
        for name in _FILES:
            if options[name] is not None:
                options[name] = digest_of(Path(options[name]).read_bytes())
        return (__version__, *options.values())


@contextlib.contextmanager
def needing(extra: str) -> Iterator[None]:
    """Say of a package that is imported within, and is not there, which extra brings it."""
    try:
        yield
    except ModuleNotFoundError as missing:
        said = f"needs {missing.name}: pip install 'boilerkill[{extra}]'"
        raise ModuleNotFoundError(said, name=missing.name) from None


def log_failures(errors: Iterable[str | None]) -> None:
    """Log how many rows could not be cleaned, where nothing that is returned says so."""
    failed = [error for error in errors if error is not None]
    if failed:
        logger.warning("%d rows could not be cleaned, the first: %s", len(failed), failed[0])
