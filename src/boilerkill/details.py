"""Details: what a piece of evidence was seen in, such as a phrase and its language."""

from __future__ import annotations

import functools
from collections import Counter, defaultdict
from collections.abc import Iterable

import numpy as np

from boilerkill.attribution import Contributions
from boilerkill.document import Reason
from boilerkill.measure import Evidence
from boilerkill.measure.templates import source_text
from boilerkill.reading import Reading

__all__ = ["Details"]

# Evidence of phrases is named for their kind: ``phrase SHARE``.
_OF_PHRASES = ("phrase ", "label ", "clues ")
_REPEATED = "repeated"

# So many phrases are named, and of each so many characters.
_PHRASES, _CHARACTERS = 3, 60


class Details:
    """What the evidence of a text's segments was seen in; looked up when it is asked for."""

    def __init__(self, reading: Reading, evidence: Evidence) -> None:
        """Take a text and its evidence."""
        self._reading, self._evidence = reading, evidence

    def reasons(self, number: int, made: Contributions) -> list[Reason]:
        """Return what made a segment's score as reasons, with what there is to say besides."""
        return [
            Reason(evidence, value, weight, self._detail(number, evidence) if value > 0 else "")
            for (evidence, value), weight in made.items()
        ]

    def _detail(self, number: int, evidence: str) -> str:
        if evidence.startswith(_OF_PHRASES):
            kind = evidence.split(" ", 1)[1]
            return ", ".join(list(self._phrases[number].get(kind, {}))[:_PHRASES])
        if evidence == _REPEATED:
            others = self._copies[self._reading.segment(number)] - 1
            return f"on {others} of them" if others > 0 else ""
        return ""

    @functools.cached_property
    def _copies(self) -> Counter[str]:
        return Counter(self._reading.segments)

    @functools.cached_property
    def _phrases(self) -> dict[int, dict[str, dict[str, None]]]:
        """For each segment, by the kind that they tell, its phrases and their languages."""
        reading = self._reading
        book = reading.book
        languages = self._evidence.wording.languages
        found: dict[int, dict[str, dict[str, None]]] = defaultdict(lambda: defaultdict(dict))
        for template in self._evidence.wording.templates:
            number, kind = template.segment, book.roles[template.match.role].kind
            text = reading.segment(number)
            told = _quote(text, template.match.languages, languages)
            found[number][kind.value][told] = None
        hits = reading.hits
        owners = np.searchsorted(reading.canonical_starts, hits.start, side="right") - 1
        for owner, start, end, phrase in zip(
            owners.tolist(), hits.start.tolist(), hits.end.tolist(), hits.phrase.tolist(),
            strict=True,
        ):  # fmt: skip
            if owner < 0 or end > reading.canonical_ends[owner]:
                continue
            first = int(reading.canonical_starts[owner])
            text = source_text(reading, owner, start - first, end - first)
            told = _quote(text, book.language_sets[book.language_set[phrase]], languages)
            for role in book.role_sets[book.role_set[phrase]].tolist():
                if role >= 0:
                    found[owner][book.roles[role].kind.value][told] = None
        return found


def _quote(text: str, languages: Iterable[str], known: frozenset[str] | None) -> str:
    """Return a phrase as it stands, and a language of it: the text's, else English, else any.

    >>> _quote(" Leave a Reply", ("de", "en"), frozenset({"en"}))
    "'Leave a Reply' (en)"
    """
    codes = sorted(languages, key=lambda code: (code not in (known or ()), code != "en"))
    words = " ".join(text.split())
    if len(words) > _CHARACTERS:
        words = words[: _CHARACTERS - 1] + "…"
    return f"'{words}' ({codes[0]})"
