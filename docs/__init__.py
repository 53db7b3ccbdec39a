"""The documentation, and what its site is built with."""
