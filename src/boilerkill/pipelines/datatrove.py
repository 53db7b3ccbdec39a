"""datatrove: a formatter for text, and an extractor for pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from boilerkill.corpus.formats.base import free_name
from boilerkill.pipelines.arrow import values_of
from boilerkill.pipelines.rows import ERROR, WARM_UP, Row, RowCleaner, needing

with needing("datatrove"):
    from datatrove.pipeline.extractors.base import BaseExtractor, ExtractorSandbox
    from datatrove.pipeline.formatters.base import BaseFormatter
    from datatrove.utils.typeshelper import StatHints

if TYPE_CHECKING:
    from typing_extensions import Unpack

    from boilerkill.pipelines.rows import RowOptions

__all__ = ["BoilerkillExtractor", "BoilerkillFormatter"]

# To send a document to another process and back costs as much as to clean a short one: so many go
# together, until they have so many characters.
DOCUMENTS_AT_ONCE = 32
CHARACTERS_AT_ONCE = 250_000


class BoilerkillFormatter(BaseFormatter):  # type: ignore[misc]
    """Cleans the text of each document.

    ``metadata["error"]`` says why a document could not be cleaned, whose text is then empty; of the
    others it is empty, and not left out, for `ParquetWriter` takes its columns from the first.
    Statistics: "total", "forwarded", "failed", "emptied" (nothing was left of it), "removed_chars"
    and "doc_len".
    """

    name = "boilerkill"

    def __init__(self, **options: Unpack[RowOptions]) -> None:
        """Check the options.

        Args:
            options: As in `boilerkill.pipelines.rows.RowCleaner`; what `add` names goes to the
                metadata.

        Raises:
            OSError: If the profile or the phrases can't be read.
            TypeError: As in `boilerkill.clean`.
            ValueError: As in `boilerkill.clean`.
        """
        super().__init__()
        self.rows = RowCleaner(**options)

    def format(self, text: str) -> str:
        """Return a cleaned text.

        Raises:
            ValueError: If it can't be cleaned.
        """
        return _text(self.rows(text))

    def run(self, data: Any, rank: int = 0, world_size: int = 1) -> Iterator[Any]:
        """Clean the documents of a task.

        Args:
            data: `datatrove.data.Document`s.
            rank: Which task it is.
            world_size: How many there are.
        """
        for document in data:
            with self.track_time():
                row = self.rows(document.text)
            yield _done(self, document, row, self.rows.add)


class BoilerkillExtractor(BaseExtractor):  # type: ignore[misc]
    """Extracts the article from the HTML of each document, in a process that may hang or die.

    Documents are marked and counted as by `BoilerkillFormatter`, and so are those that took too
    long or took the process with them; datatrove's own extractors drop these, and empty ones.
    """

    name = "boilerkill"

    def __init__(self, timeout: float = 30.0, **options: Unpack[RowOptions]) -> None:
        """Check the options.

        Args:
            timeout: How many seconds a document may take.
            options: As in `boilerkill.pipelines.rows.RowCleaner`, but that `format` is "html"
                where it is not given; what `add` names goes to the metadata.

        Raises:
            OSError: If the profile or the phrases can't be read.
            TypeError: As in `boilerkill.clean`.
            ValueError: As in `boilerkill.clean`.
        """
        super().__init__(timeout)
        options.setdefault("format", "html")
        self.rows = RowCleaner(**options)

    def extract(self, text: str) -> str:
        """Return the article of a page.

        Raises:
            ValueError: If it can't be cleaned.
        """
        return _text(self.rows(text))

    def run(self, data: Any, rank: int = 0, world_size: int = 1) -> Iterator[Any]:
        """Clean the documents of a task.

        Args:
            data: `datatrove.data.Document`s.
            rank: Which task it is.
            world_size: How many there are.
        """
        # A process that is forked off has what is loaded here.
        self.rows(WARM_UP)
        with ExtractorSandbox(self.timeout, warmup_text="") as sandbox:
            for documents in _together(data):
                with self.track_time("batch"):
                    rows = self._in_sandbox(sandbox, [document.text for document in documents])
                for document, row in zip(documents, rows, strict=True):
                    yield _done(self, document, row, self.rows.add)

    def _in_sandbox(self, sandbox: Any, texts: list[str]) -> list[Row]:
        """Clean documents; where they take too long together or die, each by itself."""
        try:
            rows: list[Row] = sandbox.process_document(texts, self._clean)
        except (TimeoutError, EOFError, OSError) as problem:
            if len(texts) > 1:
                return [row for text in texts for row in self._in_sandbox(sandbox, [text])]
            if isinstance(problem, TimeoutError):
                return [Row(None, f"took longer than {self.timeout:g} s")]
            return [Row(None, "the process that cleaned it died")]
        return rows

    def _clean(self, texts: Iterable[str]) -> list[Row]:
        return [self.rows(text) for text in texts]


def _together(data: Iterable[Any]) -> Iterator[list[Any]]:
    """Yield documents in lists that go to another process at once."""
    documents: list[Any] = []
    characters = 0
    for document in data:
        documents.append(document)
        characters += len(document.text or "")
        if len(documents) >= DOCUMENTS_AT_ONCE or characters >= CHARACTERS_AT_ONCE:
            yield documents
            documents, characters = [], 0
    if documents:
        yield documents


def _text(row: Row) -> str:
    if row.error is not None:
        raise ValueError(row.error)
    return row.text or ""


def _done(step: Any, document: Any, row: Row, add: Iterable[str]) -> Any:
    """Put what became of a document into it, and count it."""
    before = len(document.text or "")
    made = values_of(row, add)
    document.text = made.pop("text") if row.error is None else ""
    taken = list(document.metadata)
    for name, value in {**made, ERROR: row.error or ""}.items():
        document.metadata[free_name(name, taken)] = value
    step.stat_update(StatHints.total, StatHints.forwarded)
    if row.error is not None:
        step.stat_update("failed")
    elif before:
        if not document.text:
            step.stat_update("emptied")
        step.stat_update("removed_chars", value=before - len(document.text), unit="doc")
    if document.text is not None:
        step.update_doc_stats(document)
    return document
