"""Files of numpy arrays: read without pickle, with one error for whatever is wrong with them."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from typing import IO, Any

import numpy as np
import numpy.typing as npt

__all__ = ["open_arrays"]


@contextlib.contextmanager
def open_arrays(file: IO[bytes], name: str) -> Iterator[Mapping[str, npt.NDArray[Any]]]:
    """Open a file of arrays, and say what goes wrong while they are taken out of it.

    Args:
        file: The file, as `numpy.savez` writes it.
        name: What to call it.

    Raises:
        ValueError: If it is no such file, or something raises in the block.

    >>> import io
    >>> with open_arrays(io.BytesIO(b""), "the letter") as arrays:
    ...     pass
    Traceback (most recent call last):
    ...
    ValueError: the letter is damaged: No data left in file
    """
    try:
        with np.load(file, allow_pickle=False) as arrays:
            yield arrays
    except KeyError as missing:
        raise ValueError(f"{name} lacks {missing}") from None
    # numpy reads a header as Python, and lets out whatever that and the archive raise.
    except Exception as error:
        raise ValueError(f"{name} is damaged: {error}") from None
