"""The read stage: from a normalised source to segments."""

from boilerkill.read.rest import Rest, read_rest
from boilerkill.read.text import read_text

__all__ = ["Rest", "read_rest", "read_text"]
