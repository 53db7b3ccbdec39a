"""Do the promises hold of many more documents? ``python -m bench.campaign --examples 200000``.

Tries the properties of the tests on any number of documents that Hypothesis makes up. The seed
decides which: the same one, with the same versions, tries the same ones again. The properties take
turns, so that `--minutes` cuts all of them short alike. Whatever is found is printed in its least
form with the seed of its round, and belongs into the tests as an example.
"""

from __future__ import annotations

import argparse
import contextlib
import importlib
import inspect
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import hypothesis
from hypothesis.configuration import set_hypothesis_home_dir

from bench.tables import print_table

__all__ = ["MODULES", "Campaign", "properties"]

TESTS = Path(__file__).parent.parent / "tests"

# Those whose properties speak of any document; the others look at one small part each.
MODULES = (
    "test_promises", "test_metamorphic", "test_html", "test_formats", "test_fallback",
    "test_hostile", "test_profile", "test_phrase_files", "test_whole", "test_normalization",
)  # fmt: skip

# Hypothesis remembers each example of a round, so that rounds bound the memory; and the seed of a
# round brings back what it found without those before it.
ROUND = 500

Property = Callable[[], None]


def main() -> int:
    """Run a campaign and print a line for each property; return 1 where something was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--examples", type=int, default=10_000, help="for each property")
    parser.add_argument("--seed", type=int, default=0, help="of the first round")
    parser.add_argument("--only", default="", help="what the name of a property must have")
    parser.add_argument("--minutes", type=float, default=float("inf"), help="for all together")
    arguments = parser.parse_args()
    chosen = {name: one for name, one in properties().items() if arguments.only in name}
    if not chosen:
        parser.error(f"no property has {arguments.only!r} in its name")
    campaigns = [Campaign(name, one) for name, one in chosen.items()]
    end = time.monotonic() + 60 * arguments.minutes
    # Ctrl-C ends a campaign early, as it was.
    with contextlib.suppress(KeyboardInterrupt):
        take_turns(campaigns, arguments.examples, arguments.seed, end)
    print_table(
        ["property", "examples", "a second", "found"],
        [
            [one.name, f"{one.done:,}", f"{one.done / max(one.seconds, 1e-9):,.0f}",
             "nothing" if one.found is None else f"round {one.found}"]
            for one in campaigns
        ],
    )  # fmt: skip
    print(f"{sum(one.done for one in campaigns):,} examples")
    return int(any(one.found is not None for one in campaigns))


@dataclass
class Campaign:
    """A property with what has become of it.

    Attributes:
        name: Its module and its function.
        test: What Hypothesis made of it: called without arguments, it tries a round of examples.
        done: How many examples have been tried.
        seconds: How long that took, in time of the processor.
        found: The seed of the round that found something.
    """

    name: str
    test: Any
    done: int = 0
    seconds: float = 0.0
    found: int | None = None

    def __post_init__(self) -> None:
        """Count every call of what Hypothesis calls."""
        handle = self.test.hypothesis
        inner = handle.inner_test

        def counted(*positional: Any, **named: Any) -> None:
            self.done += 1
            inner(*positional, **named)

        handle.inner_test = counted

    def run(self, seed: int) -> None:
        """Try a round of examples; print what is found, once."""
        began = time.process_time()
        try:
            hypothesis.seed(seed)(self.test)()
        except Exception as error:
            self.found = seed
            print(f"{self.name}, --seed {seed}:", flush=True)
            print("".join(described(error)), flush=True)
        finally:
            self.seconds += time.process_time() - began


def described(error: BaseException) -> Iterator[str]:
    """Yield what was raised, and the example that Hypothesis notes with it."""
    for one in getattr(error, "exceptions", (error,)):
        yield from traceback.format_exception(type(one), one, one.__traceback__)[-6:]
        yield from (f"{note}\n" for note in getattr(one, "__notes__", ()))


def take_turns(campaigns: Iterable[Campaign], examples: int, seed: int, end: float) -> None:
    """Run a round of each property after the other, until all have their examples.

    Args:
        campaigns: The properties; one that has found something is left out from then on.
        examples: How many each is tried on.
        seed: Of the first round; the others count on from there.
        end: When, by the monotonic clock, no further round begins.
    """
    running = list(campaigns)
    while running and time.monotonic() < end:
        for one in running:
            if time.monotonic() < end:
                one.run(seed)
        running = [one for one in running if one.found is None and one.done < examples]
        seed += 1


def properties(modules: Iterable[str] = MODULES) -> dict[str, Property]:
    """Return the properties of some modules of the tests that need nothing of pytest, by name."""
    set_hypothesis_home_dir(tempfile.gettempdir() + "/boilerkill-hypothesis")
    hypothesis.settings.register_profile(
        "campaign",
        max_examples=ROUND,
        database=None,
        deadline=None,
        report_multiple_bugs=False,
        suppress_health_check=list(hypothesis.HealthCheck),
    )
    hypothesis.settings.load_profile("campaign")
    if str(TESTS) not in sys.path:
        sys.path.insert(0, str(TESTS))
    return {
        f"{module}.{name}": one
        for module in modules
        for name, one in vars(importlib.import_module(module)).items()
        if hypothesis.is_hypothesis_test(one)
        and name.startswith("test_")
        and not inspect.signature(one).parameters
        and not hasattr(one, "pytestmark")
    }


if __name__ == "__main__":
    sys.exit(main())
