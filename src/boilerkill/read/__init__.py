"""The read stage: from a normalised source to segments."""

from boilerkill.read.text import read_text

__all__ = ["read_text"]
