"""What is fuzzed: each a function that takes any bytes, and raises where a promise is broken."""

from __future__ import annotations

import contextlib
import io
import json
import os
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

from boilerkill import clean, separate
from boilerkill.corpus import CorpusSettings, iter_clean
from boilerkill.corpus.compression import decompress, recognise
from boilerkill.corpus.files import DocumentError
from boilerkill.corpus.formats import FORMATS, HEAD, by_content
from boilerkill.corpus.source import SourceFile, read_batches
from boilerkill.lexicon import load_lexicon, placed
from boilerkill.normalization import normalize
from boilerkill.options import Options
from boilerkill.passes import passes_over, text_left
from boilerkill.phrase_files import own_phrases, roles
from boilerkill.phrase_tables import compile_phrases
from boilerkill.phrasebook import Phrasebook
from boilerkill.profile import Profile, ProfileError
from boilerkill.read import read_text
from boilerkill.score import Weights
from boilerkill.trees import load_trees

# The promises, and finders of quotations that share no code with the library, are the tests'.
TESTS = Path(__file__).parent.parent / "tests"
if os.fspath(TESTS) not in sys.path:
    sys.path.insert(0, os.fspath(TESTS))

import promises  # noqa: E402

__all__ = ["TARGETS", "Target"]

Target = Callable[[bytes], None]

SETTINGS = CorpusSettings(jobs=0, max_bytes=1 << 20)

QUOTED = "Rain fell all night.\n\nLeave a Reply\n\n“At last,” she said."


def text(data: bytes) -> None:
    """All that is promised of a text; lone surrogates come in as three bytes."""
    try:
        source = data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        source = data.decode("utf-8", "replace")
    promises.check_all(source)


def document(data: bytes) -> None:
    """All that is promised of bytes, whatever they are taken for."""
    promises.check_all(data)


def html(data: bytes) -> None:
    """All that is promised of a page, and its title and byline."""
    promises.check_page(data)  # type: ignore[arg-type]
    page = separate(data, format="html")
    assert page.title is None or page.title.strip()
    assert all(author.strip() for author in page.byline.authors)


def corpus_file(kind: str, compression: str | None, data: bytes) -> None:
    """A file of a corpus is read to its end; every document is one, or has a problem.

    What is cleaned is clean, and can be written.
    """
    with tempfile.TemporaryDirectory(prefix="boilerkill-fuzz-") as folder:
        path = Path(folder, "file")
        path.write_bytes(data)
        source = SourceFile(path, FORMATS[kind], compression, len(data))
        writer = FORMATS[kind].writer(io.BytesIO(), SETTINGS)
        for batch in read_batches(source, SETTINGS, lambda: None):
            cleaned = list(iter_clean(batch.records, SETTINGS))
            assert len(cleaned) == len(batch.records)
            for one in cleaned:
                # What is text by its kind may look like HTML.
                format = "text" if one.record.format == "text" else "auto"
                assert (
                    one.problem is not None
                    or one.text is None
                    or clean(one.text, format=format) == one.text
                )
            # A problem with the file as a whole is no part of what is written.
            if not any(record.problem for record in batch.records):
                writer.write(batch, cleaned)
        writer.close()


def unnamed_file(data: bytes) -> None:
    """A file of which the name says nothing is of some kind, and is read as that."""
    compression = recognise(data)
    with contextlib.suppress(DocumentError):
        found = by_content(decompress(io.BytesIO(data), compression).read(HEAD), compression)
        corpus_file(found.format.name, found.compression, data)


def profile(data: bytes) -> None:
    """A profile of sites is refused, or is used without harm."""
    with contextlib.suppress(ProfileError):
        known = Profile.load(io.BytesIO(data))
        cleaned = clean(QUOTED, profile=known)
        assert "“At last,”" in cleaned
        assert clean(cleaned, profile=known) == cleaned


def phrases(data: bytes) -> None:
    """A phrase file is refused, or is used without harm."""
    try:
        book = Phrasebook(compile_phrases(own_phrases(data.decode("utf-8-sig")), roles()), roles())
    except ValueError:
        return
    options = Options(book=book)
    cleaned = text_left(passes_over(QUOTED, "text", options))
    assert "“At last,”" in cleaned
    assert text_left(passes_over(cleaned, "text", options)) == cleaned


def weights(data: bytes) -> None:
    """Weights are refused, or are numbers."""
    with contextlib.suppress(ValueError, RecursionError):
        Weights.from_json(json.loads(data))


def trees(data: bytes) -> None:
    """Trees are refused, or give each row a number."""
    import numpy as np

    with contextlib.suppress(ValueError):
        grown = load_trees(io.BytesIO(data))
        rows = np.zeros((2, max(1, len(grown.features))), dtype=np.float32)
        assert np.isfinite(grown.log_odds(rows)).all()


def lexicon(data: bytes) -> None:
    """A lexicon is refused, or gives each segment a number."""
    import numpy as np

    with contextlib.suppress(ValueError):
        words = placed(read_text(normalize(QUOTED)))
        assert np.isfinite(load_lexicon(io.BytesIO(data)).log_odds(words)).all()


TARGETS: dict[str, Target] = {
    "text": text,
    "document": document,
    "html": html,
    **{kind: partial(corpus_file, kind, None) for kind in FORMATS if kind not in ("txt", "html")},
    "jsonl.gz": partial(corpus_file, "jsonl", "gzip"),
    "jsonl.zst": partial(corpus_file, "jsonl", "zstd"),
    "tar.gz": partial(corpus_file, "tar", "gzip"),
    "unnamed": unnamed_file,
    "profile": profile,
    "phrases": phrases,
    "weights": weights,
    "trees": trees,
    "lexicon": lexicon,
}
