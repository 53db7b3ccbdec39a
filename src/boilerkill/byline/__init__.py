"""Bylines: authors and dates, as the segments of a document say them."""

from boilerkill.byline.dates import FIRST_YEAR, LAST_YEAR, parse_date
from boilerkill.byline.names import split_names
from boilerkill.byline.phrases import read_names
from boilerkill.byline.read import read_byline

__all__ = ["FIRST_YEAR", "LAST_YEAR", "parse_date", "read_byline", "read_names", "split_names"]
