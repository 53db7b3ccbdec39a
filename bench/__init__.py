"""Measurements: clean text left alone, accuracy and speed; see README.md."""
