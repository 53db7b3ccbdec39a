"""What a user can choose for a document, checked."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from boilerkill.document import Kind

if TYPE_CHECKING:
    from boilerkill.phrasebook import Phrasebook
    from boilerkill.profile import Profile, Site

__all__ = ["FORMATS", "Options", "PathLike", "ProfileLike", "check_options"]

PathLike: TypeAlias = str | os.PathLike[str]
ProfileLike: TypeAlias = "Profile | Site | PathLike"

# What a document may be said to be.
FORMATS = ("auto", "text", "html")


@dataclass(frozen=True)
class Options:
    """What a user can choose.

    Attributes:
        keep: Kinds that stay besides the body.
        threshold: The least score that a segment of the body has.
        site: What stands on many pages of the site.
        book: The phrases that are looked for, if not those that boilerkill ships.
    """

    keep: frozenset[Kind] = frozenset()
    threshold: float = 0.5
    site: Site | None = None
    book: Phrasebook | None = None


def check_options(
    format: str = "auto",
    keep: Iterable[Kind | str] = (),
    threshold: float = 0.5,
    profile: ProfileLike | None = None,
    phrases: PathLike | None = None,
) -> Options:
    """Check what a user chose.

    Raises:
        OSError: If the profile or the phrases can't be read.
        TypeError: If an option has the wrong type.
        ValueError: If it has the right type and no meaning.
    """
    if not isinstance(format, str):
        raise TypeError(f"format: expected a string, got {format!r}")
    if format not in FORMATS:
        raise ValueError(f"format: expected one of {', '.join(FORMATS)}, got {format!r}")
    if isinstance(keep, str) or not isinstance(keep, Iterable):
        raise TypeError(f"keep: expected kinds such as {{Kind.COMMENT}}, got {keep!r}")
    kinds = set()
    for kind in keep:
        if not isinstance(kind, str):
            raise TypeError(f"keep: expected a Kind or its name, got {kind!r}")
        try:
            kinds.add(Kind(kind))
        except ValueError:
            names = ", ".join(known.value for known in Kind)
            raise ValueError(f"keep: {kind!r} is none of {names}") from None
    if isinstance(threshold, bool) or not isinstance(threshold, int | float):
        raise TypeError(f"threshold: expected a number from 0 to 1, got {threshold!r}")
    if not 0 <= threshold <= 1:
        raise ValueError(f"threshold: expected a number from 0 to 1, got {threshold!r}")
    return Options(frozenset(kinds), float(threshold), _site(profile), _book(phrases))


def _site(profile: ProfileLike | None) -> Site | None:
    if profile is None:
        return None
    from boilerkill.profile import Profile, ProfileError, Site, load_profile

    if isinstance(profile, Site):
        return profile
    if isinstance(profile, str | os.PathLike):
        path = os.fspath(profile)
        try:
            profile = load_profile(path)
        except ProfileError as error:
            raise ProfileError(f"profile: {path}: {error}") from None
    if not isinstance(profile, Profile):
        raise TypeError(f"profile: expected a file, a Profile or a Site, got {profile!r}")
    return profile.at(None)


def _book(phrases: PathLike | None) -> Phrasebook | None:
    if phrases is None:
        return None
    from boilerkill.phrase_files import load_phrasebook

    if not isinstance(phrases, str | os.PathLike):
        raise TypeError(f"phrases: expected a file, got {phrases!r}")
    try:
        return load_phrasebook(phrases)
    except ValueError as error:
        raise ValueError(f"phrases: {os.fspath(phrases)}: {error}") from None
