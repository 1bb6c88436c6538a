"""What a package index shows of the project: README.md, without a link that would be dead there.

Hatchling runs it at each build (https://hatch.pypa.io/latest/plugins/metadata-hook/custom/).
"""

import os
import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from hatchling.metadata.plugin.interface import MetadataHookInterface

VARIABLE = "TT_EMULATOR_REPOSITORY"
"""The address of the repository; without it links to its files become text, pictures go."""

PAGES = {"github": "", "gitlab": "/-"}
"""What stands before the pages of a repository, by a part of the host's name."""

RELATIVE = re.compile(r"(!?)\[([^\]]*)\]\((?!#|https?:)([^)]+)\)")
"""A link of Markdown, or a picture, to a file of the repository; one in the page itself works."""


class IndexPage(MetadataHookInterface):
    """The long description and the addresses of the project."""

    def update(self, metadata: dict[str, Any]) -> None:
        """Set them, unless an sdist is built from: what it says stands."""
        if "readme" in metadata:
            metadata.setdefault("urls", {})
            return
        pages = pages_of(os.environ.get(VARIABLE, "").rstrip("/"))
        text = Path(self.root, "README.md").read_text(encoding="utf-8")
        metadata["readme"] = {"content-type": "text/markdown", "text": for_index(text, pages)}
        metadata["urls"] = urls(pages) if pages else {}


def pages_of(repository: str) -> str:
    """The address before that of each page of the repository; empty if there is no repository.

    Raises ValueError if its host is none whose addresses are known.
    """
    if not repository:
        return ""
    host = urlsplit(repository).hostname or ""
    for name, pages in PAGES.items():
        if name in host and repository.startswith("https://"):
            return repository + pages
    raise ValueError(
        f"{VARIABLE}={repository}: where its files are shown is not known. "
        f"Give an https address at a host named {' or '.join(PAGES)}, or add the host to PAGES."
    )


def for_index(text: str, pages: str) -> str:
    """The text with its relative links and pictures made absolute, or without them."""

    def absolute(link: re.Match[str]) -> str:
        picture, words, path = link.groups()
        if not pages:
            return "" if picture else words
        return f"{picture}[{words}]({pages}/{'raw' if picture else 'blob'}/HEAD/{path})"

    return RELATIVE.sub(absolute, text)


def urls(pages: str) -> dict[str, str]:
    """The addresses beside the page, by the labels that indexes know."""
    return {
        "Source": pages.removesuffix("/-"),
        "Documentation": f"{pages}/tree/HEAD/docs",
        "Changelog": f"{pages}/blob/HEAD/CHANGELOG.md",
        "Issues": f"{pages}/issues",
    }
