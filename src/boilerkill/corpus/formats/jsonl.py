"""JSONL: an object a line, one field of which holds the text."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO

from boilerkill.corpus.formats.base import (
    Input,
    Writer,
    add_fields,
    batches,
    find_field,
    format_of_field,
    lacks_field,
    too_large,
    uniform_fields,
    url_of,
)
from boilerkill.corpus.formats.encoded import as_utf8
from boilerkill.corpus.portable import to_json
from boilerkill.corpus.record import Batch, Cleaned, Record
from boilerkill.corpus.settings import CorpusSettings

__all__ = ["JsonLines"]

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


@dataclass(frozen=True)
class JsonLines:
    """JSONL, which is also called NDJSON."""

    name: str = "jsonl"
    suffixes: tuple[str, ...] = (".jsonl", ".ndjson")

    def recognises(self, head: bytes) -> bool:
        r"""Tell by the first line, which must be a JSON object and whole.

        >>> JsonLines().recognises(b'{"text": "It rained."}\n{"te')
        True
        """
        line, end, _ = head.removeprefix(_BYTE_ORDER_MARK).lstrip().partition(b"\n")
        try:
            # Of which bytes its texts are is not asked here.
            text = line.decode("utf-8", "replace")
            return text.startswith("{") and isinstance(json.loads(text), dict)
        except ValueError:
            # An object that is longer than what is looked at.
            return not end and line.startswith(b'{"')
        except RecursionError:
            # Nested too deep to be read; lines behind it may not be.
            return line.startswith(b'{"')

    def output_name(self, name: str) -> str:
        """Keep the name."""
        return name

    def read(self, file: Input, settings: CorpusSettings) -> Iterator[Batch]:
        """Yield the documents."""
        return batches(file, _read_records(as_utf8(file.stream, settings.encoding), settings))

    def writer(self, file: BinaryIO, settings: CorpusSettings) -> Writer:
        """Return what writes an object a line."""
        return _JsonWriter(file, settings)


def _read_records(stream: BinaryIO, settings: CorpusSettings) -> Iterator[Record]:
    number = 0
    while line := stream.readline(settings.max_bytes + 2):
        number += 1
        position = f"line {number}"
        if len(line) > settings.max_bytes and not line.endswith(b"\n"):
            while line and not line.endswith(b"\n"):
                line = stream.readline(1 << 20)
            yield Record(None, position=position, problem=too_large(settings))
        elif number == 1 and line.startswith(_BYTE_ORDER_MARK):
            yield _read_line(line.removeprefix(_BYTE_ORDER_MARK), position, settings)
        elif not line.isspace():
            yield _read_line(line, position, settings)


def _read_line(line: bytes, position: str, settings: CorpusSettings) -> Record:
    problem = None
    fields: Any = {}
    text: Any = None
    name = None
    try:
        # Without its end, lest that be blamed where a string is cut.
        fields = json.loads(line.rstrip(b"\r\n").decode())
    except UnicodeDecodeError as error:
        place = f" at byte {error.start}" if settings.encoding is None else ""
        problem = f"not valid {settings.encoding or 'UTF-8'}{place}"
    except (ValueError, RecursionError) as error:
        problem = f"no JSON: {error}"
    else:
        if not isinstance(fields, dict):
            problem, fields = "no JSON object", {}
        elif (name := find_field(fields, settings)) is None:
            problem = lacks_field(fields, settings)
        else:
            text = fields[name]
            if text is not None and not isinstance(text, str):
                problem, text = f"its field {name!r} is no string", None
    return Record(
        text,
        format_of_field(name or ""),
        position=position,
        url=url_of(fields),
        fields=fields,
        problem=problem,
    )


class _JsonWriter:
    def __init__(self, file: BinaryIO, settings: CorpusSettings) -> None:
        self._file = file
        self._settings = settings
        self._uniform = settings.to is not None
        self._additions = settings.additions()

    def write(self, batch: Batch, cleaned: Sequence[Cleaned]) -> None:
        lines: list[bytes] = []
        for number, one in enumerate(cleaned):
            if one.problem is None:
                fields = self._fields(batch, number, one)
                lines.append(f"{to_json(add_fields(fields, one, self._additions))}\n".encode())
        self._file.write(b"".join(lines))

    def _fields(self, batch: Batch, number: int, one: Cleaned) -> dict[str, Any]:
        if self._uniform:
            return uniform_fields(batch, number, one, self._settings)
        fields = dict(batch.fields(number))
        fields[find_field(fields, self._settings) or "text"] = one.text
        return fields

    def close(self) -> None:
        pass
