"""What speaks for each name on a page being its author: the evidence that `weights.json` weighs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from boilerkill.measure.names import is_whole_name
from boilerkill.metadata.claims import Claim, Claims
from boilerkill.metadata.names import name_key, names_of, tells_names
from boilerkill.metadata.sources import ARTICLES, FAMILIES, POSTS, SHOPS
from boilerkill.phrasebook import Phrasebook

__all__ = ["Candidate", "find_candidates"]

# Of each source, so many different claims are read.
MOST_CLAIMS = 12


@dataclass
class Candidate:
    """A name that may be the author's.

    Attributes:
        name: The name as the page has it first.
        evidence: The names of what speaks for it or against it; see `weights.json`.
    """

    name: str
    evidence: set[str] = field(default_factory=set)


def find_candidates(
    claims: Claims,
    shown: Sequence[str] = (),
    opinion: str | None = None,
    book: Phrasebook | None = None,
) -> list[Candidate]:
    """Return the names that a page may mean as its authors, in the order in which it has them.

    Args:
        claims: What its markup claims.
        shown: The names in the lines that are bylines.
        opinion: The names that trafilatura finds, with semicolons between.
        book: The phrases of bylines; by default those that boilerkill ships.
    """
    found: dict[str, Candidate] = {}
    others = [Claim("shown", name) for name in shown]
    if opinion:
        others.append(Claim("trafilatura", opinion.replace(";", ",")))
    sources = _claims_by_family([*claims.authors, *others])
    for family, group in sources.items():
        first: list[str] = []
        for claim in group:
            given = claim.source.startswith(_GIVEN)
            names = {name_key(name): name for name in names_of(claim.text, given=given, book=book)}
            for key, name in names.items():
                candidate = found.setdefault(key, Candidate(name))
                kind = family
                if family == "lead":
                    kind = "lead.told" if tells_names(claim.text, book) else "lead.bare"
                place = "first" if not first or key in first else "later"
                candidate.evidence.add(f"{kind}:{place}")
            first = first or list(names)
    page = _page_evidence(claims)
    if len(found) > MANY_NAMES:
        page.add("page:many")
    sites = [name_key(site) for site in claims.sites]
    for key, candidate in found.items():
        voices = {entry.rpartition(":")[0] for entry in candidate.evidence}
        candidate.evidence.add(f"voices:{min(MOST_VOICES, len(set(map(_voice, voices))))}")
        candidate.evidence |= page | _name_evidence(candidate.name, key, sites)
    return list(found.values())


_GIVEN = ("jsonld", "meta", "trafilatura", "attribute")
# So many names are on pages of many authors; and so many voices are as good as more.
MOST_VOICES = 4
MANY_NAMES = 8


def _voice(source: str) -> str:
    """Return whose voice a source is: what stands beside each other says the same."""
    kind, _, rest = source.partition(".")
    return f"{kind}.{rest}" if kind == "meta" else kind


def _claims_by_family(claims: Iterable[Claim]) -> dict[str, list[Claim]]:
    families: dict[str, dict[str, Claim]] = {}
    for claim in claims:
        name = FAMILIES.get(claim.source, claim.source)
        family = families.setdefault(name, {})
        if len(family) < MOST_CLAIMS or name == "lead":
            family.setdefault(claim.text, claim)
    return {name: list(family.values()) for name, family in families.items()}


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
