"""Make the page: templates, style and script are files beside this one."""

from __future__ import annotations

import base64
import functools
import hashlib
from collections.abc import Mapping
from importlib import resources
from typing import TYPE_CHECKING, Any

from boilerkill.corpus.files import need
from boilerkill.printable import printable

if TYPE_CHECKING:
    from jinja2 import Environment

__all__ = ["asset", "policy", "render_page"]

_EXTRA = "report"


def render_page(template: str, content: Mapping[str, Any]) -> str:
    """Return a page.

    Args:
        template: The name of the file in ``templates``.
        content: What it is filled with; all of it is escaped.

    Raises:
        DocumentError: If Jinja2 is not installed.
    """
    style, script = asset("report.css"), asset("report.js")
    return (
        _environment()
        .get_template(template)
        .render(content, style=style, script=script, policy=policy(style, script))
    )


def policy(style: str, script: str) -> str:
    """Return the Content-Security-Policy of a page: its own style and script, and nothing else.

    >>> policy("", "")[:59]
    "default-src 'none'; style-src 'sha256-47DEQpj8HBSa+/TImW+5J"
    """
    return "; ".join(
        (
            "default-src 'none'",
            f"style-src {_hash(style)}",
            f"script-src {_hash(script)}",
            "require-trusted-types-for 'script'",
            "trusted-types 'none'",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def _hash(text: str) -> str:
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return f"'sha256-{digest}'"


@functools.cache
def asset(name: str) -> str:
    """Return a file of ``static``, as it stands in the page."""
    file = resources.files("boilerkill.report") / "static" / name
    return file.read_text("utf-8").replace("\r\n", "\n")


@functools.cache
def _environment() -> Environment:
    jinja2 = need("jinja2", _EXTRA)
    environment: Environment = jinja2.Environment(
        loader=jinja2.PackageLoader("boilerkill.report"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(visible=printable, percent=_percent, count=_count)
    return environment


def _percent(share: float) -> str:
    """Return a share as a percentage.

    >>> _percent(0.123), _percent(0.0004), _percent(0)
    ('12 %', '< 1 %', '0 %')
    """
    return "< 1 %" if 0 < share < 0.005 else f"{share:.0%}".replace("%", " %")


def _count(number: int, noun: str, plural: str | None = None) -> str:
    """Return a number of things.

    >>> _count(1, "document"), _count(1200, "document"), _count(2, "child", "children")
    ('1 document', '1,200 documents', '2 children')
    """
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"
