"""What MkDocs does for this site beside turning Markdown into pages."""

from __future__ import annotations

import logging
import os
import re
import shlex
import subprocess
import sys
from typing import Any

from mkdocs.structure.files import File, Files
from mkdocs.utils import get_relative_url

from docs.pictures import PICTURES

__all__ = ["on_files", "on_page_markdown", "on_post_page", "on_post_template"]

# In strict mode, what is logged here as a warning fails the build.
LOG = logging.getLogger("mkdocs.hooks.boilerkill")

COMMAND = re.compile(r"^<!-- (boilerkill .*) -->$", re.MULTILINE)
# By this script the search works in pages that are opened as files; the offline plugin would have
# it loaded from elsewhere.
WORKER = "https://unpkg.com/iframe-worker/shim"
OWN_WORKER = "assets/iframe-worker/shim.js"

# What a page loads by itself; links that a reader follows may lead anywhere.
LOADED = re.compile(
    r"""<(?:script|img|link|iframe)\b[^>]*?\b(?:src|href)=["']?((?:https?:)?//[^\s"'>]+)"""
)


def on_files(files: Files, *, config: Any) -> Files:
    """Add the pictures, which are drawn anew."""
    for name, draw in PICTURES.items():
        files.append(File.generated(config, f"pictures/{name}.svg", content=draw()))
    return files


def on_page_markdown(markdown: str, **kwargs: Any) -> str:
    """Put in what commands print, where a comment names one: ``<!-- boilerkill --help -->``."""
    return COMMAND.sub(lambda found: _printed(found[1]), markdown)


def on_post_page(output: str, *, page: Any, **kwargs: Any) -> str:
    """Let a page load nothing from elsewhere: the site is read offline, too."""
    return _from_here(output, page.url)


def on_post_template(output_content: str, *, template_name: str, **kwargs: Any) -> str:
    """Do the same for pages that are not written in Markdown, such as the one for "not found"."""
    return _from_here(output_content, template_name)


def _from_here(html: str, url: str) -> str:
    """Return a page that loads what it needs from the site, and warn of what is left."""
    html = html.replace(WORKER, get_relative_url(OWN_WORKER, url))
    for address in LOADED.findall(html):
        LOG.warning("%s loads %s", url, address)
    return html


def _printed(command: str) -> str:
    """Return a block with what a command prints."""
    done = subprocess.run(
        [sys.executable, "-m", *shlex.split(command)],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "COLUMNS": "100"},
    )
    return f"```text\n{done.stdout}```"
