"""What speaks for each name on a page being its author: the evidence that `weights.json` weighs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from boilerkill.measure.names import is_whole_name
from boilerkill.metadata.claims import PIECE, Claim, Claims
from boilerkill.metadata.names import given_name_first, is_nobody, name_key, names_of, tells_names
from boilerkill.metadata.sources import ARTICLES, FAMILIES, POSTS, SHOPS
from boilerkill.phrasebook import Phrasebook

__all__ = ["Candidate", "find_candidates"]

# Of each source, so many different claims are read; of those that list names, so many names.
MOST_CLAIMS = 12
MOST_LISTED = 100


@dataclass
class Candidate:
    """A name that may be the author's.

    Attributes:
        name: The name as the page has it first.
        evidence: The names of what speaks for it or against it; see `weights.json`.
        lists: The numbers of the lists of names that it stands in: bylines, elements side by side.
        given: The numbers of those that the page's data gives: arrays of JSON-LD, repeated metas.
    """

    name: str
    evidence: set[str] = field(default_factory=set)
    lists: set[int] = field(default_factory=set)
    given: set[int] = field(default_factory=set)


def find_candidates(
    claims: Claims,
    shown: Sequence[Sequence[str]] = (),
    opinion: str | None = None,
    book: Phrasebook | None = None,
) -> list[Candidate]:
    """Return the names that a page may mean as its authors, in the order in which it has them.

    Args:
        claims: What its markup claims.
        shown: The names in each of the lines that are bylines.
        opinion: The names that trafilatura finds, with semicolons between.
        book: The phrases of bylines; by default those that boilerkill ships.
    """
    found: dict[str, Candidate] = {}
    others = [Claim("shown", PIECE.join(names)) for names in shown if names]
    if opinion:
        spoken = map(given_name_first, opinion.split("; "))
        others.append(Claim("trafilatura", ", ".join(spoken)))
    first: dict[str, set[str]] = {}
    people = 0
    for number, (family, group) in enumerate(_lists([*claims.authors, *others])):
        names = {name_key(name): name for claim in group for name in _names(claim, book)}
        people += not names.keys() <= found.keys()
        kind = family
        if family == "lead":
            kind = "lead.told" if tells_names(group[0].text, book) else "lead.bare"
        for key, name in names.items():
            candidate = found.setdefault(key, Candidate(name))
            place = "first" if key in first.get(family, names) else "later"
            candidate.evidence.add(f"{kind}:{place}")
            if kind not in _LOOSE:
                lists = candidate.given if kind.startswith(_LISTED) else candidate.lists
                lists.add(number)
        if names:
            first.setdefault(family, set(names))
    found = {key: candidate for key, candidate in found.items() if not _is_of_others(candidate)}
    page = _page_evidence(claims)
    if people > MANY_NAMES:
        page.add("page:many")
    sites = [name_key(site) for site in claims.sites]
    for key, candidate in found.items():
        voices = {voice for entry in candidate.evidence for voice in _voices(entry)}
        candidate.evidence.add(f"voices:{min(MOST_VOICES, len(voices))}")
        candidate.evidence |= page | _name_evidence(candidate.name, key, sites)
    return list(found.values())


def _names(claim: Claim, book: Phrasebook | None) -> list[str]:
    if claim.source == "shown":
        return [name for name in claim.text.split(PIECE) if not is_nobody(name, book)]
    text = given_name_first(claim.text) if claim.source.endswith(_ONE_PERSON) else claim.text
    return names_of(text, given=claim.source.startswith(_GIVEN), book=book)


def _is_of_others(candidate: Candidate) -> bool:
    """Tell whether a name stands in comments or beside other stories, and nothing else tells it.

    What the lines and trafilatura say, and texts without a mark, may be read from there.
    """
    kinds = {entry.rpartition(":")[0] for entry in candidate.evidence}
    places = {kind for kind in kinds if kind not in ("shown", "trafilatura", "lead.bare")}
    return bool(places) and all(kind.endswith((".others", ".comment")) for kind in places)


_GIVEN = ("jsonld", "meta", "trafilatura", "attribute")
# Where repeated claims are one list, and where each has one name, maybe the family name first.
_LISTED = ("jsonld", "meta")
# Here names stand together that nothing says belong together.
_LOOSE = ("lead.bare", "trafilatura")
_ONE_PERSON = (".person", ".citation_author", ".dc.creator", ".dc:creator", ".dcterms.creator")
# A page with so many names apart has many authors; and so many voices are as good as more.
MOST_VOICES = 4
MANY_NAMES = 8


def _voices(entry: str) -> Iterator[str]:
    """Yield whose voices a piece of evidence is: what stands beside each other says the same."""
    source = entry.rpartition(":")[0]
    kind, _, rest = source.partition(".")
    yield source if kind == "meta" else kind
    # The words that tell a line are heard besides its place, and so is what says: this is a person.
    if rest == "told" or rest.endswith(".person"):
        yield source


def _lists(claims: Iterable[Claim]) -> Iterator[tuple[str, list[Claim]]]:
    """Yield the claims that make one list together, family by family: each with its family."""
    families: dict[str, dict[str, list[Claim]]] = {}
    counts: Counter[str] = Counter()
    for claim in dict.fromkeys(claims):
        family = FAMILIES.get(claim.source, claim.source)
        counts[family] += 1
        together = claim.source if claim.source.startswith(_LISTED) else claim.group
        if counts[family] <= (MOST_LISTED if together else MOST_CLAIMS) or family == "lead":
            group = families.setdefault(family, {}).setdefault(together or claim.text, [])
            if together or not group:
                group.append(claim)
    for family, lists in families.items():
        for group in lists.values():
            yield family, group


def _page_evidence(claims: Claims) -> set[str]:
    found = set()
    for name, types in (("article", ARTICLES), ("post", POSTS), ("shop", SHOPS)):
        if any(kind.endswith(types) for kind in claims.types):
            found.add(f"page:{name}")
    if not found:
        found.add("page:unknown")
    if claims.published:
        found.add("page:dated")
    return found


def _name_evidence(name: str, key: str, sites: Sequence[str]) -> set[str]:
    found = set()
    found.add("name:full" if is_whole_name(name) else "name:one_word")
    if name.count(" ") > 2:
        found.add("name:long")
    if not name[:1].isupper() and name[:1].isascii():
        found.add("name:small")
    if any(char.isdigit() for char in name):
        found.add("name:digits")
    if any(key == site for site in sites):
        found.add("name:site")
    elif len(key) > 3 and any(key in site or (len(site) > 3 and site in key) for site in sites):
        found.add("name:like_site")
    return found
