"""How much is tested: a plain run of some minutes, and a long one that looks closer."""

from __future__ import annotations

import os

PLAIN_EXAMPLES = 300
LONG_EXAMPLES = 5000

# Examples a property.
EXAMPLES = int(os.environ.get("BOILERKILL_EXAMPLES", str(PLAIN_EXAMPLES)))

# Whether more of the development pages and the largest hostile inputs are tried too.
LONG = EXAMPLES >= LONG_EXAMPLES
