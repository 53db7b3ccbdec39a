"""What is written, as other programs can read it: UTF-8 without half characters, JSON as it is."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Mapping
from typing import Any

from boilerkill.normalization import is_encodable
from boilerkill.printable import escaped

__all__ = ["portable", "portable_name", "to_json", "unique_names"]

_SURROGATE = re.compile("[\ud800-\udfff]")


def portable_name(name: str) -> str:
    r"""Return a name as UTF-8 can hold it, by which it can still be told from others.

    A byte of a file name that is not valid UTF-8 becomes ``\xNN``, any other lone surrogate
    ``\uNNNN``.

    >>> portable_name("schön/\udcff.txt")
    'schön/\\xff.txt'
    """
    return _SURROGATE.sub(lambda found: escaped(found[0]), name)


def unique_names(names: Iterable[str]) -> list[str]:
    """Return the names of columns so that none stands twice, as no object can have it.

    >>> unique_names(["id", "text", "id", "id", "id_2"])
    ['id', 'text', 'id_2_2', 'id_3', 'id_2']
    """
    given = list(names)
    found: dict[str, None] = {}
    for place, name in enumerate(given):
        unique, number = name, given[:place].count(name)
        if number:
            unique = f"{name}_{number + 1}"
            while unique in found or unique in given:
                unique += "_2"
        found[unique] = None
    return list(found)


def portable(value: Any, *, as_json: bool = False) -> Any:
    r"""Return a value as UTF-8 can hold it.

    A lone surrogate in a text becomes U+FFFD, as in a text that is cleaned; one in the name of a
    field is escaped as `portable_name` does, so that no field takes the place of another.

    Args:
        value: A text, a number, or an object or list of such.
        as_json: Whether to leave out numbers that JSON can't hold: infinity and NaN become None.

    >>> portable({"a": ["\ud83e", 1], "\ud83e": float("inf")})
    {'a': ['�', 1], '\\ud83e': inf}
    """
    whole = [value]
    # Not called for each within, lest it go less deep than what has read the value.
    waiting: list[Any] = [whole]
    while waiting:
        one = waiting.pop()
        for place, held in list(one.items() if isinstance(one, dict) else enumerate(one)):
            if isinstance(held, str):
                one[place] = _portable_text(held)
            elif isinstance(held, Mapping):
                one[place] = {_portable_key(name): inner for name, inner in held.items()}
                waiting.append(one[place])
            elif isinstance(held, list | tuple):
                one[place] = list(held)
                waiting.append(one[place])
            elif as_json and isinstance(held, float) and not math.isfinite(held):
                one[place] = None
    return whole[0]


def _portable_text(text: str) -> str:
    return text if is_encodable(text) else _SURROGATE.sub("\ufffd", text)


def _portable_key(name: Any) -> Any:
    return portable_name(name) if isinstance(name, str) else name


def to_json(value: Any) -> str:
    r"""Return a value as JSON that every program can read; see `portable`.

    >>> to_json({"text": "schön\ud83e", "score": float("nan")})
    '{"text": "schön�", "score": null}'
    """
    try:
        text = json.dumps(value, ensure_ascii=False, allow_nan=False, default=str)
        text.encode()
    except ValueError:
        plain = portable(value, as_json=True)
        text = json.dumps(plain, ensure_ascii=False, allow_nan=False, default=str)
    return text
