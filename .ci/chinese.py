"""The languages of what `.ci/generate` writes of catalogs: English, and the Chinese of files."""

import json
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

Say = Callable[..., str]
"""What stands for an English text, with the values of its holes: `say("{count} more", count=3)`."""


def in_english(text: str, /, **values: object) -> str:
    return text.format(**values) if values else text


class Chinese:
    """Says it as a folder's `*.zh.toml` have it, English = Chinese, and keeps what it was asked."""

    def __init__(self, folder: Path):
        self._files = {
            file.name: {key: text for table in read(file).values() for key, text in table.items()}
            for file in sorted(folder.glob("*.zh.toml"))
        }
        self._known = {key: text for file in self._files.values() for key, text in file.items()}
        self._asked: set[str] = set()

    def __call__(self, text: str, /, **values: object) -> str:
        self._asked.add(text)
        return in_english(self._known.get(text, text), **values)

    def flaws(self) -> Iterator[str]:
        """What the files lack of all that was asked, and what they have beside, as sentences."""
        for text in sorted(self._asked - self._known.keys()):
            yield f"There is no Chinese for it in .ci/*.zh.toml, add it there: {dumps(text)} = …"
        for name, texts in self._files.items():
            for text in sorted(texts.keys() - self._asked):
                yield f"Nothing says it any more, take it out of .ci/{name}: {dumps(text)}"


def read(file: Path) -> dict[str, dict[str, str]]:
    return tomllib.loads(file.read_text(encoding="utf-8"))


def dumps(text: str) -> str:
    """As TOML has it."""
    return json.dumps(text, ensure_ascii=False)
